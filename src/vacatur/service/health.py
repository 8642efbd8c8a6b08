"""Whether the service lives and is ready, in yente's form."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

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


@router.get("/metrics")
def metrics() -> Response:
    """Counts and times for Prometheus; needs a key with the scope `admin`."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
