"""Recall of list names as people write them, and alerts on customers who are on no list, through a built index.

    python benchmarks/recall.py [--shared ../shared] [--threshold 0.7] [--part test] [--queries 3000] [--peers 300]

Lists: OFAC SDN 2021-07-07, Consolidated Screening List 2022-05-16, UN 2026-02-27; the UN's persons also on their own.
A name is found if its party is among the answers at the threshold. Names and customers are parted into train and test
by a hash; the changes of the two parts come from different seeds.
"""

import argparse
import csv
import hashlib
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path

from peers import nomenklatura_scores, rapidfuzz_scores
from perturbing import perturbed

from vacatur.matching.index import Index, build_index
from vacatur.matching.model import IndexedName, IndexedParty, Query
from vacatur.parties import NAME_PROPERTIES
from vacatur.sources.base import ListDocument

LISTS = (
    ("ofac-sdn", "ofac_sdn/2021-07-07/sdn.csv"),
    ("csl", "csl/2022-05-16/consolidated.csv.gz"),
    ("un-sc", "un_sc/2026-02-27/consolidated.xml.gz"),
)
SEEDS = {"train": 1, "test": 2}
LINKS = ("Ownership", "Directorship", "UnknownLink", "Sanction")


def part_of(name: str) -> str:
    """`train` or `test`, by a hash of the name."""
    return "train" if hashlib.sha256(name.encode()).digest()[-1] % 2 else "test"


def parties(lists: Path, wanted: Iterable[tuple[str, str]]) -> Iterator[IndexedParty]:
    """The parties of some lists, each entry by itself."""
    for source, path in wanted:
        loader = entry_points(group="vacatur.sources")[source].load()()
        for entry in loader.read(ListDocument(lists / path, loader.companions(lists / path))).entries:
            party = entry.party
            names = tuple(IndexedName(text, kind) for kind in NAME_PROPERTIES for text in party.get(kind))
            if names and party.schema not in LINKS:
                yield IndexedParty(f"{source}/{party.id}", party.schema, names)


def queries(held: list[IndexedParty], part: str, most: int) -> list[tuple[str, str, IndexedParty]]:
    """(kind of change, changed name, party) for main names and good aliases of Latin letters and two words or more."""
    found = []
    for party in held:
        for name in party.names:
            fits = name.kind in ("name", "alias") and name.text.isascii() and len(name.text.split()) >= 2
            if not fits or part_of(name.text) != part:
                continue
            changed = perturbed(name.text, person=party.schema == "Person", seed=SEEDS[part])
            if changed:
                found.append((*changed, party))
    found.sort(key=lambda query: hashlib.sha256(query[1].encode()).digest())
    return found[:most]


def recall(index: Index, asked: list[tuple[str, str, IndexedParty]], threshold: float) -> list[tuple[str, str, str]]:
    """Print the recall, in all and by kind of change; what was missed as (kind, query, name)."""
    found: Counter[str] = Counter()
    asked_of: Counter[str] = Counter()
    missed = []
    begun = time.perf_counter()
    for kind, text, party in asked:
        asked_of[kind] += 1
        if any(match.party == party.id for match in index.search(Query(text), limit=1000, threshold=threshold)):
            found[kind] += 1
        else:
            missed.append((kind, text, party.names[0].text))
    seconds = time.perf_counter() - begun
    print(f"  recall {found.total() / max(1, asked_of.total()):.4f} of {asked_of.total()} ({seconds:.0f} s)")
    for kind in sorted(asked_of):
        print(f"    {kind:<12} {found[kind] / asked_of[kind]:.3f} of {asked_of[kind]}")
    return missed


def peers(asked: list[tuple[str, str, IndexedParty]], threshold: float) -> None:
    """Print what peers find of the same names, each asked only whether it knows the party: more than a search finds."""
    pairs = [(text, name.text, party.schema) for _, text, party in asked for name in party.names]
    for title, values in {**nomenklatura_scores(pairs), **rapidfuzz_scores(pairs)}.items():
        scores = iter(values)
        best = [max(next(scores) for _ in party.names) for _, _, party in asked]
        print(f"  {title}: recall {sum(score >= threshold for score in best) / len(best):.4f} of {len(best)}, by pairs")


def customers(shared: Path, part: str) -> dict[str, list[str]]:
    """People who are invented, and companies registered with the SEC."""
    folder = shared / "customers"
    people = []
    for name in ("global_10k", "us_1k"):
        with (folder / f"synthetic_people_negatives_{name}.csv").open(encoding="utf-8", newline="") as file:
            people += [row["full_name"] for row in csv.DictReader(file)]
    with (folder / "sec_registrants_28k.csv").open(encoding="utf-8", newline="") as file:
        companies = [row["name"] for row in csv.DictReader(file) if row["entity_type"] == "operating"]
    return {kind: [n for n in names if part_of(n) == part] for kind, names in (("people", people), ("SEC", companies))}


def alerts(index: Index, names: list[str], schema: str | None, threshold: float) -> list[tuple[str, str, float]]:
    """Print the share of names with an answer; those answers as (query, name, score)."""
    found = [
        (text, match.name, match.score)
        for text in names
        for match in index.search(Query(text, schema), limit=1, threshold=threshold)
    ]
    print(f"  alerts {len(found) / max(1, len(names)):.4f} of {len(names)}")
    return found


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--threshold", type=float, default=0.7)
    parser.add_argument("--part", choices=SEEDS, default="test")
    parser.add_argument("--queries", type=int, default=3000)
    parser.add_argument("--peers", type=int, default=0, help="ask peers for so many of these names")
    parser.add_argument("--show", type=int, default=0, help="print so many misses and alerts (train part only)")
    options = parser.parse_args()
    lists = options.shared / "lists"
    clean = customers(lists, options.part)
    everyone = list(parties(lists, LISTS))
    un_persons = [party for party in everyone if party.id.startswith("un-sc/") and party.schema == "Person"]
    show = options.show if options.part == "train" else 0
    with tempfile.TemporaryDirectory() as folder:
        for title, held, kinds in (
            ("UN persons", un_persons, ("people",)),
            ("OFAC, CSL, UN", everyone, ("people", "SEC")),
        ):
            path = Path(folder) / "bench.index"
            build_index(path, held, transaction=1)
            index = Index.open(path)
            print(f"{title}: {len(held)} parties, {options.part} part, threshold {options.threshold}")
            asked = queries(held, options.part, options.queries)
            for line in recall(index, asked, options.threshold)[:show]:
                print("     ", *line, sep=" | ")
            if options.peers:
                peers(asked[: options.peers], options.threshold)
            for kind in kinds:
                print(f"  {kind}:", end="")
                schema = "Person" if kind == "people" else "Company"
                for line in alerts(index, clean[kind][: options.queries * 2], schema, options.threshold)[:show]:
                    print("     ", *line, sep=" | ")
            index.close()


if __name__ == "__main__":
    main()
