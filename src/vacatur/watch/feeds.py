"""The newest notices as a feed for readers: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org)."""

import json
from collections.abc import Sequence
from xml.etree import ElementTree

from vacatur.parties import clean
from vacatur.watch.notices import Notice
from vacatur.watch.record import Run
from vacatur.watch.words import details, headline

ATOM = "http://www.w3.org/2005/Atom"
TITLE = "Vacatur: what changed for those who are watched"
MOST_NOTICES = 200
"""Notices in a feed, the newest."""

Told = Sequence[tuple[Run, int, Notice]]
"""Runs, the numbers of their notices, and the notices, the newest first."""


def atom(told: Told, register: str, updated: str) -> bytes:
    """The notices as an Atom feed.

    Args:
        told: the notices.
        register: the id of the register, see `delivery.register_id`.
        updated: when the last run was made, ISO 8601.
    """
    feed = ElementTree.Element("feed", xmlns=ATOM)
    for name, text in (("id", f"urn:vacatur:{register}"), ("title", TITLE), ("updated", updated)):
        ElementTree.SubElement(feed, name).text = text
    author = ElementTree.SubElement(feed, "author")
    ElementTree.SubElement(author, "name").text = "Vacatur"
    for run, number, notice in told:
        entry = ElementTree.SubElement(feed, "entry")
        ElementTree.SubElement(entry, "id").text = f"urn:vacatur:{register}:{run.id}-{number}"
        ElementTree.SubElement(entry, "title").text = clean(headline(notice.kind, notice.data))
        ElementTree.SubElement(entry, "updated").text = run.at
        ElementTree.SubElement(entry, "category", term=notice.kind.value)
        ElementTree.SubElement(entry, "content", type="text").text = _text(notice)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def json_feed(told: Told, register: str) -> bytes:
    """The notices as a JSON Feed; see `atom`."""
    items = [
        {
            "id": f"urn:vacatur:{register}:{run.id}-{number}",
            "title": clean(headline(notice.kind, notice.data)),
            "content_text": _text(notice),
            "date_published": run.at,
            "tags": [notice.kind.value],
            "_vacatur": {"kind": notice.kind.value, **notice.data},
        }
        for run, number, notice in told
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": TITLE, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _text(notice: Notice) -> str:
    return "\n".join(map(clean, details(notice.kind, notice.data))) or clean(headline(notice.kind, notice.data))
