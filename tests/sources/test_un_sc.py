"""The UN Security Council's consolidated list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world_readers import FUZZ, check_model, damaged, listed, read, read_text, survives

from vacatur.sources.base import SourceError
from vacatur.sources.un_sc import UNSecurityCouncil

UN = UNSecurityCouncil()
SAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-01-02T00:00:09.554Z"><INDIVIDUALS>
<INDIVIDUAL><DATAID>9000001</DATAID><FIRST_NAME>IVAN</FIRST_NAME><SECOND_NAME>EXAMPLE</SECOND_NAME><THIRD_NAME/>
<UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER><LISTED_ON>2015-04-14-04:00</LISTED_ON>
<GENDER>MALE</GENDER><COMMENTS1>An invented person.</COMMENTS1><NAME_ORIGINAL_SCRIPT>Иван</NAME_ORIGINAL_SCRIPT>
<DESIGNATION><VALUE>General </VALUE></DESIGNATION><NATIONALITY><VALUE>Rwanda</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Ivan A; Ivan B (born C; D)</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Vanya</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><CITY>Kigali</CITY><COUNTRY>Rwanda</COUNTRY></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-01-01-05:00</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1961</FROM_YEAR><TO_YEAR>1963</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_PLACE_OF_BIRTH><COUNTRY/></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT>
<TYPE_OF_DOCUMENT>Numéro de passeport </TYPE_OF_DOCUMENT><NUMBER>Jordan OB1234</NUMBER></INDIVIDUAL_DOCUMENT>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT2>FARDC ID</TYPE_OF_DOCUMENT2><NUMBER>1-78</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>9000002</DATAID><FIRST_NAME>EXAMPLE AIR</FIRST_NAME>
<UN_LIST_TYPE>DRC</UN_LIST_TYPE><LISTED_ON>2014-06-30</LISTED_ON>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>EA</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD AIR</ALIAS_NAME></ENTITY_ALIAS>
</ENTITY></ENTITIES></CONSOLIDATED_LIST>"""


def test_a_person(tmp_path):
    entries, reading = read_text(UN, tmp_path, SAMPLE)
    assert reading.vintage == date(2026, 1, 2)
    person = listed(entries)["un-sc-9000001"]
    assert person.party.schema == "Person"
    assert person.party.properties == {
        "name": ("IVAN EXAMPLE",),
        "alias": ("Иван", "Ivan A", "Ivan B (born C; D)"),
        "weakAlias": ("Vanya",),
        "address": ("Kigali, Rwanda",),
        "country": ("rw",),
        "birthDate": ("1960-01-01", "1961", "1963"),
        "nationality": ("rw",),
        "passportNumber": ("OB1234",),
        "idNumber": ("1-78",),
        "position": ("General",),
        "gender": ("male",),
        "notes": (
            "Passport: Jordan OB1234",
            "An invented person.",
        ),
    }
    (listing,) = person.listings
    assert (listing.measure, listing.listed_on) == ("un-sc", date(2015, 4, 14))
    assert (listing.programs, listing.citation) == (("DRC",), "XXi.001")


def test_an_entity_and_its_former_name(tmp_path):
    party = listed(read_text(UN, tmp_path, SAMPLE)[0])["un-sc-9000002"].party
    assert (party.schema, party.get("alias"), party.get("previousName")) == ("Organization", ("EA",), ("OLD AIR",))


def test_the_day_that_the_user_gives_wins(tmp_path):
    assert read_text(UN, tmp_path, SAMPLE, date(2026, 1, 3))[1].vintage == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("<html><body>503</body></html>", "web page"),
        ("<sdnList/>", "its root is <sdnList>"),
        ("<CONSOLIDATED_LIST/>", "holds no entry"),
        (SAMPLE[:-200], "no readable XML"),
        (SAMPLE.replace("<CONSOLIDATED_LIST", "<!DOCTYPE x><CONSOLIDATED_LIST"), "document type"),
        (SAMPLE.replace("9000002", "9000001"), "stands twice"),
        (SAMPLE.replace("9000002", ""), "DATAID"),
        (SAMPLE.replace("EXAMPLE AIR", " "), "has no name"),
    ],
)
def test_what_is_not_the_list_is_refused(tmp_path, text, reason):
    with pytest.raises(SourceError, match=reason) as refusal:
        read_text(UN, tmp_path, text)
    assert refusal.value.document == "list.dat"


@FUZZ
@given(st.one_of(st.binary(max_size=300), damaged(SAMPLE.encode())))
def test_any_bytes_are_read_or_refused(data):
    survives(UN, data)


@pytest.mark.parametrize(
    ("edition", "generated", "count"),
    [
        ("2018-06-08", date(2018, 6, 7), 1098),
        ("2018-10-30", date(2018, 10, 29), 1093),
        ("2026-02-27", date(2026, 2, 27), 1003),
    ],
)
def test_the_real_editions(shared, edition, generated, count):
    entries, reading = read(UN, shared / "lists" / "un_sc" / edition / "consolidated.xml.gz")
    assert (len(listed(entries)), reading.vintage) == (count, generated)
    assert all(entry.listings[0].listed_on for entry in entries)
    check_model(entries)
