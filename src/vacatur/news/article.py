"""The article: what a page says once its furniture is known, and spans of its text.

Values only. `Article.text` is what every offset in this room points into; it is never changed after `page` made it.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, from `start` up to but not including `end`, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared, as an interval: a day when it states one, a month where only that is known."""

    first: date
    last: date
    basis: str = "stated"


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `body` are the spans of `text` that are the article itself, without the page's furniture."""

    text: str
    body: tuple[Span, ...]
    title: str = ""
    published: Published | None = None
    author: str | None = None
    url: str | None = None
