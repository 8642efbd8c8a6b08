"""What the lists of the UN, the UK and the EU share: a party being gathered, their days, and numbered enumerations.

The lists of the United States have their own words (`ofac_features`, `_us_documents`); none of that belongs here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from vacatur.parties import Entry, Listing, make_party
from vacatur.sources.ofac_features import country_code

ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:$|[T+-].*)")
"""XML Schema's dates, which may carry a time or a zone: 2015-04-14-04:00."""

SLASHED_DAY = re.compile(r"(?P<day>\d{1,2}|dd)/(?P<month>\d{1,2}|mm)/(?P<year>\d{4})", re.IGNORECASE)
ORDINAL = re.compile(r"(?:^|(?<=[\s,;]))(?:\((?:\d{1,2}|[a-z])\)|(?:\d{1,2}|[a-z])\))(?:\s*-\s*\(\d{1,2}\))?\s*")

NUMBER = re.compile(r"\b(?=[\w/.-]*\d{3})[A-Z]{0,4}[\w/.-]*\d\b")
"""A word that looks like a document's number: three digits in a row, and one at the end."""

PLAIN_NUMBER = re.compile(r"(?=.*\d)[A-Z0-9 ./-]{1,24}")


@dataclass(slots=True)
class Draft:
    """A party while its statements are gathered: `values` by FollowTheMoney property, `listings` in order."""

    id: str
    schema: str
    values: dict[str, list[str | None]] = field(default_factory=dict)
    listings: dict[Listing, None] = field(default_factory=dict)

    def add(self, name: str, *more: str | None) -> None:
        """Append values of one property; blanks are dropped when the party is made."""
        self.values.setdefault(name, []).extend(more)

    def add_name(self, name: str, kind: str) -> None:
        """Append a name of a kind (`alias`, `weakAlias`, `previousName`) unless it is already a stronger one."""
        if name not in self.values.get("name", []):
            self.add(kind, name)

    def add_country(self, kind: str, *names: str) -> None:
        """Append the codes of countries; a name that is no country we know is kept as a note."""
        for name in filter(None, names):
            code = country_code(name)
            self.add(kind if code else "notes", code or f"{kind}: {name}")

    def add_numbers(self, kind: str, text: str) -> None:
        """Add the number in each item of a description of documents; an item that says more is kept as a note too.

        An item in capitals (`OB 0243318`) is a number as a whole; else the first word that looks like one is taken.
        """
        for item in enumerated(text):
            number = item if PLAIN_NUMBER.fullmatch(item) else next(iter(NUMBER.findall(item)), None)
            self.add(kind, number)
            if number != item:
                self.add("notes", f"{'Passport' if kind == 'passportNumber' else 'Identity'}: {item}")

    def entry(self) -> Entry:
        """The finished entry."""
        return Entry(make_party(self.id, self.schema, self.values), tuple(self.listings))


def read_iso_day(text: str) -> date | None:
    """The day of an ISO date or timestamp, as it is written (its zone is not applied); None for anything else."""
    match = ISO_DAY.fullmatch(text.strip())
    return _day(match[1]) if match else None


def read_slashed_day(text: str) -> date | None:
    """The day of `13/04/2018`, day first; None for anything else."""
    return _day(slashed_prefix(text) or "")


def slashed_prefix(text: str) -> str | None:
    """`13/04/2018` as an ISO prefix, as far as it is known: `00/00/1980` and `dd/mm/1980` → 1980; None if no date."""
    match = SLASHED_DAY.fullmatch(text.strip())
    if match is None:
        return None
    month, day = (0 if part.isalpha() else int(part) for part in match.group("month", "day"))
    if not 1 <= month <= 12:
        return match["year"]
    return f"{match['year']}-{month:02}" + (f"-{day:02}" if 1 <= day <= 31 else "")


def enumerated(text: str) -> Iterator[str]:
    """The items of `(1) Germany (2) Belgium`, `1) …` or `a) … b) …`; the text itself where nothing is enumerated."""
    for item in ORDINAL.split(text):
        if kept := item.strip(" ,;"):
            yield kept


def outside_brackets(text: str) -> str:
    """`Afghanistan (since 2009)` → `Afghanistan`."""
    return re.sub(r"\s*\([^()]*\)", "", text).strip() or text.strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
