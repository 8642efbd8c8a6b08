"""The verdict on a claim: held against the acts of the register, slot by slot, as of a day and as known now.

*Supported* when an act of the kind claimed agrees in every slot that the text states; *contradicted* when the record
excludes the claim; else *unknown*, which is preferred to a guess. Extraction is finished before this room is entered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vacatur.law.acts import Act
from vacatur.law.kinds import Effect
from vacatur.law.moments import NEVER, Instant, closes, day_of
from vacatur.law.rule import docket, has_effect, works_on
from vacatur.law.status import State
from vacatur.law.status import verdict as status
from vacatur.news.article import Published
from vacatur.news.claim import Claim
from vacatur.news.people import same_person
from vacatur.news.record import Record

ZONE = "America/New_York"
TOLERANCE = timedelta(days=3)
"""An announcement may run a few days ahead of the act, and the press of one day tells of the day before elsewhere."""

LAGGING = timedelta(days=7)
"""For a day given by its name or a month: it is mostly the day of a report, and notices are printed days later."""

_WRONG_BY = timedelta(days=10)
"""A stated day further than this from the only act that it can mean contradicts it."""

_CREATES = frozenset(
    {"designated", "redesignated", "relisted", "statute_enacted", "order_imposed", "order_activated", "observed_listed"}
)
_REMOVES = frozenset({"delisted", "revoked", "withdrawn", "order_lifted", "observed_removed"})
_VACATES = frozenset({"vacated", "annulled"})
_BY_KIND: dict[str, frozenset[str]] = {
    "designated": _CREATES,
    "order_imposed": _CREATES,
    "relisted": frozenset({"relisted", "redesignated", "designated"}),
    "delisted": _REMOVES | _VACATES,
    "order_lifted": _REMOVES,
    "vacated": _VACATES,
    "preliminary_injunction_granted": frozenset(
        {"preliminary_injunction_granted", "temporary_restraining_order", "stay_granted"}
    ),
    "preliminary_injunction_denied": frozenset({"preliminary_injunction_denied", "stay_denied"}),
    "complaint_filed": frozenset({"complaint_filed"}),
    "appealed": frozenset({"appeal_filed"}),
    "affirmed": frozenset({"affirmed"}),
    "upheld": frozenset({"summary_judgment_for_government", "affirmed"}),
    "denied": frozenset({"affirmed", "delisting_refused", "stay_denied", "preliminary_injunction_denied"}),
    "settled": frozenset({"settled"}),
    "agreed_to_delist": frozenset({"settled"}),
    "removal_requested": frozenset({"removal_requested"}),
    "reversed_on_appeal": frozenset({"judgment_reversed"}),
    "announced_intent_to_delist": frozenset({"announced"}),
}
"""Kinds of claim, and the kinds of act that bear one out."""

_OPPOSITE: dict[str, frozenset[str]] = {
    "vacated": frozenset({"summary_judgment_for_government", "affirmed"}),
    "upheld": frozenset({"vacated", "annulled", "summary_judgment_for_plaintiff", "preliminary_injunction_granted"}),
    "preliminary_injunction_granted": frozenset({"preliminary_injunction_denied", "summary_judgment_for_government"}),
    "preliminary_injunction_denied": frozenset({"preliminary_injunction_granted"}),
}
"""Kinds of claim, and the kinds of act that exclude one of the same day."""


class Outcome(StrEnum):
    """What the record says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with the ids of the acts that it rests on, and what a reader should know beside it."""

    outcome: Outcome
    evidence: tuple[str, ...] = ()
    note: str = ""
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict on the article's day, and as known now.

    Where the article's day is not known, `then` is what holds on any day that it can be.
    """

    claim: Claim
    then: Verdict
    now: Verdict

    @property
    def measure(self) -> str | None:
        """The measure that the text states, else the one that the evidence is about."""
        return self.claim.measure or self.then.measure or self.now.measure


