"""A browser that signed in is its key, for as long as the session and the key stand, and only from our own pages."""

import asyncio
import re
import time
from collections.abc import Iterator

import pytest
from httpx import ASGITransport, AsyncClient, Client, Response
from hypothesis import given
from hypothesis import strategies as st

from vacatur.register import Register
from vacatur.service.app import SIGN_INS_AT_ONCE, create_app
from vacatur.service.guard import Buckets
from vacatur.service.keys import add_key, list_keys, revoke_key
from vacatur.service.pages.sign_in import _local
from vacatur.service.session import COOKIE, Actor, Sessions, may_write
from vacatur.service.settings import Settings

PAGE = {"accept": "text/html"}


@pytest.fixture
def browser(client: Client) -> Iterator[Client]:
    with Client(base_url=client.base_url, timeout=60) as browser:
        yield browser


@pytest.fixture
def admin(register: Register) -> str:
    return add_key(register, "A. Reviewer", ("admin",))


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    register = Register.open(f"sqlite:///{tmp_path_factory.mktemp('sessions') / 'r.db'}")
    yield Sessions(register, "secret", 12)
    register.close()


def signed(browser: Client, key: str, following: str = "/metrics") -> Response:
    return browser.post("/sign-in", data={"key": key, "next": following})


def token(browser: Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get("/sign-in").text)
    assert found
    return found[1]


def test_a_key_given_once_opens_the_pages_of_its_scope(browser: Client, admin: str) -> None:
    asked = browser.get("/metrics", headers=PAGE)
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/metrics")
    answer = signed(browser, admin)
    assert (answer.status_code, answer.headers["location"]) == (303, "/metrics")
    assert browser.get("/metrics").status_code == 200
    assert "A. Reviewer" in browser.get("/sign-in").text


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(browser: Client, admin: str) -> None:
    flags = signed(browser, admin).headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=strict" in flags
    assert admin not in flags


def test_over_https_the_cookie_is_sent_over_nothing_else(browser: Client, admin: str) -> None:
    answer = browser.post("/sign-in", data={"key": admin}, headers={"x-forwarded-proto": "https"})
    assert "secure" in answer.headers["set-cookie"].lower()


