"""Feeds of acts and changes, and calendars of deadlines: to subscribe to, whole or for one party or measure."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated
from urllib.parse import quote, urlencode

import orjson
from fastapi import APIRouter, Query, Request, Response

from vacatur.exports.calendar import Deadline, calendar_ics, deadlines_of
from vacatur.exports.feeds import Feed, Item, atom, json_feed
from vacatur.law.moments import day_of, time_of
from vacatur.register.differences import EditionDifference
from vacatur.service.answers import LONGEST, Question, QuestionOf
from vacatur.service.changes import SHOWN, Change, act_changes, all_changes, named
from vacatur.service.engine import NotFoundError
from vacatur.service.health import EngineOf

router = APIRouter(tags=["feeds"])

ITEMS = 100
"""How many items a feed holds."""

Party = Annotated[str | None, Query(max_length=LONGEST, description="Only what is about this party.")]
MeasureId = Annotated[str | None, Query(max_length=LONGEST, description="Only what is under this measure.")]


@router.get("/feeds/acts.atom")
def acts_atom(
    request: Request, asked: QuestionOf, engine: EngineOf, party: Party = None, measure: MeasureId = None
) -> Response:
    """Acts by publication, as Atom."""
    feed = _feed(request, asked, engine.settings.base_url, act_changes(asked, measure, party), party, measure)
    return _answer(request, atom(feed), "application/atom+xml")


@router.get("/feeds/acts.json")
def acts_json(
    request: Request, asked: QuestionOf, engine: EngineOf, party: Party = None, measure: MeasureId = None
) -> Response:
    """Acts by publication, as JSON Feed."""
    feed = _feed(request, asked, engine.settings.base_url, act_changes(asked, measure, party), party, measure)
    return _answer(request, orjson.dumps(json_feed(feed)), "application/feed+json")


@router.get("/feeds/changes.atom")
def changes_atom(request: Request, asked: QuestionOf, engine: EngineOf, measure: MeasureId = None) -> Response:
    """Acts, and what every edition of a list changed, as Atom."""
    feed = _feed(request, asked, engine.settings.base_url, all_changes(asked, measure), None, measure)
    return _answer(request, atom(feed), "application/atom+xml")


@router.get("/feeds/changes.json")
def changes_json(request: Request, asked: QuestionOf, engine: EngineOf, measure: MeasureId = None) -> Response:
    """Acts, and what every edition of a list changed, as JSON Feed."""
    feed = _feed(request, asked, engine.settings.base_url, all_changes(asked, measure), None, measure)
    return _answer(request, orjson.dumps(json_feed(feed)), "application/feed+json")


@router.get("/calendar.ics")
def calendar(asked: QuestionOf, party: Party = None, measure: MeasureId = None) -> Response:
    """Dates ahead of one party, or of every party that an act names and every listing that runs out, as known now."""
    edition = asked.edition
    if party is not None:
        dossier = edition.dossier(party, asked.asked)
        title, found = dossier.party.caption, deadlines_of(dossier.party.caption, dossier.statuses(asked.asked))
    else:
        title, found = "All parties", _all_deadlines(asked)
    if measure is not None:
        title = f"{title} · {_measure_name(asked, measure)}" if party else _measure_name(asked, measure)
        found = [item for item in found if item.measure == measure]
    found.sort(key=lambda item: (item.day, item.caption, item.what))
    made = datetime.fromisoformat(edition.recorded_at)
    return Response(calendar_ics(title, found, made), media_type="text/calendar")


def _all_deadlines(asked: Question) -> list[Deadline]:
    """What is coming for parties that acts name; for all others, the ends that lists state."""
    now = replace(asked.asked, known=datetime.now(UTC))
    rosters = asked.edition.rosters(now)
    found = [
        deadline
        for dossier in rosters.documented
        for deadline in deadlines_of(dossier.party.caption, dossier.statuses(now))
    ]
    named = {dossier.party.id for dossier in rosters.documented}
    for roster in rosters.by_measure.values():
        at, zone = now.at(roster.measure.zone), roster.measure.zone
        found += [
            Deadline(
                member.party,
                member.caption,
                roster.measure.id,
                roster.measure.name,
                day_of(moment - 1, zone),
                f"last day before it is {state.value.replace('_', ' ')}",
            )
            for member in roster.members
            if member.party not in named
            for moment, state in member.turns
            if moment > at
        ]
    return found


def _measure_name(asked: Question, measure: str) -> str:
    found = asked.edition.snapshot.measures.get(measure)
    if found is None:
        raise NotFoundError(f"no measure has the id {measure[:100]!r}")
    return found.name


def _feed(
    request: Request, asked: Question, base: str, changes: list[Change], party: str | None, measure: str | None
) -> Feed:
    base = base.rstrip("/")
    what = "Acts" if "/acts." in request.url.path else "Changes"
    title = f"Vacatur: {what.lower()}"
    page = f"{base}/changes"
    if party:
        dossier = asked.edition.dossier(party, asked.asked)
        title = f"{dossier.party.caption}: {what.lower()}"
        page = f"{base}/parties/{quote(dossier.party.id, safe='')}"
    if measure:
        title += f" under {_measure_name(asked, measure)}"
        page = page if party else f"{base}/measures/{quote(measure, safe='')}"
    chosen = [(key, value) for key, value in (("party", party), ("measure", measure)) if value]
    url = base + request.url.path + (f"?{urlencode(chosen)}" if chosen else "")
    newest = changes[:ITEMS]
    recorded = asked.edition.register.recorded_at(_recorded(change) for change in newest)
    items = [_item(asked, base, change, recorded[_recorded(change)]) for change in newest]
    return Feed(title, page, url, items, max((item.updated for item in items), default=asked.edition.recorded_at))


def _recorded(change: Change) -> int:
    if change.act is not None:
        return change.act.recorded
    assert change.edition is not None  # noqa: S101 - a change is one or the other
    return change.edition.vintage.recorded


def _item(asked: Question, base: str, change: Change, recorded: str) -> Item:
    if change.edition is not None:
        return _edition_item(asked, base, change.edition, recorded)
    assert change.act is not None  # noqa: S101 - a change is one or the other
    act = change.act.act
    who = ", ".join(name for _, name in named(asked, act.parties or ())) or "everyone under it"
    title = f"{who}: {act.label}, {act.case or act.citation or act.authority or ''}".rstrip(", ")
    notes = ["Reported, unconfirmed: it counts in no status."] if act.proposed else []
    notes += ["Recalled: not every document was read."] if act.checked == "recalled" else []
    return Item(
        key=f"act:{act.id}",
        title=f"Unconfirmed: {title}" if act.proposed else title,
        text="\n".join([act.summary or title, f"Effective {day_of(act.decided, act.zone)}.", *notes]),
        url=f"{base}/acts/{quote(act.id, safe='')}",
        published=time_of(act.known_from, act.zone).isoformat(),
        updated=recorded,
        tags=act.measures,
        sources=tuple(item.url for item in act.documents if item.url and item.url.startswith(("http://", "https://"))),
    )


def _edition_item(asked: Question, base: str, item: EditionDifference, recorded: str) -> Item:
    source, day = item.vintage.source, item.vintage.day
    title = f"{source}, edition of {day}: "
    if item.before is None:
        title += f"the first that was read, {item.vintage.entries:,} entries"
        text = title
    else:
        title += f"{len(item.came):,} came, {len(item.went):,} went since {item.before}"
        lines = [
            f"{word}: {', '.join(name for _, name in named(asked, parties))}" + (" …" if len(parties) > SHOWN else "")
            for word, parties in (("Came", item.came), ("Went", item.went))
            if parties
        ]
        text = "\n".join([title, *lines])
    return Item(
        key=f"edition:{source}:{day}",
        title=title,
        text=text,
        url=f"{base}/changes?kind=lists#{quote(source, safe='')}-{day}",
        published=f"{day}T00:00:00+00:00",
        updated=recorded,
        tags=tuple(sorted(set(item.vintage.lists.values()))),
    )


def _answer(request: Request, content: bytes, media_type: str) -> Response:
    """The feed, or nothing where the reader has it already."""
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    return Response(content, media_type=media_type, headers={"etag": tag, "cache-control": "max-age=60"})
