"""Screening of a file: send it, say which column is what, watch it, look through the hits, take them along."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse, RedirectResponse

from vacatur.errors import UserError
from vacatur.review.basis import customer_key
from vacatur.review.cases import case_id
from vacatur.screening.customers import FIELDS
from vacatur.screening.screen import DEFAULT_THRESHOLD
from vacatur.service.answers import LONGEST
from vacatur.service.jobs import RESULTS, Job, JobError
from vacatur.service.jobs_api import JobOf, JobsOf, asked_day
from vacatur.service.pages.rendering import page
from vacatur.service.session import ActorOf

router = APIRouter()

WORDS = {
    "id": "Your id of the customer",
    "name": "Name",
    "schema": "Kind (Company, Person …)",
    "country": "Country",
    "birth_date": "Birth date",
    "identifier": "Identifier (ISIN, LEI, registration …)",
    "on": "Day asked about, row by row",
}
"""What a field is called on the page."""

Header = Annotated[str, Form(max_length=LONGEST)]


@router.get("/screening")
def screening(request: Request, jobs: JobsOf, actor: ActorOf) -> Response:
    """The form for a file, and the screenings of this key."""
    return _front(request, jobs, actor)


@router.post("/screening")
def send(request: Request, jobs: JobsOf, actor: ActorOf, file: UploadFile) -> Response:
    """Keep the file and go on to its columns."""
    try:
        job = jobs.add(file.filename or "", file.file.read(), actor)
    except JobError as error:
        return _front(request, jobs, actor, problem=str(error))
    return RedirectResponse(f"/screening/{job.id}", 303)


def _front(request: Request, jobs: JobsOf, actor: ActorOf, problem: str = "") -> Response:
    settings = jobs.settings
    return page(
        request,
        "screening.html",
        status=400 if problem else 200,
        jobs=[job.json() for job in jobs.of(actor)],
        problem=problem,
        most=settings.max_upload // 1_000_000,
        hours=round(settings.keep_jobs_hours),
    )


@router.get("/screening/{job}")
def show(request: Request, jobs: JobsOf, job: JobOf) -> Response:
    """A screening as it stands: its columns to map, its progress, or its hits."""
    return _job_page(request, jobs, job)


@router.post("/screening/{job}/start")
def start(  # noqa: PLR0913, PLR0917 - one a field of the form
    request: Request,
    jobs: JobsOf,
    actor: ActorOf,
    job: JobOf,
    id: Header = "",
    name: Header = "",
    kind: Annotated[str, Form(alias="schema", max_length=LONGEST)] = "",
    country: Header = "",
    birth_date: Header = "",
    identifier: Header = "",
    row_on: Annotated[str, Form(alias="row-on", max_length=LONGEST)] = "",
    on: Annotated[str, Form(max_length=40)] = "",
    threshold: Annotated[float, Form(ge=0, le=1)] = DEFAULT_THRESHOLD,
    review: Annotated[bool, Form()] = False,
) -> Response:
    """Begin, or begin again."""
    headers = (id, name, kind, country, birth_date, identifier, row_on)
    mapping = {field: header for field, header in zip(FIELDS, headers, strict=True) if header}
    opens = review and actor is not None and actor.may("review")
    try:
        if not mapping.keys() & {"name", "identifier"}:
            raise JobError("say which column holds the name, or an identifier")
        jobs.start(job, mapping, on=asked_day(on), threshold=threshold, review=opens)
    except UserError as error:
        return _job_page(request, jobs, job, problem=str(error))
    return RedirectResponse(f"/screening/{job.id}", 303)


def _job_page(request: Request, jobs: JobsOf, job: Job, problem: str = "") -> Response:
    return page(
        request,
        "screening_job.html",
        status=400 if problem else 200,
        job=job.json(),
        rows=job.about.get("rows", []),
        fields=[(field, "row-on" if field == "on" else field, WORDS[field]) for field in FIELDS],
        hits=[_linked(job, hit) for hit in jobs.hits(job)] if job.state == "done" else [],
        forms=list(RESULTS),
        problem=problem,
    )


def _linked(job: Job, hit: dict[str, Any]) -> dict[str, Any]:
    """The hit with the address of its party and, where cases were opened, of its case."""
    if "party" not in hit:
        return hit
    on = f"?on={quote(job.about['on'])}" if job.about["on"] else ""
    case = case_id(customer_key({"id": hit["id"]}), hit["party"]) if job.about["review"] and hit["id"] else None
    return {**hit, "address": f"/parties/{quote(hit['party'], safe='')}{on}", "case": case}


@router.post("/screening/{job}/cancel")
def cancel(jobs: JobsOf, job: JobOf) -> Response:
    """Stop it."""
    jobs.cancel(job)
    return RedirectResponse(f"/screening/{job.id}", 303)


@router.post("/screening/{job}/remove")
def remove(jobs: JobsOf, job: JobOf) -> Response:
    """Remove the file and its results."""
    jobs.remove(job)
    return RedirectResponse("/screening", 303)


@router.get("/screening/{job}/hits.{form}")
def hits(jobs: JobsOf, job: JobOf, form: str) -> Response:
    """The results as a file; its name is ours."""
    path = jobs.result(job, form)
    return FileResponse(path, media_type=RESULTS[form], filename=f"hits-{job.id[:6]}.{form}")
