"""The main job: who may this be, and where does each of them stand on that day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from vacatur.law.moments import closes
from vacatur.law.report import Status
from vacatur.matching.index import Index
from vacatur.matching.model import Evidence, Match, Query
from vacatur.parties import Party
from vacatur.register import Register, Snapshot
from vacatur.register.checks import confirmed
from vacatur.register.snapshot import DOSSIERS
from vacatur.screening.ownership import Ownership, ownership_of
from vacatur.screening.standing import Asked, Dossier, open_dossier

DEFAULT_THRESHOLD = 0.7
DEFAULT_LIMIT = 10

STALE_AFTER = timedelta(days=30)
"""A source whose newest vintage, or last confirmation of it, is older than this on the day asked about is stale."""


KEPT_COVERAGES = 64
"""Legal moments whose coverage a screener remembers."""

KEPT_DOSSIERS = 10_000
"""Dossiers that a screener remembers: the same few parties are met again and again."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A party found: how well the query met it and why, its own statuses, and those by ownership."""

    party: Party
    referents: tuple[str, ...]
    score: float
    name: str
    evidence: tuple[Evidence, ...]
    statuses: tuple[Status, ...]
    ownership: Ownership


@dataclass(frozen=True, slots=True)
class Coverage:
    """A source that an answer rests on, and its newest vintage known then."""

    source: str
    vintage: date
    entries: int
    stale: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits by falling score, with what the answer rests on; without that "no hit" means nothing."""

    query: Query
    asked: Asked
    hits: tuple[Hit, ...]
    coverage: tuple[Coverage, ...]
    notes: tuple[str, ...]


class Screener:
    """Answers queries over one register and one index, with one state of knowledge.

    Dossiers are remembered between queries, as a file of customers meets the same few parties again and again.
    """

    def __init__(self, register: Register, index: Index, asked: Asked) -> None:
        self.index = index
        self.asked = asked
        self.snapshot: Snapshot = register.snapshot(asked.recorded)
        self._rests_on = lru_cache(KEPT_COVERAGES)(self._coverage_and_notes)
        self._opened = lru_cache(KEPT_DOSSIERS)(lambda party: open_dossier(self.snapshot, party, asked.known_at()))

    def screen(self, query: Query, *, limit: int = DEFAULT_LIMIT, threshold: float = DEFAULT_THRESHOLD) -> Answer:
        """Every party that `query` may mean, with its statuses on the day asked about."""
        return self.screen_as_of(query, self.asked, limit, threshold)

    def screen_as_of(self, query: Query, asked: Asked, limit: int, threshold: float) -> Answer:
        """`screen` for a legal moment of the query's own; knowledge and register stay those of this screener."""
        matches = self.index.search(self._bounded(query), limit=limit, threshold=threshold)
        hits = tuple(hit for match in matches if (hit := self._hit(match, asked)) is not None)
        return Answer(query, asked, hits, *self.rests_on(asked))

    def rests_on(self, asked: Asked) -> tuple[tuple[Coverage, ...], tuple[str, ...]]:
        """The coverage of an answer about the legal moment of `asked`, and what its reader must know besides."""
        return self._rests_on(asked)

    def _coverage_and_notes(self, asked: Asked) -> tuple[tuple[Coverage, ...], tuple[str, ...]]:
        covered = coverage(self.snapshot, asked)
        return covered, notes(self.snapshot, covered)

    def _bounded(self, query: Query) -> Query:
        return replace(query, known=self.asked.known_at(), recorded=self.asked.recorded)

    def _hit(self, match: Match, asked: Asked) -> Hit | None:
        dossier = self.dossier(match.party)
        if dossier is None:
            return None
        return Hit(
            dossier.party,
            dossier.referents,
            match.score,
            match.name,
            match.evidence,
            tuple(dossier.statuses(asked)),
            ownership_of(dossier, self.snapshot, asked, self.dossier),
        )

    def dossier(self, party: str) -> Dossier | None:
        """The dossier of `party`, opened once while it is asked for again and again."""
        return self._opened(party)


def coverage(snapshot: Snapshot, asked: Asked) -> tuple[Coverage, ...]:
    """The newest vintage of every source, as known then; stale unless its publisher confirmed it of late."""
    known, on = asked.known_at(), asked.at("UTC")
    today = datetime.fromtimestamp(min(on, known), UTC).date()
    confirmations = confirmed(snapshot.engine, today)
    newest: dict[str, Coverage] = {}
    for vintage in snapshot.vintages:
        if vintage.source == DOSSIERS or closes(vintage.day) <= known + 86_400:
            fresh = max(vintage.day, confirmations.get(vintage.source, vintage.day))
            stale = vintage.source != DOSSIERS and today - fresh > STALE_AFTER
            newest[vintage.source] = Coverage(vintage.source, vintage.day, vintage.entries, stale)
    return tuple(newest[source] for source in sorted(newest, key=lambda name: (name != DOSSIERS, name)))


def notes(snapshot: Snapshot, covered: tuple[Coverage, ...]) -> tuple[str, ...]:
    """What the reader of an answer must know that no hit says."""
    return (ownership_note(snapshot), *_notes(covered))


def ownership_note(snapshot: Snapshot) -> str:
    """How far ownership was looked at."""
    if not snapshot.ownership_sources:
        return "ownership not checked"
    return f"ownership checked only as far as {', '.join(snapshot.ownership_sources)} tells; control was not judged"


def _notes(covered: tuple[Coverage, ...]) -> Iterator[str]:
    lists = [item for item in covered if item.source != DOSSIERS]
    if not lists:
        yield "no list was loaded: only the packaged dossiers were searched"
    for item in lists:
        if item.stale:
            yield f"{item.source}: newest edition is of {item.vintage}"
