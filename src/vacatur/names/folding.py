"""A name of any script as Latin words in lower case.

Transliteration is that of `anyascii` (ISC), which writes each Han or Hangul syllable as a word of its own.
"""

import re
import unicodedata
from functools import lru_cache

from vacatur.names.forms import FORMS, LONGEST_FORM

_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DOTTED = re.compile(r"\b(?:[a-z]\.\s?)+[a-z]?\b\.?")
_JOINERS = str.maketrans(dict.fromkeys("'’‘`´ʻʼ\"“”„", ""))
_WORD = re.compile(r"[a-z0-9]+")
_SYLLABIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name: `Хуавэй` → khuavey; `小米` → xiao, mi; `S.A.` → sa; `O'Neill` → oneill."""
    folded = text if text.isascii() else _to_latin(text)
    folded = folded.casefold().translate(_JOINERS)
    folded = _DOTTED.sub(lambda match: f"{match.group().replace('.', '').replace(' ', '')} ", folded)
    return tuple(_WORD.findall(folded))


def _to_latin(text: str) -> str:
    from anyascii import anyascii  # noqa: PLC0415 - Latin names do without it

    spaced = _SYLLABIC.sub(
        lambda run: f" {_SYLLABLE.sub(' ', anyascii(run.group()))} ", unicodedata.normalize("NFKC", text)
    )
    return anyascii(spaced)


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a name with each legal form as one token: `Foo Limited Liability Company` → foo, §llc."""
    plain = words(text)
    found: list[str] = []
    place = 0
    while place < len(plain):
        for length in range(min(LONGEST_FORM, len(plain) - place), 0, -1):
            form = FORMS.get(plain[place : place + length])
            if form and (place > 0 or length < len(plain)):
                found.append(form)
                place += length
                break
        else:
            found.append(plain[place])
            place += 1
    return tuple(found)


def acronym(plain: tuple[str, ...]) -> str | None:
    """The initials of a name of three words or more; None for shorter ones."""
    return "".join(word[0] for word in plain) if len(plain) >= 3 else None
