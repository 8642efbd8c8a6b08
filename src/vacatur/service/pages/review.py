"""Review: what waits for a person, decided with a reason; a case as a report that stands alone."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from vacatur.errors import UserError
from vacatur.register import Register
from vacatur.register.snapshot import RecordedAct
from vacatur.review.cases import STATES, Filter, count_cases, list_cases, open_case
from vacatur.review.decide import By, decide, decide_act, demands_four_eyes
from vacatur.review.html import STYLE, report_html
from vacatur.review.log import entries_about, export_lines
from vacatur.review.pdf import report_pdf
from vacatur.review.plain import case_json, opened_json
from vacatur.review.report import report_of
from vacatur.review.signing import signer_of
from vacatur.screening.plain import act_json
from vacatur.service.answers import LONGEST
from vacatur.service.engine import NotFoundError
from vacatur.service.health import EngineOf
from vacatur.service.pages.rendering import Listing, page
from vacatur.service.session import Actor, signed_in

router = APIRouter()

PER_PAGE = 50
WAITING = ("open", "more", "second")
REPORT_POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""A report carries its style within itself, so that it can be kept as one file; nothing else may run or load."""

ReviewerOf = Annotated[Actor, Depends(signed_in("review"))]
Text = Annotated[str, Form(max_length=LONGEST)]
Reason = Annotated[str, Form(max_length=5_000)]


