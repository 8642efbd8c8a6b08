"""Persons in a text by their full names, and which of them are judges."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vacatur.news.article import Span
from vacatur.news.propers import Proper, Sort

_JUDGE_BEFORE = re.compile(r"\b(?:judge|justice|magistrate|advocate general)s? $")
_JUDGE_AFTER = re.compile(r"^, (?:an?|the) (?:[\w.'-]+ ){0,4}(?:judge|justice|magistrate)\b")
_SAID_AFTER = re.compile(
    r"^,? ?(?:[^.\"]{0,60}, )?(?:said|says|wrote|told|added|ruled|found|argued|posted|tweeted|thanked|called)\b"
)
_SAID_BEFORE = re.compile(r"\b(?:said|says|wrote|told|added|argued|joked|explained|noted|asked) $")
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person: `name` is the fullest form that the article gives."""

    span: Span
    name: str
    judge: bool = False


def find_people(text: str, folded: str, propers: Iterable[Proper]) -> list[Person]:
    """Persons by name, in order; a surname alone stands for the full name given before."""
    full: dict[str, str] = {}
    judges: set[str] = set()
    found: list[Person] = []
    for proper in propers:
        name = proper.span.of(text).partition(" of ")[0]
        words = name.split()
        if proper.sort is Sort.COMPANY or len(words) > _LONGEST_NAME or any(char.isdigit() for char in name):
            continue
        is_judge = bool(
            _JUDGE_BEFORE.search(folded[max(0, proper.span.start - 20) : proper.span.start])
            or _JUDGE_AFTER.match(folded[proper.span.end : proper.span.end + 60])
        )
        surname = words[-1]
        if len(words) > 1:
            for word in words:
                full.setdefault(word, name)
        elif surname not in full:
            if not (
                is_judge
                or proper.sort in (Sort.PERSON, Sort.OFFICE)
                or _SAID_AFTER.match(folded[proper.span.end : proper.span.end + 80])
                or _SAID_BEFORE.search(folded[max(0, proper.span.start - 12) : proper.span.start])
            ):
                continue
            full[surname] = name
        if is_judge:
            judges.add(full[surname])
        found.append(Person(proper.span, full[surname]))
    return [Person(person.span, person.name, person.name in judges) for person in found]


def same_person(left: str, right: str) -> bool:
    """Whether two names can be one person's: equal surnames, and no two given names that differ."""
    one, other = (re.sub(r"[^\w\s-]", "", name).casefold().split() for name in (left, right))
    if not one or not other or one[-1] != other[-1]:
        return False
    if len(one) == 1 or len(other) == 1:
        return True
    return one[0] == other[0] or one[0][0] == other[0] or other[0][0] == one[0]
