"""What an attacker sends is refused or shown as text."""

import asyncio
import select
import socket
import threading
import time
from collections.abc import Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import Client

from vacatur.register import Register
from vacatur.service.articles import readings
from vacatur.service.engine import WAITING, BusyError, Edition, Engine
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


HALF = "\\ud800"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/match/default", f'{{"queries": {{"a": {{"schema": "Company", "properties": {{"name": ["{HALF}x"]}}}}}}}}'),
        ("/match/default", f'{{"queries": {{"{HALF}": {{"schema": "Company", "properties": {{"name": ["x"]}}}}}}}}'),
        ("/match/default", f'{{"queries": {{"a": {{"schema": "Company", "properties": {{"{HALF}": ["x"]}}}}}}}}'),
        ("/api/v1/screen", f'{{"queries": [{{"name": "{HALF}"}}]}}'),
        ("/api/v1/read", f'{{"text": "Xiaomi was sued.", "title": "{HALF}"}}'),
    ],
)
def test_half_a_character_is_no_text(client: Client, path: str, body: str) -> None:
    answer = client.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert "half of a character" in answer.json()["detail"]


@pytest.mark.parametrize("number", ["1" * 30, "-" + "9" * 25, "1e400", "9" * 6_000])
def test_a_number_of_any_length_breaks_nothing(client: Client, number: str) -> None:
    body = f'{{"queries": {{"a": {{"schema": "Company", "properties": {{"name": [{number}]}}}}}}}}'
    answer = client.post("/match/default", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 400, 422)


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "9000-01-01", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("name", ["on", "known", "recorded"])
@pytest.mark.parametrize("path", ["/parties/xiaomi", "/api/v1/status/xiaomi", "/?name=Xiaomi"])
def test_a_day_at_the_end_of_the_calendar_is_refused(client: Client, path: str, name: str, day: str) -> None:
    answer = client.get(path, params={"name": "Xiaomi", name: day})
    assert answer.status_code == 400
    assert "expected a year from 1000 to 8999" in answer.json()["detail"]


def queries(count: int, **properties: list[str]) -> dict[str, object]:
    return {"queries": {str(key): {"schema": "Company", "properties": properties} for key in range(count)}}


@pytest.mark.parametrize(
    ("sent", "limit", "words"),
    [
        (queries(501, name=["x"]), 5, "at most 500 queries"),
        (queries(100, name=["x"]), 500, "at most 20,000 hits"),
        (
            queries(1, name=["x"], registrationNumber=[str(number) for number in range(101)]),
            5,
            "at most 100 identifiers",
        ),
        (queries(1, name=["x"], country=["cn"] * 101), 5, "100 countries"),
    ],
)
def test_a_batch_that_asks_for_too_much_is_refused(
    client: Client, sent: dict[str, object], limit: int, words: str
) -> None:
    answer = client.post("/match/default", params={"limit": limit}, json=sent)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


def test_past_states_that_are_being_prepared_hold_nobody_else_up(client: Client, settings: Settings) -> None:
    """Each costs an index: a few requests wait for them, the next ones are told to come again."""
    engine = Engine(settings)
    begun, goes_on = threading.Semaphore(0), threading.Event()

    def slowly(transaction: int) -> Edition:
        goes_on.wait(60)
        return engine.current()

    with pytest.MonkeyPatch.context() as patched, ThreadPoolExecutor(WAITING) as pool:
        patched.setattr(engine, "_open_past", slowly)
        patched.setattr(engine._patient, "acquire", _telling(engine._patient.acquire, begun))
        waiting = [pool.submit(engine.edition, -number) for number in range(1, WAITING + 1)]
        for _ in waiting:
            begun.acquire()
        with pytest.raises(BusyError, match="ask again"):
            engine.edition(-100)
        goes_on.set()
        assert [job.result().transaction for job in waiting] == [engine.current().transaction] * WAITING
    engine.close()


def _telling(acquire: Callable[..., bool], told: threading.Semaphore) -> Callable[..., bool]:
    def acquired(**how: bool) -> bool:
        has = acquire(**how)
        told.release()
        return has

    return acquired


def test_an_article_longer_than_any_is_not_read(client: Client) -> None:
    answer = client.post("/api/v1/read", json={"text": "Xiaomi sued. " * 5_000})
    assert answer.status_code == 400
    assert "more than 50,000 characters" in answer.json()["detail"]


def test_readers_who_come_all_at_once_are_told_to_come_again(client: Client) -> None:
    taken = 0
    while readings.acquire(blocking=False):
        taken += 1
    try:
        answer = client.post("/api/v1/read", json={"text": "Xiaomi was sued on Friday."})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    finally:
        readings.release(taken)
    assert client.post("/api/v1/read", json={"text": "Xiaomi was sued on Friday."}).status_code == 200


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
