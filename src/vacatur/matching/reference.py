"""A search in plain Python: every name is looked at. It is slow, and what the kernel is held to by tests.

`may_reach` is the rule by which names are worth scoring (docs/matching.md, "How names are found"); without it every
name is scored, with which `benchmarks/candidate_recall.py` compares it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from vacatur.matching.compare import mode_of
from vacatur.matching.context import Details, in_context, same_identifier
from vacatur.matching.likeness import INITIAL, likeness
from vacatur.matching.model import IndexedName, IndexedParty, Match, Query
from vacatur.matching.pairing import JOINED_AT_LEAST, MOST_JOINED, SHORTEST_JOINED
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
    telling, reached, units = 0, 0, 0
    for found in _meetings(asked, [word_of(token) for token in right], threshold, weigh, free):
        gain += found[0]
        reached += found[1]
        covered += found[2]
        telling += found[3]
        units += 1
    names = [weigh(word.token) for word in asked if word.kind is Kind.NAME and not free(word)]
    little = any(word.kind is Kind.NAME for word in asked) and not telling
    if not units or (little and (mode is Mode.PERSON or units < FOUNDING_WORDS)):
        return False
    unmet = sum(names) if little else 0
    theirs = sum(weigh(token) for token in right if _is_weighty(word_of(token)))
    without = max(0, weight - reached - unmet) + max(0, theirs - covered)
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


Meeting = tuple[int, int, int, bool]
"""Gain, weight of the query's words, weight of the name's words, whether it tells."""


def _meetings(
    asked: Sequence[Word], words_of_name: Sequence[Word], threshold: int, weigh: Weigh, free: Callable[[Word], bool]
) -> Iterator[Meeting]:
    runs = [*_runs(words_of_name)]
    for unit in _units(asked, weigh):
        if not unit.joined and free(unit.word):
            continue
        best = max(_of_unit(unit, words_of_name, threshold, weigh), default=None)
        if best:
            yield best[1], unit.weight, best[2], best[0]
        if not unit.joined and len(unit.word.latin) >= 2 and any(_may_be_run(unit.word, *run) for run in runs):
            yield (WHOLE - threshold) * (unit.weight + 2 * WHOLE), unit.weight, 2 * WHOLE, unit.tells


def _of_unit(
    unit: _Unit, words_of_name: Sequence[Word], threshold: int, weigh: Weigh
) -> Iterator[tuple[bool, int, int]]:
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
            yield tells, (alike - threshold) * (unit.weight + weight), weight


def _units(asked: Sequence[Word], weigh: Weigh) -> Iterator[_Unit]:
    for word in asked:
        yield _Unit(word, weigh(word.token), word.kind is Kind.NAME, joined=False)
    for start in range(len(asked)):
        for end in range(start + 1, min(start + MOST_JOINED, len(asked))):
            part = asked[start : end + 1]
            if any(word.kind is Kind.FORM for word in part):
                break
            weight = sum(weigh(word.token) for word in part)
            tells = any(word.kind is Kind.NAME for word in part)
            yield _Unit(word_of("".join(word.latin for word in part)), weight, tells, joined=True)


def _may_be_run(word: Word, run: str, words: int) -> bool:
    """Whether a word sounds like adjacent words written as one, or has the first or last half of two."""
    half = len(run) // 2
    halved = words == 2 and len(run) >= SHORTEST_HALVED and abs(len(run) - len(word.latin)) <= 1
    same_half = word.latin[:half] == run[:half] or word.latin[half - len(run) :] == run[half:]
    return word.sound == word_of(run).sound or (halved and same_half)


def _runs(words_of_name: Sequence[Word]) -> Iterator[tuple[str, int]]:
    """Adjacent words of the list written as one, and how many they are."""
    for one, other in pairwise(words_of_name):
        if Kind.FORM not in (one.kind, other.kind) and len(one.latin + other.latin) >= 2:
            yield one.latin + other.latin, 2
    for part in zip(words_of_name, words_of_name[1:], words_of_name[2:], strict=False):
        run = "".join(word.latin for word in part)
        if all(word.kind is not Kind.FORM for word in part) and 2 <= len(run) <= LONGEST_OF_THREE:
            yield run, 3
