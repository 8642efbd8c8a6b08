"""Who owns a party and whom it owns, as sources tell it, and what measures mean for it by that ownership alone."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

from vacatur.law.acts import Measure
from vacatur.law.moments import Instant, closes, starts
from vacatur.law.ownership import ByOwnership, Holding, OwnerOn, World, ancestry, by_ownership, stands_at
from vacatur.law.report import Case
from vacatur.law.status import State
from vacatur.register import Snapshot
from vacatur.register.snapshot import Seen
from vacatur.screening.standing import Asked, Dossier, open_dossier

Open = Callable[[str], Dossier | None]
"""Opens the dossier of a party by its canonical id."""

_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Reached:
    """What a measure means for the party by ownership, and since when without a break (None: no beginning told)."""

    by: ByOwnership
    since: Instant | None


@dataclass(frozen=True, slots=True)
class Ownership:
    """Owners and holdings of a party on a day, and the measures that reach it through its owners.

    `told` is False where no source of the register tells of ownership: then nothing was checked. `captions` are the
    names of the parties met, by id.
    """

    told: bool
    owners: tuple[Holding, ...] = ()
    owns: tuple[Holding, ...] = ()
    reached: tuple[Reached, ...] = ()
    captions: Mapping[str, str] = field(default_factory=dict)

    def caption(self, party: str) -> str:
        """The name of a party met, or its id where the register has no more of it."""
        return self.captions.get(party, party)


def opener(snapshot: Snapshot, asked: Asked) -> Open:
    """Opens dossiers as `asked`, each once."""
    return cache(lambda party: open_dossier(snapshot, party, asked.known_at()))


def ownership_of(dossier: Dossier, snapshot: Snapshot, asked: Asked, opened: Open) -> Ownership:
    """The ownership of a party on the day asked about, as known then."""
    if not snapshot.ownership_sources:
        return Ownership(told=False)
    links = Links(snapshot, asked, opened)
    at = asked.at("UTC")
    owners, owns = links.holdings(dossier.party.id, at), links.held_by(dossier.party.id, at)
    reached = tuple(links.reached(dossier))
    met = {item.owner for item in owners} | {item.asset for item in owns}
    met.update(name for item in reached for name in _owners_in(item.by.owners))
    captions = {party: found.party.caption for party in met if (found := opened(party)) is not None}
    return Ownership(True, owners, owns, reached, captions)


@dataclass(frozen=True, slots=True)
class Above:
    """Who owns a party on a day, directly or through others, and the moments at which a link or rule begins or ends."""

    owners: frozenset[str] = frozenset()
    moments: frozenset[Instant] = frozenset()


def above(party: str, snapshot: Snapshot, asked: Asked, opened: Open) -> Above:
    """The owners of a party (canonical id) on the day asked about, as known then, and when that may change."""
    if not snapshot.ownership_sources:
        return Above()
    links = Links(snapshot, asked, opened)
    held = ancestry(party, asked.at("UTC"), links)
    owners = frozenset(holding.owner for holdings in held.values() for holding in holdings)
    return Above(owners, frozenset(links.moments(held)) if owners else frozenset())


def _owners_in(owners: Iterable[OwnerOn]) -> Iterator[str]:
    for owner in owners:
        yield owner.holding.owner
        yield from _owners_in(owner.owners)


class Links(World):
    """The register as the law room asks it: holdings and states, with one state of knowledge, each read once."""

    def __init__(self, snapshot: Snapshot, asked: Asked, opened: Open) -> None:
        self.snapshot = snapshot
        self.asked = asked
        self.opened = opened
        self._told: dict[tuple[str, str], tuple[Holding, ...]] = {}
        self._cases: dict[tuple[str, str], Case | None] = {}

    def holdings(self, asset: str, at: Instant) -> tuple[Holding, ...]:
        """See `law.ownership.World`; of several words about one owner the largest share counts."""
        return _largest(item for item in self._holdings(asset, "asset") if stands_at(item, at))

    def held_by(self, owner: str, at: Instant) -> tuple[Holding, ...]:
        """What `owner` holds at `at`."""
        return _largest(item for item in self._holdings(owner, "owner") if stands_at(item, at))

    def state(self, party: str, measure: str, at: Instant) -> State:
        """See `law.ownership.World`."""
        case = self._case(party, measure)
        return case.verdict(at).state if case else State.NEVER_LISTED

    def reached(self, dossier: Dossier) -> list[Reached]:
        """Every measure that reaches the party through its owners."""
        found = []
        for measure in self._ruled:
            at = self.asked.at(measure.zone)
            if measure.id in self._measures_above(dossier.party.id, at):
                by = by_ownership(dossier.party.id, measure, at, self)
                if by is not None:
                    found.append(Reached(by, self._since(by, at)))
        return found

    @cached_property
    def _ruled(self) -> list[Measure]:
        return [measure for _, measure in sorted(self.snapshot.measures.items()) if measure.ownership]

    def _measures_above(self, party: str, at: Instant) -> set[str]:
        owners = {holding.owner for held in ancestry(party, at, self).values() for holding in held}
        dossiers = [self.opened(owner) for owner in owners]
        return {measure for dossier in dossiers if dossier is not None for measure in dossier.measure_ids()}

    def _since(self, by: ByOwnership, at: Instant) -> Instant | None:
        """The first instant of an unbroken stretch in this state, over every moment at which it can change."""
        measure = by.measure
        moments = {starts(rule.starts, measure.zone) for rule in measure.ownership if rule.starts}
        for asset in ancestry(by.party, at, self):
            for holding in self._holdings(asset, "asset"):
                moments.update(starts(day) for day in (holding.starts,) if day)
                moments.update(closes(day) + 1 for day in (holding.until,) if day)
                case = self._case(holding.owner, measure.id)
                moments.update(case.changes() if case else ())
        rule = self._case(by.party, by.rule.under) if by.rule.under else None
        moments.update(rule.changes() if rule else ())
        first: Instant | None = None
        for moment in sorted((moment for moment in moments if moment <= at), reverse=True):
            then = by_ownership(by.party, measure, moment, self)
            if then is None or then.state is not by.state:
                break
            first = moment
        return first

    def moments(self, assets: Iterable[str]) -> Iterator[Instant]:
        """When the holdings in `assets`, and the rules of ownership, begin and end."""
        for measure in self._ruled:
            yield from (starts(rule.starts, measure.zone) for rule in measure.ownership if rule.starts)
            yield from (closes(rule.until, measure.zone) + 1 for rule in measure.ownership if rule.until)
        for asset in assets:
            for holding in self._holdings(asset, "asset"):
                yield from (starts(day) for day in (holding.starts,) if day)
                yield from (closes(day) + 1 for day in (holding.until,) if day)

    def _case(self, party: str, measure: str) -> Case | None:
        if (party, measure) not in self._cases:
            dossier = self.opened(party)
            self._cases[party, measure] = dossier.case(measure, self.asked) if dossier else None
        return self._cases[party, measure]

    def _holdings(self, party: str, role: str) -> tuple[Holding, ...]:
        if (party, role) not in self._told:
            ids = (party, *self.snapshot.referents(party))
            seen = [item for item in self.snapshot.links_of(ids, "Ownership") if _has(item, role, ids)]
            shown = self.snapshot.shown(seen, self.asked.at("UTC"), self.asked.known_at())
            self._told[party, role] = tuple(
                self._holding(item, first, owner, asset)
                for item, first in shown
                for owner in item.entry.party.get("owner")
                for asset in item.entry.party.get("asset")
                if (asset if role == "asset" else owner) in ids
            )
        return self._told[party, role]

    def _holding(self, seen: Seen, first: date, owner: str, asset: str) -> Holding:
        link = seen.entry.party
        begun = [day for text in link.get("startDate") if (day := first_day(text))]
        ended = [day for text in link.get("endDate") if (day := last_day(text))]
        return Holding(
            owner=self.snapshot.canonical(owner),
            asset=self.snapshot.canonical(asset),
            percent=max((share for text in link.get("percentage") if (share := percent_of(text))), default=None),
            source=seen.source,
            starts=min(begun, default=first),
            until=max(ended, default=None),
        )


def _has(seen: Seen, role: str, ids: Sequence[str]) -> bool:
    return not set(seen.entry.party.get(role)).isdisjoint(ids)


def _largest(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """One holding for each owner and asset: that of the largest share, where several are told."""
    best: dict[tuple[str, str], Holding] = {}
    for item in holdings:
        held = best.get((item.owner, item.asset))
        if held is None or (item.percent or 0) > (held.percent or 0):
            best[item.owner, item.asset] = item
    return tuple(best[ends] for ends in sorted(best))


def percent_of(text: str) -> Decimal | None:
    """The least share that a source's words tell, in per cent: `50`, `50.01 %`, `25-50` (25); None if it tells none."""
    found = _NUMBER.search(text)
    share = Decimal(found.group().replace(",", ".")) if found else None
    return share if share is not None and 0 < share <= 100 else None


def first_day(text: str) -> date | None:
    """The first day of a year, month or day in ISO 8601."""
    found = _PERIOD.match(text)
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def last_day(text: str) -> date | None:
    """The last day of a year, month or day in ISO 8601."""
    first, found = first_day(text), _PERIOD.match(text)
    if first is None or found is None:
        return None
    if found[3]:
        return first
    month = int(found[2] or 12)
    return date(first.year, month, monthrange(first.year, month)[1])
