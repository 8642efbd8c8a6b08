"""The watch at size: how long until those whom an update touches are found among many watched names, and screened.

    python benchmarks/watch.py --watched 1000000 --delta 500

Generates a watch list and a list of entries of which `--delta` are new, one in five of them meant for someone watched.
Measured: an index of the parties that changed, all customers searched in it, and the candidates screened against the
register's index, as a run does. The first screening of everyone is not part of it; its rate is measured on a sample.
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from loaders import peak_memory

from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.record import StoredDocument, record_vintage
from vacatur.register.staging import stage_entries
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import DEFAULT_THRESHOLD, Screener
from vacatur.screening.standing import Asked
from vacatur.watch.indexing import candidates, index_of_changed
from vacatur.watch.lists import list_queries, list_watched, watch_customers
from vacatur.watch.runs import AT_ONCE, MOST_HITS

SEED = 20210312
CONSONANTS = "b d f g h k l m n p r s t v z sh ch tr kr st gr".split()
SYLLABLES = [a + b for a in CONSONANTS for b in "a e i o u ai ou".split()]
FORMS = ("Ltd", "LLC", "JSC", "GmbH", "Co., Ltd.", "")
SAMPLE = 2_000


def names(count: int, seed: int) -> list[str]:
    """Invented names of two or three words, one word in four a common one, and a legal form."""
    draw = random.Random(seed)
    drawn = random.Random(SEED)
    words = ["".join(drawn.choice(SYLLABLES) for _ in range(drawn.randint(2, 4))).title() for _ in range(60_000)]

    def word() -> str:
        return words[draw.randrange(50)] if draw.random() < 0.25 else draw.choice(words)

    return [" ".join([*(word() for _ in range(draw.randint(2, 3))), draw.choice(FORMS)]).strip() for _ in range(count)]


def record(register: Register, day: date, listed: list[str]) -> None:
    """An edition of a list with these names."""
    entries = (
        Entry(make_party(f"gen-{number}", "Company", {"name": [name]}), (Listing("gen", list="G"),))
        for number, name in enumerate(listed)
    )
    with register.transaction("benchmark", f"edition {day}") as writer:
        tally = stage_entries(writer, "gen", entries)
        record_vintage(writer, "gen", day, StoredDocument(day.isoformat(), "gen", 1), tally, {"G": "gen"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--watched", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=20_000, help="entries on the list before")
    parser.add_argument("--delta", type=int, default=500)
    options = parser.parse_args()
    draw = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        register = Register.open(f"sqlite:///{Path(folder) / 'register.db'}")
        watched, listed = names(options.watched, SEED), names(options.entries, SEED + 1)
        fresh = names(options.delta, SEED + 2)
        for number in range(0, options.delta, 5):
            fresh[number] = draw.choice(watched)

        def timed(what: str, work):  # type: ignore[no-untyped-def]
            start, worked = time.perf_counter(), time.process_time()
            found = work()
            spent = time.perf_counter() - start
            print(f"{what}: {spent:.2f} s, {time.process_time() - worked:.2f} s of them at work", flush=True)
            return found

        customers = [(str(number), {"name": name}) for number, name in enumerate(watched)]
        timed(f"importing {options.watched:,} customers", lambda: watch_customers(register, customers, actor="b"))
        record(register, date(2026, 1, 1), [*listed, *fresh])
        ids = [f"gen-{options.entries + number}" for number in range(options.delta)]
        now = datetime.now(UTC)
        main_index = open_index(register)
        screener = Screener(register, main_index, Asked(now, now, main_index.transaction))

        def find():  # type: ignore[no-untyped-def]
            with index_of_changed(screener.snapshot, ids) as index, register.engine.connect() as connection:
                met = candidates(index, list_queries(connection, options.watched), DEFAULT_THRESHOLD, lambda _: None)
                return list(list_watched(connection, met))

        again = timed(f"candidates for {options.delta} changed parties among {options.watched:,}", find)
        with register.engine.connect() as connection:
            sample = list(list_watched(connection, range(1, SAMPLE + 1)))

        def screen(who):  # type: ignore[no-untyped-def]
            parts = [[item.query for item in who[start : start + AT_ONCE]] for start in range(0, len(who), AT_ONCE)]
            answers = chain.from_iterable(
                screener.screen_many(part, screener.asked, MOST_HITS, DEFAULT_THRESHOLD) for part in parts
            )
            return sum(bool(answer.hits) for answer in answers)

        hits = timed(f"screening these {len(again):,} candidates", lambda: screen(again))
        timed(f"screening {len(sample):,} customers, as the first run does with everyone", lambda: screen(sample))
        print(f"{hits:,} of the candidates have hits; peak memory {peak_memory():,.0f} MiB")
        register.close()


if __name__ == "__main__":
    main()
