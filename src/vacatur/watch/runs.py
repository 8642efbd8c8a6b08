"""A run of the watch: what changed since the last one, for those who are watched; found first, then recorded at once.

Interrupted before it is recorded, a run has not taken place and the next one finds the same; recorded, its notices wait
for delivery. So nothing is lost and nothing is found twice. Customers who were never screened are taken `PART` by
`PART`, a run for each: a new watch list of a million is no work of hours that a power cut undoes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from vacatur.errors import UserError
from vacatur.law.moments import Instant, starts
from vacatur.matching.index import Index
from vacatur.register import Register
from vacatur.register.delta import delta, owned_by
from vacatur.register.schema import watch_dates
from vacatur.screening.screen import Hit, Screener
from vacatur.screening.standing import Asked
from vacatur.watch.comparing import Comparison, Dismissed, customer_json, fields_of
from vacatur.watch.indexing import candidates, index_of_changed
from vacatur.watch.lists import (
    Watched,
    count_customers,
    last_of,
    list_customers,
    list_parties,
    list_queries,
    list_watched,
)
from vacatur.watch.notices import lost_hit, new_hit
from vacatur.watch.record import Findings, HeldHit, Run, held_hits, hit_by, last_run, record_run, standing_hits

MOST_HITS = 50
"""Hits kept of one customer."""

PART = 20_000
"""Customers who are screened for the first time in one run."""

AT_ONCE = 500
"""Customers who are screened together."""

Progress = Callable[[str, int], None]
"""Called now and then with what is being done and how much of it is done."""


def run_watch(
    register: Register,
    index: Index,
    *,
    now: datetime | None = None,
    everyone: bool = False,
    channels: Sequence[str] = (),
    progress: Progress | None = None,
    dismissed: Dismissed | None = None,
) -> Run:
    """Find what changed since the last run, record it, and leave it to be delivered on `channels`.

    Args:
        register: the register, with its watch list.
        index: the index of the register as it is.
        now: the moment of the run (default: the present).
        everyone: screen all customers again, whatever changed.
        channels: the names of the channels that notices are to be delivered on.
        progress: told how far it is.
        dismissed: which hits a person decided to be false matches (default: none).

    Returns:
        The run; where `is_complete` does not hold of it, some were not screened yet, and the next run goes on.

    Raises:
        UserError: the last run lies after `now`, or another run was recorded meanwhile.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    with register.engine.connect() as connection:
        before = last_run(connection)
        last = before.watched_to if before else 0
        until = last_of(connection, last, PART)
    if before is not None and before.moment > moment:
        raise UserError(f"the last run was made at {before.at}, after {moment.isoformat()}: check the clock")
    asked = Asked(moment, moment, index.transaction)
    screener = Screener(register, index, asked)
    comparison = Comparison(register, screener, before, moment, dismissed or (lambda *_: False))
    work = _Work(comparison, last, until, progress or (lambda *_: None))
    findings = work.find(everyone=everyone)
    return record_run(register, before, asked, index.content_hash, work.coverage, findings, channels, until)


def is_complete(register: Register, run: Run) -> bool:
    """Whether everyone who was watched by the end of a run had been screened."""
    with register.engine.connect() as connection:
        return last_of(connection, run.watched_to, PART) <= run.watched_to


