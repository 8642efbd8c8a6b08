"""A reply as its author has it: where it stands, new words for it, taking it back, all that is kept, erasure.

Whoever has the address, which is signed, is its author; nobody else finds it: no cache keeps it, no search engine.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from vacatur.replies import authors, intake
from vacatur.replies.model import Reply, ReplyError, State, read_draft
from vacatur.service.engine import NotFoundError
from vacatur.service.pages.rendering import page
from vacatur.service.pages.replies import Writing, caption, house_of, page_of

router = APIRouter(prefix="/replies/yours/{token}")

PRIVATE = {"cache-control": "no-store"}


@router.get("")
def yours(request: Request, token: str) -> Response:
    """A reply as its author sees it: where it stands, and what he can do."""
    return _yours(request, token)


@router.get("/data.json")
def data(request: Request, token: str) -> Response:
    """Everything that is kept about a reply."""
    _owned(request, token)
    told = orjson.dumps(authors.export(house_of(request), token), option=orjson.OPT_INDENT_2)
    return Response(
        told,
        media_type="application/json",
        headers={**PRIVATE, "content-disposition": 'attachment; filename="reply.json"'},
    )


@router.post("/edit")
def edit(
    request: Request,
    token: str,
    text: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    link: Annotated[str, Form()] = "",
) -> Response:
    """Put new words in place of the old."""
    old = _owned(request, token)
    given = {"text": text, "name": name, "email": email, "link": link, "kind": old.kind.value, **_claimed(old)}
    try:
        intake.edit(house_of(request), token, read_draft(given))
    except ReplyError as error:
        return _yours(request, token, 422, given, error.problems)
    return RedirectResponse(f"/replies/yours/{token}", 303)


@router.post("/withdraw")
def withdraw(request: Request, token: str) -> Response:
    """Take a reply back."""
    _owned(request, token)
    try:
        authors.withdraw(house_of(request), token)
    except ReplyError as error:
        return _yours(request, token, 422, problems=error.problems)
    return RedirectResponse(f"/replies/yours/{token}", 303)


@router.post("/erase")
def erase(request: Request, token: str) -> Response:
    """Erase a reply and all that is kept about it."""
    found = _owned(request, token)
    authors.erase(house_of(request), token)
    return page(request, "reply_erased.html", back=page_of(found.subject))


def _yours(
    request: Request,
    token: str,
    status: int = 200,
    values: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Response:
    reply, house = _owned(request, token), house_of(request)
    given = values or {name: getattr(reply, name) for name in ("text", "name", "email", "link")}
    answer = page(
        request,
        "reply_yours.html",
        status=status,
        reply=reply,
        token=token,
        policy=house.policy,
        back=page_of(reply.subject),
        title=caption(request, reply.subject),
        changeable=reply.state is not State.WITHDRAWN and house.clock() <= reply.own_until(),
        writing=Writing("", given, problems or {}),
    )
    answer.headers.update({**PRIVATE, "x-robots-tag": "noindex"})
    return answer


def _owned(request: Request, token: str) -> Reply:
    try:
        return authors.owned(house_of(request), token)
    except ReplyError as error:
        raise NotFoundError(str(error)) from None


def _claimed(reply: Reply) -> dict[str, Any]:
    claim = reply.claim
    return {
        "act_kind": claim.kind or "",
        "measure": claim.measure or "",
        "day": claim.day.isoformat() if claim.day else "",
    }
