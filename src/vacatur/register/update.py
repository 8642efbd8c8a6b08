"""An update: a document is read, weighed against the last edition, and recorded in one transaction, or held."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from vacatur.law.acts import Measure
from vacatur.parties import Entry
from vacatur.register.aside import keep_aside, settle
from vacatur.register.dossiers import crosswalk
from vacatur.register.editions import Edition, newest_edition
from vacatur.register.identity import join_parties, record_crosswalk
from vacatur.register.rank import rival
from vacatur.register.reading import reading_of, whole_of
from vacatur.register.record import (
    Difference,
    StoredDocument,
    has_vintage,
    record_acts,
    record_measures,
    record_vintage,
)
from vacatur.register.register import Register
from vacatur.register.schema import vintages
from vacatur.register.staging import Tally, stage_entries, staged
from vacatur.sources.base import ARRANGEMENT, ListDocument, ManyEditions, Reading, Remembering, Source, SourceError
from vacatur.sources.dossiers import load

SHRUNKEN = 0.25
"""A list that loses more than this share of its entries at once is held until a person accepts it."""

SMALL_LIST = 20
"""Lists shorter than this may lose this many entries before they are held."""

Progress = Callable[[int], None]
"""Called now and then with the number of entries read so far."""


class Held(Exception):  # noqa: N818 - an outcome that a person decides, not an error
    """The document is kept aside: it would take too much off a list. The register is as it was."""

    def __init__(self, source: str, day: date, reasons: list[str]) -> None:
        self.source, self.day, self.reasons = source, day, reasons
        super().__init__(f"{source} {day}: {'; '.join(reasons)}")


@dataclass(frozen=True, slots=True)
class Updated:
    """What one document brought. `new` is False when the register already had this file as this edition."""

    source: str
    vintage: date
    new: bool
    entries: int = 0
    difference: Difference | None = None
    joined: int = 0
    proposed: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def update_from_file(
    register: Register,
    source: Source,
    document: ListDocument,
    *,
    actor: str,
    url: str | None = None,
    accept_shrunken: bool = False,
    progress: Progress | None = None,
) -> Updated:
    """Read `document` as `source` and record it as a vintage, in one transaction.

    Raises:
        SourceError: the file is not what it should be; nothing was recorded.
        Held: the file would take too much off a list; it is kept aside and nothing else was recorded.
    """
    check_readable(document)
    stored = store_document(register, document, url)
    if (same := _read_already(register, source, document, stored)) is not None:
        return Updated(source.name, same.day, new=False, entries=same.entries)
    try:
        updated = _record(register, source, document, stored, actor, progress, accept_shrunken=accept_shrunken)
    except Held as held:
        edition = replace(document, vintage=held.day)
        keep_aside(register, source.name, edition, stored.sha256, held.reasons, actor=actor, url=url)
        raise
    if updated.new:
        settle(register, source.name, updated.vintage, stored.sha256, actor=actor)
    return updated


def _read_already(register: Register, source: Source, document: ListDocument, stored: StoredDocument) -> Edition | None:
    """The newest edition, if this very delta made it: it can't be applied to that again."""
    if not isinstance(source, Remembering) or not source.is_delta(document):
        return None
    with register.engine.connect() as connection:
        newest = newest_edition(connection, source.name)
    return newest if newest is not None and newest.sha256 == stored.sha256 else None


def _record(
    register: Register,
    source: Source,
    document: ListDocument,
    stored: StoredDocument,
    actor: str,
    progress: Progress | None,
    *,
    accept_shrunken: bool,
) -> Updated:
    with (
        register.transaction(actor, f"update {source.name} from {document.name}") as writer,
        reading_of(register, writer, source, document, stored) as (reading, before),
    ):
        links: dict[str, str] = {}
        came = stage_entries(writer, source.name, _recognised(_counted(reading.entries, progress), links))
        by_delta = isinstance(source, Remembering) and source.is_delta(document)
        whole = whole_of(writer.connection, source.name, before, reading, came, by_delta=by_delta)
        tally = whole.tally
        if not tally.entries:
            raise SourceError(document.name, "holds no entries", advice="The register is as it was.")
        day = document.vintage or reading.vintage
        if day is None:
            day = datetime.now(UTC).date()
            reading.notes.append(f"neither the file nor --vintage gives its day: recorded as the edition of {day}")
        if has_vintage(writer.connection, source.name, day, stored.sha256):
            writer.connection.rollback()
            return Updated(source.name, day, new=False, entries=tally.entries)
        arranged = ARRANGEMENT in reading.notes
        other = rival(writer.connection, source.name, day, staged(), arranged=arranged)
        if other and arranged:
            writer.connection.rollback()
            note = f"the register has the official document of this edition, which counts: {other.in_words}"
            return Updated(source.name, day, new=False, entries=tally.entries, notes=(note,))
        if other:
            reading.notes.append(f"takes the place of an arrangement of this edition: {other.in_words}")
        if not accept_shrunken and (reasons := _shrunken(writer.connection, source.name, day, tally)):
            raise Held(source.name, day, reasons)
        record_measures(writer, _own_measures(document, reading))
        difference = record_vintage(
            writer,
            source.name,
            day,
            stored,
            tally,
            whole.lists,
            reading.notes,
            whole.follows,
        )
        joined = record_crosswalk(writer, links) + join_parties(writer, came.newest_before)
        proposals = [replace(act, proposed=True) for act in reading.acts]
        proposed = record_acts(writer, proposals, origin=source.name, actor=actor, reason=f"read in {document.name}")
    return Updated(
        source.name,
        day,
        new=True,
        entries=tally.entries,
        difference=difference,
        joined=joined,
        proposed=proposed,
        skipped=reading.skipped,
        notes=tuple(reading.notes),
    )


