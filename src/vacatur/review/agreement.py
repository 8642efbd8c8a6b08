"""Does the register still say what its log says? Queue, stored answers and acts, held against the decisions."""

import json
from typing import Any

from sqlalchemy import Connection, select

from vacatur.register import Register
from vacatur.register.schema import case_answers, cases, decision_log, transactions
from vacatur.review.canonical import digest_of_text
from vacatur.review.verify import Broken

STATE_AFTER = {"open": "more", "first": "second", "settled": "decided"}
"""The state that a decision of each stage puts its case in."""


def disagreement(register: Register) -> Broken | None:
    """The first entry of the log that the rest of the register contradicts; None when all agrees.

    The log itself is checked by `verify_lines`, before this.
    """
    with register.engine.connect() as connection:
        rows = connection.execution_options(yield_per=500).execute(select(case_answers.c.digest, case_answers.c.data))
        answers = {row.digest: digest_of_text(row.data) == row.digest for row in rows}
        recorded = set(connection.scalars(select(transactions.c.id)))
        last: dict[str, dict[str, Any]] = {}
        for text in connection.scalars(select(decision_log.c.entry).order_by(decision_log.c.sequence)):
            entry = json.loads(text)
            if wrong := _wrong(entry, answers, recorded):
                return Broken(entry["sequence"], 0, wrong)
            if entry["what"] == "decision":
                last[entry["subject"]] = entry
        return _wrong_state(connection, last)


def _wrong(entry: dict[str, Any], answers: dict[str, bool], recorded: set[int]) -> str | None:
    """What the register contradicts of an entry; `answers` says of each stored digest whether its answer has it."""
    if entry["what"] == "decision":
        if entry["answer"] not in answers:
            return "the answer that it was decided on is gone from the register"
        if not answers[entry["answer"]]:
            return "the answer that it was decided on was changed in the register"
    if entry.get("recorded") is not None and entry["recorded"] not in recorded:
        return f"transaction {entry['recorded']} is gone from the register"
    return None


def _wrong_state(connection: Connection, last: dict[str, dict[str, Any]]) -> Broken | None:
    """A case whose state is not that of its last decision; only a newer answer may have opened it again."""
    newest: dict[str, str] = {}
    for row in connection.execute(select(case_answers.c.case, case_answers.c.digest).order_by(case_answers.c.id)):
        newest[row.case] = row.digest
    for case in connection.execute(select(cases.c.id, cases.c.state, cases.c.outcome).order_by(cases.c.id)):
        entry = last.get(case.id)
        held = (case.state, case.outcome)
        if entry is None or newest.get(case.id) != entry["answer"]:
            if held != ("open", None):
                return Broken(entry["sequence"] if entry else 0, 0, f"case {case.id} is {case.state} by no decision")
        elif held != (STATE_AFTER[entry["stage"]], entry["outcome"]):
            return Broken(entry["sequence"], 0, f"case {case.id} is {case.state}, which this decision did not make it")
    gone = sorted(set(last) - set(newest))
    return Broken(last[gone[0]]["sequence"], 0, f"case {gone[0]} is gone from the register") if gone else None
