"""What an attacker sends is refused or shown as text."""

import asyncio
import select
import socket
import time
from collections.abc import MutableMapping
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import Client

from vacatur.register import Register
from vacatur.service.guard import Buckets, Guard
from vacatur.service.keys import list_keys, revoke_key
from vacatur.service.settings import Settings


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "' OR 1=1 --", "=cmd|' /C calc'!A0", "\x1b[31mred", "a\nb", "\x00"]
)
def test_a_hostile_name_is_just_a_name(client: Client, name: str) -> None:
    answer = client.get("/api/v1/screen", params={"name": name, "on": "2021-04-01"})
    assert answer.status_code in (200, 400)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/entities/..%2f..%2fetc%2fpasswd", "/api/v1/parties/%00", "/match/..%2f", "/reconcile/x"]
)
def test_a_path_reaches_no_file(client: Client, path: str) -> None:
    assert client.get(path).status_code in (404, 405)


def test_an_oversized_body_is_refused(client: Client) -> None:
    assert client.post("/match/default", content=b"x" * 3_000_000).status_code == 413


def read_all(connection: socket.socket) -> bytes:
    connection.settimeout(60)
    return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_a_sender_without_a_key_gets_to_read_why(client: Client) -> None:
    """The body that is still on its way is taken off the line first: a reset would take the answer with it."""
    head = b"POST /api/v1/review/cases/x/decisions HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"
    with socket.create_connection((client.base_url.host, client.base_url.port or 80)) as connection:
        connection.sendall(head)
        assert select.select([connection], [], [], 0.2)[0] == [], "answered before the body came"
        connection.sendall(b"x" * 9000)
        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b"this needs a key with the scope 'review'" in answer


def test_the_body_is_taken_off_the_line_even_when_the_service_itself_fails() -> None:
    """The database went away while the key is looked up: the sender gets to read that, too."""

    class Gone:
        def of_key(self, _key: str) -> None:
            raise OSError("no database")

    waiting = [{"type": "http.request", "body": b"x", "more_body": more} for more in (True, True, False)]
    answered: list[tuple[int, int]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        answered.append((message.get("status", 0), len(waiting)))

    async def never(*_: Any) -> None:
        raise AssertionError("the application was asked")

    guard = Guard(never, Settings(register="sqlite:///unused.db"), SimpleNamespace(sessions=Gone()), lambda *_: "")
    headers = [(b"authorization", b"Bearer vac_x")]
    asyncio.run(guard({"type": "http", "method": "POST", "path": "/match/x", "headers": headers}, receive, send))
    assert answered[0] == (500, 0)


def test_a_sender_who_waits_is_not_told_to_go_on(client: Client) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80)) as connection:
        head = b"POST /metrics HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9000\r\n\r\n"
        connection.sendall(head)
        assert read_all(connection).startswith(b"HTTP/1.1 401 ")


def test_a_slow_body_is_cut_off(hasty_client: Client) -> None:
    where = (hasty_client.base_url.host, hasty_client.base_url.port or 80)
    with socket.create_connection(where) as connection:
        connection.settimeout(60)
        connection.sendall(b"POST /match/default HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert b" 408 " in connection.recv(200)


def test_a_forged_key_is_refused(client: Client) -> None:
    assert client.get("/catalog", headers={"Authorization": "Bearer vac_forged"}).status_code == 401


def test_a_key_without_the_scope_is_refused(client: Client, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/catalog", headers=headers).status_code == 200
    assert client.get("/metrics", headers=headers).status_code == 403
    assert client.get("/metrics").status_code == 401


def test_a_key_is_kept_as_its_hash_and_can_be_revoked(client: Client, register: Register, key: str) -> None:
    newest = list_keys(register)[-1]
    assert newest.id not in key
    revoke_key(register, newest.id)
    assert client.get("/catalog", headers={"Authorization": f"ApiKey {key}"}).status_code == 401


def test_no_origin_may_call_from_a_browser_by_default(client: Client) -> None:
    answer = client.get("/catalog", headers={"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in answer.headers


def test_a_bucket_fills_again() -> None:
    buckets = Buckets(rate=1, burst=2)
    now = time.monotonic()
    assert [buckets.take("a", now) for _ in range(3)] == [True, True, False]
    assert buckets.take("b", now)
    assert buckets.take("a", now + 1)
