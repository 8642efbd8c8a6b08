"""What a reader of documents hands on: a proposed act with the words that it rests on, for a person to judge.

Here are the shape of a proposal, the names by which parties are linked, and the safety rules that hold for every
proposal: it is proposed, it reaches nobody who was not found by name, and a step that undoes another is without effect
until it is known which. No register is asked: names and measures are given.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from vacatur.law.acts import Act
from vacatur.law.kinds import Effect
from vacatur.names.folding import tokens, words
from vacatur.names.forms import is_form
from vacatur.sources.acts_yaml import TARGETED

UNIDENTIFIED = "unidentified"
"""The measure of a proposal whose text names none; whoever accepts it names the measure."""

LONGEST_NAME = 14
"""Words of the longest name that is looked for in a text."""

UNDONE_BY = {
    "stay_lifted": ("stay_granted",),
    "injunction_dissolved": (
        "preliminary_injunction_granted",
        "temporary_restraining_order",
        "permanent_injunction",
    ),
    "mandate_recalled": ("mandate_issued",),
    "judgment_reversed": ("vacated", "permanent_injunction", "affirmed", "summary_judgment_for_plaintiff"),
    "license_revoked": ("specific_license", "general_license"),
}
"""For a step that undoes another: the kinds that it can undo."""

STAYED = ("preliminary_injunction_granted", "temporary_restraining_order", "permanent_injunction", "vacated")
"""What a stay of a court's own order suspends."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act read from a document.

    Attributes:
        act: proposed; `parties` holds only parties linked by name, and is empty when none was.
        confidence: 0 to 1, how plain the words are; not a probability.
        evidence: the exact words of the document.
        why: what about them made it this act, for a person.
        named: parties as the document names them that could not be linked.
        entry: id of the document or docket entry at its publisher.
        citations: what the text cites, for a person who looks further.
    """

    act: Act
    confidence: float
    evidence: str
    why: str
    named: tuple[str, ...] = ()
    entry: str = ""
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name found in a text, with the parties that bear it."""

    text: str
    parties: frozenset[str]


class PartyNames:
    """Names of parties, to be found in texts: equal after folding case, accents, punctuation and legal form.

    A name that several parties bear links none of them. Names of one short word are found only as the whole text.
    """

    def __init__(self, names: Mapping[str, Collection[str]]) -> None:
        self._parties: dict[tuple[str, ...], set[str]] = {}
        for name, parties in names.items():
            if key := _key(name):
                self._parties.setdefault(key, set()).update(parties)
        self._first_words = {key[0] for key in self._parties}

    def of(self, name: str) -> frozenset[str]:
        """The one party called exactly `name`, as a set; empty when there is none, or more than one."""
        parties = self._parties.get(_key(name), set())
        return frozenset(parties) if len(parties) == 1 else frozenset()

    def mentions(self, text: str) -> list[Mention]:
        """The known names in `text`, the longest at each place, each once."""
        places = [match.span() for match in re.finditer(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?", text)]
        found: dict[str, Mention] = {}
        at = 0
        while at < len(places):
            if not self._may_begin(text[slice(*places[at])]):
                at += 1
                continue
            for length in range(min(LONGEST_NAME, len(places) - at), 0, -1):
                piece = text[places[at][0] : places[at + length - 1][1]]
                if (parties := self._telling(piece)) is not None:
                    found.setdefault(piece, Mention(piece, parties))
                    at += length
                    break
            else:
                at += 1
        return list(found.values())

    def _may_begin(self, word: str) -> bool:
        first = words(word)[:1]
        return bool(first) and first[0] in self._first_words

    def _telling(self, piece: str) -> frozenset[str] | None:
        key = _key(piece)
        if key not in self._parties or not (piece[0].isupper() or piece[0].isdigit()):
            return None
        if len(key) == 1 and len(key[0]) < 4:
            return None
        return self.of(piece)


def _key(name: str) -> tuple[str, ...]:
    bare = tuple(token for token in tokens(name) if not is_form(token))
    return bare or words(name)


def finish(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Give each step that undoes another its target among the proposals of the same case, in legal order.

    One for which none is found is left without effect, since without a target it would end every listing in sight.
    """
    done: list[Proposal] = []
    for proposal in sorted(proposals, key=lambda one: (one.act.begins, one.act.sequence)):
        done.append(replace(proposal, act=aimed(proposal.act, [one.act for one in done])))
    return done


def aimed(act: Act, earlier: list[Act]) -> Act:
    """`act` with the latest earlier act that it can undo as its target, else without effect."""
    kinds = UNDONE_BY.get(act.kind)
    if act.kind == "stay_granted" and act.effect is Effect.NONE:
        kinds = STAYED
    if kinds is None:
        return act if act.kind not in TARGETED or act.targets else _harmless(act)
    aim = next((one for one in reversed(earlier) if one.kind in kinds and one.case == act.case), None)
    if aim is None:
        return _harmless(act)
    return replace(act, targets=(aim.id,), effect=None, note=_joined(act.note, f"taken to work on {aim.id}"))


def _harmless(act: Act) -> Act:
    note = "Effect set to none: it is not known which act it works on; name the target on accepting it"
    return replace(act, effect=Effect.NONE, note=_joined(act.note, note))


def _joined(*notes: str | None) -> str:
    return "; ".join(note for note in notes if note)
