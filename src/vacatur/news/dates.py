"""Dates in a text, as intervals of days: absolute ones, and those that only the day of publication makes definite.

"mid-January" is the 11th to the 20th; "last Friday" the Friday before publication; "March" the latest March that has
begun by then. Without a day of publication a relative date stays in the text's own words. Past tense is assumed:
what will happen is no claim.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vacatur.news.article import Published, Span

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}

_MONTH = (
    r"(?P<month>january|february|march|april|june|july|august|september|october|november|december|may"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
_PATTERNS = {
    "iso": re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    "month_day": re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<year>(?:19|20)\d\d)\b)?"),
    "day_month": re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>(?:19|20)\d\d)\b)?"),
    "month": re.compile(
        rf"\b(?:(?P<part>early|mid|late|beginning of|end of|middle of)[- ])?(?:(?P<last>last|this|next) )?{_MONTH}"
        r"(?:,? (?:of )?(?P<year>(?:19|20)\d\d)\b| (?P<rel>last|this|next) year| of (?P<rel2>last|this) year)?"
    ),
    "weekday": re.compile(
        r"\b(?:(?P<last>last|next|this) )?(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
        r"(?!,? (?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? )?\d)"
    ),
    "near": re.compile(
        r"\b(?P<word>yesterday|today|(?:earlier |late |later )?(?:last|this|next) (?:week|month|year))\b"
    ),
    "ago": re.compile(
        r"\b(?P<count>\d{1,2}|an?|one|two|three|four|five|six|seven|ten) (?P<unit>day|week|month|year)s? ago\b"
    ),
    "that": re.compile(
        r"\b(?:that|the same|later that|earlier that) (?P<unit>day|month|year)\b(?! in (?:jan|feb|mar|apr|may|"
        r"jun|jul|aug|sep|oct|nov|dec))"
    ),
    "year": re.compile(
        r"\b(?:an?|the|its|their|his) (?P<year2>(?:19|20)\d\d) (?=(?:and \d{4} )?(?:settlement|listings?|designations?|"
        r"orders?|decisions?|rules?|rulings?|deal|laws?|suit|lawsuit|agreement|addition)\b)|"
        r"(?:(?<=\bin )|(?<=since )|(?<=\bof )|(?<=\bby )|(?<=during )|(?<=from )|(?<=until )|(?<=early )|"
        r"(?<=mid-)|(?<=late )"
        r"|(?<=\band ))(?P<year>(?:19|20)\d\d)\b(?![-/]\d)"
    ),
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text. `first`/`last` are None when nothing fixes it; `words` are the text's own."""

    span: Span
    words: str
    first: date | None = None
    last: date | None = None
    month: int | None = None

    @property
    def iso(self) -> str | None:
        """As a claim shows it: a day, a month, a year, or an interval `first/last`; else the text's words."""
        if self.first is None or self.last is None:
            return self.words or None
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first, self.last) == month_of(self.first.year, self.first.month):
            return f"{self.first:%Y-%m}"
        if (self.first, self.last) == (date(self.first.year, 1, 1), date(self.first.year, 12, 31)):
            return f"{self.first:%Y}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def find_dates(text: str, folded: str, published: Published | None) -> list[DateMention]:
    """Every date in `text`, in order; where two patterns overlap the longer stands."""
    raw = [(name, match) for name, pattern in _PATTERNS.items() for match in pattern.finditer(folded)]
    raw.sort(key=lambda item: (item[1].start() - item[1].end(), item[1].start()))
    taken: list[tuple[str, re.Match[str]]] = []
    for name, match in raw:
        if not any(match.start() < other.end() and other.start() < match.end() for _, other in taken):
            taken.append((name, match))
    found: list[DateMention] = []
    for name, match in sorted(taken, key=lambda item: item[1].start()):
        if name in ("month", "month_day", "day_month") and not text[match.start("month")].isupper():
            continue
        if mention := _read(name, match, text, published, found[-1] if found else None):
            found.append(_in_sequence(mention, match.groupdict(), text, found, published))
    return found


def _in_sequence(
    mention: DateMention,
    parts: dict[str, str | None],
    text: str,
    found: list[DateMention],
    published: Published | None,
) -> DateMention:
    """A date without a year goes on from the dated year that its paragraph has just named, where that is a past one."""
    if (
        not found
        or any(parts.get(key) for key in ("year", "rel", "rel2"))
        or mention.month is None
        or parts.get("last")
        or published is None
    ):
        return mention
    before = found[-1]
    if (
        before.first is None
        or before.first.year >= published.last.year
        or mention.first is None
        or mention.last is None
    ):
        return mention
    if "\n" in text[before.span.end : mention.span.start] or not re.search(r"\d{4}", before.words):
        return mention
    year = before.first.year + (mention.month < before.first.month)
    try:
        moved = replace(mention, first=mention.first.replace(year=year), last=mention.last.replace(year=year))
    except ValueError:
        return mention
    return replace(moved, words=f"{mention.words} {year}") if year < published.last.year else mention


