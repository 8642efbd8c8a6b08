"""Moderation: the queue with its reasons, decisions by one key, undo, many at once, and the log of who and why.

Every address here needs the scope `review`; who decides is the name of the key that signed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from vacatur.replies import journal, learning, moderation, store, tasks
from vacatur.replies.gate import HOLD_FROM, SPAM_FROM, Layer
from vacatur.replies.house import House
from vacatur.replies.journal import Decision
from vacatur.replies.model import GATE, Kind, Move, Reply, ReplyError, State, read_draft
from vacatur.replies.store import Waiting
from vacatur.service.engine import NotFoundError
from vacatur.service.pages.rendering import page
from vacatur.service.pages.replies import caption, house_of, page_of
from vacatur.service.session import Actor, signed_in

router = APIRouter(prefix="/moderation")

Moderator = Annotated[Actor, Depends(signed_in("review"))]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]
SHOWN = 25
LOGGED = 100
MOST_UNDONE = 2_000

VIEWS = {"held": "Held", "reported": "Reported", "leads": "Leads", "spam": "Spam"}
KEYS = {Move.PUBLISH: "p", Move.HOLD: "h", Move.SPAM: "s", Move.DELETE: "d"}


@dataclass(frozen=True, slots=True)
class Card:
    """One text of the queue: the reply with its copies, its subject, the last verdict on it, and readers' reports."""

    waiting: Waiting
    title: str
    address: str
    verdict: Decision | None
    reports: Sequence[str]


@router.get("")
def queue(
    request: Request,
    actor: Moderator,
    view: Annotated[str, Query(max_length=20)] = "held",
    number: Number = 1,
    first: Annotated[int, Query(ge=0)] = 0,
    last: Annotated[int, Query(ge=0)] = 0,
    problem: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """What waits for a person; `first` to `last` are decisions just taken, which can be undone."""
    house = house_of(request)
    if view not in VIEWS:
        raise NotFoundError(f"there is no view {view[:20]!r}; there are: {', '.join(VIEWS)}")
    with house.register.engine.connect() as connection:
        offset = (number - 1) * SHOWN
        if view in ("held", "spam"):
            waiting = store.queue(connection, State(view), SHOWN, offset)
            total = store.count_waiting(connection, State(view))
        else:
            found = (store.reported if view == "reported" else store.leads)(connection, SHOWN)
            waiting, total = [Waiting(reply) for reply in found], len(found)
        cards = [_card(request, house, item) for item in waiting]
        counts = {
            "held": store.count_waiting(connection, State.HELD),
            "spam": store.count_waiting(connection, State.SPAM),
            "reported": len(store.reported(connection, LOGGED)),
            "leads": len(store.leads(connection, LOGGED)),
        }
        asked = tasks.waiting(connection)
        lessons = learning.lessons(connection)
    return page(
        request,
        "moderation.html",
        views=VIEWS,
        view=view,
        counts=counts,
        cards=cards,
        moves=KEYS,
        done=(first, last) if first else None,
        problem=problem,
        before=f"?view={view}&page={number - 1}" if number > 1 else None,
        after=f"?view={view}&page={number + 1}" if offset + SHOWN < total else None,
        asker=house.asker,
        asked=asked,
        lessons=lessons,
        limits=(HOLD_FROM, SPAM_FROM),
        layers=layers_asked(house),
    )


@router.post("")
def decide(
    request: Request,
    actor: Moderator,
    chosen: Annotated[list[int], Form()] = [],  # noqa: B006 - FastAPI copies it
    move: Annotated[str, Form()] = "",
    one: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form(max_length=2_000)] = "",
    view: Annotated[str, Form(max_length=20)] = "held",
) -> Response:
    """Decide on one text (`one`: move and id) or on all that are chosen, with their copies."""
    house = house_of(request)
    if one:
        move, _, reply = one.partition(":")
        chosen = [int(reply)] if reply.isascii() and reply.isdigit() and len(reply) < 10 else []
    if move not in KEYS or not chosen:
        return _back(view, problem="choose replies, and what to do with them")
    try:
        ids = chosen if move == Move.PUBLISH else moderation.with_copies(house, chosen)  # one copy is enough to show
        lines = moderation.decide(house, ids, Move(move), actor=actor.name, reason=reason)
    except ReplyError as error:
        return _back(view, problem=str(error))
    undoable = lines if move != Move.DELETE else []
    return _back(view, first=min(undoable, default=0), last=max(undoable, default=0))


