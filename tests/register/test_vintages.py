"""Vintages: kept as differences, loaded in any order, never torn, and read back exactly."""

from datetime import date

import pytest
from engines import NewUrl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vacatur.law.acts import Measure
from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.record import StoredDocument, record_measures, record_vintage
from vacatur.register.staging import stage_entries

MEASURE = Measure("test-list", "A list", "An authority", zone="UTC")


def entry(number: int, address: str = "") -> Entry:
    party = make_party(f"test-{number}", "Company", {"name": [f"Company {number}"], "address": [address]})
    return Entry(party, (Listing("test-list", list="T"),))


def record(register: Register, day: date, entries: list[Entry], sha256: str | None = None) -> tuple[int, int, int]:
    with register.transaction("test", "update") as writer:
        tally = stage_entries(writer, "test", iter(entries))
        document = StoredDocument(sha256 or f"{day}-{len(entries)}", "test.csv", 1)
        difference = record_vintage(writer, "test", day, document, tally, {"T": "test-list"})
    return difference.added, difference.removed, difference.changed


@pytest.fixture
def register(empty_register: Register) -> Register:
    with empty_register.transaction("test", "measures") as writer:
        record_measures(writer, [MEASURE])
    return empty_register


def shown(register: Register, day: date) -> set[tuple[str, str]]:
    snapshot = register.snapshot()
    vintage = next(item for item in snapshot.vintages if item.day == day)
    seen = snapshot.seen([f"test-{number}" for number in range(10)])
    return {
        (item.entry.party.id, "".join(item.entry.party.get("address")))
        for item in seen
        if snapshot.holds(item, vintage.id)
    }


def test_a_first_edition_adds_everyone(register: Register) -> None:
    assert record(register, date(2021, 1, 1), [entry(1), entry(2)]) == (2, 0, 0)


def test_the_next_edition_is_kept_as_its_difference(register: Register) -> None:
    record(register, date(2021, 1, 1), [entry(1), entry(2), entry(3)])
    assert record(register, date(2021, 2, 1), [entry(1), entry(2, "moved"), entry(4)]) == (1, 1, 1)
    assert shown(register, date(2021, 1, 1)) == {("test-1", ""), ("test-2", ""), ("test-3", "")}
    assert shown(register, date(2021, 2, 1)) == {("test-1", ""), ("test-2", "moved"), ("test-4", "")}


def test_an_older_edition_may_come_later(register: Register) -> None:
    record(register, date(2021, 2, 1), [entry(1), entry(2)])
    record(register, date(2021, 1, 1), [entry(2), entry(3)])
    assert shown(register, date(2021, 1, 1)) == {("test-2", ""), ("test-3", "")}
    assert shown(register, date(2021, 2, 1)) == {("test-1", ""), ("test-2", "")}


def test_what_the_register_held_before_a_transaction_stays_readable(register: Register) -> None:
    record(register, date(2021, 1, 1), [entry(1)])
    before = register.newest_transaction()
    record(register, date(2021, 2, 1), [entry(2)])
    assert [item.day for item in register.snapshot(before).vintages] == [date(2021, 1, 1)]
    assert register.snapshot(before).party("test-2") is None


def test_a_corrected_edition_of_the_same_day_retracts_the_first(register: Register) -> None:
    record(register, date(2021, 1, 1), [entry(1)], sha256="a")
    first = register.newest_transaction()
    record(register, date(2021, 1, 1), [entry(1), entry(2)], sha256="b")
    assert [item.entries for item in register.snapshot().vintages] == [2]
    assert [item.entries for item in register.snapshot(first).vintages] == [1]


def test_names_of_a_corrected_edition_are_still_found(register: Register) -> None:
    record(register, date(2021, 1, 1), [entry(1), entry(3)], sha256="a")
    record(register, date(2021, 1, 1), [entry(1), entry(2)], sha256="b")
    assert {version.party.id for version in register.snapshot().versions()} == {"test-1", "test-2"}


EDITIONS = st.lists(st.tuples(st.sets(st.integers(1, 6)), st.sets(st.integers(1, 6))), min_size=1, max_size=5)


@given(editions=EDITIONS, order=st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_editions_read_back_the_same_whatever_the_order_of_loading(
    new_url: NewUrl, editions: list[tuple[set[int], set[int]]], order: object
) -> None:
    register = Register.open(new_url())
    dated = {
        date(2021, month, 1): [entry(number, "moved" if number in moved else "") for number in sorted(present)]
        for month, (present, moved) in enumerate(editions, start=1)
    }
    days = list(dated)
    order.shuffle(days)  # type: ignore[attr-defined]
    for day in days:
        record(register, day, dated[day])
    for day, entries in dated.items():
        expected = {(item.party.id, "".join(item.party.get("address"))) for item in entries}
        assert shown(register, day) == expected
    register.close()
