"""What changed between two editions: pure over entries, exact over real lists, and the same as an update counts."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.difference import (
    Kind,
    ListingChange,
    NoSuchEditionError,
    PropertyChange,
    between,
    compare,
    edition,
)
from vacatur.register.record import Difference, StoredDocument, record_vintage
from vacatur.register.staging import stage_entries
from vacatur.register.update import update_from_file
from vacatur.sources.base import ListDocument
from vacatur.sources.ofac import SDN

LISTS = {"A": "list-a", "B": "list-b"}


def entry(number: int, lists: str = "A", address: str = "", listed_on: date | None = None) -> Entry:
    party = make_party(f"test-{number}", "Company", {"name": [f"Company {number}"], "address": [address]})
    return Entry(party, tuple(Listing(LISTS[name], list=name, listed_on=listed_on) for name in lists))


@pytest.fixture
def register(empty_register: Register) -> Register:
    return empty_register


def record(register: Register, day: date, entries: list[Entry]) -> Difference:
    with register.transaction("test", "update") as writer:
        tally = stage_entries(writer, "test", iter(entries))
        return record_vintage(writer, "test", day, StoredDocument(f"{day}", "test.csv", 1), tally, LISTS)


def test_a_party_that_came_and_one_that_went() -> None:
    came, went = compare("test-1", [], [entry(1)]), compare("test-1", [entry(1)], [])
    assert came is not None
    assert went is not None
    assert (came.kind, went.kind, came.caption) == (Kind.ADDED, Kind.REMOVED, "Company 1")
    assert came.properties[-1] == PropertyChange("name", (), ("Company 1",))
    assert went.listings == (ListingChange(Kind.REMOVED, "A", "list-a"),)


def test_what_says_the_same_is_no_change() -> None:
    assert compare("test-1", [entry(1)], [entry(1)]) is None


def test_a_changed_party_is_told_property_by_property_and_list_by_list() -> None:
    old, new = entry(1, "AB", "1 Old St"), entry(1, "A", "2 New St", date(2026, 1, 1))
    change = compare("test-1", [old], [new])
    assert change is not None
    assert change.kind is Kind.CHANGED
    assert change.properties == (PropertyChange("address", ("1 Old St",), ("2 New St",)),)
    assert change.listings == (
        ListingChange(Kind.CHANGED, "A", "list-a", (PropertyChange("listed_on", (), ("2026-01-01",)),)),
        ListingChange(Kind.REMOVED, "B", "list-b"),
    )


def test_a_party_that_leaves_one_of_several_lists_is_changed_not_removed(register: Register) -> None:
    record(register, date(2026, 1, 1), [entry(1, "A"), entry(1, "B"), entry(2)])
    difference = record(register, date(2026, 2, 1), [entry(1, "A"), entry(2)])
    assert (difference.added, difference.removed, difference.changed) == (0, 0, 1)
    snapshot = register.snapshot()
    days = (edition(snapshot, "test", date(2026, month, 1)) for month in (1, 2))
    (change,) = between(snapshot, *days)
    assert (change.kind, change.listings) == (Kind.CHANGED, (ListingChange(Kind.REMOVED, "B", "list-b"),))


def test_an_edition_that_was_not_read_is_named_with_the_nearest(register: Register) -> None:
    with pytest.raises(NoSuchEditionError, match="no edition of test was read"):
        edition(register.snapshot(), "test", date(2026, 1, 1))
    record(register, date(2026, 1, 1), [entry(1)])
    with pytest.raises(NoSuchEditionError, match="nearest: 2026-01-01"):
        edition(register.snapshot(), "test", date(2026, 1, 2))


ENTRIES = st.builds(entry, st.integers(1, 4), st.sampled_from(["A", "B", "AB"]), st.sampled_from(["", "x", "y"]))


@given(before=st.lists(ENTRIES, max_size=5), after=st.lists(ENTRIES, max_size=5))
def test_the_difference_back_is_the_difference_forth_turned_round(before: list[Entry], after: list[Entry]) -> None:
    forth, back = compare("p", before, after), compare("p", after, before)
    assert (forth is None) == (back is None)
    if forth and back:
        turned = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}
        assert turned[forth.kind] is back.kind
        assert {(item.name, item.added, item.removed) for item in map(_sorted, forth.properties)} == {
            (item.name, item.removed, item.added) for item in map(_sorted, back.properties)
        }


def _sorted(item: PropertyChange) -> PropertyChange:
    return PropertyChange(item.name, tuple(sorted(item.removed)), tuple(sorted(item.added)))


def test_three_days_in_february_2024_one_by_one(register: Register, shared: Path) -> None:
    days = (date(2024, 2, 20), date(2024, 2, 23))
    for day in days:
        path = shared / f"lists/ofac_sdn/{day}/sdn.csv.gz"
        counted = update_from_file(register, SDN(), ListDocument(path, {}, day), actor="test").difference
    snapshot = register.snapshot()
    changes = list(between(snapshot, *(edition(snapshot, "ofac-sdn", day) for day in days)))
    kinds = Counter(change.kind for change in changes)
    assert counted is not None
    assert (kinds[Kind.ADDED], kinds[Kind.REMOVED], kinds[Kind.CHANGED]) == (553, 0, 8)
    assert (counted.added, counted.removed, counted.changed) == (553, 0, 8)
    assert all(change.properties or change.listings for change in changes)