@router.post("/undo")
def undo(
    request: Request,
    actor: Moderator,
    first: Annotated[int, Form(ge=1)],
    last: Annotated[int, Form(ge=1)],
    view: Annotated[str, Form(max_length=20)] = "held",
) -> Response:
    """Take back the decisions `first` to `last` that this moderator took."""
    house, problem = house_of(request), ""
    with house.register.engine.connect() as connection:
        taken = journal.decisions_between(connection, first, last, actor.name, MOST_UNDONE)
    for item in taken:
        try:
            moderation.undo(house, item.id, actor=actor.name)
        except ReplyError as error:
            problem = f"reply {item.reply}: {error}"
    return _back(view, problem=problem if taken else "there is nothing to undo")


@router.get("/log")
def log(request: Request, actor: Moderator, number: Number = 1) -> Response:
    """Who decided what, when and why."""
    with house_of(request).register.engine.connect() as connection:
        lines = journal.decisions(connection, limit=LOGGED + 1, offset=(number - 1) * LOGGED)
    return page(
        request,
        "moderation_log.html",
        views=VIEWS,
        lines=lines[:LOGGED],
        before=f"?page={number - 1}" if number > 1 else None,
        after=f"?page={number + 1}" if len(lines) > LOGGED else None,
    )


@router.get("/{reply:int}")
def one(request: Request, actor: Moderator, reply: int) -> Response:
    """One reply with its whole log; here the house answers, and completes what becomes a proposed act."""
    return _one(request, reply)


@router.post("/{reply:int}/answer")
def answer(request: Request, actor: Moderator, reply: int, text: Annotated[str, Form()] = "") -> Response:
    """Answer for the house."""
    house = house_of(request)
    try:
        moderation.answer(house, reply, text, actor=actor.name)
    except ReplyError as error:
        return _one(request, reply, 422, str(error))
    return RedirectResponse(f"/moderation/{reply}", 303)


@router.post("/{reply:int}/complete")
def complete(
    request: Request,
    actor: Moderator,
    reply: int,
    act_kind: Annotated[str, Form(max_length=60)] = "",
    measure: Annotated[str, Form(max_length=100)] = "",
    day: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Propose an act of a correction or document, with what was completed."""
    house = house_of(request)
    given = {"text": "-", "kind": Kind.CORRECTION.value, "act_kind": act_kind, "measure": measure, "day": day}
    try:
        moderation.complete(house, reply, read_draft(given).claim, actor=actor.name)
    except ReplyError as error:
        return _one(request, reply, 422, str(error))
    return RedirectResponse(f"/moderation/{reply}#complete", 303)


def layers_asked(house: House) -> list[str]:
    """The layers that are asked about a reply here."""
    return [layer.value for layer in Layer if layer is not Layer.HOUSE and (layer is not Layer.AKISMET or house.asker)]


def _one(request: Request, id: int, status: int = 200, problem: str = "") -> Response:
    house = house_of(request)
    with house.register.engine.connect() as connection:
        reply = store.get(connection, id)
        lines = journal.decisions(connection, [id])
    if reply is None and not lines:
        raise NotFoundError(f"there is no reply {id}")
    measures = request.app.state.engine.current().snapshot.measures
    return page(
        request,
        "moderation_one.html",
        status=status,
        id=id,
        card=None if reply is None else _card(request, house, Waiting(reply)),
        lines=lines,
        moves=KEYS,
        layers=layers_asked(house),
        views=VIEWS,
        problem=problem,
        measures=sorted(((item.id, item.name) for item in measures.values()), key=lambda item: item[1]),
    )


def _card(request: Request, house: House, waiting: Waiting) -> Card:
    reply: Reply = waiting.reply
    with house.register.engine.connect() as connection:
        lines = journal.decisions(connection, [reply.id])
        reasons = store.reports_of(connection, reply.id)
    verdict = next((line for line in lines if line.actor == GATE and line.after), None)
    return Card(waiting, caption(request, reply.subject), page_of(reply.subject), verdict, reasons)


def _back(view: str, **given: int | str) -> Response:
    query = urlencode(
        {"view": view if view in VIEWS else "held", **{key: value for key, value in given.items() if value}}
    )
    return RedirectResponse(f"/moderation?{query}", 303)
