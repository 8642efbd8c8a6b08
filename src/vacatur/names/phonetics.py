"""A key that words keep when they are transliterated differently: Mohammed, Muhammad; Khuavey, Huawei.

The word is read from left to right; at each place the longest spelling of the table is taken.
"""

from collections.abc import Iterator
from functools import lru_cache

SPELLINGS = {
    "tsch": "c", "tch": "c", "tsh": "c", "ch": "c", "cz": "c", "cs": "c",
    "dzh": "j", "dj": "j", "zh": "j", "j": "j", "dz": "j",
    "sch": "s", "sh": "s", "ts": "s", "tz": "s", "s": "s", "z": "s", "ss": "s", "x": "ks",
    "kh": "h", "gh": "h", "chr": "hr", "chl": "hl", "h": "",
    "ph": "f", "f": "f", "v": "f", "w": "f", "ff": "f",
    "ck": "k", "q": "k", "k": "k", "c": "k", "ce": "s", "ci": "s", "cy": "s",
    "dt": "t", "th": "t", "t": "t", "d": "d", "dh": "d", "b": "b", "bh": "b", "g": "g", "l": "l", "m": "m", "n": "n",
    "p": "p", "r": "r", "a": "", "e": "", "i": "", "o": "", "u": "", "y": "",
}  # fmt: skip
"""The sound of each spelling: one letter for what is spelt in several ways, none for vowels and `h`."""

AT_FIRST = {
    "h": "h", "x": "s", "a": "a", "e": "a", "i": "a", "o": "a", "u": "a", "ya": "j", "yo": "j", "yu": "j", "y": "a",
    "ye": "a", "je": "a", "ju": "j", "ja": "j", "wh": "f", "wr": "r",
}  # fmt: skip
"""What sounds otherwise at the beginning of a word; all first vowels are one."""

VOWELS = {"a": "a", "e": "i", "i": "i", "y": "i", "o": "u", "u": "u"}
"""Vowels as one letter each for those that romanisations exchange."""

_LONGEST = 4


@lru_cache(maxsize=262_144)
def skeleton(word: str) -> str:
    """The consonants of a word as sounds, adjacent doubles as one; of a word with other signs the word itself."""
    if not (word.isascii() and word.isalpha()):
        return word
    found = ""
    doubled = False
    for _, sound in _sounds(word):
        found += sound.removeprefix(found[-1:] if doubled else "")
        doubled = bool(sound)
    return found


@lru_cache(maxsize=65_536)
def spoken(word: str) -> str:
    """The sounds of a word of letters a to z with its vowels, adjacent doubles as one: Cubanacan, Coubanakan."""
    found = ""
    for place, (spelling, sound) in enumerate(_sounds(word)):
        vowel = VOWELS.get(spelling[-1], "")
        consonant = "" if place == 0 and spelling in VOWELS else sound
        for letter in consonant + vowel:
            found += letter if letter != found[-1:] else ""
    return found


def _sounds(word: str) -> Iterator[tuple[str, str]]:
    """Each spelling of a word, the longest first, with its sound."""
    place = 0
    while place < len(word):
        for length in range(min(_LONGEST, len(word) - place), 0, -1):
            spelling = word[place : place + length]
            sound = AT_FIRST.get(spelling, SPELLINGS.get(spelling)) if place == 0 else SPELLINGS.get(spelling)
            if sound is not None:
                break
        yield spelling, sound or ""
        place += length
