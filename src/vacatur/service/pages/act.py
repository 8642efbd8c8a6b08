"""An act by itself: what it did, to whom, in which documents, and how the register came to know it."""

from fastapi import APIRouter, Request, Response

from vacatur.law.moments import day_of
from vacatur.register.snapshot import RecordedAct
from vacatur.replies.model import Subject, SubjectKind
from vacatur.screening.plain import act_json, measure_json
from vacatur.service.engine import NotFoundError
from vacatur.service.pages.rendering import page
from vacatur.service.pages.replies import block
from vacatur.service.pages.times import Times, TimesOf

router = APIRouter()

MOST_PARTIES = 200
"""How many of the parties that an act names are shown."""


@router.get("/acts/{act:path}")
def act(request: Request, times: TimesOf, act: str) -> Response:
    """The page of one act; an act that was taken back keeps its page, which says so."""
    edition = times.question.edition
    versions = edition.snapshot.act_history(act)
    if not versions:
        raise NotFoundError(f"no act has the id {act[:100]!r}")
    shown = versions[-1]
    _must_be_public(times, shown)
    reached = sorted(shown.act.parties or ())
    others = [item.act for item in edition.acts() if act in item.act.targets]
    measures = [edition.snapshot.measures.get(name) for name in shown.act.measures]
    return page(
        request,
        "act.html",
        times=times,
        act=act_json(shown.act),
        proposed=shown.act.proposed,
        retracted=shown.retracted,
        parties=None if shown.act.parties is None else [_named(times, party) for party in reached[:MOST_PARTIES]],
        more=len(reached) - MOST_PARTIES,
        measures=[measure_json(item) for item in measures if item is not None],
        targets=[act_json(edition.acts_by_id[item].act) for item in shown.act.targets if item in edition.acts_by_id],
        against=[act_json(item) for item in sorted(others, key=lambda item: item.decided)],
        versions=versions,
        replies=block(request, Subject(SubjectKind.ACT, act)),
        recorded_at=edition.register.recorded_at(
            number for item in versions for number in (item.recorded, item.retracted) if number
        ),
    )


def _must_be_public(times: Times, shown: RecordedAct) -> None:
    if shown.act.known_from > times.question.asked.known_at():
        day = day_of(shown.act.known_from, shown.act.zone)
        raise NotFoundError(f"the act {shown.act.id[:100]!r} was not public until {day}")


def _named(times: Times, party: str) -> tuple[str, str]:
    """A party's id with its name, as far as the register has one."""
    try:
        return party, times.question.edition.dossier(party, times.question.asked).party.caption
    except NotFoundError:
        return party, party
