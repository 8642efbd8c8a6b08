"""What is still to be done at Akismet's: questions asked again, and decisions of moderators told.

Rows of a queue in the register's database. A worker takes a task by moving its due time ahead, so that of several
workers one does it; one that fails is tried again later and later, for about five days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, func, insert, select, update

from vacatur.register.schema import reply_tasks
from vacatur.replies.model import stamp

LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=12)
MOST_ATTEMPTS = 20
"""Tries over about five days."""


class TaskKind(StrEnum):
    """What to do: ask again, or tell that a reply was spam or was not."""

    CHECK = "check"
    SPAM = "spam"
    HAM = "ham"


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the queue."""

    id: int
    reply: int
    kind: TaskKind
    due: datetime
    attempts: int
    trouble: str


def add(connection: Connection, reply: int, kind: TaskKind, due: datetime) -> None:
    """Queue a task; one of the same kind for the same reply is replaced."""
    drop(connection, reply, kind)
    connection.execute(insert(reply_tasks).values(reply=reply, task=kind.value, due=stamp(due), attempts=0, trouble=""))


def drop(connection: Connection, reply: int, *kinds: TaskKind) -> int:
    """Take tasks about a reply out of the queue; how many there were."""
    wanted = [reply_tasks.c.reply == reply, reply_tasks.c.task.in_([kind.value for kind in kinds])]
    return connection.execute(delete(reply_tasks).where(*wanted)).rowcount


def due(connection: Connection, now: datetime, limit: int = 50) -> list[Task]:
    """The tasks whose time has come."""
    rows = connection.execute(
        select(reply_tasks).where(reply_tasks.c.due <= stamp(now)).order_by(reply_tasks.c.due).limit(limit)
    )
    return [
        Task(row.id, row.reply, TaskKind(row.task), datetime.fromisoformat(row.due), row.attempts, row.trouble)
        for row in rows
    ]


def take(connection: Connection, task: Task, now: datetime) -> bool:
    """Whether this worker may do the task: nobody else took it since it was read."""
    taken = connection.execute(
        update(reply_tasks)
        .where(reply_tasks.c.id == task.id, reply_tasks.c.due == stamp(task.due))
        .values(due=stamp(now + LEASE))
    )
    return taken.rowcount == 1


def done(connection: Connection, task: Task) -> None:
    """Take a task out of the queue."""
    connection.execute(delete(reply_tasks).where(reply_tasks.c.id == task.id))


def again(connection: Connection, task: Task, now: datetime, trouble: str) -> bool:
    """Try the task again later; False, and the task is gone, when it was tried often enough."""
    if task.attempts + 1 >= MOST_ATTEMPTS:
        done(connection, task)
        return False
    wait = min(FIRST_WAIT * 2**task.attempts, LONGEST_WAIT)
    connection.execute(
        update(reply_tasks)
        .where(reply_tasks.c.id == task.id)
        .values(due=stamp(now + wait), attempts=task.attempts + 1, trouble=trouble[:500])
    )
    return True


def waiting(connection: Connection) -> dict[TaskKind, int]:
    """How many tasks of each kind are queued."""
    rows: Sequence[tuple[str, int]] = [
        (row[0], row[1])
        for row in connection.execute(select(reply_tasks.c.task, func.count()).group_by(reply_tasks.c.task))
    ]
    return {TaskKind(kind): count for kind, count in rows}
