"""RSS 2.0, RSS 1.0 and Atom: the items of a feed as articles.

Reads with the standard library's parser; a document type declaration is refused, for it is how XML bombs are made.
Sources: rssboard.org/rss-specification, RFC 4287.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree  # a document type declaration, the way to entity bombs, is refused before parsing

from vacatur.news.article import Article
from vacatur.news.page import PageError, html_text, make_article, parse_published

MOST_ITEMS = 2_000


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: what the feed itself says, and the address of the whole article where it gives one."""

    id: str
    link: str | None
    article: Article


def read_feed(feed: bytes | str) -> list[Item]:
    """The items of a feed in its order; items without any text are left out.

    Raises:
        PageError: not well-formed XML, or no feed.
    """
    head = feed[:5_000] if isinstance(feed, str) else feed[:5_000].decode("utf-8", errors="replace")
    if re.search(r"<!(?:DOCTYPE|ENTITY)", feed if isinstance(feed, str) else feed.decode("utf-8", errors="replace")):
        raise PageError("feed with a document type declaration: refused, for it can hide an entity bomb")
    try:
        root = ElementTree.fromstring(feed.strip())  # noqa: S314 declarations were refused above
    except (ElementTree.ParseError, ValueError) as error:
        raise PageError(f"not a feed that can be read: {error} (begins {head[:40]!r})") from None
    entries = [node for node in root.iter() if _tag(node) in ("item", "entry")]
    return [item for node in entries[:MOST_ITEMS] if (item := _item(node)) is not None]


def _item(node: ElementTree.Element) -> Item | None:
    fields: dict[str, str] = {}
    for child in node:
        value = (child.text or "").strip() or _link(child)
        if value and (_tag(child) != "link" or child.get("rel", "alternate") == "alternate"):
            fields.setdefault(_tag(child), value)
    body = next((fields[key] for key in ("encoded", "content", "description", "summary") if key in fields), "")
    text = html_text(body) if "<" in body else body
    title = html_text(fields.get("title", ""))
    if not (text.strip() or title.strip()):
        return None
    stated = next((fields[key] for key in ("pubDate", "published", "date", "updated") if key in fields), None)
    link = fields.get("link")
    article = make_article(
        text or title, title=title, published=parse_published(stated), author=fields.get("creator"), url=link
    )
    return Item(fields.get("guid") or fields.get("id") or link or title, link, article)


def _link(node: ElementTree.Element) -> str:
    return node.get("href", "") if _tag(node) == "link" else ""


def _tag(node: ElementTree.Element) -> str:
    return str(node.tag).rpartition("}")[2]
