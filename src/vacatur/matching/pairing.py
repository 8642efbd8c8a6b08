"""Which words of one name meet which of the other: each word once, the weightiest and most alike first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vacatur.matching.likeness import likeness
from vacatur.matching.words import word_of
from vacatur.names.kinds import Kind

Weigh = Callable[[str], int]
"""The weight of a token in thousandths: what it tells about who is meant; about 1000 for a rare word."""

MOST_JOINED = 3
"""So many adjacent words may have been written as one."""

SHORTEST_JOINED = 4
JOINED_AT_LEAST = 830
"""Words written as one must be alike this much to the word that they meet."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the query (by place) that met words of the name, how alike they are, and what both sides weigh."""

    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    likeness: int
    feature: str
    weight: int


def pair_words(left: Sequence[str], right: Sequence[str], weigh: Weigh, *, person: bool) -> list[Pair]:
    """Pair the words of two names.

    Of all that may meet, the pair of the greatest likeness times weight is taken first; among equals the one that
    joins more words, then the one whose words stand nearer in order, then the one that comes first.
    """
    options = [*_single(left, right, weigh, person=person)]
    options += _joined(left, right, weigh, person=person, swap=False)
    options += _joined(right, left, weigh, person=person, swap=True)
    options.sort(key=_rank)
    used_left: set[int] = set()
    used_right: set[int] = set()
    found: list[Pair] = []
    for pair in options:
        if used_left.isdisjoint(pair.lefts) and used_right.isdisjoint(pair.rights):
            used_left.update(pair.lefts)
            used_right.update(pair.rights)
            found.append(pair)
    return found


def _rank(pair: Pair) -> tuple[int, int, int, int, int]:
    size = len(pair.lefts) + len(pair.rights)
    apart = abs(pair.lefts[0] - pair.rights[0])
    return (-pair.likeness * pair.weight, -size, apart, pair.lefts[0], pair.rights[0])


def _single(left: Sequence[str], right: Sequence[str], weigh: Weigh, *, person: bool) -> list[Pair]:
    found = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            alike = likeness(one, other, person=person)
            if alike.score:
                found.append(Pair((i,), (j,), alike.score, alike.feature, weigh(one) + weigh(other)))
    return found


def _joined(parts: Sequence[str], wholes: Sequence[str], weigh: Weigh, *, person: bool, swap: bool) -> list[Pair]:
    """Pairs of adjacent words of one side with the one word of the other that writes them as one."""
    found: list[Pair] = []
    if any(word_of(part).characters for part in parts) and any(word_of(whole).characters for whole in wholes):
        return found
    lengths = {len(word_of(whole).latin) for whole in wholes}
    for start in range(len(parts) - 1):
        run = ""
        for end in range(start, min(start + MOST_JOINED, len(parts))):
            word = word_of(parts[end])
            if word.kind is Kind.FORM:
                break
            run += word.latin
            if end == start or not any(abs(len(run) - length) <= 1 for length in lengths):
                continue
            places = tuple(range(start, end + 1))
            no_letter = all(len(word_of(parts[place]).latin) > 1 for place in places)
            for j, whole in enumerate(wholes):
                alike = joined_likeness(run, whole, person=person)
                if alike == 1000 or (alike and no_letter):
                    weight = sum(weigh(parts[place]) for place in places) + weigh(whole)
                    pair = Pair(places, (j,), alike, "joined", weight)
                    found.append(Pair((j,), places, alike, "joined", weight) if swap else pair)
    return found


def joined_likeness(run: str, whole: str, *, person: bool) -> int:
    """How alike adjacent words, written as one, are to a word; 0 if they are less alike than they must be."""
    plain = word_of(whole)
    if plain.kind is Kind.FORM:
        return 0
    if plain.latin == run:
        return 1000
    if len(plain.latin) < SHORTEST_JOINED or abs(len(plain.latin) - len(run)) > 1:
        return 0
    alike = likeness(run, plain.latin, person=person).score
    return alike if alike >= JOINED_AT_LEAST else 0
