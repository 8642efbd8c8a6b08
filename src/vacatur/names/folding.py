"""A name of any script as words: Latin letters in lower case, legal forms and numbers as one word each."""

import re
from functools import lru_cache
from itertools import groupby

from vacatur.names.forms import (
    AT_AN_END,
    AT_THE_END,
    FORMS,
    GLUED_BEFORE,
    GLUED_BEHIND,
    LONGEST_FORM,
    SHORTEST_GLUED,
    is_form,
)
from vacatur.names.kinds import TENS, number_of
from vacatur.names.scripts import WITHOUT_VOWELS, to_latin

_DOTTED = re.compile(r"\b(?:[a-z]\.\s?)+[a-z]?\b\.?")
_SIGNS_FOR_LETTERS = {"@": "a", "$": "s", "!": "i"}
_SIGN_FOR_LETTER = re.compile(r"(?<=[a-z])[@$!](?=[a-z])")
_GLUED = re.compile(r"(?<=[a-z]{3})[a-z](?:\.[a-z])++\.?+(?![a-z0-9])")
_SLASHED = re.compile(r"\b([a-z])/([a-z])\b")
_JOINERS = str.maketrans(dict.fromkeys("'’‘`´ʻʼ\"“”„", ""))
_WORD = re.compile(r"[a-z0-9]+[^\x00-\x7f]*")
_LATIN = re.compile(r"[a-z0-9]+")
SHORTEST_SPACED = 4
SERVANT = frozenset({"abd", "abdu"})
ARTICLES = frozenset("al el ul ad ar as at az an ash ud ur us".split())


def words(text: str) -> tuple[str, ...]:
    """The Latin words of a name: `Хуавэй` → khuavey; `小米` → xiao, mi; `S.A.` → sa; `O'Neill` → oneill."""
    return tuple(latin(word) for word in _words(text))


def latin(token: str) -> str:
    """The Latin part of a token: `xi习` → xi; of a legal form, the token itself."""
    if token.isascii() or is_form(token):
        return token
    found = _LATIN.match(token)
    return found.group() if found else token


def characters(token: str) -> str:
    """The Han or Hangul characters that a token stands for: `xi习` → 习; empty for other scripts."""
    return "" if token.isascii() or is_form(token) else token[len(latin(token)) :].removesuffix(WITHOUT_VOWELS)


def lacks_vowels(token: str) -> bool:
    """Whether a token was read from a script that writes few vowels: `mhmdʿ`."""
    return token.endswith(WITHOUT_VOWELS)


@lru_cache(maxsize=65_536)
def _words(text: str) -> tuple[str, ...]:
    folded = text if text.isascii() else to_latin(text)
    folded = folded.casefold().translate(_JOINERS)
    folded = _SIGN_FOR_LETTER.sub(lambda sign: _SIGNS_FOR_LETTERS[sign.group()], folded)
    if "/" in folded:
        folded = _SLASHED.sub(r"\1\2", folded)
    if "." in folded:
        folded = _GLUED.sub(_parted, folded)
        folded = _DOTTED.sub(_undotted, folded)
    return _without_spacing([part for word in _WORD.findall(folded) for part in _unglued(word)])


def _without_spacing(parts: list[str]) -> tuple[str, ...]:
    """Four letters or more that stand apart, as one word: `S M I C`."""
    found: list[str] = []
    for letters, run in groupby(parts, key=lambda part: len(part) == 1 and part.isalpha()):
        together = [*run]
        found += ["".join(together)] if letters and len(together) >= SHORTEST_SPACED else together
    return tuple(found)


def _unglued(word: str) -> tuple[str, ...]:
    """A legal form that was written on to the word before or after it, apart: `taralimited` → tara, limited."""
    for form in GLUED_BEHIND:
        if word.endswith(form) and len(word) >= len(form) + SHORTEST_GLUED:
            return word[: -len(form)], form
    for form in GLUED_BEFORE:
        if word.startswith(form) and len(word) >= len(form) + SHORTEST_GLUED:
            return form, word[len(form) :]
    return (word,)


def _parted(dotted: re.Match[str]) -> str:
    """A dotted legal form that was written on to a word, apart: `tara s.a.`."""
    return f" {dotted.group()}" if (dotted.group().replace(".", ""),) in FORMS else dotted.group()


def _undotted(dotted: re.Match[str]) -> str:
    """`s.m.i.c.` as one word, and `s.a.`, a legal form; the two initials of a person stay apart: `v. v.`.

    What could be either is left to `_token` where the name goes on: `A. G. Lukashenko`, `Tara S.A. Services`.
    """
    joined = dotted.group().replace(".", "").replace(" ", "")
    doubtful = joined in AT_THE_END and _WORD.search(dotted.string, dotted.end())
    together = len(joined) != 2 or ((joined,) in FORMS and not doubtful)
    return f" {joined if together else ' '.join(joined)} "


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a name with each legal form as one token: `Foo Limited Liability Company` → foo, §llc.

    Words of Han and Hangul keep their characters (`xi习`); numbers in words are figures (`forty-four` → 44); `Abd al-`
    is one word.
    """
    plain = _words(text)
    read = tuple(latin(word) for word in plain)
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(plain):
        token, length = _token(read, place)
        found.append((token or plain[place], read[place]))
        place += length
    return _only_true_forms(found)


def _token(read: tuple[str, ...], place: int) -> tuple[str | None, int]:
    """The token that stands for the words from `place` on, None for the word as it is, and how many they are."""
    for length in range(min(LONGEST_FORM, len(read) - place), 0, -1):
        form = FORMS.get(read[place : place + length])
        initials_first = place == 0 and length == 2 and len(read[0]) == len(read[1]) == 1
        if form and (place > 0 or length < len(read)) and not initials_first:
            return form, length
    word, after = read[place], read[place + 1] if place + 1 < len(read) else ""
    if word in TENS:
        unit = number_of(after)
        one_figure = len(unit) == 1 and unit != "0"
        return str(TENS[word] + (int(unit) if one_figure else 0)), 2 if one_figure else 1
    if word in SERVANT and after in ARTICLES:
        return "abdul", 2
    return None, 1


def _only_true_forms(found: list[tuple[str, str]]) -> tuple[str, ...]:
    """Tokens, with short words that stand inside the name no legal forms any more: `Kim Se Un` is no company."""
    kept: list[str] = []
    only_forms_follow = True
    for place, (token, word) in reversed(list(enumerate(found))):
        doubtful = is_form(token) and (word in AT_THE_END or (word in AT_AN_END and place > 0))
        if doubtful and not only_forms_follow:
            kept.append(word)
        else:
            kept.append(token)
        only_forms_follow = only_forms_follow and is_form(kept[-1])
    return tuple(reversed(kept))


def initials(plain: tuple[str, ...]) -> str:
    """The first letters of some words."""
    return "".join(word[0] for word in plain)
