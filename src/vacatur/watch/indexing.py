"""Which customers may one of the parties that changed be?

The parties that changed are put into an index of their own, a small one, and every watched customer is searched in it:
the same question that `vacatur screen` asks, of few parties in place of all. The other way round, an index of the
customers asked with the names of the parties, would miss hits: a short name asks little of a long one, but a long one
asks much of it. The answers are candidates, as words are weighed by their rarity in an index; each is screened anew.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from vacatur.matching.index import Index, build_index
from vacatur.matching.model import IndexedName, IndexedParty
from vacatur.parties import NAME_PROPERTIES
from vacatur.register import Snapshot
from vacatur.watch.lists import Watched

MARGIN = 0.8
"""A customer is a candidate from this share of its threshold on; none of 1,047 hits was missed with all of it."""

BATCH = 5_000


@contextmanager
def index_of_changed(snapshot: Snapshot, parties: Sequence[str]) -> Iterator[Index]:
    """A temporary index of `parties` (canonical ids), with every name that they ever had."""
    with tempfile.TemporaryDirectory(prefix="vacatur-watch-") as folder:
        path = Path(folder) / "changed.index"
        build_index(path, _indexed(snapshot, parties), transaction=snapshot.recorded)
        index = Index.open(path)
        try:
            yield index
        finally:
            index.close()


def candidates(index: Index, customers: Iterable[Watched], lowest: float) -> Iterator[tuple[Watched, bool]]:
    """Every customer, in order, and whether it may be one of the parties of `index`.

    Args:
        index: see `index_of_changed`.
        customers: who is watched.
        lowest: the lowest threshold among them.
    """
    waiting = iter(customers)
    while batch := list(islice(waiting, BATCH)):
        found = index.search_many((item.query for item in batch), limit=1, threshold=round(lowest * MARGIN, 3))
        yield from ((item, bool(matches)) for item, matches in zip(batch, found, strict=True))


def _indexed(snapshot: Snapshot, parties: Iterable[str]) -> Iterator[IndexedParty]:
    for party in parties:
        seen = [item.entry.party for item in snapshot.seen((party, *snapshot.referents(party)))]
        names = [IndexedName(text, kind) for version in seen for kind in NAME_PROPERTIES for text in version.get(kind)]
        if names:
            yield IndexedParty(
                id=party,
                schema=seen[0].schema,
                names=tuple(dict.fromkeys(names)),
                countries=tuple(dict.fromkeys(code for version in seen for code in version.countries)),
                birth_dates=tuple(dict.fromkeys(day for version in seen for day in version.get("birthDate"))),
                genders=tuple(dict.fromkeys(gender for version in seen for gender in version.get("gender"))),
                identifiers=tuple(dict.fromkeys(pair for version in seen for pair in version.identifiers)),
            )
