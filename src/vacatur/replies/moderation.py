"""What moderators do: decide, undo, answer, complete. Each decision is logged with who and why, and teaches.

Publishing and marking as spam teach the classifier and Akismet; holding and deleting say nothing about spam, so
nothing is learnt from them. An undone decision is unlearnt, and Akismet is told otherwise if it was told already.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection

from vacatur.replies import journal, learning, store, tasks
from vacatur.replies.fingerprint import fingerprint
from vacatur.replies.house import House
from vacatur.replies.intake import draft_of
from vacatur.replies.journal import Decision
from vacatur.replies.model import (
    NO_PERSON,
    Claim,
    Kind,
    Move,
    Reply,
    ReplyError,
    State,
    after,
    clean,
    one_line,
)
from vacatur.replies.propose import is_complete, propose_from
from vacatur.replies.tasks import TaskKind

SECOND_THOUGHTS = timedelta(minutes=2)
"""How long Akismet is not yet told, so that an undone decision is never told."""

LONGEST_REASON = 500
AT_ONCE = 1_000
"""Copies of one text that are decided on at once."""

LESSONS = {Move.PUBLISH: False, Move.SPAM: True}
"""Which moves teach, and whether they say that it was spam."""


def decide(house: House, ids: Sequence[int], move: Move, *, actor: str, reason: str = "") -> list[int]:
    """Move replies; ids of the decisions, by which each can be undone.

    A published correction or document that says what happened and when becomes a proposed act; one that does not
    becomes a lead (`store.leads`). Of copies of one text, the first teaches.

    Raises:
        ReplyError: there is no such reply, or its author withdrew it; then none is moved.
    """
    if move is Move.WITHDRAW:
        raise ReplyError("only its author can withdraw a reply")
    with house.register.writing() as connection:
        found = [_must(connection, wanted) for wanted in dict.fromkeys(ids)]
        firsts = {reply.fingerprint: reply.id for reply in reversed(found)}
        decided = [
            _decide(
                house, connection, reply, move, actor, one_line(reason), teach=firsts[reply.fingerprint] == reply.id
            )
            for reply in found
        ]
    if move is Move.PUBLISH:
        for reply in found:
            if reply.kind is not Kind.COMMENT and reply.act is None and is_complete(reply.claim):
                complete(house, reply.id, reply.claim, actor=actor)
    return decided


def undo(house: House, decision: int, *, actor: str) -> Reply:
    """Take a person's decision back: the reply stands where it stood, and what was learnt is unlearnt.

    A proposed act that was made of it stays until it is judged on the page of proposals.

    Raises:
        ReplyError: no such decision can be undone: it was a machine's, deleted the reply, was undone, or is not the
            last one about it.
    """
    with house.register.writing() as connection:
        taken = journal.decision(connection, decision)
        if taken is None or taken.actor in NO_PERSON or taken.move not in list(Move) or not taken.before:
            raise ReplyError("there is no such decision of a person")
        if taken.undone is not None or taken.move == Move.DELETE:
            raise ReplyError("this decision can't be undone: it was undone already, or what it deleted is gone")
        reply = _must(connection, taken.reply)
        moves = [item for item in journal.decisions(connection, [taken.reply]) if _moved(item)]
        if not moves or moves[0].id != taken.id or reply.state is State.WITHDRAWN:
            raise ReplyError("this reply was moved again since; undo its last decision first")
        store.change(
            connection, reply.id, state=taken.before, decided=moves[1].actor if len(moves) > 1 else NO_PERSON[0]
        )
        line = journal.write(
            connection,
            reply.id,
            at=house.clock(),
            actor=actor,
            move="undo",
            before=taken.after,
            after=taken.before,
            reason=f"undoes decision {taken.id}",
        )
        journal.mark_undone(connection, taken.id, line)
        _unteach(house, connection, reply, Move(taken.move))
        if len(moves) > 1 and moves[1].actor not in NO_PERSON and moves[1].move in LESSONS:
            _teach(house, connection, reply, moves[1].id, spam=LESSONS[Move(moves[1].move)])
        return _must(connection, reply.id)


def answer(house: House, reply: int, text: str, *, actor: str) -> int:
    """Answer a reply for the house, in its thread; the answer's id.

    Raises:
        ReplyError: nothing was written, or the reply is not to be seen.
    """
    said, now = clean(text).strip(), house.clock()
    if not said:
        raise ReplyError({"text": "Write something first."})
    with house.register.writing() as connection:
        found = _must(connection, reply)
        if found.state is not State.PUBLISHED:
            raise ReplyError("publish the reply before you answer it")
        written = Reply(
            id=0,
            subject=found.subject,
            kind=Kind.COMMENT,
            state=State.PUBLISHED,
            text=said,
            name="",
            email="",
            link="",
            made=now,
            parent=found.parent or found.id,
            house=True,
            fingerprint=fingerprint(said),
            decided=actor,
        )
        made = store.add(connection, written)
        journal.write(connection, made, at=now, actor=actor, move="answer", after=State.PUBLISHED)
        return made


def complete(house: House, reply: int, claim: Claim, *, actor: str) -> str:
    """Make a proposed act of a correction or document, with what a reviewer completed; the act's id.

    Raises:
        ReplyError: the claim does not say what happened and when, or the reply is a comment or not published.
    """
    with house.register.engine.connect() as connection:
        found = _must(connection, reply)
    if found.state is not State.PUBLISHED:
        raise ReplyError("publish the reply before an act is proposed from it")
    act = propose_from(house.register, found, claim, house.policy.site)
    with house.register.writing() as connection:
        store.change(connection, reply, act=act)
        journal.write(connection, reply, at=house.clock(), actor=actor, move="propose", reason=f"proposed as act {act}")
    return act


def with_copies(house: House, ids: Sequence[int]) -> list[int]:
    """`ids` with the copies of their texts that stand where they stand, at most `AT_ONCE` of each."""
    with house.register.engine.connect() as connection:
        found = [store.get(connection, wanted) for wanted in ids]
        return [copy for reply in found if reply is not None for copy in store.copies_of(connection, reply, AT_ONCE)]


def _decide(
    house: House, connection: Connection, reply: Reply, move: Move, actor: str, reason: str, *, teach: bool
) -> int:
    state = after(reply.state, move)
    line = journal.write(
        connection,
        reply.id,
        at=house.clock(),
        actor=actor,
        move=move,
        before=reply.state,
        after=state or "",
        reason=reason[:LONGEST_REASON],
    )
    if state is None:
        learning.settle(connection, [reply.id])
        journal.forget_findings(connection, [reply.id])
        if store.is_answered(connection, reply.id):
            store.blank(connection, reply.id)
            store.change(connection, reply.id, client=None)
        else:
            store.remove(connection, [reply.id])
        return line
    store.change(connection, reply.id, state=state.value, decided=actor, pending=False, reports=0)
    tasks.drop(connection, reply.id, TaskKind.CHECK)
    if teach and move in LESSONS:
        _teach(house, connection, reply, line, spam=LESSONS[move])
    return line


def _teach(house: House, connection: Connection, reply: Reply, decision: int, *, spam: bool) -> None:
    if reply.house:
        return
    learning.learn(connection, house.signer, reply.id, decision, draft_of(reply), spam=spam)
    _tell(house, connection, reply, spam=spam)


def _unteach(house: House, connection: Connection, reply: Reply, move: Move) -> None:
    """Unlearn a decision, and see that Akismet is not told, or is told the opposite."""
    learning.unlearn(connection, reply.id)
    if move in LESSONS and not tasks.drop(connection, reply.id, TaskKind.SPAM, TaskKind.HAM):
        _tell(house, connection, reply, spam=not LESSONS[move])


def _tell(house: House, connection: Connection, reply: Reply, *, spam: bool) -> None:
    tasks.drop(connection, reply.id, TaskKind.SPAM, TaskKind.HAM)
    if house.asker is not None and reply.address is not None:
        kind = TaskKind.SPAM if spam else TaskKind.HAM
        tasks.add(connection, reply.id, kind, house.clock() + SECOND_THOUGHTS)


def _moved(decision: Decision) -> bool:
    """Whether a line of the log put the reply where it stands, or would if later ones were undone."""
    return decision.move in list(Move) and decision.undone is None


def _must(connection: Connection, id: int) -> Reply:
    found = store.get(connection, id)
    if found is None:
        raise ReplyError(f"there is no reply {id}: it was erased or deleted")
    return found
