"""The record that articles are read against in these tests: the packaged dossiers, and a small one made here."""

import os
from datetime import date
from pathlib import Path

import pytest
from machine import absent

from vacatur.law.acts import Act, Measure
from vacatur.news.names import NameIndex
from vacatur.news.reading import index_of
from vacatur.news.record import MemoryRecord, memory_record
from vacatur.parties import make_party
from vacatur.sources.dossiers import load

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("VACATUR_SHARED", HERE.parents[2] / "shared")) / "articles"


@pytest.fixture(scope="session")
def record() -> MemoryRecord:
    dossiers = load()
    return memory_record(dossiers.parties, dossiers.acts, dossiers.measures)


@pytest.fixture(scope="session")
def index(record: MemoryRecord) -> NameIndex:
    return index_of(record)


@pytest.fixture(scope="session")
def real_articles() -> Path:
    if not SHARED.is_dir():
        absent("the labelled real articles are not here: set VACATUR_SHARED to the folder that holds articles/")
    return SHARED


def act(id: str, kind: str, day: str, party: str, measure: str = "ccmc-1237", **more: object) -> Act:
    """One act on one party, public on its day."""
    when = date.fromisoformat(day)
    more.setdefault("published", when)
    return Act(id=id, kind=kind, measures=(measure,), effective=when, parties=frozenset({party}), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def small() -> MemoryRecord:
    """Xiaomi from listing to vacatur; ZTE in and out of its denial order; Acme listed, and still so."""
    parties = [
        make_party("xiaomi", "Company", {"name": ["Xiaomi Corporation"]}),
        make_party("zte", "Company", {"name": ["ZTE Corporation"]}),
        make_party("acme", "Company", {"name": ["Acme Drones Ltd"]}),
    ]
    acts = [
        act("x-listed", "designated", "2021-01-14", "xiaomi"),
        act("x-suit", "complaint_filed", "2021-01-29", "xiaomi", court="D.D.C."),
        act(
            "x-pi", "preliminary_injunction_granted", "2021-03-12", "xiaomi", court="D.D.C.", judge="Rudolph Contreras"
        ),
        act("x-vacated", "vacated", "2021-05-25", "xiaomi", court="D.D.C."),
        act("z-order", "order_activated", "2018-04-15", "zte", "bis-denial-order"),
        act("z-lifted", "order_lifted", "2018-07-13", "zte", "bis-denial-order"),
        act("a-listed", "designated", "2022-10-05", "acme", "1260h"),
        act("a-again", "redesignated", "2025-01-07", "acme", "1260h"),
    ]
    measures = {
        "ccmc-1237": Measure("ccmc-1237", "CCMC list", "DoD"),
        "1260h": Measure("1260h", "1260H list", "DoD"),
        "bis-denial-order": Measure("bis-denial-order", "denial order", "BIS"),
    }
    return memory_record(parties, acts, measures)
