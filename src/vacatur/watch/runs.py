"""A run of the watch: what changed since the last one, for those who are watched; found first, then recorded at once.

Interrupted before it is recorded, a run has not taken place and the next one finds the same; recorded, its notices wait
for delivery. So nothing is lost and nothing is found twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from vacatur.errors import UserError
from vacatur.law.moments import Instant, starts
from vacatur.matching.index import Index
from vacatur.register import Register
from vacatur.register.delta import delta
from vacatur.register.schema import watch_dates
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked, open_dossier
from vacatur.watch.indexing import candidates, index_of_changed
from vacatur.watch.lists import Watched, count_customers, list_customers, list_parties, list_watched
from vacatur.watch.notices import lost_hit, new_hit, next_date, party_changed, status_changes
from vacatur.watch.record import Findings, HeldHit, Run, held_hits, hit_by, last_run, record_run, standing_hits

MOST_HITS = 50
"""Hits kept of one customer."""

MOST_NAMED = 100
"""Those named in a notice about a party that many are watched for."""

REPORTED = 10_000
"""Customers between two reports of progress."""

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
) -> Run:
    """Find what changed since the last run, record it, and leave it to be delivered on `channels`.

    Args:
        register: the register, with its watch list.
        index: the index of the register as it is.
        now: the moment of the run (default: the present).
        everyone: screen all customers again, whatever changed.
        channels: the names of the channels that notices are to be delivered on.
        progress: told how far it is.

    Raises:
        UserError: the last run lies after `now`, or another run was recorded meanwhile.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    with register.engine.connect() as connection:
        before = last_run(connection)
    if before is not None and before.moment > moment:
        raise UserError(f"the last run was made at {before.at}, after {moment.isoformat()}: check the clock")
    work = _Work(register, index, before, moment, progress or (lambda *_: None))
    findings = work.find(everyone=everyone)
    return record_run(register, before, work.asked, index.content_hash, work.coverage, findings, channels)


