"""A court's docket moves, and the register is told: once, and only from the address that was given out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from vacatur.register import Register
from vacatur.register.review import reject
from vacatur.service.app import create_app
from vacatur.service.settings import Settings

WORD = "a-long-random-word"
HERE = f"/webhooks/courtlistener/{WORD}"
BODY = {
    "webhook": {"event_type": 1, "version": 2, "date_created": "2021-03-12T20:00:00+00:00"},
    "payload": {
        "results": [
            {
                "id": 4711,
                "docket": {"court": "dcd", "docket_number": "1:21-cv-00280", "case_name": "Example v. Department"},
                "date_filed": "2021-03-12",
                "entry_number": 21,
                "description": "ORDER granting 7 Motion for Preliminary Injunction. Signed by Judge X on 3/12/2021.",
                "recap_documents": [],
            }
        ]
    },
}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'r.db'}"


@pytest.fixture
def client(url: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(register=url, court_secret=WORD))) as client:
        yield client


def proposed(url: str) -> list[str]:
    return [item.act.id for item in Register.open(url).snapshot().acts() if item.act.proposed]


def test_a_delivery_is_proposed_once_even_after_a_person_rejected_it(client: TestClient, url: str) -> None:
    first = client.post(HERE, json=BODY, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, first.json()["proposed"]) == (200, 1)
    (act,) = proposed(url)
    reject(Register.open(url), act, actor="A. Lawyer", reason="another case")
    assert client.post(HERE, json=BODY, headers={"Idempotency-Key": "k1"}).json()["proposed"] == 0
    assert proposed(url) == []


def test_real_payloads_are_taken(client: TestClient, shared: Path) -> None:
    folder = shared / "legal_samples" / "courtlistener"
    for number, path in enumerate(sorted(folder.glob("webhook_*.json"))):
        answer = client.post(HERE, content=path.read_bytes(), headers={"Idempotency-Key": f"real-{number}"})
        assert answer.status_code == 200, path.name


@pytest.mark.parametrize("address", ["/webhooks/courtlistener/guessed", "/webhooks/courtlistener/%C3%A9", "/webhooks/"])
def test_a_forged_address_is_not_there(client: TestClient, url: str, address: str) -> None:
    assert client.post(address, json=BODY, headers={"Idempotency-Key": "k2"}).status_code == 404
    assert proposed(url) == []


def test_a_delivery_without_key_or_sense_is_refused(client: TestClient, url: str) -> None:
    assert client.post(HERE, json=BODY).status_code == 400
    assert client.post(HERE, content=b"[", headers={"Idempotency-Key": "k3"}).status_code == 400
    assert proposed(url) == []


def test_without_a_secret_none_are_received(url: str) -> None:
    with TestClient(create_app(Settings(register=url))) as client:
        assert client.post("/webhooks/courtlistener/", json=BODY).status_code == 404
        assert client.post("/webhooks/courtlistener/x", json=BODY).status_code == 404
