"""Rosters: everyone under a measure at once, and the same as each dossier says by itself."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vacatur.law.acts import Measure
from vacatur.law.status import State
from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.record import StoredDocument, record_measures, record_vintage
from vacatur.register.staging import stage_entries
from vacatur.screening.rosters import rosters
from vacatur.screening.standing import Asked, open_dossier

MEASURE = Measure("test-list", "A list", "An authority", zone="UTC")
DAYS = [date(2021, month, 1) for month in (1, 3, 5, 7)]


def record(register: Register, day: date, numbers: set[int]) -> None:
    entries = [
        Entry(
            make_party(f"test-{number}", "Company", {"name": [f"Company {number}"]}),
            (Listing("test-list", list="T", listed_on=date(2020, 6, 1) if number % 2 else None),),
        )
        for number in sorted(numbers)
    ]
    with register.transaction("test", "update") as writer:
        tally = stage_entries(writer, "test", iter(entries))
        record_vintage(writer, "test", day, StoredDocument(f"{day}", "test.csv", 1), tally, {"T": "test-list"})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shown=st.lists(st.sets(st.integers(1, 6)), min_size=1, max_size=4), known=st.sampled_from([*DAYS, date.max]))
def test_a_roster_says_what_every_dossier_says(
    tmp_path_factory: pytest.TempPathFactory, shown: list[set[int]], known: date
) -> None:
    register = Register.open(f"sqlite:///{tmp_path_factory.mktemp('r') / 'r.db'}")
    with register.transaction("test", "measures") as writer:
        record_measures(writer, [MEASURE])
    for day, numbers in zip(DAYS, shown, strict=False):
        record(register, day, numbers)
    snapshot = register.snapshot()
    found = rosters(snapshot, Asked(date.max, known, snapshot.recorded)).by_measure
    by_party = {member.party: member for member in found["test-list"].members} if found else {}
    for day in (date(2020, 1, 1), date(2020, 7, 1), *DAYS, date(2021, 4, 1), date(2022, 1, 1)):
        asked = Asked(day, known, snapshot.recorded)
        for number in range(1, 7):
            dossier = open_dossier(snapshot, f"test-{number}", asked.known_at())
            said = [status.state for status in dossier.statuses(asked)] if dossier else []
            member = by_party.get(f"test-{number}")
            assert ([member.state(asked.at("UTC"))] if member else [State.NEVER_LISTED]) == (
                said or [State.NEVER_LISTED]
            )
    register.close()


def test_the_packaged_histories_agree_with_their_dossiers(tmp_path: Path) -> None:
    register = Register.open(f"sqlite:///{tmp_path / 'r.db'}")
    ensure_dossiers(register)
    snapshot = register.snapshot()
    now = datetime.now(UTC)
    found = rosters(snapshot, Asked(now, now, snapshot.recorded)).by_measure
    for day in (date(2018, 5, 1), date(2020, 9, 20), date(2021, 4, 1), date(2024, 10, 1), now.date()):
        asked = Asked(day, now, snapshot.recorded)
        for name, roster in found.items():
            for member in roster.members:
                dossier = open_dossier(snapshot, member.party)
                assert dossier is not None
                said = next(status for status in dossier.statuses(asked) if status.measure.id == name)
                assert member.state(asked.at(roster.measure.zone)) is said.state, (name, member.party, day)


def test_sizes_count_members_by_state(tmp_path: Path) -> None:
    register = Register.open(f"sqlite:///{tmp_path / 'r.db'}")
    with register.transaction("test", "measures") as writer:
        record_measures(writer, [MEASURE])
    record(register, DAYS[0], {2, 4})
    record(register, DAYS[1], {2, 4, 6})
    record(register, DAYS[2], {6})
    snapshot = register.snapshot()
    sizes = dict(rosters(snapshot, Asked(date.max, date.max, snapshot.recorded)).by_measure["test-list"].sizes)
    in_force = {
        datetime.fromtimestamp(at, UTC).date(): counts.get(State.IN_FORCE, 0) for at, counts in sizes.items() if at > 0
    }
    assert in_force[DAYS[0]] == 2
    assert in_force[DAYS[1]] == 3
    assert in_force[DAYS[2]] == 1
