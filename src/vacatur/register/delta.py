"""Which parties two states of a register differ in: what a screening after an update has to look at again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, or_, select

from vacatur.register.register import Register
from vacatur.register.schema import (
    EVERYONE,
    act_parties,
    acts,
    entries,
    link_ends,
    links,
    measures,
    presences,
    vintages,
)
from vacatur.register.snapshot import Snapshot

AT_ONCE = 500
OWNERSHIP = "Ownership"


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


def owned_by(snapshot: Snapshot, parties: Iterable[str], aliases: Mapping[str, str]) -> frozenset[str]:
    """Everyone whom one of `parties` was ever told to own, directly or through others, under canonical ids.

    Args:
        snapshot: the state of the register.
        parties: canonical ids, also those of the links themselves, whose far ends then count.
        aliases: every absorbed id with the id that it now goes by, see `Snapshot.aliases`.
    """
    absorbed: dict[str, list[str]] = {}
    for alias, party in aliases.items():
        absorbed.setdefault(party, []).append(alias)
    found: set[str] = set()
    waiting = list(parties)
    first = True
    with snapshot.engine.connect() as connection:
        while waiting:
            ids = [each for party in waiting for each in (party, *absorbed.get(party, ()))]
            owned = {aliases.get(party, party) for party in _owned(connection, ids, by_links=first)}
            waiting = sorted(owned - found)
            found |= owned
            first = False
    return frozenset(found)


def _owned(connection: Connection, ids: Sequence[str], *, by_links: bool) -> Iterator[str]:
    owner, asset = link_ends.alias("owner_end"), link_ends.alias("asset_end")
    owned = select(asset.c.party).join(owner, owner.c.entry == asset.c.entry)
    told = select(asset.c.party).join(entries, entries.c.id == asset.c.entry)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        yield from connection.scalars(
            owned.where(
                owner.c.party.in_(some), owner.c.schema == OWNERSHIP, owner.c.role == "owner", asset.c.role == "asset"
            )
        )
        if by_links:
            yield from connection.scalars(
                told.where(entries.c.party.in_(some), asset.c.schema == OWNERSHIP, asset.c.role == "asset")
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
