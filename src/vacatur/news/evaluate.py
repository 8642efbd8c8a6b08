"""How well articles are read: precision, recall and F1 on a folder of labelled articles.

The labels have the form of `../shared/articles` (see its README); an event may also carry `verdict`. What a label
leaves open is not held against the reading: a date that the text does not state, a judge whom it does not name.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vacatur.news.lexicon import find_terms, measure_named
from vacatur.news.names import NameIndex, stripped
from vacatur.news.page import PageError, read_page
from vacatur.news.people import same_person
from vacatur.news.reading import Reading, index_of, read_article
from vacatur.news.record import Record
from vacatur.news.verdict import CheckedClaim, Outcome, same_court


@dataclass(slots=True)
class Score:
    """Counts of one measure: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    slips: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right among found; 1 when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right among labelled; 1 when nothing was labelled."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


MEASURES = ("parties", "party, kind", "list", "date", "court", "judge", "quote spans", "speakers", "verdicts")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by measure over a folder; `false_supported` are claims called supported that the labels contradict."""

    articles: int
    scores: dict[str, Score]
    false_supported: tuple[str, ...]

    def table(self) -> str:
        """The scores as a table of text."""
        rows = [f"{'':14} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'wrong':>6} {'missed':>6}"]
        rows += [
            f"{name:14} {s.precision:6.3f} {s.recall:6.3f} {s.f1:6.3f} {s.right:6d} {s.wrong:6d} {s.missed:6d}"
            for name, s in self.scores.items()
        ]
        return "\n".join([f"{self.articles} articles", *rows, f"false supported: {len(self.false_supported)}"])


def evaluate(folder: Path, record: Record, index: NameIndex | None = None) -> Evaluation:
    """Read every labelled article (`*.json`) of a folder and score what was read.

    Raises:
        PageError: the folder holds no labelled article, or one without text.
    """
    files = sorted(folder.glob("*.json"))
    scores = {name: Score() for name in MEASURES}
    false_supported: list[str] = []
    automaton = index or index_of(record)
    for file in files:
        content = file.read_text("utf-8")
        gold = json.loads(content).get("gold")
        if not isinstance(gold, dict):
            raise PageError(f'{file}: no labels: expected "gold" beside "text"')
        reading = read_article(read_page(content), record, index=automaton)
        false_supported += [f"{file.name}: {slip}" for slip in _score(file.name, gold, reading, record, scores)]
    if not files:
        raise PageError(f"{folder}: no labelled articles (*.json)")
    return Evaluation(len(files), scores, tuple(false_supported))


def _score(name: str, gold: dict[str, Any], reading: Reading, record: Record, scores: dict[str, Score]) -> list[str]:
    names = _names_of(reading, record)
    told = [item for item in reading.claims if not item.claim.negated and item.claim.party.caption]
    keys = {party.key for party in reading.parties}
    labelled = {_key_of(label, names) for label in gold["parties"]}
    _count(scores["parties"], name, keys, labelled)
    events = [(event, _key_of(event["party"], names)) for event in gold["events"]]
    kinds = {(key, event["kind"]) for event, key in events}
    _count(scores["party, kind"], name, {(i.claim.party.key, i.claim.kind) for i in told}, kinds)
    slips = []
    for event, key in events:
        same = [item for item in told if item.claim.party.key == key and item.claim.kind == event["kind"]]
        if same:
            _slots(name, event, same, scores)
        slips += _verdicts(name, event, same, scores)
    _quotes(name, gold["quotes"], reading, record, scores)
    return slips


def _count(score: Score, name: str, found: set[Any], labelled: set[Any]) -> None:
    score.right += len(found & labelled)
    score.wrong += len(found - labelled)
    score.missed += len(labelled - found)
    score.slips += [f"{name}: + {item}" for item in sorted(map(str, found - labelled))]
    score.slips += [f"{name}: - {item}" for item in sorted(map(str, labelled - found))]


def _slots(name: str, event: dict[str, Any], same: list[CheckedClaim], scores: dict[str, Score]) -> None:
    best = max(same, key=lambda item: _same_date(event["date_if_stated"], item))
    wanted = measure_named(event["list_or_measure"] or "")
    if wanted:
        _tick(scores["list"], name, event, best.measure, any(item.measure in wanted for item in same))
    if event["date_if_stated"]:
        said = best.claim.date.iso if best.claim.date else None
        _tick(scores["date"], name, event, said, _same_date(event["date_if_stated"], best))
    courts = [term.ids[0] for term in find_terms((event["court_or_agency"] or "").lower()) if term.kind == "court"]
    if courts:
        said = next((item.claim.court for item in same if item.claim.court), None)
        _tick(
            scores["court"],
            name,
            event,
            said,
            said is not None and (same_court(said, courts[0]) or same_court(courts[0], said)),
        )
    if event["judge"]:
        said = next((item.claim.judge for item in same if item.claim.judge), None)
        _tick(scores["judge"], name, event, said, said is not None and same_person(said, event["judge"]))


def _tick(score: Score, name: str, event: dict[str, Any], said: str | None, right: bool) -> None:
    if right:
        score.right += 1
        return
    score.missed += 1
    score.wrong += said is not None
    score.slips.append(f"{name}: {event['party']} {event['kind']}: {said}")


def _same_date(label: str | None, item: CheckedClaim) -> bool:
    """Whether the reading's date says what the label says, in whichever of the two is coarser."""
    found = item.claim.date
    if not label or found is None:
        return label is None and found is None
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", label):
        return label.casefold() in found.words.casefold() or found.words.casefold() in label.casefold()
    if found.first is None or found.last is None:
        return found.month is not None and label[5:7] == f"{found.month:02d}"
    return found.first.isoformat().startswith(label) or (
        len(label) == 10 and found.first.isoformat() <= label <= found.last.isoformat()
    )


