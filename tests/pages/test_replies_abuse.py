"""What an attacker sends does no harm: page and server stay well, and the moderators' queue stays usable."""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Client
from lxml import html
from pages.conftest import serving
from pages.test_replies_forms import BROWSER, PLACE, hidden, send

from vacatur.register import Register
from vacatur.replies.gate import BAIT
from vacatur.service.keys import add_key
from vacatur.service.settings import Settings

FLOOD = 400

HOSTILE = [
    "<script>document.title = 'pwned'</script>",
    "<svg onload=\"document.title = 'pwned'\"><a xlink:href='javascript:1'>x</a></svg>",
    "[x](javascript:document.title='pwned') [y](data:text/html,x) [z](vbscript:x) <javascript:x>",
    "![x](https://evil.example/pixel.gif) <img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "' OR 1=1; DROP TABLE replies; --",
    "\u202egnirts desrever\u202c and \x1b[31mred\x00",
    "=cmd|' /C calc'!A0",
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("abuse")
    return Settings(
        register=f"sqlite:///{folder / 'r.db'}",
        rate=1e6,
        burst=10**6,
        refresh_seconds=0.5,
        replies_per_hour=10**6,
        replies_flood=60,
        replies_least_seconds=0.001,
    )


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    with serving(settings) as address, Client(base_url=address, **BROWSER) as client:
        yield client


@pytest.fixture(scope="module")
def moderator(client: Client, settings: Settings) -> Iterator[Client]:
    register = Register.open(settings.register)
    key = add_key(register, "M. Oderator", ("read", "review"))
    register.close()
    with Client(base_url=client.base_url, **BROWSER) as signed:
        signed.post("/sign-in", data={"key": key})
        yield signed


def harmless(page: str) -> None:
    """Nothing of a reader's runs or loads: our own scripts only, no handlers, links to the web or within the site."""
    root = html.document_fromstring(page)
    for script in root.iter("script"):
        assert (script.get("src") or "").startswith("/static/") or script.get("type") == "application/ld+json"
    assert not list(root.iter("iframe", "object", "embed", "base"))
    for element in root.iter():
        if isinstance(element.tag, str):
            assert not [name for name in element.attrib if name.startswith("on")]
            for name in ("href", "src", "action"):
                assert re.match(r"https?://|/|#|\?|mailto:", element.get(name, "/")), element.get(name)
    for place in root.xpath("//*[contains(@class, 'text')]"):
        assert not list(place.iter("img", "svg", "script", "form", "input"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_and_names_are_shown_as_text(client: Client, moderator: Client, text: str) -> None:
    yours = send(client, text, name=text[:80])
    harmless(yours.text)
    queue = moderator.get("/moderation")
    harmless(queue.text)
    ids = re.findall(r'name="chosen" value="(\d+)"', queue.text)
    if ids:
        harmless(
            moderator.post("/moderation", data={"csrf": hidden(queue, "csrf"), "chosen": ids, "move": "publish"}).text
        )
    for page in (PLACE, "/parties/xiaomi"):
        shown = client.get(page)
        assert "pwned'</script>" not in shown.text
        assert "49" not in re.sub(r"\d{4,}|reply-\d+|[\w.-]*49[\w.-]+", "", shown.text) or "{{ 7 * 7 }}" in shown.text
        harmless(shown.text)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "x"]
)
def test_odd_links_are_refused(client: Client, link: str) -> None:
    assert send(client, "See the document.", link=link).status_code == 422


def test_a_giant_text_comes_back_cut_and_a_giant_body_is_refused(client: Client) -> None:
    page = send(client, "a " * 400_000)
    assert page.status_code == 422
    assert len(page.content) < 200_000
    assert send(client, "x" * 3_000_000).status_code == 413


def test_a_form_of_thousands_of_fields_is_refused(client: Client) -> None:
    given = "&".join(f"f{number}=x" for number in range(20_000))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(PLACE, content=given, headers=headers).status_code in (303, 400, 422)


def test_a_slow_post_is_cut_off(settings: Settings, tmp_path: Path) -> None:
    hasty = replace(settings, register=f"sqlite:///{tmp_path / 'r.db'}", request_seconds=0.5)
    with serving(hasty) as address, socket.create_connection(address.removeprefix("http://").split(":")) as connection:
        connection.settimeout(60)
        head = f"POST {PLACE} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        connection.sendall(f"{head}Content-Length: 100\r\n\r\ntext=a".encode())
        assert b" 408 " in connection.recv(200)


def test_a_program_that_fills_in_the_bait_is_never_shown(client: Client) -> None:
    assert "for spam" in send(client, "A text like any other, but by a program.", **{BAIT: "x"}).text


def test_a_form_of_another_page_or_of_none_is_held(client: Client) -> None:
    page = client.post(PLACE, data={"text": "Sent without a form at all."})
    assert "A person reads your reply" in page.text


def test_one_address_is_refused_after_its_share(settings: Settings, tmp_path: Path) -> None:
    strict = replace(settings, register=f"sqlite:///{tmp_path / 'r.db'}", replies_per_hour=2)
    with serving(strict) as address, Client(base_url=address, **BROWSER) as client:
        for word in ("one", "another"):
            assert send(client, f"Remark about {word} matter.").status_code == 200
        refused = send(client, "A third remark, refused.")
        assert refused.status_code == 429
        assert "A third remark, refused." in refused.text, "the text is not lost"
        assert "Nothing was kept" in refused.text


def test_a_flood_is_held_and_the_queue_stays_usable(client: Client, moderator: Client) -> None:
    token = hidden(client.get(PLACE), "token")
    genuine = "The court vacated the listing: https://www.courtlistener.com/docket/1/"

    def post(number: int) -> int:
        address = f"198.51.{number // 200}.{number % 200}"
        text = (
            f"Limited offer {number % 3}: sign up now at our shop" if number % 2 else f"Remark {number} {number * 7919}"
        )
        given = {"token": token, "text": text}
        if number == FLOOD // 2:
            given |= {"text": genuine, "kind": "correction"}
        sent = client.post(PLACE, data=given, headers={"x-forwarded-for": address}, follow_redirects=False)
        return sent.status_code

    with ThreadPoolExecutor(8) as pool:
        posted = pool.map(post, range(FLOOD))
        assert client.get("/parties/xiaomi").status_code == 200, "the page answers meanwhile"
        assert client.get("/healthz").json() == {"status": "ok"}
        assert set(posted) == {303}
    shown = client.get(PLACE)
    assert int(re.search(r"([\d,]+) repl", shown.text).group(1).replace(",", "")) < 100  # type: ignore[union-attr]
    queue = moderator.get("/moderation")
    first = html.document_fromstring(queue.text).xpath("//ol[@class='cards']/li")[0].text_content()
    assert "The court vacated the listing" in first
    assert len(queue.content) < 500_000
    pages = (html.document_fromstring(moderator.get(f"/moderation?page={page}").text) for page in range(1, 20))
    cards = [card for page in pages for card in page.xpath("//ol/li[@class='card']")]
    offers = [card for card in cards if "Limited offer" in card.text_content()]
    assert 0 < len(offers) <= 3
    ids = [card.get("id").removeprefix("card-") for card in offers]
    moderator.post("/moderation", data={"csrf": hidden(queue, "csrf"), "chosen": ids, "move": "spam"})
    assert "copies" in moderator.get("/moderation?view=spam").text
    later = client.post(
        PLACE,
        data={"token": token, "text": "Limited offer 1: sign up now at our shop"},
        headers={"x-forwarded-for": "203.0.113.5"},
    )
    assert "for spam" in later.text
