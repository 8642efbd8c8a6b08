"""The score of two names, word by word; what every hit, comparison and explanation rests on.

"The score, exactly" in docs/matching.md says the same in prose; the native kernel is held to this file by tests. All
arithmetic is in whole numbers, so that a score is the same everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from vacatur.matching.likeness import is_number
from vacatur.matching.model import Evidence
from vacatur.matching.pairing import Pair, Weigh, pair_words
from vacatur.matching.words import word_of
from vacatur.names.folding import characters, initials, latin, tokens, words
from vacatur.names.kinds import FILIAL, Kind


class Mode(Enum):
    """Whose names are compared: people leave out names, companies and ships differ by a number or a place."""

    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Shares:
    """What words without partner count, in thousandths of their weight.

    `extra` while all the other name's telling words are met, `lone` if only one telling word met, `place` for the name
    of a place; `contradiction` once both names have telling words left; `floor` is the least weight of a word that
    contradicts.
    """

    extra: int
    lone: int
    place: int
    contradiction: int
    floor: int


SHARES = {
    Mode.PERSON: Shares(extra=200, lone=300, place=200, contradiction=1300, floor=700),
    Mode.OTHER: Shares(extra=400, lone=400, place=1000, contradiction=1200, floor=300),
}
TELLING = 450
"""A word that weighs at least this tells who is meant."""

OVER_NAME = 1000
"""What the query's further names count if the list's name has but one telling word: George Bush is no `Bush`."""

FOUNDING = 500
"""A pair of words that are less alike says nothing of who is meant."""

FOUNDING_WORDS = 3
"""So many words that tell little (`Credit Bank of Moscow`) are together enough, if only one name has more."""

NUMBER_MISSING = 220
NUMBER_DIFFERS = 400
INITIAL_DIFFERS = 250
CHANGED_PLACES = 350
LONE_SHORT = 350
WEAK_ALIAS = 50
"""What is taken off the score: a number that one name lacks, another number, another initial, father and son
exchanged, a lone short word that is not the same, an alias that the list calls weak."""

LONE_SHORT_LETTERS = 5
ONE_TYPO = 790
SAME_ENOUGH = 950
ACRONYM = 850
SHORT_ACRONYM = 720
SHORTEST_ACRONYM = 3
WHOLE = 1000


@dataclass(frozen=True, slots=True)
class NameScore:
    """A score from 0 to 1 in thousandths, with its parts, which sum to it."""

    score: float
    evidence: tuple[Evidence, ...]


NOTHING = NameScore(0.0, ())


def default_weight(token: str) -> int:
    """The weight of a token in thousandths where no list tells its rarity."""
    return word_of(token).weight


def score_names(
    query: str, name: str, weigh: Weigh = default_weight, *, mode: Mode = Mode.OTHER, weak: bool = False
) -> NameScore:
    """Score `query` against one name of the list; `weak` marks a weak alias."""
    left, right = tokens(query), tokens(name)
    if not left or not right:
        return NOTHING
    if left == right:
        return _settled(WHOLE, [Evidence(query, name, "exact", 1.0)], [], weak=weak)
    scored = _Comparison(left, right, weigh, mode).scored(weak=weak)
    if mode is Mode.PERSON:
        return scored
    of_query = acronym_letters(right, query)
    letters = max(acronym_letters(left, name), of_query if of_query > SHORTEST_ACRONYM else 0)
    met = ACRONYM if letters > SHORTEST_ACRONYM else SHORT_ACRONYM if letters else 0
    by_initials = Evidence(query, name, "acronym", met / WHOLE, "initials of the other name")
    return max(scored, _settled(met, [by_initials], [], weak=weak), key=lambda one: one.score) if met else scored


def acronym_letters(short: Sequence[str], long: str) -> int:
    """How many letters an acronym has: a name of one word, legal forms aside, that is the other's initials; else 0.

    The initials of the other name are those of all its words, or without small words and legal forms.
    """
    telling = [token for token in short if word_of(token).kind is not Kind.FORM]
    if len(telling) != 1 or len(telling[0]) < SHORTEST_ACRONYM or len(words(long)) < SHORTEST_ACRONYM:
        return 0
    without_small = tuple(token for token in tokens(long) if word_of(token).kind not in (Kind.STOP, Kind.FORM))
    return len(telling[0]) if telling[0] in (initials(words(long)), initials(without_small)) else 0


class _Comparison:
    """Two names, their pairs, and what is left over."""

    def __init__(self, left: Sequence[str], right: Sequence[str], weigh: Weigh, mode: Mode) -> None:
        self.left, self.right, self.weigh = left, right, weigh
        self.person = mode is Mode.PERSON
        self.shares = SHARES[mode]
        self.pairs = pair_words(left, right, weigh, person=self.person)
        met_left = {place for pair in self.pairs for place in pair.lefts}
        met_right = {place for pair in self.pairs for place in pair.rights}
        self.only_left = [word for place, word in enumerate(left) if place not in met_left]
        self.only_right = [word for place, word in enumerate(right) if place not in met_right]

    def scored(self, *, weak: bool) -> NameScore:
        telling = sum(self._tells(pair) for pair in self.pairs)
        if not self._is_founded(telling):
            return NOTHING
        of_left, of_right = self._weights_left_over(telling)
        total = sum(pair.weight for pair in self.pairs) * WHOLE + 2 * (sum(of_left) + sum(of_right))
        met = sum(pair.likeness * pair.weight for pair in self.pairs) * WHOLE // max(1, total)
        parts = [
            Evidence(
                " ".join(_shown(self.left[place]) for place in pair.lefts),
                " ".join(_shown(self.right[place]) for place in pair.rights),
                pair.feature,
                pair.likeness * pair.weight / max(1, total),
                f"weighs {pair.weight / 2000:.2f}",
            )
            for pair in self.pairs
        ]
        parts += [
            Evidence(_shown(word), "", "unmatched", 0.0, f"weighs {weight / WHOLE / WHOLE:.2f}")
            for word, weight in zip(self.only_left, of_left, strict=True)
        ]
        parts += [
            Evidence("", _shown(word), "unmatched", 0.0, f"weighs {weight / WHOLE / WHOLE:.2f}")
            for word, weight in zip(self.only_right, of_right, strict=True)
        ]
        return _settled(met, parts, self._taken_off(telling), weak=weak)

    def _is_initial(self, token: str) -> bool:
        word = word_of(token)
        return word.kind is Kind.INITIAL and not is_number(word, person=self.person)

    def _word_telling(self, token: str) -> bool:
        return self._is_name(token) and self.weigh(token) >= TELLING

    @staticmethod
    def _is_name(token: str) -> bool:
        return word_of(token).kind is Kind.NAME

    def _tells(self, pair: Pair) -> bool:
        """Whether a pair says who is meant: not a legal form, title, generic word, place, initial or number alone."""
        if pair.feature == "initial" or pair.likeness < FOUNDING:
            return False
        met = [*(self.left[place] for place in pair.lefts), *(self.right[place] for place in pair.rights)]
        return any(word_of(token).kind is Kind.NAME for token in met)

    def _is_founded(self, telling: int) -> bool:
        """Whether the names share something that tells who is meant, or everything that they have."""
        if telling:
            return True
        slight = (Kind.FORM, Kind.STOP, Kind.TITLE, Kind.PARTICLE)
        ours = [word for word in self.only_left if word_of(word).kind not in slight]
        theirs = [word for word in self.only_right if word_of(word).kind not in slight]
        kinds = [word_of(self.left[pair.lefts[0]]).kind for pair in self.pairs]
        if any(pair.feature == "initial" for pair in self.pairs):
            return False
        if not ours and not theirs:
            return sum(kind is not Kind.FORM for kind in kinds) >= 2
        met = sum(kind not in slight for kind in kinds)
        return not self.person and met >= FOUNDING_WORDS and not (ours and theirs)

    def _contradicts(self, token: str) -> bool:
        """Whether a word without partner speaks against the other name's words without partner."""
        return word_of(token).kind in (Kind.NAME, Kind.PLACE) or (
            word_of(token).kind is Kind.GENERIC and not self.person
        )

    def _weights_left_over(self, telling: int) -> tuple[list[int], list[int]]:
        """The weights of the words without partner, in millionths."""
        shares = self.shares
        contradicted = any(map(self._contradicts, self.only_left)) and any(map(self._contradicts, self.only_right))
        if contradicted or (self.person and self._in_characters()):
            return (
                [self._contradicting(word) for word in self.only_left],
                [self._contradicting(word) for word in self.only_right],
            )
        share = shares.extra if telling >= 2 else shares.lone
        over = OVER_NAME if sum(map(self._word_telling, self.right)) <= 1 else share
        return (
            [self._further(word, over if self._is_name(word) else share) for word in self.only_left],
            [self._further(word, share) for word in self.only_right],
        )

    def _in_characters(self) -> bool:
        """Whether a name is written in Han or Hangul: of such names nothing is left out."""
        return any(word_of(word).characters for word in (*self.left, *self.right))

    def _further(self, token: str, share: int) -> int:
        if word_of(token).kind is Kind.PLACE:
            share = max(share, self.shares.place)
        return share * self.weigh(token)

    def _contradicting(self, token: str) -> int:
        weight = self.weigh(token)
        if word_of(token).kind is Kind.NAME:
            weight = max(weight, self.shares.floor)
        return self.shares.contradiction * weight

    def _taken_off(self, telling: int) -> list[Evidence]:
        return [*self._numbers(), *self._initials(), *self._places(), *self._lone_short(telling)]

    def _numbers(self) -> list[Evidence]:
        ours = [word for word in self.only_left if is_number(word_of(word), person=self.person)]
        theirs = [word for word in self.only_right if is_number(word_of(word), person=self.person)]
        if ours and theirs:
            return [_off(" ".join(ours), " ".join(theirs), "number", NUMBER_DIFFERS, "another number")]
        if (ours or theirs) and not self.person:
            return [_off(" ".join(ours), " ".join(theirs), "number", NUMBER_MISSING, "only one name has a number")]
        return []

    def _initials(self) -> list[Evidence]:
        ours, theirs = [*filter(self._is_initial, self.only_left)], [*filter(self._is_initial, self.only_right)]
        spoken_against = self.person and (
            (ours and any(map(self._contradicts, self.only_right)))
            or (theirs and any(map(self._contradicts, self.only_left)))
        )
        if (ours and theirs) or spoken_against:
            return [_off(" ".join(ours), " ".join(theirs), "initial", INITIAL_DIFFERS, "another initial")]
        return []

    def _places(self) -> list[Evidence]:
        """Father and son exchanged: a word behind `bin` on one side met one before it on the other."""
        if not self.person:
            return []
        behind_left, behind_right = _behind_filial(self.left), _behind_filial(self.right)
        if not behind_left or not behind_right:
            return []
        moved = [
            (pair.lefts[0] in behind_left) - (pair.rights[0] in behind_right)
            for pair in self.pairs
            if word_of(self.left[pair.lefts[0]]).kind is Kind.NAME
        ]
        if 1 in moved and -1 in moved:
            return [_off("", "", "order", CHANGED_PLACES, "father and child change places")]
        return []

    def _lone_short(self, telling: int) -> list[Evidence]:
        """A lone short word that is merely alike is not enough."""
        if telling != 1:
            return []
        pair = next(pair for pair in self.pairs if self._tells(pair))
        letters = max(
            sum(len(word_of(self.left[place]).latin) for place in pair.lefts),
            sum(len(word_of(self.right[place]).latin) for place in pair.rights),
        )
        enough = ONE_TYPO if letters == LONE_SHORT_LETTERS else SAME_ENOUGH
        if letters <= LONE_SHORT_LETTERS and pair.likeness < enough:
            return [_off("", "", "short", LONE_SHORT, "one short word, not the same")]
        return []


