"""What every packaged file keeps to: real property names, documents that users can open, a right crosswalk."""

import csv
import gzip
import os
from importlib.resources import files
from pathlib import Path

import pytest
from machine import absent

from vacatur.law.acts import Checked
from vacatur.law.kinds import KINDS
from vacatur.parties import Entry, Listing, make_party
from vacatur.sources import dossiers
from vacatur.sources.dossiers import digest

SHARED = Path(os.environ.get("VACATUR_SHARED", Path(__file__).parents[3] / "shared"))
CSL = SHARED / "lists" / "csl" / "2022-05-16" / "consolidated.csv.gz"

CSL_LISTS = {"Entity List (EL)": "entity-list", "(CMIC)": "eo-14032", "(SDN)": "ofac-sdn", "(MEU)": "bis-meu"}


def entry(id: str, measure: str, name: str, country: str = "cn") -> Entry:
    return Entry(make_party(id, "Company", {"name": [name], "country": [country]}), (Listing(measure),))


def test_property_names_are_those_of_followthemoney():
    if not os.environ.get("CI"):
        pytest.importorskip("followthemoney", reason="the extra `model` is not installed")
    from followthemoney import model

    for party in dossiers.load().parties:
        schema = model.get(party.schema)
        assert schema is not None, party.id
        assert set(party.properties) <= set(schema.properties), party.id


def test_every_act_has_its_documents_and_a_citation_or_an_authority():
    for act in dossiers.load().acts:
        assert act.documents, act.id
        assert act.citation or act.court or act.authority, act.id


def test_documents_are_open_to_users():
    for act in dossiers.load().acts:
        for document in act.documents:
            assert document.url is None or document.url.startswith("http"), act.id
            assert document.url or document.checked is Checked.RECALLED, (act.id, document.title)


def test_an_effect_of_its_own_is_explained():
    for act in dossiers.load().acts:
        if act.effect is not None:
            assert act.effect is not KINDS[act.kind].effect, act.id
            assert "Effect set to" in (act.note or ""), act.id


def test_every_party_is_in_some_act_and_every_crosswalk_id_is_one_partys():
    loaded = dossiers.load()
    reached = {party for act in loaded.acts for party in act.parties or ()}
    assert {party.id for party in loaded.parties} == reached
    assert set(loaded.crosswalk.values()) <= reached


def test_the_version_changes_with_the_content_alone():
    assert dossiers.load().version == dossiers.load().version
    assert digest([("a", "1"), ("b", "2")]) == digest([("b", "2"), ("a", "1")])
    assert digest([("a", "1")]) != digest([("a", "2")])
    assert digest([("a", "1b"), ("c", "")]) != digest([("a", "1"), ("bc", "")])


def test_an_entry_is_recognised_by_its_id():
    assert dossiers.load().party_of(entry("ofac-30947", "eo-14032", "HUAWEI TECHNOLOGIES CO., LTD.")) == "huawei"


@pytest.mark.parametrize(
    ("measure", "name", "party"),
    [
        ("1260h", "Huawei Technologies Co., Ltd. (Huawei)*", "huawei"),
        ("1260h", "SEMICONDUCTOR  Manufacturing International Corporation", "smic"),
        ("entity-list", "DJI", "dji"),
        ("1260h", "China Telecommunications Corporation*", "china-telecom-group"),
        ("1260h", "China State Construction Group Co.*", "cscec"),
        ("fcc-covered-list", "Hangzhou Hikvision Digital Technology Company", "hikvision"),
        ("entity-list", "Huawei Technologies Co., Ltd. Beijing Research Institute", None),
        ("bis-meu", "DJI", None),
        ("eo-14032", "CHINA SHIPBUILDING INDUSTRY COMPANY LIMITED", None),
        ("1260h", "China Telecom Corporation Limited", None),
        ("eo-14032", "SENSETIME GROUP LIMITED", None),
        ("1260h", "Huawei Investment & Holding Co., Ltd. (Huawei Holding)*", None),
    ],
)
def test_an_entry_is_recognised_by_the_name_its_list_prints_and_never_by_brand(measure, name, party):
    assert dossiers.load().party_of(entry("csl-of-another-edition", measure, name)) == party


def test_a_namesake_of_another_country_is_no_one_of_ours():
    assert dossiers.load().party_of(entry("x", "entity-list", "DJI", "ru")) is None


def test_the_manual_names_every_kind_under_its_effect():
    manual = (Path(__file__).parents[2] / "docs" / "acts.md").read_text("utf-8")
    rows = dict(line.split("|")[1:3] for line in manual.splitlines() if line.startswith("| "))
    for name, kind in KINDS.items():
        if not name.startswith("observed_"):
            assert f"`{name}`" in rows.get(f" {kind.effect} ", ""), name


def test_the_files_lie_in_the_package():
    folder = files("vacatur") / "dossiers"
    assert (folder / "measures.yaml").is_file()


@pytest.fixture(scope="module")
def joined() -> dict[str, list[str]]:
    """{party: entries of the real Consolidated Screening List that are it}, over the whole file."""
    if not CSL.exists():
        absent(f"the Consolidated Screening List of 2022-05-16 is not at {CSL}")
    loaded = dossiers.load()
    found: dict[str, list[str]] = {}
    with gzip.open(CSL, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            measure = next((ours for mark, ours in CSL_LISTS.items() if mark in row["source"]), "other")
            native = f"ofac-{row['entity_number']}" if row["entity_number"] else f"csl-{row['_id']}"
            party = loaded.party_of(entry(native, measure, row["name"]))
            if party:
                found.setdefault(party, []).append(f"{measure}: {row['name']}")
    return found


class TestTheRealScreeningList:
    @pytest.mark.parametrize("party", ["huawei", "smic", "hikvision", "dji"])
    def test_stands_once_on_each_of_its_lists(self, joined, party):
        assert {line.split(":")[0] for line in joined[party]} == {"entity-list", "eo-14032"}
        assert len(set(joined[party])) == 2

    def test_huaweis_affiliates_stay_parties_of_their_own(self, joined):
        assert set(joined["huawei"]) == {
            "entity-list: Huawei Technologies Co., Ltd. (Huawei)",
            "eo-14032: HUAWEI TECHNOLOGIES CO., LTD.",
        }

    def test_all_dossier_parties_with_an_ofac_number_are_found(self, joined):
        numbered = {party for known_as, party in dossiers.load().crosswalk.items() if known_as.startswith("ofac-")}
        later_or_gone = {"fridman", "aven", "bensouda"}
        assert numbered - later_or_gone <= set(joined)
