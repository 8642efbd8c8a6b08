"""Screening many: customers in, one answer a row out, in the order of the file, every row answered."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from vacatur.law.acts import Act
from vacatur.law.ownership import OwnerOn
from vacatur.law.report import Status
from vacatur.matching.model import Query
from vacatur.screening.customers import Customer
from vacatur.screening.details import read_details
from vacatur.screening.ownership import Ownership
from vacatur.screening.plain import answer_json, asked_json, instant_json
from vacatur.screening.recent import Recent
from vacatur.screening.screen import Answer, Screener
from vacatur.screening.standing import Asked, asked_moment

COLUMNS = (
    "row",
    "id",
    "name",
    "on",
    "outcome",
    "score",
    "party",
    "caption",
    "schema",
    "countries",
    "matched_name",
    "measure",
    "authority",
    "state",
    "extent",
    "since",
    "since_at_latest",
    "ended_between",
    "annulled_from",
    "because",
    "binding",
    "checked",
    "coverage",
    "notes",
    "decision",
)
"""Columns of a table of hits: one row for each status of each hit, one row for a customer without any.

`since` is a day that is known; what only an edition of a list shows stands in `since_at_latest` and `ended_between`.

A status by ownership says so in the column `extent`, and names the owners in `because`.
"""

AT_ONCE = 64
"""Customers screened together: enough to ask the database seldom, few enough to hold in memory."""

MANY = 10_000
"""How many distinct queries are remembered, as exact repeats are scored once."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person decided about a hit before: the outcome in words, who, when and why.

    `changed` says what is no longer as it was then, so that the hit needs a person again; a hit that `is_dismissed`
    needs none.
    """

    outcome: str
    by: str
    at: str
    reason: str
    changed: tuple[str, ...]
    is_dismissed: bool

    @property
    def words(self) -> str:
        """For the column `outcome`."""
        return f"returned: {'; '.join(self.changed)}" if self.changed else f"decided: {self.outcome}"

    @property
    def record(self) -> str:
        """For the column `decision`."""
        return f"{self.outcome}, {self.by}, {self.at}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Result:
    """One customer's row: the answer, or the error that kept it from being screened.

    `marks` holds, by the id of the party, what was decided before about its hits.
    """

    customer: Customer
    answer: Answer | None
    error: str | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def findings(self) -> int:
        """How many hits need a person: all but those that a decision dismisses."""
        hits = self.answer.hits if self.answer else ()
        return sum(not (hit.party.id in self.marks and self.marks[hit.party.id].is_dismissed) for hit in hits)


_Question = tuple[Query, Asked]


class BatchScreener:
    """Screens customers in their order; each may ask about a day of its own in its column `on`."""

    def __init__(self, screener: Screener, *, limit: int, threshold: float) -> None:
        self.screener = screener
        self.limit = limit
        self.threshold = threshold
        self._answers: Recent[_Question, Answer] = Recent(MANY, self._answer)

    def screen(self, customers: Iterable[Customer]) -> Iterator[Result]:
        """One result a customer, in order; some are screened at once, as that is much faster."""
        remaining = iter(customers)
        while some := list(islice(remaining, AT_ONCE)):
            questions = [self._question(customer) for customer in some]
            answers = self._answers.of_many([item for item in questions if not isinstance(item, str)])
            for customer, question in zip(some, questions, strict=True):
                if isinstance(question, str):
                    yield Result(customer, None, question)
                else:
                    yield Result(customer, answers[question])

    def _question(self, customer: Customer) -> "_Question | str":
        """What a row asks, or what is wrong with it."""
        if customer.error:
            return customer.error
        try:
            asked = self._asked(customer.fields.get("on", ""))
        except ValueError as error:
            return str(error)
        return query_of(customer.fields), asked

    def _answer(self, questions: Collection["_Question"]) -> dict["_Question", Answer]:
        found: dict[_Question, Answer] = {}
        for asked in dict.fromkeys(asked for _, asked in questions):
            queries = list(dict.fromkeys(query for query, about in questions if about == asked))
            answers = self.screener.screen_many(queries, asked, self.limit, self.threshold)
            found.update(((query, asked), answer) for query, answer in zip(queries, answers, strict=True))
        return found

    def _asked(self, on: str) -> Asked:
        asked = self.screener.asked
        return Asked(asked_moment(on), asked.known, asked.recorded) if on else asked


def query_of(fields: Mapping[str, str]) -> Query:
    """The query that a customer's row makes; several countries or identifiers are separated by `;`."""
    details = read_details(fields)
    return Query(
        name=fields.get("name", ""),
        schema=details.schema,
        countries=details.countries,
        birth_date=details.birth_date,
        identifiers=tuple(("", value.strip()) for value in fields.get("identifier", "").split(";") if value.strip()),
    )


