"""The Denied Persons List."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from us_fixtures import FIXTURES, check_model, damaged, fixture, listed, read, survives

from vacatur.sources.base import SourceError
from vacatur.sources.bis_dpl import DeniedPersons

DPL = DeniedPersons()


def test_rows_of_one_name_are_one_party_with_a_listing_for_each_order():
    entries, reading = fixture(DPL, "dpl.txt")
    found = listed(entries)
    assert set(found) == {"bis-dpl-jane-example", "bis-dpl-fixture-airlines", "bis-dpl-john-jack-sample"}
    airline = found["bis-dpl-fixture-airlines"]
    assert airline.party.get("alias") == ("FA AIR",)
    assert airline.party.countries == ("iq", "ae")
    assert len(airline.listings) == 1
    assert [listing.until for listing in found["bis-dpl-john-jack-sample"].listings] == [None, date(2000, 1, 2)]
    assert reading.notes == ["official: the text file of the list", "5 rows of the list are 3 parties"]


def test_an_order_states_its_days_and_citation():
    (listing,) = listed(fixture(DPL, "dpl.txt")[0])["bis-dpl-fixture-airlines"].listings
    assert (listing.measure, listing.list) == ("bis-denial-order", "Denied Persons List (DPL)")
    assert (listing.listed_on, listing.effective, listing.until) == (
        date(2019, 6, 5),
        date(2019, 6, 5),
        date(2019, 12, 3),
    )
    assert listing.citation == "80 F.R. 30435 5/28/15"
    assert listing.remarks == "Non-standard order"


def test_a_blank_country_with_a_state_is_the_united_states():
    assert listed(fixture(DPL, "dpl.txt")[0])["bis-dpl-jane-example"].party.countries == ("us",)


def test_a_cut_file_is_refused(tmp_path):
    data = (FIXTURES / "dpl.txt").read_bytes()
    path = tmp_path / "dpl.txt"
    for cut in (data[:-1][:-20], data[: len(data) // 2], data[:40]):
        path.write_bytes(cut)
        with pytest.raises(SourceError, match=r"dpl\.txt, line \d+"):
            read(DPL, path)


@pytest.mark.parametrize("wrong", ['"13/45/2022"', '"soon"'])
def test_a_date_that_is_none_is_refused(tmp_path, wrong):
    path = tmp_path / "dpl.txt"
    path.write_text((FIXTURES / "dpl.txt").read_text().replace('"08/24/2022"', wrong))
    with pytest.raises(SourceError, match=r"dpl\.txt, line 2: no date"):
        read(DPL, path)


def test_a_row_without_a_name_is_refused(tmp_path):
    path = tmp_path / "dpl.txt"
    path.write_text((FIXTURES / "dpl.txt").read_text().replace(" JANE EXAMPLE", " "))
    with pytest.raises(SourceError, match="a row without a name"):
        read(DPL, path)


@pytest.mark.parametrize("content", ["", "<html><body>Moved</body></html>", "Name,City\nX,Y\n", '{"list_id": "x"}'])
def test_empty_and_foreign_files_are_refused(tmp_path, content):
    path = tmp_path / "wrong.txt"
    path.write_text(content)
    with pytest.raises(SourceError, match=r"wrong\.txt"):
        read(DPL, path)


def test_a_header_without_rows_is_refused(tmp_path):
    path = tmp_path / "dpl.txt"
    path.write_text((FIXTURES / "dpl.txt").read_text().split("\n")[0] + "\n")
    with pytest.raises(SourceError, match="holds no entry"):
        read(DPL, path)


def test_fits_the_model():
    check_model(fixture(DPL, "dpl.txt")[0])


@settings(max_examples=60, deadline=None)
@given(data=damaged((FIXTURES / "dpl.txt").read_bytes()))
def test_damaged_files_are_read_or_refused_never_worse(data):
    survives(DPL, data)


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes_are_refused(data):
    assert not survives(DPL, data)


@pytest.mark.parametrize(
    ("name", "rows", "newest"),
    [
        ("bis_dpl/2019-06-29/dpl.txt", 546, date(2019, 6, 5)),
        ("bis_dpl/2023-11-30/dpl.txt", 665, date(2023, 11, 16)),
        ("bis_dpl/2026-07-09_json/bis_dpl.json", 564, None),
        ("ita_fixtures/dpl/dpl.txt", 9, None),
    ],
)
def test_counts_of_the_real_files(shared, name, rows, newest):
    entries, reading = read(DPL, shared / "lists" / name)
    assert reading.notes[-1] == f"{rows} rows of the list are {len(listed(entries))} parties"
    if newest:
        assert max(listing.effective for entry in entries for listing in entry.listings if listing.effective) == newest
    check_model(entries)
