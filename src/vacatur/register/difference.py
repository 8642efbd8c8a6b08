"""What changed between two editions: parties that came, went, or read otherwise, property by property, list by list.

`compare` is a pure function over the entries of one party; `between` feeds it with the parties whose entries differ,
so that an edition of any length costs what its difference costs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from itertools import islice

from sqlalchemy import Connection, except_, select

from vacatur.errors import UserError
from vacatur.parties import Entry, Listing
from vacatur.register.presence import present_in
from vacatur.register.schema import entries
from vacatur.register.snapshot import Snapshot, Vintage

AT_ONCE = 500


class Kind(StrEnum):
    """What became of a party, or of its place on a list."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """Values of one property that went, and that came."""

    name: str
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListingChange:
    """A place on one of the publisher's lists that came, went, or states something else."""

    kind: Kind
    list: str
    measure: str
    changes: tuple[PropertyChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyChange:
    """What became of one party (or link): properties and places on lists that differ."""

    kind: Kind
    party: str
    caption: str
    schema: str
    properties: tuple[PropertyChange, ...] = ()
    listings: tuple[ListingChange, ...] = ()


class NoSuchEditionError(UserError):
    """The register has no edition of that day; the message says which there are."""


def compare(party: str, before: Sequence[Entry], after: Sequence[Entry]) -> PartyChange | None:
    """What became of a party, from its entries in two editions; None when they say the same.

    A party is added when it had no entry before and removed when it has none after; one that leaves some of several
    lists is changed.
    """
    properties = tuple(_properties(before, after))
    listings = tuple(_listings(before, after))
    if bool(before) == bool(after) and not properties and not listings:
        return None
    kind = Kind.ADDED if not before else Kind.REMOVED if not after else Kind.CHANGED
    shown = (after or before)[0].party
    return PartyChange(kind, party, shown.caption, shown.schema, properties, listings)


def between(snapshot: Snapshot, before: Vintage, after: Vintage) -> Iterator[PartyChange]:
    """Every party that differs between two editions of one source, by id."""
    with snapshot.engine.connect() as connection:
        parties = iter(sorted(_touched(connection, before, after)))
        while batch := list(islice(parties, AT_ONCE)):
            seen = snapshot.seen(batch)
            old, new = defaultdict(list), defaultdict(list)
            for item in seen:
                if item.source != before.source:
                    continue
                if snapshot.holds(item, before.id):
                    old[item.entry.party.id].append(item.entry)
                if snapshot.holds(item, after.id):
                    new[item.entry.party.id].append(item.entry)
            for party in batch:
                change = compare(party, old[party], new[party])
                if change is not None:
                    yield change


def edition(snapshot: Snapshot, source: str, day: date) -> Vintage:
    """The edition of `source` of that very day; of several the last.

    Raises:
        NoSuchEditionError: there is none.
    """
    own = [vintage for vintage in snapshot.vintages if vintage.source == source]
    for vintage in reversed(own):
        if vintage.day == day:
            return vintage
    if not own:
        raise NoSuchEditionError(f"no edition of {source} was read; see: vacatur sources")
    nearest = sorted(own, key=lambda vintage: abs((vintage.day - day).days))[:5]
    shown = ", ".join(str(vintage.day) for vintage in sorted(nearest, key=lambda vintage: vintage.day))
    raise NoSuchEditionError(f"the register has no edition of {source} of {day}; the nearest: {shown}")


def _touched(connection: Connection, before: Vintage, after: Vintage) -> set[str]:
    found: set[str] = set()
    for first, second in ((before, after), (after, before)):
        only = except_(present_in(connection, first.id), present_in(connection, second.id)).subquery()
        found.update(connection.scalars(select(entries.c.party).where(entries.c.id.in_(select(only.c.entry)))))
    return found


def _properties(before: Sequence[Entry], after: Sequence[Entry]) -> Iterator[PropertyChange]:
    old, new = _values(before), _values(after)
    for name in dict.fromkeys((*old, *new)):
        had, has = old.get(name, {}), new.get(name, {})
        removed = tuple(value for value in had if value not in has)
        added = tuple(value for value in has if value not in had)
        if removed or added:
            yield PropertyChange(name, removed, added)


def _values(found: Iterable[Entry]) -> dict[str, dict[str, None]]:
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in found:
        values["schema"][entry.party.schema] = None
        for name, texts in entry.party.properties.items():
            values[name].update(dict.fromkeys(texts))
    return values


def _listings(before: Sequence[Entry], after: Sequence[Entry]) -> Iterator[ListingChange]:
    old, new = _places(before), _places(after)
    for place in dict.fromkeys((*old, *new)):
        went = [listing for listing in old[place] if listing not in new[place]]
        came = [listing for listing in new[place] if listing not in old[place]]
        if len(went) == len(came) == 1:
            yield ListingChange(Kind.CHANGED, *place, tuple(_stated(went[0], came[0])))
            continue
        for listing in went:
            yield ListingChange(Kind.REMOVED, *place, tuple(_stated(listing, Listing(listing.measure, listing.list))))
        for listing in came:
            yield ListingChange(Kind.ADDED, *place, tuple(_stated(Listing(listing.measure, listing.list), listing)))


def _places(found: Iterable[Entry]) -> dict[tuple[str, str], list[Listing]]:
    places: dict[tuple[str, str], list[Listing]] = defaultdict(list)
    for entry in found:
        for listing in entry.listings:
            places[listing.list, listing.measure].append(listing)
    return places


def _stated(before: Listing, after: Listing) -> Iterator[PropertyChange]:
    for field in fields(Listing):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield PropertyChange(field.name, _texts(old), _texts(new))


def _texts(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
