"""The application: routers put together around one engine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

from vacatur import __version__
from vacatur.errors import UserError
from vacatur.register import RegisterError
from vacatur.service import adjacent, health, native, pages, reconcile, yente
from vacatur.service.engine import Engine, NotFoundError
from vacatur.service.guard import Buckets, Guard
from vacatur.service.session import ForbiddenError, Sessions
from vacatur.service.settings import Settings

SIGN_INS_A_SECOND = 0.1
SIGN_INS_AT_ONCE = 10
"""How often a client may give a wrong key: then the next ones are refused unread."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service for `settings` (default: from the environment), with its engine on `app.state.engine`."""
    chosen = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine.start()
        yield
        app.state.engine.close()

    app = FastAPI(
        redirect_slashes=False,
        title="Vacatur",
        version=__version__,
        lifespan=lifespan,
        summary="Screening that knows what the courts said.",
    )
    structlog.configure(processors=[structlog.processors.TimeStamper(fmt="iso"), structlog.processors.JSONRenderer()])
    app.state.settings = chosen
    app.state.engine = Engine(chosen)
    app.state.sessions = Sessions(app.state.engine.register, chosen.secret, chosen.session_hours)
    app.state.sign_ins = Buckets(SIGN_INS_A_SECOND, SIGN_INS_AT_ONCE)
    if chosen.origins:
        app.add_middleware(CORSMiddleware, allow_origins=list(chosen.origins), allow_methods=["GET", "POST"])
    app.add_middleware(Guard, settings=chosen, state=app.state)
    app.add_exception_handler(UserError, _refused)
    for room in (health, native, yente, adjacent, reconcile, pages):
        app.include_router(room.router)
    return app


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    """An error that the caller can act on; what concerns the operator's machine stays here."""
    if isinstance(error, RegisterError):
        return JSONResponse({"detail": "the register can't be reached at present"}, status_code=503)
    status = 404 if isinstance(error, NotFoundError) else 403 if isinstance(error, ForbiddenError) else 400
    return JSONResponse({"detail": str(error)}, status_code=status)
