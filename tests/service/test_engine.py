"""Editions: one is put in the place of another, and the old one is let go."""

import gc
import weakref
from collections.abc import Iterator
from datetime import date

import pytest
from pages.conftest import record_list

from vacatur.matching.model import Query
from vacatur.register import Register
from vacatur.service.engine import BusyError, Engine
from vacatur.service.settings import Settings


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(Settings(register=f"sqlite:///{tmp_path_factory.mktemp('engine') / 'r.db'}"))
    yield engine
    engine.close()


def test_an_edition_that_was_replaced_is_let_go_with_all_that_it_remembers(engine: Engine) -> None:
    edition, asked = engine.ask("2021-04-01", None, None)
    assert edition.screen(Query(name="Xiaomi"), asked, limit=5, threshold=0.7).hits
    edition.rosters_now()
    edition.read("Xiaomi was sued on Friday.")
    old, index = weakref.ref(edition), weakref.ref(edition.index)
    record_list(engine.register, date(2022, 1, 1), {"new": "A new company"})
    assert engine.refresh()
    del edition
    gc.collect()
    assert (old(), index()) == (None, None)


def test_nothing_new_is_no_new_edition(engine: Engine) -> None:
    before = engine.current()
    assert not engine.refresh()
    assert engine.current() is before


def test_a_new_edition_answers_from_the_new_state(engine: Engine) -> None:
    other = Register.open(engine.settings.register)
    record_list(other, date(2022, 1, 1), {"new": "Brand New Holding"})
    other.close()
    assert engine.refresh()
    edition, asked = engine.ask(None, None, None)
    found = edition.screen(Query(name="Brand New Holding"), asked, limit=5, threshold=0.7).hits
    assert [hit.party.id for hit in found] == ["new"]


def test_lists_as_known_at_many_times_hold_nobody_up_who_asks_about_now(engine: Engine) -> None:
    edition, now = engine.ask(None, None, None)
    before = edition.rosters(now)
    for year in range(2015, 2021):
        _, then = engine.ask(None, f"{year}-01-01", None)
        edition.rosters(then)
    assert edition.rosters(now) is before
    with edition._gathering:  # as if one were being prepared
        assert edition.rosters(now) is before
        taken = 0
        while edition._patient.acquire(blocking=False):
            taken += 1
        with pytest.raises(BusyError, match="ask again"):
            edition.rosters(engine.ask(None, "2014-01-01", None)[1])
        edition._patient.release(taken)
