"""Replies in the database: rows in, frozen values out. No decision is taken here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, delete, func, insert, null, select, update

from vacatur.register.schema import (
    replies,
    reply_reports,
    reply_tasks,
)
from vacatur.replies.gate import ALIKE, Earlier
from vacatur.replies.model import Claim, Kind, Reply, State, Subject, SubjectKind, stamp

BLANK = "0" * 16
"""The fingerprint of no words."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reply that waits for a person, and how many of its text wait."""

    reply: Reply
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Thread:
    """A reply with its answers, in the order of time."""

    head: Reply
    answers: tuple[Reply, ...]


def add(connection: Connection, reply: Reply) -> int:
    """Store a new reply; its id (that of `reply` is not used)."""
    return int(connection.execute(insert(replies).values(**_values(reply))).inserted_primary_key[0])  # type: ignore[index]


def get(connection: Connection, id: int) -> Reply | None:
    """The reply of that id."""
    row = connection.execute(select(replies).where(replies.c.id == id)).first()
    return _reply(row) if row is not None else None


def change(connection: Connection, id: int, **values: Any) -> None:
    """Set columns of a reply."""
    connection.execute(update(replies).where(replies.c.id == id).values(**values))


def put(connection: Connection, reply: Reply) -> None:
    """Store a reply that changed in place of what stood under its id."""
    connection.execute(update(replies).where(replies.c.id == reply.id).values(**_values(reply)))


def blank(connection: Connection, id: int) -> None:
    """Take everything that its author wrote or that tells of him out of a reply; its place in the thread stays."""
    connection.execute(delete(reply_tasks).where(reply_tasks.c.reply == id))
    connection.execute(delete(reply_reports).where(reply_reports.c.reply == id))
    change(
        connection,
        id,
        **dict.fromkeys(("text", "name", "email", "link"), ""),
        claim=null(),
        address=None,
        agent=None,
        fingerprint=BLANK,
        pending=False,
        reports=0,
        state=State.WITHDRAWN.value,
    )


def is_answered(connection: Connection, id: int) -> bool:
    """Whether others have answered a reply."""
    return connection.scalar(select(func.count()).select_from(replies).where(replies.c.parent == id)) != 0


def remove(connection: Connection, ids: Sequence[int]) -> None:
    """Delete replies with all that hangs on them; answers to them move up to where they stood."""
    connection.execute(delete(reply_tasks).where(reply_tasks.c.reply.in_(ids)))
    connection.execute(delete(reply_reports).where(reply_reports.c.reply.in_(ids)))
    connection.execute(update(replies).where(replies.c.parent.in_(ids)).values(parent=None))
    connection.execute(delete(replies).where(replies.c.id.in_(ids)))


