"""After an update: which decisions no longer rest on the answer of today. Those cases come back by themselves."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from vacatur.law.moments import Moment, parse_moment
from vacatur.matching.index import Index
from vacatur.register import Register
from vacatur.register.schema import case_answers, cases
from vacatur.review.basis import basis_of, changes
from vacatur.review.cases import open_cases
from vacatur.review.remembered import Remembered, load_decisions
from vacatur.screening.batch import Result, query_of
from vacatur.screening.customers import Customer
from vacatur.screening.ownership import ownership_of
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked

SCORE = 0.5
LIMIT = 100
"""How the party of a case is looked for again: more widely than a hit is, as it was a hit once."""


def recheck(register: Register, index: Index, recorded: int) -> int:
    """Open again every decided case whose party or status is not as it was; how many.

    A question about the day on which it was asked is asked about now; one about a day in the past, about that day. One
    about what was known in the past has the same answer for ever and is left alone.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    screener = Screener(register, index, Asked(now, now, recorded))
    decisions = load_decisions(register)
    wanted = (
        select(cases.c.id, cases.c.party, cases.c.fields, case_answers.c.at, case_answers.c.data)
        .join(case_answers, case_answers.c.case == cases.c.id)
        .where(cases.c.state == "decided")
        .order_by(case_answers.c.id)
    )
    with register.engine.connect() as connection:
        newest: dict[str, Any] = {row.id: row for row in connection.execute(wanted)}
    found = (_changed(screener, decisions[case], row) for case, row in newest.items() if case in decisions)
    return open_cases(register, [result for result in found if result is not None], index.content_hash)


def _changed(screener: Screener, decided: Remembered, row: Any) -> Result | None:
    """The answer of today, with the hit that the case is about, when it is not the one decided on."""
    question = json.loads(row.data)["question"]
    if question["known"][:10] != row.at[:10]:
        return None
    on: Moment = screener.asked.on if question["on"][:10] == row.at[:10] else parse_moment(question["on"])
    asked = replace(screener.asked, on=on)
    dossier = screener.dossier(row.party)
    if dossier is None:
        return None
    reached = ownership_of(dossier, screener.snapshot, asked, screener.dossier).reached
    if not changes(decided.basis, basis_of(row.fields, dossier.party, dossier.statuses(asked), reached)):
        return None
    answer = screener.screen_as_of(query_of(row.fields), asked, LIMIT, SCORE)
    hits = tuple(hit for hit in answer.hits if hit.party.id == dossier.party.id)
    return Result(Customer(1, row.fields), replace(answer, hits=hits))
