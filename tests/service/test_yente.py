"""yente's interface: its form of answers, what narrows them, its client, and ids that were absorbed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.record import record_link
from vacatur.service.app import create_app
from vacatur.service.settings import Settings
from vacatur.service.yente_form import Filters

SCHEMAS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "yente_answers.yaml").read_text("utf-8"))
EXAMPLES = {"a": {"schema": "Company", "properties": {"name": ["Xiaomi", "小米"], "country": "cn"}}}
ABSORBED = ("old-xiaomi", "old xiaomi/1")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('yente') / 'r.db'}"
    register = Register.open(url)
    ensure_dossiers(register)
    with register.transaction("test", "an id that was absorbed") as writer:
        for old in ABSORBED:
            record_link(writer, old, "xiaomi", basis="person", why="test")
    register.close()
    with TestClient(create_app(Settings(register=url))) as client:
        yield client


def matched(client: TestClient, **params: Any) -> list[str]:
    answer = client.post("/match/default", params=params, json={"queries": EXAMPLES})
    return [item["id"] for item in answer.json()["responses"]["a"]["results"]]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("search/default?q=xiaomi", "SearchResponse"),
        ("search/default?q=nobody+at+all", "SearchResponse"),
        ("entities/xiaomi", "Entity"),
        ("entities/xiaomi/adjacent", "EntityAdjacentResponse"),
        ("catalog", "DataCatalogModel"),
        ("algorithms", "AlgorithmResponse"),
        ("healthz", "StatusResponse"),
        ("readyz", "StatusResponse"),
    ],
)
def test_answers_have_yentes_form(client: TestClient, path: str, form: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.status_code == 200
    check(answer.json(), form)


def test_nothing_given_narrows_nothing() -> None:
    """An answer that is not narrowed looks at no more hits than it shows."""
    assert Filters("default", include_dataset=[], topics=[]).are_open
    assert not Filters("default", topics=["sanction"]).are_open
    assert not Filters("dossiers").are_open


def test_an_answer_to_examples_has_yentes_form(client: TestClient) -> None:
    answer = client.post("/match/default", json={"queries": EXAMPLES}).json()
    check(answer, "EntityMatchResponse")
    best = answer["responses"]["a"]["results"][0]
    explained = best["explanations"]
    assert sum(item["score"] for item in explained.values()) == pytest.approx(best["score"], abs=0.002)


def check(document: Any, form: str) -> None:
    errors = Draft202012Validator({"$ref": f"#/$defs/{form}", "$defs": SCHEMAS}).iter_errors(document)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


class TestFacets:
    """Counts over all that was found, whichever page of it is asked for."""

    def test_those_that_yente_counts_by_default(self, client: TestClient) -> None:
        answer = client.get("/search/default", params={"q": "Xiaomi", "limit": 0}).json()
        facets = answer["facets"]
        assert sorted(facets) == ["countries", "datasets", "topics"]
        assert (answer["results"], answer["total"]["value"]) == ([], 1)
        assert facets["datasets"]["values"] == [{"name": "dossiers", "label": "dossiers", "count": 1}]
        assert {"name": "cn", "label": "China", "count": 1} in facets["countries"]["values"]

    def test_those_that_are_asked_for(self, client: TestClient) -> None:
        facets = client.get("/search/default", params={"q": "Xiaomi", "facets": ["schema", "genders"]}).json()["facets"]
        assert facets["schema"] == {
            "label": "Entity types",
            "values": [{"name": "Company", "label": "Company", "count": 1}],
        }
        assert facets["genders"]["values"] == []

    def test_one_that_there_is_not_is_refused(self, client: TestClient) -> None:
        assert client.get("/search/default", params={"q": "x", "facets": "colour"}).status_code == 422


@pytest.mark.parametrize(
    "narrowed",
    [
        {"exclude_schema": "Company"},
        {"exclude_dataset": "dossiers"},
        {"include_dataset": "another"},
        {"topics": "role.pep"},
        {"changed_since": "2999-01-01"},
    ],
)
def test_an_answer_is_narrowed_as_yente_does(client: TestClient, narrowed: dict[str, str]) -> None:
    assert "xiaomi" in matched(client)
    assert "xiaomi" not in matched(client, **narrowed)
    assert client.get("/search/default", params={"q": "Xiaomi", **narrowed}).json()["results"] == []


@pytest.mark.parametrize("excluded", ["xiaomi", *ABSORBED])
def test_who_was_excluded_by_any_id_is_left_out(client: TestClient, excluded: str) -> None:
    assert "xiaomi" not in matched(client, exclude_entity_ids=excluded)


def test_a_country_is_a_condition(client: TestClient) -> None:
    def found(country: str) -> int:
        answer = client.get("/search/default", params={"q": "Xiaomi", "countries": country})
        return int(answer.json()["total"]["value"])

    assert (found("CN"), found("de")) == (1, 0)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/entities/old-xiaomi", "/entities/xiaomi"),
        ("/entities/old-xiaomi?on=2021-04-01&known=2021-05-01", "/entities/xiaomi?on=2021-04-01&known=2021-05-01"),
        ("/entities/old-xiaomi/adjacent?limit=3", "/entities/xiaomi/adjacent?limit=3"),
        ("/entities/old-xiaomi/adjacent/ownershipOwner", "/entities/xiaomi/adjacent/ownershipOwner"),
        ("/parties/old-xiaomi", "/parties/xiaomi"),
        ("/parties/old%20xiaomi%2F1?on=2021-04-01", "/parties/xiaomi?on=2021-04-01"),
    ],
)
def test_an_id_that_was_absorbed_leads_to_the_one_it_goes_by(client: TestClient, path: str, leads_to: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, leads_to)
    assert client.get(path).status_code == 200
