"""The FCC Covered List."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from us_fixtures import FIXTURES, captions, check_model, damaged, fixture, listed, read, survives

from vacatur.sources.base import SourceError
from vacatur.sources.fcc_covered import CoveredList, class_name, read_covered

FCC = CoveredList()
FORMS = ["fcc_covered.csv", "fcc_covered.html", "fcc_covered.json"]


def test_producers_and_classes_are_entries():
    entries = listed(fixture(FCC, "fcc_covered.csv")[0])
    assert {key: entry.party.schema for key, entry in entries.items()} == {
        "fcc-covered-fixture-technologies-company": "Company",
        "fcc-covered-ao-fixture-lab": "Company",
        "fcc-covered-fixture-networks-corp": "Company",
        "fcc-covered-fixnet-usa-llc": "Company",
        "fcc-covered-fixture-lab-inc": "Company",
        "fcc-covered-routers-produced-in-a-foreign-country": "Asset",
        "fcc-covered-foreign-produced-advanced-fixtures": "Asset",
    }
    assert entries["fcc-covered-fixture-lab-inc"].party.caption == "Fixture Lab, Inc."


def test_a_wholly_owned_subsidiary_is_linked():
    (link,) = [entry.party for entry in fixture(FCC, "fcc_covered.csv")[0] if entry.party.schema == "Ownership"]
    assert link.get("owner") == ("fcc-covered-fixture-networks-corp",)
    assert link.get("asset") == ("fcc-covered-fixnet-usa-llc",)
    assert link.get("percentage") == ("100",)


def test_the_day_of_inclusion_is_the_listing_and_updates_are_told():
    (listing,) = listed(fixture(FCC, "fcc_covered.csv")[0])[
        "fcc-covered-routers-produced-in-a-foreign-country"
    ].listings
    assert (listing.measure, listing.listed_on, listing.effective) == (
        "fcc-covered-list",
        date(2026, 3, 23),
        date(2026, 3, 23),
    )
    assert listing.remarks is not None
    assert listing.remarks.endswith("Updated: 2026-06-15.")


def test_page_csv_and_json_give_the_same_ids():
    ids = [set(listed(fixture(FCC, name)[0])) for name in FORMS]
    assert ids[1] == ids[2] < ids[0]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Services provided by Example (Americas) Corp. subject to section 214.", ["Example (Americas) Corp."]),
        ("Services provided by Example Inc., subject to section 214.", ["Example Inc."]),
        ("Equipment produced by Example Company, to the extent it is used for safety.", ["Example Company"]),
        ("Equipment produced by Example Company.", ["Example Company"]),
        (
            "Drones produced in a foreign country—except: (a) those approved by DoW;",
            ["Drones produced in a foreign country"],
        ),
    ],
)
def test_whom_a_sentence_names(sentence, names):
    assert [entry.party.caption for entry in read_covered(sentence, date(2021, 3, 12))] == names


def test_a_class_keeps_its_name_when_its_exceptions_change():
    assert class_name("Routers^ produced in a foreign country, except X.") == class_name(
        "Routers ^ produced in a foreign country."
    )


@pytest.mark.parametrize(
    "content", ["", "a,b\n1,2\n", "<html><body><p>Denied</p></body></html>", "<html><table>", "{}", "<x/>"]
)
def test_empty_cut_and_foreign_files_are_refused(tmp_path, content):
    path = tmp_path / "wrong.dat"
    path.write_text(content)
    with pytest.raises(SourceError, match=r"wrong\.dat"):
        read(FCC, path)


def test_a_row_without_its_day_is_refused_with_its_line(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text((FIXTURES / "fcc_covered.csv").read_text().replace("March 25, 2022", "soon"))
    with pytest.raises(SourceError, match=r"table\.csv, line 3: a row without equipment or day"):
        read(FCC, path)


@pytest.mark.parametrize("name", FORMS)
class TestEveryForm:
    def test_fits_the_model(self, name):
        check_model(fixture(FCC, name)[0])

    @settings(max_examples=40, deadline=None)
    @given(data=st.data())
    def test_damaged_files_are_read_or_refused_never_worse(self, name, data):
        survives(FCC, data.draw(damaged((FIXTURES / name).read_bytes())))


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes_are_refused(data):
    assert not survives(FCC, data)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("fcc_covered_table_2026-05-21.csv", 13),
        ("fcc_covered_table_2026-06-23.csv", 13),
        ("fcc_covered_table_2026-07-20.csv", 14),
        ("fcc_covered_table_2026-08-20.csv", 16),
    ],
)
def test_counts_of_the_real_tables(shared, name, rows):
    entries, _ = read(FCC, shared / "lists/fcc_covered" / name)
    assert len({listing.remarks for entry in entries for listing in entry.listings}) == rows
    assert len(listed(entries)) == rows + 1  # one row names a company and its subsidiary
    assert {"Huawei Technologies Company", "ZTE Corporation"} <= captions(entries)
    check_model(entries)


def test_the_real_vintages_differ_by_what_was_included(shared):
    folder = shared / "lists/fcc_covered"
    june, july, august = (
        set(listed(read(FCC, folder / f"fcc_covered_table_{day}.csv")[0]))
        for day in ("2026-06-23", "2026-07-20", "2026-08-20")
    )
    assert july - june == {"fcc-covered-digitalsystem-technology-inc"}
    assert august - july == {
        "fcc-covered-foreign-produced-power-inverters",
        "fcc-covered-foreign-produced-advanced-robotic-devices",
    }
    assert june <= july <= august
    arranged, _ = read(FCC, folder / "fcc_covered_2026-07-09.json")
    assert len(arranged) == 15
    assert set(listed(arranged)) == july
