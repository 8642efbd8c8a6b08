"""The native API of review, `/api/v1/review`: cases, decisions, proposed acts, the log. Needs the scope `review`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from vacatur.errors import UserError
from vacatur.review.cases import STATES, Filter, Opened, list_cases, open_case
from vacatur.review.decide import LONGEST_REASON, By, decide, decide_act
from vacatur.review.log import log_lines
from vacatur.review.pdf import report_pdf
from vacatur.review.plain import case_json, entry_json, opened_json
from vacatur.review.report import report_of
from vacatur.screening.plain import act_json
from vacatur.service.answers import LONGEST, document, one_of
from vacatur.service.engine import NotFoundError
from vacatur.service.health import EngineOf
from vacatur.service.session import Actor, signed_in

router = APIRouter(prefix="/api/v1/review", tags=["review"])

ReviewerOf = Annotated[Actor, Depends(signed_in("review"))]
Text = Annotated[str, Field(max_length=LONGEST)]


class Decision(BaseModel):
    """A decision about a case; `seen` is the digest of the answer that it was taken on."""

    model_config = ConfigDict(extra="forbid")

    outcome: Text
    reason: Annotated[str, Field(max_length=LONGEST_REASON)]
    seen: Text | None = None


class ActDecision(BaseModel):
    """A decision about a proposed act: `accepted`, `rejected` or `need_more`; ids put in place of the proposal's."""

    model_config = ConfigDict(extra="forbid")

    outcome: Text
    reason: Annotated[str, Field(max_length=LONGEST_REASON)]
    measures: Annotated[list[Text], Field(max_length=50)] = []
    parties: Annotated[list[Text], Field(max_length=500)] = []
    targets: Annotated[list[Text], Field(max_length=50)] = []


@router.get("/cases")
def cases(
    engine: EngineOf,
    state: Annotated[list[str], Query(max_length=10)] = [],  # noqa: B006 - FastAPI copies it
    party: Annotated[str | None, Query(max_length=LONGEST)] = None,
    text: Annotated[str, Query(max_length=LONGEST)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Cases by state (default: those that wait), those that have waited longest first."""
    states = tuple(one_of(list(STATES), name, "state") for name in state) or Filter().states
    total, found = list_cases(engine.register, Filter(states, party, text, limit, offset))
    return document({"total": total, "cases": [case_json(case) for case in found]})


@router.get("/cases/{case}")
def case_(engine: EngineOf, case: str) -> Response:
    """A case with every answer and every decision."""
    return document(opened_json(_open(engine, case)))


@router.get("/cases/{case}/report.pdf")
def report(engine: EngineOf, case: str) -> Response:
    """The report of a case as PDF."""
    return Response(report_pdf(report_of(_open(engine, case))), media_type="application/pdf")


@router.post("/cases/{case}/decisions")
def decide_case(engine: EngineOf, actor: ReviewerOf, case: str, decision: Decision) -> Response:
    """Decide a case; the entry of the log."""
    _open(engine, case)
    by = By(actor.name, actor.key)
    entry = decide(engine.register, case, decision.outcome, reason=decision.reason, by=by, seen=decision.seen)
    return document(entry_json(entry))


@router.get("/acts")
def acts(engine: EngineOf) -> Response:
    """Acts that wait for a person."""
    found = [item for item in engine.register.snapshot().acts() if item.act.proposed]
    rows = [act_json(item.act) | {"actor": item.actor, "origin": item.origin, "reason": item.reason} for item in found]
    return document({"total": len(rows), "acts": rows})


@router.post("/acts/{act:path}/decisions")
def decide_proposal(engine: EngineOf, actor: ReviewerOf, act: str, decision: ActDecision) -> Response:
    """Accept or reject a proposed act; the entry of the log."""
    given = {"measures": decision.measures, "parties": decision.parties, "targets": decision.targets}
    by = By(actor.name, actor.key)
    return document(
        entry_json(decide_act(engine.register, act, decision.outcome, reason=decision.reason, by=by, **given))
    )


@router.get("/log")
def log(engine: EngineOf) -> Response:
    """The decision log as lines of JSON, in the form that `vacatur audit verify` reads."""
    lines = "".join(f"{line}\n" for line in log_lines(engine.register))
    return Response(lines.encode("utf-8", "surrogatepass"), media_type="application/jsonl")


def _open(engine: EngineOf, case: str) -> Opened:
    try:
        return open_case(engine.register, case)
    except UserError as error:
        raise NotFoundError(str(error)) from None
