"""The main job: who may this be, and where does each of them stand on that day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from vacatur.law.moments import Moment, closes
from vacatur.law.report import Status
from vacatur.matching.index import Index
from vacatur.matching.model import Evidence, Match, Query
from vacatur.parties import Party
from vacatur.register import Register, Snapshot
from vacatur.register.checks import confirmed
from vacatur.register.snapshot import DOSSIERS
from vacatur.screening.ownership import Ownership, ownership_of
from vacatur.screening.recent import Recent
from vacatur.screening.standing import Asked, Dossier, open_dossiers

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


@dataclass(frozen=True, slots=True)
class _Stands:
    """Where a party stands at a legal moment."""

    dossier: Dossier
    statuses: tuple[Status, ...]
    ownership: Ownership


class Screener:
    """Answers queries over one register and one index, with one state of knowledge.

    Dossiers are remembered between queries, as a file of customers meets the same few parties again and again.
    """

    def __init__(self, register: Register, index: Index, asked: Asked) -> None:
        self.index = index
        self.asked = asked
        self.snapshot: Snapshot = register.snapshot(asked.recorded)
        self._rests_on = lru_cache(KEPT_COVERAGES)(self._coverage_and_notes)
        self._dossiers: Recent[str, Dossier | None] = Recent(KEPT_DOSSIERS, self._open)
        self._stands: Recent[tuple[str, Moment], _Stands | None] = Recent(KEPT_DOSSIERS, self._stand)

    def screen(self, query: Query, *, limit: int = DEFAULT_LIMIT, threshold: float = DEFAULT_THRESHOLD) -> Answer:
        """Every party that `query` may mean, with its statuses on the day asked about."""
        return self.screen_as_of(query, self.asked, limit, threshold)

    def screen_as_of(self, query: Query, asked: Asked, limit: int, threshold: float) -> Answer:
        """`screen` for a legal moment of the query's own; knowledge and register stay those of this screener."""
        (answer,) = self.screen_many((query,), asked, limit, threshold)
        return answer

    def screen_many(self, queries: Sequence[Query], asked: Asked, limit: int, threshold: float) -> list[Answer]:
        """`screen_as_of` of many at once, in order: much faster than one by one."""
        searched = map(self._bounded, queries)
        found = list(self.index.search_many(searched, limit=limit, threshold=threshold))
        stands = self._stands.of_many({(match.party, asked.on) for matches in found for match in matches})
        rests_on = self.rests_on(asked)
        answers = []
        for query, matches in zip(queries, found, strict=True):
            met = ((match, stands[match.party, asked.on]) for match in matches)
            hits = tuple(_hit(match, there) for match, there in met if there is not None)
            answers.append(Answer(query, asked, hits, *rests_on))
        return answers

    def rests_on(self, asked: Asked) -> tuple[tuple[Coverage, ...], tuple[str, ...]]:
        """The coverage of an answer about the legal moment of `asked`, and what its reader must know besides."""
        return self._rests_on(asked)

    def _coverage_and_notes(self, asked: Asked) -> tuple[tuple[Coverage, ...], tuple[str, ...]]:
        covered = coverage(self.snapshot, asked)
        return covered, notes(self.snapshot, covered)

    def _bounded(self, query: Query) -> Query:
        return replace(query, known=self.asked.known_at(), recorded=self.asked.recorded)

    def _open(self, parties: Collection[str]) -> Mapping[str, Dossier | None]:
        return open_dossiers(self.snapshot, parties, self.asked.known_at())

    def _stand(self, asked_for: Collection[tuple[str, Moment]]) -> Mapping[tuple[str, Moment], "_Stands | None"]:
        dossiers = self._dossiers.of_many([party for party, _ in asked_for])
        found: dict[tuple[str, Moment], _Stands | None] = {}
        for party, on in asked_for:
            asked, dossier = replace(self.asked, on=on), dossiers[party]
            if dossier is None:
                found[party, on] = None
                continue
            ownership = ownership_of(dossier, self.snapshot, asked, self.dossier)
            found[party, on] = _Stands(dossier, tuple(dossier.statuses(asked)), ownership)
        return found

    def dossier(self, party: str) -> Dossier | None:
        """The dossier of `party`, opened once while it is asked for again and again."""
        return self._dossiers.of_many((party,))[party]


def _hit(match: Match, there: _Stands) -> Hit:
    party, referents = there.dossier.party, there.dossier.referents
    return Hit(party, referents, match.score, match.name, match.evidence, there.statuses, there.ownership)


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
