"""An update: one file, one transaction; the same file again is nothing new; what is beyond belief is held."""

from datetime import date
from pathlib import Path

import pytest

from vacatur.law.status import State
from vacatur.register import Register
from vacatur.register.update import Held, Updated, update_from_file
from vacatur.screening.standing import Asked, open_dossier
from vacatur.sources.base import ListDocument, SourceError
from vacatur.sources.csl import CSL
from vacatur.sources.ofac import SDN


def sdn_file(folder: Path, names: list[str], name: str = "sdn.csv") -> Path:
    """A list in the official form, with invented entities."""
    rows = [f'{900_000 + number},"{text}",-0- ,"SDGT"' + ",-0- " * 8 for number, text in enumerate(names)]
    path = folder / name
    path.write_bytes(("\r\n".join(rows) + "\r\n\x1a").encode())
    return path


@pytest.fixture
def register(filled_register: Register) -> Register:
    return filled_register


def update(register: Register, path: Path, day: date, **options: bool) -> Updated:
    source = SDN()
    return update_from_file(register, source, ListDocument(path, source.companions(path), day), actor="test", **options)


def test_the_first_edition_adds_everyone(register: Register, tmp_path: Path) -> None:
    updated = update(register, sdn_file(tmp_path, ["ALPHA LTD", "BRAVO LTD"]), date(2021, 1, 1))
    assert updated.difference is not None
    assert (updated.entries, updated.difference.added) == (2, 2)


def test_the_same_file_again_records_nothing_new(register: Register, tmp_path: Path) -> None:
    path = sdn_file(tmp_path, ["ALPHA LTD", "BRAVO LTD"])
    update(register, path, date(2021, 1, 1))
    before = register.newest_transaction()
    assert not update(register, path, date(2021, 1, 1)).new
    assert register.newest_transaction() == before


def test_a_list_that_shrinks_beyond_belief_is_held_until_a_person_accepts_it(
    register: Register, tmp_path: Path
) -> None:
    update(register, sdn_file(tmp_path, [f"COMPANY {number}" for number in range(100)]), date(2021, 1, 1))
    before = register.newest_transaction()
    shrunken = sdn_file(tmp_path, [f"COMPANY {number}" for number in range(50)], "sdn-2.csv")
    with pytest.raises(Held, match=r"100 entries .* to 50"):
        update(register, shrunken, date(2021, 2, 1))
    assert register.newest_transaction() == before
    accepted = update(register, shrunken, date(2021, 2, 1), accept_shrunken=True)
    assert accepted.difference is not None
    assert accepted.difference.removed == 50


def test_a_file_cut_in_the_middle_records_nothing(register: Register, tmp_path: Path) -> None:
    path = sdn_file(tmp_path, [f"COMPANY {number}" for number in range(100)])
    path.write_bytes(path.read_bytes()[:-200])
    before = register.newest_transaction()
    with pytest.raises(SourceError, match=r"sdn\.csv"):
        update(register, path, date(2021, 1, 1))
    assert register.newest_transaction() == before


def test_what_is_only_observed_says_so(register: Register, tmp_path: Path) -> None:
    update(register, sdn_file(tmp_path, ["ALPHA LTD", "BRAVO LTD"]), date(2021, 1, 1))
    update(register, sdn_file(tmp_path, ["ALPHA LTD"]), date(2021, 3, 1))
    dossier = open_dossier(register.snapshot(), "ofac-900001")
    assert dossier is not None
    now = register.newest_transaction()

    def states(*days: str) -> list[State]:
        asked = (Asked(date.fromisoformat(day), date(2026, 1, 1), now) for day in days)
        return [dossier.statuses(moment)[0].state for moment in asked]

    expected = [State.UNKNOWN, State.IN_FORCE, State.UNKNOWN, State.ENDED]
    assert states("2020-06-01", "2021-01-01", "2021-02-01", "2021-03-01") == expected
    ended = dossier.statuses(Asked(date(2021, 4, 1), date(2026, 1, 1), now))[0]
    assert ended.ended_between == (date(2021, 1, 1), date(2021, 3, 1))
    first = dossier.statuses(Asked(date(2021, 1, 1), date(2026, 1, 1), now))[0]
    assert first.since_at_latest == date(2021, 1, 1)


class TestRealLists:
    def test_both_files_load_with_every_entry_and_meet_the_dossiers(self, register: Register, shared: Path) -> None:
        lists = shared / "lists"
        sdn = lists / "ofac_sdn/2021-07-07/sdn.csv"
        assert update(register, sdn, date(2021, 7, 7)).entries == 8_976
        source, path = CSL(), lists / "csl/2022-05-16/consolidated.csv.gz"
        document = ListDocument(path, source.companions(path), date(2022, 5, 16))
        assert update_from_file(register, source, document, actor="test").entries == 14_160
        snapshot, now = register.snapshot(), register.newest_transaction()
        for party, measures in {
            "huawei": {"entity-list", "eo-14032"},
            "smic": {"entity-list", "eo-14032"},
            "hikvision": {"entity-list", "eo-14032"},
            "dji": {"entity-list", "eo-14032"},
        }.items():
            dossier = open_dossier(snapshot, party)
            assert dossier is not None
            assert measures <= set(dossier.sightings)
            statuses = {
                item.measure.id: item for item in dossier.statuses(Asked(date(2022, 6, 1), date(2026, 1, 1), now))
            }
            assert all(statuses[measure].corroborated for measure in measures)
        affiliates = {version.party.id for version in snapshot.versions() if "Huawei" in version.party.caption}
        assert sum(snapshot.canonical(party) == party for party in affiliates) >= 100

    def test_three_days_in_february_2024(self, register: Register, shared: Path) -> None:
        for day in (date(2024, 2, 20), date(2024, 2, 23)):
            updated = update(register, shared / f"lists/ofac_sdn/{day}/sdn.csv.gz", day)
        difference = updated.difference
        assert difference is not None
        assert (difference.added, difference.removed, difference.changed) == (553, 0, 8)
