"""How common words are among names of people and companies everywhere.

`common.txt` is written by `benchmarks/common_words.py`: counted on public lists and registers, six classes.
"""

from functools import cache
from importlib import resources


def commonness(word: str) -> int:
    """From 0, a word seen seldom or never, to 5, as common as Mohammed."""
    return table().get(word, 0)


@cache
def table() -> dict[str, int]:
    """The words that are not rare, with how common they are."""
    lines = resources.files("vacatur.names").joinpath("common.txt").read_text(encoding="ascii").splitlines()
    table: dict[str, int] = {}
    for line in lines:
        if not line.startswith("#"):
            level, _, words = line.partition(" ")
            table |= dict.fromkeys(words.split(), int(level))
    return table
