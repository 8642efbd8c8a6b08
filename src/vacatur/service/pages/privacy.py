"""How your data is processed: a page made from the settings in force."""

from fastapi import APIRouter, Request, Response

from vacatur.replies.model import OWN_HOUR
from vacatur.replies.notice import notice
from vacatur.service.pages.rendering import page
from vacatur.service.pages.replies import house_of
from vacatur.service.session import COOKIE

router = APIRouter()


@router.get("/privacy")
def privacy(request: Request) -> Response:
    """The notice."""
    house, settings = house_of(request), request.app.state.settings
    return page(
        request,
        "privacy.html",
        notice=notice(house.policy),
        open=house.policy.open,
        hour=int(OWN_HOUR.total_seconds() // 60),
        cookie=COOKIE,
        session_hours=settings.session_hours,
    )
