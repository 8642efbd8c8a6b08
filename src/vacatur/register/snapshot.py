"""Reading a register as it stood after one transaction."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from sqlalchemy import Column, ColumnElement, Engine, Table, and_, func, or_, select

from vacatur.law.acts import Act, Measure
from vacatur.law.moments import NEVER, Instant, starts
from vacatur.law.observed import Sighting
from vacatur.law.plain import act_from_json, measure_from_json
from vacatur.parties import Entry, Party, entry_from_json, merge_parties
from vacatur.register import absorbed
from vacatur.register.presence import present_in
from vacatur.register.schema import (
    EVERYONE,
    act_parties,
    acts,
    by_code_point,
    entries,
    link_ends,
    links,
    measures,
    presences,
    vintages,
)

DOSSIERS = "dossiers"
"""The source whose parties are known at all times: the packaged dossiers."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """One dated edition that the register holds. `lists` maps the publisher's lists that it covers to measure ids."""

    id: int
    source: str
    day: date
    base: int | None
    entries: int
    lists: Mapping[str, str]
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    recorded: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One version of an entry, and for each vintage that says something about it, whether it was there."""

    id: int
    source: str
    entry: Entry
    recorded: int
    changes: Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """One version of an entry with the first vintage that shows it (None: always known) and its transaction."""

    entry: Entry
    source: str
    first_seen: date | None
    recorded: int

    @property
    def party(self) -> Party:
        """Who the entry is about."""
        return self.entry.party


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """An act with the transactions that recorded and retracted it, and who entered it, from where and why."""

    act: Act
    origin: str
    actor: str
    reason: str
    recorded: int
    retracted: int | None


class Snapshot:
    """What the register held after transaction `recorded`; the same for ever."""

    def __init__(self, engine: Engine, recorded: int) -> None:
        self.engine = engine
        self.recorded = recorded

    def _standing(self, table: Table) -> ColumnElement[bool]:
        """Rows recorded by then and not retracted by then."""
        recorded: Column[int] = table.c.recorded
        retracted: Column[int] = table.c.retracted
        return and_(recorded <= self.recorded, or_(retracted.is_(None), retracted > self.recorded))

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure by id."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(measures.c.data).where(self._standing(measures)).order_by(measures.c.id))
            found = [measure_from_json(json.loads(data)) for (data,) in rows]
        return {measure.id: measure for measure in found}

    @cached_property
    def vintages(self) -> tuple[Vintage, ...]:
        """Every vintage, by source and day; those of one day (a list and the deltas to it) in their order."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(vintages)
                .where(self._standing(vintages))
                .order_by(by_code_point(vintages.c.source, connection.dialect.name), vintages.c.day, vintages.c.id)
            )
            return tuple(
                Vintage(
                    row.id,
                    row.source,
                    row.day,
                    row.base,
                    row.entries,
                    row.lists,
                    row.counts,
                    tuple(row.notes),
                    row.recorded,
                )
                for row in rows
            )

    @cached_property
    def _bases(self) -> Mapping[int, int | None]:
        """Every vintage's base, retracted ones included: differences are counted through them."""
        with self.engine.connect() as connection:
            return {row.id: row.base for row in connection.execute(select(vintages.c.id, vintages.c.base))}

    def canonical(self, party: str) -> str:
        """The id under which `party` is now known, following links to their end."""
        return self.canonicals((party,))[party]

    def canonicals(self, parties: Collection[str]) -> Mapping[str, str]:
        """`canonical` of many."""
        with self.engine.connect() as connection:
            return absorbed.canonicals(connection, self._standing(links), parties)

    def referents(self, party: str) -> tuple[str, ...]:
        """The ids that `party` has absorbed, directly or through others."""
        return self.referents_of((party,))[party]

    def referents_of(self, parties: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """`referents` of many."""
        with self.engine.connect() as connection:
            return absorbed.referents(connection, self._standing(links), parties)

    def aliases(self) -> dict[str, str]:
        """Every absorbed id with the id that it now goes by."""
        with self.engine.connect() as connection:
            return absorbed.every_alias(connection, self._standing(links))

    def seen(self, parties: Sequence[str]) -> tuple[Seen, ...]:
        """Every version of every entry about the ids `parties`, with its presences."""
        found = [self._seen(entries.c.party.in_(some)) for some in absorbed.batches(parties)]
        return found[0] if len(found) == 1 else tuple(sorted(chain(*found), key=lambda item: item.id))

    def _seen(self, where: ColumnElement[bool]) -> tuple[Seen, ...]:
        wanted = and_(where, entries.c.recorded <= self.recorded)
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(entries.c.id, entries.c.source, entries.c.data, entries.c.recorded)
                .where(wanted)
                .order_by(entries.c.id)
            ).all()
            changes: dict[int, dict[int, bool]] = defaultdict(dict)
            shown = select(presences).join(entries, entries.c.id == presences.c.entry).where(wanted)
            for entry, vintage, present in connection.execute(shown):
                changes[entry][vintage] = present
        return tuple(
            Seen(row.id, row.source, entry_from_json(json.loads(row.data)), row.recorded, changes[row.id])
            for row in rows
        )

    def links_of(self, parties: Sequence[str], schema: str | None = None) -> tuple[Seen, ...]:
        """Every version of every link (of one `schema`) that has one of the ids `parties` at an end."""
        wanted = select(link_ends.c.entry).where(link_ends.c.party.in_(parties))
        if schema is not None:
            wanted = wanted.where(link_ends.c.schema == schema)
        return self._seen(entries.c.id.in_(wanted))

    @cached_property
    def ownership_sources(self) -> tuple[str, ...]:
        """The sources that tell who owns whom."""
        found = (
            select(entries.c.source)
            .join(link_ends, entries.c.id == link_ends.c.entry)
            .where(link_ends.c.schema == "Ownership", entries.c.recorded <= self.recorded)
            .distinct()
            .order_by(entries.c.source)
        )
        with self.engine.connect() as connection:
            return tuple(connection.scalars(found))

    def shown(self, seen: Sequence[Seen], on: Instant, known: Instant) -> tuple[tuple[Seen, date], ...]:
        """Those of `seen` that their source shows on a day, as known then, with the first vintage that shows each.

        What a source shows on a day stands in its newest vintage of that day or earlier; in its oldest where all are
        later.
        """
        found = []
        for source in {item.source for item in seen}:
            known_then = [item for item in self.vintages if item.source == source and starts(item.day) <= known]
            by_then = [item for item in known_then if starts(item.day) <= on] or known_then[:1]
            for item in seen:
                if item.source == source and by_then and self.holds(item, by_then[-1].id):
                    first = next(vintage.day for vintage in known_then if self.holds(item, vintage.id))
                    found.append((item, first))
        return tuple(sorted(found, key=lambda pair: pair[0].id))

    def parties_of(self, source: str) -> frozenset[str]:
        """The ids under which the entries of one source go."""
        with self.engine.connect() as connection:
            found = connection.scalars(
                select(entries.c.party).where(entries.c.source == source, entries.c.recorded <= self.recorded)
            )
            return frozenset(found)

    def versions(self) -> Iterator[NamedVersion]:
        """Every version of every party, ordered by party id; those whose every vintage was retracted are left out."""
        first_shown = (
            select(presences.c.entry, func.min(vintages.c.day).label("day"))
            .join(vintages, vintages.c.id == presences.c.vintage)
            .where(presences.c.present, self._standing(vintages))
            .group_by(presences.c.entry)
            .subquery()
        )
        through_base = self._shown_through_base()
        with self.engine.connect() as connection:
            rows = connection.execution_options(stream_results=True, max_row_buffer=5_000).execute(
                select(entries.c.id, entries.c.source, entries.c.data, entries.c.recorded, first_shown.c.day)
                .join(first_shown, first_shown.c.entry == entries.c.id, isouter=True)
                .where(entries.c.recorded <= self.recorded)
                .order_by(by_code_point(entries.c.party, connection.dialect.name), entries.c.id)
            )
            for row in rows:
                days = [day for day in (row.day, through_base.get(row.id)) if day is not None]
                if days:
                    entry = entry_from_json(json.loads(row.data))
                    yield NamedVersion(entry, row.source, None if row.source == DOSSIERS else min(days), row.recorded)

    def _shown_through_base(self) -> dict[int, date]:
        """{entry: first day} for what vintages show that count from a later or a retracted one."""
        days = {vintage.id: vintage.day for vintage in self.vintages}
        found: dict[int, date] = {}
        for vintage in sorted(self.vintages, key=lambda item: item.day, reverse=True):
            if vintage.base is not None and days.get(vintage.base, date.max) > vintage.day:
                with self.engine.connect() as connection:
                    shown = connection.scalars(present_in(connection, vintage.id)).all()
                found.update(dict.fromkeys(shown, vintage.day))
        return found

    def holds(self, seen: Seen, vintage: int) -> bool:
        """Whether `vintage` shows this version of the entry."""
        step: int | None = vintage
        while step is not None:
            if step in seen.changes:
                return seen.changes[step]
            step = self._bases[step]
        return False

    def party(self, id: str, known: Instant = NEVER) -> Party | None:
        """The party under the canonical id `id`: its sources' newest entries known by then, merged; None if unknown."""
        return self.merge(id, self.seen((id, *self.referents(id))), known)

    def merge(self, id: str, seen: Sequence[Seen], known: Instant = NEVER) -> Party | None:
        """The party that `seen` are entries of, from the newest vintage known by then of each source."""
        newest: list[Party] = []
        for source in sorted({item.source for item in seen}, key=lambda name: (name != DOSSIERS, name)):
            mine = [item for item in seen if item.source == source]
            if source == DOSSIERS:
                newest += [item.entry.party for item in mine if self._is_current(item)]
                continue
            for vintage in reversed([item for item in self.vintages if item.source == source]):
                if starts(vintage.day) <= known and (here := [item for item in mine if self.holds(item, vintage.id)]):
                    newest += [item.entry.party for item in here]
                    break
        return merge_parties(id, newest) if newest else None

    def _is_current(self, seen: Seen) -> bool:
        own = [vintage for vintage in self.vintages if vintage.source == seen.source]
        return bool(own) and self.holds(seen, max(own, key=lambda vintage: vintage.id).id)

    def sightings(self, seen: Sequence[Seen]) -> Mapping[str, tuple[Sighting, ...]]:
        """For every measure under which an entry of `seen` was listed: what each vintage that covers it shows."""
        found: dict[str, list[Sighting]] = defaultdict(list)
        for source in {item.source for item in seen}:
            mine = [item for item in seen if item.source == source]
            listed = {listing.measure for item in mine for listing in item.entry.listings}
            day, edition = None, 0
            for vintage in self.vintages:
                if vintage.source != source:
                    continue
                day, edition = vintage.day, edition + 1 if vintage.day == day else 0
                here = [item for item in mine if self.holds(item, vintage.id)]
                for measure in listed.intersection(vintage.lists.values()):
                    stated = [entry for item in here for entry in item.entry.listings if entry.measure == measure]
                    first = stated[0] if stated else None
                    found[measure].append(
                        Sighting(
                            vintage.day,
                            source,
                            edition=edition,
                            present=bool(stated),
                            listed_on=first.listed_on if first else None,
                            effective=first.effective if first else None,
                            until=first.until if first else None,
                            citation=first.citation if first else None,
                        )
                    )
        return {measure: tuple(sorted(shown)) for measure, shown in found.items()}

    @cached_property
    def _for_everyone(self) -> Mapping[int, Act]:
        """The acts that reach all parties, by row."""
        return {row: act for row, _, act in self._acts_reaching((EVERYONE,))}

    def acts_about(self, parties: Iterable[str]) -> tuple[Act, ...]:
        """Every act, proposed ones too, that reaches one of `parties`, or everyone."""
        return self.acts_about_each({"": tuple(parties)})[""]

    def acts_about_each(self, groups: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[Act, ...]]:
        """`acts_about` of many groups of ids."""
        reached: dict[str, dict[int, Act]] = defaultdict(dict)
        for row, party, act in self._acts_reaching(chain(*groups.values())):
            reached[party][row] = act
        found = {}
        for group, ids in groups.items():
            rows = dict(self._for_everyone)
            for party in ids:
                rows.update(reached.get(party, {}))
            found[group] = tuple(rows[row] for row in sorted(rows))
        return found

    def _acts_reaching(self, parties: Iterable[str]) -> Iterator[tuple[int, str, Act]]:
        """Every act that stands and names one of `parties`, with its row and that one."""
        with self.engine.connect() as connection:
            for some in absorbed.batches(parties):
                rows = connection.execute(
                    select(acts.c.id, act_parties.c.party, acts.c.data)
                    .join(act_parties, act_parties.c.row == acts.c.id)
                    .where(act_parties.c.party.in_(some), self._standing(acts))
                )
                for row, party, data in rows:
                    yield row, party, act_from_json(json.loads(data))

    def acts(self) -> tuple[RecordedAct, ...]:
        """Every act that stands, with its record."""
        return tuple(self._recorded_acts(self._standing(acts)))

    def act_versions(self, parties: Iterable[str]) -> tuple[RecordedAct, ...]:
        """Every version, retracted ones included, of every act that reaches one of `parties` or everyone."""
        reached = select(act_parties.c.row).where(act_parties.c.party.in_([*parties, EVERYONE]))
        return tuple(self._recorded_acts(and_(acts.c.id.in_(reached), acts.c.recorded <= self.recorded)))

    def act_history(self, act: str) -> tuple[RecordedAct, ...]:
        """Every version of one act, retracted ones included, in the order of recording."""
        return tuple(self._recorded_acts(and_(acts.c.act == act, acts.c.recorded <= self.recorded)))

    def _recorded_acts(self, where: ColumnElement[bool]) -> Iterator[RecordedAct]:
        with self.engine.connect() as connection:
            for row in connection.execute(select(acts).where(where).order_by(acts.c.id)):
                retracted = row.retracted if row.retracted is not None and row.retracted <= self.recorded else None
                yield RecordedAct(
                    act_from_json(json.loads(row.data)), row.origin, row.actor, row.reason, row.recorded, retracted
                )
