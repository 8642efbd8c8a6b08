"""How fast the law answers: statuses a second for parties with five acts, and point queries over many parties.

python benchmarks/law.py [--parties 2000000]
"""

import argparse
import random
import statistics
import time
from datetime import date, timedelta

from vacatur.law.acts import Act, Measure
from vacatur.law.moments import NEVER, starts
from vacatur.law.report import open_case, status
from vacatur.law.rule import docket
from vacatur.law.status import verdict

MEASURE = Measure("m", "A measure", "An authority", zone="UTC")
KINDS = ("designated", "preliminary_injunction_granted", "stay_granted", "redesignated", "delisted")


def five_acts(party: str) -> list[Act]:
    """A designation, an injunction, its stay, a renewal, a removal."""
    first = date(2021, 1, 1)
    return [
        Act(
            id=f"{party}-{number}",
            kind=kind,
            measures=("m",),
            effective=first + timedelta(days=30 * number),
            parties=frozenset({party}),
            targets=(f"{party}-1",) if kind == "stay_granted" else (),
            zone="UTC",
        )
        for number, kind in enumerate(KINDS)
    ]


def rate(repeats: int, cases: list[tuple[str, list[Act]]], *, whole: bool) -> float:
    """Statuses a second, each with its docket built anew; `whole` adds chain, consequences and what is next."""
    at = starts(date(2021, 4, 15))
    begun = time.perf_counter()
    for _ in range(repeats):
        for party, acts in cases:
            if whole:
                status(open_case(party, MEASURE, acts, NEVER), at)
            else:
                verdict(docket(acts, party, "m", NEVER), MEASURE, at)
    return repeats * len(cases) / (time.perf_counter() - begun)


def point_queries(parties: int, asked: int = 20_000) -> list[float]:
    """Microseconds of each query, over so many parties with a designation each."""
    register = {
        f"p{number}": Act(
            id=f"a{number}",
            kind="designated",
            measures=("m",),
            effective=date(2021, 1, 1),
            parties=frozenset({f"p{number}"}),
            zone="UTC",
        )
        for number in range(parties)
    }
    source, at, taken = random.Random(1), starts(date(2021, 6, 1)), []
    for _ in range(asked):
        party = f"p{source.randrange(parties)}"
        begun = time.perf_counter()
        verdict(docket([register[party]], party, "m", NEVER), MEASURE, at)
        taken.append((time.perf_counter() - begun) * 1e6)
    return sorted(taken)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parties", type=int, default=2_000_000)
    options = parser.parse_args()
    cases = [(f"p{number}", five_acts(f"p{number}")) for number in range(1_000)]
    print(f"state, five acts a party      {rate(20, cases, whole=False):>12,.0f} a second")
    print(f"whole status, five acts       {rate(5, cases, whole=True):>12,.0f} a second")
    taken = point_queries(options.parties)
    p99 = taken[int(len(taken) * 0.99)]
    print(f"point query, {options.parties:,} parties  p50 {statistics.median(taken):.1f} µs, p99 {p99:.1f} µs")


if __name__ == "__main__":
    main()
