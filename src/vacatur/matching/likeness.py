"""How alike two words are, in thousandths, and by what."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from vacatur.matching.words import Word, word_of
from vacatur.names.kinds import Kind
from vacatur.names.phonetics import spoken

INITIAL = 750
SAME_SENSE = 950
OTHER_FORM = 500
PLURAL = 900
SHORTEST_PLURAL = 4
MOST_EDITS = 4
EDIT_LIKENESS = (
    (),
    (0, 0, 0, 300, 700, 790, 830, 860, 880, 890, 900, 905, 910, 915, 920),
    (0, 0, 0, 0, 300, 420, 550, 640, 670, 740, 780, 800, 810, 820, 830),
    (0, 0, 0, 0, 0, 0, 0, 0, 0, 300, 350, 500, 600, 660, 700),
    (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 450, 550, 650),
)
"""By edits (one to four) and by letters of the longer word (from 0 on; 14 stands for all beyond)."""

OTHER_BEGINNING = 60
"""What another first letter takes off a misspelling."""

SOUND_BASE = 930
SOUND_EDITS = 360
SOUND_SHORT = 60
"""Same consonants: 930, less 360 times the share of letters that differ, less 60 if there are but two consonants."""

SOUND_ALONE = 380
"""Same consonants, but too many letters differ: hardly alike, yet no contradiction."""

SPOKEN = 900
SPOKEN_SHORT = 800
SPOKEN_EDITS = 2
"""The same sounds, vowels too, spelt otherwise by so many letters at most; less if there is but one consonant."""

LETTERS_APART = (0, 0, 445, 445, 600)
LETTERS_APART_WITHOUT_VOWELS = 600
"""The largest share of letters, in thousandths, in which words of one sound may differ: by how many letters the sound
has (4 stands for all beyond), or where one word is Arabic or Hebrew, which leave out vowels."""

UNWRITTEN = 2
"""Two words of Arabic or Hebrew are read as shorter by so many letters: what is written tells more."""

LOOKS_LIKE = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b"}
FIGURES_FOR_LETTERS = 900
"""Figures that stand for letters: `Put1n`."""

KNOWN_NAMES = 2
OTHER_KNOWN_NAME = 150
"""Of two names that are both as common as this, or both in the tables, one is seldom a misspelling of the other."""

KNOWN_KINDS = frozenset({Kind.GENERIC, Kind.PLACE, Kind.TITLE, Kind.STOP, Kind.PARTICLE})
"""Words of these kinds are known: another known word is no misspelling of it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two words are, 0 to 1000, and by what."""

    score: int
    feature: str


UNLIKE = Likeness(0, "")


@lru_cache(maxsize=262_144)
def likeness(left: str, right: str, *, person: bool) -> Likeness:
    """How alike two tokens are; in names of persons a single letter is an initial, elsewhere it may be a number."""
    if left == right:
        return Likeness(1000, "legal_form" if left.startswith("§") else "exact")
    one, other = word_of(left), word_of(right)
    if one.kind is Kind.FORM or other.kind is Kind.FORM:
        return Likeness(OTHER_FORM, "legal_form") if one.kind is other.kind else UNLIKE
    if one.characters and other.characters:
        return UNLIKE
    if one.latin == other.latin:
        return Likeness(1000, "transliteration")
    return _of_letters(one, other, person=person)


def _of_letters(one: Word, other: Word, *, person: bool) -> Likeness:
    """How alike two words of different letters are."""
    if is_number(one, person=person) or is_number(other, person=person):
        return Likeness(1000, "number") if one.number and one.number == other.number else UNLIKE
    if len(one.latin) == 1 or len(other.latin) == 1:
        return Likeness(INITIAL, "initial") if _is_initial_of(one, other) else UNLIKE
    if one.senses & other.senses:
        return Likeness(SAME_SENSE, "variant")
    if len(one.characters) == 1 or len(other.characters) == 1:
        return UNLIKE
    return _spelt_alike(one, other)


def _is_initial_of(one: Word, other: Word) -> bool:
    """Whether one of two words is the other's first letter; `M.` stands for a name, not for a ministry."""
    whole = max(one, other, key=lambda word: len(word.latin))
    return one.latin[0] == other.latin[0] and whole.kind in (Kind.NAME, Kind.PARTICLE)


