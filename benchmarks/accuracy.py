"""Precision, recall and F1 of name comparison on labelled pairs, per group, beside peers of the same run.

    python benchmarks/accuracy.py FILE.csv [--threshold 0.7] [--misses]

FILE.csv has the columns case_group, name1, name2, schema, is_match. Half of the pairs, chosen by a hash of the names,
is the train part, the other the test part; only the train part may be looked at while changing the matcher (`--misses`
prints no other). Labels that we contest are counted as they are in the first table and left out of the second: those
of the train part in `contested_labels.csv`, each with its reason, and by rule every pair that is labelled the same
though its numbers differ.
"""

import argparse
import csv
import hashlib
import re
from collections import Counter, defaultdict
from pathlib import Path

from peers import nomenklatura_scores, rapidfuzz_scores

from vacatur.matching.compare import compare

CONTESTED = Path(__file__).with_name("contested_labels.csv")
NUMBER = re.compile(r"\d+|\b[IVX]+\b")
Row = dict[str, str]


def digest(row: Row) -> str:
    """The hash by which a pair is parted and named."""
    return hashlib.sha256(f"{row['name1']}|{row['name2']}".encode()).hexdigest()


def part_of(row: Row) -> str:
    """`train` or `test`."""
    return "train" if int(digest(row)[-2:], 16) % 2 else "test"


def contested(rows: list[Row]) -> set[str]:
    """The digests of pairs whose labels we contest."""
    with CONTESTED.open(encoding="utf-8", newline="") as file:
        named = {row["pair"] for row in csv.DictReader(file)}
    numbered = {
        digest(row)
        for row in rows
        if row["is_match"] == "true"
        and row["schema"] != "Person"
        and all(NUMBER.findall(row[side]) for side in ("name1", "name2"))
        and Counter(NUMBER.findall(row["name1"])) != Counter(NUMBER.findall(row["name2"]))
    }
    return {digest(row) for row in rows if digest(row)[:16] in named} | numbered


def counts(rows: list[Row], scores: list[float], threshold: float) -> dict[str, Counter[str]]:
    """Hits and misses in all, by part and by group."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row, score in zip(rows, scores, strict=True):
        hit = score >= threshold
        outcome = ("tp" if hit else "fn") if row["is_match"] == "true" else ("fp" if hit else "tn")
        for group in ("all", part_of(row), row["case_group"]):
            found[group][outcome] += 1
    return found


def f1(held: Counter[str]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * held["tp"] / max(1, 2 * held["tp"] + held["fp"] + held["fn"])


def table(rows: list[Row], scores: dict[str, list[float]], threshold: float) -> None:
    """Print F1 of every scorer by group, and precision and recall of the first."""
    outcomes = {name: counts(rows, values, threshold) for name, values in scores.items()}
    print(f"| {'group':<21} | pairs | " + " | ".join(scores) + " | precision | recall |")
    print("|---" * (len(scores) + 4) + "|")
    first = next(iter(outcomes.values()))
    for group in ("all", "train", "test", *sorted(set(first) - {"all", "train", "test"})):
        held = first[group]
        cells = " | ".join(f"{f1(one[group]):.3f}" for one in outcomes.values())
        precision = held["tp"] / max(1, held["tp"] + held["fp"])
        recall = held["tp"] / max(1, held["tp"] + held["fn"])
        print(f"| {group:<21} | {held.total()} | {cells} | {precision:.3f} | {recall:.3f} |")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--threshold", type=float, default=0.7)
    parser.add_argument("--misses", action="store_true", help="print what went wrong in the train part")
    options = parser.parse_args()
    with options.file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [(row["name1"], row["name2"], row["schema"]) for row in rows]
    ours = [compare(*pair).score for pair in pairs]
    scores = {"vacatur": ours, **nomenklatura_scores(pairs), **rapidfuzz_scores(pairs)}
    print(f"F1 at {options.threshold}, labels as they are")
    table(rows, scores, options.threshold)
    left_out = contested(rows)
    kept = [place for place, row in enumerate(rows) if digest(row) not in left_out]
    print(f"\nF1 at {options.threshold}, without {len(rows) - len(kept)} contested labels")
    agreed = {name: [values[place] for place in kept] for name, values in scores.items()}
    table([rows[place] for place in kept], agreed, options.threshold)
    for row, score in zip(rows, ours, strict=True):
        if options.misses and part_of(row) == "train" and (score >= options.threshold) != (row["is_match"] == "true"):
            print(
                f"{score:.3f} {row['case_group']} {row['schema']} | {row['name1']} | {row['name2']} | {row['is_match']}"
            )


if __name__ == "__main__":
    main()
