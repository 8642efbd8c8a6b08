"""The score of two names, word by word; what every hit, comparison and explanation rests on.

Each word weighs what it tells (its rarity in the list); a legal form or title weighs little. Words are paired to the
greatest likeness. The score is the weight that met, times how well it met, over the weight of all words: words that
only the list's name has count less while nothing of the query is left over, and fully once both sides have words that
the other lacks, since then the names contradict each other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from vacatur.matching.model import Evidence
from vacatur.names.folding import acronym, tokens, words
from vacatur.names.forms import FORMS, GENERIC, TITLES, is_form, number_of
from vacatur.names.phonetics import skeleton

Weigh = Callable[[str], float]
"""The weight of a token: what it tells about who is meant, about 1 for a rare word."""

FORM_WEIGHT = 0.06
TITLE_WEIGHT = 0.15
GENERIC_WEIGHT = 0.35
EXTRA_SHARE = 0.4
"""What the list's further words count while every word of the query is met."""

CONTRADICTION = 1.15
"""What words without partner count once both names have some."""

SAME_SOUND = 0.74
"""Words that sound alike must also look alike this much (Jaro-Winkler), or a short key joins strangers."""

ACRONYM_SCORE = 0.85
WEAK_ALIAS = 0.05
TELLING = 0.45
"""A word that weighs at least this must have met, or nothing that tells has."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the query that met words of the name, how well and by what."""

    query: str
    name: str
    likeness: float
    feature: str
    weight: float


def default_weight(token: str) -> float:
    """The weight of a token where no list tells its rarity."""
    if is_form(token):
        return FORM_WEIGHT
    if (token,) in FORMS:
        return FORM_WEIGHT
    if token in TITLES:
        return TITLE_WEIGHT
    if token in GENERIC:
        return GENERIC_WEIGHT
    if len(token) == 1:
        return 0.3
    return 0.8 if len(token) <= 3 else 1.0


def allowed_edits(length: int) -> int:
    """How many edits a word of so many letters may be away: none below 4, one to 6, two to 10, three beyond."""
    return 0 if length < 4 else 1 if length < 7 else 2 if length < 11 else 3


UNLIKE = (0.0, "")


@lru_cache(maxsize=262_144)
def likeness(left: str, right: str) -> tuple[float, str]:
    """How alike two words are, 0 to 1, and by what."""
    if left == right:
        return 1.0, "legal_form" if is_form(left) else "exact"
    if is_form(left) or is_form(right):
        return (0.5, "legal_form") if is_form(left) and is_form(right) else UNLIKE
    if number_of(left) is not None or number_of(right) is not None:
        return (1.0, "number") if number_of(left) == number_of(right) else UNLIKE
    if len(left) == 1 or len(right) == 1:
        return (0.75, "initial") if left[0] == right[0] else UNLIKE
    return _spelt_alike(left, right)


def _spelt_alike(left: str, right: str) -> tuple[float, str]:
    """How alike two plain words are by their letters, or by their sounds."""
    shorter, longer = sorted((len(left), len(right)))
    edits = OSA.distance(left, right, score_cutoff=allowed_edits(longer))
    if edits <= allowed_edits(longer):
        return 1 - edits / (longer + 1), "edit"
    key = skeleton(left)
    if len(key) >= 2 and key == skeleton(right) and shorter >= 3:
        near = JaroWinkler.similarity(left, right)
        if near >= SAME_SOUND:
            return round(0.5 + near / 2.2, 3), "transliteration"
    return UNLIKE


def pair_words(query: Sequence[str], name: Sequence[str], weigh: Weigh) -> list[Pair]:
    """Pair words greedily by weight and likeness, each used once; adjacent words may meet one word joined."""
    options: list[tuple[float, int, tuple[int, ...], tuple[int, ...], Pair]] = []
    for i, left in enumerate(query):
        for j, right in enumerate(name):
            score, feature = likeness(left, right)
            if score:
                weight = (weigh(left) + weigh(right)) / 2
                options.append((score * weight, -abs(i - j), (i,), (j,), Pair(left, right, score, feature, weight)))
    options += _joined(query, name, weigh, of_query=True)
    options += _joined(name, query, weigh, of_query=False)
    options.sort(key=lambda option: (-option[0], -option[1], option[2], option[3]))
    used_query: set[int] = set()
    used_name: set[int] = set()
    found: list[Pair] = []
    for _, _, lefts, rights, pair in options:
        if used_query.isdisjoint(lefts) and used_name.isdisjoint(rights):
            used_query.update(lefts)
            used_name.update(rights)
            found.append(pair)
    return found


