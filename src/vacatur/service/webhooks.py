"""Webhooks: what a publisher of documents sends when a docket moves becomes proposed acts, once a delivery.

CourtListener signs nothing, so that its deliveries are told from forged ones by an address that only it was given.
"""

import hmac
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from vacatur.register.review import propose_delivered
from vacatur.screening.indexing import names_in
from vacatur.service.engine import Engine, NotFoundError
from vacatur.service.health import EngineOf
from vacatur.sources.courtlistener import read_webhook
from vacatur.sources.documents import act_of
from vacatur.sources.proposals import PartyNames

router = APIRouter(tags=["webhooks"])

SENDER = "CourtListener"


@router.post("/webhooks/courtlistener/{secret}")
async def courtlistener(request: Request, engine: EngineOf, secret: str) -> dict[str, Any]:
    """A docket or search alert of CourtListener (its API's webhooks, version 1 and 2), by its `Idempotency-Key`.

    Raises:
        NotFoundError: webhooks are not received here, or under another address.
    """
    expected = engine.settings.court_secret
    if not expected or not hmac.compare_digest(secret.encode(), expected.encode()):
        raise NotFoundError("nothing is here")
    return await run_in_threadpool(_receive, engine, await request.body(), dict(request.headers))


def _receive(engine: Engine, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    edition = engine.current()
    delivery = read_webhook(body, headers, PartyNames(names_in(edition.snapshot, edition.index)))
    proposed = propose_delivered(
        engine.register,
        [act_of(proposal) for proposal in delivery.proposals],
        sender=SENDER,
        key=delivery.key,
        reason=f"{delivery.event}, read from its webhook",
    )
    return {"event": delivery.event, "proposed": proposed, "notes": list(delivery.notes)}
