"""Whether the service lives and is ready, in yente's form."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from vacatur.service.engine import Engine

router = APIRouter(tags=["health"])


def engine_of(request: Request) -> Engine:
    """The engine of the application that the request came to."""
    engine: Engine = request.app.state.engine
    return engine


EngineOf = Annotated[Engine, Depends(engine_of)]


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(engine: EngineOf) -> dict[str, str]:
    """The register and its index are open."""
    engine.register.newest_transaction()
    return {"status": "ok"}
