"""The lists of Chinese military companies under sections 1237 and 1260H: official documents, and every edition."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from us_fixtures import FIXTURES, captions, check_model, damaged, fixture, listed, read, survives

from vacatur.sources.base import ListDocument, SourceError
from vacatur.sources.dod_lists import Section1237, Section1260H

LIST, OLD = Section1260H(), Section1237()
HISTORY = "opensanctions_1260h_history_2026-08-20.csv"


def small_pdf(lines: list[tuple[int, int, str]]) -> bytes:
    """A PDF of one page with each text at (x, y)."""
    shown = "".join(f"BT /F1 11 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%sendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /CreationDate (D:20250107085112-05'00') >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


PDF = small_pdf(
    [
        (72, 720, "Entities Identified as Chinese Military Companies Operating in the United States in"),
        (72, 706, "Accordance with Section 1260H \\(Public Law 116-283\\)1*"),
        (72, 678, "360 Fixture Inc. \\(Qihoo 1\\)"),
        (72, 650, "Fixture Aviation Corporation Ltd. \\(FAC\\)"),
        (108, 636, "FAC Airborne Co., Ltd."),
        (72, 600, "1  Lidar Fixture Co., Ltd. was previously identified as and remains a Chinese military company"),
        (72, 588, "in accordance with Section 1260H."),
        (108, 560, "Fixture Asset Management Ltd."),
    ]
)


class TestRelease:
    """The list as the department released it."""

    def test_every_company_with_the_parent_it_stands_under(self):
        entries, reading = fixture(LIST, "1260h_release.txt")
        assert captions(entries) == {
            "360 Fixture Inc.",
            "Fixture Aviation Corporation Ltd.",
            "FAC Airborne Co., Ltd.",
            "Fixture Asset Management Ltd.",
            "Lidar Fixture Co., Ltd.",
            "Xi’an Fixture Institute",
            "Fixture Communications Group (Limited)",
        }
        owned = {
            entry.party.get("asset"): entry.party.get("owner") for entry in entries if entry.party.schema == "Ownership"
        }
        assert owned == {
            (f"dod-1260h-{child}",): ("dod-1260h-fixture-aviation-corporation-ltd",)
            for child in ("fac-airborne-co-ltd", "fixture-asset-management-ltd", "xian-fixture-institute")
        }
        assert reading.lists == {"Section 1260H list": "1260h"}

    def test_what_was_taken_off_is_told_and_not_listed(self):
        entries, reading = fixture(LIST, "1260h_release.txt")
        assert "Gone Fixture Co., Ltd." not in captions(entries)
        assert reading.notes == [
            "official: the list as released",
            "says that these are no longer listed: Gone Fixture Co., Ltd. (Gone)",
        ]

    def test_a_footnote_that_keeps_a_company_lists_it(self):
        entry = listed(fixture(LIST, "1260h_release.txt")[0])["dod-1260h-lidar-fixture-co-ltd"]
        assert "89 Fed. Reg. 86230" in (entry.listings[0].remarks or "")

    def test_a_pdf_reads_like_its_text(self, tmp_path):
        path = tmp_path / "list.pdf"
        path.write_bytes(PDF)
        entries, reading = read(LIST, path)
        assert set(listed(entries)) == {
            "dod-1260h-360-fixture-inc",
            "dod-1260h-fixture-aviation-corporation-ltd",
            "dod-1260h-fac-airborne-co-ltd",
            "dod-1260h-lidar-fixture-co-ltd",
            "dod-1260h-fixture-asset-management-ltd",
        }
        assert reading.vintage == date(2025, 1, 7)
        assert "dod-1260h-fixture-aviation-corporation-ltd-owns-fixture-asset-management-ltd" in {
            entry.party.id for entry in entries
        }

    @pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
    def test_a_cut_pdf_is_refused(self, tmp_path, share):
        path = tmp_path / "list.pdf"
        path.write_bytes(PDF[: int(len(PDF) * share)])
        with pytest.raises(SourceError, match=r"list\.pdf: the PDF is cut"):
            read(LIST, path)

    def test_a_list_under_another_section_is_refused(self):
        with pytest.raises(SourceError, match="is no list under section 1237"):
            fixture(OLD, "1260h_release.txt")


class TestNotice:
    """A Federal Register notice."""

    def test_plain_text(self):
        entries, reading = fixture(LIST, "1260h_notice.txt")
        assert captions(entries) == {
            "360 Fixture, Inc.",
            "Fixture Aviation Corporation Ltd.",
            "FAC Airborne Co., Ltd.",
            "Fixture Asset Management Ltd.",
            "Xi'an Fixture Institute",
            "Hesai Fixture Group",
        }
        assert reading.vintage == date(2026, 6, 10)
        assert {listing.citation for entry in entries for listing in entry.listings} == {"91 FR 35189"}
        assert reading.lists == {"Section 1260H list": "1260h"}
        assert reading.notes[1].endswith("Gone Fixture Co., Ltd. (Gone)")

    def test_the_text_inside_a_web_page_reads_the_same(self, tmp_path):
        page = tmp_path / "notice.html"
        text = (FIXTURES / "1260h_notice.txt").read_text()
        page.write_text(f"<html><head><title>Notice</title></head><body><pre>\n{text}\n</pre></body></html>")
        assert read(LIST, page)[0] == fixture(LIST, "1260h_notice.txt")[0]

    def test_xml_that_only_adds(self):
        entries, reading = fixture(LIST, "1260h_notice.xml")
        assert captions(entries) == {"New Fixture Robotics Co., Ltd.", "Fixture Aviation Corporation Ltd."}
        assert reading.lists == {}
        assert reading.vintage == date(2021, 6, 25)

    def test_a_cut_notice_is_refused(self, tmp_path):
        path = tmp_path / "notice.txt"
        path.write_text((FIXTURES / "1260h_notice.txt").read_text().partition("    Dated:")[0])
        with pytest.raises(SourceError, match="the notice is cut"):
            read(LIST, path)


class TestEditions:
    """A history file holds several editions, and each is read for itself."""

    def test_the_days_of_the_editions(self):
        document = ListDocument(FIXTURES / "1260h_history.csv")
        assert LIST.editions(document) == (date(2021, 6, 3), date(2024, 1, 31), date(2025, 1, 7), date(2026, 6, 8))
        assert LIST.editions(ListDocument(FIXTURES / "1260h_release.txt")) == ()

    @pytest.mark.parametrize(
        ("edition", "names"),
        [
            (date(2021, 6, 3), {"Alpha Fixture Co.", "Beta Fixture Ltd."}),
            (date(2024, 1, 31), {"Alpha Fixture Co.", "Never Closed Fixture"}),
            (date(2025, 1, 7), {"Alpha Fixture Co.", "Gamma Memory Fixture"}),
            (date(2026, 6, 8), {"Alpha Fixture Co.", "Gamma Memory Fixture", "Delta Fixture Inc."}),
        ],
    )
    def test_who_was_on_each(self, edition, names):
        entries, reading = fixture(LIST, "1260h_history.csv", edition)
        assert captions(entries) == names
        assert reading.vintage == edition

    def test_a_day_between_editions_is_the_edition_then_in_effect(self):
        assert fixture(LIST, "1260h_history.csv", date(2026, 3, 1))[1].vintage == date(2025, 1, 7)
        assert fixture(LIST, "1260h_history.csv")[1].vintage == date(2026, 6, 8)
        with pytest.raises(SourceError, match="its first edition is of 2021-06-03"):
            fixture(LIST, "1260h_history.csv", date(2020, 1, 1))

    def test_a_row_in_each_edition_is_no_new_listing(self):
        entries = listed(fixture(LIST, "1260h_history.csv", date(2026, 6, 8))[0])
        assert entries["dod-1260h-alpha-fixture-co"].listings[0].listed_on == date(2021, 6, 3)
        assert entries["dod-1260h-delta-fixture-inc"].listings[0].listed_on is None

    def test_an_end_that_is_no_edition_is_told(self):
        _, reading = fixture(LIST, "1260h_history.csv")
        assert "third party" in reading.notes[0]
        assert (
            reading.notes[1] == "1 rows end on 2026-02-17, which is no edition's day: editions before it are as printed"
        )

    def test_a_parent_that_is_not_listed_is_met_in_passing(self):
        entries, _ = fixture(LIST, "1260h_history.csv", date(2025, 1, 7))
        (parent,) = [entry for entry in entries if entry.party.id == "dod-1260h-absent-parent-group"]
        assert parent.listings == ()

    def test_all_tranches_of_section_1237(self):
        document = ListDocument(FIXTURES / "ccmc_1237.csv")
        assert OLD.editions(document) == (date(2020, 6, 24), date(2020, 8, 28), date(2021, 1, 14))
        entries, reading = fixture(OLD, "ccmc_1237.csv", date(2020, 8, 28))
        assert captions(entries) == {"Alpha Fixture Corporation", "Beta Fixture Group Co", "Gamma Fixture Corporation"}
        assert reading.lists == {"Section 1237 list": "ccmc-1237"}
        assert listed(entries)["dod-1237-gamma-fixture-corporation"].listings[0].listed_on == date(2020, 8, 28)

    def test_the_arrangement_of_parents_only_proves_no_absence(self):
        entries, reading = fixture(LIST, "dow_1260h.json")
        assert set(listed(entries)) == {"dod-1260h-alpha-fixture-co"}
        assert reading.lists == {}
        assert reading.vintage == date(2026, 6, 10)


@pytest.mark.parametrize(
    "content", ["", "  ", "<html><body>no list</body></html>", "<a/>", "{}", "Some prose.", "a,b\n1,2\n"]
)
@pytest.mark.parametrize("source", [LIST, OLD], ids=lambda source: source.name)
def test_empty_and_foreign_files_are_refused(tmp_path, source, content):
    path = tmp_path / "wrong.dat"
    path.write_text(content)
    with pytest.raises(SourceError, match=r"wrong\.dat"):
        read(source, path)


FORMS = ["1260h_release.txt", "1260h_notice.txt", "1260h_notice.xml", "1260h_history.csv", "dow_1260h.json"]


@pytest.mark.parametrize("name", FORMS)
class TestEveryForm:
    def test_fits_the_model(self, name):
        check_model(fixture(LIST, name)[0])

    @settings(max_examples=40, deadline=None)
    @given(data=st.data())
    def test_damaged_files_are_read_or_refused_never_worse(self, name, data):
        survives(LIST, data.draw(damaged((FIXTURES / name).read_bytes())))


@settings(max_examples=30, deadline=None)
@given(data=damaged(PDF))
def test_damaged_pdfs_are_read_or_refused_never_worse(data):
    survives(LIST, data)


@settings(max_examples=30, deadline=None)
@given(data=damaged((FIXTURES / "ccmc_1237.csv").read_bytes()))
def test_damaged_tranches_are_read_or_refused_never_worse(data):
    survives(OLD, data)


@settings(max_examples=40, deadline=None)
@given(
    data=st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda data: b"%PDF-1.7\n" + data + b"\n%%EOF"))
)
def test_arbitrary_bytes_are_refused(data):
    assert not survives(LIST, data)
    assert not survives(OLD, data)


class TestRealFiles:
    """The history of 1260H from its files: for each of its editions, who was on it."""

    @pytest.fixture
    def folder(self, shared):
        return shared / "lists/dod_1260h"

    def roster(self, folder, edition):
        return listed(read(LIST, folder / HISTORY, edition)[0])

    def test_the_number_of_companies_on_each_edition(self, folder):
        counts = {
            day.isoformat(): len(self.roster(folder, day)) for day in LIST.editions(ListDocument(folder / HISTORY))
        }
        assert counts == {"2021-06-03": 47, "2022-10-05": 60, "2024-01-31": 73, "2025-01-07": 133, "2026-06-08": 188}

    def test_both_states_of_the_file_have_the_same_editions(self, folder):
        older = folder / "opensanctions_1260h_history_2026-08-14.csv"
        assert LIST.editions(ListDocument(older)) == LIST.editions(ListDocument(folder / HISTORY))
        for day in LIST.editions(ListDocument(older)):
            assert len(listed(read(LIST, older, day)[0])) == len(self.roster(folder, day))

    def test_the_first_editions_hold_exactly_the_rows_begun_and_not_ended(self, folder):
        import csv

        with (folder / HISTORY).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        from vacatur.sources.dod_names import read_company

        for day in ("2021-06-03", "2022-10-05", "2024-01-31"):
            expected = Counter(
                f"dod-1260h-{read_company(row['Name']).slug}"
                for row in rows
                if row["Start date"] <= day and not (row["End date"] and row["End date"] <= day)
            )
            assert set(expected) == set(self.roster(folder, date.fromisoformat(day)))
            assert set(expected.values()) == {1}

    def test_the_official_pdf_and_its_text_list_the_same_134(self, folder):
        pdf, reading = read(LIST, folder / "dod_1260h_official_list_2025-01-07.pdf")
        text, _ = read(LIST, folder / "dod_1260h_official_list_2025-01-07_pdftext.txt")
        assert {entry.party.id for entry in pdf} == {entry.party.id for entry in text}
        assert len(listed(pdf)) == 134
        assert reading.vintage == date(2025, 1, 7)
        assert reading.notes[0].startswith("official")

    def test_the_arrangement_of_that_edition_lacks_only_the_company_of_the_footnote(self, folder):
        official = set(listed(read(LIST, folder / "dod_1260h_official_list_2025-01-07.pdf")[0]))
        arranged = set(self.roster(folder, date(2025, 1, 7)))
        assert official - arranged == {"dod-1260h-hesai-technology-co-ltd"}
        assert arranged - official == set()

    @pytest.mark.parametrize(
        ("party", "editions"),
        [
            ("advanced-micro-fabrication-equipment-inc-china", [2024]),
            ("idg-capital-partners-co-ltd", [2024]),
            ("huawei-technologies-co-ltd", [2021, 2022, 2024, 2025, 2026]),
            ("tencent-holdings-limited", [2025, 2026]),
            ("changxin-memory-technologies-inc", [2025, 2026]),
            ("yangtze-memory-technologies-co-ltd", [2024, 2025, 2026]),
            ("beijing-megvii-technology-co-ltd", [2024]),
            ("china-railway-construction-corporation-limited", [2021, 2022, 2024]),
        ],
    )
    def test_known_oddities_are_no_defects_here(self, folder, party, editions):
        days = LIST.editions(ListDocument(folder / HISTORY))
        assert [day.year for day in days if f"dod-1260h-{party}" in self.roster(folder, day)] == editions

    def test_nobody_of_section_1237_alone_is_on_1260h(self, folder):
        for day in LIST.editions(ListDocument(folder / HISTORY)):
            names = " ".join(entry.party.caption for entry in self.roster(folder, day).values()).lower()
            assert "xiaomi" not in names
            assert "luokung" not in names

    def test_the_parents_of_2026(self, folder):
        entries, reading = read(LIST, folder / "dow_1260h_2026-06_nsfreg.json")
        assert len(listed(entries)) == 80
        assert reading.lists == {}

    def test_section_1237_grows_by_tranche(self, shared):
        path = shared / "lists/dod_1237/ccmc_1237_tranches_transcribed.csv"
        counts = [len(listed(read(OLD, path, day)[0])) for day in OLD.editions(ListDocument(path))]
        assert counts == [20, 31, 35, 44]
        assert {"Xiaomi Corporation"} <= captions(read(OLD, path)[0])