def _read(
    name: str, match: re.Match[str], text: str, published: Published | None, before: DateMention | None
) -> DateMention | None:
    mention = DateMention(Span(*match.span()), text[match.start() : match.end()])
    parts = match.groupdict()
    today = published.last if published else None
    exact = published.first if published and published.first == published.last else None
    readers: dict[str, Callable[[], DateMention | None]] = {
        "iso": lambda: _day(mention, parts, published),
        "month_day": lambda: _day(mention, parts, published),
        "day_month": lambda: _day(mention, parts, published),
        "month": lambda: _month(mention, parts, today),
        "year": lambda: _year(mention, int(parts["year"] or parts["year2"] or 0)),
        "that": lambda: _that(mention, parts["unit"] or "day", before),
        "weekday": lambda: _weekday(mention, parts, exact),
        "ago": lambda: _ago(mention, parts, exact),
        "near": lambda: _near(mention, parts["word"] or "", today),
    }
    try:
        return readers[name]()
    except ValueError:
        return None


def _year(mention: DateMention, year: int) -> DateMention:
    return replace(mention, first=date(year, 1, 1), last=date(year, 12, 31))


_AHEAD = 330
"""Days back from which a day without a year is rather one that lies ahead: what will happen is no claim."""


def _day(mention: DateMention, parts: dict[str, str | None], published: Published | None) -> DateMention | None:
    day = int(parts["day"] or 0)
    month = int(number) if (number := parts.get("number")) else _MONTHS[(parts["month"] or "").rstrip(".")]
    if parts.get("year"):
        exact = date(int(parts["year"] or 0), month, day)
        return replace(mention, first=exact, last=exact, month=month)
    if published is None:
        return replace(mention, month=month)
    exact = _latest(month, day, published.last + timedelta(days=2))
    if (published.last - exact).days > _AHEAD:
        return None
    return replace(mention, first=exact, last=exact, month=month)


def _latest(month: int, day: int, today: date) -> date:
    """The latest such day not after `today`; 29 February may lie four years back."""
    for year in range(today.year, today.year - 5, -1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= today:
            return candidate
    raise ValueError(f"no such day: {month}-{day}")


def _month(mention: DateMention, parts: dict[str, str | None], today: date | None) -> DateMention | None:
    month = _MONTHS[(parts["month"] or "").rstrip(".")]
    relative = parts["rel"] or parts["rel2"]
    if parts["last"] == "next" or relative == "next":
        return None
    if parts["year"]:
        year = int(parts["year"] or 0)
    elif today is None:
        return replace(mention, month=month)
    elif relative:
        year = today.year - (relative == "last")
    else:
        year = today.year - (month > today.month or (parts["last"] == "last" and month == today.month))
    first, last = month_of(year, month)
    thirds = {"early": (1, 10), "beginning of": (1, 10), "mid": (11, 20), "middle of": (11, 20)}
    if parts["part"] in thirds:
        low, high = thirds[parts["part"] or ""]
        first, last = first.replace(day=low), first.replace(day=high)
    elif parts["part"]:
        first = first.replace(day=21)
    return replace(mention, first=first, last=last, month=month)


def _weekday(mention: DateMention, parts: dict[str, str | None], today: date | None) -> DateMention | None:
    if parts["last"] == "next":
        return None
    if today is None:
        return mention
    back = (today.weekday() - _WEEKDAYS[parts["weekday"] or ""]) % 7
    if parts["last"] == "last" and back == 0:
        back = 7
    day = today - timedelta(days=back)
    return replace(mention, first=day, last=day)


def _ago(mention: DateMention, parts: dict[str, str | None], today: date | None) -> DateMention:
    if today is None:
        return mention
    word = parts["count"] or "1"
    count = _NUMBERS.get(word) or int(word)
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[parts["unit"] or "day"]
    middle = today - timedelta(days=count * days)
    slack = timedelta(days=days // 2)
    return replace(mention, first=middle - slack, last=middle + slack)


def _near(mention: DateMention, word: str, today: date | None) -> DateMention | None:
    if "next" in word:
        return None
    if today is None:
        return mention
    back = "last" in word
    if word in ("today", "yesterday"):
        first = last = today - timedelta(days=word == "yesterday")
    elif word.endswith("week"):
        first = today - timedelta(days=today.weekday() + 7 * back)
        last = first + timedelta(days=6)
    elif word.endswith("month"):
        start = today.replace(day=1)
        first, last = month_of(*_before(start)) if back else month_of(start.year, start.month)
    else:
        first, last = date(today.year - back, 1, 1), date(today.year - back, 12, 31)
    return replace(mention, first=first, last=last)


def _before(start: date) -> tuple[int, int]:
    previous = start - timedelta(days=1)
    return previous.year, previous.month


def _that(mention: DateMention, unit: str, before: DateMention | None) -> DateMention | None:
    if before is None or before.first is None or before.last is None:
        return None
    if unit == "year":
        return replace(mention, first=date(before.first.year, 1, 1), last=date(before.first.year, 12, 31))
    if unit == "month":
        first, last = month_of(before.first.year, before.first.month)
        return replace(mention, first=first, last=last)
    return replace(mention, first=before.first, last=before.last)
