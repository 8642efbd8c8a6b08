"""Styles, scripts and pictures of the pages: files of the package, read once."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

from vacatur.service.engine import NotFoundError

router = APIRouter()

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@cache
def _contents() -> dict[str, bytes]:
    folder = files("vacatur.service.pages") / "static"
    return {item.name: item.read_bytes() for item in folder.iterdir() if item.is_file()}


@router.get("/static/{name}")
def static_file(name: str) -> Response:
    """One file by its name."""
    content = _contents().get(name)
    if content is None:
        raise NotFoundError(f"no static file is called {name[:100]!r}")
    return Response(
        content, media_type=TYPES[name.rpartition(".")[2]], headers={"cache-control": "public, max-age=3600"}
    )
