"""The watch list: parties by their id, and customers by name; what was removed stays on record."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Select, func, insert, select, update

from vacatur.errors import UserError
from vacatur.matching.model import Query
from vacatur.register import Register
from vacatur.register.schema import watched
from vacatur.screening.batch import query_of
from vacatur.screening.screen import DEFAULT_THRESHOLD

FIELDS = ("name", "schema", "country", "birth_date", "identifier")
BATCH = 5_000
_STANDING = (watched.c.removed.is_(None),)


@dataclass(frozen=True, slots=True)
class Watched:
    """One that is watched: a `party` of the register, or a customer with the `fields` of a query (see `FIELDS`).

    `key` is the user's own id of a customer; `since` the register's newest transaction when it was added.
    """

    id: int
    party: str | None
    key: str | None
    fields: Mapping[str, str]
    threshold: float
    added: str
    since: int

    @property
    def label(self) -> str:
        """What to call it in a notice."""
        return self.party or self.fields.get("name") or self.fields.get("identifier") or str(self.id)

    @property
    def query(self) -> Query:
        """The query that a customer makes."""
        return query_of(self.fields)


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing a file of customers did to the watch list."""

    added: int
    changed: int
    unchanged: int
    removed: int


def watch_party(register: Register, party: str, *, actor: str) -> bool:
    """Watch a party of the register, under the id that it now goes by; False when it is watched already.

    Raises:
        UserError: the register has no such party.
    """
    snapshot = register.snapshot()
    canonical = snapshot.canonical(party)
    if not snapshot.seen((canonical, *snapshot.referents(canonical))):
        raise UserError(f"the register has no party {party!r}; to watch a name, use: vacatur watch add --name")
    with register.writing() as connection:
        if connection.scalar(select(watched.c.id).where(watched.c.party == canonical, watched.c.removed.is_(None))):
            return False
        row = {"party": canonical, "key": None, "query": None, "threshold": DEFAULT_THRESHOLD}
        connection.execute(insert(watched).values(**row, **_entered(actor, snapshot.recorded)))
    return True


def watch_customers(
    register: Register,
    customers: Iterable[tuple[str | None, Mapping[str, str]]],
    *,
    actor: str,
    threshold: float = DEFAULT_THRESHOLD,
    prune: bool = False,
) -> Imported:
    """Watch customers, each a (key, fields); one with a known key and other fields replaces what was watched under it.

    Args:
        register: whose watch list it is.
        customers: key of the user's own (None: every time anew unless the same fields are watched) and fields.
        actor: who does it.
        threshold: the lowest score that is a hit.
        prune: whether keys that are watched and not among `customers` are removed.
    """
    entered = _entered(actor, register.newest_transaction())
    counts = {"added": 0, "changed": 0, "unchanged": 0, "removed": 0}
    with register.writing() as connection:
        held = _held(connection)
        met: set[str] = set()
        fresh: list[dict[str, Any]] = []
        gone: list[int] = []
        for key, fields in customers:
            query = _plain(fields)
            name = key or query
            if name in met:
                continue
            met.add(name)
            old = held.get(name)
            if old is not None and old[1:] == (query, threshold):
                counts["unchanged"] += 1
                continue
            if old is not None:
                gone.append(old[0])
            counts["added" if old is None else "changed"] += 1
            fresh.append({"party": None, "key": key, "query": query, "threshold": threshold, **entered})
        if prune:
            dropped = [number for name, (number, _, _) in held.items() if name not in met]
            counts["removed"] = len(dropped)
            gone += dropped
        _remove(connection, gone, actor)
        for start in range(0, len(fresh), BATCH):
            connection.execute(insert(watched), fresh[start : start + BATCH])
    return Imported(**counts)


def unwatch(register: Register, ids: Iterable[str], *, actor: str) -> None:
    """Stop watching: each id is that of a party, a customer's key, or the number that `list` shows.

    Raises:
        UserError: one of them is not watched; nothing was removed.
    """
    with register.writing() as connection:
        gone: list[int] = []
        for name in ids:
            rows = connection.execute(
                select(watched.c.id).where(
                    watched.c.removed.is_(None),
                    (watched.c.party == name) | (watched.c.key == name) | (watched.c.id == _number(name)),
                )
            ).all()
            if not rows:
                raise UserError(f"{name!r} is not watched; nothing was removed; see: vacatur watch list")
            gone += [row.id for row in rows]
        _remove(connection, gone, actor)


