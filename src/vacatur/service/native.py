"""The native API, `/api/v1`: the documents of the command line, over HTTP."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vacatur.exports.calendar import deadlines_ics
from vacatur.exports.picture import timeline_svg
from vacatur.law.moments import closes, parse_moment
from vacatur.matching import model
from vacatur.screening.details import as_compared
from vacatur.screening.history import history_json
from vacatur.screening.plain import (
    act_json,
    answer_json,
    coverage_json,
    instant_json,
    moment_json,
    ownership_json,
    party_json,
    status_json,
)
from vacatur.screening.screen import DEFAULT_LIMIT, DEFAULT_THRESHOLD, coverage, ownership_note
from vacatur.service.answers import LONGEST, QuestionOf, check_size, document, one_of
from vacatur.service.engine import QuestionError
from vacatur.service.health import EngineOf

router = APIRouter(prefix="/api/v1", tags=["native"])

Text = Annotated[str, Field(max_length=LONGEST)]
Limit = Annotated[int, Query(ge=1, le=100)]
Threshold = Annotated[float, Query(ge=0, le=1)]


class Asked(BaseModel):
    """One query: a name, identifiers, or both."""

    model_config = ConfigDict(extra="forbid")

    name: Text = ""
    schema_: Annotated[Text | None, Field(alias="schema")] = None
    countries: Annotated[list[Text], Field(max_length=50)] = []
    birth_date: Text | None = None
    identifiers: Annotated[list[Text], Field(max_length=50)] = []

    def query(self) -> model.Query:
        """The query for the matching room.

        Raises:
            QuestionError: neither a name nor an identifier, or a detail that can't be read.
        """
        if not self.name.strip() and not self.identifiers:
            raise QuestionError("give a name or an identifier")
        details = as_compared(self.schema_ or "", tuple(self.countries), self.birth_date or "")
        if details.left_out:
            raise QuestionError(details.left_out[0].removesuffix(", left out"))
        return model.Query(
            name=self.name.strip(),
            schema=details.schema,
            countries=details.countries,
            birth_date=details.birth_date,
            identifiers=tuple(("", value) for value in self.identifiers),
        )


class Batch(BaseModel):
    """Many queries, answered in their order."""

    queries: list[Asked]


@router.get("/screen")
def screen(
    asked: QuestionOf,
    name: Annotated[str, Query(max_length=LONGEST)] = "",
    schema: Annotated[str | None, Query(max_length=LONGEST)] = None,
    country: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    birth_date: Annotated[str | None, Query(max_length=40)] = None,
    identifier: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    limit: Limit = DEFAULT_LIMIT,
    threshold: Threshold = DEFAULT_THRESHOLD,
) -> Response:
    """The contract's `screen` document for one query."""
    given = {"name": name, "schema": schema, "countries": country, "birth_date": birth_date, "identifiers": identifier}
    try:
        one = Asked.model_validate(given)
    except ValidationError as error:
        raise QuestionError(f"{error.errors()[0]['loc'][0]}: {error.errors()[0]['msg']}") from None
    answer = asked.edition.screen(one.query(), asked.asked, limit=limit, threshold=threshold)
    return document({**answer_json(answer), **asked.stamp()})


@router.post("/screen")
def screen_many(
    asked: QuestionOf,
    engine: EngineOf,
    batch: Batch,
    limit: Limit = DEFAULT_LIMIT,
    threshold: Threshold = DEFAULT_THRESHOLD,
) -> Response:
    """One `screen` document a query, in order."""
    check_size(len(batch.queries), limit, engine)
    queries = [one.query() for one in batch.queries]
    answers = asked.edition.screener(asked.asked).screen_many(queries, asked.asked, limit, threshold)
    return document({**asked.stamp(), "answers": [answer_json(answer) for answer in answers]})


