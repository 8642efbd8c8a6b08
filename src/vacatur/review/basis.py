"""The answer that a decision rests on, and whether an answer of today still is that answer.

What counts is who the customer is, what the register says of the party, and the party's statuses. The score is kept
but does not count: it moves a little whenever a list changes how common a word is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vacatur.law.report import Status
from vacatur.parties import Party, clean
from vacatur.review.canonical import digest
from vacatur.screening.customers import Customer
from vacatur.screening.ownership import Reached
from vacatur.screening.plain import asked_json, coverage_json, hit_json, instant_json, query_json
from vacatur.screening.screen import Answer, Hit

WHO = ("name", "schema", "country", "birth_date", "identifier")
"""Fields of a customer that say who it is; `on` is the question's, `id` is what it goes by."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision rests on, as it stands in the log: digests of who, statuses in full."""

    customer: str
    party: str
    statuses: tuple[Mapping[str, Any], ...]

    def json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "customer": self.customer,
            "party_version": self.party,
            "statuses": list(map(dict, self.statuses)),
        }


def basis_of(
    customer: Mapping[str, str], party: Party, statuses: Iterable[Status], reached: Iterable[Reached]
) -> Basis:
    """The basis of a hit: the customer's fields, the party in this version, its statuses and those by ownership."""
    standing = (*(_standing(item) for item in statuses), *(_by_ownership(item) for item in reached))
    return Basis(fields_digest(customer), party_version(party), standing)


def basis_of_hit(customer: Mapping[str, str], hit: Hit) -> Basis:
    """The basis of a hit for a customer."""
    return basis_of(customer, hit.party, hit.statuses, hit.ownership.reached)


def basis_from_json(data: Mapping[str, Any]) -> Basis:
    """Read what `Basis.json` wrote."""
    return Basis(data["customer"], data["party_version"], tuple(data["statuses"]))


def customer_key(fields: Mapping[str, str]) -> str:
    """What a customer goes by from one run to the next: its id, or without one, all that says who it is."""
    return f"id:{clean(fields['id'])}" if fields.get("id") else f"fields:{fields_digest(fields)}"


def fields_digest(fields: Mapping[str, str]) -> str:
    """The digest of who a customer is."""
    return digest({name: clean(fields.get(name, "")) for name in WHO})


def party_version(party: Party) -> str:
    """The digest of all that the register says of a party."""
    properties = {name: sorted(values) for name, values in party.properties.items()}
    return digest({"schema": party.schema, "properties": properties})


def _standing(status: Status) -> dict[str, Any]:
    return {
        "measure": status.measure.id,
        "state": status.state.value,
        "extent": status.extent.value,
        "since": instant_json(status.since, status.measure.zone),
        "acts": [act.id for act in status.because],
        "binding": sorted({item.kind for item in status.consequences if item.binding}),
    }


def _by_ownership(reached: Reached) -> dict[str, Any]:
    by = reached.by
    return {
        "measure": f"{by.measure.id} by ownership",
        "state": by.state.value,
        "extent": "full",
        "since": instant_json(reached.since, by.measure.zone),
        "acts": [f"{owner.holding.owner} {owner.holding.percent}" for owner in by.owners],
        "binding": [],
    }


def changes(before: Basis, now: Basis) -> tuple[str, ...]:
    """What is no longer as it was, in words; empty when the answer is the same."""
    found = []
    if before.customer != now.customer:
        found.append("the customer's details changed")
    if before.party != now.party:
        found.append("the record of the party changed")
    old, new = ({item["measure"]: item for item in basis.statuses} for basis in (before, now))
    for measure in sorted(old.keys() | new.keys()):
        was, is_now = old.get(measure), new.get(measure)
        if was != is_now:
            found.append(f"{measure}: {_change(was, is_now)}")
    return tuple(found)


def _change(was: Mapping[str, Any] | None, is_now: Mapping[str, Any] | None) -> str:
    if was is None or is_now is None:
        return f"new, {_words(is_now)}" if is_now else "no longer on record"
    if _words(was) != _words(is_now):
        return f"{_words(was)} → {_words(is_now)}"
    if was["acts"] != is_now["acts"]:
        return "other acts count"
    return "what binds changed"


def _words(status: Mapping[str, Any] | None) -> str:
    if status is None:
        return ""
    since = f" since {status['since']}" if status["since"] else ""
    partly = " in part" if status["extent"] == "partial" else ""
    return f"{str(status['state']).replace('_', ' ')}{partly}{since}"


def answer_document(customer: Customer, answer: Answer, hit: Hit, index: str) -> dict[str, Any]:
    """All that a person decides on: question, customer, hit, what it rests on. Kept for ever, as it is."""
    return {
        "question": {**query_json(answer.query), **asked_json(answer.asked)},
        "customer": dict(customer.fields),
        "hit": hit_json(hit),
        "party": {"schema": hit.party.schema, "properties": {key: list(v) for key, v in hit.party.properties.items()}},
        "basis": basis_of_hit(customer.fields, hit).json(),
        "coverage": [coverage_json(item) for item in answer.coverage],
        "notes": list(answer.notes),
        "index": index,
    }
