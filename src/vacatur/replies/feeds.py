"""Replies as feeds: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

import orjson

from vacatur.replies.markdown import to_html
from vacatur.replies.model import Reply

ENTRIES = 50
MEDIA_TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}
ATOM = "http://www.w3.org/2005/Atom"
NOBODY = "A reader"
HOUSE = "The editors"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def author(reply: Reply) -> str:
    """How the author of a reply is called."""
    return HOUSE if reply.house else reply.name or NOBODY


def atom(replies: Sequence[Reply], title: str, page: str, own: str, site: str) -> bytes:
    """The Atom feed of `replies`, the newest first; `page` is the address of what they are about, `own` the feed's."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", _time(max((_changed(item) for item in replies), default=EPOCH)))
    _add(feed, "link", href=own, rel="self", type=MEDIA_TYPES["atom"])
    _add(feed, "link", href=page, rel="alternate", type="text/html")
    for item in replies:
        entry = _add(feed, "entry")
        _add(entry, "id", f"{site}/replies/{item.id}")
        _add(entry, "title", _title(item))
        _add(entry, "published", _time(item.made))
        _add(entry, "updated", _time(_changed(item)))
        _add(entry, "link", href=f"{site}/replies/{item.id}", rel="alternate", type="text/html")
        if item.link:
            _add(entry, "link", href=item.link, rel="related")
        _add(_add(entry, "author"), "name", author(item))
        _add(entry, "content", to_html(item.text), type="html")
    made: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def json_feed(replies: Sequence[Reply], title: str, page: str, own: str, site: str) -> bytes:
    """The JSON feed of `replies`; arguments as for `atom`."""
    items = [
        {
            "id": f"{site}/replies/{item.id}",
            "url": f"{site}/replies/{item.id}",
            "title": _title(item),
            "content_html": to_html(item.text),
            "date_published": _time(item.made),
            "date_modified": _time(_changed(item)),
            "authors": [{"name": author(item)}],
            "tags": [item.kind.value],
            **({"external_url": item.link} if item.link else {}),
        }
        for item in replies
    ]
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "home_page_url": page,
            "feed_url": own,
            "items": items,
        }
    )


def _title(reply: Reply) -> str:
    return f"{author(reply)}: {reply.kind}"


def _changed(reply: Reply) -> datetime:
    return reply.edited or reply.made


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    made.text = text or None
    return made
