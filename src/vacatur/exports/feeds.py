"""What is new as a feed: Atom (RFC 4287) and JSON Feed 1.1, from the same items."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
OURS = UUID("6f2b2f5e-3c0e-5d8e-9a51-0c7f5d1b9a10")
"""The namespace of our items' ids: the same item has the same id at every address that serves it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: `key` names it for ever; `published` and `updated` are ISO 8601 times with their zone."""

    key: str
    title: str
    text: str
    url: str
    published: str
    updated: str
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id that readers remember the item by."""
        return uuid5(OURS, self.key).urn


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name, the address of the page that it follows, its own address, and its items, newest first."""

    title: str
    page: str
    url: str
    items: Sequence[Item]
    updated: str


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    namespaces: Any = {None: ATOM}
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=namespaces)
    _add(root, "title", feed.title)
    _add(root, "id", uuid5(OURS, f"feed:{feed.url}").urn)
    _add(root, "updated", feed.updated)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(_add(root, "author"), "name", "Vacatur")
    for item in feed.items:
        entry = _add(root, "entry")
        _add(entry, "title", item.title)
        _add(entry, "id", item.id)
        _add(entry, "published", item.published)
        _add(entry, "updated", item.updated)
        _add(entry, "link", rel="alternate", type="text/html", href=item.url)
        for source in item.sources:
            _add(entry, "link", rel="related", href=source)
        for tag in item.tags:
            _add(entry, "category", term=tag)
        _add(entry, "content", item.text, type="text")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def json_feed(feed: Feed) -> dict[str, Any]:
    """The feed as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "authors": [{"name": "Vacatur"}],
        "language": "en",
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_text": item.text,
                "date_published": item.published,
                "date_modified": item.updated,
                "tags": list(item.tags),
            }
            for item in feed.items
        ],
    }


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", {key: _plain(value) for key, value in attributes.items()})
    child.text = _plain(text) if text is not None else None
    return child


def _plain(text: str) -> str:
    """Text without the characters that XML can't hold."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")
