"""What a search finds of all that scoring every name would find.

    python benchmarks/candidate_recall.py [--shared ../shared] [--queries 2000] [--threshold 0.7]

Queries are names of the real lists, changed as people miswrite them (`perturbing.py`), and customers who are on no
list, half each. A party counts that reaches the threshold when every name is scored by the same kernel.
"""

import argparse
import random
import tempfile
from pathlib import Path

from matching_lists import customers, real_parties
from perturbing import perturbed

from vacatur.matching.index import Index, build_index
from vacatur.matching.model import IndexedParty, Query


def miswritten(parties: list[IndexedParty], count: int) -> list[str]:
    """Names of the list, changed."""
    source = random.Random(6)
    found: list[str] = []
    while len(found) < count:
        party = source.choice(parties)
        changed = perturbed(party.names[0].text, person=party.schema == "Person", seed=len(found))
        if changed:
            found.append(changed[1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--threshold", type=float, default=0.7)
    options = parser.parse_args()
    lists = options.shared / "lists"
    parties = list(real_parties(lists))
    half = options.queries // 2
    names = miswritten(parties, half) + customers(lists)[: options.queries - half]
    queries = [Query(name) for name in names]
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder) / "index", parties, transaction=1)
        index = Index.open(Path(folder) / "index")
        found = all_there = same = 0
        lost = []
        many = len(parties)
        every = index.search_many(queries, many, options.threshold, every_name=True)
        for query, some, all_hits in zip(
            queries, index.search_many(queries, many, options.threshold), every, strict=True
        ):
            scores = {match.party: match.score for match in some}
            all_there += len(all_hits)
            found += sum(scores.get(match.party) == match.score for match in all_hits)
            same += [match.party for match in some] == [match.party for match in all_hits]
            lost += [(query.name, match.name, match.score) for match in all_hits if match.party not in scores]
    print(f"{len(queries)} queries on {len(parties)} parties at {options.threshold}")
    print(f"{found} of {all_there} hits found ({found / max(1, all_there):.2%}); {same} answers the very same")
    for query, name, score in lost[:20]:
        print(f"  lost: {query!r} → {name!r} ({score})")


if __name__ == "__main__":
    main()
