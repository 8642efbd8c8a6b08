"""What answers rest on: the register and its index, opened once and swapped when either changes.

A request takes `current()` once and keeps it to its end; a new edition is made beside and then put in its place, so
that an update fails no request. Past states of the register are answered from an index of that very state, so that
scores, which depend on how common words are, stay the same for ever.
"""

import gc
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache

import structlog
from sqlalchemy.exc import SQLAlchemyError

from vacatur.errors import UserError
from vacatur.law.moments import Instant, Moment, starts
from vacatur.matching.index import Index, IndexFileError, build_index
from vacatur.matching.model import Query
from vacatur.news.article import Article
from vacatur.news.kept import with_related
from vacatur.news.names import NameIndex
from vacatur.news.reading import Reading, index_of, read_article
from vacatur.news.registered import RegisteredRecord
from vacatur.register import Register
from vacatur.register.difference import NoSuchEditionError, PartyChange, between, edition
from vacatur.register.differences import EditionDifference, edition_differences
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.snapshot import DOSSIERS, RecordedAct
from vacatur.review.recheck import recheck
from vacatur.screening.indexing import alone, index_path, indexed_parties, open_index
from vacatur.screening.ownership import Ownership, ownership_of
from vacatur.screening.rosters import Rosters, rosters
from vacatur.screening.screen import Answer, Screener
from vacatur.screening.standing import Asked, Dossier, asked_moment
from vacatur.service.settings import Settings

log = structlog.get_logger("vacatur.service")

KEPT_SCREENERS = 8
"""States of knowledge whose opened dossiers are remembered."""

KEPT_ROSTERS = 3
"""States of knowledge whose lists of members are remembered."""

KEPT_CHANGES = 4
"""Pairs of editions of a list whose differences are remembered."""

KEPT_EDITIONS = 4
"""Past states of the register whose index stays open and on disk."""


WAITING = 4
"""Requests that may wait while a past state, or lists as known then, are prepared: more would hold up all others."""


class BusyError(UserError):
    """Asked for more than can be prepared at once; it can be asked again."""


class QuestionError(UserError):
    """The question can't be answered as it was put; says why."""


class NotFoundError(UserError):
    """There is no such party, source or act."""


