"""How good the gate is: precision and recall on labelled comments.

A CSV with the columns `content` and `is_spam` (1 or 0), and where there are, `kind`, `link` and `name`. Half of them,
chosen by the hash of their text, are what moderators have decided on; the gate is measured on the other half, which
nothing has learnt from. Likeness, rules and the classifier are asked, as on a page; Akismet is not.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from vacatur.errors import UserError
from vacatur.replies import gate
from vacatur.replies.classifier import Model, features, opinion
from vacatur.replies.fingerprint import fingerprint
from vacatur.replies.gate import Earlier, Finding, Verdict
from vacatur.replies.model import Draft, Kind, Move, State, after, clean, one_line
from vacatur.replies.policy import Policy


class LabelError(UserError):
    """A file of labelled comments that can't be read; says where."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment with what a person says about it."""

    draft: Draft
    spam: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What became of labelled comments: how many of each label had each outcome."""

    counts: Counter[tuple[bool, Move]]

    def _sum(self, spam: bool, *moves: Move) -> int:
        return sum(self.counts[spam, move] for move in moves)

    @property
    def precision(self) -> float | None:
        """Of what was marked as spam, the part that is spam; None when nothing was marked."""
        marked = self._sum(True, Move.SPAM) + self._sum(False, Move.SPAM)
        return self._sum(True, Move.SPAM) / marked if marked else None

    @property
    def recall(self) -> float | None:
        """Of spam, the part that was marked as such; None when there is none."""
        spam = self._sum(True, *Move)
        return self._sum(True, Move.SPAM) / spam if spam else None

    @property
    def kept_off(self) -> float | None:
        """Of spam, the part that was not published: marked or held for a person."""
        spam = self._sum(True, *Move)
        return self._sum(True, Move.SPAM, Move.HOLD) / spam if spam else None

    @property
    def lost(self) -> int:
        """Comments that are no spam and were marked as spam: the worst error."""
        return self._sum(False, Move.SPAM)


def read_labelled(path: Path) -> list[Labelled]:
    """The labelled comments of a CSV, or of every CSV in a folder.

    Raises:
        LabelError: no such file, or a column or label is missing.
    """
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise LabelError(f"{path}: there is no CSV in this folder")
    return [item for file in files for item in _read(file)]


def evaluate(labelled: Sequence[Labelled], *, learning: bool = True) -> Score:
    """The gate on the half kept apart; without `learning`, the rules and likeness alone on all of them."""
    lessons = [item for item in labelled if learning and _is_lesson(item)]
    model = _learn(lessons)
    earlier: list[Earlier] = []
    counts: Counter[tuple[bool, Move]] = Counter()
    for number, item in enumerate(labelled):
        print_ = fingerprint(item.draft.text)
        if item in lessons:
            state = State.SPAM if item.spam else State.PUBLISHED
        else:
            verdict = _judge(item.draft, model, earlier, print_)
            counts[item.spam, verdict.outcome] += 1
            state = after(State.HELD, verdict.outcome) or State.SPAM
        earlier.insert(0, Earlier(number, print_, state, str(number)))
    return Score(counts)


def _judge(draft: Draft, model: Model, earlier: Sequence[Earlier], print_: str) -> Verdict:
    findings: list[Finding] = [
        *gate.of_likeness(print_, None, earlier),
        *gate.of_rules(draft),
        *gate.of_classifier(opinion(features(draft), model)),
    ]
    return gate.weigh(draft, findings, Policy())


def _learn(lessons: Iterable[Labelled]) -> Model:
    totals: Counter[bool] = Counter()
    counts: dict[str, tuple[int, int]] = {}
    for item in lessons:
        totals[item.spam] += 1
        for word in features(item.draft):
            spam, ham = counts.get(word, (0, 0))
            counts[word] = (spam + item.spam, ham + (not item.spam))
    return Model(totals[True], totals[False], counts)


def _is_lesson(item: Labelled) -> bool:
    return sha256(item.draft.text.encode()).digest()[0] % 2 == 0


def _read(file: Path) -> list[Labelled]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return [_labelled(row, file, number) for number, row in enumerate(csv.DictReader(opened), start=2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LabelError(f"can't read {file}: {error}") from None


def _labelled(row: dict[str, str | None], file: Path, number: int) -> Labelled:
    label, kind = row.get("is_spam"), row.get("kind") or Kind.COMMENT
    if "content" not in row or label not in ("0", "1") or kind not in list(Kind):
        raise LabelError(f"{file}, line {number}: expected the columns content and is_spam (0 or 1)")
    draft = Draft(Kind(kind), clean(row["content"] or ""), one_line(row.get("name") or ""), link=row.get("link") or "")
    return Labelled(draft, label == "1")
