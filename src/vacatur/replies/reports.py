"""Readers report a reply; several of them hold what no person has decided on, until one does."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select

from vacatur.register.schema import reply_reports
from vacatur.replies import journal, store
from vacatur.replies.house import House
from vacatur.replies.model import GATE, READERS, Move, Origin, ReplyError, State, TooManyError, clean, stamp

THAT_HOLD = 3
LONGEST_REASON = 500


def report(house: House, reply: int, origin: Origin, reason: str) -> None:
    """Note a reader's report; a second one of the same address about the same reply changes nothing.

    Raises:
        ReplyError: there is no such reply to be seen.
        TooManyError: too many reports from one address.
    """
    now, client = house.clock(), house.client(origin.address)
    count = select(func.count()).select_from(reply_reports).where(reply_reports.c.client == client)
    with house.register.writing() as connection:
        found = store.get(connection, reply)
        if found is None or found.state is not State.PUBLISHED:
            raise ReplyError("There is no such reply here.")
        if connection.scalar(count.where(reply_reports.c.reply == reply)):
            return
        since = stamp(now - timedelta(hours=1))
        if int(connection.scalar(count.where(reply_reports.c.at > since)) or 0) >= house.policy.per_hour:
            raise TooManyError("There have been many reports from your address within an hour; try again later.")
        connection.execute(
            insert(reply_reports).values(
                reply=reply, client=client, reason=clean(reason)[:LONGEST_REASON], at=stamp(now)
            )
        )
        values: dict[str, Any] = {"reports": found.reports + 1}
        if found.reports + 1 >= THAT_HOLD and found.decided == GATE:
            values["state"] = State.HELD.value
            words = f"{found.reports + 1} readers reported it"
            journal.write(
                connection,
                reply,
                at=now,
                actor=READERS,
                move=Move.HOLD,
                before=found.state,
                after=State.HELD,
                reason=words,
            )
        store.change(connection, reply, **values)
