"""A reader's text to HTML: a safe subset of Markdown.

Paragraphs, emphasis, lists, quotations, code and links to http and https. What looks like HTML is shown as text, and
the result passes a sanitizer all the same: two locks on one door.
"""

from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt

from vacatur.replies.model import is_web_address

TAGS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
REL = "nofollow noopener ugc"


@lru_cache(maxsize=2_000)
def to_html(text: str) -> str:
    """HTML of `text` that is safe to put into a page as it is."""
    return nh3.clean(
        _markdown().render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        attribute_filter=_kept,
        url_schemes={"http", "https"},
        link_rel=REL,
    )


def _kept(_tag: str, attribute: str, value: str) -> str | None:
    return value if attribute == "rel" or is_web_address(value) else None


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return is_web_address(url)


@cache
def _markdown() -> MarkdownIt:
    reader = _Reader("js-default", {"html": False, "linkify": True, "breaks": True})
    reader.disable(["heading", "lheading", "image", "table"])
    return reader
