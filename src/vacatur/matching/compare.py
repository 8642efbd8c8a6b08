"""The score of two names without a list: the same words, pairs and sums as a search, with weights by kind of word."""

from vacatur.matching.model import Match
from vacatur.matching.score import score_names


def compare(left: str, right: str, schema: str | None = None) -> Match:
    """Score two names against each other, whichever is the query.

    `schema` is kept for the caller's record: the words of persons and companies are weighed alike.
    """
    forward, backward = score_names(left, right), score_names(right, left)
    best = max(forward, backward, key=lambda scored: scored.score)
    return Match("", min(1.0, best.score), right, best.evidence)
