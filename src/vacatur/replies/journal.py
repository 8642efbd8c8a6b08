"""The journal: who moved a reply from where to where, when and why, with what each layer of the gate found.

Its lines outlive the replies that they are about; what they quote of a reply does not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from vacatur.register.schema import reply_decisions
from vacatur.replies.model import GATE, Move, stamp


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log: who moved a reply from where to where, when and why.

    Attributes:
        move: a `Move`, `undo`, `edit`, `report`, `propose`, `erase` or `expire`.
        findings: what each layer of the gate found, as plain values.
        undone: id of the decision that took this one back.
    """

    id: int
    reply: int
    at: datetime
    actor: str
    move: str
    before: str
    after: str
    reason: str
    findings: Sequence[Mapping[str, Any]] = ()
    undone: int | None = None


def write(  # noqa: PLR0913 - one a column
    connection: Connection,
    reply: int,
    *,
    at: datetime,
    actor: str,
    move: str,
    before: str = "",
    after: str = "",
    reason: str = "",
    findings: Sequence[Mapping[str, Any]] = (),
) -> int:
    """Write a line of the log; its id."""
    row = connection.execute(
        insert(reply_decisions).values(
            reply=reply,
            at=stamp(at),
            actor=actor,
            move=move,
            before=before,
            after=after,
            reason=reason,
            findings=list(findings),
        )
    )
    return int(row.inserted_primary_key[0])  # type: ignore[index]


def decisions(
    connection: Connection, replies_: Iterable[int] | None = None, limit: int = 200, offset: int = 0
) -> list[Decision]:
    """The log, the newest first: of some replies, or of all."""
    wanted = select(reply_decisions).order_by(reply_decisions.c.id.desc()).limit(limit).offset(offset)
    if replies_ is not None:
        wanted = wanted.where(reply_decisions.c.reply.in_(list(replies_)))
    return [_decision(row) for row in connection.execute(wanted)]


def decisions_between(connection: Connection, first: int, last: int, actor: str, limit: int) -> list[Decision]:
    """The decisions of one person between two lines of the log that are not undone, the newest first."""
    wanted = (
        select(reply_decisions)
        .where(reply_decisions.c.id.between(first, last), reply_decisions.c.actor == actor)
        .where(reply_decisions.c.move.in_([move.value for move in Move]), reply_decisions.c.undone.is_(None))
        .order_by(reply_decisions.c.id.desc())
        .limit(limit)
    )
    return [_decision(row) for row in connection.execute(wanted)]


def decision(connection: Connection, id: int) -> Decision | None:
    """One line of the log."""
    row = connection.execute(select(reply_decisions).where(reply_decisions.c.id == id)).first()
    return _decision(row) if row is not None else None


def mark_undone(connection: Connection, id: int, by: int) -> None:
    """Note in the log which decision took another back."""
    connection.execute(update(reply_decisions).where(reply_decisions.c.id == id).values(undone=by))


def forget_findings(connection: Connection, ids: Sequence[int]) -> None:
    """Take out of the log what quotes the words of replies; which person decided what, and why, stays."""
    lines = reply_decisions.c.reply.in_(ids)
    connection.execute(update(reply_decisions).where(lines).values(findings=[]))
    connection.execute(update(reply_decisions).where(lines, reply_decisions.c.actor == GATE).values(reason=""))


def last_reason(connection: Connection, id: int) -> str:
    """Why a reply stands where it stands, in the words of the last who moved it."""
    return next((f"{item.actor}: {item.reason}" for item in decisions(connection, [id]) if item.after), "")


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        row.id,
        row.reply,
        datetime.fromisoformat(row.at),
        row.actor,
        row.move,
        row.before,
        row.after,
        row.reason,
        tuple(row.findings),
        row.undone,
    )
