"""FollowTheMoney streams."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine import needs_model
from world_readers import FUZZ, damaged, listed, read, read_text, survives

from vacatur.sources.base import SourceError
from vacatur.sources.ftm import FollowTheMoney

FTM = FollowTheMoney()


def entity(id: str, schema: str, datasets: tuple[str, ...] = (), **properties: list[object]) -> dict[str, object]:
    return {
        "id": id,
        "schema": schema,
        "properties": properties,
        "datasets": list(datasets),
        "last_seen": "2026-01-02T10:00:00",
    }


def stream(*entities: object) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in entities)


SANCTION = entity(
    "s-1",
    "Sanction",
    ("us_ofac_sdn",),
    entity=["NK-1"],
    program=["RUSSIA-EO14024"],
    startDate=["2022-03-15"],
    endDate=["2024"],
    sourceUrl=["https://example.org"],
)
COMPANY = entity(
    "NK-1", "Company", ("us_ofac_sdn",), name=["Example JSC"], address=["Moscow"], addressEntity=["addr-1"]
)
PERSON = entity("NK-2", "Person", name=["Ivan Example"])
OWNERSHIP = entity("own-1", "Ownership", owner=["NK-2"], asset=["NK-1"])
ADDRESS = entity("addr-1", "Address", full=["1 Example St, Moscow"])
PASSPORT = entity("pass-1", "Passport", holder=["NK-2"], number=["X123"])
SAMPLE = stream(SANCTION, COMPANY, PERSON, OWNERSHIP, ADDRESS, PASSPORT)
NESTED = stream(
    entity(
        "NK-1",
        "Company",
        name=["Example JSC"],
        addressEntity=[ADDRESS],
        sanctions=[entity("s-1", "Sanction", ("un_sc_sanctions",), listingDate=["2020-01-01"])],
        ownershipAsset=[entity("own-1", "Ownership", asset=["NK-1"], owner=[PERSON])],
    )
)


def test_sanctions_before_their_party_become_its_listings(tmp_path):
    entries, reading = read_text(FTM, tmp_path, SAMPLE)
    assert [entry.party.id for entry in entries] == ["NK-1", "NK-2", "own-1"]
    assert reading.vintage == date(2026, 1, 2)
    assert reading.lists == {"us_ofac_sdn": "ofac-sdn"}
    (listing,) = listed(entries)["NK-1"].listings
    assert (listing.measure, listing.programs, listing.listed_on) == (
        "ofac-sdn",
        ("RUSSIA-EO14024",),
        date(2022, 3, 15),
    )
    assert listing.until is None


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_lines_changes_no_entry(tmp_path, order):
    lines = SAMPLE.splitlines(keepends=True)[::order]
    found = {entry.party.id: entry.digest for entry in read_text(FTM, tmp_path, "".join(lines))[0]}
    assert found == {entry.party.id: entry.digest for entry in read_text(FTM, tmp_path, SAMPLE)[0]}


def test_addresses_and_documents_join_their_party(tmp_path):
    company, person, link = read_text(FTM, tmp_path, SAMPLE)[0]
    assert company.party.get("address") == ("Moscow", "1 Example St, Moscow")
    assert person.party.get("passportNumber") == ("X123",)
    assert (link.party.get("owner"), link.party.get("asset")) == (("NK-2",), ("NK-1",))


def test_nested_targets_are_unfolded(tmp_path):
    entries, _ = read_text(FTM, tmp_path, NESTED)
    found = {entry.party.id: entry for entry in entries}
    assert set(found) == {"NK-1", "NK-2", "own-1"}
    assert set(found["NK-1"].party.properties) == {"name", "address"}
    assert found["own-1"].party.get("owner") == ("NK-2",)
    assert found["NK-1"].listings[0].measure == "un-sc"


def test_a_line_of_its_own_says_more_than_a_nested_one(tmp_path):
    fuller = stream(entity("NK-2", "Person", name=["Ivan Example"], position=["Chairman"]))
    for text in (NESTED + fuller, fuller + NESTED):
        found = {entry.party.id: entry.party for entry in read_text(FTM, tmp_path, text)[0]}
        assert found["NK-2"].get("position") == ("Chairman",)


@pytest.mark.parametrize(
    ("dataset", "said", "measure"),
    [
        ("gb_fcdo_sanctions", {}, "uk-sanctions"),
        ("gb_hmt_sanctions", {}, "uk-sanctions"),
        ("eu_fsf", {}, "eu-fsf"),
        ("us_trade_csl", {"programId": ["US-BIS-EL"]}, "entity-list"),
        ("us_trade_csl", {"program": ["Entity List (EL) - Bureau of Industry and Security"]}, "entity-list"),
        ("us_trade_csl", {"program": ["Unverified List (UVL) - Bureau of Industry and Security"]}, "bis-uvl"),
        ("us_trade_csl", {}, "ftm:us_trade_csl"),
        ("ch_seco_sanctions", {}, "ftm:ch_seco_sanctions"),
    ],
)
def test_the_measure_is_known_by_programme_or_dataset(tmp_path, dataset, said, measure):
    text = stream(entity("s", "Sanction", (dataset,), entity=["NK-2"], **said), PERSON)
    entries, reading = read_text(FTM, tmp_path, text)
    assert entries[0].listings[0].measure == measure
    assert list(reading.lists.values()) == [measure]


def test_what_is_no_party_is_counted(tmp_path):
    _, reading = read_text(
        FTM, tmp_path, stream(PERSON, entity("pay", "Payment"), {**SANCTION, "id": "s-2"}, {**PASSPORT, "id": "p-2"})
    )
    assert reading.skipped == {
        "Payment: neither a party nor a link": 1,
        "about a party that is not in the file": 1,
    }


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "is empty", None),
        ("<html>", "web page", 1),
        (SAMPLE[:-30], "no JSON entity", 6),
        (stream(PERSON) + "[" * 100_000, "no JSON entity", 2),
        (stream(PERSON, []), "no entity", 2),
        (stream(PERSON, {"id": "x"}), "without schema", 2),
        (stream(PERSON, {**PERSON, "id": "a\u0000b"}), "without id", 2),
        (stream(PERSON, {**COMPANY, "properties": {"name": "x"}}), "lists of values", 2),
        (stream(PERSON, {**COMPANY, "properties": {"name": [1]}}), "no entity", 2),
        (stream(PERSON, {**COMPANY, "datasets": [1]}), "no names", 2),
        (stream(PERSON, PERSON), "stands twice", 2),
        (stream({"op": "ADD", "entity": PERSON}), "delta", 1),
        (stream(ADDRESS), "holds no party", None),
    ],
)
def test_what_is_no_stream_is_refused(tmp_path, text, reason, line):
    with pytest.raises(SourceError, match=reason) as refusal:
        read_text(FTM, tmp_path, text)
    assert (refusal.value.document, refusal.value.line) == ("list.dat", line)


@FUZZ
@given(st.one_of(st.binary(max_size=300), damaged(SAMPLE.encode()), damaged(NESTED.encode())))
def test_any_bytes_are_read_or_refused(data):
    survives(FTM, data)


@pytest.mark.parametrize(
    ("path", "parties", "links"),
    [
        ("opensanctions_export_2024-03-09/entities.ftm.json", 100, 139),
        ("yente/t1/entities.ftm.json", 6, 0),
        ("yente/zala/entities.ftm.json", 17, 21),
        ("yente/parteispenden/entities.ftm.json", 96, 0),
        ("donations.ijson", 95, 0),
    ],
)
def test_the_real_streams(shared, path, parties, links):
    needs_model()
    from followthemoney import model

    entries, _ = read(FTM, shared / "lists" / "ftm" / path)
    joined = [entry for entry in entries if entry.party.schema in {"Ownership", "Directorship", "Family"}]
    assert (len(entries) - len(joined), len(joined)) == (parties, links)
    for entry in entries:
        assert set(entry.party.properties) <= set(model.get(entry.party.schema).properties)


def test_the_real_nested_targets(shared):
    folder = shared / "lists" / "ftm" / "opensanctions_export_2024-03-09"
    nested = {entry.party.id for entry in read(FTM, folder / "targets.nested.json")[0]}
    assert nested <= {entry.party.id for entry in read(FTM, folder / "entities.ftm.json")[0]}
    assert len(nested) >= 20


def test_the_real_sanctions(shared):
    entries, reading = read(FTM, shared / "lists" / "ftm" / "yente/zala/entities.ftm.json")
    measures = {listing.measure for entry in entries for listing in entry.listings}
    assert {"ofac-sdn", "entity-list", "uk-sanctions", "eu-fsf", "ftm:ch_seco_sanctions"} <= measures
    assert sum(len(entry.listings) for entry in entries) == 40, "two of the 41 sanctions say the same"
    assert not reading.skipped
