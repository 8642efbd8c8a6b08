"""Templates to responses."""

from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from vacatur.service.session import actor_of, csrf_field

environment = Environment(
    loader=PackageLoader("vacatur.service.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page that `template` makes of `values`.

    Templates see the request's path as `path`, who is signed in as `actor` (None: nobody), and `csrf_field`, which
    every form with method="post" must hold. What a signed-in person sees is kept in no cache.
    """
    actor, field = actor_of(request), csrf_field(request)
    shared = {"path": request.url.path, "actor": actor, "csrf_field": field}
    text = environment.get_template(template).render(shared | values)
    return Response(text, status, {"cache-control": "no-store"} if actor else None, media_type="text/html")
