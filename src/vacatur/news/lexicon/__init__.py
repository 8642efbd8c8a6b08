"""The field's words for lists, authorities and courts, found in a text (data in the files beside).

Says what a phrase may mean, as candidates; which of them is meant in an article is decided in `claims`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale

from vacatur.news.article import Span

_FILES = ("measures.yaml", "bodies.yaml", "words.yaml")
_LONG_AGO, _FAR_AHEAD = date(1, 1, 1), date(9999, 12, 31)


class TermKind(StrEnum):
    """What a term of the field names."""

    MEASURE = "measure"
    AUTHORITY = "authority"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase found: the ids it may mean, the most likely first; `generic` when it needs its surroundings."""

    span: Span
    kind: TermKind
    ids: tuple[str, ...]
    generic: bool = False


@dataclass(frozen=True, slots=True)
class MeasureWord:
    """What the lexicon knows of a measure: who keeps it, its shape (list, order, law), and when it can be meant."""

    id: str
    authority: str
    shape: str
    first: date = _LONG_AGO
    last: date = _FAR_AHEAD
    about: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class _Pattern:
    regex: re.Pattern[str]
    kind: TermKind
    ids: tuple[str, ...]
    generic: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled lexicon; `authorities` maps an authority's id to its name.

    `not_names` are capitalised words that name nobody, `openers` ordinary words that a sentence may begin with,
    `places` and `bystanders` (whole names, lower case) what is never a party; `common_words` what a company's name is
    never reduced to.
    """

    patterns: tuple[_Pattern, ...]
    measures: dict[str, MeasureWord]
    authorities: dict[str, str]
    not_names: frozenset[str]
    openers: frozenset[str]
    places: frozenset[str]
    bystanders: re.Pattern[str]
    common_words: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, compiled once."""
    here = files("vacatur.news.lexicon")
    data: dict[str, Any] = {}
    for name in _FILES:
        data |= yaml.safe_load(here.joinpath(name).read_text("utf-8"))
    measures = {
        name: MeasureWord(
            name,
            item["authority"],
            item["kind"],
            item.get("from", _LONG_AGO),
            item.get("until", _FAR_AHEAD),
            re.compile(rf"\b(?:{item['about']})") if "about" in item else None,
        )
        for name, item in data["measures"].items()
    }
    patterns = [
        *(_pattern(item["names"], TermKind.MEASURE, (name,)) for name, item in data["measures"].items()),
        *(_pattern([item["pattern"]], TermKind.MEASURE, item["any_of"], generic=True) for item in data["generic"]),
        *(_pattern(item["patterns"], TermKind.AUTHORITY, (name,)) for name, item in data["authorities"].items()),
        *(
            _pattern(item["patterns"], TermKind.COURT, (item["id"],), generic="level" in item)
            for item in data["courts"]
        ),
    ]
    return Lexicon(
        tuple(patterns),
        measures,
        {name: item["name"] for name, item in data["authorities"].items()},
        frozenset(data["not_names"].split()),
        frozenset(data["openers"].split()),
        _listed(data["places"]) | {name.lower() for name in Locale("en").territories.values()},
        re.compile(rf"\b(?:{'|'.join(sorted(_listed(data['bystanders']), key=len, reverse=True))})\b"),
        frozenset(data["common_words"].split()),
    )


def find_terms(folded: str) -> list[Term]:
    """Every term in folded text, in order. Where two overlap the longer stands, then the more specific."""
    found = [
        Term(Span(*match.span()), pattern.kind, pattern.ids, pattern.generic)
        for pattern in lexicon().patterns
        for match in pattern.regex.finditer(folded)
    ]
    return longest(found)


def longest(terms: Iterable[Term]) -> list[Term]:
    """Drop every term that overlaps a longer one of its kind, or a specific one of its length."""
    kept: dict[TermKind, list[Term]] = {}
    for term in sorted(
        terms, key=lambda term: (term.generic, not term.ids, term.span.start - term.span.end, term.span.start)
    ):
        others = kept.setdefault(term.kind, [])
        if not any(term.span.meets(other.span) for other in others):
            others.append(term)
    return sorted((term for others in kept.values() for term in others), key=lambda term: term.span)


def measure_named(text: str) -> tuple[str, ...]:
    """The measures that a free description ("BIS Entity List") may mean; empty when it says nothing known."""
    terms = [term for term in find_terms(text.lower()) if term.kind is TermKind.MEASURE and term.ids]
    best = min(terms, key=lambda term: (term.generic, term.span.start), default=None)
    return best.ids if best else ()


def _listed(names: str) -> frozenset[str]:
    return frozenset(name.strip() for name in names.split("|"))


def _pattern(alternatives: list[str], kind: TermKind, ids: Iterable[str], *, generic: bool = False) -> _Pattern:
    regex = re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w])")
    return _Pattern(regex, kind, tuple(ids), generic)