def check(claims: Sequence[Claim], record: Record, published: Published | None, now: Instant) -> list[CheckedClaim]:
    """Hold every claim against the record.

    Args:
        claims: what was extracted.
        record: the register.
        published: the article's day, or None.
        now: what "as known now" means.
    """
    if published is not None:
        day = min(closes(published.last + TOLERANCE, ZONE), now)
        return [
            CheckedClaim(
                claim, _judge(claim, record, _View(day, day, now)), _judge(claim, record, _View(now, day, now))
            )
            for claim in claims
        ]
    latest = [_judge(claim, record, _View(now, now, now)) for claim in claims]
    earliest = _earliest_day(claims, latest, record, now)
    return [
        CheckedClaim(claim, _undated(claim, record, earliest, now, verdict), verdict)
        for claim, verdict in zip(claims, latest, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _View:
    """What is known, the legal moment that the text speaks at, and what "now" is for remarks on what came later."""

    known: Instant
    at: Instant
    now: Instant


def _undated(claim: Claim, record: Record, earliest: Instant | None, now: Instant, latest: Verdict) -> Verdict:
    """For an article without a day: a state or a denial holds only when no day it can be of would change it."""
    if not (claim.negated or claim.kind == "remains_listed"):
        return latest
    first = _judge(claim, record, _View(earliest, earliest, now)) if earliest is not None else Verdict(Outcome.UNKNOWN)
    if first.outcome is latest.outcome:
        return first
    if claim.negated and first.outcome is Outcome.CONTRADICTED:
        return first
    return Verdict(Outcome.UNKNOWN, note="the article states no day, and the answer depends on it")


def _earliest_day(claims: Sequence[Claim], verdicts: Sequence[Verdict], record: Record, now: Instant) -> Instant | None:
    """An article is no older than the latest act that it tells of rightly."""
    told: list[Instant] = []
    for claim, verdict in zip(claims, verdicts, strict=True):
        if verdict.outcome is Outcome.SUPPORTED and not claim.negated and claim.party.id:
            acts = [act for act in record.acts_of(claim.party.id, now) if act.id in verdict.evidence]
            told += [min(act.known_from for act in acts)] if acts else []
    return max(told, default=None)


def _judge(claim: Claim, record: Record, view: _View) -> Verdict:
    if claim.candidates:
        return Verdict(Outcome.UNKNOWN, note=f"ambiguous name: {' or '.join(claim.candidates)}")
    if claim.party.id is None:
        return Verdict(Outcome.UNKNOWN, note="the register does not know this party")
    acts = _under(record, claim, _about(claim.party.id, record.acts_of(claim.party.id, view.known)))
    acts = [act for act in acts if min(act.decided, act.known_from) <= view.at]
    if claim.negated:
        return _denial(claim, record, acts, view.at)
    if claim.kind == "remains_listed":
        return _state(claim, record, acts, view.at)
    return _event(claim, record, acts, view)


def _about(party: str, acts: Sequence[Act]) -> list[Act]:
    """The acts that name the party, and those for all that work on a designation which names it.

    An act for all reaches the whole world; it is evidence about a party only where it changed something for it.
    """
    named = [act for act in acts if act.parties is not None]
    own = [act for act in named if act.does is Effect.CREATE]
    return [act for act in acts if act.parties is not None or any(works_on(act, designation) for designation in own)]


def _under(record: Record, claim: Claim, acts: Iterable[Act]) -> list[Act]:
    """The acts under the measures that the claim may mean; under any, when it means none in particular."""
    if not claim.measures or claim.negated:
        return list(acts)
    meant = set(claim.measures)
    for name, measure in record.measures.items():
        if measure.rests_on in claim.measures:
            meant.add(name)
        if name in claim.measures and measure.rests_on:
            meant.add(measure.rests_on)
    return [act for act in acts if not meant.isdisjoint(act.measures)]


def _event(claim: Claim, record: Record, acts: list[Act], view: _View) -> Verdict:
    of_kind = [act for act in acts if act.kind in _BY_KIND.get(claim.kind, frozenset())]
    agreeing = [act for act in of_kind if _agrees(claim, act)]
    listed_again = claim.date is None and _still_listed(record, claim, acts, agreeing, view.at)
    if agreeing and not listed_again:
        agreeing = [act for act in agreeing if set(claim.measures) & set(act.measures)] or agreeing
        best = min(agreeing, key=lambda act: _apart(claim, act))
        evidence = tuple(act.id for act in agreeing if _apart(claim, act) == _apart(claim, best))
        return Verdict(Outcome.SUPPORTED, evidence, _remark(claim, record, best, view.now), best.measures[0])
    ended = not agreeing and any(act.does is Effect.END and _apart(claim, act) <= TOLERANCE for act in of_kind)
    if not ended and (overstated := _overstated(claim, record, acts, view.now)):
        return overstated
    if agreeing:
        return Verdict(Outcome.UNKNOWN, (agreeing[-1].id,), f"ended on {_day(agreeing[-1])}, but listed anew since")
    return (
        _opposite(claim, acts)
        or _conflict(claim, of_kind)
        or _carried_on(claim, record, acts, view.known)
        or Verdict(Outcome.UNKNOWN, note="the register has no such act")
    )


def _agrees(claim: Claim, act: Act) -> bool:
    """Whether the act has nothing against what the text says of date, court and judge."""
    exact = claim.date is None or any(char.isdigit() for char in claim.date.words)
    if _apart(claim, act) > (TOLERANCE if exact else LAGGING):
        return False
    if claim.date is not None and claim.date.first is None and claim.date.month is not None:
        months = {_day(act).month, day_of(act.known_from, act.zone).month}
        if claim.date.month not in months:
            return False
    if claim.judge and act.judge and not same_person(claim.judge, act.judge):
        return False
    return not (claim.court and act.court) or same_court(claim.court, act.court)


def same_court(said: str, recorded: str) -> bool:
    """Whether two names can be one court's: equal, or the one the general word for the other."""
    if said.casefold() in recorded.casefold() or recorded.casefold() in said.casefold():
        return True
    european = "Court of Justice" in recorded or "General Court" in recorded or "First Instance" in recorded
    appellate = "Cir." in recorded or "Supreme" in recorded
    if said == "General Court of the EU":
        return "General Court" in recorded or "First Instance" in recorded
    if said == "EU Court of Justice":
        return "Court of Justice" in recorded
    if said == "US district court":
        return not appellate and not european
    if said == "US appeals court":
        return "Cir." in recorded
    return said == "US court" and not european


def _day(act: Act) -> date:
    return day_of(act.decided, act.zone)


def _apart(claim: Claim, act: Act) -> timedelta:
    """How far the act's days are from what the text says; nothing when it states no definite date."""
    if claim.date is None or claim.date.first is None or claim.date.last is None:
        return timedelta(0)
    days = (_day(act), day_of(act.known_from, act.zone))
    return min(max(claim.date.first - day, day - claim.date.last, timedelta(0)) for day in days)


def _remark(claim: Claim, record: Record, act: Act, now: Instant) -> str:
    if act.does is Effect.SUSPEND:
        return _suspended(claim, record, act, now)
    if claim.kind == "delisted" and act.kind in _VACATES:
        return f"a court set the listing aside ({act.effective})"
    return f"recorded for {act.effective}" if _apart(claim, act) else ""


def _suspended(claim: Claim, record: Record, act: Act, now: Instant) -> str:
    """What a suspension is: the entry stays where it is until something ends it."""
    assert claim.party.id is not None  # noqa: S101 a claim about nobody known has no evidence
    ends = [
        later
        for later in record.acts_of(claim.party.id, now)
        if later.does is Effect.END
        and not later.targets
        and later.decided > act.decided
        and not set(later.measures).isdisjoint(act.measures)
    ]
    what = "the order suspended the listing; the entry stayed on the list"
    if not ends:
        return what
    return f"{what} until {_day(min(ends, key=lambda later: later.decided)).isoformat()}"


def _overstated(claim: Claim, record: Record, acts: list[Act], now: Instant) -> Verdict | None:
    """The text says removed, the record says suspended."""
    if claim.kind not in ("delisted", "vacated", "order_lifted"):
        return None
    suspending = [act for act in acts if act.does is Effect.SUSPEND and _apart(claim, act) <= TOLERANCE]
    if not suspending:
        return None
    act = max(suspending, key=lambda act: act.decided)
    note = f"overstated: {_suspended(claim, record, act, now)}"
    return Verdict(Outcome.CONTRADICTED, (act.id,), note, act.measures[0])


def _opposite(claim: Claim, acts: list[Act]) -> Verdict | None:
    """The court decided on that very day, and the other way."""
    if claim.date is None or claim.date.first is None or claim.date.first != claim.date.last:
        return None
    for act in acts:
        if act.kind in _OPPOSITE.get(claim.kind, frozenset()) and _apart(claim, act) <= TOLERANCE:
            return Verdict(
                Outcome.CONTRADICTED, (act.id,), f"the record says: {act.label} {_day(act)}", act.measures[0]
            )
    return None


def _conflict(claim: Claim, of_kind: list[Act]) -> Verdict | None:
    """One act of the kind is known, and a slot of the claim is at odds with it."""
    same_day = [act for act in of_kind if _apart(claim, act) <= TOLERANCE]
    for act in same_day:
        if claim.judge and act.judge and not same_person(claim.judge, act.judge):
            return Verdict(Outcome.CONTRADICTED, (act.id,), f"judge: the record says {act.judge}", act.measures[0])
        if claim.date and claim.date.first and claim.court and act.court and not same_court(claim.court, act.court):
            return Verdict(Outcome.CONTRADICTED, (act.id,), f"court: the record says {act.court}", act.measures[0])
    days = {_day(act) for act in of_kind}
    if claim.provisional:
        return None
    exact = claim.date is not None and claim.date.first is not None and claim.date.first == claim.date.last
    if exact and claim.measure and len(days) == 1 and _apart(claim, of_kind[0]) > _WRONG_BY:
        return Verdict(Outcome.CONTRADICTED, (of_kind[0].id,), f"date: the record says {days.pop()}", claim.measure)
    return None


def _carried_on(claim: Claim, record: Record, acts: list[Act], now: Instant) -> Verdict | None:
    """The text says removed; a later act of the record shows that the listing went on, and none that it ended."""
    if (
        claim.kind not in ("delisted", "vacated")
        or claim.measure is None
        or claim.date is None
        or claim.date.last is None
    ):
        return None
    assert claim.party.id is not None  # noqa: S101 asked only for known parties
    after = closes(claim.date.last + TOLERANCE, ZONE)
    later = [
        act for act in record.acts_of(claim.party.id, now) if claim.measure in act.measures and act.decided > after
    ]
    if later and later[0].kind in ("continued", "redesignated") and not any(act.does is Effect.END for act in acts):
        return Verdict(Outcome.CONTRADICTED, (later[0].id,), f"still listed on {_day(later[0])}", claim.measure)
    return None


def _still_listed(record: Record, claim: Claim, acts: list[Act], ending: list[Act], at: Instant) -> bool:
    """Whether the party is on the list, suspended or not, that acts of `ending` took it off: it was listed anew."""
    measures = {measure for act in ending if act.does is Effect.END for measure in act.measures}
    states = {_standing(record, claim, acts, measure, at)[0] for measure in measures}
    return not states.isdisjoint({State.IN_FORCE, State.SUSPENDED})


def _standing(
    record: Record, claim: Claim, acts: list[Act], measure: str, at: Instant
) -> tuple[State, tuple[str, ...]]:
    """The state under one measure, and the acts that make it so."""
    assert claim.party.id is not None  # noqa: S101 asked only for known parties
    found = record.measures.get(measure)
    if found is None:
        return State.UNKNOWN, ()
    base = docket(acts, claim.party.id, found.rests_on, NEVER) if found.rests_on else None
    answer = status(docket(acts, claim.party.id, measure, NEVER), found, at, base)
    if answer.standing is None:
        return answer.state, ()
    return answer.state, (answer.standing.designation.id, *(act.id for act in answer.standing.by))


def _measures_of(claim: Claim, acts: list[Act]) -> tuple[str, ...]:
    return claim.measures or tuple(dict.fromkeys(measure for act in acts for measure in act.measures))


def _state(claim: Claim, record: Record, acts: list[Act], at: Instant) -> Verdict:
    """A claim that a party is still listed."""
    found = {measure: _standing(record, claim, acts, measure, at) for measure in _measures_of(claim, acts)}
    for measure, (state, evidence) in found.items():
        if state is State.IN_FORCE:
            return Verdict(Outcome.SUPPORTED, evidence, "", measure)
    for measure, (state, evidence) in found.items():
        if state is State.SUSPENDED:
            return Verdict(Outcome.SUPPORTED, evidence, "the entry stands, but its effect is suspended", measure)
    ended = {measure: evidence for measure, (state, evidence) in found.items() if state is State.ENDED}
    if claim.measure in ended:
        return Verdict(Outcome.CONTRADICTED, ended[claim.measure], "the listing had ended", claim.measure)
    return Verdict(Outcome.UNKNOWN, note="the register has no listing to hold this against")


def _denial(claim: Claim, record: Record, acts: list[Act], at: Instant) -> Verdict:
    """A claim that something did not happen: excluded by its having happened, borne out by a listing still in force."""
    if claim.kind in ("vacated", "delisted", "order_lifted"):
        own = [act for act in acts if act.does is Effect.CREATE]
        relief = [act for act in acts if act.decided <= at and any(works_on(act, designation) for designation in own)]
        if relief:
            standing = [act for act in relief if has_effect(act, at)] or relief
            told = "; ".join(f"{act.label} {_day(act)}{', ' + act.court if act.court else ''}" for act in standing)
            return Verdict(Outcome.CONTRADICTED, tuple(act.id for act in standing), told, standing[0].measures[0])
        return _state(claim, record, acts, at)
    happened = [act for act in acts if act.kind in _BY_KIND.get(claim.kind, frozenset()) and _agrees(claim, act)]
    if happened and (claim.measure or claim.date):
        meant = [act for act in happened if not claim.measure or claim.measure in act.measures]
        if meant and claim.date is not None:
            return Verdict(Outcome.CONTRADICTED, tuple(act.id for act in meant), "", meant[0].measures[0])
    return Verdict(Outcome.UNKNOWN, note="the register can't show that something did not happen")