class _Work:
    """One run at work: the two states that it compares, and what it has found so far."""

    def __init__(
        self, register: Register, index: Index, before: Run | None, moment: datetime, progress: Progress
    ) -> None:
        self.register = register
        self.before = before
        self.moment = moment
        self.asked = Asked(moment, moment, index.transaction)
        self.screener = Screener(register, index, self.asked)
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
        findings = self.findings
        after = self.before.transaction if self.before else self.asked.recorded
        changed = delta(self.register, after, self.asked.recorded)
        ids = sorted({self.aliases.get(party, party) for party in changed.parties})
        findings.changed = len(ids)
        with self.register.engine.connect() as connection, self.register.engine.connect() as streaming:
            for customer in self._to_screen(streaming, ids, everyone=everyone):
                self._screen(customer, held_hits(connection, customer.id))
            watchers = self._watchers(connection)
            due = set(_due(connection, starts(self.asked.on)))
        touched = set(watchers) if changed.everyone else set(watchers).intersection(ids)
        judged = touched | self._just_watched(watchers) | due.intersection(watchers)
        for party in sorted(judged):
            self._judge(party, watchers[party], read=party in touched)
            findings.judged += 1
            self.progress("statuses compared", findings.judged)
        for party in sorted({hit.party.id for _, hit in findings.found} - judged):
            self._note_dates(party)
        return findings

    def _to_screen(self, connection: Connection, changed: Sequence[str], *, everyone: bool) -> Iterator[Watched]:
        """The customers that the change can touch, and those that were never screened."""
        count, lowest = count_customers(connection)
        last = self.before.watched_to if self.before else 0
        if everyone or len(changed) > count:
            yield from list_customers(connection)
            return
        if not changed:
            yield from list_customers(connection, after=last)
            return
        hit = set(hit_by(connection, changed))
        with index_of_changed(self.screener.snapshot, changed) as index:
            searched = candidates(index, list_customers(connection), lowest)
            for number, (item, touched) in enumerate(searched, start=1):
                if touched or item.id > last or item.id in hit:
                    yield item
                if number % REPORTED == 0:
                    self.progress("customers compared with what changed", number)

    def _screen(self, customer: Watched, held: Sequence[HeldHit]) -> None:
        answer = self.screener.screen(customer.query, limit=MOST_HITS, threshold=customer.threshold)
        hits = {hit.party.id: hit for hit in answer.hits}
        kept = {self.aliases.get(item.party, item.party): item for item in held}
        told = _customer_json(customer)
        for party, hit in hits.items():
            if party not in kept or kept[party].party != party:
                self.findings.found.append((customer.id, hit))
            if party not in kept:
                self.findings.notices.append(new_hit(told, hit))
        for party, item in kept.items():
            if party not in hits:
                self.findings.notices.append(lost_hit(told, item.party, item.name, item.score))
            if party not in hits or item.party != party:
                self.findings.lost.append(item)
        self.findings.screened += 1
        self.progress("customers screened", self.findings.screened)

    def _watchers(self, connection: Connection) -> Mapping[str, list[Watched | int]]:
        """For every party that is watched or was hit by the last run: who is to be told about it."""
        found: dict[str, list[Watched | int]] = defaultdict(list)
        for item in list_parties(connection):
            found[self.aliases.get(item.party or "", item.party or "")].append(item)
        lost = {item.id for item in self.findings.lost}
        for hit in standing_hits(connection):
            if hit.id not in lost:
                found[self.aliases.get(hit.party, hit.party)].append(hit.watched)
        return found

    def _just_watched(self, watchers: Mapping[str, list[Watched | int]]) -> set[str]:
        """Parties that were put on the watch list since the last run."""
        last = self.before.watched_to if self.before else 0
        return {
            party
            for party, who in watchers.items()
            if any(isinstance(item, Watched) and item.id > last for item in who)
        }

    def _judge(self, party: str, who: Sequence[Watched | int], *, read: bool) -> None:
        """Compare the party then and now: what it reads like, when it was `read` anew, and its statuses."""
        now = self.screener.dossier(party)
        if now is None:
            return
        then = self._then(who)
        past = self.register.snapshot(then.recorded)
        before = open_dossier(past, party, then.known_at())
        told = self._told(who)
        if read and before is not None and (notice := party_changed(before.party, now.party, told)) is not None:
            self.findings.notices.append(notice)
        self.findings.notices += status_changes(before, then, now, self.asked, told)
        self._note_dates(party)

    def _then(self, who: Sequence[Watched | int]) -> Asked:
        """The times to compare with: those of the last run, or of putting a party on the list since."""
        fresh = [item for item in who if isinstance(item, Watched)]
        last = self.before.watched_to if self.before else 0
        if self.before is not None and (len(fresh) < len(who) or min(item.id for item in fresh) <= last):
            return Asked(self.before.moment, self.before.moment, self.before.transaction)
        first = min(fresh, key=lambda item: item.id)
        added = min(datetime.fromisoformat(first.added).replace(microsecond=0), self.moment)
        return Asked(added, added, min(first.since, self.asked.recorded))

    def _told(self, who: Sequence[Watched | int]) -> list[dict[str, Any]]:
        numbers = [item for item in who if isinstance(item, int)][:MOST_NAMED]
        with self.register.engine.connect() as connection:
            customers = list(list_watched(connection, numbers))
        return [_customer_json(item) for item in (*(item for item in who if isinstance(item, Watched)), *customers)]

    def _note_dates(self, party: str) -> None:
        dossier = self.screener.dossier(party)
        self.findings.dates[party] = next_date(dossier, self.asked) if dossier else None


def _customer_json(item: Watched) -> dict[str, Any]:
    return {"id": item.id, "key": item.key, "label": item.label}


def _due(connection: Connection, until: Instant) -> Iterable[str]:
    return connection.scalars(select(watch_dates.c.party).where(watch_dates.c.due <= until))
