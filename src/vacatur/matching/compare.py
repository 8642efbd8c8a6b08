"""The score of two names."""

import unicodedata

from rapidfuzz import fuzz

from vacatur.matching.model import Evidence, Match


def fold(text: str) -> str:
    """Latin, lower case, words only."""
    if not text.isascii():
        from normality import ascii_text

        text = ascii_text(text) or ""
    text = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def score_names(left: str, right: str) -> Match:
    """Score two names."""
    a, b = fold(left), fold(right)
    score = round(fuzz.token_sort_ratio(a, b) / 100, 3) if a and b else 0.0
    return Match("", score, right, (Evidence(left, right, "exact" if score == 1 else "edit", score),))


def compare(left: str, right: str, schema: str | None = None) -> Match:
    """Score two names."""
    return score_names(left, right)
