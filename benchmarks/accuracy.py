"""Precision, recall and F1 of name comparison on labelled pairs, per group, beside peers of the same run.

    python benchmarks/accuracy.py FILE.csv [--threshold 0.7]

FILE.csv has the columns case_group, name1, name2, schema, is_match. Half of the pairs, chosen by a hash of the names,
is the train part, the other the test part; only the train part may be looked at while changing the matcher.
"""

import argparse
import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, utils

from vacatur.matching.compare import compare

Scorer = Callable[[str, str, str], float]

PEERS: dict[str, Scorer] = {
    "vacatur": lambda left, right, schema: compare(left, right, schema).score,
    "rapidfuzz token_set": lambda left, right, _: (
        fuzz.token_set_ratio(left, right, processor=utils.default_process) / 100
    ),
    "rapidfuzz WRatio": lambda left, right, _: fuzz.WRatio(left, right, processor=utils.default_process) / 100,
}


def part_of(row: dict[str, str]) -> str:
    """`train` or `test`, by a hash of the two names."""
    digest = hashlib.sha256(f"{row['name1']}|{row['name2']}".encode()).digest()
    return "train" if digest[-1] % 2 else "test"


def counts(rows: list[dict[str, str]], scorer: Scorer, threshold: float) -> dict[str, Counter[str]]:
    """Hits and misses by group, by part, and in all."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        hit = scorer(row["name1"], row["name2"], row["schema"]) >= threshold
        outcome = ("tp" if hit else "fn") if row["is_match"] == "true" else ("fp" if hit else "tn")
        for group in (row["case_group"], part_of(row), "all"):
            found[group][outcome] += 1
    return found


def main() -> None:
    """Print a table for each peer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--threshold", type=float, default=0.7)
    options = parser.parse_args()
    with options.file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, scorer in PEERS.items():
        print(f"{name} at {options.threshold}")
        for group, held in counts(rows, scorer, options.threshold).items():
            precision = held["tp"] / max(1, held["tp"] + held["fp"])
            recall = held["tp"] / max(1, held["tp"] + held["fn"])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"  {group:<18} {sum(held.values()):>5} pairs   P {precision:.3f}   R {recall:.3f}   F1 {f1:.3f}")


if __name__ == "__main__":
    main()
