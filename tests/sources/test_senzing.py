"""Senzing entity files: lines or an array, flat, sections or FEATURES; relationships become links."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world_readers import FUZZ, check_model, damaged, listed, read, read_text, survives

from vacatur.parties import LINK_ENDS
from vacatur.sources.base import SourceError
from vacatur.sources.senzing import Senzing

SENZING = Senzing()

COMPANY = {
    "DATA_SOURCE": "OS_US_OFAC_SDN",
    "RECORD_ID": "NK-1",
    "RECORD_TYPE": "ORGANIZATION",
    "NAMES": [
        {"NAME_TYPE": "PRIMARY", "NAME_ORG": "Example JSC"},
        {"NAME_TYPE": "ALIAS", "NAME_ORG": "АО Пример"},
    ],
    "RISKS": [{"TOPIC": "sanction"}],
    "COUNTRIES": [{"REGISTRATION_COUNTRY": "ru"}],
    "IDENTIFIERS": [
        {"NATIONAL_ID_NUMBER": "1027700000008", "NATIONAL_ID_TYPE": "ogrnCode"},
        {"LEI_NUMBER": "529900T8BM49AURSDO55"},
        {"OTHER_ID_TYPE": "OPEN_SANCTIONS", "OTHER_ID_NUMBER": "NK-1"},
    ],
    "URL": "https://www.opensanctions.org/entities/NK-1",
}
PERSON = {
    "DATA_SOURCE": "OS_US_OFAC_SDN",
    "RECORD_ID": "NK-2",
    "RECORD_TYPE": "PERSON",
    "NAMES": [{"NAME_TYPE": "PRIMARY", "NAME_FULL": "Ivan Example"}],
    "DATES": [{"DATE_OF_BIRTH": "1960-01-01"}],
    "RISKS": [{"TOPIC": "role.pep"}],
    "RELATIONSHIPS": [
        {"REL_POINTER_ROLE": "Ownership", "REL_POINTER_DOMAIN": "OPEN_SANCTIONS", "REL_POINTER_KEY": "NK-1"},
        {"REL_POINTER_ROLE": "Director", "REL_POINTER_DOMAIN": "OPEN_SANCTIONS", "REL_POINTER_KEY": "NK-1"},
        {"REL_POINTER_ROLE": "friend of", "REL_POINTER_DOMAIN": "OPEN_SANCTIONS", "REL_POINTER_KEY": "NK-3"},
        {"REL_POINTER_ROLE": "Occupancy", "REL_POINTER_DOMAIN": "OPEN_SANCTIONS", "REL_POINTER_KEY": "Q1"},
        {"REL_ANCHOR_DOMAIN": "OPEN_SANCTIONS", "REL_ANCHOR_KEY": "NK-2"},
    ],
}


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


SAMPLE = lines(COMPANY, PERSON)


def test_a_record_becomes_a_party_and_its_risk_a_listing(tmp_path: Path) -> None:
    entries, reading = read_text(SENZING, tmp_path, SAMPLE)
    company = listed(entries)["NK-1"]
    assert (company.party.schema, company.party.names) == ("Organization", ("Example JSC", "АО Пример"))
    assert company.party.identifiers == (("leiCode", "529900T8BM49AURSDO55"), ("ogrnCode", "1027700000008"))
    assert (company.listings[0].measure, company.listings[0].programs) == ("ofac-sdn", ("sanction",))
    assert reading.lists == {"OS_US_OFAC_SDN": "ofac-sdn"}
    check_model(entries, but=("phone",))


def test_a_person_of_public_office_is_on_no_list(tmp_path: Path) -> None:
    entries, _ = read_text(SENZING, tmp_path, SAMPLE)
    assert set(listed(entries)) == {"NK-1"}


def test_relationships_become_links_with_their_direction(tmp_path: Path) -> None:
    entries, reading = read_text(SENZING, tmp_path, SAMPLE)
    links = {entry.party.schema: entry.party for entry in entries if entry.party.schema in LINK_ENDS}
    assert (links["Ownership"].get("owner"), links["Ownership"].get("asset")) == (("NK-2",), ("NK-1",))
    assert (links["Directorship"].get("director"), links["Directorship"].get("organization")) == (("NK-2",), ("NK-1",))
    assert links["UnknownLink"].get("role") == ("friend of",)
    assert reading.skipped == {"Occupancy: points to no party": 1}


def test_the_older_form_names_both_ends(tmp_path: Path) -> None:
    both = {"REL_ANCHOR_KEY": "NK-9", "REL_POINTER_ROLE": "Ownership", "REL_POINTER_KEY": "NK-1"}
    entries, _ = read_text(SENZING, tmp_path, lines({**COMPANY, "RELATIONSHIPS": [both, both]}))
    (link,) = [entry.party for entry in entries if entry.party.schema == "Ownership"]
    assert (link.get("owner"), link.get("asset")) == (("NK-9",), ("NK-1",))


def test_an_array_reads_as_lines_do(tmp_path: Path) -> None:
    array, _ = read_text(SENZING, tmp_path, json.dumps([COMPANY, PERSON], indent=2))
    assert [entry.digest for entry in array] == [entry.digest for entry in read_text(SENZING, tmp_path, SAMPLE)[0]]


def test_flat_records_and_features_of_others_keep_their_source_in_the_id(shared: Path) -> None:
    folder = shared / "lists/ftm/senzing"
    flat = read(SENZING, folder / "persons.jsonl")[0]
    assert [entry.party.id for entry in flat] == ["senzing-TEST-1001", "senzing-TEST-1002", "senzing-TEST-1003"]
    assert flat[1].party.names == ("Jane Marie Doe",)
    assert flat[1].party.get("passportNumber") == ("AB123456",)
    assert flat[0].party.get("address") == ("123 Main St, Las Vegas, NV, 89101, US",)
    featured = read(SENZING, folder / "features_format.jsonl")[0]
    assert [entry.party.schema for entry in featured] == ["Person", "Organization"]
    assert featured[1].party.get("email") == ("contact@widget.com",)
    for entry in (*flat, *featured):
        assert entry.listings == ()
    check_model([*flat, *featured], but=("phone",))  # theirs are made up


@pytest.mark.parametrize(
    ("path", "records", "links"),
    [
        ("opensanctions_export_2024-03-09/senzing.json", 121, 139),
        ("senzing/us_congress_senzing.json", 1_319, 0),
        ("senzing/organizations.json", 2, 0),
        ("senzing/peps_senzing.json", 3, 0),
        ("senzing/persons.jsonl", 3, 0),
        ("senzing/features_format.jsonl", 2, 0),
    ],
)
def test_the_real_files_as_counted(shared: Path, path: str, records: int, links: int) -> None:
    entries, _ = read(SENZING, shared / "lists/ftm" / path)
    kinds = Counter("link" if entry.party.schema in LINK_ENDS else "record" for entry in entries)
    assert (kinds["record"], kinds["link"]) == (records, links)
    check_model(entries, but=("phone",))


def test_its_links_are_those_of_the_stream_beside_it(shared: Path) -> None:
    from vacatur.sources.ftm import FollowTheMoney

    folder = shared / "lists/ftm/opensanctions_export_2024-03-09"
    ends = []
    for source, name in ((SENZING, "senzing.json"), (FollowTheMoney(), "entities.ftm.json")):
        links = [entry.party for entry in read(source, folder / name)[0] if entry.party.schema == "Family"]
        ends.append({(link.get("person"), link.get("relative")) for link in links})
    assert ends[0] == ends[1]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "is empty", None),
        ("<html>", "web page", 1),
        (SAMPLE[:-30], "no JSON record", 2),
        (lines(COMPANY, []), "no JSON object", 2),
        (lines(COMPANY, {"NAME_FULL": "x"}), "without DATA_SOURCE", 2),
        (lines({**COMPANY, "NAMES": []}), "has no name", 1),
        (lines(COMPANY, COMPANY), "stands twice", 2),
        (json.dumps([COMPANY, 3]), "something else than objects", None),
        (json.dumps([COMPANY])[:-20], "no whole JSON array", None),
        ("[]", "holds no record", None),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str, reason: str, line: int | None) -> None:
    with pytest.raises(SourceError, match=reason) as refusal:
        read_text(SENZING, tmp_path, text)
    assert (refusal.value.document, refusal.value.line) == ("list.dat", line)


@FUZZ
@given(st.one_of(st.binary(max_size=300), damaged(SAMPLE.encode()), damaged(json.dumps([COMPANY, PERSON]).encode())))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    survives(SENZING, data)
