"""The tables and numbers of the plain scorer as one message to the kernel, so that both always score by the same."""

import ctypes
import struct
from collections.abc import Iterable, Iterator
from functools import cache

from vacatur.errors import UserError
from vacatur.matching import context, likeness, pairing, score, words
from vacatur.matching.kernel.library import kernel
from vacatur.matching.kernel.wire import U32, text, texts
from vacatur.names import common, folding, forms, kinds, phonetics, senses

SERVANT, ARTICLE, FILIAL, AT_THE_END, AT_AN_END = (1 << bit for bit in range(5))


class Rules:
    """The tables inside the kernel; they live as long as this does."""

    def __init__(self, message: bytes) -> None:
        self._kernel = kernel()
        self.handle = self._kernel.vacatur_rules_new(message, len(message))
        if not self.handle:
            raise UserError("the matching kernel is of another version than the package. Install the package again.")

    def __del__(self) -> None:
        if getattr(self, "handle", None):
            self._kernel.vacatur_rules_free(self.handle)

    def tokens(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words and tokens of an ASCII name as the kernel cuts them, for tests."""
        encoded = name.encode("ascii")
        room = ctypes.create_string_buffer(16 * len(encoded) + 16)
        length = self._kernel.vacatur_tokenise(self.handle, encoded, len(encoded), room, len(room))
        left, _, right = room.raw[:length].decode().partition("|")
        return tuple(left.split()), tuple(right.split())


@cache
def rules() -> Rules:
    """The rules of this version of the package."""
    return Rules(rules_message())


def rules_message() -> bytes:
    """The message, in the order in which the kernel reads it (rules.c)."""
    numbers = _packed(_numbers())
    phrases = [(" ".join(phrase), token) for phrase, token in forms.FORMS.items()]
    listed = sorted(_listed_words())
    spellings = [*((key, 0, sound) for key, sound in phonetics.SPELLINGS.items())]
    spellings += [(key, 1, sound) for key, sound in phonetics.AT_FIRST.items()]
    return b"".join(
        (
            U32.pack(len(numbers)) + numbers,
            U32.pack(len(phrases)),
            *(text(phrase) + text(token) for phrase, token in phrases),
            U32.pack(len(listed)),
            *map(_word, listed),
            U32.pack(len(spellings)),
            *(text(spelling) + U32.pack(first) + text(sound) for spelling, first, sound in spellings),
            texts(forms.GLUED_BEHIND),
            texts(forms.GLUED_BEFORE),
            texts(kinds.LONG_FORM_WORDS),
            texts([letters[0] + figure + letters[1:] for figure, letters in likeness.LOOKS_LIKE.items()]),
            texts([vowel + as_spoken for vowel, as_spoken in phonetics.VOWELS.items()]),
        )
    )


def _packed(numbers: Iterable[int]) -> bytes:
    return b"".join(map(U32.pack, numbers))


def _listed_words() -> set[str]:
    listed: set[str] = set()
    for group in (
        kinds.STOPS,
        kinds.FORM_WORDS,
        kinds.TITLES,
        kinds.PARTICLES,
        kinds.GENERIC,
        kinds.PLACES,
        kinds.NUMERALS,
        kinds.TENS,
        kinds.FILIAL,
        common.table(),
        senses.table(),
        folding.SERVANT,
        folding.ARTICLES,
        forms.AT_THE_END,
        forms.AT_AN_END,
    ):
        listed.update(group)
    return listed


def _word(word: str) -> bytes:
    flags = (
        SERVANT * (word in folding.SERVANT)
        | ARTICLE * (word in folding.ARTICLES)
        | FILIAL * (word in kinds.FILIAL)
        | AT_THE_END * (word in forms.AT_THE_END)
        | AT_AN_END * (word in forms.AT_AN_END)
    )
    known = words.word_of(word)
    says = _packed(senses.senses(word))
    return b"".join(
        (
            text(word),
            struct.pack("<5I", known.kind, flags, kinds.TENS.get(word, 0), known.common, known.weight),
            text(known.number),
            U32.pack(len(says)) + says,
        )
    )


def _numbers() -> Iterator[int]:
    """Numbers32 of rules.h."""
    yield from (words.KIND_WEIGHT[kind] for kind in kinds.Kind)
    yield from (words.SHORT_NAME, words.SYLLABLE, words.RAREST, words.COMMONEST)
    yield from (likeness.INITIAL, likeness.SAME_SENSE, likeness.OTHER_FORM, likeness.PLURAL)
    for by_letters in likeness.EDIT_LIKENESS[1:]:
        yield from by_letters
    yield from (likeness.OTHER_BEGINNING, likeness.SOUND_BASE, likeness.SOUND_EDITS, likeness.SOUND_SHORT)
    yield from (likeness.SPOKEN, likeness.SPOKEN_SHORT, likeness.SPOKEN_EDITS)
    yield from (likeness.SOUND_ALONE, *likeness.LETTERS_APART, likeness.LETTERS_APART_WITHOUT_VOWELS)
    yield from (likeness.UNWRITTEN, likeness.FIGURES_FOR_LETTERS, likeness.KNOWN_NAMES, likeness.OTHER_KNOWN_NAME)
    yield sum(1 << kind for kind in likeness.KNOWN_KINDS)
    yield from (pairing.MOST_JOINED, pairing.SHORTEST_JOINED, pairing.JOINED_AT_LEAST)
    for mode in (score.Mode.OTHER, score.Mode.PERSON):
        shares = score.SHARES[mode]
        yield from (shares.extra, shares.lone, shares.place, shares.contradiction, shares.floor)
    yield from (
        score.TELLING,
        score.OVER_NAME,
        score.FOUNDING,
        score.FOUNDING_WORDS,
        score.NUMBER_MISSING,
        score.NUMBER_DIFFERS,
        score.INITIAL_DIFFERS,
    )
    yield from (score.CHANGED_PLACES, score.LONE_SHORT, score.WEAK_ALIAS, score.LONE_SHORT_LETTERS, score.ONE_TYPO)
    yield from (score.SAME_ENOUGH, score.ACRONYM, score.SHORT_ACRONYM, score.SHORTEST_ACRONYM)
    yield from (forms.SHORTEST_GLUED, kinds.SHORTEST_MISSPELT, folding.SHORTEST_SPACED)
    off = (
        context.OTHER_IDENTIFIER,
        context.OTHER_COUNTRY,
        context.OTHER_BIRTH_DATE,
        context.OTHER_GENDER,
        context.OTHER_KIND,
    )
    yield from (round(part * score.WHOLE) for part in off)