@router.get("/review")
def queue(
    request: Request,
    engine: EngineOf,
    state: Annotated[str, Query(max_length=20)] = "",
    party: Annotated[str, Query(max_length=LONGEST)] = "",
    text: Annotated[str, Query(max_length=LONGEST)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    done: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Cases that wait, those that have waited longest first, and how many acts are proposed."""
    states = (state,) if state in STATES else WAITING
    wanted = Filter(states, party or None, text, PER_PAGE, (number - 1) * PER_PAGE)
    total, found = list_cases(engine.register, wanted)
    return page(
        request,
        "review.html",
        listing=_listing([case_json(case) for case in found], number, total, state=state, party=party, text=text),
        counts=count_cases(engine.register),
        proposals=len(_proposed(engine.register)),
        done=done,
        state=state,
        party=party,
        text=text,
    )


def _listing(rows: list[Any], number: int, total: int, **kept: str) -> Listing:
    def address(other: int) -> str:
        return "?" + urlencode({**{key: value for key, value in kept.items() if value}, "page": str(other)})

    first = (number - 1) * PER_PAGE
    return Listing(
        rows,
        first + 1,
        first + len(rows),
        total,
        address(number - 1) if number > 1 else None,
        address(number + 1) if first + len(rows) < total else None,
    )


@router.get("/review/cases/{case}")
def show_case(request: Request, engine: EngineOf, case: str) -> Response:
    """One case: what was asked, who it may be, why, where the party stands, what was decided."""
    return _case_page(request, engine.register, case)


@router.post("/review/cases/{case}")
def decide_case(
    request: Request,
    engine: EngineOf,
    actor: ReviewerOf,
    case: str,
    outcome: Text = "",
    reason: Reason = "",
    seen: Text = "",
) -> Response:
    """Decide, and go on to the next case; what can't be done is said on the page, which keeps the reason."""
    try:
        decide(engine.register, case, outcome, reason=reason, by=By(actor.name, actor.key), seen=seen or None)
    except UserError as error:
        return _case_page(request, engine.register, case, problem=str(error), outcome=outcome, reason=reason)
    return RedirectResponse("/review?" + urlencode({"done": case}), 303)


def _case_page(
    request: Request, register: Register, case: str, problem: str = "", outcome: str = "", reason: str = ""
) -> Response:
    opened = _open(register, case)
    shown = opened_json(opened)
    answer = shown["answers"][-1]
    question = answer["question"]
    times = urlencode({key: question[key] for key in ("on", "known", "recorded")})
    with register.engine.connect() as connection:
        four_eyes = demands_four_eyes(connection)
    return page(
        request,
        "review_case.html",
        status=400 if problem else 200,
        case=shown,
        answer=answer,
        party_address=f"/parties/{quote(answer['hit']['party']['id'], safe='')}?{times}",
        four_eyes=four_eyes,
        problem=problem,
        outcome=outcome,
        reason=reason,
    )


def _open(register: Register, case: str) -> Any:
    try:
        return open_case(register, case)
    except UserError as error:
        raise NotFoundError(str(error)) from None


@router.get("/review/cases/{case}/report")
def report_page(engine: EngineOf, case: str) -> Response:
    """The report of a case as one page, to be read, printed or kept as it is."""
    headers = {"content-security-policy": REPORT_POLICY, "cache-control": "no-store"}
    return Response(report_html(report_of(_open(engine.register, case))), media_type="text/html", headers=headers)


@router.get("/review/cases/{case}/report.pdf")
def report_file(engine: EngineOf, case: str) -> Response:
    """The report of a case as PDF."""
    opened = _open(engine.register, case)
    headers = {"content-disposition": f'inline; filename="case-{opened.case.id}.pdf"', "cache-control": "no-store"}
    return Response(report_pdf(report_of(opened)), media_type="application/pdf", headers=headers)


@router.get("/review/log")
def log(engine: EngineOf) -> Response:
    """The whole decision log, signed: `vacatur audit verify` checks it offline."""
    lines = "".join(f"{line}\n" for line in export_lines(engine.register, signer_of(engine.register)))
    headers = {"content-disposition": 'attachment; filename="decisions.jsonl"', "cache-control": "no-store"}
    return Response(lines.encode("utf-8", "surrogatepass"), media_type="application/jsonl", headers=headers)


@router.get("/review/acts")
def proposed_acts(request: Request, engine: EngineOf) -> Response:
    """Acts that were proposed and count in no status yet."""
    acts = [_act(item) for item in _proposed(engine.register)]
    return page(request, "review_acts.html", acts=acts, counts=count_cases(engine.register))


@router.get("/review/acts/{act:path}")
def show_act(request: Request, engine: EngineOf, act: str) -> Response:
    """One proposed act, and the form to accept or reject it."""
    return _act_page(request, engine.register, act)


@router.post("/review/acts/{act:path}")
def decide_proposal(  # noqa: PLR0913, PLR0917 - one a field of the form
    request: Request,
    engine: EngineOf,
    actor: ReviewerOf,
    act: str,
    outcome: Text = "",
    reason: Reason = "",
    measures: Text = "",
    parties: Text = "",
    targets: Text = "",
) -> Response:
    """Accept or reject; what can't be done is said on the page."""
    given = {"measures": _words(measures), "parties": _words(parties), "targets": _words(targets)}
    try:
        decide_act(engine.register, act, outcome, reason=reason, by=By(actor.name, actor.key), **given)
    except UserError as error:
        return _act_page(request, engine.register, act, problem=str(error), reason=reason, given=given)
    return RedirectResponse("/review/acts?" + urlencode({"done": act}), 303)


def _act_page(
    request: Request,
    register: Register,
    act: str,
    problem: str = "",
    reason: str = "",
    given: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    found = next((item for item in _proposed(register) if item.act.id == act), None)
    if found is None:
        raise NotFoundError(f"no act {act[:100]!r} is proposed")
    with register.engine.connect() as connection:
        entries = entries_about(connection, act)
    return page(
        request,
        "review_act.html",
        status=400 if problem else 200,
        act=_act(found),
        entries=[{**entry.content, "hash": entry.hash} for entry in entries],
        problem=problem,
        reason=reason,
        given=given or {},
    )


def _proposed(register: Register) -> list[RecordedAct]:
    return [item for item in register.snapshot().acts() if item.act.proposed]


def _act(item: RecordedAct) -> dict[str, Any]:
    return {
        **act_json(item.act),
        "measures": list(item.act.measures),
        "parties": None if item.act.parties is None else sorted(item.act.parties),
        "origin": item.origin,
        "proposer": item.actor,
        "why": item.reason,
        "recorded": item.recorded,
        "address": f"/review/acts/{quote(item.act.id, safe='')}",
    }


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()
