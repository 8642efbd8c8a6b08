"""Signing in and out: a key given once, then a cookie."""

import time
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from vacatur.service.answers import LONGEST
from vacatur.service.guard import Buckets, wanted_scope
from vacatur.service.pages.rendering import page
from vacatur.service.session import COOKIE, Sessions, actor_of

router = APIRouter()


@router.get("/sign-in")
def form(request: Request, next_: Annotated[str, Query(alias="next", max_length=2000)] = "/") -> Response:
    """The form; says which scope the page that led here wants."""
    return _form(request, _local(next_))


@router.post("/sign-in")
def sign_in(
    request: Request,
    key: Annotated[str, Form(max_length=LONGEST)] = "",
    next_: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """Exchange a key for a session and go on to the page that was wanted."""
    sessions: Sessions = request.app.state.sessions
    attempts: Buckets = request.app.state.sign_ins
    client = request.client.host if request.client else "local"
    if not attempts.take(client, time.monotonic()):
        return _form(request, _local(next_), 429, "Too many wrong keys from this address. Wait a minute and try again.")
    cookie = sessions.begin(key.strip())
    if cookie is None:
        return _form(request, _local(next_), 401, "This key is not known here, or was revoked.")
    attempts.give_back(client)
    answer = RedirectResponse(_local(next_), 303)
    answer.set_cookie(
        COOKIE, cookie, max_age=sessions.seconds, httponly=True, samesite="strict", secure=_is_https(request)
    )
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session, on this browser and wherever its cookie was copied to."""
    sessions: Sessions = request.app.state.sessions
    sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=_is_https(request))
    return answer


def _form(request: Request, following: str, status: int = 200, problem: str = "") -> Response:
    actor = actor_of(request)
    wanted = wanted_scope(urlsplit(following).path)
    lacks = wanted if actor is not None and not actor.may(wanted) else None
    return page(
        request, "sign_in.html", status=status, following=following, problem=problem, wanted=wanted, lacks=lacks
    )


def _local(address: str) -> str:
    """The address when it is one of this service, else the first page: a link must not lead elsewhere after sign-in."""
    is_local = address.startswith("/") and not address.startswith("//")
    return address if is_local and "\\" not in address and address.isprintable() else "/"


def _is_https(request: Request) -> bool:
    return request.url.scheme == "https" or request.app.state.settings.base_url.startswith("https:")
