"""OFAC's XML formats say the same as its csv files, and more; hostile XML is refused."""

import io
import zipfile
from collections import deque
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ofac_samples import FIXTURES, by_id, read

from vacatur.law.kinds import Effect
from vacatur.sources import ofac
from vacatur.sources.base import ListDocument, SourceError
from vacatur.sources.opening import open_plain
from vacatur.sources.safe_xml import read_elements

SDN, NON_SDN = ofac.SDN(), ofac.NonSDN()

STANDARD, ENHANCED = FIXTURES / "ofac_sdn.xml", FIXTURES / "ofac_enhanced.xml"
ADVANCED, DELTA = FIXTURES / "ofac_advanced.xml", FIXTURES / "ofac_delta.xml"


class TestStandardXml:
    def test_a_person(self) -> None:
        entries, reading = read(SDN, STANDARD)
        person = by_id(entries)["ofac-900001"]
        assert reading.vintage == date(2025, 3, 28)
        assert dict(person.party.properties) == {
            "name": ("Ivan Petrovich PRIMEROV",),
            "firstName": ("Ivan Petrovich",),
            "lastName": ("PRIMEROV",),
            "alias": ("Ivan PRIMEROFF",),
            "weakAlias": ("THE FIRST",),
            "previousName": ("Ivan VTOROV",),
            "address": ("1 Example St., Moscow, 101000, Russia",),
            "country": ("ru", "sy"),
            "position": ("Director of EXAMPLE HOLDING",),
            "passportNumber": ("X1234567",),
            "gender": ("male",),
            "nationality": ("ru",),
            "citizenship": ("cy",),
            "birthDate": ("1961-06-05", "1962"),
            "birthPlace": ("Perm, Russia",),
        }
        assert person.listings[0].programs == ("SDGT", "IRAN")
        assert person.listings[0].remarks == "Secondary sanctions risk: section 1(b) of Executive Order 13224"

    def test_a_ship(self) -> None:
        ship = by_id(read(SDN, STANDARD)[0])["ofac-900003"].party
        assert (ship.schema, ship.get("imoNumber"), ship.get("flag")) == ("Vessel", ("IMO9074729",), ("pa",))

    def test_fewer_entries_than_it_states_refuse_it(self, tmp_path: Path) -> None:
        path = tmp_path / "SDN.XML"
        path.write_text(STANDARD.read_text().replace("<Record_Count>3<", "<Record_Count>4<"))
        with pytest.raises(SourceError, match="states 4 entries and has 3"):
            read(SDN, path)


class TestEnhancedXml:
    def test_lists_come_with_their_days(self) -> None:
        entries, reading = read(SDN, ENHANCED)
        found = by_id(entries)
        assert reading.vintage == date(2025, 1, 10)
        assert [(x.measure, x.listed_on) for x in found["ofac-900001"].listings] == [("ofac-sdn", date(2016, 4, 12))]
        assert [(x.measure, x.listed_on) for x in found["ofac-900002"].listings] == [("ofac-sdn", date(2016, 4, 12))]

    def test_the_other_source_takes_the_other_lists(self, tmp_path: Path) -> None:
        text = ENHANCED.read_text()
        first, second = text.index('<entity id="900001"'), text.index('<entity id="900002"')
        path = tmp_path / "CONS_ENHANCED.XML"
        path.write_text(text[:first] + text[second:])
        (entry,), _ = read(NON_SDN, path)
        assert [(x.measure, x.listed_on) for x in entry.listings] == [("ofac-ssi", date(2014, 7, 16))]

    def test_names_in_other_scripts_weak_names_and_documents(self) -> None:
        person = by_id(read(SDN, ENHANCED)[0])["ofac-900001"].party
        assert person.get("name") == ("Ivan PRIMEROV",)
        assert person.get("alias") == ("Иван ПРИМЕРОВ",)
        assert person.get("weakAlias") == ("THE FIRST",)
        assert person.get("position") == ("Chairman",)
        assert person.get("passportNumber") == ("X1234567",)
        assert person.get("publicKey") == ("1ExampleExampleExampleExample1111",)
        assert person.get("address") == ("1 Example St., Moscow, Russia",)

    def test_relations_are_entries_without_listings(self) -> None:
        (link,) = (entry for entry in read(SDN, ENHANCED)[0] if not entry.listings)
        assert link.party.schema == "Directorship"
        assert dict(link.party.properties) == {
            "director": ("ofac-900001",),
            "organization": ("ofac-900002",),
            "role": ("Leader or official of",),
        }

    def test_in_a_zip(self, tmp_path: Path) -> None:
        path = tmp_path / "SDN_ENHANCED.ZIP"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(ENHANCED, "SDN_ENHANCED.XML")
        assert read(SDN, path)[0] == read(SDN, ENHANCED)[0]


