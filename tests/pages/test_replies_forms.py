"""Replies over plain HTTP, as a browser without JavaScript sends them."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from httpx import Client, Response
from pages.conftest import serving

from vacatur.news import kept
from vacatur.news.reading import index_of, read_article
from vacatur.news.record import memory_record
from vacatur.register import Register
from vacatur.service.keys import add_key
from vacatur.service.settings import Settings
from vacatur.sources.dossiers import load

BROWSER: Any = {"timeout": 60, "follow_redirects": True, "headers": {"accept": "text/html"}}
PLACE = "/replies/to/party/xiaomi"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("replies")
    return Settings(
        register=f"sqlite:///{folder / 'r.db'}",
        rate=1e6,
        burst=10**6,
        refresh_seconds=0.1,
        replies_per_hour=10**6,
        replies_flood=10**6,
        replies_least_seconds=0.001,
        contact="privacy@register.example",
    )


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    with serving(settings) as address, Client(base_url=address, **BROWSER) as client:
        yield client


@pytest.fixture(scope="module")
def moderator(client: Client, settings: Settings) -> Iterator[Client]:
    """A browser in which a moderator has signed in."""
    register = Register.open(settings.register)
    key = add_key(register, "M. Oderator", ("read", "review"))
    register.close()
    with Client(base_url=client.base_url, **BROWSER) as signed:
        signed.post("/sign-in", data={"key": key})
        yield signed


def hidden(page: Response, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page.text)
    assert found, f"there is no field {name}"
    return found.group(1)


def send(client: Client, text: str, place: str = PLACE, **fields: str) -> Response:
    form = client.get(place)
    return client.post(place, data={"token": hidden(form, "token"), "text": text, **fields})


def number(page: Response) -> int:
    found = re.search(r"#reply-(\d+)", page.text)
    assert found
    return int(found.group(1))


def soon(client: Client, address: str) -> Response:
    """The page at `address`, once the service has taken in what was recorded."""
    for _ in range(600):
        page = client.get(address)
        if page.status_code == 200:
            return page
        time.sleep(0.1)
    pytest.fail(f"{address} does not come")


def test_a_comment_is_published_and_shown_under_the_dossier(client: Client) -> None:
    page = send(client, "When did the ban begin? See *section* 1237.", name="A <b>reader</b>")
    assert "is published" in page.text
    dossier = client.get("/parties/xiaomi").text
    assert "See <em>section</em> 1237." in dossier
    assert "A &lt;b&gt;reader&lt;/b&gt;" in dossier
    assert "A <b>reader" not in dossier


@pytest.mark.parametrize("page", ["/parties/xiaomi", PLACE])
def test_every_form_links_to_the_notice(client: Client, page: str) -> None:
    text = client.get(page).text
    assert 'href="/privacy">Learn how your reply' in text
    assert "checks replies for spam by itself" in text


def test_an_act_takes_replies_too(client: Client) -> None:
    act = client.get("/api/v1/acts").json()["acts"][0]["act"]
    assert "is published" in send(client, "A word about this act.", f"/replies/to/act/{act}").text
    assert "A word about this act." in client.get(f"/acts/{act}").text


def test_so_does_an_article_that_is_kept(client: Client, settings: Settings) -> None:
    text = "Xiaomi wins\n\nOn 12 March 2021 a US judge blocked the Pentagon from placing Xiaomi on its list."
    dossiers = load()
    record = memory_record(dossiers.parties, dossiers.acts, dossiers.measures)
    told = json.dumps({"title": "Xiaomi wins", "published": "2021-03-13", "url": "https://example.org/x", "text": text})
    reading = read_article(told, record, index=index_of(record))
    register = Register.open(settings.register)
    kept.keep(register, reading, "test")
    register.close()
    article = kept.article_id(reading.article)
    place = f"/replies/to/article/{article}"
    assert "Replies to <bdi>Xiaomi wins" in client.get(place).text
    send(client, "The judge is named in the order.", place, kind="correction", act_kind="vacated", day="2021-05-25")
    assert "is published" in send(client, "A word about this article.", place).text
    assert "A word about this article." in client.get(f"/articles/{article}").text
    assert client.get(f"/feeds/replies.json?article={article}").json()["title"] == "Replies to Xiaomi wins"


@pytest.mark.parametrize("place", ["party/nobody", "act/none", "article/none", "person/xiaomi"])
def test_what_is_not_there_takes_none(client: Client, place: str) -> None:
    assert client.post(f"/replies/to/{place}", data={"text": "x"}).status_code in (400, 404, 422)


def test_what_is_wrong_comes_back_with_all_that_was_written(client: Client) -> None:
    page = send(client, "My <text> & more", link="javascript:alert(1)", email="no", name="Jane")
    assert page.status_code == 422
    assert "My &lt;text&gt; &amp; more" in page.text
    assert 'value="Jane"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert 'href="#reply-link"' in page.text


def test_the_author_follows_changes_and_withdraws(client: Client) -> None:
    yours = send(client, "The judge's name is misspelt.")
    address = str(yours.url).partition("#")[0]
    assert yours.headers["cache-control"] == "no-store"
    page = client.post(f"{address}/edit", data={"text": "The judge's first name is misspelt."})
    assert "first name" in page.text
    data = client.get(f"{address}/data.json")
    assert data.json()["reply"]["text"] == "The judge's first name is misspelt."
    assert "withdrawn" in client.post(f"{address}/withdraw").text
    assert "first name" not in client.get(PLACE).text
    assert client.post(f"{address}/edit", data={"text": "Again."}).status_code == 422
    assert "Erased" in client.post(f"{address}/erase").text
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("what", ["", "/data.json"])
def test_a_forged_link_opens_nothing(client: Client, what: str) -> None:
    send(client, "Mine alone.")
    assert client.get(f"/replies/yours/1.AAAAAAAAAAAAAAAAAAAAAAAA{what}").status_code == 404


@pytest.mark.parametrize("what", ["edit", "withdraw", "erase"])
def test_nor_does_it_change_anything(client: Client, what: str) -> None:
    assert client.post(f"/replies/yours/1.x/{what}", data={"text": "x"}).status_code == 404


def test_a_preview_keeps_nothing(client: Client) -> None:
    assert (
        client.post("/replies/preview", data={"text": "**a**<script>"}).text
        == "<p><strong>a</strong>&lt;script&gt;</p>\n"
    )


def test_a_correction_waits_for_a_person_and_becomes_a_proposed_act(client: Client, moderator: Client) -> None:
    page = send(
        client,
        "The order was entered on 25 May 2021.",
        kind="correction",
        link="https://www.courtlistener.com/docket/1/order.pdf",
        act_kind="vacated",
        measure="ccmc-1237",
        day="2021-05-25",
    )
    assert "A person reads your reply" in page.text
    queue = moderator.get("/moderation")
    assert "points to an official site: courtlistener.com" in queue.text
    chosen = re.search(r'name="chosen" value="(\d+)"', queue.text)
    assert chosen
    done = moderator.post(
        "/moderation",
        data={"csrf": hidden(queue, "csrf"), "one": f"publish:{chosen.group(1)}", "reason": "read the order"},
    )
    assert "Undo" in done.text
    act = soon(client, f"/acts/reply-{chosen.group(1)}")
    assert "Reported, unconfirmed" in act.text
    assert f"reader of reply {chosen.group(1)}" in act.text
    assert "read the order" in moderator.get("/moderation/log").text
    assert f"/acts/reply-{chosen.group(1)}" in client.get(PLACE).text


def test_a_lead_is_completed_by_a_reviewer(client: Client, moderator: Client) -> None:
    send(
        client, "You lack the order of the appeals court.", kind="document", link="https://www.cadc.uscourts.gov/x.pdf"
    )
    queue = moderator.get("/moderation")
    reply = re.search(r'name="chosen" value="(\d+)"', queue.text).group(1)  # type: ignore[union-attr]
    csrf = hidden(queue, "csrf")
    moderator.post("/moderation", data={"csrf": csrf, "one": f"publish:{reply}"})
    assert f"/moderation/{reply}#complete" in moderator.get("/moderation?view=leads").text
    given = {"csrf": csrf, "act_kind": "affirmed", "measure": "ccmc-1237", "day": ""}
    assert moderator.post(f"/moderation/{reply}/complete", data=given).status_code == 422
    page = moderator.post(f"/moderation/{reply}/complete", data={**given, "day": "2022-01-05"})
    assert f"/acts/reply-{reply}" in page.text
    assert "Affirmed" in soon(client, f"/acts/reply-{reply}").text
    answered = moderator.post(
        f"/moderation/{reply}/answer", data={"csrf": csrf, "text": "Thank you, it is being read."}
    )
    assert answered.status_code == 200
    assert "answer of the house" in client.get(PLACE).text


def test_many_are_decided_at_once_and_undone_at_once(client: Client, moderator: Client) -> None:
    for word in ("alpha", "beta", "gamma"):
        send(client, f"Click here and sign up now: {word} {word} https://bit.ly/{word}")
    queue = moderator.get("/moderation")
    ids = re.findall(r'name="chosen" value="(\d+)"', queue.text)
    assert len(ids) >= 3
    csrf = hidden(queue, "csrf")
    done = moderator.post("/moderation", data={"csrf": csrf, "chosen": ids, "move": "spam", "reason": "advertisements"})
    assert not re.findall(r'name="chosen"', done.text)
    undo = {name: hidden(done, name) for name in ("csrf", "first", "last")}
    restored = moderator.post("/moderation/undo", data=undo)
    assert re.findall(r'name="chosen" value="(\d+)"', restored.text) == ids


def test_moderation_is_for_moderators(client: Client, moderator: Client) -> None:
    assert client.get("/moderation").url.path == "/sign-in"
    assert client.post("/moderation", data={"one": "delete:1"}).url.path == "/sign-in"
    assert moderator.post("/moderation", data={"one": "delete:1"}).status_code == 403, "no token of the session"


def test_a_reader_reports(client: Client, moderator: Client) -> None:
    reply = number(send(client, "A remark that somebody minds."))
    assert "Thank you" in client.post(f"/replies/{reply}/report", data={"reason": "an insult"}).text
    assert "an insult" in moderator.get("/moderation?view=reported").text
    assert client.get("/replies/99999/report").status_code == 404


def test_feeds_hold_what_is_published(client: Client) -> None:
    send(client, "Worth <following>.", name="Jane")
    root = ElementTree.fromstring(client.get("/feeds/replies.atom?party=xiaomi").content)
    spaces = {"a": "http://www.w3.org/2005/Atom"}
    for entry in root.findall("a:entry", spaces):
        for needed in ("id", "title", "updated", "author/a:name", "content"):
            assert entry.find(f"a:{needed}", spaces) is not None
    newest = root.find("a:entry/a:content", spaces)
    assert newest is not None
    assert newest.text == "<p>Worth &lt;following&gt;.</p>\n"
    told = client.get("/feeds/replies.json?party=xiaomi").json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["items"][0]["authors"] == [{"name": "Jane"}]
    assert "email" not in str(told)
    for wrong in ("/feeds/replies.atom", "/feeds/replies.xml?party=xiaomi", "/feeds/replies.atom?party=nobody"):
        assert client.get(wrong).status_code == 404


def test_the_notice_says_what_the_settings_do(client: Client, settings: Settings, tmp_path: Path) -> None:
    page = client.get("/privacy").text
    assert "uses <strong>Akismet" not in page
    assert "30 days; spam: 15 days" in page
    assert "mailto:privacy%40register.example" in page
    other = replace(
        settings,
        register=f"sqlite:///{tmp_path / 'r.db'}",
        replies_address_days=7,
        replies_spam_days=3,
        akismet_key="0123456789ab",
        contact="",
    )
    with serving(other) as address, Client(base_url=address, **BROWSER) as elsewhere:
        page = elsewhere.get("/privacy").text
        assert "uses <strong>Akismet" in page
        assert "7 days; spam: 3 days" in page
        assert "has not said yet how to be reached" in page
        assert "uses Akismet to reduce spam" in elsewhere.get(PLACE).text
        assert "0123456789ab" not in page
