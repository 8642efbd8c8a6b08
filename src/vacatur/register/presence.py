"""Which entries a vintage shows, counted through the differences that it is kept as."""

from sqlalchemy import Connection, Integer, Select, func, select

from vacatur.register.schema import presences, vintages


def present_in(connection: Connection, vintage: int) -> Select[int]:
    """The entries that `vintage` shows: for each, the last word along its chain of bases."""
    chain: list[int] = []
    step: int | None = vintage
    while step is not None:
        chain.append(step)
        step = connection.scalar(select(vintages.c.base).where(vintages.c.id == step))
    last_word = func.max(vintages.c.depth * 2 + presences.c.present.cast(Integer))
    return (
        select(presences.c.entry)
        .join(vintages, vintages.c.id == presences.c.vintage)
        .where(presences.c.vintage.in_(chain))
        .group_by(presences.c.entry)
        .having(last_word % 2 == 1)
    )
