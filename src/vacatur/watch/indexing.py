"""The index of the watched names: which customers may a party that changed be?

It is the index of matching, filled with customers in place of parties and asked with the names of a party. Its answers
are candidates only: each is then screened as a customer, so that a hit is what `vacatur screen` would say.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from vacatur.matching.index import Index, IndexFileError, build_index
from vacatur.matching.model import IndexedName, IndexedParty, Query
from vacatur.parties import Party
from vacatur.register import Register
from vacatur.watch.lists import Watched, edition, list_watched

CANDIDATE_SHARE = 0.6
"""A customer is screened again when a name of the party reaches this share of the customers' lowest threshold: a score
is not quite the same from both sides, as each side weighs its words by their rarity among its own."""

MOST_CANDIDATES = 1_000
"""Customers screened again for one name of one party, the likeliest first."""


def watch_index_path(register: Register) -> Path:
    """Where the index of the watched names lives."""
    return register.folder / f"{register.stem}.watch.index"


def open_watch_index(register: Register) -> Index:
    """The index of the customers watched now, built anew first when the list has changed since."""
    path = watch_index_path(register)
    with register.engine.connect() as connection:
        wanted = edition(connection)
        try:
            index = Index.open(path)
            if index.transaction == wanted:
                return index
            index.close()
        except IndexFileError:
            path.unlink(missing_ok=True)
        build_index(path, _customers(list_watched(connection)), transaction=wanted)
    return Index.open(path)


def candidates(index: Index, parties: Iterable[Party], threshold: float) -> set[int]:
    """The numbers of the customers that one of `parties` may be."""
    queries = [query for party in parties for query in _queries(party)]
    found = index.search_many(queries, limit=MOST_CANDIDATES, threshold=round(threshold * CANDIDATE_SHARE, 3))
    return {int(match.party) for matches in found for match in matches}


def _queries(party: Party) -> Iterator[Query]:
    identifiers = tuple(("", value) for _, value in party.identifiers)
    for name in party.names:
        yield Query(name=name)
    if identifiers:
        yield Query(identifiers=identifiers)


def _customers(customers: Iterable[Watched]) -> Iterator[IndexedParty]:
    for item in customers:
        if item.party is None:
            query = item.query
            yield IndexedParty(
                id=str(item.id),
                schema=query.schema or "Thing",
                names=(IndexedName(query.name),),
                identifiers=query.identifiers,
            )
