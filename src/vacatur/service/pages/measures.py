"""Measures: every list or order, and the page of one with its members on a day and its size over time."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup

from vacatur.exports.chart import sizes_svg
from vacatur.law.acts import Consequence
from vacatur.law.status import State
from vacatur.screening.plain import moment_json
from vacatur.screening.rosters import Member, Roster
from vacatur.service.answers import LONGEST
from vacatur.service.engine import NotFoundError
from vacatur.service.pages.rendering import listing, page
from vacatur.service.pages.times import Times, TimesOf

router = APIRouter()

SHOWN = (State.IN_FORCE, State.SUSPENDED, State.NOT_YET_IN_FORCE, State.UNKNOWN, State.ENDED)
"""States of members, what binds first."""


@router.get("/measures")
def measures(request: Request, times: TimesOf) -> Response:
    """Every measure, with how many are under it on the day."""
    edition, asked = times.question.edition, times.question.asked
    rosters = edition.rosters(asked).by_measure
    known = {**edition.snapshot.measures, **{name: roster.measure for name, roster in rosters.items()}}
    rows = [(item, _counts(rosters.get(item.id), times)) for item in known.values()]
    rows.sort(key=lambda row: (row[0].authority, row[0].name))
    return page(request, "measures.html", times=times, rows=rows)


@router.get("/measures/{measure:path}")
def measure(
    request: Request,
    times: TimesOf,
    measure: str,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    state: Annotated[str, Query(max_length=40)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """One measure: what it forbids, its size over time, its members on the day."""
    edition, asked = times.question.edition, times.question.asked
    roster = edition.rosters(asked).by_measure.get(measure)
    found = roster.measure if roster else edition.snapshot.measures.get(measure)
    if found is None:
        raise NotFoundError(f"no measure has the id {measure[:100]!r}")
    wanted = next((item for item in SHOWN if item == state), None)
    members = _members(roster, times, q, wanted) if roster else []
    resting = [item for item in edition.snapshot.measures.values() if item.rests_on == measure]
    return page(
        request,
        "measure.html",
        times=times,
        measure=found,
        rests_on=edition.snapshot.measures.get(found.rests_on or ""),
        resting=resting,
        consequences=[_consequence(item) for item in found.consequences],
        counts=_counts(roster, times),
        chart=Markup(_chart(roster, times)) if roster else None,  # noqa: S704 - it escapes what it draws
        listing=listing(request, members, number, 100),
        q=q,
        state=wanted.value if wanted else "",
    )


def _counts(roster: Roster | None, times: Times) -> list[tuple[str, int]]:
    """How many members are in each state on the day, what binds first."""
    counts = dict.fromkeys(SHOWN, 0)
    if roster is not None:
        for _, state in roster.on(times.question.asked.at(roster.measure.zone)):
            counts[state] += 1
    return [(state.value, count) for state, count in counts.items()]


def _members(roster: Roster, times: Times, text: str, wanted: State | None) -> list[tuple[Member, str]]:
    """Members on the day whose names hold every word of `text`, in one state or in any."""
    words = text.casefold().split()
    return [
        (member, state.value)
        for member, state in roster.on(times.question.asked.at(roster.measure.zone))
        if (wanted is None or state is wanted) and all(word in member.names for word in words)
    ]


def _chart(roster: Roster, times: Times) -> str:
    asked, zone = times.question.asked, roster.measure.zone
    return sizes_svg(roster.measure.name, roster.sizes, asked.known_at(zone), asked.at(zone))


def _consequence(item: Consequence) -> dict[str, Any]:
    return {
        "forbids": item.forbids,
        "binds": item.binds,
        "starts": moment_json(item.starts),
        "until": moment_json(item.until),
        "delay_days": item.delay_days,
        "note": item.note,
    }
