"""A small classifier that has learnt from moderators, and from nobody else: naive Bayes over the words of a text.

It knows words only as keyed hashes, so that what it has learnt can't be read back. It may speak from
`LEAST_LESSONS` decisions of each kind on, and never decides alone: its points are bounded below those that make spam.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vacatur.replies.model import Draft
from vacatur.replies.words import host_of, links, without_links, words

LEAST_LESSONS = 10
MOST_WORDS = 400
TELLING = 15
"""Words that count: the most telling ones (Graham 2002), so that a long text does not drown them."""

MOST_POINTS = 4.0
LEAST_POINTS = -3.0


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt, as far as the words of one text go.

    Attributes:
        spam: decisions that something was spam.
        ham: decisions that something was not.
        counts: for each word, in how many of either it stood.
    """

    spam: int
    ham: int
    counts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Points for spam (or against it), and the words that told."""

    points: float
    telling: tuple[str, ...]


def features(draft: Draft) -> list[str]:
    """The words of a draft that can be learnt, each once, with the hosts that it links to."""
    hosts = [host_of(link) for link in [*links(draft.text), *([draft.link] if draft.link else [])]]
    found = [*words(without_links(draft.text)), *words(draft.name), *(f"host:{host}" for host in hosts if host)]
    return list(dict.fromkeys(word for word in found if 2 <= len(word) <= 60))[:MOST_WORDS]


def opinion(told: Sequence[str], model: Model) -> Opinion | None:
    """What the model makes of these words; None while it has learnt too little."""
    if min(model.spam, model.ham) < LEAST_LESSONS:
        return None
    odds = {word: _odds(model, *model.counts.get(word, (0, 0))) for word in told}
    telling = sorted((word for word in told if odds[word]), key=lambda word: -abs(odds[word]))[:TELLING]
    total = sum(odds[word] for word in telling)
    points = max(LEAST_POINTS, min(MOST_POINTS, total * 0.75))
    side = [word for word in telling if odds[word] * total > 0][:5]
    return Opinion(round(points, 2), tuple(word.removeprefix("host:") for word in side))


def _odds(model: Model, spam: int, ham: int) -> float:
    """Logarithm of how much more likely the word is in spam, smoothed; 0 for a word that was never learnt."""
    if spam + ham == 0:
        return 0.0
    return math.log((spam + 0.5) / (model.spam + 1)) - math.log((ham + 0.5) / (model.ham + 1))
