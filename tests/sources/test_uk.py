"""The lists of the United Kingdom: OFSI's ConList and the UK Sanctions List."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world_readers import FUZZ, check_model, damaged, listed, read, read_text, survives

from vacatur.sources.base import SourceError
from vacatur.sources.uk import UKSanctions

UK = UKSanctions()
COLUMN_LINE = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,"
    "NI Number,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,"
    "Other Information,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID"
)
COLUMNS = COLUMN_LINE.split(",")
PERSON = {
    "Name 6": "EXAMPLE",
    "Name 1": "Ivan",
    "DOB": "00/00/1980",
    "Town of Birth": "Perm",
    "Country of Birth": "Russia",
    "Nationality": "1) Saudi Arabia 2) Qatar",
    "Passport Details": "(1) A123456 (Indian) issued in 1985 (2) none known",
    "NI Number": "5093588",
    "Address 1": "1 Example Road",
    "Country": "Afghanistan (since 2009)",
    "Other Information": "UN Ref QDe.004. Invented.",
    "Group Type": "Individual",
    "Alias Type": "Prime Alias",
    "Regime": "Afghanistan",
    "Listed On": "01/04/2016",
    "Last Updated": "01/04/2016",
    "Group ID": "90001",
}
ALIAS = PERSON | {"Name 6": "ANOTHER", "Alias Type": "AKA", "DOB": "05/06/1981"}
BODY = PERSON | {"Name 6": "EXAMPLE BANK", "Name 1": "", "Group Type": "Entity", "Group ID": "90002"}
FORMER = BODY | {"Name 6": "OLD BANK", "Alias Type": "FKA", "Regime": "Syria", "Listed On": "24/08/2011"}


def con_list(*rows: dict[str, str]) -> str:
    """A ConList with these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    out.write("Last Updated,13/04/2018" + "," * 27 + "\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


SAMPLE = con_list(ALIAS, BODY, PERSON, FORMER)
XML = """<?xml version="1.0" encoding="utf-8"?><Designations><DateGenerated>2026-09-23T17:05:00</DateGenerated>
<Designation><DateDesignated>2022-03-15T00:00:00</DateDesignated><UniqueID>XXX1</UniqueID><OFSIGroupID>90001</OFSIGroupID>
<UNReferenceNumber>XXi.080</UNReferenceNumber><Names>
<Name><Name1>Ivan</Name1><Name6>EXAMPLE</Name6><NameType>Primary Name</NameType></Name>
<Name><Name6>VANYA</Name6><NameType>Alias</NameType><AliasStrength>Low quality</AliasStrength></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Иван</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>The Example Regulations 2019</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
<SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1965</DOB><DOB>12/04/1966</DOB></DOBs>
<Nationalities><Nationality>Russia</Nationality></Nationalities></Individual></IndividualDetails></Designation>
<Designation><DateDesignated>2025-05-20T00:00:00</DateDesignated><UniqueID>XXX2</UniqueID>
<Names><Name><Name6>EXAMPLE DAWN</Name6><NameType>Primary Name</NameType></Name></Names>
<RegimeName>The Example Regulations 2019</RegimeName><IndividualEntityShip>Ship</IndividualEntityShip>
<ShipDetails><Ship><IMONumbers><IMONumber>9074729</IMONumber></IMONumbers>
<PreviousFlags><PreviousFlag>Gabon</PreviousFlag></PreviousFlags></Ship></ShipDetails></Designation></Designations>"""


def test_rows_of_one_group_are_one_party_wherever_they_stand(tmp_path):
    entries, reading = read_text(UK, tmp_path, SAMPLE)
    assert reading.vintage == date(2018, 4, 13)
    assert list(listed(entries)) == ["uk-90001", "uk-90002"]
    party = entries[0].party
    assert party.get("name") == ("Ivan EXAMPLE",)
    assert party.get("alias") == ("Ivan ANOTHER",)
    assert party.get("birthDate") == ("1981-06-05", "1980")
    assert party.get("nationality") == ("sa", "qa")
    assert party.get("passportNumber") == ("A123456",)
    assert "Passport: none known" in party.get("notes")
    assert party.get("idNumber") == ("5093588",)
    assert party.get("country") == ("af",)
    (listing,) = entries[0].listings
    assert (listing.measure, listing.listed_on, listing.programs, listing.citation) == (
        "uk-sanctions",
        date(2016, 4, 1),
        ("Afghanistan",),
        "UN QDe.004",
    )


def test_a_party_under_two_regimes_is_listed_twice(tmp_path):
    body = read_text(UK, tmp_path, SAMPLE)[0][1]
    assert (body.party.schema, body.party.get("previousName")) == ("Organization", ("OLD BANK",))
    assert [listing.programs for listing in body.listings] == [("Afghanistan",), ("Syria",)]


def test_the_uk_sanctions_list(tmp_path):
    entries, reading = read_text(UK, tmp_path, XML)
    assert reading.vintage == date(2026, 9, 23)
    person, ship = entries
    assert (person.party.id, ship.party.id) == ("uk-90001", "uk-XXX2")
    assert person.party.get("weakAlias") == ("VANYA",)
    assert person.party.get("alias") == ("Иван",)
    assert person.party.get("birthDate") == ("1965", "1966-04-12")
    assert person.listings[0].listed_on == date(2022, 3, 15)
    assert person.listings[0].citation == "XXX1; UN XXi.080"
    assert person.listings[0].remarks == "Asset freeze, Travel Ban"
    assert (ship.party.schema, ship.party.get("imoNumber"), ship.party.get("pastFlags")) == (
        "Vessel",
        ("9074729",),
        ("ga",),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("<html>", "web page"),
        ("a,b\n1,2\n", "doesn't begin with"),
        ("Last Updated,soon\n", "is no day"),
        ("Last Updated,13/04/2018\nName 6\n", "are missing"),
        (con_list(), "holds no entry"),
        (SAMPLE[:-20], "cells instead of"),
        (con_list(PERSON | {"Group ID": ""}), "group id"),
        (con_list(PERSON | {"Listed On": "31/02/2018"}), "day of listing"),
        ("<Sanctions/>", "its root is"),
        ("<Designations/>", "holds no entry"),
        (XML[:-40], "no readable XML"),
        (XML.replace("<OFSIGroupID>90001", "<OFSIGroupID>XXX2"), "stands twice"),
        (XML.replace("<Name6>EXAMPLE DAWN</Name6>", ""), "has no name"),
        (XML.replace(">Ship<", ">Submarine<"), "without id or type"),
    ],
)
def test_what_is_not_the_list_is_refused(tmp_path, text, reason):
    with pytest.raises(SourceError, match=reason) as refusal:
        read_text(UK, tmp_path, text)
    assert refusal.value.document == "list.dat"


def test_a_name_with_an_undeclared_prefix_is_read_or_refused():
    survives(UK, XML.replace("DateGenerated", "D:DateGenerated").encode())
    survives(UK, b"<D2026-09-23T17:DateGenerated/>")


@FUZZ
@given(st.one_of(st.binary(max_size=300), damaged(SAMPLE.encode()), damaged(XML.encode())))
def test_any_bytes_are_read_or_refused(data):
    survives(UK, data)


@pytest.mark.parametrize(
    ("path", "day", "count"),
    [
        ("uk_ofsi/2018-04-13/sanctionsconlist.csv.gz", date(2018, 4, 13), 2106),
        ("uk_ofsi/2016-02-17/BOE_data.csv", date(2016, 2, 12), 463),
        ("format_samples_synthetic/uk_sanctions_list_sample.xml", date(2026, 9, 23), 4),
    ],
)
def test_the_real_editions(shared, path, day, count):
    entries, reading = read(UK, shared / "lists" / path)
    assert (len(listed(entries)), reading.vintage) == (count, day)
    check_model(entries)
