"""Documents kept aside: a list that would lose too much waits for a person, and the register stays as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from vacatur.errors import UserError
from vacatur.register.register import Register
from vacatur.register.schema import held
from vacatur.sources.base import ListDocument

ACCEPTED, DROPPED, SUPERSEDED = "accepted", "dropped", "superseded"
"""What became of a held document: recorded after all, dismissed, or overtaken by an edition that was recorded."""


class HeldError(UserError):
    """A held document that can't be decided on; says why."""


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """An edition kept aside: of which source and day, why, since when, and by whose update."""

    id: int
    source: str
    day: date
    sha256: str
    name: str
    companions: Mapping[str, str]
    url: str | None
    reasons: tuple[str, ...]
    at: datetime
    actor: str


def keep_aside(
    register: Register,
    source: str,
    document: ListDocument,
    sha256: str,
    reasons: list[str],
    *,
    actor: str,
    url: str | None,
) -> None:
    """Keep a document aside, once: the same file that still waits is not noted twice.

    `document.vintage` must be the day of the edition; its files must be in the register's store under `sha256`.
    """
    if any((item.source, item.day, item.sha256) == (source, document.vintage, sha256) for item in waiting(register)):
        return
    with register.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(
            insert(held).values(
                source=source,
                day=document.vintage,
                sha256=sha256,
                name=document.name,
                companions={role: path.name for role, path in document.companions.items()},
                url=url,
                reasons=reasons,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                actor=actor,
            )
        )


def waiting(register: Register, source: str | None = None) -> tuple[HeldDocument, ...]:
    """The documents that wait for a person, of one source or of all, in the order in which they came."""
    query = select(held).where(held.c.outcome.is_(None)).order_by(held.c.id)
    if source is not None:
        query = query.where(held.c.source == source)
    with register.engine.connect() as connection:
        return tuple(_document(row) for row in connection.execute(query))


def document_of(register: Register, item: HeldDocument) -> ListDocument:
    """The files of a held document, from the register's store.

    Raises:
        HeldError: they are no longer there.
    """
    folder = register.folder / "documents" / item.sha256
    document = ListDocument(
        folder / item.name, {role: folder / name for role, name in item.companions.items()}, item.day
    )
    missing = [path for path in (document.path, *document.companions.values()) if not path.is_file()]
    if missing:
        raise HeldError(f"the held file {missing[0]} is gone; drop it (--drop-held) and fetch the list again")
    return document


def decide(register: Register, item: HeldDocument, outcome: str, *, actor: str, why: str) -> None:
    """Note what became of a held document, by whom and why; what was decided otherwise before stays."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    undecided = or_(held.c.outcome.is_(None), held.c.outcome == outcome)
    with register.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(
            update(held)
            .where(held.c.id == item.id, undecided)
            .values(outcome=outcome, decided_at=now, decided_by=actor, decided_why=why)
        )


def settle(register: Register, source: str, day: date, sha256: str, *, actor: str) -> None:
    """Note that an edition of `day` was recorded from the file `sha256`.

    If that very file was waiting, it is accepted by this; what else waits from that day or before is overtaken.
    """
    here = [item for item in waiting(register, source) if item.day <= day]
    for item in here:
        outcome, why = (ACCEPTED, "") if item.sha256 == sha256 else (SUPERSEDED, f"the edition of {day} was recorded")
        decide(register, item, outcome, actor=actor, why=why)


def _document(row: Row[Any]) -> HeldDocument:
    return HeldDocument(
        row.id,
        row.source,
        row.day,
        row.sha256,
        row.name,
        row.companions,
        row.url,
        tuple(row.reasons),
        datetime.fromisoformat(row.at),
        row.actor,
    )
