"""Feeds and calendars: valid, stable, and for one party or measure alone."""

from datetime import datetime
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import pytest
from httpx import Client
from icalendar import Calendar
from jsonschema import Draft202012Validator, FormatChecker

ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = {"type": "string", "minLength": 1}
TIME = {"type": "string", "format": "date-time"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "properties": {"id": TEXT, "url": TEXT, "title": TEXT, "date_published": TIME, "date_modified": TIME},
            },
        },
    },
}
"""What https://jsonfeed.org/version/1.1 requires of a feed."""


@pytest.mark.parametrize("path", ["acts", "changes", "acts?party=xiaomi", "acts?measure=ccmc-1237"])
def test_an_atom_feed_is_what_the_standard_asks_for(client: Client, path: str) -> None:
    name, _, query = path.partition("?")
    answer = client.get(f"/feeds/{name}.atom?{query}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.entries
    root = ElementTree.fromstring(answer.content)
    for element in (root, *root.iter(f"{ATOM}entry")):
        assert len(element.findall(f"{ATOM}id")) == len(element.findall(f"{ATOM}title")) == 1
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
        UUID((element.findtext(f"{ATOM}id") or "").removeprefix("urn:uuid:"))
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


@pytest.mark.parametrize("path", ["acts", "changes", "acts?party=xiaomi"])
def test_a_json_feed_is_what_its_version_asks_for(client: Client, path: str) -> None:
    name, _, query = path.partition("?")
    answer = client.get(f"/feeds/{name}.json?{query}")
    Draft202012Validator(JSON_FEED, format_checker=FormatChecker()).validate(answer.json())


def test_ids_stay_and_both_forms_agree(client: Client) -> None:
    first = [item["id"] for item in client.get("/feeds/acts.json").json()["items"]]
    assert first == [entry.id for entry in feedparser.parse(client.get("/feeds/acts.atom").content).entries]
    assert first == [item["id"] for item in client.get("/feeds/acts.json?on=2021-01-01").json()["items"]]


def test_a_reader_that_has_it_is_sent_nothing(client: Client) -> None:
    tag = client.get("/feeds/acts.atom").headers["etag"]
    again = client.get("/feeds/acts.atom", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert not again.content


def test_a_party_s_feed_holds_its_acts_alone(client: Client) -> None:
    items = client.get("/feeds/acts.json?party=xiaomi").json()["items"]
    assert items
    assert all("Xiaomi" in item["title"] or "everyone under it" in item["title"] for item in items)
    assert client.get("/feeds/acts.json?party=nobody").status_code == 404


def test_a_calendar_holds_what_is_coming(client: Client) -> None:
    calendar = Calendar.from_ical(client.get("/calendar.ics?party=smic&on=2021-04-01").content)
    assert calendar.walk("VEVENT")
    everyone = Calendar.from_ical(client.get("/calendar.ics?on=2021-04-01").content)
    uids = {str(event["uid"]) for event in everyone.walk("VEVENT")}
    assert {str(event["uid"]) for event in calendar.walk("VEVENT")} <= uids
    alone = Calendar.from_ical(client.get("/calendar.ics?measure=eo-13959&on=2021-04-01").content)
    assert 0 < len(alone.walk("VEVENT")) < len(uids)
    assert client.get("/calendar.ics?measure=nothing").status_code == 404