def threads(connection: Connection, subject: Subject, limit: int, offset: int = 0) -> list[Thread]:
    """The published threads under a subject, the newest first; a withdrawn head stays while it has answers."""
    answered = select(replies.c.parent).where(replies.c.parent.is_not(None), replies.c.state == State.PUBLISHED.value)
    shown = (replies.c.state == State.PUBLISHED.value) | (
        (replies.c.state == State.WITHDRAWN.value) & replies.c.id.in_(answered)
    )
    heads = connection.execute(
        select(replies)
        .where(_under(subject), replies.c.parent.is_(None), shown)
        .order_by(replies.c.made.desc(), replies.c.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    ids = [row.id for row in heads]
    answers = connection.execute(
        select(replies)
        .where(replies.c.parent.in_(ids), replies.c.state == State.PUBLISHED.value)
        .order_by(replies.c.made, replies.c.id)
    ).all()
    by_head: dict[int, list[Reply]] = {}
    for row in answers:
        by_head.setdefault(row.parent, []).append(_reply(row))
    return [Thread(_reply(row), tuple(by_head.get(row.id, ()))) for row in heads]


def count_published(connection: Connection, subject: Subject) -> tuple[int, int]:
    """How many replies are published under a subject, and how many of them begin a thread."""
    row = connection.execute(
        select(func.count(), func.count().filter(replies.c.parent.is_(None))).where(
            _under(subject), replies.c.state == State.PUBLISHED.value
        )
    ).one()
    return int(row[0]), int(row[1])


def newest_published(connection: Connection, subject: Subject, limit: int) -> list[Reply]:
    """The replies under a subject that were published, the newest first."""
    rows = connection.execute(
        select(replies)
        .where(_under(subject), replies.c.state == State.PUBLISHED.value)
        .order_by(replies.c.made.desc(), replies.c.id.desc())
        .limit(limit)
    )
    return [_reply(row) for row in rows]


def made_since(connection: Connection, since: datetime, client: str | None = None) -> int:
    """How many replies were made since then, by one client or by all."""
    wanted = [replies.c.made > stamp(since)] + ([replies.c.client == client] if client else [])
    return int(connection.scalar(select(func.count()).select_from(replies).where(*wanted)) or 0)


def near(connection: Connection, reply: Reply, among: int, limit: int = 50) -> list[Earlier]:
    """The replies of readers, among the newest, whose text is nearly that of `reply`; the newest first."""
    newest = connection.execute(
        select(replies.c.id, replies.c.fingerprint)
        .where(replies.c.house.is_(False), replies.c.id != reply.id)
        .order_by(replies.c.id.desc())
        .limit(among)
    ).all()
    wanted = int(reply.fingerprint, 16)
    ids = [number for number, other in newest if (int(other, 16) ^ wanted).bit_count() <= ALIKE][:limit]
    if not ids:
        return []
    rows = connection.execute(
        select(replies.c.id, replies.c.fingerprint, replies.c.state, replies.c.client)
        .where(replies.c.id.in_(ids))
        .order_by(replies.c.id.desc())
    )
    return [Earlier(row.id, row.fingerprint, State(row.state), row.client) for row in rows]


def queue(connection: Connection, state: State, limit: int, offset: int = 0) -> list[Waiting]:
    """Replies that wait in a state, those most worth a person's time first; copies of one text are one.

    Corrections and documents before comments, then the least like spam, then the oldest: a flood of spam sinks.
    """
    rank = func.min(case((replies.c.kind == Kind.COMMENT.value, 1), else_=0))
    groups = connection.execute(
        select(func.min(replies.c.id).label("first"), func.count().label("copies"))
        .where(replies.c.state == state.value, replies.c.house.is_(False))
        .group_by(replies.c.fingerprint)
        .order_by(rank, func.min(replies.c.score), func.min(replies.c.made), "first")
        .limit(limit)
        .offset(offset)
    ).all()
    rows = connection.execute(select(replies).where(replies.c.id.in_([group.first for group in groups]))).all()
    found = {row.id: _reply(row) for row in rows}
    return [Waiting(found[group.first], group.copies) for group in groups]


def count_waiting(connection: Connection, state: State) -> int:
    """How many different texts wait in a state."""
    distinct = select(func.count(replies.c.fingerprint.distinct()))
    return int(connection.scalar(distinct.where(replies.c.state == state.value, replies.c.house.is_(False))) or 0)


def reported(connection: Connection, limit: int) -> list[Reply]:
    """Published replies that readers reported and no person has looked at since, the most reported first."""
    rows = connection.execute(
        select(replies)
        .where(replies.c.reports > 0, replies.c.state == State.PUBLISHED.value)
        .order_by(replies.c.reports.desc(), replies.c.id)
        .limit(limit)
    )
    return [_reply(row) for row in rows]


def leads(connection: Connection, limit: int) -> list[Reply]:
    """Published corrections and documents of readers that no act has been proposed from."""
    rows = connection.execute(
        select(replies)
        .where(
            replies.c.kind != Kind.COMMENT.value,
            replies.c.state == State.PUBLISHED.value,
            replies.c.act.is_(None),
            replies.c.house.is_(False),
        )
        .order_by(replies.c.made, replies.c.id)
        .limit(limit)
    )
    return [_reply(row) for row in rows]


def count_by_state(connection: Connection) -> Counter[str]:
    """How many replies are in each state."""
    rows = connection.execute(select(replies.c.state, func.count()).group_by(replies.c.state)).all()
    return Counter({row[0]: row[1] for row in rows})


def copies_of(connection: Connection, reply: Reply, limit: int) -> list[int]:
    """Ids of the replies of readers with the fingerprint and in the state of `reply`, itself first."""
    found = (
        select(replies.c.id)
        .where(
            replies.c.fingerprint == reply.fingerprint,
            replies.c.state == reply.state.value,
            replies.c.house.is_(False),
            replies.c.id != reply.id,
        )
        .order_by(replies.c.id)
        .limit(limit - 1)
    )
    return [reply.id, *connection.scalars(found)]


def reports_of(connection: Connection, id: int) -> list[str]:
    """Why readers reported a reply."""
    found = select(reply_reports.c.reason).where(reply_reports.c.reply == id).order_by(reply_reports.c.id)
    return list(connection.scalars(found))


def plain(reply: Reply) -> dict[str, Any]:
    """Everything that is kept of a reply, as plain values."""
    return {"id": reply.id, **_values(reply), "claim": _claim_json(reply.claim)}


def public(reply: Reply) -> dict[str, Any]:
    """What of a reply a moderator is listed: all but the address, the browser and their hash."""
    return {name: value for name, value in plain(reply).items() if name not in ("address", "agent", "client")}


def sent_again(connection: Connection, reply: Reply, since: datetime) -> Reply | None:
    """The reply of the same words that the same client sent to the same place since then, if there is one."""
    row = connection.execute(
        select(replies)
        .where(
            _under(reply.subject),
            replies.c.client == reply.client,
            replies.c.made > stamp(since),
            replies.c.text == reply.text,
            replies.c.kind == reply.kind.value,
        )
        .limit(1)
    ).first()
    return _reply(row) if row is not None else None


def _under(subject: Subject) -> ColumnElement[bool]:
    return (replies.c.subject_kind == subject.kind.value) & (replies.c.subject == subject.id)


_ALIKE = "parent text name email link house address agent client fingerprint score pending reports decided act".split()
"""Attributes of a reply that are stored as they are."""


def _values(reply: Reply) -> dict[str, Any]:
    return {
        "subject_kind": reply.subject.kind.value,
        "subject": reply.subject.id,
        "kind": reply.kind.value,
        "state": reply.state.value,
        "claim": _claim_json(reply.claim) or null(),
        "made": stamp(reply.made),
        "edited": stamp(reply.edited) if reply.edited else None,
        **{name: getattr(reply, name) for name in _ALIKE},
    }


def _reply(row: Row[Any]) -> Reply:
    return Reply(
        id=row.id,
        subject=Subject(SubjectKind(row.subject_kind), row.subject),
        kind=Kind(row.kind),
        state=State(row.state),
        claim=_claim(row.claim),
        made=datetime.fromisoformat(row.made),
        edited=datetime.fromisoformat(row.edited) if row.edited else None,
        **{name: getattr(row, name) for name in _ALIKE},
    )


def _claim_json(claim: Claim) -> dict[str, str] | None:
    parts = {"kind": claim.kind, "measure": claim.measure, "day": claim.day.isoformat() if claim.day else None}
    return {name: value for name, value in parts.items() if value} or None


def _claim(data: Mapping[str, str] | None) -> Claim:
    if not data:
        return Claim()
    day = date.fromisoformat(data["day"]) if "day" in data else None
    return Claim(data.get("kind"), data.get("measure"), day)
