"""Count how common words are among names, and write `src/vacatur/names/common.txt`.

    python benchmarks/common_words.py LISTS_FOLDER

Reads public-domain and MIT files only: OFAC's SDN list, SEC registrants, and synthetic people of many countries.
"""

import argparse
import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from vacatur.names.folding import latin, tokens
from vacatur.names.kinds import Kind, kind_of

OUT = Path(__file__).resolve().parents[1] / "src/vacatur/names/common.txt"
SHARES = ((5, 4e-3), (4, 1.6e-3), (3, 7e-4), (2, 3e-4), (1, 1.5e-4))
"""The class of a word by the least share of names that hold it, in the file where it is most common."""


def names(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Each file's names."""
    with gzip.open(folder / "ofac_sdn/2024-02-23/sdn.csv.gz", "rt", encoding="utf-8", errors="replace") as file:
        rows = [row for row in csv.reader(file) if len(row) > 2]
    yield "sdn", [row[1] for row in rows]
    with (folder / "customers/sec_registrants_28k.csv").open(encoding="utf-8", newline="") as file:
        yield "sec", [row["name"] for row in csv.DictReader(file)]
    for name in ("global_10k", "us_1k"):
        with (folder / f"customers/synthetic_people_negatives_{name}.csv").open(encoding="utf-8", newline="") as file:
            yield name, [row["full_name"] for row in csv.DictReader(file)]


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    shares: dict[str, float] = {}
    for _, texts in names(folder):
        counts = Counter(word for text in texts for word in {latin(token) for token in tokens(text)})
        for word, count in counts.items():
            if count >= 4 and kind_of(word) is Kind.NAME and word.isalpha():
                shares[word] = max(shares.get(word, 0.0), count / len(texts))
    lines = [
        f"{level} " + " ".join(sorted(word for word, share in shares.items() if _level(share) == level))
        for level, _ in SHARES
    ]
    note = "# Written by benchmarks/common_words.py: words of names by how common they are, most common first."
    OUT.write_text("\n".join([note, *lines]) + "\n", encoding="ascii")


def _level(share: float) -> int:
    return next((level for level, least in SHARES if share >= least), 0)


if __name__ == "__main__":
    main()
