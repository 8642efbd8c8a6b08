"""How well a reader of documents does against a person: precision and recall of what it proposes, by kind.

Labels are given by id of document or entry, as are the proposals; nothing is read from disk here.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Right, wrong and missed proposals; a share of nothing is 1."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of proposals that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of labelled acts that were proposed."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The score over all, of each kind, and the differences as (id, kind)."""

    total: Score
    kinds: Mapping[str, Score]
    wrong: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()

    def table(self) -> str:
        """The scores as lines to print: all first, then by kind."""
        rows = [("all", self.total), *sorted(self.kinds.items())]
        lines = [f"{'':42} right wrong missed precision recall"]
        for kind, score in rows:
            counts = f"{score.right:5} {score.wrong:5} {score.missed:6}"
            lines.append(f"{kind:42} {counts} {score.precision:9.3f} {score.recall:6.3f}")
        return "\n".join(lines)


def evaluate(labels: Mapping[str, Collection[str]], proposed: Mapping[str, Collection[str]]) -> Evaluation:
    """Compare what was proposed with what a person says is there.

    Args:
        labels: for each document judged, by its id, the kinds of act in it; empty when there is none.
        proposed: the same of a reader; documents that nobody judged are left out.
    """
    pairs = {(name, kind) for name, kinds in labels.items() for kind in kinds}
    found = {(name, kind) for name in labels for kind in proposed.get(name, ())}
    right, wrong, missed = (Counter(kind for _, kind in part) for part in (pairs & found, found - pairs, pairs - found))
    kinds = {kind: Score(right[kind], wrong[kind], missed[kind]) for kind in {*right, *wrong, *missed}}
    return Evaluation(
        Score(right.total(), wrong.total(), missed.total()),
        kinds,
        tuple(sorted(found - pairs)),
        tuple(sorted(pairs - found)),
    )
