"""Pairs of parties that only names suggest to be one, with the evidence: offered to a person, never joined.

A pair is offered when a full name of both reads the same in Latin letters (legal forms aside) and something else
agrees: a country, a birth date, an identifier. Birth dates or strong identifiers that differ withdraw it. Companies of
one group that share a brand do not share a full name, so they are not offered.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from vacatur.names.folding import tokens
from vacatur.names.forms import is_form
from vacatur.parties import STRONG_IDENTIFIERS, Party
from vacatur.register import Register, Snapshot
from vacatur.register.identity import split_pairs

FEWEST_WORDS = 2
"""A name of one word is a brand or a common word: it suggests nothing."""
MOST_ALIKE = 20
"""A name that more parties than this share tells nobody apart."""
NAMES = ("name", "alias", "previousName")
"""Names that count here: low-quality aliases and abbreviations do not."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two ids that may be one party: who they are, the name they share, and what else agrees."""

    left: str
    left_caption: str
    right: str
    right_caption: str
    name: str
    evidence: tuple[str, ...]


@dataclass(slots=True)
class _Known:
    """What the sources say of one party."""

    caption: str
    kinds: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    births: set[str] = field(default_factory=set)
    identifiers: set[tuple[str, str]] = field(default_factory=set)


def suggest(register: Register) -> Iterator[Suggestion]:
    """Every pair that names suggest and something else supports, the best supported first.

    Pairs that a person has told apart are left out, and pairs of one source: its publisher keeps them apart.
    """
    parties, named = _gather(register.snapshot())
    told_apart = split_pairs(register)
    shared: dict[tuple[str, str], str] = {}
    for name, ids in sorted(named.items()):
        if len(ids) <= MOST_ALIKE:
            for left, right in combinations(sorted(ids), 2):
                shared.setdefault((left, right), name)
    found = []
    for (left, right), name in shared.items():
        one, other = parties[left], parties[right]
        if any(frozenset((a, b)) in told_apart for a in one.ids for b in other.ids):
            continue
        if evidence := _evidence(one, other):
            found.append(Suggestion(left, one.caption, right, other.caption, name, evidence))
    found.sort(key=lambda item: (-len(item.evidence), item.left, item.right))
    yield from found


def _gather(snapshot: Snapshot) -> tuple[Mapping[str, _Known], Mapping[str, set[str]]]:
    """Every party that has a name, and the ids under each folded name."""
    aliases = snapshot.aliases()
    parties: dict[str, _Known] = {}
    named: dict[str, set[str]] = defaultdict(set)
    for version in snapshot.versions():
        party = version.party
        folded = {_folded(text) for name in NAMES for text in party.get(name)} - {""}
        if not folded:
            continue
        canonical = aliases.get(party.id, party.id)
        known = parties.setdefault(canonical, _Known(party.caption))
        _learn(known, party, version.source)
        for name in folded:
            named[name].add(canonical)
    return parties, named


def _learn(known: _Known, party: Party, source: str) -> None:
    known.kinds.add("person" if party.schema == "Person" else "other")
    known.sources.add(source)
    known.ids.add(party.id)
    known.countries.update(party.countries)
    known.births.update(party.get("birthDate"))
    known.identifiers.update(party.identifiers)


def _folded(text: str) -> str:
    plain = [token for token in tokens(text) if not is_form(token)]
    return " ".join(plain) if len(plain) >= FEWEST_WORDS else ""


def _evidence(one: _Known, other: _Known) -> tuple[str, ...]:
    """What agrees beside the name; empty when nothing does, or when something contradicts it."""
    if one.kinds.isdisjoint(other.kinds) or one.sources & other.sources:
        return ()
    if one.births and other.births and not _births_agree(one.births, other.births):
        return ()
    if _identifiers_differ(one.identifiers, other.identifiers):
        return ()
    agreeing = [f"country {code}" for code in sorted(one.countries & other.countries)]
    agreeing += [f"birth date {day}" for day in sorted(one.births & other.births)]
    agreeing += [f"{kind} {value}" for kind, value in sorted(one.identifiers & other.identifiers)]
    return tuple(agreeing)


def _births_agree(one: set[str], other: set[str]) -> bool:
    """Whether two of the dates are the same as far as both go (`1980` and `1980-05-02` are)."""
    return any(left.startswith(right) or right.startswith(left) for left in one for right in other)


def _identifiers_differ(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    for kind in STRONG_IDENTIFIERS:
        left, right = ({value for name, value in found if name == kind} for found in (one, other))
        if left and right and left.isdisjoint(right):
            return True
    return False