def result_line(result: Result) -> str:
    """One line of `hits.jsonl`: the row, its fields and its answer."""
    head: dict[str, Any] = {"row": result.customer.row, "customer": dict(result.customer.fields)}
    if result.answer is None:
        return json.dumps(head | {"error": result.error, "hits": []}, ensure_ascii=False)
    document = answer_json(result.answer)
    document["notes"] = [*document["notes"], *read_details(result.customer.fields).left_out]
    for hit in document["hits"]:
        if mark := result.marks.get(hit["party"]["id"]):
            hit["decision"] = asdict(mark)
    return json.dumps(head | document, ensure_ascii=False)


def result_rows(result: Result) -> Iterator[tuple[Any, ...]]:
    """The rows of a table of hits for one customer, by `COLUMNS`."""
    fields, answer = result.customer.fields, result.answer
    lead = (result.customer.row, fields.get("id", ""), fields.get("name", "") or fields.get("identifier", ""))
    blank = ("",) * (len(COLUMNS) - 5 - 3)
    if answer is None:
        yield (*lead, "", f"error: {result.error}", None, *blank[1:], "", "", "")
        return
    on = str(asked_json(answer.asked)["on"])
    covered = "; ".join(f"{item.source} {item.vintage}" for item in answer.coverage)
    tail = (covered, "; ".join([*answer.notes, *read_details(fields).left_out]))
    if not answer.hits:
        yield (*lead, on, "no hit", None, *blank[1:], *tail, "")
    for hit in answer.hits:
        party = hit.party
        mark = result.marks.get(party.id)
        outcome, decision = (mark.words, mark.record) if mark else ("hit", "")
        who = (hit.score, party.id, party.caption, party.schema, " ".join(party.countries), hit.name)
        if not hit.statuses and not hit.ownership.reached:
            yield (*lead, on, outcome, *who, *("",) * 11, *tail, decision)
        for status in hit.statuses:
            yield (
                *lead,
                on,
                outcome,
                *who,
                status.measure.id,
                status.measure.authority,
                status.state.value,
                status.extent.value,
                *_since(status),
                " → ".join(_act_words(act) for act in status.because),
                "; ".join(item.kind for item in status.consequences if item.binding),
                " ".join(sorted({act.checked.value for act in status.because})),
                *tail,
                decision,
            )
        for reached in hit.ownership.reached:
            by = reached.by
            yield (
                *lead,
                on,
                outcome,
                *who,
                by.measure.id,
                by.measure.authority,
                by.state.value,
                "by ownership",
                instant_json(reached.since, by.measure.zone) or "",
                *("",) * 3,
                "; ".join(_held_by(owner, hit.ownership) for owner in by.owners),
                "",
                "",
                *tail,
                decision,
            )


def _since(status: Status) -> tuple[str, str, str, str]:
    """The cells `since`, `since_at_latest`, `ended_between` and `annulled_from`."""
    observed = status.since_at_latest or status.ended_between
    known = None if observed else instant_json(status.since, status.measure.zone)
    return (
        known or "",
        str(status.since_at_latest or ""),
        "/".join(str(day) for day in status.ended_between or ()),
        str(status.annulled_from or ""),
    )


def _act_words(act: Act) -> str:
    """One link of the chain with the case or citation that it rests on."""
    source = act.case or act.citation
    return f"{act.effective} {act.label}" + (f" ({source})" if source else "")


def _held_by(owner: OwnerOn, ownership: Ownership) -> str:
    share = "an untold share" if owner.holding.percent is None else f"{owner.holding.percent} %"
    return f"{share} held by {ownership.caption(owner.holding.owner)} ({owner.holding.source})"
