"""What a threshold means, measured on labelled pairs: precision, recall and F1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEPS = tuple(range(500, 951, 50))
"""Thresholds that a table shows, in thousandths."""

FINE_STEPS = tuple(range(500, 951, 10))
"""Thresholds among which one is recommended."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How scores at or above `threshold` agree with the labels: counts of pairs."""

    threshold: float
    true_hits: int
    false_hits: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of hits that are right; None without hits."""
        hits = self.true_hits + self.false_hits
        return self.true_hits / hits if hits else None

    @property
    def recall(self) -> float | None:
        """The share of matches that are hit; None without matches."""
        matches = self.true_hits + self.missed
        return self.true_hits / matches if matches else None

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 without a true hit."""
        return 2 * self.true_hits / max(1, 2 * self.true_hits + self.false_hits + self.missed)


def measure(scored: Sequence[tuple[float, bool]], thresholds: Iterable[int] = STEPS) -> list[Measured]:
    """Each threshold (in thousandths) on (score, whether the pair is a match)."""
    held = [(round(score * 1000), match) for score, match in scored]
    return [
        Measured(
            threshold / 1000,
            sum(match and score >= threshold for score, match in held),
            sum(not match and score >= threshold for score, match in held),
            sum(match and score < threshold for score, match in held),
        )
        for threshold in thresholds
    ]


def recommended(scored: Sequence[tuple[float, bool]]) -> Measured:
    """The threshold of the greatest F1; of several the lowest, since a missed party costs more than a false alarm."""
    return max(measure(scored, FINE_STEPS), key=lambda one: (one.f1, -one.threshold))
