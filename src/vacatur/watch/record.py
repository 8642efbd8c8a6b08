"""The record of the watch: runs, hits, notices and dates, all of a run in one transaction."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from vacatur.errors import UserError
from vacatur.law.moments import Instant
from vacatur.register import Register
from vacatur.register.schema import watch_dates, watch_deliveries, watch_hits, watch_notices, watch_runs, watched
from vacatur.screening.screen import Hit
from vacatur.screening.standing import Asked
from vacatur.watch.notices import Kind, Notice

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is on record: the proof that the screening took place.

    `after` and `transaction` are the register's transactions that it compared, `since` the moment of the run before;
    `changed` counts the parties that something was recorded about, `screened` the customers that were screened,
    `judged` the parties whose statuses were compared. `coverage` is what the register held.
    """

    id: int
    at: str
    since: str | None
    transaction: int
    after: int
    index: str
    watched_to: int
    parties: int
    customers: int
    changed: int
    screened: int
    judged: int
    notices: int
    coverage: Sequence[Mapping[str, Any]]

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class HeldHit:
    """A hit that stands since an earlier run."""

    id: int
    watched: int
    party: str
    score: float
    name: str


@dataclass(slots=True)
class Findings:
    """What a run gathers before anything is recorded; `found` has the numbers of customers with their new hits."""

    notices: list[Notice] = field(default_factory=list)
    found: list[tuple[int, Hit]] = field(default_factory=list)
    lost: list[HeldHit] = field(default_factory=list)
    dates: dict[str, Instant | None] = field(default_factory=dict)
    changed: int = 0
    screened: int = 0
    judged: int = 0


def record_run(
    register: Register,
    before: Run | None,
    asked: Asked,
    index: str,
    coverage: Sequence[Mapping[str, Any]],
    findings: Findings,
    channels: Sequence[str],
    watched_to: int,
) -> Run:
    """Record a run with all that it found, to be delivered on `channels` where there is something to tell.

    `watched_to` is the number of the last entry of the watch list that it was about.

    Raises:
        UserError: another run was recorded since `before`; nothing is.
    """
    with register.writing() as connection:
        newest = last_run(connection)
        if newest != before:
            raise UserError("another run of the watch was recorded meanwhile; this one recorded nothing: run it again")
        run = Run(
            id=newest.id + 1 if newest else 1,
            at=asked.on.isoformat(),
            since=before.at if before else None,
            transaction=asked.recorded,
            after=before.transaction if before else asked.recorded,
            index=index,
            watched_to=watched_to,
            parties=_count(connection, parties=True),
            customers=_count(connection, parties=False),
            changed=findings.changed,
            screened=findings.screened,
            judged=findings.judged,
            notices=len(findings.notices),
            coverage=coverage,
        )
        connection.execute(insert(watch_runs).values({item.name: getattr(run, item.name) for item in fields(run)}))
        _record_hits(connection, run.id, findings)
        _record_dates(connection, findings.dates)
        notices = [
            {"run": run.id, "number": number, "kind": item.kind.value, "party": item.party, "data": _json(item.data)}
            for number, item in enumerate(findings.notices, start=1)
        ]
        for start in range(0, len(notices), BATCH):
            connection.execute(insert(watch_notices), notices[start : start + BATCH])
        due = [{"run": run.id, "channel": name, "attempts": 0, "trouble": ""} for name in dict.fromkeys(channels)]
        if due and notices:
            connection.execute(insert(watch_deliveries), due)
    return run


def last_run(connection: Connection) -> Run | None:
    """The newest run on record."""
    row = connection.execute(select(watch_runs).order_by(watch_runs.c.id.desc()).limit(1)).first()
    return Run(**row._mapping) if row else None


def list_runs(register: Register) -> list[Run]:
    """Every run on record, the newest first."""
    with register.engine.connect() as connection:
        rows = connection.execute(select(watch_runs).order_by(watch_runs.c.id.desc())).all()
    return [Run(**row._mapping) for row in rows]


def run_of(connection: Connection, id: int) -> Run:
    """The run with that number."""
    return Run(**connection.execute(select(watch_runs).where(watch_runs.c.id == id)).one()._mapping)


def notices_of(connection: Connection, run: int) -> list[Notice]:
    """The notices of a run, in their order."""
    rows = connection.execute(select(watch_notices).where(watch_notices.c.run == run).order_by(watch_notices.c.number))
    return [Notice(Kind(row.kind), row.party, json.loads(row.data)) for row in rows]


def newest_notices(connection: Connection, most: int) -> Iterator[tuple[Run, int, Notice]]:
    """The newest notices of all runs with their runs and numbers, the newest first."""
    rows = connection.execute(
        select(watch_notices).order_by(watch_notices.c.run.desc(), watch_notices.c.number).limit(most)
    ).all()
    runs = {number: run_of(connection, number) for number in {row.run for row in rows}}
    for row in rows:
        yield runs[row.run], row.number, Notice(Kind(row.kind), row.party, json.loads(row.data))


def held_hits(connection: Connection, customers: Sequence[int]) -> dict[int, list[HeldHit]]:
    """The hits of customers that stand, by the customer's number."""
    found: dict[int, list[HeldHit]] = defaultdict(list)
    for start in range(0, len(customers), 500):
        for hit in _hits(connection, watch_hits.c.watched.in_(customers[start : start + 500])):
            found[hit.watched].append(hit)
    return found


def standing_hits(connection: Connection) -> Iterator[HeldHit]:
    """Every hit that stands of a customer that is watched, by customer."""
    return _hits(connection, watched.c.removed.is_(None))


def hit_by(connection: Connection, parties: Sequence[str]) -> Iterator[int]:
    """The numbers of the customers for which one of `parties` is a hit."""
    for start in range(0, len(parties), 500):
        for hit in _hits(connection, watch_hits.c.party.in_(parties[start : start + 500])):
            yield hit.watched


def _hits(connection: Connection, where: Any) -> Iterator[HeldHit]:
    rows = connection.execute(
        select(watch_hits.c.id, watch_hits.c.watched, watch_hits.c.party, watch_hits.c.score, watch_hits.c.name)
        .join(watched, watched.c.id == watch_hits.c.watched)
        .where(watch_hits.c.lost.is_(None), where)
        .order_by(watch_hits.c.watched, watch_hits.c.id)
    )
    return (HeldHit(*row) for row in rows)


def _count(connection: Connection, *, parties: bool) -> int:
    kind = watched.c.party.is_not(None) if parties else watched.c.party.is_(None)
    return connection.scalar(select(func.count()).select_from(watched).where(watched.c.removed.is_(None), kind)) or 0


def _record_hits(connection: Connection, run: int, findings: Findings) -> None:
    gone = [item.id for item in findings.lost]
    for start in range(0, len(gone), 500):
        connection.execute(update(watch_hits).where(watch_hits.c.id.in_(gone[start : start + 500])).values(lost=run))
    found = [
        {"watched": customer, "party": hit.party.id, "score": hit.score, "name": hit.name, "found": run}
        for customer, hit in findings.found
    ]
    for start in range(0, len(found), BATCH):
        connection.execute(insert(watch_hits), found[start : start + BATCH])


def _record_dates(connection: Connection, dates: Mapping[str, Instant | None]) -> None:
    parties = list(dates)
    for start in range(0, len(parties), 500):
        connection.execute(delete(watch_dates).where(watch_dates.c.party.in_(parties[start : start + 500])))
    rows = [{"party": party, "due": due} for party, due in dates.items() if due is not None]
    for start in range(0, len(rows), BATCH):
        connection.execute(insert(watch_dates), rows[start : start + BATCH])


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
