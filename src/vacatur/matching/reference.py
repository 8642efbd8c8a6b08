"""A search in plain Python: every name is looked at. It is slow, and what the kernel is held to by tests.

`may_reach` is the rule by which names are worth scoring (docs/matching.md, "How names are found"); without it every
name is scored, with which `benchmarks/candidate_recall.py` compares it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from rapidfuzz.distance import OSA

from vacatur.matching.compare import mode_of
from vacatur.matching.context import Details, in_context, same_identifier
from vacatur.matching.likeness import (
    EDIT_LIKENESS,
    INITIAL,
    KNOWN_KINDS,
    SOUND_BASE,
    SOUND_EDITS,
    SOUND_SHORT,
    SPOKEN_EDITS,
    likeness,
)
from vacatur.matching.model import IndexedName, IndexedParty, Match, Query
from vacatur.matching.pairing import JOINED_AT_LEAST, MOST_JOINED, SHORTEST_JOINED, joined_likeness
from vacatur.matching.score import (
    FOUNDING,
    FOUNDING_WORDS,
    OVER_NAME,
    SHARES,
    WHOLE,
    Mode,
    NameScore,
    acronym_letters,
    score_names,
)
from vacatur.matching.words import SYLLABLE, Word, weight_in_list, word_of
from vacatur.names.folding import latin, tokens
from vacatur.names.kinds import Kind

LEAST_LIKENESS = 400
LONGEST_RUN = 3
LONGEST_OF_THREE = 12
SHORTEST_HALVED = 6
SLIGHT = frozenset({Kind.STOP, Kind.TITLE, Kind.PARTICLE})
WEIGHTY = frozenset({Kind.NAME, Kind.GENERIC, Kind.PLACE, Kind.NUMBER})


class ListWeights:
    """What words weigh in a list: by how many of its names hold them."""

    def __init__(self, parties: Sequence[IndexedParty]) -> None:
        self._counts: dict[str, int] = {}
        self._names = 0
        for party in parties:
            for name in party.names:
                self._names += 1
                for word in {latin(token) for token in tokens(name.text)}:
                    self._counts[word] = self._counts.get(word, 0) + 1

    def __call__(self, token: str) -> int:
        """The weight of a token in thousandths."""
        word = word_of(token)
        return weight_in_list(word, self._counts.get(word.latin, 1), self._names)


Weigh = Callable[[str], int]


def search(
    parties: Sequence[IndexedParty],
    query: Query,
    limit: int = 10,
    threshold: float = 0.7,
    *,
    weigh: Weigh | None = None,
    by_rule: bool = True,
) -> list[Match]:
    """What `Index.search` answers for a list of parties; without `by_rule` every name is scored."""
    weigh = weigh or ListWeights(parties)
    found = []
    for party in parties:
        best = _best_name(party, query, threshold, weigh, by_rule=by_rule)
        if best is None:
            continue
        rank, name, scored = best
        details = Details(party.schema, party.countries, party.birth_dates, party.genders, party.identifiers)
        score, evidence = in_context(query, details, scored.score, scored.evidence)
        if score and score >= threshold:
            match = Match(party.id, score, name.text, partial(tuple, evidence))
            found.append((-score, rank, party.id.encode(), match))
    found.sort(key=lambda hit: hit[:3])
    return [hit[-1] for hit in found[:limit]]


Rank = tuple[bool, bool, int]


def _best_name(
    party: IndexedParty, query: Query, threshold: float, weigh: Weigh, *, by_rule: bool
) -> tuple[Rank, IndexedName, NameScore] | None:
    """The name of a party that answers: the one that scores best, else the first if an identifier is shared."""
    best: tuple[tuple[float, Rank], IndexedName, NameScore] | None = None
    first: tuple[Rank, IndexedName, NameScore] | None = None
    for place, name in enumerate(party.names):
        if not _counts(name, query):
            continue
        plain = (name.kind != "name", place)
        if first is None:
            first = ((True, *plain), name, NameScore(0.0, ()))
        mode = mode_of(party.schema, query.schema)
        if by_rule and not may_reach(query.name, name.text, round(threshold * WHOLE), weigh, mode):
            continue
        scored = score_names(query.name, name.text, weigh, mode=mode, weak=name.kind == "weakAlias")
        rank = (tokens(query.name) != tokens(name.text), *plain)
        if scored.score and scored.score >= threshold and (best is None or (-scored.score, rank) < best[0]):
            best = ((-scored.score, rank), name, scored)
    if best is not None:
        return best[0][1], best[1], best[2]
    shared = any(same_identifier(query, pair) for pair in party.identifiers)
    return first if shared else None


def _counts(name: IndexedName, query: Query) -> bool:
    until = 2**62 if name.retracted is None else name.retracted
    return name.known_from <= query.known and name.recorded <= query.recorded < until


@dataclass(frozen=True, slots=True)
class _Unit:
    """One or more words of the query read as one."""

    word: Word
    weight: int
    tells: bool
    joined: bool


def may_reach(query: str, name: str, threshold: int, weigh: Weigh, mode: Mode) -> bool:
    """Whether a name is worth scoring: its words speak for the threshold, if all else speaks as little as may be."""
    left, right = tokens(query), tokens(name)
    if mode is Mode.OTHER and (acronym_letters(left, name) or acronym_letters(right, query)):
        return True
    asked = [word_of(token) for token in left]
    free = _free(asked)
    gain, covered, weight = 0, 0, 0
    for word in asked:
        if not free(word):
            weight += weigh(word.token)
        elif len(word.latin) == 1:
            initial, same = (INITIAL - threshold) * (weigh(word.token) + WHOLE), weigh(word.token) + SYLLABLE
            gain += max(initial, (WHOLE - threshold) * same)
            covered += WHOLE
        else:
            gain += (WHOLE - threshold) * 2 * weigh(word.token)
    met = [*_meetings(asked, [word_of(token) for token in right], threshold, weigh, free)]
    gain += sum(meeting.gain for meeting in met)
    telling = sum(meeting.tells for meeting in met)
    names = [weigh(word.token) for word in asked if word.kind is Kind.NAME and not free(word)]
    little = any(word.kind is Kind.NAME for word in asked) and not telling
    if not met or (little and (mode is Mode.PERSON or len(met) < FOUNDING_WORDS)):
        return False
    unmet = sum(names) if little else 0
    theirs = sum(weigh(token) for token in right if _is_weighty(word_of(token)))
    without = max(0, max(0, weight - sum(meeting.weight for meeting in met)) - unmet)
    without += max(0, theirs - covered - sum(meeting.covered for meeting in met))
    share = SHARES[mode].extra if telling >= 2 else SHARES[mode].lone
    return gain * 500 >= threshold * (share * without + OVER_NAME * unmet)


def _is_weighty(word: Word) -> bool:
    return word.kind in WEIGHTY and len(word.latin) > 1


def _free(asked: Sequence[Word]) -> Callable[[Word], bool]:
    """Which words are no way to a name: single letters and legal forms, small words, unless there is nothing else."""

    def single(word: Word) -> bool:
        return len(word.latin) == 1 or word.kind is Kind.FORM

    def slight(word: Word) -> bool:
        return single(word) or word.kind in SLIGHT

    return next((free for free in (slight, single) if not all(map(free, asked))), lambda _: False)


@dataclass(frozen=True, slots=True, order=True)
class _Meeting:
    """What a unit met: the best that tells, by how far it speaks for the threshold.

    `covered` is what the words of the name weigh, `weight` what those of the query do.
    """

    tells: bool
    gain: int
    covered: int
    weight: int


def _meetings(
    asked: Sequence[Word], words_of_name: Sequence[Word], threshold: int, weigh: Weigh, free: Callable[[Word], bool]
) -> Iterator[_Meeting]:
    runs = [*_runs(words_of_name)]
    for unit in _units(asked, weigh):
        if not unit.joined and free(unit.word):
            continue
        best = max(_of_unit(unit, words_of_name, threshold, weigh), default=None)
        for written in () if unit.joined else _of_runs(unit, runs, threshold, weigh):
            best = _either(best, written) if best else written
        if best:
            yield best


def _either(one: _Meeting, other: _Meeting) -> _Meeting:
    """The most of two meetings of one unit, as the score may choose either."""
    gain, covered = max(one.gain, other.gain), max(one.covered, other.covered)
    return _Meeting(one.tells or other.tells, gain, covered, one.weight)


def _of_unit(unit: _Unit, words_of_name: Sequence[Word], threshold: int, weigh: Weigh) -> Iterator[_Meeting]:
    for word in words_of_name:
        alike = likeness(unit.word.token, word.token, person=False).score
        if unit.joined:
            apart = abs(len(word.latin) - len(unit.word.latin))
            same = alike == WHOLE and not apart
            if not same and (alike < JOINED_AT_LEAST or len(word.latin) < SHORTEST_JOINED or apart > 1):
                continue
        if alike >= LEAST_LIKENESS and not (len(unit.word.latin) == 1 and word.token != unit.word.token):
            tells = (unit.tells or word.kind is Kind.NAME) and word.kind is not Kind.INITIAL and alike >= FOUNDING
            weight = weigh(word.token)
            yield _Meeting(tells, (alike - threshold) * (unit.weight + weight), weight, unit.weight)


def _of_runs(unit: _Unit, runs: Sequence[Sequence[Word]], threshold: int, weigh: Weigh) -> Iterator[_Meeting]:
    """Adjacent words of the list that are the unit when they are written as one."""
    for run in runs:
        letters = "".join(word.latin for word in run)
        alike = (
            joined_likeness(letters, unit.word.token, person=False) if _is_found_as_one(letters, run, unit.word) else 0
        )
        if alike == WHOLE or (alike and all(len(word.latin) > 1 for word in run)):
            weight = sum(weigh(word.token) for word in run)
            tells = unit.tells or any(word.kind is Kind.NAME for word in run)
            gain = (alike - threshold) * (unit.weight + weight)
            yield _Meeting(tells, gain, weight, unit.weight)


def _units(asked: Sequence[Word], weigh: Weigh) -> Iterator[_Unit]:
    for word in asked:
        yield _unit(word, (word,), weigh)
    for start in range(len(asked)):
        for end in range(start + 1, min(start + MOST_JOINED, len(asked))):
            part = asked[start : end + 1]
            if any(word.kind is Kind.FORM for word in part):
                break
            yield _unit(word_of("".join(word.latin for word in part)), part, weigh)


def _unit(written: Word, part: Sequence[Word], weigh: Weigh) -> _Unit:
    tells = any(word.kind is Kind.NAME for word in part)
    return _Unit(written, sum(weigh(word.token) for word in part), tells, joined=len(part) > 1)


def _is_found_as_one(letters: str, run: Sequence[Word], word: Word) -> bool:
    """Whether adjacent words, written as one, sound like a word or have its first or last half, and little is wrong."""
    if len(word.latin) < 2 or abs(len(letters) - len(word.latin)) > 1:
        return False
    sounds = word_of(letters).sound == word.sound
    half = len(letters) // 2
    halved = len(run) == 2 and len(letters) >= SHORTEST_HALVED
    same_half = word.latin[:half] == letters[:half] or word.latin[half - len(letters) :] == letters[half:]
    if not sounds and not (halved and same_half):
        return False
    return OSA.distance(letters, word.latin) <= _most_apart(word, sounds=sounds)


def _most_apart(word: Word, *, sounds: bool) -> int:
    """By how many edits words written as one may differ from a word and be alike enough."""
    longer = len(word.latin) + 1
    by_letters = max((e for e in range(1, 5) if EDIT_LIKENESS[e][min(longer, 14)] >= JOINED_AT_LEAST), default=0)
    if word.kind in KNOWN_KINDS:
        by_letters = max(by_letters, 1)  # a plural
    if not sounds or len(word.sound) < 2:
        return by_letters
    left = SOUND_BASE - JOINED_AT_LEAST - (SOUND_SHORT if len(word.sound) == 2 else 0)
    return max(by_letters, SPOKEN_EDITS, (left + 1) * longer // SOUND_EDITS if left >= 0 else 0)


def _runs(words_of_name: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Adjacent words of the list that are found written as one."""
    for two in pairwise(words_of_name):
        if all(word.kind is not Kind.FORM for word in two) and sum(len(word.latin) for word in two) >= 2:
            yield two
    for three in zip(words_of_name, words_of_name[1:], words_of_name[2:], strict=False):
        plain = all(word.kind is not Kind.FORM for word in three)
        if plain and 2 <= sum(len(word.latin) for word in three) <= LONGEST_OF_THREE:
            yield three
