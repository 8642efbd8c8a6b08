"""The log of looking: when a publisher was asked, what came of it, and what to ask by the next time.

A check without a change is no transaction, as it says nothing new of any party; it is still recorded, because an
auditor asks how fresh an answer was.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import Engine, Row, func, insert, select

from vacatur.fetching.download import Validators
from vacatur.register.register import Register
from vacatur.register.schema import checks


class Outcome(StrEnum):
    """What came of asking a publisher, or of reading a file."""

    RECORDED = "recorded"
    UNCHANGED = "unchanged"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One time that a source was asked. `validators` are what its addresses gave to ask again by."""

    source: str
    at: datetime
    actor: str
    outcome: Outcome
    url: str | None = None
    validators: Mapping[str, Validators] = field(default_factory=dict)
    sha256: str | None = None
    note: str = ""


def record_check(register: Register, check: Check) -> None:
    """Write a check down."""
    with register.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(
            insert(checks).values(
                source=check.source,
                at=check.at.astimezone(UTC).isoformat(timespec="seconds"),
                actor=check.actor,
                outcome=check.outcome.value,
                url=check.url,
                validators={url: asdict(given) for url, given in check.validators.items()},
                sha256=check.sha256,
                note=check.note,
            )
        )


def last_checks(register: Register, *, good: bool = False) -> dict[str, Check]:
    """The last check of every source; with `good`, the last that a publisher answered with what could be read."""
    newest = select(func.max(checks.c.id)).group_by(checks.c.source)
    if good:
        newest = newest.where(checks.c.outcome != Outcome.FAILED.value)
    with register.engine.connect() as connection:
        rows = connection.execute(select(checks).where(checks.c.id.in_(newest)))
        return {row.source: _check(row) for row in rows}


def confirmed(engine: Engine, until: date) -> dict[str, date]:
    """For every source the last day, up to `until`, on which its publisher showed what the register has."""
    confirming = checks.c.outcome.in_([Outcome.RECORDED.value, Outcome.UNCHANGED.value])
    query = select(checks.c.source, func.max(checks.c.at).label("at")).where(
        confirming, func.substr(checks.c.at, 1, 10) <= until.isoformat()
    )
    with engine.connect() as connection:
        rows = connection.execute(query.group_by(checks.c.source))
        return {row.source: datetime.fromisoformat(row.at).date() for row in rows}


def _check(row: Row) -> Check:  # type: ignore[type-arg]
    return Check(
        row.source,
        datetime.fromisoformat(row.at),
        row.actor,
        Outcome(row.outcome),
        row.url,
        {url: Validators(**given) for url, given in row.validators.items()},
        row.sha256,
        row.note,
    )