def _verdicts(name: str, event: dict[str, Any], same: list[CheckedClaim], scores: dict[str, Score]) -> list[str]:
    wanted = event.get("verdict")
    if wanted is None or not same:
        return []
    outcomes = [item.then.outcome for item in same]
    right = wanted in outcomes if wanted != Outcome.SUPPORTED else Outcome.SUPPORTED in outcomes
    _tick(scores["verdicts"], name, event, outcomes[0], right)
    is_false = wanted == Outcome.CONTRADICTED and Outcome.SUPPORTED in outcomes
    return [f"{event['party']} {event['kind']}"] if is_false else []


def _quotes(
    name: str, labelled: list[dict[str, str]], reading: Reading, record: Record, scores: dict[str, Score]
) -> None:
    found = {_plain(quote.span.of(reading.article.text)): quote.speaker for quote in reading.quotes}
    wanted = {_plain(quote["text"]): quote["speaker"] for quote in labelled}
    _count(scores["quote spans"], name, set(found), set(wanted))
    names = _names_of(reading, record)
    for text in set(found) & set(wanted):
        said, speaker = found[text], wanted[text]
        score = scores["speakers"]
        if said is not None and (_same_speaker(said, speaker) or _same_body(said, speaker, names)):
            score.right += 1
        else:
            score.missed += 1
            score.wrong += said is not None
            score.slips.append(f"{name}: {speaker}: {said}")


def _same_speaker(said: str, label: str) -> bool:
    left, right = (
        set(re.findall(r"\w+", re.sub(r"spokes\w+", "spokesperson", name.casefold()))) for name in (said, label)
    )
    left, right = left - _SMALL, right - _SMALL
    return ("spokesperson" in left) == ("spokesperson" in right) and (left <= right or right <= left)


def _same_body(said: str, label: str, names: dict[str, set[str]]) -> bool:
    """Whether both name one party ("SMIC"), court ("5th Cir.") or authority, by whatever name."""
    one, other = _key_of(said, names), _key_of(label, names)
    if not one.startswith("?") and one == other:
        return True
    left, right = ([term.ids[0] for term in find_terms(name.lower()) if not term.generic] for name in (said, label))
    return bool(left) and left[:1] == right[:1] and ("spokes" in said.lower()) == ("spokes" in label.lower())


_SMALL = {"the", "a", "an", "us", "u", "s", "of", "for", "inc", "ltd", "co", "corp", "group", "technology"}


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def _names_of(reading: Reading, record: Record) -> dict[str, set[str]]:
    """For each party of the reading, the names that a label may call it by."""
    names: dict[str, set[str]] = {}
    for mention in reading.mentions:
        for party in mention.parties:
            known = names.setdefault(party.key, {_short(party.caption)})
            if len(mention.parties) == 1 and mention.form in ("name", "short", "unlisted"):
                known.add(_short(mention.span.of(reading.article.text)))
            if party.id is not None:
                known.update(_short(name) for name in record.party(party.id).names)
    return names


def _key_of(label: str, names: dict[str, set[str]]) -> str:
    """The reading's key for a labelled name; the name itself where the reading has none such."""
    short = _short(label)
    exact: Iterable[str] = (key for key, known in names.items() if short in known)
    found = next(iter(exact), None)
    return found or f"?{label.casefold()}"


def _short(name: str) -> str:
    return stripped(stripped(name)).casefold()
