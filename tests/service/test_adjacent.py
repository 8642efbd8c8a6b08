"""Links of an entity, as yente's clients ask for them."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from machine import needs_model

from vacatur.parties import LINK_ENDS
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.update import update_from_file
from vacatur.service.adjacent import REVERSE
from vacatur.service.app import create_app
from vacatur.service.settings import Settings
from vacatur.sources.base import ListDocument
from vacatur.sources.ftm import FollowTheMoney

STREAM = [
    {"id": "parent", "schema": "Company", "properties": {"name": ["Parent Works"]}},
    {"id": "child", "schema": "Company", "properties": {"name": ["Child Trading"]}},
    {"id": "director", "schema": "Person", "properties": {"name": ["Jane Example"]}},
    {
        "id": "listing",
        "schema": "Sanction",
        "datasets": ["us_ofac_sdn"],
        "properties": {"entity": ["parent"], "startDate": ["2020-01-10"]},
    },
    {
        "id": "own",
        "schema": "Ownership",
        "properties": {"owner": ["parent"], "asset": ["child"], "percentage": ["75"], "startDate": ["2019"]},
    },
    {"id": "dir", "schema": "Directorship", "properties": {"director": ["director"], "organization": ["child"]}},
    {"id": "own-abroad", "schema": "Ownership", "properties": {"owner": ["stranger"], "asset": ["child"]}},
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("adjacent")
    path = folder / "entities.ftm.json"
    path.write_text("\n".join(json.dumps(entity) for entity in STREAM), "utf-8")
    url = f"sqlite:///{folder / 'r.db'}"
    register = Register.open(url)
    ensure_dossiers(register)
    update_from_file(register, FollowTheMoney(), ListDocument(path, vintage=date(2020, 2, 1)), actor="test")
    with TestClient(create_app(Settings(register=url))) as client:
        yield client


def test_links_carry_the_party_at_their_other_end(client: TestClient) -> None:
    answer = client.get("/entities/child/adjacent").json()
    assert answer["entity"]["id"] == "child"
    assert sorted(answer["adjacent"]) == ["directorshipOrganization", "ownershipAsset"]
    owners = answer["adjacent"]["ownershipAsset"]
    assert owners["total"] == {"value": 2, "relation": "eq"}
    by_id = {link["id"]: link["properties"] for link in owners["results"]}
    assert by_id["own"]["owner"][0]["caption"] == "Parent Works"
    assert by_id["own"]["percentage"] == ["75"]
    assert by_id["own-abroad"]["owner"] == ["stranger"]


def test_one_name_alone_and_page_by_page(client: TestClient) -> None:
    page = client.get("/entities/child/adjacent/ownershipAsset", params={"limit": 1, "offset": 1}).json()
    assert (len(page["results"]), page["total"]["value"], page["offset"]) == (1, 2, 1)
    assert client.get("/entities/child/adjacent/nothing").status_code == 404


def test_a_status_by_ownership_stands_apart(client: TestClient) -> None:
    answer = client.get("/api/v1/status/child", params={"on": "2021-01-01"}).json()
    assert answer["statuses"] == []
    (item,) = answer["ownership"]["statuses"]
    assert (item["measure"]["id"], item["state"], item["since"], item["percent"]) == (
        "ofac-sdn", "in_force", "2020-01-10", 75.0,
    )  # fmt: skip
    assert item["owners"][0]["owner"]["caption"] == "Parent Works"
    assert answer["notes"] == ["ownership checked only as far as ftm tells; control was not judged"]


def test_names_are_those_of_the_model() -> None:
    needs_model()
    from followthemoney import model

    for (schema, end), name in REVERSE.items():
        reverse = model.get(schema).properties[end].reverse
        assert reverse is not None
        assert reverse.name == name
    assert {schema for schema, _ in REVERSE} == set(LINK_ENDS)
