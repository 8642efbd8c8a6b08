"""The application: routers put together around one engine."""

import gc
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from vacatur import __version__
from vacatur.errors import UserError
from vacatur.register import RegisterError
from vacatur.replies.house import House
from vacatur.replies.work import Worker
from vacatur.service import (
    adjacent,
    articles,
    diffs,
    feeds,
    health,
    jobs_api,
    native,
    pages,
    reconcile,
    review_api,
    webhooks,
    yente,
    yente_search,
)
from vacatur.service.engine import BusyError, Engine, NotFoundError
from vacatur.service.guard import Buckets, Guard, wants_page
from vacatur.service.jobs import Jobs
from vacatur.service.pages.errors import error_page
from vacatur.service.session import ForbiddenError, Sessions
from vacatur.service.settings import Settings

OBJECTS_BETWEEN_COLLECTIONS = 50_000

SIGN_INS_A_SECOND = 0.1
SIGN_INS_AT_ONCE = 10
"""How often a client may give a wrong key: then the next ones are refused unread."""

SECONDS_BETWEEN_THREADS = 0.0005
"""How soon an answer gets its turn while an update is taken in; Python's default is ten times that."""


def worker_app() -> FastAPI:
    """The service as a process of its own: answers make no garbage in circles, so that it is looked for seldom.

    Python's default looks after every 700 objects more, and now and then through all that is remembered. What does
    hold itself in circles is an edition that was replaced: the engine looks for it then. Threads take turns often, so
    that nobody waits for the one that takes in an update.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    sys.setswitchinterval(SECONDS_BETWEEN_THREADS)
    return create_app()


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service for `settings` (default: from the environment), with its engine on `app.state.engine`."""
    chosen = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine.start()
        app.state.jobs.sweep()
        worker = Worker(app.state.house)
        worker.start()
        yield
        worker.close()
        app.state.jobs.close()
        app.state.engine.close()

    app = FastAPI(
        redirect_slashes=False,
        docs_url=None,  # its page would fetch scripts from elsewhere; pages/api_docs.py is ours
        redoc_url=None,
        title="Vacatur",
        version=__version__,
        lifespan=lifespan,
        summary="Screening that knows what the courts said.",
    )
    structlog.configure(processors=[structlog.processors.TimeStamper(fmt="iso"), structlog.processors.JSONRenderer()])
    app.state.settings = chosen
    app.state.engine = Engine(chosen)
    app.state.sessions = Sessions(app.state.engine.register, chosen.secret, chosen.session_hours)
    register = app.state.engine.register
    app.state.jobs = Jobs(register.folder / f"{register.stem}.jobs", chosen)
    app.state.house = House.open(app.state.engine.register, chosen.policy())
    app.state.sign_ins = Buckets(SIGN_INS_A_SECOND, SIGN_INS_AT_ONCE)
    if chosen.origins:
        app.add_middleware(CORSMiddleware, allow_origins=list(chosen.origins), allow_methods=["GET", "POST"])
    app.add_middleware(Guard, settings=chosen, state=app.state, error_page=partial(error_page, chosen))
    app.add_exception_handler(UserError, _refused)
    app.add_exception_handler(UnicodeEncodeError, _no_text)
    app.add_exception_handler(orjson.JSONEncodeError, _no_text)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    ours = (health, native, diffs, jobs_api, articles, review_api, feeds, webhooks)
    for room in (*ours, yente, yente_search, adjacent, reconcile, pages):
        app.include_router(room.router)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """An error that the caller can act on; what concerns the operator's machine stays here."""
    if isinstance(error, RegisterError):
        return _error(request, 503, "the register can't be reached at present")
    if isinstance(error, BusyError):
        return _error(request, 503, str(error), {"retry-after": "5"})
    status = 404 if isinstance(error, NotFoundError) else 403 if isinstance(error, ForbiddenError) else 400
    return _error(request, status, str(error))


async def _no_text(request: Request, _: Exception) -> Response:
    """JSON may hold halves of characters, which are no text: nothing can be searched for them, nor said of them."""
    return _error(request, 400, "the request holds half of a character (a lone surrogate), which is no text")


async def _http_error(request: Request, error: Exception) -> Response:
    """An address or a method that there is not."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what this handler is registered for
    return _error(request, error.status_code, error.detail, error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    """A parameter out of its bounds: in FastAPI's words for a program, the first of them for a person."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what this handler is registered for
    if not wants_page(request.scope):
        return await request_validation_exception_handler(request, error)
    first = error.errors()[0]
    return _error(request, 400, f"{first['loc'][-1]}: {first['msg']}")


def _error(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    if wants_page(request.scope):
        page = error_page(request.app.state.settings, status, detail, request.url.path)
        return Response(page, status, headers, media_type="text/html")
    return JSONResponse({"detail": detail}, status, headers)
