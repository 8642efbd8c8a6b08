"""The score of two names without a list: the same words, pairs and sums as a search, with weights by kind of word."""

from vacatur.matching.context import PERSONS
from vacatur.matching.model import Match
from vacatur.matching.score import Mode, score_names

OPEN = frozenset({"LegalEntity", "Thing"})
"""Schemata that a person's list entry may have."""


def mode_of(schema: str | None, asked: str | None = None) -> Mode:
    """How names are compared: as a person's where the party is one, or may be one and a person is asked for."""
    return Mode.PERSON if schema in PERSONS or (asked in PERSONS and schema in OPEN) else Mode.OTHER


def compare(left: str, right: str, schema: str | None = None) -> Match:
    """Score two names against each other, whichever is the query, as names of `schema` (a person's, or others')."""
    mode = mode_of(schema)
    best = score_names(left, right, mode=mode)
    if best.score < 1:  # names that share all do so both ways
        best = max(best, score_names(right, left, mode=mode), key=lambda scored: scored.score)
    return Match("", best.score, right, lambda: best.evidence)
