"""A register of millions: what a first load, a small update and a delta cost, and the memory that they take.

    python benchmarks/scale.py --entities 2500000                          # a SQLite file of its own
    python benchmarks/scale.py --entities 100000 --engine postgresql      # a PostgreSQL server of its own

Generates a FollowTheMoney stream (companies and people, half of them sanctioned and one in five owned by another),
loads it as `vacatur update ftm` does but for the index, changes one party in a thousand (of three one reads otherwise,
one is new, one is gone), and loads that edition, whole; then a delta to it that changes as many. Seconds are those of
the processor, user and system, and those of the clock. Each step is a process of its own; its memory is the peak of its
resident set.
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
FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)


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


def write_delta(path: Path, wanted: int) -> int:
    """Write a delta to the second edition in which one party in a thousand reads otherwise or is gone; how many."""
    changed = [number for number in range(1, wanted * 6 // 10 + 1) if number % 3_000 in (3, 4, 5)]
    with path.open("w") as file:
        for number in changed:
            for line in entities(number, 3):
                found = json.loads(line)
                if number % 3_000 == 4:
                    change = {"op": "DEL", "entity": {"id": found["id"]}}
                else:
                    change = {"op": "MOD", "entity": found}
                file.write(json.dumps(change, separators=(",", ":")) + "\n")
    return len(changed)


def load(url: str, path: Path, day: date) -> tuple[str, float, float, float]:
    """(what came of it, processor seconds, seconds, peak MiB) of recording an edition."""
    register = Register.open(url)
    start, worked = time.perf_counter(), time.process_time()
    updated = update_from_file(register, FollowTheMoney(), ListDocument(path, {}, day), actor="benchmark")
    seconds, work = time.perf_counter() - start, time.process_time() - worked
    register.close()
    difference = updated.difference
    assert difference is not None
    said = (
        f"{updated.entries:,} entries: {difference.added:,} added, {difference.changed:,} changed,"
        f" {difference.removed:,} removed"
    )
    return said, work, seconds, peak_memory()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, register_url(options.engine, Path(temporary)) as url:
        took = []
        for edition, day in enumerate((FIRST, SECOND, THIRD)):
            path = Path(temporary) / f"{day}.json"
            written = write_delta(path, options.entities) if edition == 2 else write(path, options.entities, edition)
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                said, work, seconds, memory = pool.submit(load, url, path, day).result()
            took.append(work)
            print(
                f"{day}: {written:,} lines, {path.stat().st_size / 2**20:,.1f} MiB; {said};"
                f" {work:.1f} s of work in {seconds:.1f} s, {memory:,.0f} MiB",
                flush=True,
            )
            path.unlink()
        print(
            f"work: {options.entities / took[0]:,.0f} entities/s loaded; the update took {took[1] / took[0]:.2%} of the"
        )
        print(f"load, the delta {took[2] / took[0]:.2%}")


if __name__ == "__main__":
    main()
