"""What goes into the index, what is asked of it, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from vacatur.law.moments import NEVER, Instant


@dataclass(frozen=True, slots=True)
class IndexedName:
    """One version of one name of a party.

    `kind` is its FollowTheMoney property (`name`, `alias`, `weakAlias`, `previousName`, `abbreviation`).
    `known_from` is when the public could know it; `recorded`/`retracted` the transactions of the register between
    which it counts (`retracted` None: still does).
    """

    text: str
    kind: str = "name"
    known_from: Instant = -NEVER
    recorded: int = 0
    retracted: int | None = None


@dataclass(frozen=True, slots=True)
class IndexedParty:
    """A party as the index holds it; identifiers are (FollowTheMoney property, value)."""

    id: str
    schema: str
    names: tuple[IndexedName, ...]
    countries: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Who is looked for. At least one of `name` and `identifiers` is given.

    `schema` is a FollowTheMoney schema (`Company`, `Person`, `Vessel` …); an identifier may be (property, value), or
    ("", value) when its kind is not known. Only names known at `known` and recorded by transaction `recorded` answer.
    """

    name: str = ""
    schema: str | None = None
    countries: tuple[str, ...] = ()
    birth_date: str | None = None
    gender: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    known: Instant = NEVER
    recorded: int = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of an explanation; the scores of all lines of a match sum to its score.

    `feature` says what met: `exact`, `edit`, `phonetic`, `transliteration`, `initial`, `acronym`, `joined`,
    `legal_form`, `unmatched`, `identifier`, `country`, `birth_date`, `gender`, `schema` …; `query` and `matched` are
    the words compared (either may be empty); `note` is for a person.
    """

    query: str
    matched: str
    feature: str
    score: float
    note: str = ""


@dataclass(frozen=True)
class Match:
    """A party found: its id, a score from 0 to 1 (multiples of 1/1000), the name that met, and why.

    `explain` makes the evidence when it is first asked for, as most hits of a batch are never looked into.
    """

    party: str
    score: float
    name: str
    explain: Callable[[], tuple[Evidence, ...]] = field(repr=False, compare=False)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The lines of the explanation, which sum to the score."""
        return self.explain()
