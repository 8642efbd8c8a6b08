"""A document as its source reads it: by itself, or by what it differs in from the newest edition of the register."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from vacatur.parties import entry_from_json
from vacatur.register.editions import Edition, content_after, newest_edition
from vacatur.register.presence import present_of
from vacatur.register.record import Follows, StoredDocument
from vacatur.register.register import Register, Writer
from vacatur.register.staging import Tally
from vacatur.sources.base import ListDocument, Memory, Reading, Remembering, Source, SourceError


@contextmanager
def reading_of(
    register: Register, writer: Writer, source: Source, document: ListDocument, stored: StoredDocument
) -> Iterator[tuple[Reading, Edition | None]]:
    """The reading of a document, and the newest edition of its source; inside the transaction that records it.

    What a source keeps between readings (see `Remembering`) is put back if the block raises.

    Raises:
        SourceError: see `Source.read`; or a delta older than the newest edition.
    """
    before = newest_edition(writer.connection, source.name)
    if isinstance(source, Remembering):
        if source.is_delta(document):
            with source.reading(document, _memory(register, source, stored, before, is_delta=True)) as reading:
                if before is not None and _day(reading) < before.day:
                    raise SourceError(
                        document.name,
                        f"is a delta of {_day(reading)}, and the newest edition is of {before.day}",
                        advice="A delta follows on the newest edition; --vintage gives its day",
                    )
                yield reading, before
            return
        if before is None or document.vintage is None or document.vintage >= before.day:
            try:
                with source.reading(document, _memory(register, source, stored, before, is_delta=False)) as reading:
                    if before is not None and reading.touched is not None and _day(reading) < before.day:
                        raise _OlderError
                    yield reading, before
                return
            except _OlderError:
                pass
    yield source.read(document), before


class _OlderError(Exception):
    """A whole document turned out to be older than the edition that it was compared with."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An edition in all: what it shows and covers, and how it was read if that was by what differs."""

    tally: Tally
    lists: Mapping[str, str]
    follows: Follows | None


def whole_of(
    connection: Connection, source: str, before: Edition | None, reading: Reading, came: Tally, *, by_delta: bool
) -> Whole:
    """The edition in all, when `came` was read of it; see `Reading.touched`."""
    if before is None or reading.touched is None:
        return Whole(came, reading.lists, None)
    counts = came.lists.copy()
    counts.update(before.counts)
    shown: dict[int, str] = {}
    for number, party, data in present_of(connection, before.id, source, sorted(reading.touched)):
        shown[number] = party
        counts.subtract(listing.list for listing in entry_from_json(json.loads(data)).listings)
    tally = Tally(before.entries - len(shown) + came.entries, +counts, came.newest_before)
    lists = {name: measure for name, measure in {**before.lists, **reading.lists}.items() if name in tally.lists}
    return Whole(tally, lists, Follows(before.id, before.day, by_delta, shown))


def _memory(
    register: Register, source: Source, stored: StoredDocument, before: Edition | None, *, is_delta: bool
) -> Memory:
    content = before.content if before else ""
    files = [register.folder / "documents" / path for path in before.documents] if before else []
    return Memory(
        register.folder / f"{register.stem}.{source.name}.memory",
        content or None,
        content_after(content if is_delta else "", stored.sha256),
        tuple(files) if all(file.is_file() for file in files) else (),
    )


def _day(reading: Reading) -> date:
    return reading.vintage or datetime.now(UTC).date()
