"""Ids that other ids have absorbed: which one each goes by now, and which ones it has taken in.

Asked for many ids at once, as an answer concerns many parties and a statement for each would be the most of its time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import ColumnElement, Connection, select

from vacatur.register.schema import links

AT_ONCE = 500
"""Ids in one statement: every engine takes so many."""


def batches(ids: Iterable[str]) -> Iterator[Sequence[str]]:
    """Distinct ids, as many at a time as one statement takes."""
    remaining = iter(dict.fromkeys(ids))
    while some := list(islice(remaining, AT_ONCE)):
        yield some


def canonicals(connection: Connection, standing: ColumnElement[bool], ids: Iterable[str]) -> dict[str, str]:
    """For each of `ids` the id that it now goes by, following links that are `standing` to their end."""
    direct: dict[str, str] = {}
    met = waiting = set(ids)
    while waiting:
        found = _pairs(connection, standing, waiting, by_alias=True)
        direct.update(found)  # of several links of one alias the last recorded counts
        waiting = {party for _, party in found} - met
        met = met | waiting
    return {party: follow(party, direct) for party in ids}


def referents(connection: Connection, standing: ColumnElement[bool], ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of `ids` those that it has absorbed, directly or through others."""
    aliases: dict[str, set[str]] = defaultdict(set)
    met = waiting = set(ids)
    while waiting:
        found = _pairs(connection, standing, waiting, by_alias=False)
        for alias, party in found:
            aliases[party].add(alias)
        waiting = {alias for alias, _ in found} - met
        met = met | waiting
    return {party: _absorbed(party, aliases) for party in ids}


def every_alias(connection: Connection, standing: ColumnElement[bool]) -> dict[str, str]:
    """Every absorbed id with the id that it now goes by."""
    rows = connection.execute(select(links.c.alias, links.c.party).where(standing).order_by(links.c.id))
    direct = {row.alias: row.party for row in rows}
    return {alias: follow(alias, direct) for alias in direct}


def follow(alias: str, direct: Mapping[str, str]) -> str:
    """The end of the links in `direct` from `alias`; a circle ends where it closes."""
    seen = {alias}
    while (following := direct.get(alias)) is not None and following not in seen:
        alias = following
        seen.add(alias)
    return alias


def _pairs(
    connection: Connection, standing: ColumnElement[bool], ids: Iterable[str], *, by_alias: bool
) -> list[tuple[str, str]]:
    asked = links.c.alias if by_alias else links.c.party
    found: list[tuple[str, str]] = []
    for some in batches(ids):
        rows = connection.execute(
            select(links.c.alias, links.c.party).where(asked.in_(some), standing).order_by(links.c.id)
        )
        found += [(row.alias, row.party) for row in rows]
    return found


def _absorbed(party: str, aliases: Mapping[str, set[str]]) -> tuple[str, ...]:
    found: list[str] = []
    waiting = [party]
    while waiting:
        fresh = [alias for alias in sorted(aliases.get(waiting.pop(), ())) if alias != party and alias not in found]
        found += fresh
        waiting += fresh
    return tuple(found)
