"""Two editions of a list, compared over HTTP."""

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient
from pages.conftest import record_list

from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.service.app import create_app
from vacatur.service.settings import Settings

HERE = "/api/v1/diff/test"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('diffs') / 'r.db'}"
    register = Register.open(url)
    ensure_dossiers(register)
    record_list(register, date(2022, 1, 1), {"a": "Stays Ltd", "b": "Goes Ltd", "c": "Old Name Ltd"})
    record_list(register, date(2023, 1, 1), {"a": "Stays Ltd", "c": "New Name Ltd", "d": "Comes Ltd"})
    register.close()
    with TestClient(create_app(Settings(register=url))) as client:
        yield client


def test_who_came_went_and_changed(client: TestClient) -> None:
    answer = client.get(HERE, params={"from": "2022-01-01", "to": "2023-01-01"}).json()
    assert answer["summary"] == {"added": 1, "removed": 1, "changed": 1}
    kinds = [(item["party"]["id"], item["kind"]) for item in answer["changes"]]
    assert kinds == [("b", "removed"), ("c", "changed"), ("d", "added")]
    assert answer["changes"][1]["properties"] == [
        {"name": "name", "removed": ["Old Name Ltd"], "added": ["New Name Ltd"]}
    ]
    assert len(answer["index"]) == 64


def test_page_by_page(client: TestClient) -> None:
    params = {"from": "2022-01-01", "to": "2023-01-01", "limit": 1, "offset": 2}
    answer = client.get(HERE, params=params).json()
    assert ([item["party"]["id"] for item in answer["changes"]], answer["total"]) == (["d"], 3)


@pytest.mark.parametrize(
    ("path", "days", "status"),
    [
        (HERE, ("2022-01-02", "2023-01-01"), 404),
        ("/api/v1/diff/nobody", ("2022-01-01", "2023-01-01"), 404),
        (HERE, ("yesterday", "2023-01-01"), 422),
    ],
)
def test_an_edition_that_there_is_not(client: TestClient, path: str, days: tuple[str, str], status: int) -> None:
    answer = client.get(path, params={"from": days[0], "to": days[1]})
    assert answer.status_code == status
    if path == HERE and status == 404:
        assert "the nearest: 2022-01-01, 2023-01-01" in answer.json()["detail"]
