"""What came onto a list and what went, from each edition of a source to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from vacatur.register.presence import present_in
from vacatur.register.schema import entries
from vacatur.register.snapshot import DOSSIERS, Snapshot, Vintage


@dataclass(frozen=True, slots=True)
class EditionDifference:
    """An edition against the one before it in time: canonical ids of parties that came and that went.

    `before` is None for the oldest edition that was read: everybody in it is new to the register, not to the list.
    """

    vintage: Vintage
    before: date | None
    came: frozenset[str]
    went: frozenset[str]


def edition_differences(snapshot: Snapshot) -> tuple[EditionDifference, ...]:
    """The differences of all editions of all sources, the newest edition first."""
    found = [item for source in {item.source for item in snapshot.vintages} for item in _of_source(snapshot, source)]
    return tuple(sorted(found, key=lambda item: (item.vintage.day, item.vintage.source, item.vintage.id), reverse=True))


def _of_source(snapshot: Snapshot, source: str) -> Iterator[EditionDifference]:
    if source == DOSSIERS:
        return
    aliases = snapshot.aliases()
    before: tuple[date, frozenset[str]] | None = None
    for vintage in sorted(
        (item for item in snapshot.vintages if item.source == source), key=lambda item: (item.day, item.id)
    ):
        with snapshot.engine.connect() as connection:
            shown = connection.scalars(
                select(entries.c.party).where(entries.c.id.in_(present_in(connection, vintage.id)))
            )
            here = frozenset(aliases.get(party, party) for party in shown)
        if before is None:
            yield EditionDifference(vintage, None, here, frozenset())
        else:
            yield EditionDifference(vintage, before[0], here - before[1], before[1] - here)
        before = vintage.day, here
