"""A key that words keep when they are transliterated differently: Mohammed, Muhammad; Khuavey, Huawei."""

import re
from functools import lru_cache

_RULES = (
    (re.compile(r"sch|tsh|tch"), "c"),
    (re.compile(r"dzh|dj|zh"), "j"),
    (re.compile(r"ts|tz|cz"), "s"),
    (re.compile(r"kh|gh|ch(?=[rl])"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"sh|ss"), "s"),
    (re.compile(r"ck|q|c(?=[aoukrlt]|$)"), "k"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<=.)h"), ""),
    (re.compile(r"(?<!^)[aeiouy]"), ""),
    (re.compile(r"^[aeiouy]"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""Applied in this order: one letter for each sound that is spelt in several ways, then no vowels but the first."""


@lru_cache(maxsize=262_144)
def skeleton(word: str) -> str:
    """The consonants of a word as sounds; the word itself where it has figures."""
    if not word.isalpha():
        return word
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word
