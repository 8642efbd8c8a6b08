"""The dossier of a party: where it stands on any day, why, since when, and what the register knew when."""

from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from vacatur.exports.picture import Lane, draw, lanes_of, png_of, span_of, story_of
from vacatur.law.acts import Act
from vacatur.law.moments import NEVER, day_of
from vacatur.law.report import Status
from vacatur.law.status import State
from vacatur.news import kept
from vacatur.parties import IDENTIFIER_PROPERTIES, NAME_PROPERTIES, Party
from vacatur.replies.model import Subject, SubjectKind
from vacatur.screening.history import history_json
from vacatur.screening.plain import ownership_json, party_json, status_json
from vacatur.service.answers import QuestionOf
from vacatur.service.articles import kept_json
from vacatur.service.pages.linked_data import party_ld
from vacatur.service.pages.rendering import page
from vacatur.service.pages.replies import block
from vacatur.service.pages.times import Times, TimesOf

router = APIRouter()

ORDER = (State.IN_FORCE, State.SUSPENDED, State.NOT_YET_IN_FORCE, State.UNKNOWN, State.ENDED, State.NEVER_LISTED)
"""Statuses as a page lists them: what binds first."""


@router.get("/parties/{party:path}/timeline.png")
def picture(asked: QuestionOf, party: str) -> Response:
    """The timeline for a report or a message."""
    dossier = asked.edition.dossier(party, asked.asked)
    lanes = lanes_of(dossier, asked.asked)
    svg = draw(dossier.party.caption, lanes, span_of(lanes, asked.asked), asked.asked)
    return Response(png_of(svg), media_type="image/png")


@router.get("/parties/{party:path}")
def party(request: Request, times: TimesOf, party: str) -> Response:
    """The page about a party; an id that was absorbed leads to the one that it now goes by."""
    edition, asked = times.question.edition, times.question.asked
    dossier = edition.dossier(party, asked)
    if dossier.party.id != party:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/parties/{quote(dossier.party.id, safe='')}{query}", 308)
    statuses = sorted(dossier.statuses(asked), key=lambda item: (ORDER.index(item.state), item.measure.name))
    lanes = lanes_of(dossier, asked)
    span = story_of(lanes, asked)
    history = history_json(edition.snapshot, dossier)["events"]
    return page(
        request,
        "party.html",
        times=times,
        party=party_json(dossier.party, dossier.referents),
        names=_named(dossier.party),
        particulars=_particulars(dossier.party),
        statuses=[status_json(item) for item in statuses],
        summary=_summary(statuses),
        coming=sorted(
            (item.day.isoformat(), item.what, status.measure.name) for status in statuses for item in status.next
        ),
        picture=Markup(draw(dossier.party.caption, lanes, span, asked, link=lambda act: _act_page(times, act))),  # noqa: S704 - it escapes what it draws
        first=day_of(span.first),
        last=day_of(span.last),
        days=_days_of_change(lanes),
        history=history,
        recorded_at=edition.register.recorded_at(
            item for event in history for item in (event["recorded"], event["retracted"]) if item
        ),
        linked=party_ld(dossier, statuses, request.app.state.settings.base_url),
        ownership=ownership_json(edition.ownership(dossier, asked)),
        articles=[kept_json(item) for item in kept.about(edition.register, (dossier.party.id, *dossier.referents))],
        replies=block(request, Subject(SubjectKind.PARTY, dossier.party.id)),
    )


def _act_page(times: Times, act: Act) -> str | None:
    """Where an act is shown; what is only read off lists has no page of its own."""
    return None if act.kind.startswith("observed_") else times.link("acts", act.id)


def _summary(statuses: list[Status]) -> list[tuple[str, int]]:
    """How many measures are in each state, what binds first."""
    return [(state.value, count) for state in ORDER if (count := sum(status.state is state for status in statuses))]


def _days_of_change(lanes: tuple[Lane, ...]) -> list[tuple[date, list[tuple[str, str]]]]:
    """Every day on which a state began, with the measures and the states."""
    found: dict[date, list[tuple[str, str]]] = {}
    for lane in lanes:
        for bar in lane.bars:
            if abs(bar.first) < NEVER:
                found.setdefault(day_of(bar.first), []).append((lane.title, bar.state.value))
    return sorted(found.items())


def _named(party: Party) -> list[tuple[str, list[str]]]:
    return [(kind, list(values)) for kind in NAME_PROPERTIES if (values := party.get(kind))]


def _particulars(party: Party) -> list[tuple[str, list[str]]]:
    """What the sources say beyond names and identifiers."""
    left_out = {*NAME_PROPERTIES, *IDENTIFIER_PROPERTIES}
    return [(name, list(values)) for name, values in sorted(party.properties.items()) if name not in left_out]
