"""The timeline as a picture and the deadlines as a calendar."""

from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from vacatur.exports.calendar import deadlines_ics
from vacatur.exports.picture import png_of, timeline_svg
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.screening.standing import Asked, Dossier, open_dossier


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    register = Register.open(f"sqlite:///{tmp_path_factory.mktemp('register') / 'register.db'}")
    ensure_dossiers(register)
    return register


def dossier(register: Register, party: str) -> tuple[Dossier, Asked]:
    found = open_dossier(register.snapshot(), party)
    assert found is not None
    return found, Asked(date(2021, 4, 1), date(2026, 1, 1), register.newest_transaction())


@pytest.mark.parametrize("party", ["xiaomi", "huawei", "fridman", "zte", "mazepin-nikita", "tiktok"])
def test_a_picture_has_a_lane_a_measure_and_names_every_state(register: Register, party: str) -> None:
    found, asked = dossier(register, party)
    svg = timeline_svg(found, asked)
    texts = " ".join(element.text or "" for element in ElementTree.fromstring(svg).iter())
    for measure in found.measure_ids():
        assert found.measures[measure].name in texts
    assert found.party.caption in texts


def test_what_was_known_then_is_drawn_where_it_differs(register: Register) -> None:
    assert "as known then" in timeline_svg(*dossier(register, "fridman"))


def test_the_picture_is_the_same_each_time(register: Register) -> None:
    assert timeline_svg(*dossier(register, "xiaomi")) == timeline_svg(*dossier(register, "xiaomi"))


def test_a_picture_becomes_a_png(register: Register, tmp_path: Path) -> None:
    assert png_of(timeline_svg(*dossier(register, "xiaomi"))).startswith(b"\x89PNG")


def test_deadlines_are_events_of_a_calendar(register: Register) -> None:
    found, asked = dossier(register, "smic")
    calendar = Calendar.from_ical(
        deadlines_ics(found.party.caption, found.statuses(asked), datetime(2021, 4, 1, tzinfo=UTC))
    )
    events = calendar.walk("VEVENT")
    assert events
    assert all(event["dtstart"].dt > date(2021, 4, 1) for event in events)
