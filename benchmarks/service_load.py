"""How many questions the service answers: `/match` in batches of 20 and one by one, while an update comes in.

    python benchmarks/service_load.py [--register sqlite:///COPY.db] [--seconds 15] [--workers 1] [--rounds 0]

Starts `vacatur serve` on a free port over 30,000 generated companies (or a given register: a copy, as an edition is
recorded into it) and asks it on loopback from this process, over connections that stay open. Of the names asked for,
`--on-list` (a tenth) are on the list with a letter changed; the others are put together from the list's words.
The update comes from a process of its own, so that three share the machine's cores.
`--rounds` adds a soak: so many more rounds of batches, after which memory and open files should be where they were.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vacatur.law.acts import Measure
from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.everyone import everyone
from vacatur.register.record import StoredDocument, record_measures, record_vintage
from vacatur.register.staging import stage_entries

ENTITIES = 30_000
BATCH = 20
CLIENTS = 2
SINGLES_A_SECOND = 300
QUOTED = "published by yente, quoted, not measured here: about 4 requests/s a vCPU with logic-v2, 15 with logic-v1"
SYLLABLES = "ba be bo da di du fa go ha jin ka ke kuo la lin ma mi nan no pa qi ra ro sa shi su ta ve wei xi yu".split()
KINDS = ("Trading Co., Ltd", "Technology Corp", "Shipping LLC", "Industries JSC", "Group", "Holding GmbH")


@dataclass
class Tally:
    """What came of a round of requests: seconds each took, how many failed, and the service's own CPU seconds."""

    seconds: list[float]
    failed: int = 0
    lasted: float = 0.0
    cpu: float = 0.0

    def line(self, what: str, queries: int) -> str:
        """The tally as a line to read; `queries` is how many a request held."""
        took = sorted(self.seconds)
        p50, p99 = (1000 * took[min(len(took) - 1, int(len(took) * share))] for share in (0.5, 0.99))
        rate = len(took) / self.lasted
        return (
            f"{what:<44} {rate:8,.0f} requests/s {rate * queries:8,.0f} queries/s   "
            f"p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   {self.failed} failed   "
            f"{len(took) * queries / self.cpu:7,.0f} queries a CPU second of the service"
        )


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        url = arguments.register or f"sqlite:///{Path(folder) / 'load.db'}"
        register = Register.open(url)
        if not arguments.register:
            ensure_dossiers(register)
            _record(register, date(2024, 1, 1), range(arguments.entities))
        names = [seen[-1].entry.party.caption for _, seen in everyone(register.snapshot())]
        print(f"{len(names):,} parties, {arguments.workers} worker(s), {arguments.on_list:.0%} of names on the list")
        print(QUOTED)
        with _serving(url, arguments.workers) as (port, process):
            ask = Asking(port, process.pid, names, arguments.on_list, arguments.seconds)
            ask.round(BATCH)  # the first questions open what later ones find open
            print(ask.round(BATCH).line("batches of 20", BATCH))
            print(ask.round(1, SINGLES_A_SECOND).line(f"single, {SINGLES_A_SECOND} a second", 1))
            before = _resources(process.pid)
            update = multiprocessing.get_context("spawn").Process(
                target=_update, args=(url, date(2024, 2, 1), range(500, arguments.entities + 500))
            )
            update.start()
            during = ask.round(1, SINGLES_A_SECOND, until=lambda: not update.is_alive() and _swapped(port, register))
            print(during.line("single, through an update and its swap", 1))
            for _ in range(arguments.rounds):
                ask.round(BATCH)
            print("worker     memory (its share)         open files")
            for worker, (memory, files) in _resources(process.pid).items():
                had = before.get(worker, (0, 0))
                print(f"{worker:<9}  {had[0]:6,.0f} → {memory:6,.0f} MB        {had[1]:4} → {files:4}")
        register.close()