def list_watched(connection: Connection, ids: Iterable[int] | None = None) -> Iterator[Watched]:
    """Those that are watched, in the order in which they were added; `ids` narrows it."""
    query = select(watched).where(watched.c.removed.is_(None)).order_by(watched.c.id)
    if ids is None:
        yield from _read(connection, query)
        return
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        yield from _read(connection, query.where(watched.c.id.in_(wanted[start : start + 500])))


def list_parties(connection: Connection, until: int) -> Iterator[Watched]:
    """The parties that are watched by their id, with numbers up to `until`, in the order in which they were added."""
    wanted = select(watched).where(*_STANDING, watched.c.party.is_not(None), watched.c.id <= until)
    return _read(connection, wanted.order_by(watched.c.id))


def list_customers(connection: Connection, after: int = 0, until: int | None = None) -> Iterator[Watched]:
    """The customers that are watched, in the order in which they were added; streaming.

    Args:
        connection: to the register.
        after: only those with greater numbers.
        until: only those up to this number (None: all).
    """
    wanted = select(watched).where(*_STANDING, watched.c.party.is_(None), watched.c.id > after)
    if until is not None:
        wanted = wanted.where(watched.c.id <= until)
    return _read(connection, wanted.order_by(watched.c.id))


def list_queries(connection: Connection, until: int) -> Iterator[tuple[int, Query]]:
    """The numbers of the customers that are watched, up to `until`, and what each asks: for looking at them all."""
    wanted = select(watched.c.id, watched.c.query).where(*_STANDING, watched.c.party.is_(None), watched.c.id <= until)
    rows = connection.execute(
        wanted.order_by(watched.c.id), execution_options={"stream_results": True, "max_row_buffer": BATCH}
    )
    for number, query in rows:
        yield number, query_of(orjson.loads(query))


def last_of(connection: Connection, after: int, most: int) -> int:
    """The number of the last of the `most` entries of the list that follow the number `after`; `after` for none."""
    following = select(watched.c.id).where(watched.c.id > after).order_by(watched.c.id).limit(most).subquery()
    return connection.scalar(select(func.max(following.c.id))) or after


def count_customers(connection: Connection) -> tuple[int, float]:
    """How many customers are watched, and the lowest of their thresholds."""
    count, lowest = connection.execute(
        select(func.count(), func.min(watched.c.threshold)).where(*_STANDING, watched.c.party.is_(None))
    ).one()
    return count, DEFAULT_THRESHOLD if lowest is None else lowest


def _read(connection: Connection, query: Select[Any]) -> Iterator[Watched]:
    rows = connection.execute(query, execution_options={"stream_results": True, "max_row_buffer": BATCH})
    for row in rows:
        fields = orjson.loads(row.query) if row.query else {}
        yield Watched(row.id, row.party, row.key, fields, row.threshold, row.added, row.since)


def _held(connection: Connection) -> dict[str, tuple[int, str, float]]:
    """{key or query: (number, query, threshold)} of the customers that are watched."""
    rows = connection.execute(
        select(watched.c.id, watched.c.key, watched.c.query, watched.c.threshold).where(
            watched.c.removed.is_(None), watched.c.query.is_not(None)
        )
    )
    return {key or query: (number, query, threshold) for number, key, query, threshold in rows}


def _remove(connection: Connection, ids: list[int], actor: str) -> None:
    for start in range(0, len(ids), 500):
        connection.execute(
            update(watched).where(watched.c.id.in_(ids[start : start + 500])).values(removed=_now(), removed_by=actor)
        )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _plain(fields: Mapping[str, str]) -> str:
    kept = {name: fields[name] for name in FIELDS if fields.get(name)}
    if not kept.get("name") and not kept.get("identifier"):
        raise UserError("a customer needs a name or an identifier")
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _entered(actor: str, since: int) -> dict[str, Any]:
    return {"added": _now(), "added_by": actor, "since": since}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
