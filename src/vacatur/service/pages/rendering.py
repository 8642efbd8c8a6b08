"""Templates to responses."""

from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

environment = Environment(
    loader=PackageLoader("vacatur.service.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page that `template` makes of `values`; templates see the request's path as `path`."""
    text = environment.get_template(template).render(path=request.url.path, **values)
    return Response(text, status, media_type="text/html")
