"""What the scorer knows of a single word: computed once for each word of a list or a query.

Everything here depends on the word alone, never on the name it stands in.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from vacatur.names.common import commonness
from vacatur.names.folding import characters, lacks_vowels, latin
from vacatur.names.kinds import Kind, kind_of, number_of
from vacatur.names.phonetics import skeleton
from vacatur.names.senses import senses

KIND_WEIGHT = {
    Kind.NAME: 1000,
    Kind.FORM: 60,
    Kind.STOP: 50,
    Kind.TITLE: 100,
    Kind.PARTICLE: 120,
    Kind.GENERIC: 350,
    Kind.PLACE: 600,
    Kind.NUMBER: 600,
    Kind.INITIAL: 300,
}
"""What a word of each kind weighs, in thousandths of a rare word."""

SHORT_NAME = 800
"""What a rare word of three letters or fewer weighs."""

SYLLABLE = 550
"""What one syllable of Han or Hangul weighs: a name has two to four."""

COMMON_WEIGHT = (1000, 900, 800, 700, 600, 500)
"""What a word weighs by how common it is among names everywhere (0 rare … 5 as common as Mohammed)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the scorer sees it.

    `latin` are its Latin letters, `characters` the Han or Hangul that it was read from (or empty); `lacks_vowels` marks
    a word of Arabic or Hebrew; `number` is the number that it writes (or empty); `senses` the numbers of what it says;
    `common` how common it is anywhere, 0 to 5; `weight` what it tells where no list says how rare it is, in
    thousandths.
    """

    token: str
    latin: str
    characters: str
    kind: Kind
    lacks_vowels: bool
    number: str
    senses: frozenset[int]
    common: int
    weight: int

    @property
    def sound(self) -> str:
        """Its consonants as sounds."""
        return skeleton(self.latin)


@lru_cache(maxsize=262_144)
def word_of(token: str) -> Word:
    """The word of a token of folded text."""
    plain = latin(token)
    kind = kind_of(plain) if len(characters(token)) != 1 else Kind.NAME
    return Word(
        token=token,
        latin=plain,
        characters=characters(token),
        kind=kind,
        lacks_vowels=lacks_vowels(token),
        number=number_of(plain),
        senses=frozenset(senses(plain)),
        common=commonness(plain),
        weight=_default_weight(plain, kind, syllable=len(characters(token)) == 1),
    )


def _default_weight(plain: str, kind: Kind, *, syllable: bool) -> int:
    if syllable:
        return SYLLABLE
    if kind is not Kind.NAME:
        return KIND_WEIGHT[kind]
    return min(COMMON_WEIGHT[commonness(plain)], SHORT_NAME if len(plain) <= 3 else KIND_WEIGHT[kind])


RAREST = 1150
COMMONEST = 300
"""A word that one name of a list holds weighs all, one that every name holds 300; between, by the logarithm."""


def weight_in_list(word: Word, names_with: int, names: int) -> int:
    """What a word weighs in a list where `names_with` of `names` hold it: never more than where no list is known."""
    if word.kind is not Kind.NAME:
        return word.weight
    rarity = RAREST - round(RAREST * math.log(max(1, names_with)) / math.log(max(2, names)))
    return min(word.weight, max(COMMONEST, rarity))