def is_number(word: Word, *, person: bool) -> bool:
    """Whether a word is a number: I, V and X are, except in names of persons, where they are initials."""
    return word.kind is Kind.NUMBER or (bool(word.number) and not person)


def _spelt_alike(one: Word, other: Word) -> Likeness:
    """How alike two plain words are by their letters or by their sounds, whichever is more."""
    shorter, longer = sorted((one.latin, other.latin), key=len)
    if not (shorter.isalpha() and longer.isalpha()):
        return Likeness(FIGURES_FOR_LETTERS, "edit") if _figures_for_letters(shorter, longer) else UNLIKE
    if one.kind in KNOWN_KINDS and other.kind in KNOWN_KINDS:
        return Likeness(PLURAL, "variant") if _is_beginning(shorter, longer) else UNLIKE
    edits = OSA.distance(shorter, longer)
    if one.senses and other.senses and edits > 1:
        return UNLIKE  # two names, each known: Hassan, Hussein
    both = one.lacks_vowels and other.lacks_vowels
    by_letters = _by_letters(one, other, edits, len(longer) - (UNWRITTEN if both else 0))
    by_sound = 0 if both else max(_by_sound(one, other, edits), _as_spoken(one, other, edits))
    if by_sound > by_letters:
        return Likeness(by_sound, "transliteration")
    return Likeness(by_letters, "edit") if by_letters > 0 else UNLIKE


def _is_beginning(shorter: str, longer: str) -> bool:
    """Whether a known word is a plural of another, or made of it (Iran, Iranian); Nigeria is not made of Niger."""
    return len(shorter) >= SHORTEST_PLURAL and longer.startswith(shorter) and not longer.endswith("ia")


def _by_letters(one: Word, other: Word, edits: int, length: int) -> int:
    if edits > MOST_EDITS:
        return 0
    alike = EDIT_LIKENESS[edits][max(0, min(length, 14))]
    if alike and one.latin[0] != other.latin[0]:
        alike -= OTHER_BEGINNING
    if alike and (min(one.common, other.common) >= KNOWN_NAMES or (one.senses and other.senses)):
        alike -= OTHER_KNOWN_NAME
    return alike


def _by_sound(one: Word, other: Word, edits: int) -> int:
    if len(one.sound) < 2 or one.sound != other.sound or min(len(one.latin), len(other.latin)) < 3:
        return 0
    length = max(len(one.latin), len(other.latin))
    across = one.lacks_vowels or other.lacks_vowels
    share = LETTERS_APART_WITHOUT_VOWELS if across else LETTERS_APART[min(len(one.sound), 4)]
    if edits * 1000 > length * share:
        return SOUND_ALONE
    return SOUND_BASE - SOUND_EDITS * edits // length - (SOUND_SHORT if len(one.sound) == 2 else 0)


def _as_spoken(one: Word, other: Word, edits: int) -> int:
    """How alike words of three letters or more are that have the same sounds, vowels too."""
    if edits > SPOKEN_EDITS or one.sound != other.sound or min(len(one.latin), len(other.latin)) < 3:
        return 0
    if one.lacks_vowels or other.lacks_vowels or spoken(one.latin) != spoken(other.latin):
        return 0
    alike = SPOKEN if len(one.sound) >= 2 else SPOKEN_SHORT
    return alike - (OTHER_KNOWN_NAME if one.senses and other.senses else 0)


def _figures_for_letters(one: str, other: str) -> bool:
    """Whether words of one length are the same but for figures that look like the letters in their place."""
    return len(one) == len(other) and all(
        a == b or b in LOOKS_LIKE.get(a, "") or a in LOOKS_LIKE.get(b, "") for a, b in zip(one, other, strict=True)
    )
