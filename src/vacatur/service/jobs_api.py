"""The native API of screenings of files, `/api/v1/jobs`. A job is its key's; without keys, its id is the secret."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse

from vacatur.screening.screen import DEFAULT_THRESHOLD
from vacatur.screening.standing import asked_moment
from vacatur.service.answers import LONGEST, document
from vacatur.service.engine import QuestionError
from vacatur.service.jobs import RESULTS, Job, Jobs
from vacatur.service.session import ActorOf, ForbiddenError

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])


def jobs_of(request: Request) -> Jobs:
    """The jobs of the application that the request came to."""
    jobs: Jobs = request.app.state.jobs
    return jobs


JobsOf = Annotated[Jobs, Depends(jobs_of)]


def job_of(jobs: JobsOf, actor: ActorOf, job: str) -> Job:
    """The job of a request's path, when it is the actor's."""
    return jobs.get(job, actor)


JobOf = Annotated[Job, Depends(job_of)]


def asked_day(on: str) -> str | None:
    """The legal moment of a form; None for now.

    Raises:
        QuestionError: it can't be read.
    """
    try:
        return asked_moment(on).isoformat() if on.strip() else None
    except ValueError as error:
        raise QuestionError(f"on: {error}") from None


@router.post("", status_code=202)
def add(
    jobs: JobsOf,
    actor: ActorOf,
    file: UploadFile,
    map_: Annotated[list[str], Form(alias="map", max_length=20)] = [],  # noqa: B006 - FastAPI copies it
    on: Annotated[str, Form(max_length=40)] = "",
    threshold: Annotated[float, Form(ge=0, le=1)] = DEFAULT_THRESHOLD,
    review: Annotated[bool, Form()] = False,
) -> Response:
    """Upload a file of customers and screen it; `map` is `name=HEADER`, repeatable; `review` opens cases for hits."""
    if review and (actor is None or not actor.may("review")):
        raise ForbiddenError("opening cases needs a key with the scope 'review'")
    day = asked_day(on)
    job = jobs.add(file.filename or "", file.file.read(), actor)
    mapping = {**job.about["mapping"], **_mapping(map_)}
    return _shown(jobs.start(job, mapping, on=day, threshold=threshold, review=review), 202)


def _mapping(given: list[str]) -> dict[str, str]:
    pairs = [item.partition("=") for item in given]
    if any(not equals or len(header) > LONGEST for _, equals, header in pairs):
        raise QuestionError("map: expected FIELD=HEADER")
    return {field.strip(): header.strip() for field, _, header in pairs}


@router.get("")
def list_(jobs: JobsOf, actor: ActorOf) -> Response:
    """The jobs of the key."""
    return document({"jobs": [job.json() for job in jobs.of(actor)]})


@router.get("/{job}")
def show(job: JobOf) -> Response:
    """State and progress."""
    return _shown(job)


@router.get("/{job}/hits.{form}")
def hits(jobs: JobsOf, job: JobOf, form: str) -> Response:
    """The results as csv, xlsx or jsonl."""
    path = jobs.result(job, form)
    return FileResponse(path, media_type=RESULTS[form], filename=f"hits-{job.id[:6]}.{form}")


@router.post("/{job}/cancel")
def cancel(jobs: JobsOf, job: JobOf) -> Response:
    """Stop it."""
    jobs.cancel(job)
    return _shown(job)


@router.post("/{job}/restart")
def restart(jobs: JobsOf, job: JobOf) -> Response:
    """Start again what was interrupted, cancelled or failed."""
    about = job.about
    asked = {"on": about["on"], "threshold": about["threshold"], "review": about["review"]}
    return _shown(jobs.start(job, about["mapping"], **asked))


@router.delete("/{job}", status_code=204)
def remove(jobs: JobsOf, job: JobOf) -> Response:
    """Remove the file and its results."""
    jobs.remove(job)
    return Response(status_code=204)


def _shown(job: Job, status: int = 200) -> Response:
    answer = document(job.json())
    answer.status_code = status
    return answer
