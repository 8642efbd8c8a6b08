"""Decisions as a batch run remembers them: a hit that was decided says so, unless something changed since."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from vacatur.register import Register
from vacatur.register.schema import cases, decision_log
from vacatur.review.basis import Basis, basis_from_json, basis_of_hit, changes, customer_key
from vacatur.review.cases import case_id
from vacatur.screening.batch import Mark, Result
from vacatur.screening.screen import Hit


@dataclass(frozen=True, slots=True)
class Remembered:
    """A decision that settled a case, and what it rests on."""

    outcome: str
    by: str
    at: str
    reason: str
    basis: Basis


FALSE_MATCH = "false_match"

Decisions = Mapping[str, Remembered]
"""{case id: the decision that settled it}."""


def load_decisions(register: Register) -> Decisions:
    """Every decision that stands."""
    wanted = (
        select(decision_log.c.subject, decision_log.c.entry)
        .join(cases, cases.c.id == decision_log.c.subject)
        .where(cases.c.state == "decided")
        .order_by(decision_log.c.sequence)
    )
    found = {}
    with register.engine.connect() as connection:
        for row in connection.execute(wanted):
            entry = json.loads(row.entry)
            basis = basis_from_json(entry["basis"])
            found[row.subject] = Remembered(entry["outcome"], entry["actor"], entry["at"], entry["reason"], basis)
    return found


def remembering(register: Register) -> Callable[[Result], Result]:
    """`apply_decisions` with the decisions that stand in `register` now."""
    decisions = load_decisions(register)
    return lambda result: apply_decisions(result, decisions)


def apply_decisions(result: Result, decisions: Decisions) -> Result:
    """The result with a mark on every hit that was decided before; nothing is left out.

    A false match is dismissed while the answer is the one that it was decided on; after a change the mark says what
    changed, and the hit is open again.
    """
    if result.answer is None or not decisions:
        return result
    customer = customer_key(result.customer.fields)
    marks = {}
    for hit in result.answer.hits:
        known = (decisions.get(case_id(customer, party)) for party in (hit.party.id, *hit.referents))
        decided = next((item for item in known if item is not None), None)
        if decided is not None:
            marks[hit.party.id] = _mark(decided, result.customer.fields, hit)
    return replace(result, marks=marks) if marks else result


def _mark(decided: Remembered, fields: Mapping[str, str], hit: Hit) -> Mark:
    changed = changes(decided.basis, basis_of_hit(fields, hit))
    is_dismissed = decided.outcome == FALSE_MATCH and not changed
    words = decided.outcome.replace("_", " ")
    return Mark(words, decided.by, decided.at, decided.reason, changed, is_dismissed)


def dismissing(register: Register) -> Callable[[Mapping[str, str], Hit], bool]:
    """Whether a hit for a customer (its fields) was decided to be a false match, and nothing changed since."""
    decisions = {case: item for case, item in load_decisions(register).items() if item.outcome == FALSE_MATCH}

    def is_dismissed(fields: Mapping[str, str], hit: Hit) -> bool:
        if not decisions:
            return False
        customer = customer_key(fields)
        known = (decisions.get(case_id(customer, party)) for party in (hit.party.id, *hit.referents))
        decided = next((item for item in known if item is not None), None)
        return decided is not None and not changes(decided.basis, basis_of_hit(fields, hit))

    return is_dismissed
