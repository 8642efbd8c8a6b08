"""The Consolidated Screening List: one party a row, but one entry for OFAC's party on several lists."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ofac_samples import CSL_COLUMNS, DENIED, ENTITY_LIST, FIXTURES, SDN_LIST, SSI_LIST, csl_bytes, read

from vacatur.sources import csl
from vacatur.sources.base import ListDocument, SourceError

CSL = csl.CSL()

OPTICS = {
    "_id": "0a1b2c",
    "source": ENTITY_LIST,
    "name": "Example Optics Co., Ltd.",
    "addresses": "1 Example Road, Wuhan, 430000, CN; Hong Kong, HK",
    "federal_register_notice": "84 FR 00000",
    "start_date": "2019-05-16",
    "license_requirement": "For all items subject to the EAR",
    "license_policy": "Presumption of denial",
    "alt_names": "Example Optoelectronics; and EOC",
}
HOLDING = {
    "_id": "900002",
    "source": SDN_LIST,
    "entity_number": "900002",
    "type": "Entity",
    "programs": "SDGT; IRAN",
    "name": "EXAMPLE HOLDING, S.A.",
    "addresses": "1 Example St., Moscow, RU; SY",
    "remarks": "(Linked To: PRIMEROV, Ivan; Linked To: EXAMPLE GROUP (EG))",
    "alt_names": "EXAMPLE GROUP; EG",
    "ids": "RU, 7744001497, Tax ID No.; www.example.com, Website; Subject to Directive 1, "
    "Executive Order 13662 Directive Determination -",
}
HOLDING_SSI = {**HOLDING, "source": SSI_LIST, "addresses": "1 Example St, Moscow, RU", "programs": "UKRAINE-EO13662"}
ASH = {
    "_id": "dd",
    "source": DENIED,
    "name": " I. EXAMPLE",
    "addresses": "PLANO, TX, 75159, US",
    "federal_register_notice": "68 F.R. 00000 6/27/03",
    "start_date": "2003-06-19",
    "end_date": "2056-06-29",
    "standard_order": "Y",
    "remarks": "FR NOTICE ADDED",
}


def written(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "consolidated.csv"
    path.write_bytes(csl_bytes(*rows))
    return path


class TestARowIsRead:
    def test_of_the_entity_list(self, tmp_path: Path) -> None:
        (entry,), reading = read(CSL, written(tmp_path, OPTICS))
        assert (entry.party.id, entry.party.schema) == ("csl-0a1b2c", "LegalEntity")
        assert dict(entry.party.properties) == {
            "name": ("Example Optics Co., Ltd.",),
            "alias": ("Example Optoelectronics", "EOC"),
            "address": ("1 Example Road, Wuhan, 430000, CN", "Hong Kong, HK"),
            "country": ("cn", "hk"),
        }
        (listing,) = entry.listings
        assert (listing.measure, listing.list) == ("entity-list", "Entity List (EL)")
        assert (listing.listed_on, listing.effective, listing.until) == (date(2019, 5, 16), date(2019, 5, 16), None)
        assert listing.citation == "84 FR 00000"
        assert listing.remarks == (
            "License requirement: For all items subject to the EAR; License policy: Presumption of denial"
        )
        assert reading.lists["Entity List (EL)"] == "entity-list"

    def test_of_ofac_has_ofacs_id(self, tmp_path: Path) -> None:
        (entry,), _ = read(CSL, written(tmp_path, HOLDING))
        assert (entry.party.id, entry.party.schema) == ("ofac-900002", "Organization")
        assert entry.party.get("taxNumber") == ("7744001497",)
        assert entry.party.get("innCode") == ("7744001497",)
        assert entry.party.get("website") == ("www.example.com",)
        assert entry.party.get("country") == ("ru", "sy")
        assert entry.party.get("notes") == ("Linked To: PRIMEROV, Ivan", "Linked To: EXAMPLE GROUP (EG)")
        assert entry.listings[0].programs == ("SDGT", "IRAN")
        assert "Executive Order 13662 Directive Determination - Subject to Directive 1" in (
            entry.listings[0].remarks or ""
        )

    def test_of_the_denied_persons_has_its_end(self, tmp_path: Path) -> None:
        listing = read(CSL, written(tmp_path, ASH))[0][0].listings[0]
        assert (listing.measure, listing.until) == ("bis-denial-order", date(2056, 6, 29))
        assert listing.remarks == "FR NOTICE ADDED; Standard order: Y"

    @pytest.mark.parametrize(
        "ids",
        [
            "Passport, X1, RU; Gender, Male; Tax ID No., 5030056754",
            "RU, X1, Passport; Male, Gender; 5030056754, Tax ID No.",
        ],
    )
    def test_with_its_ids_in_the_order_of_any_year(self, tmp_path: Path, ids: str) -> None:
        row = {**HOLDING, "type": "Individual", "name": "PRIMEROV, Ivan", "ids": ids}
        party = read(CSL, written(tmp_path, row))[0][0].party
        assert (party.get("passportNumber"), party.get("gender"), party.get("taxNumber")) == (
            ("X1",),
            ("male",),
            ("5030056754",),
        )

    @pytest.mark.parametrize(
        ("name", "property_", "other"),
        [
            ("Example Promgaz, AO (f.k.a. OAO Example)", "previousName", ("OAO Example",)),
            ("Example Ltd., a.k.a. Example Co. (Shenzhen)", "alias", ("Example Co. (Shenzhen)",)),
            ("Example Inc. (a.k.a. Exa; Ample)", "alias", ("Exa", "Ample")),
        ],
    )
    def test_with_names_inside_its_name(
        self, tmp_path: Path, name: str, property_: str, other: tuple[str, ...]
    ) -> None:
        party = read(CSL, written(tmp_path, {**OPTICS, "name": name, "alt_names": ""}))[0][0].party
        assert party.get(property_) == other
        assert len(party.get("name")) == 1

    def test_of_a_list_that_we_do_not_know(self, tmp_path: Path) -> None:
        row = {**OPTICS, "source": "Example List (XYZ) - Example Department"}
        listing = read(CSL, written(tmp_path, row))[0][0].listings[0]
        assert (listing.list, listing.measure) == ("Example List (XYZ)", "csl-xyz")

    def test_with_a_date_that_is_none(self, tmp_path: Path) -> None:
        (entry,), reading = read(CSL, written(tmp_path, {**OPTICS, "start_date": "05/16/2019"}))
        assert entry.listings[0].listed_on is None
        assert reading.notes == ["start_date '05/16/2019' of 'Example Optics Co., Ltd.' is no date; left out"]


class TestRepeatedIds:
    def test_rows_of_one_entity_number_are_one_party_on_several_lists(self, tmp_path: Path) -> None:
        entries, reading = read(CSL, written(tmp_path, HOLDING, OPTICS, HOLDING_SSI))
        assert [(entry.party.id, entry.listings[0].measure) for entry in entries] == [
            ("ofac-900002", "ofac-sdn"),
            ("csl-0a1b2c", "entity-list"),
            ("ofac-900002", "ofac-ssi"),
        ]
        assert reading.skipped == {}

    def test_other_rows_of_one_id_stay_apart_and_equal_ones_count_once(self, tmp_path: Path) -> None:
        other = {**OPTICS, "name": "Example Acoustics"}
        entries, reading = read(CSL, written(tmp_path, OPTICS, other, OPTICS, other))
        assert [entry.party.caption for entry in entries] == ["Example Optics Co., Ltd.", "Example Acoustics"]
        first, second = (entry.party.id for entry in entries)
        assert first == "csl-0a1b2c"
        assert second.startswith("csl-0a1b2c-")
        assert reading.skipped == {"row repeated word for word": 2}


class TestJson:
    def test_says_the_same_as_the_csv(self) -> None:
        entries, reading = read(CSL, FIXTURES / "csl.json")
        optics, person, on_capta = entries
        assert (optics.party.id, optics.party.get("alias")) == ("csl-0a1b2c", ("Example Optoelectronics", "EOC"))
        assert optics.party.get("address") == ("1 Example Road, Wuhan, 430000, CN",)
        assert optics.listings[0].listed_on == date(2019, 5, 16)
        assert (person.party.id, person.party.schema) == ("ofac-900001", "Person")
        assert person.party.get("passportNumber") == ("X1234567",)
        assert on_capta.party.id == person.party.id
        assert [(x.measure, x.listed_on, x.effective) for x in on_capta.listings] == [
            ("ofac-capta", date(2022, 2, 24), date(2022, 3, 26))
        ]
        assert "Entity List (EL)" in reading.lists

    def test_a_page_of_answers_covers_no_list(self, tmp_path: Path) -> None:
        path = tmp_path / "csl.json"
        path.write_text((FIXTURES / "csl.json").read_text().replace('"total": 3', '"total": 14160'))
        _, reading = read(CSL, path)
        assert reading.lists == {}
        assert reading.notes == ["csl.json has 3 of 14160 results, and so covers no list"]


class TestAFileThatIsNotTheListIsRefused:
    @pytest.mark.parametrize(
        ("content", "line", "reason"),
        [
            (b"", None, "is empty"),
            (csl_bytes(), None, "holds no row"),
            (b"<html>", 1, "web page"),
            (b"id,name\n1,x\n", 1, "columns addresses, alt_names, entity_number"),
            (csl_bytes(OPTICS, columns=[c for c in CSL_COLUMNS if c in OPTICS]), 1, "columns entity_number"),
            (csl_bytes(OPTICS, ASH)[:-40], 3, "cells instead of 29"),
            (csl_bytes(OPTICS)[:-200], 2, "the file is cut"),
            (csl_bytes({**OPTICS, "name": "x\0y"}), 2, "NUL bytes"),
            (csl_bytes({**OPTICS, "name": "x" * 200_000}), 2, "field larger"),
            (b'{"results": [', None, "no readable JSON"),
            (b'{"results": []}', None, "without results"),
            (b'{"results": [1]}', None, "no object"),
            (b'{"a": 1}', None, "without results"),
        ],
    )
    def test_saying_where_and_why(self, tmp_path: Path, content: bytes, line: int | None, reason: str) -> None:
        path = tmp_path / "consolidated.csv"
        path.write_bytes(content)
        with pytest.raises(SourceError) as refusal:
            list(CSL.read(ListDocument(path)).entries)
        assert refusal.value.line == line
        assert reason in refusal.value.reason

    def test_a_header_in_the_middle_is_skipped_and_counted(self, tmp_path: Path) -> None:
        path = tmp_path / "consolidated.csv"
        path.write_bytes(csl_bytes(OPTICS) + csl_bytes(ASH))
        entries, reading = read(CSL, path)
        assert len(entries) == 2
        assert reading.skipped == {"header row repeated": 1}

    def test_more_columns_in_another_order_are_no_harm(self, tmp_path: Path) -> None:
        path = tmp_path / "consolidated.csv"
        path.write_bytes(csl_bytes({**OPTICS, "new": "1"}, columns=["new", *reversed(CSL_COLUMNS)]))
        assert read(CSL, path)[0] == read(CSL, written(tmp_path, OPTICS))[0]


FORMS = (csl_bytes(OPTICS, HOLDING, ASH, HOLDING_SSI), (FIXTURES / "csl.json").read_bytes())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FORMS), st.data())
def test_whatever_the_bytes_there_are_entries_or_a_clear_error(
    tmp_path: Path, content: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(content)))
    much = data.draw(st.integers(0, 60))
    what = data.draw(
        st.binary(max_size=20) | st.sampled_from([b"\r\n", b'"', b"; ", b", ", b"{", b"]", b"null", b"1e9"])
    )
    path = tmp_path / "consolidated"
    path.write_bytes(content[:at] + what + content[at + much :])
    try:
        entries = list(CSL.read(ListDocument(path)).entries)
    except SourceError:
        return
    assert all(entry.party.id and entry.listings for entry in entries)
    assert len({entry.digest for entry in entries}) == len(entries)
