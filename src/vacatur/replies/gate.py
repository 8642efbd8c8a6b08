"""The gate: what the layers found about a reply, and what follows from it.

A layer is a pure function that gives findings: so many points, and why, in words for a moderator. Points add up;
from `HOLD_FROM` on a person looks, from `SPAM_FROM` on it is put among the spam, where a person can fetch it back.
A correction that points to a government's or a court's site is never put there: losing it would be the worst error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vacatur.replies import rules
from vacatur.replies.classifier import Opinion
from vacatur.replies.fingerprint import distance
from vacatur.replies.model import Draft, Kind, Move, State
from vacatur.replies.policy import Policy

HOLD_FROM = 2.0
SPAM_FROM = 6.0
ALIKE = 6
"""Bits in which fingerprints of near-duplicates differ at most, of 64."""

BAIT = "remarks"
"""Name of the form's field that no person sees."""

OLD_FORM_SECONDS = 24 * 3600.0


class Layer(StrEnum):
    """The layers, in the order in which they are asked."""

    FORM = "form"
    RATE = "rate"
    LIKENESS = "likeness"
    RULES = "rules"
    CLASSIFIER = "classifier"
    AKISMET = "akismet"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one layer found: points (above 0 speak for spam, below 0 against it) and the words that say why."""

    layer: Layer
    points: float
    words: str

    def plain(self) -> dict[str, Any]:
        """As plain values, for the log."""
        return {"layer": self.layer.value, "points": self.points, "words": self.words}

    @classmethod
    def of_plain(cls, given: Mapping[str, Any]) -> "Finding":
        """The finding that the log keeps as `given`."""
        return cls(Layer(given["layer"]), given["points"], given["words"])


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome (publish, hold, spam; delete on Akismet's word) with the findings it rests on, and their points."""

    outcome: Move
    points: float
    findings: tuple[Finding, ...]

    @property
    def words(self) -> str:
        """The verdict in one line."""
        loudest = max(self.findings, key=lambda finding: finding.points, default=None)
        because = f": {loudest.words}" if loudest is not None and loudest.points > 0 else ""
        return f"{self.points:+.1f} points{because}"


@dataclass(frozen=True, slots=True)
class Form:
    """How a form came back: what stood in the bait, and its age in seconds (None: not a form of ours)."""

    bait: str
    age: float | None


@dataclass(frozen=True, slots=True)
class Traffic:
    """Replies of the last hour from the same address, and of the last minute from all."""

    from_client: int
    in_minute: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier reply, as far as likeness goes."""

    id: int
    fingerprint: str
    state: State
    client: str | None


def weigh(draft: Draft, findings: Sequence[Finding], policy: Policy, *, discard: bool = False) -> Verdict:
    """What follows from the findings; `discard`: Akismet calls it blatant, so that it need not be kept."""
    found = list(findings)
    points = round(sum(finding.points for finding in found), 2)
    if points >= SPAM_FROM:
        if draft.kind is not Kind.COMMENT and rules.read(draft).official:
            found.append(Finding(Layer.HOUSE, 0, "held, not spam: it corrects us and points to an official site"))
            return Verdict(Move.HOLD, points, tuple(found))
        return Verdict(Move.DELETE if discard else Move.SPAM, points, tuple(found))
    if points < HOLD_FROM and draft.kind is not Kind.COMMENT:
        found.append(Finding(Layer.HOUSE, 0, "a correction or a document is read by a person before it is shown"))
    elif points < HOLD_FROM and policy.hold_all:
        found.append(Finding(Layer.HOUSE, 0, "the house reads every reply before it is shown"))
    elif points < HOLD_FROM:
        return Verdict(Move.PUBLISH, points, tuple(found))
    return Verdict(Move.HOLD, points, tuple(found))


def of_form(form: Form, policy: Policy) -> list[Finding]:
    """The bait that only programs see, and the time that a person needs."""
    found = []
    if form.bait.strip():
        found.append(Finding(Layer.FORM, 6, "the field that people don't see was filled in"))
    if form.age is None:
        found.append(Finding(Layer.FORM, 3, "it did not come from a form of this page"))
    elif form.age < policy.least_seconds:
        found.append(Finding(Layer.FORM, 3, f"the form came back after {form.age:.1f} seconds"))
    elif form.age > OLD_FORM_SECONDS:
        found.append(Finding(Layer.FORM, 0, "the form was open for more than a day"))
    return found


def of_rate(traffic: Traffic, policy: Policy) -> list[Finding]:
    """How many replies come from the same address, and from all."""
    found = []
    if traffic.from_client >= policy.per_hour / 2:
        found.append(Finding(Layer.RATE, 1, f"{traffic.from_client} replies from the same address within an hour"))
    if traffic.in_minute >= policy.flood:
        found.append(Finding(Layer.RATE, HOLD_FROM, f"a flood: {traffic.in_minute} replies within a minute"))
    return found


def of_likeness(fingerprint: str, client: str | None, earlier: Sequence[Earlier]) -> list[Finding]:
    """The same words, or nearly, said before; `earlier` the newest first."""
    near = [item for item in earlier if distance(item.fingerprint, fingerprint) <= ALIKE]
    if spam := next((item for item in near if item.state is State.SPAM), None):
        return [Finding(Layer.LIKENESS, 6, f"nearly the same text as reply {spam.id}, which is spam")]
    if others := [item for item in near if item.client != client]:
        points = 3.0 if len(others) > 1 else 2.0
        return [Finding(Layer.LIKENESS, points, f"nearly the same text from another address: reply {others[0].id}")]
    if len(near) > 1:
        return [Finding(Layer.LIKENESS, 2, f"the same address has sent nearly the same text {len(near)} times")]
    return []


def of_rules(draft: Draft) -> list[Finding]:
    """The readable rules of `rules.yaml`."""
    return [Finding(Layer.RULES, points, words) for points, words in rules.judge(rules.read(draft))]


def of_classifier(opinion: Opinion | None) -> list[Finding]:
    """What moderators' decisions about such words say; None while there are too few of them."""
    if opinion is None or not opinion.telling:
        return []
    words = ", ".join(f"“{word}”" for word in opinion.telling)
    return [Finding(Layer.CLASSIFIER, opinion.points, f"moderators' decisions on {words}")]
