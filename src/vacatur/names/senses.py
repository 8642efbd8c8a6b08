"""What words say: spellings of one name, its short names, and words of one meaning in several languages.

The table is `senses.txt`. Only what is used for the same party belongs there: Misha for Mikhail, not Juan for John.
"""

from functools import cache
from importlib import resources


def senses(word: str) -> tuple[int, ...]:
    """The numbers of what a word says; two words that share one say the same."""
    return table().get(word, ())


@cache
def table() -> dict[str, tuple[int, ...]]:
    """The words that say what another says too, with the numbers of what they say."""
    lines = resources.files("vacatur.names").joinpath("senses.txt").read_text(encoding="ascii").splitlines()
    table: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            for word in line.split():
                table[word] = (*table.get(word, ()), number)
    return table