class Edition:
    """The register after one transaction, with the index of that state."""

    def __init__(self, register: Register, index: Index) -> None:
        self.register = register
        self.index = index
        self.transaction = index.transaction
        self.snapshot = register.snapshot(index.transaction)
        self._choosing = threading.Lock()
        self._acts: tuple[RecordedAct, ...] | None = None
        self._names: NameIndex | None = None
        self._gathering = threading.Lock()
        self._naming = threading.Lock()
        self._patient = threading.BoundedSemaphore(WAITING)
        self._rosters: OrderedDict[Moment | None, Rosters] = OrderedDict()
        self._screeners: OrderedDict[Moment | None, Screener] = OrderedDict()
        self.changes = lru_cache(KEPT_CHANGES)(self._changes)

    def screener(self, asked: Asked) -> Screener:
        """The screener for what was known then; its dossiers are remembered."""
        known = self._knowledge(asked)
        with self._choosing:
            found = self._screeners.pop(known, None) or Screener(self.register, self.index, asked)
            self._screeners[known] = found
            while len(self._screeners) > KEPT_SCREENERS:
                self._screeners.popitem(last=False)
            return found

    def screen(self, query: Query, asked: Asked, *, limit: int, threshold: float) -> Answer:
        """Who `query` may mean, with statuses."""
        return self.screener(asked).screen_as_of(query, asked, limit, threshold)

    def acts(self) -> tuple[RecordedAct, ...]:
        """Every act that stands, read once."""
        if self._acts is None:
            self._acts = self.snapshot.acts()
        return self._acts

    @cached_property
    def acts_by_id(self) -> dict[str, RecordedAct]:
        """Every act that stands, by its id."""
        return {item.act.id: item for item in self.acts()}

    @cached_property
    def all_public_from(self) -> Instant:
        """From when on everything that this edition holds was public."""
        days = [starts(item.day) + 2 * 86_400 for item in self.snapshot.vintages if item.source != DOSSIERS]
        return max([item.act.known_from for item in self.acts()] + days, default=0)

    def _knowledge(self, asked: Asked) -> Moment | None:
        """What tells states of knowledge apart: None for every one that knows all that this edition holds."""
        return None if asked.known_at() >= self.all_public_from else asked.known

    def rosters(self, asked: Asked) -> Rosters:
        """Every measure with its members, as known at `asked.known`; worked out once for each state of knowledge.

        Raises:
            BusyError: too many wait for others.
        """
        known = self._knowledge(asked)
        if found := self._rosters.get(known):
            return found
        with _waiting(self._patient, "lists as known at other times"), self._gathering:
            found = self._rosters.get(known) or rosters(self.snapshot, asked)
            self._rosters[known] = found
            if len(self._rosters) > KEPT_ROSTERS:  # what is known now is asked for most: it stays
                del self._rosters[next(key for key in self._rosters if key is not None)]
            return found

    @cached_property
    def recorded_at(self) -> str:
        """When this edition's transaction was recorded: ISO 8601 in UTC."""
        return self.register.recorded_at([self.transaction])[self.transaction]

    @cached_property
    def differences(self) -> tuple[EditionDifference, ...]:
        """What each edition of a list changed, the newest first."""
        return edition_differences(self.snapshot)

    def _changes(self, source: str, first: date, last: date) -> tuple[PartyChange, ...]:
        """How parties differ between two editions of a source, by id; the last few are remembered.

        Raises:
            NotFoundError: there is no edition of that day.
        """
        try:
            before, after = (edition(self.snapshot, source, day) for day in (first, last))
        except NoSuchEditionError as error:
            raise NotFoundError(str(error)) from None
        return tuple(between(self.snapshot, before, after))

    def rosters_now(self) -> Rosters:
        """The rosters with all that this edition holds, whenever it was or will be public."""
        return self.rosters(Asked(date.max, date.max, self.transaction))

    def dossier(self, party: str, asked: Asked) -> Dossier:
        """The dossier of a party by any id that it has gone by.

        Raises:
            NotFoundError: the register has no such party.
        """
        found = self.screener(asked).dossier(party)
        if found is None:
            raise NotFoundError(f"no party has the id {party[:100]!r}")
        return found

    def read(self, page: str | Article, *, url: str | None = None, published: date | None = None) -> Reading:
        """An article against the register as it is known now, with the kept articles that belong to it.

        Raises:
            PageError: the page holds no article.
        """
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        record = RegisteredRecord(self.screener(Asked(now, now, self.transaction)), self.index)
        with self._naming:
            if self._names is None:
                self._names = index_of(record)
        reading = read_article(page, record, index=self._names, url=url, published=published)
        return with_related(self.register, reading)

    def ownership(self, dossier: Dossier, asked: Asked) -> Ownership:
        """Who owns the party and whom it owns, and its statuses by ownership."""
        return ownership_of(dossier, self.snapshot, asked, self.screener(asked).dossier)


