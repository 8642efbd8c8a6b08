"""Which articles belong together: near-duplicates, and articles on the same matter.

Near-duplicates share most of their five-word shingles (MinHash, Broder 1997). Related articles are ranked by BM25 of
their words plus twice the Jaccard overlap of their parties.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHINGLE = 5
PERMUTATIONS = 128
NEARLY_SAME = 0.7
_QUERY_WORDS = 40


@dataclass(frozen=True, slots=True)
class Filed:
    """An article as far as it is compared: an id, title, text, and the ids of its parties."""

    id: str
    title: str
    text: str
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Related:
    """A related article with its score; the higher, the closer.

    `likeness` is the estimated Jaccard similarity of the texts, where they are nearly the same.
    """

    id: str
    title: str
    score: float
    likeness: float | None = None
    url: str | None = None


def related(article: Filed, others: Iterable[Filed], limit: int = 5) -> list[Related]:
    """The articles among `others` that are on the same matter, best first.

    BM25 is scaled by the best score, so that it lies between 0 and 1 before twice the overlap of parties is added.
    """
    by_id = {other.id: other for other in others if other.id != article.id}
    words = _telling_words(article)
    if not by_id or not words:
        return []
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE VIRTUAL TABLE filed USING fts5(id UNINDEXED, title, text, tokenize='unicode61')")
        base.executemany("INSERT INTO filed VALUES (?, ?, ?)", [(o.id, o.title, o.text) for o in by_id.values()])
        query = " OR ".join(f'"{word}"' for word in words)
        rows = base.execute("SELECT id, -bm25(filed) FROM filed WHERE filed MATCH ?", (query,)).fetchall()
    best = max((score for _, score in rows), default=0.0)
    scores = {key: (score / best if best > 0 else 0.0) + 2 * _overlap(article, by_id[key]) for key, score in rows}
    for key, other in by_id.items():
        if key not in scores and _overlap(article, other):
            scores[key] = 2 * _overlap(article, other)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [Related(key, by_id[key].title, round(score, 3)) for key, score in ranked if score > 0]


def near_duplicates(articles: Sequence[Filed], threshold: float = NEARLY_SAME) -> list[tuple[str, str, float]]:
    """Pairs of articles that are nearly the same text: (id, id, estimated Jaccard similarity), most alike first."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 imported where needed

    sketches = []
    lsh = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=32)
    for number, article in enumerate(articles):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(_shingles(article.text))
        lsh.insert(number, sketch)
        sketches.append(sketch)
    pairs = []
    for number, sketch in enumerate(sketches):
        for other in lsh.query(sketch):
            likeness = sketch.jaccard(sketches[other])
            if other > number and likeness >= threshold:
                pairs.append((articles[number].id, articles[other].id, round(likeness, 3)))
    return sorted(pairs, key=lambda pair: (-pair[2], pair))


def alike(article: Filed, others: Sequence[Filed], threshold: float = NEARLY_SAME) -> dict[str, float]:
    """Those of `others` that are nearly the same text as `article`: id to estimated Jaccard similarity."""
    pairs = near_duplicates([article, *others], threshold) if others else []
    return {right: likeness for left, right, likeness in pairs if left == article.id}


def _shingles(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


def _telling_words(article: Filed) -> list[str]:
    """The words to search for: long or capitalised ones, those of the title first."""
    words = re.findall(r"\b(?:[A-Z]\w{2,}|\w{6,})\b", f"{article.title} {article.text}")
    return list(dict.fromkeys(word.lower() for word in words))[:_QUERY_WORDS]


def _overlap(left: Filed, right: Filed) -> float:
    union = left.parties | right.parties
    return len(left.parties & right.parties) / len(union) if union else 0.0