def _joined(
    parts: Sequence[str], wholes: Sequence[str], weigh: Weigh, *, of_query: bool
) -> list[tuple[float, int, tuple[int, ...], tuple[int, ...], Pair]]:
    """Pairs of two adjacent words of one side with one word of the other that writes them as one."""
    found = []
    for i in range(len(parts) - 1):
        if is_form(parts[i]) or is_form(parts[i + 1]):
            continue
        whole = parts[i] + parts[i + 1]
        for j, other in enumerate(wholes):
            if len(other) < 4 or abs(len(other) - len(whole)) > 1:
                continue
            score, _ = likeness(whole, other)
            if score:
                weight = (weigh(parts[i]) + weigh(parts[i + 1]) + weigh(other)) / 2
                pair_text = f"{parts[i]} {parts[i + 1]}"
                texts = (pair_text, other) if of_query else (other, pair_text)
                places = ((i, i + 1), (j,)) if of_query else ((j,), (i, i + 1))
                found.append((score * weight * 1.01, 0, *places, Pair(*texts, score, "joined", weight)))
    return found


@dataclass(frozen=True, slots=True)
class NameScore:
    """A score with its parts, which sum to it."""

    score: float
    evidence: tuple[Evidence, ...]


NOTHING = NameScore(0.0, ())


def score_names(query: str, name: str, weigh: Weigh = default_weight, *, weak: bool = False) -> NameScore:
    """Score `query` against one name of the list, 0 to 1 in thousandths; `weak` marks a weak alias."""
    left, right = tokens(query), tokens(name)
    if not left or not right:
        return NOTHING
    if left == right:
        return _settle([Evidence(query, name, "exact", 1.0)], weak=weak)
    pairs = pair_words(left, right, weigh)
    result = _score_pairs(left, right, pairs, weigh, weak=weak)
    by_initials = _acronym_score(query, name)
    if by_initials > result.score:
        note = "initials of the other name"
        return _settle([Evidence(query, name, "acronym", by_initials, note)], weak=weak)
    return result


def _acronym_score(query: str, name: str) -> float:
    """For one word that is the initials of the other name."""
    short, long = words(query), words(name)
    if len(short) > len(long):
        short, long = long, short
    if len(short) == 1 and len(short[0]) >= 3 and acronym(long) == short[0]:
        return ACRONYM_SCORE
    return 0.0


def _left_over(side: Sequence[str], paired: Sequence[str]) -> list[str]:
    rest = list(side)
    for text in paired:
        for word in text.split(" "):
            rest.remove(word)
    return rest


def _score_pairs(
    left: Sequence[str], right: Sequence[str], pairs: Sequence[Pair], weigh: Weigh, *, weak: bool
) -> NameScore:
    only_query = _left_over(left, [pair.query for pair in pairs])
    only_name = _left_over(right, [pair.name for pair in pairs])
    if not pairs or not any(_telling(pair, weigh) for pair in pairs):
        return NOTHING
    contradicted = any(weigh(word) >= TELLING for word in only_query) and any(
        weigh(word) >= TELLING for word in only_name
    )
    share_query = CONTRADICTION if contradicted else 1.0
    share_name = (
        CONTRADICTION if contradicted else 1.0 if any(weigh(word) >= TELLING for word in only_query) else EXTRA_SHARE
    )
    numbers = [word for word in (*only_query, *only_name) if number_of(word) is not None]
    whole = sum(pair.weight for pair in pairs)
    whole += share_query * sum(weigh(word) for word in only_query)
    whole += share_name * sum(weigh(word) for word in only_name)
    whole += 0.6 * len(numbers)
    parts = [
        Evidence(pair.query, pair.name, pair.feature, pair.likeness * pair.weight / whole, f"weighs {pair.weight:.2f}")
        for pair in pairs
    ]
    parts += [Evidence(word, "", "unmatched", 0.0, f"weighs {share_query * weigh(word):.2f}") for word in only_query]
    parts += [Evidence("", word, "unmatched", 0.0, f"weighs {share_name * weigh(word):.2f}") for word in only_name]
    return _settle(parts, weak=weak)


def _telling(pair: Pair, weigh: Weigh) -> bool:
    """Whether a pair says who is meant: no legal form, title, generic word, initial or number."""
    words_met = [*pair.query.split(), *pair.name.split()]
    return pair.feature not in ("legal_form", "initial", "number") and any(
        word not in GENERIC and word not in TITLES and weigh(word) >= TELLING for word in words_met
    )


def _settle(parts: list[Evidence], *, weak: bool) -> NameScore:
    """Parts in thousandths that sum to the score."""
    if weak:
        parts = [*parts, Evidence("", "", "weak_alias", -WEAK_ALIAS, "the list calls this alias weak")]
    rounded = [Evidence(part.query, part.matched, part.feature, round(part.score, 3), part.note) for part in parts]
    return NameScore(round(max(0.0, sum(part.score for part in rounded)), 3), tuple(rounded))