class TestAdvancedXml:
    def test_what_stands_apart_comes_together(self) -> None:
        entries, reading = read(SDN, ADVANCED)
        found = by_id(entries)
        person, ship = found["ofac-900001"], found["ofac-900003"]
        assert reading.vintage == date(2025, 3, 28)
        assert dict(person.party.properties) == {
            "name": ("Ivan PRIMEROV",),
            "firstName": ("Ivan",),
            "lastName": ("PRIMEROV",),
            "weakAlias": ("VANYA",),
            "previousName": ("VTOROV",),
            "address": ("1 Example St., Moscow, Russia",),
            "country": ("ru",),
            "passportNumber": ("X1234567",),
            "birthDate": ("1961-06-05", "1962", "1964"),
            "nationality": ("ru",),
            "gender": ("male",),
        }
        assert [(x.measure, x.listed_on, x.programs) for x in person.listings] == [
            ("ofac-sdn", date(2016, 4, 12), ("SDGT",))
        ]
        assert (ship.party.schema, ship.party.get("imoNumber")) == ("Vessel", ("IMO9074729",))

    def test_relations_that_are_over_are_left_out(self) -> None:
        links = [entry.party for entry in read(SDN, ADVANCED)[0] if not entry.listings]
        assert [(link.schema, link.get("owner"), link.get("asset")) for link in links] == [
            ("Ownership", ("ofac-900001",), ("ofac-900003",))
        ]


class TestDelta:
    def test_additions_are_entries_and_removals_acts_and_no_list_is_covered(self) -> None:
        entries, reading = read(SDN, DELTA)
        assert [entry.party.caption for entry in entries] == ["NEW EXAMPLE LLC"]
        assert entries[0].listings[0].listed_on == date(2026, 1, 15)
        assert reading.lists == {}
        (act,) = reading.acts
        assert (act.measures, act.parties, act.effective) == (
            ("ofac-sdn",),
            frozenset({"ofac-900003"}),
            date(2026, 1, 15),
        )
        assert act.does is Effect.END
        assert reading.skipped == {
            "entry of another list": 1,
            "change to an entity that only a full file tells whole": 1,
        }

    def test_each_source_takes_its_own_lists(self) -> None:
        entries, reading = read(NON_SDN, DELTA)
        assert [entry.listings[0].measure for entry in entries] == ["eo-14032"]
        assert reading.acts == []


class TestHostileXml:
    @pytest.mark.parametrize(
        "text",
        [
            '<!DOCTYPE sdnList [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sdnList><sdnEntry>&b;</sdnEntry></sdnList>',
            '<!DOCTYPE sdnList SYSTEM "file:///etc/hostname"><sdnList><sdnEntry/></sdnList>',
            '<!DOCTYPE sdnList [<!ENTITY x SYSTEM "file:///etc/hostname">]><sdnList><sdnEntry>&x;</sdnEntry></sdnList>',
            "<sdnList>" + "<a>" * 500,
            "<sdnList><sdnEntry><uid>" + "1" * 11_000_000 + "</uid></sdnEntry></sdnList>",
            "<sdnList><sdnEntry>",
            "<sdnList><sdnEntry></sdnList>",
            "<sdnList><sdnEntry>&undefined;</sdnEntry></sdnList>",
            "<other/>",
            "<",
        ],
    )
    def test_is_refused(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "sdn.xml"
        path.write_text(text)
        with pytest.raises(SourceError, match=r"^sdn\.xml"):
            read(SDN, path)

    def test_a_zip_that_unpacks_without_end_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "SDN_ENHANCED.ZIP"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("SDN_ENHANCED.XML", b"\0" * 50_000_000)
        with open_plain(path) as plain, pytest.raises(SourceError, match="compression bomb"):
            deque(iter(lambda: plain.read(2**20), b""), maxlen=0)

    def test_a_zip_of_several_files_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "sdall.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("sdn.csv", "1")
            archive.writestr("alt.csv", "1")
        with pytest.raises(SourceError, match="holds 2 files where one is expected"):
            read(SDN, path)

    def test_elements_behind_are_let_go(self, tmp_path: Path) -> None:
        path = tmp_path / "sdn.xml"
        path.write_text("<sdnList>" + "<sdnEntry><uid>1</uid></sdnEntry>" * 50 + "</sdnList>")
        elements = read_elements(path, "sdnEntry")
        assert all(element.getprevious() is None or not len(element.getprevious()) for element in elements)


FORMS = {path.name: path.read_bytes() for path in (STANDARD, ENHANCED, ADVANCED, DELTA)}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_whatever_the_bytes_there_are_entries_or_a_clear_error(tmp_path: Path, form: str, data: st.DataObject) -> None:
    content = FORMS[form]
    at = data.draw(st.integers(0, len(content)))
    much = data.draw(st.integers(0, 60))
    what = data.draw(st.binary(max_size=20) | st.sampled_from([b"<a>", b"</entity>", b"&x;", b"refId", b"99", b">"]))
    zipped = data.draw(st.booleans())
    damaged = content[:at] + what + content[at + much :]
    if zipped:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("list.xml", damaged)
        damaged = packed.getvalue()
    path = tmp_path / "list.xml"
    path.write_bytes(damaged)
    for source in (SDN, NON_SDN):
        try:
            entries = list(source.read(ListDocument(path)).entries)
        except SourceError:
            continue
        assert all(entry.party.id for entry in entries)