def test_signing_out_ends_the_session_wherever_its_cookie_went(browser: Client, admin: str) -> None:
    signed(browser, admin)
    copied = {"cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    assert browser.post("/sign-out", data={"csrf": token(browser)}).headers["location"] == "/sign-in"
    assert COOKIE not in browser.cookies
    assert browser.get("/metrics", headers=copied).status_code == 401


def test_a_session_ends_with_its_key(register: Register) -> None:
    sessions = Sessions(register, "", 1)
    key = add_key(register, "leaver", ("review",))
    cookie = sessions.begin(key)
    assert cookie
    actor = sessions.of_cookie(cookie)
    assert actor is not None
    assert actor.name == "leaver"
    revoke_key(register, list_keys(register)[-1].id)
    assert Sessions(register, "", 1).of_cookie(cookie) is None
    assert sessions.begin(key) is None


def test_a_session_runs_out(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions(register, "", 1)
    cookie = sessions.begin(add_key(register, "x", ("read",)))
    assert cookie
    later = time.time() + 3601
    monkeypatch.setattr(time, "time", lambda: later)
    assert sessions.of_cookie(cookie) is None


def test_workers_share_the_secret_that_the_register_keeps(register: Register) -> None:
    cookie = Sessions(register, "", 1).begin(add_key(register, "x", ("read",)))
    assert cookie
    assert Sessions(register, "", 1).of_cookie(cookie)
    assert Sessions(register, "another secret", 1).of_cookie(cookie) is None


@given(st.text(max_size=200))
def test_no_text_is_a_cookie(sessions: Sessions, text: str) -> None:
    assert sessions.of_cookie(text) is None


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_cookie_with_any_bit_changed_is_worthless_or_the_same(sessions: Sessions, place: int, bit: int) -> None:
    cookie = sessions.begin(_key_of(sessions))
    assert cookie
    raw = bytearray(cookie.encode())
    raw[place % len(raw)] ^= 1 << bit
    changed = sessions.of_cookie(raw.decode("latin-1"))
    assert changed is None or changed == sessions.of_cookie(cookie)


def _key_of(sessions: Sessions) -> str:
    if not hasattr(_key_of, "key"):
        _key_of.key = add_key(sessions.register, "x", ("read",))  # type: ignore[attr-defined]
    return str(_key_of.key)  # type: ignore[attr-defined]


@pytest.mark.parametrize("forged", ["", "x", "a.b", "W10.", "..", "é.é", "eyJhIjoxfQ.AAAA", "x" * 5000])
def test_a_forged_cookie_is_nobody(client: Client, forged: str) -> None:
    answer = client.get("/metrics", headers={"cookie": f"{COOKIE}={forged}".encode()})
    assert answer.status_code == 401


@pytest.mark.parametrize("sent", [{}, {"csrf": "forged"}, {"csrf": ""}])
def test_a_form_without_the_token_of_the_session_changes_nothing(
    browser: Client, admin: str, sent: dict[str, str]
) -> None:
    signed(browser, admin)
    assert browser.post("/sign-out", data=sent).status_code == 403
    assert browser.get("/metrics").status_code == 200


def test_the_token_of_one_session_is_worth_nothing_in_another(browser: Client, client: Client, admin: str) -> None:
    signed(browser, admin)
    with Client(base_url=client.base_url) as other:
        signed(other, admin)
        assert other.post("/sign-out", data={"csrf": token(browser)}).status_code == 403


def test_the_token_counts_in_a_header_a_form_or_an_upload(browser: Client, admin: str) -> None:
    signed(browser, admin)
    given = token(browser)
    where = "/api/v1/screen"
    body = {"queries": [{"name": "Xiaomi"}]}
    assert browser.post(where, json=body).status_code == 403
    assert browser.post(where, json=body, headers={"x-csrf-token": given}).status_code == 200
    assert browser.post("/sign-out", data={"csrf": given}, files={"file": b"x"}).status_code == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_makes_a_browser_send_is_refused(browser: Client, admin: str, site: str) -> None:
    elsewhere = {"sec-fetch-site": site}
    assert browser.post("/sign-in", data={"key": admin}, headers=elsewhere).status_code == 403
    signed(browser, admin)
    assert browser.post("/sign-out", data={"csrf": token(browser)}, headers=elsewhere).status_code == 403


def test_a_program_with_its_key_in_the_header_needs_no_token(client: Client, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    assert client.post("/api/v1/screen", json={"queries": [{"name": "Xiaomi"}]}, headers=headers).status_code == 200


def test_a_missing_token_never_passes_for_no_token() -> None:
    assert not may_write(Actor("k", "n", frozenset()), {}, b"")


def test_a_page_beyond_the_scope_says_so(browser: Client, key: str) -> None:
    signed(browser, key, "/")
    asked = browser.get("/metrics", headers=PAGE)
    assert asked.headers["location"].startswith("/sign-in?next=")
    assert "which yours lacks" in browser.get(asked.headers["location"]).text


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "/a\r\nSet-Cookie: x",
        "\t/",
    ],
)
def test_signing_in_leads_to_no_other_site(address: str) -> None:
    assert _local(address) == "/"


def test_an_address_is_shown_as_text(browser: Client) -> None:
    assert "<script>" not in browser.get("/sign-in", params={"next": '/"><script>alert(1)</script>'}).text


def test_wrong_keys_are_answered_slowly_and_a_right_one_costs_nothing() -> None:
    attempts = Buckets(0.1, 2)
    for _ in range(5):
        assert attempts.take("a", 0.0)
        attempts.give_back("a")
    assert [attempts.take("a", 0.0) for _ in range(3)] == [True, True, False]
    assert attempts.take("b", 0.0)


def test_after_ten_wrong_keys_an_address_waits(settings: Settings, admin: str) -> None:
    async def knock() -> list[int]:
        async with AsyncClient(transport=ASGITransport(create_app(settings)), base_url="http://vacatur") as visitor:
            keys = [*["vac_wrong"] * (SIGN_INS_AT_ONCE + 1), admin]
            return [(await visitor.post("/sign-in", data={"key": key})).status_code for key in keys]

    assert asyncio.run(knock()) == [401] * SIGN_INS_AT_ONCE + [429, 429]
