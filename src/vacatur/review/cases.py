"""Cases: one customer and one party that it may be. Opened by a hit, decided by people, opened again by a change."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update

from vacatur.errors import UserError
from vacatur.register import Register
from vacatur.register.schema import case_answers, cases
from vacatur.review.basis import answer_document, basis_from_json, basis_of_hit, changes, customer_key
from vacatur.review.canonical import canonical, digest, digest_of_text
from vacatur.review.log import Entry, entries_about, now
from vacatur.screening.batch import Result

STATES = ("open", "more", "second", "decided")
"""Waits for a decision; waits for more information; waits for a second person; decided."""

OUTCOMES = ("true_match", "false_match", "need_more")


class CaseError(UserError):
    """A case that there is not, or a decision that can't be taken; says why."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands; `outcome` is that of the decision, or of the first one while a second person is awaited."""

    id: str
    party: str
    caption: str
    fields: dict[str, str]
    state: str
    outcome: str | None
    opened: str
    moved: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer that a case was opened or came back with; `changes` says what had changed since the decision before."""

    at: str
    digest: str
    document: dict[str, Any]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A case with its history: every answer and every decision, in order."""

    case: Case
    answers: tuple[StoredAnswer, ...]
    entries: tuple[Entry, ...]

    @property
    def answer(self) -> StoredAnswer:
        """The answer that is to be decided on."""
        return self.answers[-1]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases are wanted; `text` is looked for in the names of customer and party."""

    states: Sequence[str] = ("open", "more", "second")
    party: str | None = None
    text: str = ""
    limit: int = 50
    offset: int = 0


def case_id(customer: str, party: str) -> str:
    """The id of the case of a customer (by its key) and a party: the same pair, the same case."""
    return digest([customer, party])[:16]


def open_cases(register: Register, results: Iterable[Result], index: str) -> int:
    """Put every hit of `results` that no decision covers into the queue; how many were new or came back.

    A case that waits already takes the newer answer when it differs; one that was decided comes back only when the
    answer is no longer the one that it was decided on. `index` is the hash of the index that was searched.
    """
    with register.writing() as connection:
        return sum(
            _open(connection, result, position, index)
            for result in results
            if result.answer is not None
            for position in range(len(result.answer.hits))
        )


def _open(connection: Connection, result: Result, position: int, index: str) -> bool:
    answer = result.answer
    if answer is None:
        return False
    hit, fields = answer.hits[position], result.customer.fields
    customer = customer_key(fields)
    row = find_case(connection, customer, (hit.party.id, *hit.referents))
    changed: tuple[str, ...] = ()
    if row is not None:
        before = basis_from_json(json.loads(_latest(connection, row.id).data)["basis"])
        changed = changes(before, basis_of_hit(fields, hit))
        if not changed:
            return False
    document = answer_document(result.customer, answer, hit, index)
    case, at = row.id if row is not None else case_id(customer, hit.party.id), now()
    values = {"caption": hit.party.caption, "fields": dict(fields), "state": "open", "outcome": None, "moved": at}
    if row is None:
        connection.execute(insert(cases).values(id=case, party=hit.party.id, customer=customer, opened=at, **values))
    else:
        connection.execute(update(cases).where(cases.c.id == case).values(**values))
    text = canonical(document)
    connection.execute(
        insert(case_answers).values(case=case, at=at, digest=digest_of_text(text), data=text, changes=list(changed))
    )
    return True


def find_case(connection: Connection, customer: str, parties: Sequence[str]) -> Row[Any] | None:
    """The case of a customer and a party by any id that it has gone by."""
    wanted = [case_id(customer, party) for party in parties]
    return connection.execute(select(cases).where(cases.c.id.in_(wanted)).order_by(cases.c.opened)).first()


def _latest(connection: Connection, case: str) -> Row[Any]:
    return connection.execute(
        select(case_answers).where(case_answers.c.case == case).order_by(case_answers.c.id.desc()).limit(1)
    ).one()


def list_cases(register: Register, wanted: Filter) -> tuple[int, list[Case]]:
    """How many cases there are of the wanted kind, and one page of them, those that moved first, first."""
    condition = and_(cases.c.state.in_(wanted.states), *_narrowed(wanted))
    with register.engine.connect() as connection:
        total = int(connection.scalar(select(func.count()).select_from(cases).where(condition)) or 0)
        rows = connection.execute(
            select(cases).where(condition).order_by(cases.c.moved, cases.c.id).limit(wanted.limit).offset(wanted.offset)
        ).all()
    return total, [_case(row) for row in rows]


def _narrowed(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.party:
        yield cases.c.party == wanted.party
    if words := wanted.text.strip().lower():
        name = cases.c.fields["name"].as_string()
        yield or_(*(func.lower(text).contains(words, autoescape=True) for text in (name, cases.c.caption)))


def count_cases(register: Register) -> dict[str, int]:
    """{state: how many}, every state named."""
    with register.engine.connect() as connection:
        rows = connection.execute(select(cases.c.state, func.count().label("cases")).group_by(cases.c.state))
        found = {row.state: int(row.cases) for row in rows}
    return {state: found.get(state, 0) for state in STATES}


def open_case(register: Register, id: str) -> Opened:
    """A case with its history.

    Raises:
        CaseError: there is none with that id.
    """
    with register.engine.connect() as connection:
        return read_case(connection, id)


def read_case(connection: Connection, id: str) -> Opened:
    """`open_case` within a connection."""
    row = connection.execute(select(cases).where(cases.c.id == id)).first()
    if row is None:
        raise CaseError(f"there is no case {id[:60]!r}; see: vacatur review list")
    answers = connection.execute(select(case_answers).where(case_answers.c.case == id).order_by(case_answers.c.id))
    return Opened(
        _case(row),
        tuple(StoredAnswer(item.at, item.digest, json.loads(item.data), tuple(item.changes)) for item in answers),
        tuple(entries_about(connection, id)),
    )


def _case(row: Row[Any]) -> Case:
    return Case(row.id, row.party, row.caption, row.fields, row.state, row.outcome, row.opened, row.moved)
