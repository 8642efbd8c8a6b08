"""Which customers may one of the parties that changed be?

The parties that changed are put into an index of their own, a small one, and every watched customer is searched in it:
the same question that `vacatur screen` asks, of few parties in place of all. The other way round, an index of the
customers asked with the names of the parties, would miss hits: a short name asks little of a long one, but a long one
asks much of it. The answers are candidates, as words are weighed by their rarity in an index; each is screened anew.
"""

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from vacatur.matching.index import Index, build_index
from vacatur.matching.model import IndexedName, IndexedParty, Query
from vacatur.parties import NAME_PROPERTIES
from vacatur.register import Snapshot

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


def candidates(
    index: Index, customers: Iterable[tuple[int, Query]], lowest: float, progress: Callable[[int], None]
) -> Iterator[int]:
    """The numbers of the customers who may be one of the parties of `index`, in order.

    All cores search, as the kernel lets other threads run meanwhile; a few batches are in memory at a time.

    Args:
        index: see `index_of_changed`.
        customers: who is watched: numbers, with what each asks.
        lowest: the lowest threshold among them.
        progress: called with how many were searched.
    """
    threshold = round(lowest * MARGIN, 3)

    def search(batch: Sequence[tuple[int, Query]]) -> list[int]:
        found = index.search_many((query for _, query in batch), limit=1, threshold=threshold)
        return [number for (number, _), matches in zip(batch, found, strict=True) if matches]

    remaining = iter(customers)
    threads = os.cpu_count() or 1
    done = 0
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[tuple[int, Future[list[int]]]] = deque()
        while True:
            while len(waiting) <= threads and (batch := list(islice(remaining, BATCH))):
                waiting.append((len(batch), pool.submit(search, batch)))
            if not waiting:
                return
            count, future = waiting.popleft()
            yield from future.result()
            done += count
            progress(done)


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
