"""What came and what went: acts as they became public, and every edition of a list against the one before."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from vacatur.screening.plain import act_json
from vacatur.service.answers import LONGEST, Question, one_of
from vacatur.service.changes import Change, act_changes, all_changes, edition_changes, named
from vacatur.service.pages.rendering import listing, page
from vacatur.service.pages.times import TimesOf

router = APIRouter()

KINDS = {"": "everything", "acts": "acts", "lists": "lists"}


@router.get("/changes")
def changes(
    request: Request,
    times: TimesOf,
    measure: Annotated[str, Query(max_length=LONGEST)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Newest first, of everything or of one measure."""
    measures = times.question.edition.snapshot.measures
    if measure:
        one_of(dict(measures), measure, "measure")
    gather = {"acts": act_changes, "lists": edition_changes}.get(kind, all_changes)
    found = gather(times.question, measure or None)
    shown = listing(request, found, number, 40)
    return page(
        request,
        "changes.html",
        times=times,
        kinds=KINDS,
        kind=kind if kind in KINDS else "",
        measure=measure,
        measures=sorted(measures.values(), key=lambda item: item.name),
        names={name: item.name for name, item in measures.items()},
        listing=shown,
        rows=[_row(times.question, change) for change in shown.rows],
    )


def _row(question: Question, change: Change) -> dict[str, Any]:
    """A change with the names of some of its parties."""
    row: dict[str, Any] = {"day": change.day, "act": None, "edition": None}
    if change.act is not None:
        act = change.act.act
        row |= {"act": act_json(act), "proposed": act.proposed, "total": len(act.parties or ())}
        row |= {"measures": act.measures, "everyone": act.parties is None}
        row |= {"named": named(question, act.parties or ())}
    if change.edition is not None:
        row |= {"edition": change.edition, "went": named(question, change.edition.went)}
        row |= {"came": named(question, change.edition.came) if change.edition.before else []}
    return row
