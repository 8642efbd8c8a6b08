"""Which parties two states of a register differ in: what a screening after an update has to look at again."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, or_, select

from vacatur.register.register import Register
from vacatur.register.schema import EVERYONE, act_parties, acts, entries, links, measures, presences, vintages


@dataclass(frozen=True, slots=True)
class Delta:
    """The ids that something was recorded or taken back about: entries that came, went or changed, acts, links.

    `everyone`: a measure changed, or an act that reaches all parties, so that any party may stand otherwise.
    """

    parties: frozenset[str]
    everyone: bool


def delta(register: Register, after: int, until: int) -> Delta:
    """What the transactions after `after` up to `until` touched."""
    with register.engine.connect() as connection:
        found = {*_listed(connection, after, until), *_linked(connection, after, until)}
        reached = set(_reached(connection, after, until))
        return Delta(
            frozenset(found | reached - {EVERYONE}),
            EVERYONE in reached
            or connection.scalar(select(measures.c.id).where(_touched(measures, after, until)).limit(1)) is not None,
        )


def _touched(table: Table, after: int, until: int) -> ColumnElement[bool]:
    recorded: Column[int] = table.c.recorded
    retracted: Column[int] = table.c.retracted
    return or_(and_(recorded > after, recorded <= until), and_(retracted > after, retracted <= until))


def _listed(connection: Connection, after: int, until: int) -> Iterable[str]:
    """Vintages are kept as differences, so their presences are just the entries that came, went or changed."""
    return connection.scalars(
        select(entries.c.party)
        .join(presences, presences.c.entry == entries.c.id)
        .join(vintages, vintages.c.id == presences.c.vintage)
        .where(_touched(vintages, after, until))
        .distinct()
    )


def _linked(connection: Connection, after: int, until: int) -> Iterable[str]:
    for row in connection.execute(select(links.c.alias, links.c.party).where(_touched(links, after, until))):
        yield from (row.alias, row.party)


def _reached(connection: Connection, after: int, until: int) -> Iterable[str]:
    return connection.scalars(
        select(act_parties.c.party)
        .join(acts, acts.c.id == act_parties.c.row)
        .where(_touched(acts, after, until))
        .distinct()
    )
