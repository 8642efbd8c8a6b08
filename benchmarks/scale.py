"""A register of millions: what a first load and a small update cost, and the memory that they take.

    python benchmarks/scale.py --entities 2500000                          # a SQLite file of its own
    python benchmarks/scale.py --entities 100000 --engine postgresql      # a PostgreSQL server of its own

Generates a FollowTheMoney stream (companies and people, half of them sanctioned and one in five owned by another),
loads it as `vacatur update ftm` does but for the index, changes one entity in a thousand (as many again are new, as
many are gone), and loads that edition. Each step is a process of its own; its memory is the peak of its resident set.
"""

import argparse
import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from kills import register_url
from loaders import peak_memory

from vacatur.register import Register
from vacatur.register.update import update_from_file
from vacatur.sources.base import ListDocument
from vacatur.sources.ftm import FollowTheMoney

WORDS = [
    a + b
    for a in "nor sel kar tam bel dor vin zhu lin mar pet sol gra hel tor".split()
    for b in "co ta mex lan ium dor via ra ski ov".split()
]
FIRST, SECOND = date(2026, 1, 1), date(2026, 1, 2)


def entity(id: str, schema: str, **properties: list[str]) -> str:
    found = {"id": id, "schema": schema, "datasets": ["generated"], "properties": properties}
    return json.dumps(found, separators=(",", ":")) + "\n"


def entities(number: int, edition: int) -> Iterator[str]:
    """What the stream says of party `number`: itself and, for some, a sanction or an owner; ten lines for six."""
    draw = random.Random(f"{number} {edition}" if edition else number)
    name = " ".join(draw.sample(WORDS, 3)).title()
    day = date(1940 + number % 60, 1 + number % 12, 1 + number % 28).isoformat()
    if number % 3:
        yield entity(
            f"gen-{number}",
            "Company",
            name=[f"{name} Ltd {number}"],
            alias=[name],
            jurisdiction=["ru"],
            registrationNumber=[f"R{number:09}"],
            address=[f"{number} {name} Street, Norville"],
        )
    else:
        yield entity(
            f"gen-{number}", "Person", name=[name], birthDate=[day], nationality=["ir"], notes=[f"No. {number}"]
        )
    if number % 2:
        yield entity(f"san-{number}", "Sanction", entity=[f"gen-{number}"], program=["P"], listingDate=["2025-01-01"])
    if number % 6 == 0:
        yield entity(
            f"own-{number}", "Ownership", owner=[f"gen-{number}"], asset=[f"gen-{number + 1}"], percentage=["51"]
        )


def write(path: Path, wanted: int, edition: int) -> int:
    """Write an edition of about `wanted` entities; how many. In the second, one party in a thousand differs."""
    written = 0
    parties = wanted * 6 // 10
    with path.open("w") as file:
        for number in range(1, parties + 1 + (parties // 3_000 if edition else 0)):
            turn = number % 3_000 if edition and number <= parties else 0
            if turn == 1:
                continue
            for line in entities(number, edition if turn == 2 else 0):
                file.write(line)
                written += 1
    return written


def load(url: str, path: Path, day: date) -> tuple[str, float, float]:
    """(what came of it, seconds, peak MiB) of recording an edition."""
    register = Register.open(url)
    start = time.perf_counter()
    updated = update_from_file(register, FollowTheMoney(), ListDocument(path, {}, day), actor="benchmark")
    seconds = time.perf_counter() - start
    register.close()
    difference = updated.difference
    assert difference is not None
    said = (
        f"{updated.entries:,} entries: {difference.added:,} added, {difference.changed:,} changed,"
        f" {difference.removed:,} removed"
    )
    return said, seconds, peak_memory()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, register_url(options.engine, Path(temporary)) as url:
        took = []
        for edition, day in enumerate((FIRST, SECOND)):
            path = Path(temporary) / f"{day}.json"
            written = write(path, options.entities, edition)
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                said, seconds, memory = pool.submit(load, url, path, day).result()
            took.append(seconds)
            print(
                f"{day}: {written:,} entities, {path.stat().st_size / 2**20:,.0f} MiB; {said}; {seconds:.1f} s"
                f" ({written / seconds:,.0f} entities/s), {memory:,.0f} MiB",
                flush=True,
            )
        print(f"the update took {took[1] / took[0]:.1%} of the load")


if __name__ == "__main__":
    main()
