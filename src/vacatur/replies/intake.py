"""Taking replies in: judged by the gate, stored with their verdict in one transaction, judged anew when they change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from vacatur.replies import gate, journal, learning, store, tasks
from vacatur.replies.asking import Asked, comment_of
from vacatur.replies.authors import owned_within_hour, token_of
from vacatur.replies.fingerprint import fingerprint
from vacatur.replies.gate import Finding, Form, Layer, Traffic, Verdict
from vacatur.replies.house import House
from vacatur.replies.model import (
    AUTHOR,
    GATE,
    Draft,
    Move,
    Origin,
    Reply,
    ReplyError,
    State,
    Subject,
    TooManyError,
    after,
)

COMPARED = 2_000
"""The newest replies among which near-duplicates are looked for."""

SAME_AGAIN = timedelta(minutes=10)
"""Within this time the same text from the same address is one reply sent twice."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a reader is given: the reply as it stands, and the token that makes it his.

    `reply` is None when Akismet called it blatant spam: nothing was kept.
    """

    reply: Reply | None
    token: str


def submit(house: House, subject: Subject, draft: Draft, origin: Origin, form: Form) -> Receipt:
    """Take a reply in.

    Raises:
        ReplyError: replies are closed, or the reply that it answers is not there.
        TooManyError: the address has sent its share for this hour; nothing was kept.
    """
    if not house.policy.open:
        raise ReplyError("This house takes no replies at present.")
    now, client = house.clock(), house.client(origin.address)
    candidate = Reply(
        id=0,
        subject=subject,
        kind=draft.kind,
        state=State.HELD,
        text=draft.text,
        name=draft.name,
        email=draft.email,
        link=draft.link,
        claim=draft.claim,
        made=now,
        address=origin.address if house.policy.keep_address else None,
        agent=origin.agent[:500] if house.policy.keep_address else None,
        client=client,
        fingerprint=fingerprint(draft.text),
        decided=GATE,
    )
    with house.register.engine.connect() as connection:
        candidate = replace(candidate, parent=_head(connection, subject, draft.parent))
        if twin := store.sent_again(connection, candidate, now - SAME_AGAIN):
            return Receipt(twin, token_of(house, twin.id))
        from_client = store.made_since(connection, now - timedelta(hours=1), client)
        if from_client >= house.policy.per_hour:
            raise TooManyError(
                f"There have been {from_client} replies from your address within an hour, as many as we take."
                " Nothing was kept of this one: keep your text, and send it again later."
            )
        traffic = Traffic(from_client, store.made_since(connection, now - timedelta(minutes=1)))
        findings = [
            *gate.of_form(form, house.policy),
            *gate.of_rate(traffic, house.policy),
            *_of_words(connection, house, candidate, draft),
        ]
    asked = _ask(house, candidate, referrer=origin.referrer, bait=form.bait)
    verdict = _weigh(house, draft, findings, asked)
    with house.register.writing() as connection:
        if verdict.outcome is Move.DELETE:
            journal.write(connection, 0, at=now, actor=GATE, move=Move.DELETE, reason="discarded on Akismet's word")
            return Receipt(None, "")
        stored = _settled(candidate, verdict, asked)
        stored = replace(stored, id=store.add(connection, stored))
        _keep_verdict(connection, stored, verdict, asked, now)
    return Receipt(stored, token_of(house, stored.id))


def edit(house: House, token: str, draft: Draft) -> Reply:
    """Put new words in place of the old, within the hour; they pass the gate as the old ones did.

    Raises:
        ReplyError: the link is not one of ours, the reply is gone or withdrawn, or its hour is over.
    """
    now, old = house.clock(), owned_within_hour(house, token)
    draft = replace(draft, kind=old.kind)
    new = replace(
        old,
        text=draft.text,
        name=draft.name,
        email=draft.email,
        link=draft.link,
        claim=draft.claim,
        edited=now,
        fingerprint=fingerprint(draft.text),
        decided=GATE,
    )
    with house.register.engine.connect() as connection:
        kept = _findings(connection, old.id, Layer.FORM, Layer.RATE)
        findings = [*kept, *_of_words(connection, house, new, draft)]
    asked = _ask(house, new, reason="edit")
    verdict = _spared(_weigh(house, draft, findings, asked))
    new = _settled(new, verdict, asked)
    with house.register.writing() as connection:
        learning.unlearn(connection, old.id)
        tasks.drop(connection, old.id, *tasks.TaskKind)
        store.put(connection, new)
        journal.write(connection, old.id, at=now, actor=AUTHOR, move="edit", before=old.state, after=old.state)
        _keep_verdict(connection, new, verdict, asked, now, before=old.state)
    return new


def recheck(house: House, reply: Reply, reason: str) -> Asked | None:
    """Ask Akismet again about a reply, and decide anew where no person has decided; None when it can't be asked.

    `reason` is told to Akismet. What the other layers found when the reply came in still counts.
    """
    asked = _ask(house, reply, reason=reason)
    if asked is None or asked.again_after is not None:
        return asked
    draft = draft_of(reply)
    now = house.clock()
    with house.register.writing() as connection:
        current = store.get(connection, reply.id)
        if current is None or current.state is State.WITHDRAWN:
            return None
        kept = _findings(connection, reply.id, *(layer for layer in Layer if layer not in (Layer.AKISMET, Layer.HOUSE)))
        verdict = _spared(_weigh(house, draft, kept, asked))
        if current.decided == GATE:
            new = _settled(current, verdict, asked)
            store.put(connection, new)
            _keep_verdict(connection, new, verdict, asked, now, before=current.state)
        else:
            store.change(connection, reply.id, pending=False)
    return asked


def draft_of(reply: Reply) -> Draft:
    """A stored reply as its layers judge it."""
    return Draft(reply.kind, reply.text, reply.name, reply.email, reply.link, reply.parent, reply.claim)


def _head(connection: Connection, subject: Subject, parent: int | None) -> int | None:
    """The head of the thread that an answer to `parent` belongs to: threads are one level deep."""
    if parent is None:
        return None
    found = store.get(connection, parent)
    if found is None or found.subject != subject or found.state is not State.PUBLISHED:
        raise ReplyError("The reply that you answer is no longer here.")
    return found.parent or found.id


def _of_words(connection: Connection, house: House, reply: Reply, draft: Draft) -> list[Finding]:
    return [
        *gate.of_likeness(reply.fingerprint, reply.client, store.near(connection, reply, COMPARED)),
        *gate.of_rules(draft),
        *gate.of_classifier(learning.ask(connection, house.signer, draft)),
    ]


def _ask(house: House, reply: Reply, *, referrer: str = "", bait: str = "", reason: str = "") -> Asked | None:
    if house.asker is None or reply.address is None:
        return None
    return house.asker.ask(comment_of(reply, house.policy, referrer=referrer, bait=bait, reason=reason))


def _weigh(house: House, draft: Draft, findings: Sequence[Finding], asked: Asked | None) -> Verdict:
    found = [*findings, *([asked.finding] if asked else [])]
    return gate.weigh(draft, found, house.policy, discard=asked is not None and asked.discard)


def _spared(verdict: Verdict) -> Verdict:
    """What was kept once is not thrown away by a machine."""
    return replace(verdict, outcome=Move.SPAM) if verdict.outcome is Move.DELETE else verdict


def _settled(reply: Reply, verdict: Verdict, asked: Asked | None) -> Reply:
    state = after(reply.state, verdict.outcome) or State.SPAM
    pending = asked is not None and asked.again_after is not None
    return replace(reply, state=state, score=verdict.points, pending=pending)


def _keep_verdict(
    connection: Connection, reply: Reply, verdict: Verdict, asked: Asked | None, now: datetime, before: str = ""
) -> None:
    journal.write(
        connection,
        reply.id,
        at=now,
        actor=GATE,
        move=verdict.outcome,
        before=before,
        after=reply.state,
        reason=verdict.words,
        findings=[finding.plain() for finding in verdict.findings],
    )
    if asked is not None and asked.again_after is not None:
        tasks.add(connection, reply.id, tasks.TaskKind.CHECK, now + timedelta(seconds=asked.again_after))


def _findings(connection: Connection, reply: int, *layers: Layer) -> list[Finding]:
    """What these layers found when the gate judged last."""
    last = next((item for item in journal.decisions(connection, [reply]) if item.actor == GATE and item.findings), None)
    found = [Finding.of_plain(item) for item in last.findings] if last else []
    return [item for item in found if item.layer in layers]
