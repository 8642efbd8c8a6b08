"""Articles over HTTP: read what is sent, list what was kept, fetch and store nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from vacatur.news import kept
from vacatur.service.app import create_app
from vacatur.service.settings import Settings

HALT = (
    "A US judge on Friday blocked the Pentagon from placing Xiaomi on its list of Communist Chinese military companies."
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("articles") / "r.db"
    app = create_app(Settings(register=f"sqlite:///{path}", rate=1e6, burst=10**6))
    with TestClient(app) as client:
        edition = app.state.engine.current()
        page = {"title": "Halt", "published": "2021-03-13", "url": "https://example.org/1", "text": HALT}
        reading = edition.read(json.dumps(page))
        kept.keep(app.state.engine.register, reading, "reader")
        yield client


def test_what_is_sent_is_read_and_not_kept(client: TestClient) -> None:
    answer = client.post("/api/v1/read", json={"text": HALT, "title": "Sent", "published": "2021-03-13"}).json()
    assert [(claim["party"]["id"], claim["verdict"]) for claim in answer["claims"]] == [("xiaomi", "supported")]
    assert answer["claims"][0]["acts"][0]["case"]
    assert answer["article"]["title"] == "Sent"
    assert [item["title"] for item in answer["related"]] == ["Halt"]
    assert client.get("/api/v1/articles").json()["total"] == 1


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": "x" * 200_001}, {"text": HALT, "published": "Friday"}, {"text": HALT, "fetch": 1}],
)
def test_what_is_no_article_is_refused(client: TestClient, body: dict[str, object]) -> None:
    assert client.post("/api/v1/read", json=body).status_code == 422


def test_kept_articles_by_party(client: TestClient) -> None:
    assert [item["title"] for item in client.get("/api/v1/articles?party=xiaomi").json()["articles"]] == ["Halt"]
    assert client.get("/api/v1/articles?party=zte").json()["articles"] == []
    assert client.get("/api/v1/articles?party=nobody").status_code == 404


def test_one_kept_article_is_judged_anew(client: TestClient) -> None:
    item = client.get("/api/v1/articles").json()["articles"][0]
    answer = client.get(f"/api/v1/articles/{item['id']}").json()
    assert answer["claims"][0]["verdict"] == "supported"
    assert answer["article"]["url"] == "https://example.org/1"
    assert client.get("/api/v1/articles/none").status_code == 404


def test_reading_needs_the_scope_screen(tmp_path: Path) -> None:
    settings = Settings(register=f"sqlite:///{tmp_path}/r.db", open_screen=False)
    with TestClient(create_app(settings)) as client:
        assert client.post("/api/v1/read", json={"text": HALT}).status_code == 401
        assert client.post("/read", data={"text": HALT}).status_code == 401
        assert client.get("/api/v1/articles").status_code == 200
        assert client.get("/readyz").status_code == 200


def test_readers_can_reply_under_a_kept_article(client: TestClient) -> None:
    item = client.get("/api/v1/articles").json()["articles"][0]
    feed = client.get(f"/feeds/replies.atom?article={item['id']}")
    assert feed.status_code == 200
    assert "Halt" in feed.text
    assert client.get("/feeds/replies.atom?article=none").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_article_is_of_is_refused(client: TestClient, day: str) -> None:
    text = "DJI was listed on Friday, in January and last year."
    assert client.post("/api/v1/read", json={"text": text, "published": day}).status_code == 400
    stated = json.dumps({"text": text, "published": day})
    assert client.post("/api/v1/read", json={"text": stated}).json()["article"]["published"] is None