@dataclass
class Asking:
    """Rounds of requests from a few threads, each with a connection of its own."""

    port: int
    process: int
    names: list[str]
    on_list: float
    seconds: float

    def round(self, queries: int, rate: float | None = None, until: Callable[[], bool] | None = None) -> Tally:
        """Ask for `seconds`, longer until `until` holds; at full speed, or `rate` requests a second in all."""
        tallies = [Tally([]) for _ in range(CLIENTS)]
        began, worked = time.perf_counter(), _cpu(self.process)
        ends = threading.Event()
        threads = [
            threading.Thread(target=self._ask, args=(tally, number, queries, rate, ends))
            for number, tally in enumerate(tallies)
        ]
        for thread in threads:
            thread.start()
        time.sleep(self.seconds)
        while until is not None and not until():
            time.sleep(0.2)
        ends.set()
        for thread in threads:
            thread.join()
        times = [seconds for tally in tallies for seconds in tally.seconds]
        failed = sum(tally.failed for tally in tallies)
        return Tally(times, failed, time.perf_counter() - began, _cpu(self.process) - worked)

    def _ask(self, tally: Tally, number: int, queries: int, rate: float | None, ends: threading.Event) -> None:
        source = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        due = time.perf_counter()
        while not ends.is_set():
            body = json.dumps({"queries": {str(key): self._example(source) for key in range(queries)}})
            if rate:
                due += CLIENTS / rate
                time.sleep(max(0.0, due - time.perf_counter()))
            began = time.perf_counter()
            connection.request("POST", "/match/default", body, {"content-type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            tally.seconds.append(time.perf_counter() - began)
            tally.failed += answer.status != 200
        connection.close()

    def _example(self, source: random.Random) -> dict[str, object]:
        if source.random() < self.on_list:
            name = source.choice(self.names)
            place = source.randrange(len(name))
            name = name[:place] + source.choice("aeiou") + name[place + 1 :]
        else:
            name = " ".join(source.choice(source.choice(self.names).split()) for _ in range(3))
        return {"schema": "LegalEntity", "properties": {"name": [name]}}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--register", help="a register to ask instead of a generated one; an edition is recorded into it"
    )
    parser.add_argument("--entities", type=int, default=ENTITIES, help="how many companies are invented")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--on-list", type=float, default=0.1)
    return parser.parse_args()


def _update(url: str, day: date, numbers: range) -> None:
    """The next edition, from a process of its own as any update is."""
    register = Register.open(url)
    _record(register, day, numbers)
    register.close()


def _record(register: Register, day: date, numbers: range) -> None:
    """One edition of a list of invented companies."""
    entries = (Entry(_company(number), (Listing("load-list", list="Load"),)) for number in numbers)
    with register.transaction("benchmark", f"edition of {day}") as writer:
        record_measures(writer, [Measure("load-list", "An invented list", "Nobody", zone="UTC")])
        tally = stage_entries(writer, "load", entries)
        record_vintage(writer, "load", day, StoredDocument(f"load-{day}", "load.csv", 1), tally, {"Load": "load-list"})


def _company(number: int):
    source = random.Random(number)
    words = ["".join(source.choices(SYLLABLES, k=source.randint(2, 3))).capitalize() for _ in range(2)]
    name = f"{' '.join(words)} {source.choice(KINDS)}"
    return make_party(f"load-{number}", "Company", {"name": [name], "country": ["cn"]})


@contextmanager
def _serving(url: str, workers: int) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    command = [sys.executable, "-c", "from vacatur.cli import main; main()", "serve", "--register", url]
    limits = {"VACATUR_RATE": "1e9", "VACATUR_BURST": "1000000000"}
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers", str(workers)],
        env=os.environ | limits,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while _get(port, "/readyz") != 200:
            time.sleep(0.2)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=60)


def _get(port: int, path: str) -> int:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0


def _swapped(port: int, register: Register) -> bool:
    """Whether an answer rests on the register's newest transaction."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/catalog")
    version = json.loads(connection.getresponse().read())["datasets"][0]["version"]
    return int(version) == register.newest_transaction()


def _processes(parent: int) -> list[int]:
    return [parent, *map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())]


def _cpu(parent: int) -> float:
    """CPU seconds that the service's processes have used."""
    ticks = os.sysconf("SC_CLK_TCK")
    stats = (Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in _processes(parent))
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / ticks


def _resources(parent: int) -> dict[int, tuple[float, int]]:
    """{process: (MB of memory, shared pages counted by share; open files)} of the service's processes."""
    found = {}
    for process in _processes(parent):
        folder = Path(f"/proc/{process}")
        lines = (folder / "smaps_rollup").read_text().splitlines()
        memory = next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        found[process] = memory, len(list((folder / "fd").iterdir()))
    return found


if __name__ == "__main__":
    main()