def editions_of(source: Source, document: ListDocument) -> tuple[ListDocument, ...]:
    """The document once for each edition that it holds; as it is when it holds one or its vintage is given."""
    check_readable(document)
    if document.vintage is None and isinstance(source, ManyEditions):
        return tuple(replace(document, vintage=day) for day in source.editions(document)) or (document,)
    return (document,)


def check_readable(document: ListDocument) -> None:
    """Raise `SourceError` when a file is missing, not a file, or empty."""
    for path in (document.path, *document.companions.values()):
        if not path.exists():
            raise SourceError(str(path), "no such file", advice="Check the path given to --from.")
        if not path.is_file():
            raise SourceError(str(path), "not a file", advice="Give the path of the list file itself.")
    if document.path.stat().st_size == 0:
        raise SourceError(
            str(document.path), "the file is empty", advice="The register is as it was; fetch the file again."
        )


def store_document(register: Register, document: ListDocument, url: str | None) -> StoredDocument:
    """Keep the main file and its companions by their common SHA-256 beside the register, written beside and renamed."""
    parts = _parts(document)
    sha256 = digest_of(document)
    folder = register.folder / "documents" / sha256
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".incoming-", dir=folder.parent))
        for part in parts:
            shutil.copyfile(part, beside / part.name)
        try:
            os.rename(beside, folder)
        except OSError:
            shutil.rmtree(beside, ignore_errors=True)
    return StoredDocument(sha256, document.name, sum(part.stat().st_size for part in parts), url)


def digest_of(document: ListDocument) -> str:
    """The common SHA-256 of the main file and its companions, in the order of their roles."""
    digest = hashlib.sha256()
    for part in _parts(document):
        with part.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _parts(document: ListDocument) -> list[Path]:
    return [document.path, *(document.companions[role] for role in sorted(document.companions))]


def _counted(stream: Iterator[Entry], progress: Progress | None) -> Iterator[Entry]:
    for number, entry in enumerate(stream, start=1):
        if progress and number % 500 == 0:
            progress(number)
        yield entry


def _recognised(stream: Iterator[Entry], links: dict[str, str]) -> Iterator[Entry]:
    """Pass entries on, noting in `links` those that the reviewed crosswalk knows as a party of the dossiers."""
    dossiers = load()
    for entry in stream:
        links.update(crosswalk(dossiers, [entry]))
        yield entry


def _own_measures(document: ListDocument, reading: Reading) -> list[Measure]:
    """The measures that a document describes; those of the dossiers are not its to describe."""
    taken = [measure.id for measure in reading.measures if measure.id in load().measures]
    if taken:
        raise SourceError(document.name, f"describes measure {taken[0]}, which is known: name it by its id alone")
    return reading.measures


def _shrunken(connection: Connection, source: str, day: date, tally: Tally) -> list[str]:
    """Why the edition is beyond belief beside the one before it, list by list; empty when it is not."""
    before = connection.execute(
        select(vintages.c.day, vintages.c.counts)
        .where(vintages.c.source == source, vintages.c.day <= day, vintages.c.retracted.is_(None))
        .order_by(vintages.c.day.desc(), vintages.c.id.desc())
        .limit(1)
    ).first()
    if before is None:
        return []
    reasons = []
    for name, count in sorted(before.counts.items()):
        now = tally.lists.get(name, 0)
        if count - now > max(SMALL_LIST, count * SHRUNKEN) or (now == 0 and count > 0):
            reasons.append(f"{name or 'the list'} would fall from {count} entries ({before.day}) to {now}")
    return reasons
