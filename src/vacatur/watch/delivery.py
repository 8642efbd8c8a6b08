"""Telling: what a run found goes out on every channel that it is due on, at once or with the next run.

A delivery is due from the moment that the run is recorded until a channel took it. Killed between the two, it is sent
again under the same id, by which a receiver knows it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Connection, and_, select, update

from vacatur.errors import UserError
from vacatur.register import Register
from vacatur.register.schema import transactions, watch_deliveries
from vacatur.watch.notices import Notice
from vacatur.watch.record import Run, notices_of, run_of
from vacatur.watch.words import headline


class DeliveryError(UserError):
    """A channel did not take a message: which, and why."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a run has to tell, under an id that is the same however often it is sent."""

    id: str
    run: Run
    notices: Sequence[Notice]


class Channel(Protocol):
    """A way to tell; `name` says which it is on record."""

    @property
    def name(self) -> str:
        """What it is called on record."""
        ...

    def deliver(self, message: Message) -> None:
        """Send it; `DeliveryError` when it was not taken."""
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a delivery: `trouble` is empty when the channel took it."""

    run: int
    channel: str
    trouble: str = ""


def deliver_due(register: Register, channels: Sequence[Channel]) -> Iterator[Delivered]:
    """Deliver what is due on `channels`, of earlier runs too, the oldest first; what came of each."""
    for channel in channels:
        with register.engine.connect() as connection:
            due = connection.scalars(
                select(watch_deliveries.c.run)
                .where(watch_deliveries.c.channel == channel.name, watch_deliveries.c.delivered.is_(None))
                .order_by(watch_deliveries.c.run)
            ).all()
        for run in due:
            with register.engine.connect() as connection:
                message = message_of(connection, run)
            yield _deliver(register, channel, message)


def waiting(connection: Connection) -> list[tuple[int, str, str]]:
    """Every delivery that is still due: (run, channel, what kept it)."""
    rows = connection.execute(
        select(watch_deliveries.c.run, watch_deliveries.c.channel, watch_deliveries.c.trouble)
        .where(watch_deliveries.c.delivered.is_(None))
        .order_by(watch_deliveries.c.run, watch_deliveries.c.channel)
    )
    return [(row.run, row.channel, row.trouble) for row in rows]


def message_of(connection: Connection, run: int) -> Message:
    """What the run with that number has to tell."""
    return Message(f"{register_id(connection)}-{run}", run_of(connection, run), notices_of(connection, run))


def register_id(connection: Connection) -> str:
    """The same for ever for this register, and another for every other: from when its first transaction was made."""
    first = connection.scalar(select(transactions.c.at).order_by(transactions.c.id).limit(1))
    return f"vacatur-{hashlib.sha256(str(first).encode()).hexdigest()[:16]}"


def message_json(message: Message) -> dict[str, Any]:
    """A message as plain JSON values: the run, and its notices with an id each."""
    return {"id": message.id, "run": run_json(message.run), "notices": notices_json(message.run, message.notices)}


def notices_json(run: Run, notices: Sequence[Notice]) -> list[Mapping[str, Any]]:
    """The notices of a run as plain JSON values, each with an id and in one line of words."""
    return [
        {
            "id": f"{run.id}-{number}",
            "kind": item.kind.value,
            "headline": headline(item.kind, item.data),
            **item.data,
        }
        for number, item in enumerate(notices, start=1)
    ]


def run_json(run: Run) -> dict[str, Any]:
    """A run as plain JSON values."""
    return {
        "run": run.id,
        "at": run.at,
        "since": run.since,
        "transaction": run.transaction,
        "after": run.after,
        "index": run.index,
        "watched": {"parties": run.parties, "customers": run.customers},
        "changed": run.changed,
        "screened": run.screened,
        "judged": run.judged,
        "notices": run.notices,
        "coverage": list(run.coverage),
    }


def _deliver(register: Register, channel: Channel, message: Message) -> Delivered:
    trouble = ""
    try:
        channel.deliver(message)
    except DeliveryError as error:
        trouble = str(error)
    with register.writing() as connection:
        connection.execute(
            update(watch_deliveries)
            .where(and_(watch_deliveries.c.run == message.run.id, watch_deliveries.c.channel == channel.name))
            .values(
                delivered=None if trouble else datetime.now(UTC).isoformat(timespec="seconds"),
                attempts=watch_deliveries.c.attempts + 1,
                trouble=trouble,
            )
        )
    return Delivered(message.run.id, channel.name, trouble)
