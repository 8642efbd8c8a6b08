"""The work that goes on behind the pages: Akismet asked again and told, and what was kept long enough dropped.

One thread a service; several workers share the queue. A failure is logged by its kind and tried again.
"""

import threading
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from vacatur.errors import UserError
from vacatur.replies import intake, journal, retention, store, tasks
from vacatur.replies.akismet import AkismetError
from vacatur.replies.asking import comment_of
from vacatur.replies.house import House
from vacatur.replies.model import GATE, Reply
from vacatur.replies.tasks import Task, TaskKind

EVERY_SECONDS = 20.0
DAILY = timedelta(days=1)

log = structlog.get_logger("vacatur.replies")


def run_due(house: House) -> int:
    """Do the tasks whose time has come; how many were done or given up."""
    now, finished = house.clock(), 0
    with house.register.engine.connect() as connection:
        waiting = tasks.due(connection, now)
    for task in waiting:
        with house.register.writing() as connection:
            taken = tasks.take(connection, task, now)
            reply = store.get(connection, task.reply)
        if taken and reply is not None:
            finished += _do(house, task, reply, now)
    return finished


def _do(house: House, task: Task, reply: Reply, now: datetime) -> bool:
    trouble = _asked_again(house, reply) if task.kind is TaskKind.CHECK else _told(house, task.kind, reply)
    with house.register.writing() as connection:
        if not trouble:
            tasks.done(connection, task)
            return True
        if tasks.again(connection, task, now, trouble):
            return False
        store.change(connection, reply.id, pending=False)
        journal.write(
            connection, reply.id, at=now, actor=GATE, move="give up", reason=f"{task.kind} at Akismet: {trouble}"
        )
        return True


def _asked_again(house: House, reply: Reply) -> str:
    """Ask Akismet again; why that has to be repeated, or nothing."""
    asked = intake.recheck(house, reply, "recheck")
    return asked.finding.words if asked is not None and asked.again_after is not None else ""


def _told(house: House, kind: TaskKind, reply: Reply) -> str:
    if house.asker is None or reply.address is None:
        return ""
    comment = comment_of(reply, house.policy)
    try:
        if kind is TaskKind.SPAM:
            house.asker.akismet.submit_spam(comment)
        else:
            house.asker.akismet.submit_ham(comment)
    except AkismetError as error:
        return str(error)
    return ""


class Worker:
    """The thread: tasks every few seconds, retention once a day and at the start."""

    def __init__(self, house: House, every: float = EVERY_SECONDS) -> None:
        self.house = house
        self._every = every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vacatur-replies", daemon=True)
        self._dropped: datetime | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop after the task at hand."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=60)

    def _run(self) -> None:
        while True:
            try:
                self.turn()
            except (UserError, SQLAlchemyError, OSError) as error:
                log.warning("replies_work_failed", error=type(error).__name__)
            if self._stopped.wait(self._every):
                return

    def turn(self) -> None:
        """One round of work."""
        now = self.house.clock()
        if self._dropped is None or now - self._dropped >= DAILY:
            dropped = retention.run(self.house)
            self._dropped = now
            if dropped.addresses or dropped.spam:
                log.info("replies_retention", addresses=dropped.addresses, spam=dropped.spam)
        run_due(self.house)
