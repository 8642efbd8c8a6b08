"""Deciding: a case by one person or two, a proposed act by the register's own rules; each time the log says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from vacatur.law.acts import Act
from vacatur.law.plain import to_json
from vacatur.parties import clean
from vacatur.register import Register
from vacatur.register import review as acts
from vacatur.register.register import Writer
from vacatur.register.schema import cases, meta
from vacatur.review.agreement import STATE_AFTER
from vacatur.review.canonical import digest
from vacatur.review.cases import OUTCOMES, CaseError, Opened, read_case
from vacatur.review.log import Entry, append
from vacatur.review.signing import signer_of

FOUR_EYES = "four_eyes"
LONGEST_REASON = 4_000


@dataclass(frozen=True, slots=True)
class By:
    """Who decides: a person's name, and the id of the key that was used (None on the command line)."""

    name: str
    key: str | None = None

    def is_same(self, entry: Entry) -> bool:
        """Whether the entry's decision was by the same person: the same name or the same key."""
        content = entry.content
        return clean(content["actor"]).casefold() == clean(self.name).casefold() or (
            self.key is not None and content["key"] == self.key
        )


def demand_four_eyes(register: Register, *, wanted: bool, by: By) -> None:
    """Whether a decision about a hit takes two persons from now on; the log says who wanted it."""
    signer = signer_of(register)
    with register.writing() as connection:
        connection.execute(delete(meta).where(meta.c.key == FOUR_EYES))
        connection.execute(insert(meta).values(key=FOUR_EYES, value=str(int(wanted))))
        append(connection, signer, "rules", {"what": "rules", "four_eyes": wanted, **_signature(by)})


def demands_four_eyes(connection: Connection) -> bool:
    """Whether a decision takes two persons."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == FOUR_EYES)) == "1"


def decide(register: Register, id: str, outcome: str, *, reason: str, by: By, seen: str | None = None) -> Entry:
    """Decide a case; the entry of the log.

    Where two persons are demanded, the first decision waits for another person's: the same outcome settles the case,
    another one takes the place of the first and waits in turn. Who decided first can change that, not confirm it.

    Args:
        register: where the case is.
        id: of the case.
        outcome: one of `OUTCOMES`.
        reason: why; kept in the log for ever.
        by: who decides.
        seen: digest of the answer that the person saw, where a page showed it.

    Raises:
        CaseError: no such case or outcome, no reason, an answer that is no longer the newest, or the same person twice.
    """
    if outcome not in OUTCOMES:
        raise CaseError(f"no outcome is called {outcome[:60]!r}; there are: {', '.join(OUTCOMES)}")
    why = _reason(reason)
    signer = signer_of(register)
    recorded = register.newest_transaction()
    with register.writing() as connection:
        opened = read_case(connection, id)
        if seen is not None and seen != opened.answer.digest:
            raise CaseError(f"case {id} has a newer answer than the one that you saw: open it again")
        stage = _stage(opened, outcome, by, four_eyes=demands_four_eyes(connection))
        answer = opened.answer.document
        content = {
            "what": "decision",
            "outcome": outcome,
            "stage": stage,
            "reason": why,
            "party": answer["hit"]["party"]["id"],
            "score": f"{answer['hit']['score']:.3f}",
            "answer": opened.answer.digest,
            "basis": answer["basis"],
            "question": {key: answer["question"][key] for key in ("on", "known", "recorded")},
            "index": answer["index"],
            "recorded": recorded,
            **_signature(by),
        }
        entry = append(connection, signer, id, content)
        state = STATE_AFTER[stage]
        values = {"state": state, "outcome": outcome, "moved": entry.content["at"]}
        connection.execute(update(cases).where(cases.c.id == id).values(**values))
    return entry


def _stage(opened: Opened, outcome: str, by: By, *, four_eyes: bool) -> str:
    """Whether the decision leaves the case open, is the first of two, or settles it."""
    if outcome == "need_more":
        return "open"
    waiting = opened.entries[-1] if opened.case.state == "second" else None
    if waiting is None or waiting.content["outcome"] != outcome:
        return "first" if four_eyes else "settled"
    if by.is_same(waiting):
        raise CaseError(f"{by.name} decided this first: another person must confirm it")
    return "settled"


def decide_act(
    register: Register,
    id: str,
    outcome: str,
    *,
    reason: str,
    by: By,
    measures: Sequence[str] = (),
    parties: Sequence[str] = (),
    targets: Sequence[str] = (),
) -> Entry:
    """Accept or reject a proposed act (`accepted`, `rejected`), or say that more is needed; the entry of the log.

    Register and log change in one transaction, or neither does. For `measures`, `parties`, `targets` and the rules see
    `register.review.accept`.

    Raises:
        ReviewError: the act can't be accepted or rejected.
        CaseError: no such outcome, or no reason.
    """
    why = _reason(reason)
    signer = signer_of(register)
    content: dict[str, Any] = {"what": "act", "outcome": outcome, "reason": why, **_signature(by)}
    if outcome == "need_more":
        with register.writing() as connection:
            proposal = acts.proposed(connection, id)
            return append(connection, signer, id, content | {"act": digest(to_json(proposal)), "recorded": None})
    entries: list[Entry] = []

    def log(writer: Writer, act: Act) -> None:
        decided = {"act": digest(to_json(act)), "recorded": writer.id}
        entries.append(append(writer.connection, signer, id, content | decided))

    if outcome == "accepted":
        acts.accept(
            register, id, actor=by.name, reason=why, measures=measures, parties=parties, targets=targets, then=log
        )
    elif outcome == "rejected":
        acts.reject(register, id, actor=by.name, reason=why, then=log)
    else:
        raise CaseError(f"no outcome is called {outcome[:60]!r}; there are: accepted, rejected, need_more")
    return entries[0]


def _reason(reason: str) -> str:
    why = clean(reason)
    if not why:
        raise CaseError("a decision needs a reason")
    if len(why) > LONGEST_REASON:
        raise CaseError(f"a reason has at most {LONGEST_REASON:,} characters, not {len(why):,}")
    return why


def _signature(by: By) -> dict[str, str | None]:
    return {"actor": clean(by.name), "key": by.key}