class _Work:
    """One run at work: what it has found so far. It is about entries of the watch list up to the number `until`."""

    def __init__(self, comparison: Comparison, last: int, until: int, progress: Progress) -> None:
        self.comparison = comparison
        self.register = comparison.register
        self.screener = comparison.screener
        self.asked = comparison.asked
        self.last, self.until = last, until
        self.aliases = self.screener.snapshot.aliases()
        self.progress = progress
        self.findings = Findings()

    @property
    def coverage(self) -> list[dict[str, Any]]:
        """What the run rests on, for the record."""
        return [
            {"source": item.source, "vintage": item.vintage.isoformat(), "entries": item.entries}
            for item in self.screener.rests_on(self.asked)[0]
        ]

    def find(self, *, everyone: bool) -> Findings:
        """Everything that is to be told, in an order that depends on nothing but the register and the watch list."""
        findings, before = self.findings, self.comparison.before
        after = before.transaction if before else self.asked.recorded
        changed = delta(self.register, after, self.asked.recorded)
        ids = sorted({self.aliases.get(party, party) for party in changed.parties})
        findings.changed = len(ids)
        with self.register.engine.connect() as connection, self.register.engine.connect() as streaming:
            for batch in _batches(self._to_screen(streaming, ids, everyone=everyone)):
                self._screen(batch, held_hits(connection, [item.id for item in batch]))
            watchers = self._watchers(connection)
            due = set(_due(connection, starts(self.asked.on)))
        touched = set(watchers) if changed.everyone else set(watchers).intersection(ids)
        owned = owned_by(self.screener.snapshot, ids, self.aliases).intersection(watchers)
        judged = touched | owned | self._just_watched(watchers) | due.intersection(watchers)
        for party in sorted(judged):
            findings.notices += self.comparison.changes(party, watchers[party], read=party in touched)
            findings.judged += 1
            self.progress("statuses compared", findings.judged)
        for party in sorted(judged | {hit.party.id for _, hit in findings.found}):
            findings.dates[party] = self.comparison.next_date(party)
        return findings

    def _to_screen(self, connection: Connection, changed: Sequence[str], *, everyone: bool) -> Iterator[Watched]:
        """The customers that the change can touch, and those that were never screened."""
        count, lowest = count_customers(connection)
        if everyone or len(changed) > count:
            yield from list_customers(connection, until=self.until)
            return
        if changed and self.last:
            told = partial(self.progress, "customers compared with what changed")
            with index_of_changed(self.screener.snapshot, changed) as index:
                found = set(candidates(index, list_queries(connection, self.last), lowest, told))
            yield from list_watched(connection, found.union(hit_by(connection, changed)))
        yield from list_customers(connection, after=self.last, until=self.until)

    def _screen(self, customers: Sequence[Watched], held: Mapping[int, Sequence[HeldHit]]) -> None:
        lowest = min(item.threshold for item in customers)
        queries = [item.query for item in customers]
        answers = self.screener.screen_many(queries, self.asked, MOST_HITS, lowest)
        for customer, answer in zip(customers, answers, strict=True):
            hits = {hit.party.id: hit for hit in answer.hits if hit.score >= customer.threshold}
            self._compare(customer, hits, held.get(customer.id, ()))
        self.findings.screened += len(customers)
        self.progress("customers screened", self.findings.screened)

    def _compare(self, customer: Watched, hits: Mapping[str, Hit], held: Sequence[HeldHit]) -> None:
        """Note which hits of a customer came and went, and tell of those that no person has dismissed."""
        kept = {self.aliases.get(item.party, item.party): item for item in held}
        told, notices = customer_json(customer), self.findings.notices
        for party, hit in hits.items():
            if party not in kept or kept[party].party != party:
                self.findings.found.append((customer.id, hit))
            if party not in kept and not self.comparison.dismissed(fields_of(customer), hit):
                notices.append(new_hit(told, hit))
        for party, item in kept.items():
            if party not in hits and not self.comparison.is_dismissed(customer, party):
                notices.append(lost_hit(told, item.party, item.name, item.score))
            if party not in hits or item.party != party:
                self.findings.lost.append(item)

    def _watchers(self, connection: Connection) -> Mapping[str, list[Watched | int]]:
        """For every party that is watched or was hit by the last run: who is to be told about it."""
        found: dict[str, list[Watched | int]] = defaultdict(list)
        for item in list_parties(connection, until=self.until):
            found[self.aliases.get(item.party or "", item.party or "")].append(item)
        lost = {item.id for item in self.findings.lost}
        for hit in standing_hits(connection):
            if hit.id not in lost:
                found[self.aliases.get(hit.party, hit.party)].append(hit.watched)
        return found

    def _just_watched(self, watchers: Mapping[str, list[Watched | int]]) -> set[str]:
        """Parties that were put on the watch list since the last run."""
        return {
            party
            for party, who in watchers.items()
            if any(isinstance(item, Watched) and item.id > self.last for item in who)
        }


def _batches(customers: Iterable[Watched]) -> Iterator[list[Watched]]:
    batch: list[Watched] = []
    for customer in customers:
        batch.append(customer)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _due(connection: Connection, until: Instant) -> Iterable[str]:
    return connection.scalars(select(watch_dates.c.party).where(watch_dates.c.due <= until))