def _behind_filial(name: Sequence[str]) -> set[int]:
    return {place + 1 for place, word in enumerate(name[:-1]) if word_of(word).latin in FILIAL}


def _shown(token: str) -> str:
    """A token as a person is shown it: in its characters where it has them, else in Latin letters."""
    return characters(token) or latin(token).removeprefix("§")


def _off(query: str, matched: str, feature: str, amount: int, note: str) -> Evidence:
    return Evidence(query, matched, feature, -amount / WHOLE, note)


def _settled(met: int, parts: Sequence[Evidence], taken: Sequence[Evidence], *, weak: bool) -> NameScore:
    """The score with its parts in thousandths: the parts are rounded so that they sum to it."""
    taken = [*taken]
    if weak:
        taken.append(_off("", "", "weak_alias", WEAK_ALIAS, "the list calls this alias weak"))
    whole = [int(part.score * WHOLE) for part in parts]
    rest = met - sum(whole)
    lines = []
    for part, thousandths in zip(parts, whole, strict=True):
        more = 1 if rest > 0 and part.score > 0 else 0
        rest -= more
        lines.append(Evidence(part.query, part.matched, part.feature, (thousandths + more) / WHOLE, part.note))
    left = met
    for part in taken:
        amount = min(left, round(-part.score * WHOLE))
        left -= amount
        lines.append(Evidence(part.query, part.matched, part.feature, -amount / WHOLE, part.note))
    return NameScore(left / WHOLE, tuple(lines))
