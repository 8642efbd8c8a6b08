"""OFAC's classic csv sets: what is read of them, and which of them are refused."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ofac_samples import ADD_ROWS, ALT_ROWS, SDN_ROWS, by_id, official, read, write_sdn

from vacatur.sources import ofac
from vacatur.sources.base import ListDocument, SourceError

SDN, NON_SDN = ofac.SDN(), ofac.NonSDN()


class TestASetIsRead:
    def test_every_row_is_one_entry_of_the_sdn_list(self, tmp_path: Path) -> None:
        entries, reading = read(SDN, write_sdn(tmp_path))
        assert [entry.party.id for entry in entries] == [f"ofac-90000{n}" for n in range(1, 5)]
        assert {listing.measure for entry in entries for listing in entry.listings} == {"ofac-sdn"}
        assert reading.lists == {"Specially Designated Nationals (SDN)": "ofac-sdn"}
        assert reading.skipped == {}
        assert reading.notes == []

    def test_a_person(self, tmp_path: Path) -> None:
        entry = by_id(read(SDN, write_sdn(tmp_path))[0])["ofac-900001"]
        assert entry.party.schema == "Person"
        assert dict(entry.party.properties) == {
            "name": ("Ivan Petrovich PRIMEROV",),
            "firstName": ("Ivan Petrovich",),
            "lastName": ("PRIMEROV",),
            "weakAlias": ("THE FIRST",),
            "alias": ("Ivan PRIMEROFF",),
            "previousName": ("Ivan VTOROV",),
            "address": ("1 Example St., Moscow 101000, Russia",),
            "country": ("ru", "sy"),
            "position": ("Director of EXAMPLE HOLDING",),
            "birthDate": ("1961-06-05", "1962", "1964"),
            "birthPlace": ("Perm, Russia",),
            "nationality": ("ru",),
            "citizenship": ("cy",),
            "gender": ("male",),
            "passportNumber": ("X1234567",),
            "publicKey": ("1ExampleExampleExampleExample1111",),
            "notes": ("Linked To: EXAMPLE HOLDING, S.A.",),
        }
        (listing,) = entry.listings
        assert listing.programs == ("SDGT", "IRAN")
        assert listing.remarks is not None
        assert "Secondary sanctions risk: section 1(b)" in listing.remarks

    def test_an_organisation_with_its_remarks_made_whole(self, tmp_path: Path) -> None:
        entry = by_id(read(SDN, write_sdn(tmp_path))[0])["ofac-900002"]
        assert entry.party.schema == "Organization"
        assert entry.party.get("name") == ("EXAMPLE HOLDING, S.A.",)
        assert entry.party.get("alias") == ("EXAMPLE GROUP",)
        assert entry.party.get("innCode") == ("7744001497",)
        assert entry.party.get("ogrnCode") == ("1027700167110",)
        assert entry.party.get("country") == ("ru",)
        assert entry.party.get("swiftBic") == ("EXAMRUMM",)
        assert entry.party.get("notes") == ("all offices worldwide",)

    def test_a_ship_and_an_aircraft(self, tmp_path: Path) -> None:
        entries = by_id(read(SDN, write_sdn(tmp_path))[0])
        ship, plane = entries["ofac-900003"].party, entries["ofac-900004"].party
        assert ship.schema == "Vessel"
        assert ship.get("imoNumber") == ("IMO9074729",)
        assert ship.get("mmsi") == ("572469210",)
        assert ship.get("callSign") == ("3EXA7",)
        assert ship.get("flag") == ("pa",)
        assert ship.get("pastFlags") == ("mt",)
        assert ship.get("notes") == ("Vessel owner: Example Shipping",)
        assert plane.schema == "Airplane"
        assert plane.get("serialNumber") == ("23383",)
        assert plane.get("buildDate") == ("1985",)

    def test_a_copy_saved_anew_without_cr_and_end_mark_says_the_same(self, tmp_path: Path) -> None:
        original, _ = read(SDN, write_sdn(tmp_path))
        for file in tmp_path.iterdir():
            file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").rstrip(b"\x1a").rstrip(b"\n"))
        assert read(SDN, tmp_path / "sdn.csv")[0] == original

    def test_a_gzipped_set_says_the_same(self, tmp_path: Path) -> None:
        original, _ = read(SDN, write_sdn(tmp_path))
        for file in list(tmp_path.iterdir()):
            (tmp_path / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
            file.unlink()
        entries, reading = read(SDN, tmp_path / "sdn.csv.gz")
        assert entries == original
        assert reading.notes == []

    def test_companions_that_are_not_there_are_said(self, tmp_path: Path) -> None:
        (tmp_path / "sdn.csv").write_bytes(official(SDN_ROWS))
        entries, reading = read(SDN, tmp_path / "sdn.csv")
        assert len(entries) == 4
        assert [note.split(": ")[1] for note in reading.notes] == [
            "no alt file beside it",
            "no add file beside it",
            "no comments file beside it",
        ]

    def test_the_old_encoding_is_read(self, tmp_path: Path) -> None:
        rows = official((SDN_ROWS[3].replace("EP-EXA", "CAFÉ EXAMPLE"),))
        (tmp_path / "sdn.csv").write_bytes(rows.decode().encode("cp1252"))
        assert read(SDN, tmp_path / "sdn.csv")[0][0].party.caption == "CAFÉ EXAMPLE"


class TestTheNonSdnListsAreTold:
    def row(self, programs: str, remarks: str = "-0- ") -> bytes:
        return official((f'900001,"EXAMPLE",-0- ,"{programs}",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{remarks}"',))

    @pytest.mark.parametrize(
        ("programs", "remarks", "measures"),
        [
            ("UKRAINE-EO13662", "", ["ofac-ssi"]),
            ("NS-PLC", "", ["ofac-ns-plc"]),
            ("SDGT] [NS-PLC", "", ["ofac-ns-plc"]),
            ("SYRIA] [FSE-SY", "", ["ofac-fse"]),
            ("561-Related", "", ["ofac-capta"]),
            ("CMIC-EO13959", "", ["eo-14032"]),
            ("CAATSA - RUSSIA", "", ["ofac-mbs"]),
            (
                "UKRAINE-EO13662] [RUSSIA-EO14024",
                "Listing Date (EO 14024 Directive 2): 24 Feb 2022",
                ["ofac-ssi", "ofac-capta"],
            ),
            (
                "UKRAINE-EO13662] [RUSSIA-EO14024",
                "Listing Date (EO 14024 Directive 3): 24 Feb 2022",
                ["ofac-ssi", "ofac-mbs"],
            ),
            (
                "UKRAINE-EO13662] [RUSSIA-EO14024",
                "Listing Date (EO 14024 Directive 3): 24 Feb 2022; "
                "Secondary sanctions risk: See Section 11 of Executive Order 14024.",
                ["ofac-ssi"],
            ),
            ("IRAN", "", ["ofac-eo13599"]),
        ],
    )
    def test_by_programmes_and_remarks(self, tmp_path: Path, programs: str, remarks: str, measures: list[str]) -> None:
        (tmp_path / "cons_prim.csv").write_bytes(self.row(programs, remarks))
        (entry,), reading = read(NON_SDN, tmp_path / "cons_prim.csv")
        assert [listing.measure for listing in entry.listings] == measures
        assert set(measures) <= set(reading.lists.values())

    def test_the_dates_of_the_chinese_military_companies(self, tmp_path: Path) -> None:
        remarks = (
            "Effective Date (CMIC): 02 Aug 2021; Listing Date (CMIC): 03 Jun 2021; "
            "Purchase/Sales For Divestment Date (CMIC): 03 Jun 2022"
        )
        (tmp_path / "cons_prim.csv").write_bytes(self.row("CMIC-EO13959", remarks))
        listing = read(NON_SDN, tmp_path / "cons_prim.csv")[0][0].listings[0]
        assert listing.listed_on == date(2021, 6, 3)
        assert listing.effective == date(2021, 8, 2)
        assert "Divestment Date (CMIC): 03 Jun 2022" in (listing.remarks or "")


class TestAFileThatIsNotTheListIsRefused:
    def refused(self, tmp_path: Path, content: bytes, name: str = "sdn.csv") -> SourceError:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError) as refusal:
            read(SDN, tmp_path / "sdn.csv")
        assert refusal.value.document == name
        return refusal.value

    @pytest.mark.parametrize(
        ("content", "line", "reason"),
        [
            (b"", None, "is empty"),
            (b"\x1a", None, "is empty"),
            (b"\r\n", None, "is empty"),
            (b"<!DOCTYPE html><html><body>503</body></html>", 1, "web page"),
            (b"\n<html><title>Access denied</title>", 1, "web page"),
            (b"id,name,country\n1,Example,CU\n", 1, "3 columns where OFAC's file has 12"),
            (b"a,b,c,d,e,f,g,h,i,j,k,l\n", 1, "no entity number"),
            (official(SDN_ROWS).replace(b"EXAMPLE STAR", b"EXAMPLE\0STAR"), 3, "NUL bytes"),
            (official(SDN_ROWS).replace(b"EXAMPLE STAR", b"X" * 200_000), 3, "field larger"),
            (official(SDN_ROWS).replace(b"EXAMPLE STAR", b"X" * 2_000_000), 3, "a line of more than"),
            (official(SDN_ROWS).replace(b"EXAMPLE STAR", b"\x81\xff\xfe"), 3, "neither UTF-8 nor"),
            (official(SDN_ROWS[:2]) + b"\r\n" + official(SDN_ROWS[2:]), 3, "0x1A"),
            (official(tuple(row + ",new column" for row in SDN_ROWS)), 1, "13 columns"),
            (gzip.compress(official(SDN_ROWS))[:-20], None, "can't be unpacked"),
            (b"PK\x03\x04 no zip", None, "no whole zip file"),
        ],
    )
    def test_saying_where_and_why(self, tmp_path: Path, content: bytes, line: int | None, reason: str) -> None:
        refusal = self.refused(tmp_path, content)
        assert refusal.line == line
        assert reason in refusal.reason

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"sdn\.csv: can't be opened: No such file"):
            read(SDN, tmp_path / "sdn.csv")

    def test_cut_anywhere_in_its_last_record(self, tmp_path: Path) -> None:
        whole = official(SDN_ROWS).rstrip(b"\x1a\r\n")
        begin = whole.rindex(b"\n") + 1
        for cut in range(begin + 1, len(whole)):
            self.refused(tmp_path, whole[:cut])

    def test_cut_between_records_when_its_companions_speak_of_the_rest(self, tmp_path: Path) -> None:
        path = write_sdn(tmp_path, rows=SDN_ROWS[:2])
        with pytest.raises(
            SourceError, match=r"sdn\.csv, line 2: ends without entity 900003, which add\.csv speaks of"
        ):
            read(SDN, path)

    @pytest.mark.parametrize("name", ["alt.csv", "add.csv", "sdn_comments.csv"])
    def test_with_a_damaged_companion(self, tmp_path: Path, name: str) -> None:
        write_sdn(tmp_path)
        refusal = self.refused(tmp_path, (tmp_path / name).read_bytes().rstrip(b"\x1a") + b"||||\r\n\x1a", name)
        assert "1 columns" in refusal.reason
        assert refusal.line is not None

    def test_given_to_the_source_of_the_other_list(self, tmp_path: Path) -> None:
        path = tmp_path / "sdn.csv"
        path.write_bytes(official((SDN_ROWS[1], SDN_ROWS[3])))
        with pytest.raises(SourceError, match=r"is not the list of ofac-nonsdn\. Read it as ofac-sdn"):
            read(NON_SDN, path)
        path.write_bytes(official(tuple(row.replace('"SDGT"', '"NS-PLC"') for row in (SDN_ROWS[1], SDN_ROWS[3]))))
        with pytest.raises(SourceError, match=r"is not the list of ofac-sdn\. Read it as ofac-nonsdn"):
            list(SDN.read(ListDocument(path)).entries)


REAL_FORM = official(SDN_ROWS)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.builds(
            lambda at, much, what: REAL_FORM[:at] + what + REAL_FORM[at + much :],
            st.integers(0, len(REAL_FORM)),
            st.integers(0, 40),
            st.binary(max_size=20) | st.sampled_from([b'"', b",", b"\r\n", b"\x1a", b"; ", b"alt. DOB 99 Foo 0000; "]),
        ),
    ),
    st.sampled_from(["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"]),
)
def test_whatever_the_bytes_there_are_entries_or_a_clear_error(tmp_path: Path, content: bytes, name: str) -> None:
    write_sdn(tmp_path, alt=ALT_ROWS, add=ADD_ROWS)
    (tmp_path / name).write_bytes(content)
    for source in (SDN, NON_SDN):
        try:
            entries = list(
                source.read(ListDocument(tmp_path / "sdn.csv", SDN.companions(tmp_path / "sdn.csv"))).entries
            )
        except SourceError:
            continue
        assert all(entry.party.id and entry.listings for entry in entries)