class Engine:
    """The editions of one register; `current()` costs nothing."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.register = Register.open(settings.register)
        ensure_dossiers(self.register)
        self._current = self._open_current()
        self._past: OrderedDict[int, Edition] = OrderedDict()
        self._making = threading.Lock()
        self._patient = threading.BoundedSemaphore(WAITING)
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="vacatur-refresh", daemon=True)

    def start(self) -> None:
        """Begin to look for updates."""
        self._watcher.start()

    def close(self) -> None:
        """Stop looking and give back every connection."""
        self._stopped.set()
        if self._watcher.is_alive():
            self._watcher.join(timeout=60)
        self.register.close()

    def current(self) -> Edition:
        """The newest edition."""
        return self._current

    def refresh(self) -> bool:
        """Take in a change of the register or of its index; whether there was one."""
        if self.register.newest_transaction() == self._current.transaction:
            return False
        self._current = self._open_current()
        return True

    def edition(self, transaction: int) -> Edition:
        """The edition of a past transaction (its index is made at its first use), or the current one.

        Raises:
            BusyError: too many wait for others.
        """
        current = self._current
        if transaction == current.transaction:
            return current
        if found := self._past.get(transaction):
            return found
        with _waiting(self._patient, "other past states of the register"), self._making:
            found = self._past.get(transaction) or self._open_past(transaction)
            self._past[transaction] = found
            while len(self._past) > KEPT_EDITIONS:
                self._past.popitem(last=False)
            return found

    def ask(self, on: str | None, known: str | None, recorded: str | None) -> tuple[Edition, Asked]:
        """The three times of a question as text, each now by default, and the edition that answers it.

        Raises:
            QuestionError: a time can't be read, or the register has no such transaction.
        """
        current = self._current
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        transaction = self._transaction(recorded, current.transaction)
        return self.edition(transaction), Asked(_moment(on, now, "on"), _moment(known, now, "known"), transaction)

    def _transaction(self, recorded: str | None, newest: int) -> int:
        if not recorded:
            return newest
        if recorded.isascii() and recorded.isdigit() and len(recorded) < 8:
            transaction = int(recorded)
        else:
            transaction = min(newest, self.register.transaction_at(_moment(recorded, datetime.now(UTC), "recorded")))
        if not 0 < transaction <= newest:
            raise QuestionError(f"recorded: the register has transactions 1 to {newest}")
        return transaction

    def _watch(self) -> None:
        is_rechecked = is_swapped = False
        while not self._stopped.wait(self.settings.refresh_seconds):
            if is_swapped:  # by now no request uses the edition before, whose caches hold one another
                gc.collect()
                is_swapped = False
            try:
                is_swapped = self.refresh()
                if is_swapped or not is_rechecked:
                    self._recheck()
                    self._current.rosters_now()  # so that who asks first for a list needn't wait for all of them
                    is_rechecked = True
            except (UserError, SQLAlchemyError, sqlite3.Error, OSError) as error:  # the old edition serves meanwhile
                log.warning("refresh_failed", error=type(error).__name__)

    def _recheck(self) -> None:
        """Bring back the decided cases that the update concerns; an index of its own, as requests search the other."""
        index = open_index(self.register)
        try:
            recheck(self.register, index, index.transaction)
        finally:
            index.close()

    def _open_current(self) -> Edition:
        return Edition(self.register, open_index(self.register))

    def _open_past(self, transaction: int) -> Edition:
        path = index_path(self.register).with_suffix(f".{transaction}.index")
        with alone(index_path(self.register)):
            try:
                return Edition(self.register, Index.open(path))
            except IndexFileError:
                path.unlink(missing_ok=True)
            past = path.parent.glob(f"{self.register.stem}.*.index")
            for old in sorted(past, key=lambda file: file.stat().st_mtime)[: -KEPT_EDITIONS + 1]:
                old.unlink(missing_ok=True)
            build_index(path, indexed_parties(self.register.snapshot(transaction)), transaction=transaction)
            return Edition(self.register, Index.open(path))


@contextmanager
def _waiting(patient: threading.Semaphore, what: str) -> Iterator[None]:
    """A place among the few requests that may wait for something to be prepared.

    Raises:
        BusyError: there is none left.
    """
    if not patient.acquire(blocking=False):
        raise BusyError(f"{what} are being prepared: ask again in a moment")
    try:
        yield
    finally:
        patient.release()


def _moment(text: str | None, default: Moment, name: str) -> Moment:
    if not text:
        return default
    try:
        return asked_moment(text.replace(" ", "+") if "T" in text else text)
    except ValueError as error:
        raise QuestionError(f"{name}: {error}") from None
