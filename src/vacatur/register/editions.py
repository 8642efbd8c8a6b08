"""The newest edition of a source: what it holds, and the files that made it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from vacatur.register.schema import deltas, documents, vintages


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that the register holds.

    `content` names what it shows: the hash of the file, or, of a delta, that of what it followed and the file together.
    `documents` are the paths of the whole file and the deltas after it, within the folder of documents.
    """

    id: int
    day: date
    sha256: str
    entries: int
    counts: Mapping[str, int]
    lists: Mapping[str, str]
    content: str
    documents: tuple[Path, ...]


def newest_edition(connection: Connection, source: str) -> Edition | None:
    """The edition of the latest day, of those of one day the last; None when there is none."""
    row = connection.execute(
        select(vintages)
        .where(vintages.c.source == source, vintages.c.retracted.is_(None))
        .order_by(vintages.c.day.desc(), vintages.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    content, files = "", []
    for sha256, name in reversed(_files(connection, row.id)):
        content = content_after(content, sha256)
        files.append(Path(sha256, name))
    return Edition(row.id, row.day, row.sha256, row.entries, row.counts, row.lists, content, tuple(files))


def content_after(content: str, sha256: str) -> str:
    """What names the content of an edition: of a whole file (`content` is empty) its hash; see `Edition.content`."""
    return hashlib.sha256(f"{content} {sha256}".encode()).hexdigest() if content else sha256


def _files(connection: Connection, vintage: int) -> list[tuple[str, str]]:
    """(hash, name) of the file of an edition, and of those that it followed, up to a whole one."""
    found: list[tuple[str, str]] = []
    step: int | None = vintage
    while step is not None:
        row = connection.execute(
            select(documents.c.sha256, documents.c.name, deltas.c.follows)
            .select_from(vintages)
            .join(documents, documents.c.sha256 == vintages.c.sha256)
            .outerjoin(deltas, deltas.c.vintage == vintages.c.id)
            .where(vintages.c.id == step)
        ).one()
        found.append((row.sha256, row.name))
        step = row.follows
    return found
