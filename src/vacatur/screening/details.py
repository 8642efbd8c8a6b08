"""What customers' files write beside a name, as matching compares it: countries, birth dates, kinds of party.

A detail that can't be read is left out and said to be: taken as it stands it would differ from every party, and so
hide hits. Nothing is guessed: of a date whose day and month can't be told apart only the year counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from vacatur.parties import SCHEMATA
from vacatur.sources.countries import country_code

OTHER_CODES = {"uk": "gb", "el": "gr"}
"""Codes of countries in common use that are not those of ISO 3166."""

KINDS = {schema.casefold(): schema for schema in (*SCHEMATA, "Thing", "Security", "CryptoWallet")} | {
    "individual": "Person",
    "natural person": "Person",
    "corporate": "Company",
    "corporation": "Company",
    "entity": "LegalEntity",
    "legal entity": "LegalEntity",
    "organisation": "Organization",
    "ship": "Vessel",
    "aircraft": "Airplane",
}
"""Kinds of party by the words of customers' files, in lower case."""

YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2})(?:[T ].*)?)?)?")
YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
IN_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


@dataclass(frozen=True, slots=True)
class Details:
    """Details of a customer as matching compares them, and in `left_out` those that could not be read."""

    schema: str | None
    countries: tuple[str, ...]
    birth_date: str | None
    left_out: tuple[str, ...]


def read_details(fields: Mapping[str, str]) -> Details:
    """The details in the columns `schema`, `country` (several are separated by `;`) and `birth_date`."""
    countries = tuple((fields.get("country") or "").split(";"))
    return as_compared(fields.get("schema") or "", countries, fields.get("birth_date") or "")


@lru_cache(maxsize=65_536)
def as_compared(kind: str, countries: tuple[str, ...], born: str) -> Details:
    """The details that a question gives for itself: kind of party, countries and birth date, each as it was written."""
    schema = KINDS.get(" ".join(kind.casefold().split()))
    printed = [text.strip() for text in countries if text.strip()]
    codes = {text: OTHER_CODES.get(text.casefold()) or country_code(text) for text in printed}
    birth_date = read_birth_date(born)
    unread = [("country", text) for text, code in codes.items() if code is None]
    unread += [("schema", kind)] if kind.strip() and schema is None else []
    unread += [("birth_date", born)] if born.strip() and birth_date is None else []
    return Details(
        schema,
        tuple(dict.fromkeys(code for code in codes.values() if code)),
        birth_date,
        tuple(f"{column} {text!r} not understood, left out" for column, text in unread),
    )


def read_birth_date(printed: str) -> str | None:
    """A birth date as ISO 8601, as far as it can be told: a day, a month or a year; None when it can't be.

    >>> read_birth_date("25/12/1962"), read_birth_date("03/04/1962"), read_birth_date("25 Dec 1962")
    ('1962-12-25', '1962', '1962-12-25')
    """
    text = " ".join(printed.replace(",", " ").split()).removesuffix(".0")
    try:
        if found := YEAR_FIRST.fullmatch(text):
            year, month, day = (int(part) if part else None for part in found.groups())
            date(year or 0, month or 1, day or 1)
            return "-".join(part for part in found.groups() if part)
        if found := YEAR_LAST.fullmatch(text):
            return _year_last(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return _in_words(text.replace("-", " "))


def _year_last(first: int, second: int, year: int) -> str:
    """Day and month in either order: told apart when one of them is no month, or both are the same."""
    if first > 12 or first == second:
        return date(year, second, first).isoformat()
    if second > 12:
        return date(year, first, second).isoformat()
    return str(date(year, first, second).year)


def _in_words(text: str) -> str | None:
    for form in IN_WORDS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None
