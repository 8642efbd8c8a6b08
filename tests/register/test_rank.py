"""Official documents outrank arrangements of them, in whatever order they are read, and a conflict is told."""

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from vacatur.law.status import State
from vacatur.register import Register
from vacatur.register.refresh import Refreshed, read_file
from vacatur.screening.standing import Asked, open_dossier
from vacatur.sources.base import ListDocument
from vacatur.sources.dod_lists import Section1260H

HISTORY = "opensanctions_1260h_history_2026-08-20.csv"
OFFICIAL = "dod_1260h_official_list_2025-01-07.pdf"
EDITION = date(2025, 1, 7)


@pytest.fixture
def register(filled_register: Register) -> Register:
    return filled_register


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "lists/dod_1260h"


def read(register: Register, path: Path, day: date | None = None) -> Refreshed:
    return read_file(register, Section1260H(), ListDocument(path, {}, day), actor="test", accept_shrunken=True)


@pytest.mark.parametrize("order", list(permutations([HISTORY, OFFICIAL])))
def test_the_official_edition_stands_whatever_was_read_first(
    register: Register, folder: Path, order: tuple[str, str]
) -> None:
    notes = [note for name in order for updated in read(register, folder / name).updated for note in updated.notes]
    (edition,) = [v for v in register.snapshot().vintages if v.source == "dod-1260h" and v.day == EDITION]
    assert edition.notes[0].startswith("official")
    assert edition.counts["Section 1260H list"] == 134
    told = [note for note in notes if "Hesai Technology" in note]
    assert len(told) == 1, "the company of the footnote, which the arrangement lacks"
    assert "takes the place of an arrangement" in told[0] or "official document of this edition" in told[0]


def test_each_edition_of_1260h_in_the_register_is_as_its_file(register: Register, folder: Path) -> None:
    done = read(register, folder / HISTORY)
    counts = {updated.vintage.isoformat(): updated.entries for updated in done.updated}
    listed = {v.day.isoformat(): v.counts["Section 1260H list"] for v in register.snapshot().vintages if v.counts}
    assert listed == {"2021-06-03": 47, "2022-10-05": 60, "2024-01-31": 73, "2025-01-07": 133, "2026-06-08": 188}
    assert set(counts) == set(listed)


def states(register: Register, party: str, *days: str) -> list[State]:
    now = register.newest_transaction()
    dossier = open_dossier(register.snapshot(), party)
    assert dossier is not None, party
    found = []
    for day in days:
        statuses = dossier.statuses(Asked(date.fromisoformat(day), date(2026, 11, 1), now))
        found.append(next(item.state for item in statuses if item.measure.id == "1260h"))
    return found


def canonical(register: Register, name: str) -> str:
    return register.snapshot().canonical(f"dod-1260h-{name}")


@pytest.mark.parametrize("name", ["advanced-micro-fabrication-equipment-inc-china", "idg-capital-partners-co-ltd"])
def test_who_was_removed_in_december_2024_is_not_shown_as_listed(register: Register, folder: Path, name: str) -> None:
    """AMEC and IDG Capital have rows without an end in the arrangement; the official list does not have them."""
    read(register, folder / HISTORY)
    read(register, folder / OFFICIAL)
    assert states(register, canonical(register, name), "2024-01-31", "2025-01-07", "2026-10-01") == [
        State.IN_FORCE,
        State.ENDED,
        State.ENDED,
    ]


@pytest.mark.parametrize("name", ["changxin-memory-technologies-inc", "yangtze-memory-technologies-co-ltd"])
def test_the_notice_that_was_withdrawn_ended_nothing(register: Register, folder: Path, name: str) -> None:
    """Twelve rows end on 2026-02-17, on the strength of a notice withdrawn unpublished."""
    done = read(register, folder / HISTORY)
    assert states(register, canonical(register, name), "2026-02-18", "2026-06-09") == [State.IN_FORCE, State.IN_FORCE]
    assert any("end on 2026-02-17, which is no edition's day" in note for item in done.updated for note in item.notes)


def test_a_company_with_a_row_in_each_edition_is_one_party_listed_once(register: Register, folder: Path) -> None:
    read(register, folder / HISTORY)
    party = canonical(register, "huawei-technologies-co-ltd")
    assert states(register, party, "2021-06-04", "2023-01-01", "2025-02-01", "2026-10-01") == [State.IN_FORCE] * 4
    dossier = open_dossier(register.snapshot(), party)
    assert dossier is not None
    status = next(
        item
        for item in dossier.statuses(Asked(date(2026, 10, 1), date(2026, 11, 1), register.newest_transaction()))
        if item.measure.id == "1260h"
    )
    assert not status.conflicts
