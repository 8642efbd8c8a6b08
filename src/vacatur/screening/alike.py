"""Pairs of parties that only names suggest to be one, with the evidence: offered to a person, never joined.

A pair is offered when a full name of both reads the same in Latin letters (legal forms aside) and something else
agrees: a country, a birth date, an identifier. Birth dates or strong identifiers that differ withdraw it. Companies of
one group that share a brand do not share a full name, so they are not offered.
"""

import heapq
import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, groupby, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from vacatur.names.folding import tokens
from vacatur.names.forms import is_form
from vacatur.parties import STRONG_IDENTIFIERS, Party
from vacatur.register import Register, Snapshot
from vacatur.register.identity import split_pairs

FEWEST_WORDS = 2
"""A name of one word is a brand or a common word: it suggests nothing."""
MOST_ALIKE = 20
"""A name that more parties than this share tells nobody apart."""
BATCH = 2_000
KEPT = 10_000
"""Parties remembered between pairs."""
TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE party (id TEXT NOT NULL, said TEXT NOT NULL);
CREATE TABLE name (name TEXT NOT NULL, party TEXT NOT NULL);
CREATE TABLE pair (one TEXT NOT NULL, other TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""
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


def suggest(register: Register, most: int) -> list[Suggestion]:
    """Pairs that names suggest and something else supports, the best supported first; `most` of them.

    Pairs that a person has told apart are left out, and pairs of one source: its publisher keeps them apart. Parties
    and names wait in a temporary file, so that memory does not grow with the register.
    """
    told_apart = split_pairs(register)
    with TemporaryDirectory(prefix="vacatur-alike-") as folder:
        connection = sqlite3.connect(Path(folder) / "names.db", isolation_level=None)
        try:
            connection.executescript(TABLES)
            connection.execute("BEGIN")
            _gather(register.snapshot(), connection)
            found = _supported(connection, told_apart)
            return heapq.nsmallest(most, found, key=lambda item: (-len(item.evidence), item.left, item.right))
        finally:
            connection.close()


def _gather(snapshot: Snapshot, connection: sqlite3.Connection) -> None:
    """Write down every party that has a name, its folded names, and the pairs that share one."""
    aliases = snapshot.aliases()
    versions = snapshot.versions()
    while batch := list(islice(versions, BATCH)):
        parties, names = [], []
        for version in batch:
            party = version.party
            folded = {_folded(text) for name in NAMES for text in party.get(name)} - {""}
            if folded:
                canonical = aliases.get(party.id, party.id)
                said = json.dumps([version.source, party.id, party.schema, dict(party.properties)])
                parties.append((canonical, said))
                names += [(name, canonical) for name in folded]
        connection.executemany("INSERT INTO party VALUES (?, ?)", parties)
        connection.executemany("INSERT INTO name VALUES (?, ?)", names)
    connection.execute("CREATE INDEX party_by_id ON party (id)")
    rows = connection.execute("SELECT DISTINCT name, party FROM name ORDER BY name, party")
    for name, group in groupby(rows, key=itemgetter(0)):
        ids = [party for _, party in islice(group, MOST_ALIKE + 1)]
        if len(ids) <= MOST_ALIKE:
            pairs = ((left, right, name) for left, right in combinations(ids, 2))
            connection.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?, ?)", pairs)


def _supported(connection: sqlite3.Connection, told_apart: Collection[frozenset[str]]) -> Iterator[Suggestion]:
    """The pairs with evidence beside the name that nobody told apart."""

    @lru_cache(KEPT)
    def known(party: str) -> _Known:
        rows = connection.execute("SELECT said FROM party WHERE id = ? ORDER BY rowid", (party,)).fetchall()
        return _learnt([json.loads(said) for (said,) in rows])

    for left, right, name in connection.execute("SELECT one, other, name FROM pair ORDER BY one, other"):
        one, other = known(left), known(right)
        if any(frozenset((a, b)) in told_apart for a in one.ids for b in other.ids):
            continue
        if evidence := _evidence(one, other):
            yield Suggestion(left, one.caption, right, other.caption, name, evidence)


def _learnt(versions: Sequence[tuple[str, str, str, dict[str, list[str]]]]) -> _Known:
    """All that is said of a party, from (source, id, schema, properties) of each version; there is at least one."""
    parties = [
        Party(party, schema, {name: tuple(values) for name, values in properties.items()})
        for _, party, schema, properties in versions
    ]
    known = _Known(parties[0].caption, sources={source for source, _, _, _ in versions})
    for party in parties:
        known.kinds.add("person" if party.schema == "Person" else "other")
        known.ids.add(party.id)
        known.countries.update(party.countries)
        known.births.update(party.get("birthDate"))
        known.identifiers.update(party.identifiers)
    return known


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
