"""Who is one party: by identifier, by the reviewed crosswalk, by a person's word; never by name or brand."""

from datetime import date
from pathlib import Path

import pytest

from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.identity import IdentityError, join_parties, judgements, merge, split
from vacatur.register.record import StoredDocument, record_vintage
from vacatur.register.staging import stage_entries
from vacatur.register.update import update_from_file
from vacatur.screening.alike import suggest
from vacatur.screening.history import history_json
from vacatur.screening.standing import open_dossier
from vacatur.sources.base import ListDocument
from vacatur.sources.bis_lists import EntityList
from vacatur.sources.csl import CSL
from vacatur.sources.dod_lists import Section1260H

WHO = {"actor": "ann", "reason": "the company's own page"}


def record(register: Register, source: str, day: date, *parties: dict[str, str]) -> None:
    def entry(number: int, properties: dict[str, str]) -> Entry:
        schema = properties.pop("schema", "Company")
        values = {name: [value] for name, value in properties.items()}
        return Entry(make_party(f"{source}-{number}", schema, values), (Listing(f"{source}-measure", list=source),))

    with register.transaction("test", "update") as writer:
        entries = [entry(number, dict(properties)) for number, properties in enumerate(parties, start=1)]
        tally = stage_entries(writer, source, iter(entries))
        record_vintage(
            writer, source, day, StoredDocument(f"{source}{day}", "t", 1), tally, {source: f"{source}-measure"}
        )
        join_parties(writer)


@pytest.fixture
def register(empty_register: Register) -> Register:
    return empty_register


SAME_LEI = {"name": "Example Optics", "leiCode": "529900T8BM49AURSDO55"}


def test_a_shared_identifier_joins_and_says_why(register: Register) -> None:
    record(register, "a", date(2026, 1, 1), SAME_LEI)
    record(register, "b", date(2026, 1, 1), SAME_LEI)
    assert register.snapshot().canonical("b-1") == "a-1"
    (link,) = judgements(register.snapshot(), ["a-1"])
    assert (link.basis, link.why) == ("identifier", "same leiCode 529900T8BM49AURSDO55")


def test_what_a_person_split_no_update_joins_again(register: Register) -> None:
    record(register, "a", date(2026, 1, 1), SAME_LEI)
    record(register, "b", date(2026, 1, 1), SAME_LEI)
    before = register.newest_transaction()
    assert split(register, "b-1", **WHO) == "a-1"
    record(register, "c", date(2026, 1, 1), SAME_LEI)
    record(register, "b", date(2026, 2, 1), SAME_LEI)
    snapshot = register.snapshot()
    assert snapshot.canonical("b-1") != snapshot.canonical("a-1")
    assert register.snapshot(before).canonical("b-1") == "a-1", "as it was recorded then"
    (link, *_) = judgements(snapshot, ["b-1"])
    assert (link.retracted_by, link.retracted_because) == ("ann", "split b-1: the company's own page")


def test_a_persons_merge_is_recorded_and_can_be_taken_back(register: Register) -> None:
    record(register, "a", date(2026, 1, 1), {"name": "Example Optics"})
    record(register, "b", date(2026, 1, 1), {"name": "Beispiel Optik"})
    assert merge(register, "a-1", "b-1", **WHO) == ("a-1", "b-1")
    dossier = open_dossier(register.snapshot(), "a-1")
    assert dossier is not None
    assert dossier.referents == ("b-1",)
    assert {"a-measure", "b-measure"} <= set(dossier.sightings)
    events = [event for event in history_json(register.snapshot(), dossier)["events"] if event["type"] == "link"]
    assert [(event["actor"], event["reason"], event["basis"]) for event in events] == [
        ("ann", "the company's own page", "person")
    ]
    split(register, "b-1", **WHO)
    assert register.snapshot().canonical("b-1") == "b-1"
    merge(register, "b-1", "a-1", **WHO)
    assert register.snapshot().canonical("a-1") == "b-1"


def test_a_party_of_the_dossiers_keeps_its_id(register: Register) -> None:
    ensure_dossiers(register)
    record(register, "a", date(2026, 1, 1), {"name": "Xiaomi"})
    assert merge(register, "a-1", "xiaomi", **WHO) == ("xiaomi", "a-1")


