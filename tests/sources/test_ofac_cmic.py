"""Arrangements of the NS-CMIC list: a source of its own within OFAC's non-SDN lists."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world_readers import FUZZ, check_model, damaged, read, survives

from vacatur.sources.base import ListDocument, SourceError
from vacatur.sources.catalog import find_source
from vacatur.sources.ofac import NonSDN
from vacatur.sources.ofac_cmic import CmicArrangement

CMIC = CmicArrangement()
RECORD = {
    "name": "Example Aviation Co., Ltd",
    "aliases": ["EXAMPLE AVIATION"],
    "country": "China",
    "address": "1 Example Road, Beijing, China",
    "effective_date": "2021-08-02",
    "federal_register": None,
    "notes": "Listing Date (CMIC): 03 Jun 2021; USCC: 91320000714091899R (China); Program: CMIC-EO13959",
}
SAMPLE = json.dumps({"list_id": "ofac-nscmic", "extracted": "2026-07-09", "count": 1, "entities": [RECORD]})
ANNEX = SAMPLE.replace("ofac-nscmic", "ofac-eo14032")


def write(folder: Path, text: str) -> Path:
    path = folder / "cmic.json"
    path.write_text(text)
    return path


def test_an_entry_has_its_days_and_credit_code(tmp_path: Path) -> None:
    (entry,), reading = read(CMIC, write(tmp_path, SAMPLE))
    assert (entry.party.id, entry.party.get("uscCode")) == (
        "ofac-cmic-example-aviation-co-ltd",
        ("91320000714091899R",),
    )
    (listing,) = entry.listings
    assert (listing.measure, listing.listed_on, listing.effective) == (
        "eo-14032",
        date(2021, 6, 3),
        date(2021, 8, 2),
    )
    assert (reading.vintage, list(reading.lists.values())) == (date(2026, 7, 9), ["eo-14032"])
    assert "arrangement by a third party" in reading.notes[0]
    check_model([entry])


def test_the_non_sdn_source_recognises_it(tmp_path: Path) -> None:
    path = write(tmp_path, SAMPLE)
    assert NonSDN().one(ListDocument(path)).name == "ofac-nonsdn:cmic"
    assert find_source("ofac-nonsdn:cmic").name == "ofac-nonsdn:cmic"
    csv = tmp_path / "cons_prim.csv"
    csv.write_text('9639,"KHALID","individual","NS-PLC"' + ",-0- " * 8)
    assert NonSDN().one(ListDocument(csv)).name == "ofac-nonsdn"


def test_the_annex_needs_its_day(tmp_path: Path) -> None:
    path = write(tmp_path, ANNEX)
    with pytest.raises(SourceError, match="--vintage 2021-06-03"):
        read(CMIC, path)
    _, reading = read(CMIC, path, date(2021, 6, 3))
    assert (reading.vintage, reading.lists) == (date(2021, 6, 3), {})


@pytest.mark.parametrize(("name", "count"), [("ofac_nscmic.json", 68), ("ofac_eo14032_annex.json", 59)])
def test_the_real_files_as_counted(shared: Path, name: str, count: int) -> None:
    entries, _ = read(CMIC, shared / "lists/ofac_cons/2026-07-09_nscmic" / name, date(2026, 7, 9))
    assert len({entry.party.id for entry in entries}) == count


@FUZZ
@given(st.one_of(st.binary(max_size=300), damaged(SAMPLE.encode())))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    survives(CMIC, data)
