"""Which sources there are: every entry point of the group `vacatur.sources`, ours and those of other packages."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from vacatur.errors import UserError
from vacatur.sources.base import ManyLists, Source

GROUP = "vacatur.sources"


class UnknownSourceError(UserError):
    """No source has that name; the message lists those there are."""


@cache
def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def source_names() -> list[str]:
    """The names of all sources, sorted."""
    return list(_points())


def find_source(name: str) -> Source:
    """The source called `name`, or `name:list` for one of several lists; raises `UnknownSourceError`."""
    general, _, own = name.partition(":")
    point = _points().get(general)
    source: Source | None = point.load()() if point else None
    if own and source is not None:
        source = source.called(name) if isinstance(source, ManyLists) else None
    if source is None:
        raise UnknownSourceError(f"no source is called {name!r}; there are: {', '.join(source_names())}")
    return source
