"""A country, a birth date or a kind is read as people write it at every door: unread, it would hide the hit."""

import json

import pytest
from httpx import Client

DAY = {"on": "2021-04-01"}


@pytest.mark.parametrize("details", [{"country": "China"}, {"schema": "corporation"}, {"country": "CHN"}])
def test_the_native_interface(client: Client, details: dict[str, str]) -> None:
    plain = client.get("/api/v1/screen", params={"name": "Xiaomi Corporation", **DAY}).json()["hits"]
    told = client.get("/api/v1/screen", params={"name": "Xiaomi Corporation", **DAY, **details}).json()["hits"]
    assert [hit["party"]["id"] for hit in told[:1]] == ["xiaomi"]
    assert told[0]["score"] >= plain[0]["score"]


@pytest.mark.parametrize(
    ("detail", "value"), [("country", "Nowhereland"), ("birth_date", "31/31/1990"), ("schema", "Gadget")]
)
def test_the_native_interface_says_what_it_does_not_understand(client: Client, detail: str, value: str) -> None:
    answer = client.get("/api/v1/screen", params={"name": "Xiaomi", detail: value})
    assert answer.status_code == 400
    assert answer.json()["detail"] == f"{detail} {value!r} not understood"


def test_yentes_interface(client: Client) -> None:
    example = {"schema": "corporation", "properties": {"name": ["Xiaomi Corporation"], "country": ["China", "?"]}}
    found = client.post("/match/default", json={"queries": {"a": example}}).json()["responses"]["a"]["results"]
    assert found[0]["id"] == "xiaomi"
    assert found[0]["match"]


def test_the_reconciliation_interface(client: Client) -> None:
    query = {"query": "Xiaomi Corporation", "properties": [{"pid": "country", "v": "China"}]}
    found = client.post("/reconcile/default", data={"queries": json.dumps({"a": query})}).json()["a"]["result"]
    assert found[0]["id"] == "xiaomi"


def test_the_search_page_says_what_it_left_out(client: Client) -> None:
    asked = {"name": "Xiaomi Corporation", "country": "Nowhereland"}
    page = client.get("/", params=asked, headers={"Accept": "text/html"}).text
    assert "Xiaomi Corporation" in page
    assert "Nowhereland&#39; not understood, left out" in page
