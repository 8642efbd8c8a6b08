"""What can be measured of a reader's text: the numbers that rules ask for, each with an example of what was counted."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vacatur.replies.words import links

_BROKEN = re.compile(
    r"\b[a-z0-9-]{2,}(?:\s+\.\s*|\s*\.\s+|\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*|\s+dot\s+)(?:com|net|org|info|ru|xyz|biz)\b"
    r"|\byou\[?\s?tube\]|\bwatch\s*\?\s*v\s*=|h\s?t\s?t\s?p\s*[:;]\s+/",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"\b(javascript|data|vbscript|file|blob|ftp|intent|magnet|tg|whatsapp):(?=\S)", re.IGNORECASE)
_BBCODE = re.compile(r"\[/?(?:url|link|img|b|i|u|size|color|center)(?:=[^\]]*)?\]", re.IGNORECASE)
_HTML_LINK = re.compile(r"<\s*a\s[^>]*href", re.IGNORECASE)
_ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|svg|form|style|meta|link)\b|\bon\w+\s*=\s*[\"'(]", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w/.=-])\+?\d[\d ().-]{8,16}\d(?![\w/.=-])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{2}[./-]\d{2}[./-]\d{4}.*")
_BARE_HOST = re.compile(
    r"\b(?:[a-z0-9-]{2,63}\.)+(?:com|net|org|info|ru|xyz|biz|io|co|me|top|online|shop|site|club|tv)\b(?:/\S*)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_RUN = re.compile(r"([^\s\d.=_*~#-])\1{5,}")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_JOINERS = "\u200c\u200d\u200e\u200f"
"""Signs that can't be seen, but that Persian, Hindi or Arabic are written with."""

SHORT = 12
"""Letters of a text that says little beside its link."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader wrote, as rules see it: as it came, folded for phrases, his name, the hosts that it points to."""

    body: str
    folded: str
    name: str
    official: tuple[str, ...]
    shortened: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def bare(self) -> str:
        """The body without its links."""
        body = self.body
        for link in links(body):
            body = body.replace(link, " ")
        return body


def addresses(text: str) -> list[str]:
    """The addresses in a text, written in full or as a bare host."""
    found = links(text)
    for link in found:
        text = text.replace(link, " ")
    return [*found, *_BARE_HOST.findall(text)]


def fold(text: str) -> str:
    """A text as phrases are looked for in it: one case, one form of each letter, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _bare_link(text: Text) -> list[str]:
    told = re.sub(r"[\W_]+", "", _BARE_HOST.sub("", text.bare))
    return [text.other[0]] if text.other and not text.official and addresses(text.body) and len(told) < SHORT else []


def _mixed(text: Text) -> list[str]:
    def scripts(word: str) -> int:
        names = [unicodedata.name(sign, "") for sign in word]
        return sum(any(name.startswith(script) for name in names) for script in _SCRIPTS)

    return [word for word in _WORD.findall(text.body) if not word.isascii() and scripts(word) > 1]


def _shouting(text: Text) -> float:
    letters = [sign for sign in text.bare if sign.lower() != sign.upper()]
    return sum(sign.isupper() for sign in letters) / len(letters) if len(letters) >= 30 else 0.0


def _signs(text: Text, *ranges: tuple[int, int]) -> float:
    return sum(any(first <= ord(sign) <= last for first, last in ranges) for sign in text.body)


Measure = Callable[[Text], Sequence[str] | float]

MEASURES: dict[str, Measure] = {
    "official_links": lambda text: text.official,
    "other_links": lambda text: text.other,
    "short_links": lambda text: text.shortened,
    "bare_link": _bare_link,
    "broken_addresses": lambda text: _BROKEN.findall(text.body),
    "odd_schemes": lambda text: _SCHEME.findall(text.body),
    "bbcode": lambda text: _BBCODE.findall(text.body),
    "html_links": lambda text: _HTML_LINK.findall(text.body),
    "active_html": lambda text: _ACTIVE.findall(text.body),
    "mixed_words": _mixed,
    "dressed_letters": lambda text: _signs(text, (0x1D400, 0x1D7FF), (0x24B6, 0x24E9)),
    "hidden_signs": lambda text: sum(
        unicodedata.category(sign) == "Cf" and sign not in _JOINERS for sign in text.body.replace("\ufeff", "")
    ),
    "shouting": _shouting,
    "repeated_signs": lambda text: max((len(run.group()) for run in _RUN.finditer(text.body)), default=0),
    "emoji": lambda text: _signs(text, (0x1F300, 0x1FAFF), (0x2600, 0x27BF)),
    "phone_numbers": lambda text: [found for found in _PHONE.findall(text.bare) if not _DATE.fullmatch(found)],
    "name_is_address": lambda text: addresses(text.name),
}
"""By the name that `rules.yaml` uses: what was counted, or a number."""
