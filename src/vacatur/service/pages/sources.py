"""Sources: how fresh each list is, which editions were read, and what waits for a person."""

from functools import cache

from fastapi import APIRouter, Request, Response

from vacatur.register.aside import waiting
from vacatur.register.checks import last_checks
from vacatur.register.differences import EditionDifference
from vacatur.register.snapshot import DOSSIERS
from vacatur.screening.screen import coverage
from vacatur.service.changes import edition_changes
from vacatur.service.pages.rendering import page
from vacatur.service.pages.times import TimesOf
from vacatur.sources.catalog import find_source, source_names

router = APIRouter()


@cache
def source_titles() -> dict[str, str]:
    """What each source is called, by its name."""
    return {DOSSIERS: "Packaged dossiers"} | {name: find_source(name).title for name in source_names()}


@router.get("/sources")
def sources(request: Request, times: TimesOf) -> Response:
    """Every source, read or not."""
    edition = times.question.edition
    titles = source_titles()
    covered = {item.source: item for item in coverage(edition.snapshot, times.question.asked)}
    editions: dict[str, list[EditionDifference]] = {}
    for change in edition_changes(times.question):
        if change.edition is not None:
            editions.setdefault(change.edition.vintage.source, []).append(change.edition)
    return page(
        request,
        "sources.html",
        times=times,
        titles=titles | {name: name for name in covered if name not in titles},
        covered=covered,
        editions=editions,
        checks=last_checks(edition.register),
        held=waiting(edition.register),
        measures={name: item.name for name, item in edition.snapshot.measures.items()},
    )
