"""What the author of a reply can do with it: who holds its signed link is its author.

For an hour he can edit it (`intake.edit`) and withdraw it; see, take away and erase what is kept, at any time.
"""

from typing import Any

from sqlalchemy import Connection

from vacatur.replies import journal, learning, store
from vacatur.replies.house import House
from vacatur.replies.model import AUTHOR, NO_PERSON, Move, Reply, ReplyError, State, after


def token_of(house: House, reply: int) -> str:
    """The token that makes its holder the author of a reply."""
    return house.signer.sign("author", str(reply))


def owned(house: House, token: str) -> Reply:
    """The reply of a token.

    Raises:
        ReplyError: the link is not one of ours, or the reply is gone.
    """
    read = house.signer.read("author", token)
    with house.register.engine.connect() as connection:
        found = store.get(connection, int(read[0])) if read else None
    if found is None:
        raise ReplyError("This link leads to no reply: it was mistyped, or the reply has been erased.")
    return found


def owned_within_hour(house: House, token: str) -> Reply:
    """The reply of a token while its author may still change it.

    Raises:
        ReplyError: as `owned`, or it was withdrawn, or its hour is over.
    """
    found = owned(house, token)
    if found.state is State.WITHDRAWN:
        raise ReplyError("You have withdrawn this reply.")
    if house.clock() > found.own_until():
        raise ReplyError("A reply can be changed for an hour after it was sent; you can still erase it.")
    return found


def withdraw(house: House, token: str) -> None:
    """Take a reply back within the hour: its words are gone at once, its place stays while others answered it.

    Raises:
        ReplyError: as `owned_within_hour`.
    """
    found = owned_within_hour(house, token)
    after(found.state, Move.WITHDRAW)
    with house.register.writing() as connection:
        learning.unlearn(connection, found.id)
        journal.forget_findings(connection, [found.id])
        _blank(house, connection, found, Move.WITHDRAW)


def erase(house: House, token: str) -> None:
    """Erase a reply and all that is kept about it, at any time; a place that others answered stays, empty.

    Raises:
        ReplyError: as `owned`.
    """
    found = owned(house, token)
    with house.register.writing() as connection:
        learning.unlearn(connection, found.id)
        journal.forget_findings(connection, [found.id])
        if store.is_answered(connection, found.id):
            _blank(house, connection, found, "erase")
            store.change(connection, found.id, client=None)
        else:
            store.remove(connection, [found.id])
            journal.write(connection, found.id, at=house.clock(), actor=AUTHOR, move="erase", before=found.state)


def export(house: House, token: str) -> dict[str, Any]:
    """Everything that is kept about a reply, as plain values; moderators are not named.

    Raises:
        ReplyError: as `owned`.
    """
    reply = owned(house, token)
    with house.register.engine.connect() as connection:
        log = journal.decisions(connection, [reply.id])
        reasons = store.reports_of(connection, reply.id)
    decisions = [
        {
            "at": item.at.isoformat(),
            "by": item.actor if item.actor in NO_PERSON else "a moderator",
            "what": item.move,
            "why": item.reason,
            "findings": list(item.findings),
        }
        for item in log
    ]
    return {"reply": store.plain(reply), "decisions": decisions, "reports": reasons}


def _blank(house: House, connection: Connection, reply: Reply, move: str) -> None:
    store.blank(connection, reply.id)
    journal.write(
        connection,
        reply.id,
        at=house.clock(),
        actor=AUTHOR,
        move=move,
        before=reply.state,
        after=State.WITHDRAWN,
    )
