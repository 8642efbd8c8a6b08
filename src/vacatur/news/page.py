"""Page to article: HTML, plain text, the JSON of `../shared/articles`, or an item of a feed, as bytes or text.

The only place that knows of formats. The text an article ends with holds no character that a reader cannot see.
"""

import calendar
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from vacatur.errors import UserError
from vacatur.news.article import Article, Published
from vacatur.news.furniture import main_text
from vacatur.news.text import visible

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
"""Days that an article can be of; another that a page states is none."""

LARGEST_PAGE = 20_000_000
"""Bytes or characters; a news page is a hundredth of that."""

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|h[1-6]|br|span|table|script)\b", re.IGNORECASE)
_FEED = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|item|entry)\b", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


class PageError(UserError):
    """A page that can't be read as an article: says what was wrong and what to do."""


def read_page(page: bytes | str, *, url: str | None = None, published: date | None = None) -> Article:
    """Read one page, whatever its format.

    Args:
        page: the page as it came: bytes of any encoding, or text.
        url: where it came from; a JSON article or a page may state its own.
        published: the day of publication when the caller knows it; else what the page states.

    Raises:
        PageError: the page is empty, too large, or holds no article text.
    """
    if len(page) > LARGEST_PAGE:
        raise PageError(f"page of {len(page):,} bytes: more than {LARGEST_PAGE:,} is not read as an article")
    if isinstance(page, bytes) and _is_binary(page):
        raise PageError("page is no text: give an article as HTML, text, JSON or a feed")
    text = page if isinstance(page, str) else decode(page)
    if not text.strip():
        raise PageError("page is empty: nothing to read")
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        article = _from_json(start)
    elif _FEED.match(start[:2_000]):
        article = _from_feed(start)
    elif _HTML.search(start[:20_000]):
        article = _from_html(page if isinstance(page, bytes) else start, url)
    else:
        article = _from_text(start)
    if published is not None:
        if not EARLIEST <= published < LATEST:
            raise PageError(f"{published}: no article is of that day (expected one from {EARLIEST} to {LATEST})")
        article = replace(article, published=Published(published, published, "given"))
    return replace(article, url=article.url or url)


def make_article(
    text: str,
    *,
    title: str = "",
    published: Published | None = None,
    author: str | None = None,
    url: str | None = None,
) -> Article:
    """An article from text that is already extracted; cuts page furniture.

    Raises:
        PageError: no visible text.
    """
    shown = visible(text)
    if not shown.strip():
        raise PageError("page holds no article text: give the text itself, or another address of the article")
    return Article(shown, main_text(shown), visible(title).strip(), published, author, url)


def _is_binary(page: bytes) -> bool:
    """Whether over a twentieth are control characters: an image, an archive, UTF-16 that does not say so."""
    start = page[:4_000]
    return not start.startswith((b"\xff\xfe", b"\xfe\xff")) and len(_CONTROL.findall(start)) * 20 > len(start)


def decode(page: bytes) -> str:
    """Bytes to text: by byte order mark, declared charset, UTF-8, else Windows-1252."""
    if page.startswith((b"\xff\xfe", b"\xfe\xff")):
        return page.decode("utf-16", errors="replace")
    declared = _CHARSET.search(page[:4_000])
    for encoding in ("utf-8-sig", declared.group(1).decode("ascii") if declared else "utf-8"):
        try:
            return page.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return page.decode("cp1252", errors="replace")


def parse_published(text: str | None, basis: str = "stated") -> Published | None:
    """`2021-03-12`, `2018-07`, `2018`, an ISO time or an RFC 822 date as an interval of days; None when it is none."""
    text = (text or "").strip()
    if match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text):
        year, month = int(match[1]), int(match[2] or 0)
        if not (EARLIEST.year <= year < LATEST.year and month <= 12):
            return None
        last_month = month or 12
        first = date(year, month or 1, 1)
        return Published(first, date(year, last_month, calendar.monthrange(year, last_month)[1]), basis)
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            day = parse(text).date()
        except (ValueError, TypeError):
            continue
        return Published(day, day, basis) if EARLIEST <= day < LATEST else None
    return None


def _from_text(text: str) -> Article:
    shown = visible(text)
    first, _, rest = shown.partition("\n")
    is_title = bool(rest.strip()) and len(first) <= 160 and not first.rstrip().endswith((".", "!", '."', ".”"))
    return make_article(shown, title=first if is_title else "")


def _from_json(text: str) -> Article:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise PageError(f"looks like JSON but can't be read as it: {error}") from None
    if isinstance(data, Mapping) and isinstance(data.get("article"), Mapping):
        data = data["article"]
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
        raise PageError('JSON article without "text": expected {"title", "published", "url", "text"}')

    def said(key: str) -> str | None:
        value = data.get(key)
        return value if isinstance(value, str) and value.strip() else None

    published = parse_published(said("published"), said("published_basis") or "stated")
    return make_article(
        data["text"], title=said("title") or "", published=published, author=said("author"), url=said("url")
    )


def _from_feed(text: str) -> Article:
    from vacatur.news.feeds import read_feed  # noqa: PLC0415 imported where needed

    items = read_feed(text)
    if not items:
        raise PageError("feed without items: nothing to read")
    return items[0].article


def _from_html(page: bytes | str, url: str | None) -> Article:
    import trafilatura  # noqa: PLC0415 imported where needed

    document = trafilatura.bare_extraction(page, url=url, with_metadata=True, include_comments=False)
    fields = document.as_dict() if isinstance(document, trafilatura.settings.Document) else {}
    text = fields.get("text") or html_text(page if isinstance(page, str) else decode(page))
    published = parse_published(fields.get("date"), "page")
    return make_article(
        text, title=fields.get("title") or "", published=published, author=fields.get("author"), url=fields.get("url")
    )


def html_text(page: str) -> str:
    """The text of HTML without scripts and styles, a line per block: for scraps and for pages no extractor can take."""
    reader = _TextReader()
    reader.feed(page)
    reader.close()
    return "\n".join(line for part in "".join(reader.parts).split("\n") if (line := " ".join(part.split(" ")).strip()))


class _TextReader(HTMLParser):
    """Collects text between tags; keeps a count instead of a stack, so that depth of nesting costs nothing."""

    _SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "nav", "footer"})
    _BLOCKS = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "article", "section"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
