"""A source brought up to date from its publisher: fetched, read, recorded or held, and the check written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from sqlalchemy import select

from vacatur.errors import UserError
from vacatur.fetching.addresses import FetchError
from vacatur.fetching.download import Downloaded, Downloader, Progress, Validators
from vacatur.fetching.mirrors import Mirrors
from vacatur.register.aside import ACCEPTED, DROPPED, HeldDocument, decide, document_of
from vacatur.register.checks import Check, Outcome, last_checks, record_check
from vacatur.register.register import Register
from vacatur.register.schema import vintages
from vacatur.register.update import Held, Updated, check_readable, digest_of, editions_of, update_from_file
from vacatur.register.update import Progress as ReadProgress
from vacatur.sources.base import (
    DatedAddresses,
    ListDocument,
    ManyLists,
    SeveralFiles,
    Source,
)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of one source: the outcome, where it came from, what was recorded, and a word on why not."""

    source: str
    outcome: Outcome
    url: str | None = None
    updated: tuple[Updated, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Edition:
    document: ListDocument
    url: str
    validators: Mapping[str, Validators]


def can_be_fetched(source: Source, mirrors: Mirrors) -> bool:
    """Whether a source has an address, official or of a mirror."""
    return bool(mirrors.main_files(source.name, source.urls))


def refresh(
    register: Register,
    source: Source,
    downloader: Downloader,
    *,
    actor: str,
    mirrors: Mirrors,
    received: Progress | None = None,
    progress: ReadProgress | None = None,
) -> Refreshed:
    """Fetch the newest edition of `source` and record it, address after address until one serves.

    Never raises for what a publisher did: the outcome says it, and the check is written down either way. What was
    recorded before stays whatever happens.
    """
    last = last_checks(register, good=True).get(source.name)
    failures: list[str] = []
    for url in mirrors.main_files(source.name, source.urls):
        with TemporaryDirectory(prefix="vacatur-fetch-") as folder:
            try:
                edition = _fetch(source, url, downloader, mirrors, last, Path(folder), received)
                if edition is None:
                    return _unchanged(register, source, actor, last, url, "not modified since")
                return _record(register, source, edition, actor, last, progress)
            except UserError as error:
                failures.append(str(error))
    note = "; ".join(dict.fromkeys(failures)) or "has no address to fetch from: read a file with --from"
    record_check(register, Check(source.name, datetime.now(UTC), actor, Outcome.FAILED, note=note))
    return Refreshed(source.name, Outcome.FAILED, note=note)


def read_file(
    register: Register,
    source: Source,
    document: ListDocument,
    *,
    actor: str,
    url: str | None = None,
    accept_shrunken: bool = False,
    progress: ReadProgress | None = None,
) -> Refreshed:
    """Record every edition that a file holds, each in a transaction of its own, until one is held.

    Raises:
        SourceError: the file is not what it should be; editions before the damage may have been recorded.
    """
    check_readable(document)
    if isinstance(source, ManyLists):
        source = source.one(document)
    return _read_editions(register, source, document, actor, url, progress, accept_shrunken=accept_shrunken)


def _read_editions(
    register: Register,
    source: Source,
    document: ListDocument,
    actor: str,
    url: str | None,
    progress: ReadProgress | None,
    *,
    accept_shrunken: bool,
) -> Refreshed:
    done: list[Updated] = []
    try:
        for edition in editions_of(source, document):
            updated = update_from_file(
                register,
                source,
                edition,
                actor=actor,
                url=url,
                accept_shrunken=accept_shrunken,
                progress=progress,
            )
            done.append(updated)
    except Held as held:
        return Refreshed(source.name, Outcome.HELD, url, tuple(done), "; ".join(held.reasons))
    outcome = Outcome.RECORDED if any(updated.new for updated in done) else Outcome.UNCHANGED
    return Refreshed(source.name, outcome, url, tuple(done))


def accept_held(
    register: Register,
    source: Source,
    item: HeldDocument,
    *,
    actor: str,
    why: str,
    progress: ReadProgress | None = None,
) -> Refreshed:
    """Record a held document after all, on a person's word.

    Raises:
        HeldError: its file is gone.
        SourceError: it can no longer be read.
    """
    document = document_of(register, item)
    updated = update_from_file(
        register, source, document, actor=actor, url=item.url, accept_shrunken=True, progress=progress
    )
    decide(register, item, ACCEPTED, actor=actor, why=why)
    return Refreshed(item.source, Outcome.RECORDED, item.url, (updated,))


def drop_held(register: Register, item: HeldDocument, *, actor: str, why: str) -> Refreshed:
    """Dismiss a held document, on a person's word; its file stays in the store."""
    decide(register, item, DROPPED, actor=actor, why=why)
    return Refreshed(item.source, Outcome.UNCHANGED, item.url, note=f"the held edition of {item.day} was dropped")


def _fetch(
    source: Source,
    url: str,
    downloader: Downloader,
    mirrors: Mirrors,
    last: Check | None,
    folder: Path,
    received: Progress | None,
) -> _Edition | None:
    """The files of the edition at `url`; None when its publisher says that none of them has changed."""
    day = None
    if isinstance(source, DatedAddresses) and "{day}" in url:
        day = _newest_day(source, downloader, mirrors, folder)
        url = url.replace("{day}", day.isoformat())
    beside = source.addresses_beside(url) if isinstance(source, SeveralFiles) else ()
    known = dict(last.validators) if last else {}
    wanted = (url, *beside)
    conditional = all(address in known for address in wanted)
    files: dict[str, Downloaded] = {}
    for address in wanted:
        found = downloader.get(address, folder / _file_name(address), known[address] if conditional else None, received)
        if found is not None:
            files[address] = found
    if not files:
        return None
    for address in wanted:
        if address not in files:
            again = downloader.get(address, folder / _file_name(address), None, received)
            if again is None:
                raise FetchError(f"{address}: the publisher says “not modified” without being asked")
            files[address] = again
    path = files[url].path
    document = ListDocument(path, source.companions(path), day)
    return _Edition(document, url, {address: found.validators for address, found in files.items()})


def _newest_day(source: DatedAddresses, downloader: Downloader, mirrors: Mirrors, folder: Path) -> date:
    path = folder / "calendar"
    downloader.get(mirrors.address(source.calendar), path)
    day = source.newest_day(path.read_bytes())
    path.unlink()
    return day


def _record(
    register: Register,
    source: Source,
    edition: _Edition,
    actor: str,
    last: Check | None,
    progress: ReadProgress | None,
) -> Refreshed:
    sha256 = digest_of(edition.document)
    if sha256 in {_newest_document(register, source.name), last.sha256 if last else None}:
        now = datetime.now(UTC)
        same = Check(source.name, now, actor, Outcome.UNCHANGED, edition.url, edition.validators, sha256)
        return _unchanged(register, source, actor, same, edition.url, "the same file as before")
    done = read_file(register, source, edition.document, actor=actor, url=edition.url, progress=progress)
    now = datetime.now(UTC)
    check = Check(source.name, now, actor, done.outcome, edition.url, edition.validators, sha256, done.note)
    record_check(register, check)
    return done


def _unchanged(register: Register, source: Source, actor: str, last: Check | None, url: str, note: str) -> Refreshed:
    validators, sha256 = (last.validators, last.sha256) if last else ({}, None)
    check = Check(source.name, datetime.now(UTC), actor, Outcome.UNCHANGED, url, validators, sha256, note)
    record_check(register, check)
    return Refreshed(source.name, Outcome.UNCHANGED, url, note=note)


def _newest_document(register: Register, source: str) -> str | None:
    """The hash of what was recorded last of a source."""
    newest = (
        select(vintages.c.sha256)
        .where(vintages.c.source == source, vintages.c.retracted.is_(None))
        .order_by(vintages.c.id.desc())
        .limit(1)
    )
    with register.engine.connect() as connection:
        return connection.scalar(newest)


def _file_name(url: str) -> str:
    """A file name for an address: its own where it has a plain one, so that companions are recognised by theirs."""
    name = PurePosixPath(urlsplit(url).path).name
    plain = "".join(character for character in name if character.isalnum() or character in "-_.").lstrip(".")
    return plain[:100] or "list"
