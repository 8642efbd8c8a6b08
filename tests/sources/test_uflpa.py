"""The UFLPA Entity List."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from us_fixtures import FIXTURES, check_model, damaged, fixture, listed, read, survives

from vacatur.sources.base import SourceError
from vacatur.sources.uflpa import Named, UflpaEntityList, read_named

UFLPA = UflpaEntityList()
FORMS = ["uflpa.html", "dhs_uflpa.json"]


def test_one_party_with_a_listing_for_each_table_it_stands_in():
    entries, reading = fixture(UFLPA, "uflpa.html")
    found = listed(entries)
    assert len(found) == 4
    silicon = found["uflpa-fixture-silicon-industry-shanshan-co-ltd"]
    assert silicon.party.get("alias") == (
        "Hesheng Fixture (Shanshan) Co.",
        "Fixture Silicon Industry (Shanshan) Co., Ltd.",
    )
    assert [(listing.listed_on, listing.programs) for listing in silicon.listings] == [
        (date(2022, 6, 21), ("UFLPA section 2(d)(2)(B)(i)",)),
        (date(2024, 11, 25), ("UFLPA section 2(d)(2)(B)(iv) and 2(d)(2)(B)(v)",)),
    ]
    assert silicon.listings[0].remarks == "Reaches further: and subsidiaries"
    assert reading.vintage == date(2025, 1, 14)
    assert reading.lists == {"UFLPA Entity List": "uflpa"}
    assert reading.notes[-1] == "5 rows of the list are 4 parties"


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("Plain Co., Ltd.", Named("Plain Co., Ltd.")),
        ("Hair Co. Ltd. (and two aliases: A Hair; and B (C) Hair)", Named("Hair Co. Ltd.", ("A Hair", "B (C) Hair"))),
        (
            "Group Co., Ltd. (also known as A Co., Ltd. and JWX; and formerly known as Zone Co., Ltd.; and Old Co.)",
            Named("Group Co., Ltd.", ("A Co., Ltd.", "JWX"), ("Zone Co., Ltd.", "Old Co.")),
        ),
        ("No. 4 Training Center (VSXTC)", Named("No. 4 Training Center", weak=("VSXTC",))),
        ("Energy (Group) Co., Ltd.", Named("Energy (Group) Co., Ltd.")),
        (
            "Corps (FPC) and its subordinate and affiliated entities",
            Named("Corps", weak=("FPC",), reach="and its subordinate and affiliated entities"),
        ),
        ("(also known as Nobody)", None),
    ],
)
def test_what_a_cell_says(cell, named):
    assert read_named(cell) == named


def test_the_arrangement_gives_the_same_ids():
    entries, reading = fixture(UFLPA, "dhs_uflpa.json")
    assert set(listed(entries)) < set(listed(fixture(UFLPA, "uflpa.html")[0]))
    assert entries[0].party.countries == ("cn",)
    assert "third party" in reading.notes[0]


@pytest.mark.parametrize(
    "content", ["", "Some text", "<html><body>Access Denied</body></html>", "%PDF-1.4", "{}", "<a/>"]
)
def test_empty_and_foreign_files_are_refused(tmp_path, content):
    path = tmp_path / "wrong.dat"
    path.write_text(content)
    with pytest.raises(SourceError, match=r"wrong\.dat"):
        read(UFLPA, path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_page_is_refused(tmp_path, share):
    data = (FIXTURES / "uflpa.html").read_bytes()
    path = tmp_path / "cut.html"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(SourceError, match=r"cut\.html, line \d+: the page is cut"):
        read(UFLPA, path)


@pytest.mark.parametrize("name", FORMS)
class TestEveryForm:
    def test_fits_the_model(self, name):
        check_model(fixture(UFLPA, name)[0])

    @settings(max_examples=40, deadline=None)
    @given(data=st.data())
    def test_damaged_files_are_read_or_refused_never_worse(self, name, data):
        survives(UFLPA, data.draw(damaged((FIXTURES / name).read_bytes())))


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes_are_refused(data):
    assert not survives(UFLPA, data)


def test_the_real_page_and_the_real_arrangement_name_the_same_144(shared):
    folder = shared / "lists/dhs_uflpa/2026-07-09"
    page, of_page = read(UFLPA, folder / "uflpa_official_page.html")
    arranged, of_json = read(UFLPA, folder / "dhs_uflpa.json")
    assert of_page.notes[-1] == "160 rows of the list are 144 parties"
    assert of_json.notes[-1] == "148 rows of the list are 144 parties"
    assert set(listed(page)) == set(listed(arranged))
    assert of_page.vintage == date(2025, 1, 14)
    check_model(page)
