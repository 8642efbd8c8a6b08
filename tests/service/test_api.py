"""The interfaces answer as their clients expect."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from httpx import Client
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from vacatur.register import Register

ON = {"on": "2021-04-01", "known": "2026-01-01"}


def test_a_hit_comes_with_its_status_on_the_day(client: Client) -> None:
    answer = client.get("/api/v1/screen", params={"name": "Xiaomi", **ON}).json()
    states = {item["measure"]["id"]: item["state"] for item in answer["hits"][0]["statuses"]}
    assert states["ccmc-1237"] == "suspended"
    assert answer["on"] == "2021-04-01"
    assert len(answer["index"]) == 64


def test_the_same_times_give_the_same_bytes_after_an_update(client: Client, register: Register) -> None:
    asked = {"name": "Xiaomi", **ON, "recorded": register.newest_transaction()}
    before = client.get("/api/v1/screen", params=asked).content
    with register.transaction("test", "an update"):
        pass
    for _ in range(600):
        if client.get("/api/v1/sources").json()["recorded"] > asked["recorded"]:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the new transaction was not taken in")
    assert client.get("/api/v1/screen", params=asked).content == before


@pytest.mark.parametrize(
    "path",
    "status/xiaomi history/xiaomi parties/xiaomi parties/xiaomi/timeline.svg parties/xiaomi/calendar.ics acts sources"
    " measures status/xiaomi?from=2021-01-01&to=2021-12-31".split(),
)
def test_every_document_answers(client: Client, path: str) -> None:
    assert client.get(f"/api/v1/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    "/api/v1/screen?name=Xiaomi /api/v1/status/xiaomi /api/v1/history/xiaomi /api/v1/parties/xiaomi /api/v1/acts"
    " /api/v1/sources /api/v1/measures /api/v1/articles /search/default?q=Xiaomi /entities/xiaomi"
    " /entities/xiaomi/adjacent /catalog".split(),
)
def test_every_answer_says_what_it_rests_on_and_is_the_same_when_asked_again(client: Client, path: str) -> None:
    first = client.get(path).json()
    times = {name: first[name] for name in ("on", "known", "recorded")}
    assert len(first["index"]) == 64
    asked = [client.get(path, params={**client.build_request("GET", path).url.params, **times}) for _ in range(2)]
    assert asked[0].content == asked[1].content
    assert asked[0].json() == first


def test_a_batch_in_yentes_form(client: Client) -> None:
    queries = {
        "a": {"schema": "Company", "properties": {"name": ["Xiaomi"]}},
        "b": {"schema": "Person", "properties": {}},
    }
    answer = client.post("/match/default", params=ON, json={"queries": queries}).json()
    best = answer["responses"]["a"]["results"][0]
    assert (best["id"], best["match"]) == ("xiaomi", True)
    assert best["statuses"]
    assert answer["responses"]["b"]["results"] == []


def test_a_client_made_for_yente(client: Client) -> None:
    module = pytest.importorskip("yente_client", reason="the client library yente-client is not installed")
    with module.Client(base_url=str(client.base_url), api_key=None) as theirs:
        assert theirs.healthz().status == "ok"
        assert theirs.fetch("xiaomi").id == "xiaomi"
        assert theirs.match(module.Company(name="Xiaomi")).results[0].id == "xiaomi"
        assert theirs.search("xiaomi").results


def validator(shared: Path, name: str) -> Draft7Validator:
    folder = shared / "legal_samples" / "reconciliation" / "schemas_0.2"
    schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    kept = DRAFT7.create_resource(schemas["type.json"])
    base = "https://reconciliation-api.github.io/specs/0.2/schemas/type.json"
    schema: Any = schemas[f"{name}.json"]
    schema.get("properties", {}).pop("authentication", None)
    return Draft7Validator(schema, registry=Registry().with_resource(base, kept))


@pytest.mark.parametrize(
    ("name", "path", "params"),
    [
        ("manifest", "", {}),
        (
            "reconciliation-result-batch",
            "",
            {"queries": '{"q0": {"query": "Xiaomi"}, "q1": {"query": "nobody at all"}}'},
        ),
        ("suggest-entities-response", "/suggest/entity", {"prefix": "xiao"}),
        ("suggest-properties-response", "/suggest/property", {"prefix": "co"}),
        ("suggest-types-response", "/suggest/type", {"prefix": "co"}),
        ("data-extension-property-proposal", "/extend/propose", {}),
        ("data-extension-response", "", {"extend": '{"ids": ["xiaomi", "none"], "properties": [{"id": "state"}]}'}),
    ],
)
def test_reconciliation_answers_fit_their_schemas(
    client: Client, shared: Path, name: str, path: str, params: dict[str, str]
) -> None:
    answer = client.get(f"/reconcile{path}", params=params)
    assert answer.status_code == 200
    assert [error.message for error in validator(shared, name).iter_errors(answer.json())] == []
