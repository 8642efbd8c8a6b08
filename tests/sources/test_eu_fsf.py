"""The EU's consolidated list of financial sanctions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world_readers import FUZZ, check_model, damaged, listed, read, read_text, survives

from vacatur.sources.base import SourceError
from vacatur.sources.eu_fsf import EUFinancialSanctions

EU = EUFinancialSanctions()
XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-01-02T18:00:03.123+02:00">
<sanctionEntity designationDate="" unitedNationId="XXi.001" euReferenceNumber="EU.1.11" logicalId="900001">
<remark>Invented</remark>
<regulation publicationDate="2022-03-15" entryIntoForceDate="2022-03-16" numberTitle="2022/1 (OJ L1)" programme="UKR">
<publicationUrl>https://example.org/oj</publicationUrl></regulation>
<regulation publicationDate="2021-01-10" entryIntoForceDate="2021-01-11" numberTitle="2021/1 (OJ L2)" programme="BLR"/>
<subjectType code="person" classificationCode="P"/>
<nameAlias wholeName="Ivan EXAMPLE" function="Chairman" gender="M" strong="true"/>
<nameAlias wholeName="Vanya" strong="false"/><nameAlias wholeName="Иван" strong="true"/>
<citizenship countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"/>
<birthdate city="Perm" birthdate="" year="1966" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"/>
<identification number="751234567" identificationTypeCode="passport"/>
<address city="Moscow" street="1 Example St" countryIso2Code="00" countryDescription="UNKNOWN"/>
</sanctionEntity>
<sanctionEntity euReferenceNumber="EU.2.22" logicalId="900002"><subjectType code="enterprise"/>
<nameAlias wholeName="Example Trading"/><identification number="42" identificationTypeCode="regnumber"/>
</sanctionEntity>
</export>"""
HEADER = (
    "Date_file;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Leba_url;Programme;Entity_remark;"
    "Naal_wholename;Naal_gender;Addr_city;Addr_country;Birt_date;Birt_place;Iden_number;Citi_country;EU_ref_num"
)
CSV = "\n".join(
    [
        HEADER,
        "04/07/2018;1;P;2018/1 (OJ L43);2018-02-16;https://example.org;ZWE;Note\\none;Ivan Example;M;;;;;;;EU.1.1",
        "04/07/2018;2;E;2012/2 (OJ L1);2012-02-16;;TAQA;;Example Ltd;;;;;;;;EU.2.2",
        "04/07/2018;1;P;2002/3 (OJ L2);2002-09-13;;ZWE;;;;;;1924-02-21;Kutama;;;EU.1.1",
        "04/07/2018;1;P;2002/3 (OJ L2);2002-09-13;;ZWE;;;;;;;;AD001 (passport-National passport) ((p));MRT;EU.1.1",
        "",
    ]
)
WRAPPED = "".join(f'"{line}\t\t"\n' for line in CSV.splitlines())


def test_a_person_of_the_xml(tmp_path):
    entries, reading = read_text(EU, tmp_path, XML)
    assert reading.vintage == date(2026, 1, 2)
    person = listed(entries)["eu-fsf-900001"]
    assert person.party.properties == {
        "name": ("Ivan EXAMPLE",),
        "weakAlias": ("Vanya",),
        "alias": ("Иван",),
        "position": ("Chairman",),
        "gender": ("male",),
        "address": ("1 Example St, Moscow",),
        "birthDate": ("1966",),
        "birthPlace": ("Perm, RUSSIAN FEDERATION",),
        "citizenship": ("ru",),
        "passportNumber": ("751234567",),
        "notes": ("Invented",),
    }


def test_each_programme_is_a_listing(tmp_path):
    ukraine, belarus = read_text(EU, tmp_path, XML)[0][0].listings
    assert (ukraine.programs, ukraine.listed_on, ukraine.effective) == (
        ("UKR",),
        date(2022, 3, 15),
        date(2022, 3, 16),
    )
    assert ukraine.citation == "EU.1.11; UN XXi.001; Regulation 2022/1 (OJ L1)"
    assert (ukraine.measure, ukraine.url) == ("eu-fsf", "https://example.org/oj")
    assert (belarus.programs, belarus.listed_on) == (("BLR",), date(2021, 1, 10))


def test_a_stated_day_of_designation_is_the_day_of_listing(tmp_path):
    dated = XML.replace('designationDate=""', 'designationDate="2020-05-05"')
    assert read_text(EU, tmp_path, dated)[0][0].listings[0].listed_on == date(2020, 5, 5)


@pytest.mark.parametrize("text", [CSV, WRAPPED], ids=["bare", "wrapped"])
def test_rows_of_the_csv_are_gathered(tmp_path, text):
    entries, reading = read_text(EU, tmp_path, text)
    assert reading.vintage == date(2018, 7, 4)
    person, body = entries
    assert (person.party.id, body.party.schema) == ("eu-fsf-1", "Organization")
    assert person.party.get("birthDate") == ("1924-02-21",)
    assert person.party.get("passportNumber") == ("AD001",)
    assert person.party.get("citizenship") == ("mr",)
    assert person.party.get("notes") == ("Note one",)
    (listing,) = person.listings
    assert (listing.listed_on, listing.programs) == (date(2002, 9, 13), ("ZWE",))
    assert listing.citation == "EU.1.1; Regulation 2018/1 (OJ L43); Regulation 2002/3 (OJ L2)"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("<html>", "web page"),
        ("a;b\n1;2\n", "are missing"),
        (HEADER, "holds no entry"),
        (CSV[:-12], "cells instead of"),
        (CSV.replace(";2;E;", ";;E;"), "without number or type"),
        (CSV.replace("Example Ltd", ""), "has no name"),
        ("<export/>", "its root is"),
        ('<export xmlns="http://eu.europa.ec/fpi/fsd/export"/>', "holds no entry"),
        (XML[:-40], "no readable XML"),
        (XML.replace("900002", "900001"), "stands twice"),
        (XML.replace('"enterprise"', '"ghost"'), "without number or type"),
        (XML.replace("Example Trading", ""), "has no name"),
    ],
)
def test_what_is_not_the_list_is_refused(tmp_path, text, reason):
    with pytest.raises(SourceError, match=reason) as refusal:
        read_text(EU, tmp_path, text)
    assert refusal.value.document == "list.dat"


@FUZZ
@given(st.one_of(st.binary(max_size=300), *(damaged(text.encode()) for text in (XML, CSV, WRAPPED))))
def test_any_bytes_are_read_or_refused(data):
    survives(EU, data)


@pytest.mark.parametrize(
    ("path", "day", "count"),
    [
        ("eu_fsf/2018-07-04_short/EUSanctionsShort.csv", date(2018, 7, 4), 93),
        ("format_samples_synthetic/eu_fsf_sample.xml", date(2026, 9, 23), 3),
    ],
)
def test_the_real_editions(shared, path, day, count):
    entries, reading = read(EU, shared / "lists" / path)
    assert (len(listed(entries)), reading.vintage) == (count, day)
    check_model(entries)