@router.get("/status/{party}")
def status(
    asked: QuestionOf,
    party: str,
    measure: Annotated[str | None, Query(max_length=LONGEST)] = None,
    from_: Annotated[str | None, Query(alias="from", max_length=40)] = None,
    to: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Where a party stands at `on`, or over a span of days."""
    dossier = asked.edition.dossier(party, asked.asked)
    wanted = [one_of(dossier.measure_ids(), measure, "measure")] if measure else dossier.measure_ids()
    if from_ or to:
        first, last = _span(from_, to)
        spans = [item for name in wanted for item in dossier.intervals(name, asked.asked, first, last)]
    else:
        spans = [item for item in dossier.statuses(asked.asked) if item.measure.id in wanted]
    statuses = [{"at": instant_json(item.at, item.measure.zone), **status_json(item)} for item in spans]
    owned = ownership_json(asked.edition.ownership(dossier, asked.asked))
    notes = [ownership_note(asked.edition.snapshot)]
    whole = {"party": party_json(dossier.party, dossier.referents), **asked.stamp(), "statuses": statuses}
    return document({**whole, "ownership": owned, "notes": notes})


def _span(first: str | None, last: str | None) -> tuple[date, date]:
    try:
        span = parse_moment(first or ""), parse_moment(last or "")
        if not date(1900, 1, 1) <= date(span[0].year, 1, 1) <= date(span[1].year, 1, 1) <= date(2200, 1, 1):
            raise ValueError("expected days from 1900 to 2200, the first one first")
    except ValueError as error:
        raise QuestionError(f"from and to go together: {error}") from None
    return span


@router.get("/history/{party}")
def history(asked: QuestionOf, party: str) -> Response:
    """Every act, presence and version of a party in the three times."""
    dossier = asked.edition.dossier(party, asked.asked)
    return document({**asked.stamp(), **history_json(asked.edition.register.snapshot(asked.asked.recorded), dossier)})


@router.get("/parties/{party}")
def party_(asked: QuestionOf, party: str) -> Response:
    """A party with every property that its sources give."""
    dossier = asked.edition.dossier(party, asked.asked)
    properties = {name: list(values) for name, values in dossier.party.properties.items()}
    return document(
        {**asked.stamp(), "party": party_json(dossier.party, dossier.referents) | {"properties": properties}}
    )


@router.get("/parties/{party}/timeline.svg")
def picture(asked: QuestionOf, party: str) -> Response:
    """The timeline of a party's statuses as a picture."""
    dossier = asked.edition.dossier(party, asked.asked)
    return Response(timeline_svg(dossier, asked.asked), media_type="image/svg+xml")


@router.get("/parties/{party}/calendar.ics")
def calendar(asked: QuestionOf, party: str) -> Response:
    """The dates ahead of a party as a calendar to subscribe to."""
    dossier = asked.edition.dossier(party, asked.asked)
    made = datetime.fromtimestamp(min(asked.asked.known_at(), closes(datetime.now(UTC))), UTC)
    ics = deadlines_ics(dossier.party.caption, dossier.statuses(asked.asked), made)
    return Response(ics, media_type="text/calendar")


@router.get("/acts")
def acts(
    asked: QuestionOf,
    measure: Annotated[str | None, Query(max_length=LONGEST)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Acts that stand and were public, the latest published first."""
    found = public_acts(asked, measure)
    rows = [
        {**act_json(item.act), "measures": list(item.act.measures), "parties": parties_of(item.act.parties)}
        | {"recorded_by": item.recorded, "origin": item.origin, "proposed": item.act.proposed}
        for item in found[offset : offset + limit]
    ]
    return document({**asked.stamp(), "total": len(found), "acts": rows})


def public_acts(asked: QuestionOf, measure: str | None = None) -> list[Any]:
    """Recorded acts that were public at `known`, the latest published first."""
    known = asked.asked.known_at()
    found = [
        item
        for item in asked.edition.acts()
        if item.act.known_from <= known and (measure is None or measure in item.act.measures)
    ]
    return sorted(found, key=lambda item: (-item.act.known_from, item.act.id))


def parties_of(parties: frozenset[str] | None) -> list[str] | str:
    """The parties that an act names, or `all`."""
    return "all" if parties is None else sorted(parties)


@router.get("/sources")
def sources(asked: QuestionOf) -> Response:
    """What was read: the newest edition of every source, and every edition before."""
    snapshot = asked.edition.register.snapshot(asked.asked.recorded)
    vintages = [
        {"source": item.source, "vintage": moment_json(item.day), "entries": item.entries, "recorded_by": item.recorded}
        | {"measures": sorted(set(item.lists.values()))}
        for item in snapshot.vintages
    ]
    covered = [coverage_json(item) for item in coverage(snapshot, asked.asked)]
    return document({**asked.stamp(), "coverage": covered, "vintages": vintages})


@router.get("/measures")
def measures(asked: QuestionOf) -> Response:
    """Every measure that the register knows."""
    found = asked.edition.register.snapshot(asked.asked.recorded).measures
    rows = [{"id": item.id, "name": item.name, "authority": item.authority} for item in found.values()]
    return document({**asked.stamp(), "measures": rows})
