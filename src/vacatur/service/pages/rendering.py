"""Templates to responses."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from vacatur.service.guard import may, wanted_scope
from vacatur.service.pages.wording import FILTERS
from vacatur.service.session import Actor, actor_of, csrf_field
from vacatur.service.settings import Settings

NAVIGATION = (
    ("Search", "/"),
    ("Changes", "/changes"),
    ("Measures", "/measures"),
    ("Screening", "/screening"),
    ("Articles", "/articles"),
    ("Sources", "/sources"),
    ("Review", "/review"),
    ("Moderation", "/moderation"),
)
"""Links at the head of every page: name and address."""


def navigation(actor: Actor | None, settings: Settings) -> list[tuple[str, str]]:
    """Those of `NAVIGATION` that who is signed in may open (`actor` is None: nobody is)."""
    return [(name, address) for name, address in NAVIGATION if may(actor, wanted_scope(address), settings)]


environment = Environment(
    loader=PackageLoader("vacatur.service.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
environment.filters.update(FILTERS)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a long list: `rows` are items `first` to `last` (from 1) of `total`; `before`/`after` are addresses."""

    rows: list[Any]
    first: int
    last: int
    total: int
    before: str | None
    after: str | None


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page that `template` makes of `values`.

    Templates see the request's path as `path`, who is signed in as `actor` (None: nobody), and `csrf_field`, which
    every form with method="post" must hold. What a signed-in person sees is kept in no cache.
    """
    actor, field = actor_of(request), csrf_field(request)
    links = navigation(actor, request.app.state.settings)
    shared = {"path": request.url.path, "navigation": links, "actor": actor, "csrf_field": field}
    text = environment.get_template(template).render(shared | values)
    return Response(text, status, {"cache-control": "no-store"} if actor else None, media_type="text/html")


def listing(request: Request, rows: list[Any], number: int, size: int = 50) -> Listing:
    """Page `number` (from 1) of `rows`; addresses keep the request's other parameters."""
    first = (number - 1) * size

    def address(other: int) -> str:
        kept = [(key, value) for key, value in request.query_params.multi_items() if key != "page"]
        return "?" + urlencode([*kept, ("page", str(other))])

    return Listing(
        rows[first : first + size],
        first + 1,
        min(first + size, len(rows)),
        len(rows),
        address(number - 1) if number > 1 else None,
        address(number + 1) if first + size < len(rows) else None,
    )
