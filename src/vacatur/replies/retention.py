"""Dropping what was kept long enough, as the policy says; nothing else deletes by itself.

It may run at any time and any number of times: what it does depends on the clock alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, update

from vacatur.register.schema import replies
from vacatur.replies import journal, learning, store
from vacatur.replies.house import House
from vacatur.replies.model import KEEPER, State, stamp

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many addresses (with their user agents) and how many spam replies were dropped."""

    addresses: int
    spam: int


def run(house: House) -> Dropped:
    """Drop addresses and user agents, and delete spam, whose time is over."""
    now = house.clock()
    with house.register.writing() as connection:
        addresses = connection.execute(
            update(replies)
            .where(
                replies.c.made <= stamp(now - timedelta(days=house.policy.address_days)),
                or_(replies.c.address.is_not(None), replies.c.agent.is_not(None)),
            )
            .values(address=None, agent=None)
        ).rowcount
    spam = 0
    while ids := _old_spam(house):
        with house.register.writing() as connection:
            learning.settle(connection, ids)
            journal.forget_findings(connection, ids)
            store.remove(connection, ids)
            for reply in ids:
                journal.write(
                    connection,
                    reply,
                    at=now,
                    actor=KEEPER,
                    move="expire",
                    before=State.SPAM,
                    reason=f"spam is deleted after {house.policy.spam_days} days",
                )
        spam += len(ids)
    return Dropped(addresses, spam)


def _old_spam(house: House) -> list[int]:
    before = stamp(house.clock() - timedelta(days=house.policy.spam_days))
    wanted = select(replies.c.id).where(replies.c.state == State.SPAM.value, replies.c.made <= before).limit(AT_ONCE)
    with house.register.engine.connect() as connection:
        return list(connection.scalars(wanted))