def test_what_can_not_be_judged_is_refused_and_nothing_recorded(register: Register) -> None:
    record(register, "a", date(2026, 1, 1), {"name": "Example"}, {"name": "Other"})
    before = register.newest_transaction()
    for wrong, why in (
        (lambda: merge(register, "a-1", "a-9", **WHO), "no party a-9"),
        (lambda: merge(register, "a-1", "a-1", **WHO), "one party already"),
        (lambda: split(register, "a-1", **WHO), "goes by its own id already"),
    ):
        with pytest.raises(IdentityError, match=why):
            wrong()
    assert register.newest_transaction() == before
    merge(register, "a-1", "a-2", **WHO)
    with pytest.raises(IdentityError, match="has absorbed a-2"):
        split(register, "a-1", **WHO)


class TestSuggestions:
    def test_a_name_and_something_else_are_offered_and_not_joined(self, register: Register) -> None:
        record(register, "a", date(2026, 1, 1), {"name": "Example Optics Co., Ltd.", "country": "cn"})
        record(register, "b", date(2026, 1, 1), {"name": "EXAMPLE OPTICS LIMITED", "country": "cn"})
        (found,) = suggest(register, 50)
        assert (found.left, found.right, found.evidence) == ("a-1", "b-1", ("country cn",))
        assert register.snapshot().canonical("b-1") == "b-1"

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ({"name": "Example Optics"}, {"name": "Example Optics"}),
            ({"name": "Example Optics", "country": "cn"}, {"name": "Example Optics", "country": "us"}),
            ({"name": "Example", "country": "cn"}, {"name": "Example", "country": "cn"}),
            (
                {"name": "Ivan Petrov", "schema": "Person", "country": "ru", "birthDate": "1960-01-01"},
                {"name": "Ivan Petrov", "schema": "Person", "country": "ru", "birthDate": "1985-01-01"},
            ),
            (
                {"name": "Ivan Petrov", "schema": "Person", "country": "ru"},
                {"name": "Ivan Petrov", "schema": "Vessel", "country": "ru"},
            ),
            (
                {"name": "Example Optics", "country": "cn", "leiCode": "529900T8BM49AURSDO55"},
                {"name": "Example Optics", "country": "cn", "leiCode": "5493001KJTIIGC8Y1R12"},
            ),
        ],
        ids=["name alone", "another country", "one word", "another birth", "another kind", "another LEI"],
    )
    def test_a_name_alone_or_contradicted_is_not(
        self, register: Register, left: dict[str, str], right: dict[str, str]
    ) -> None:
        record(register, "a", date(2026, 1, 1), left)
        record(register, "b", date(2026, 1, 1), right)
        assert suggest(register, 50) == []

    def test_what_a_person_told_apart_is_not_offered_again(self, register: Register) -> None:
        for source in "ab":
            record(register, source, date(2026, 1, 1), {"name": "Example Optics", "country": "cn"})
        merge(register, "a-1", "b-1", **WHO)
        assert suggest(register, 50) == []
        split(register, "b-1", **WHO)
        assert suggest(register, 50) == []


def test_companies_of_one_brand_stay_apart_on_the_real_lists(register: Register, shared: Path) -> None:
    """DJI, SenseTime, China Shipbuilding: lists name different companies of one group (facts/README)."""
    ensure_dossiers(register)
    lists = shared / "lists"
    for source, path, day in (
        (EntityList(), "bis_entity_list/2026-07-09/bis_entity_list.json.gz", date(2026, 7, 9)),
        (CSL(), "csl/2022-05-16/consolidated.csv.gz", date(2022, 5, 16)),
        (Section1260H(), "dod_1260h/opensanctions_1260h_history_2026-08-20.csv", date(2025, 1, 7)),
    ):
        update_from_file(register, source, ListDocument(lists / path, {}, day), actor="test")
    snapshot = register.snapshot()
    parties: dict[str, set[str]] = {}
    for version in snapshot.versions():
        for brand in ("SenseTime", "DJI", "China Shipbuilding", "China State Shipbuilding"):
            if brand.casefold() in " ".join(version.party.names).casefold():
                parties.setdefault(brand, set()).add(snapshot.canonical(version.party.id))
    assert {brand: len(found) > 1 for brand, found in parties.items()} == dict.fromkeys(parties, True)
    bases = {link.basis for found in parties.values() for link in judgements(snapshot, sorted(found))}
    assert bases <= {"crosswalk", "identifier"}
    for brand in ("SenseTime", "DJI"):
        offered = [item for item in suggest(register, 100_000) if brand.casefold() in item.left_caption.casefold()]
        assert all(item.left_caption and item.evidence for item in offered)
