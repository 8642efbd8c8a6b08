"""What every source has in common: the document it is given, the reading it returns, the error it raises."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

from vacatur.errors import UserError
from vacatur.law.acts import Act, Measure
from vacatur.parties import Entry

ARRANGEMENT = "arrangement by a third party, not the official document: where they differ, the official one is right"
"""The note of a reading that is no official document; an official one of the same edition outranks it."""


class SourceError(UserError):
    """A file that can't be read as what it should be: says which file, where in it, why, and what to do."""

    def __init__(self, document: str, reason: str, *, line: int | None = None, advice: str = "") -> None:
        self.document, self.reason, self.line, self.advice = document, reason, line, advice
        place = f"{document}, line {line}" if line is not None else document
        super().__init__(f"{place}: {reason}" + (f". {advice}" if advice else ""))


@dataclass(frozen=True, slots=True)
class ListDocument:
    """One dated edition as files on disk: the main file, and companions by role (`alt`, `add`, `comments` …).

    `vintage` is the day of the edition when the user or the fetcher knows it; a source whose file states its own
    date may leave it None and return the stated date in `Reading.vintage`.
    """

    path: Path
    companions: Mapping[str, Path] = field(default_factory=dict)
    vintage: date | None = None

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name


@dataclass(slots=True)
class Reading:
    """What a source read: `entries` is consumed once, as a stream; the rest is filled when it is exhausted.

    `lists` are the publisher's lists that this document covers, as {list: measure id}: an entry's absence means
    something only under those. `measures` are those that the document itself describes. `skipped` counts rows that
    were no entries (header rows in the middle …), by reason.

    `touched` is None when `entries` is all that the edition shows. Else the edition shows them in place of what the one
    before it showed about the parties `touched`, and about all others the same; `lists` then has those of `entries`.
    """

    entries: Iterator[Entry]
    vintage: date | None = None
    lists: dict[str, str] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    touched: frozenset[str] | None = None

    def skip(self, reason: str) -> None:
        """Count one row that is no entry."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


class Source(Protocol):
    """A publisher's list and how to read it: one module, one entry in the `vacatur.sources` entry-point group."""

    name: str
    """As typed: `ofac-sdn`."""
    title: str
    """As shown: "OFAC Specially Designated Nationals (SDN) list"."""
    urls: tuple[str, ...]
    """Official addresses of the main file, tried in order; empty when it can't be fetched."""

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` at once or while streaming when the file is not what it should be."""
        ...

    def companions(self, path: Path) -> Mapping[str, Path]:
        """Files beside `path` that belong to it, by role; empty for formats of one file."""
        ...


@runtime_checkable
class ManyEditions(Protocol):
    """A source whose one file may hold several editions, each read by giving its day as the vintage."""

    def editions(self, document: ListDocument) -> tuple[date, ...]:
        """The days of the editions in the file, ascending."""
        ...


@runtime_checkable
class ManyLists(Protocol):
    """A source that reads lists which have nothing to do with each other: each is a source of its own, `name:list`."""

    def one(self, document: ListDocument) -> Source:
        """The source of the one list that a document is; raises `SourceError` when that can't be told."""
        ...

    def called(self, name: str) -> Source | None:
        """The source of the one list called `name` (with this source's own name before a colon); None if none is."""
        ...


@dataclass(frozen=True, slots=True)
class Memory:
    """What a source may rest on when it reads an edition that follows on another.

    `path` is the file that the source itself keeps between readings; what it holds is of use only if it is of the
    edition called `before` (None: there is none). From then on it is of the edition called `after`. `documents` are the
    files of the edition before, the whole one first and then the deltas to it; empty when they are gone.
    """

    path: Path
    before: str | None
    after: str
    documents: tuple[Path, ...] = ()


@runtime_checkable
class Remembering(Protocol):
    """A source that keeps how it read an edition, so that the next one, whole or a delta, costs what differs."""

    def is_delta(self, document: ListDocument) -> bool:
        """Whether a document is a delta, which says nothing without the edition that it follows."""
        ...

    def reading(self, document: ListDocument, memory: Memory) -> AbstractContextManager[Reading]:
        """Read a document that follows on the edition before; what is kept is put back if the block raises.

        `Reading.touched` then says whom the entries are about. The result is that of reading the whole edition.

        Raises:
            SourceError: as `Source.read`; or a delta that was made for another edition.
        """
        ...


@runtime_checkable
class SeveralFiles(Protocol):
    """A source whose edition is fetched as several files."""

    def addresses_beside(self, url: str) -> tuple[str, ...]:
        """The addresses of the files that belong to the main file at `url`."""
        ...


@runtime_checkable
class DatedAddresses(Protocol):
    """A source whose addresses have `{day}` in them: the newest edition's, which another document states."""

    calendar: str
    """The address of the document that states it."""

    def newest_day(self, calendar: bytes) -> date:
        """The day of the newest edition; raises `SourceError` when the document does not state it."""
        ...


Sources: TypeAlias = Mapping[str, Source]
