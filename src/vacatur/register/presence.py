"""Which entries a vintage shows, counted through the differences that it is kept as."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Integer, Select, func, select

from vacatur.register.schema import entries, presences, vintages

AT_ONCE = 500


def present_in(connection: Connection, vintage: int) -> Select[int]:
    """The entries that `vintage` shows: for each, the last word along its chain of bases."""
    return _present(_chain(connection, vintage))


def present_of(
    connection: Connection, vintage: int, source: str, parties: Sequence[str]
) -> Iterator[tuple[int, str, str]]:
    """(number, party, data) of the entries of `source` about `parties` that `vintage` shows.

    Costs what those entries are, not what the vintage is.
    """
    chain = _chain(connection, vintage)
    for start in range(0, len(parties), AT_ONCE):
        # All sources of the parties: a database might begin with all entries of the source.
        about = select(entries.c.id, entries.c.source, entries.c.party, entries.c.data).where(
            entries.c.party.in_(parties[start : start + AT_ONCE])
        )
        rows = [row for row in connection.execute(about) if row.source == source]
        present: set[int] = set()
        for first in range(0, len(rows), AT_ONCE):
            some = [row.id for row in rows[first : first + AT_ONCE]]
            present.update(connection.scalars(_present(chain).where(presences.c.entry.in_(some))))
        yield from ((row.id, row.party, row.data) for row in rows if row.id in present)


def _chain(connection: Connection, vintage: int) -> list[int]:
    """The vintage and its bases."""
    chain: list[int] = []
    step: int | None = vintage
    while step is not None:
        chain.append(step)
        step = connection.scalar(select(vintages.c.base).where(vintages.c.id == step))
    return chain


def _present(chain: Sequence[int]) -> Select[int]:
    last_word = func.max(vintages.c.depth * 2 + presences.c.present.cast(Integer))
    return (
        select(presences.c.entry)
        .join(vintages, vintages.c.id == presences.c.vintage)
        .where(presences.c.vintage.in_(chain))
        .group_by(presences.c.entry)
        .having(last_word % 2 == 1)
    )
