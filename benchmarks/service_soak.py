"""A long day of the service, shortened: memory and open files of each process through mixed traffic and updates.

    python benchmarks/service_soak.py [--minutes 10] [--entities 10000] [--workers 2] [--every 20]

Starts `vacatur serve` over generated companies. Two clients ask without a pause: batches and singles of `/match`, the
native API now and about past days, search, pages, pictures, feeds, an article to read, refused requests, connections
that are cut. Every `--every` seconds an edition of the list is recorded, which swaps the index in every worker. A line
a minute; at the end what grew since the first third: a leak shows as growth that goes on.
"""

import argparse
import http.client
import json
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from service_load import Asking, _record, _resources, _serving

from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.everyone import everyone

CLIENTS = 2
SAMPLES_A_MINUTE = 6
ARTICLE = "A judge in Washington on Friday suspended the blacklisting of Xiaomi by the Pentagon, the company said."


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'soak.db'}"
        register = Register.open(url)
        ensure_dossiers(register)
        _record(register, date(2020, 1, 1), range(arguments.entities))
        names = [seen[-1].entry.party.caption for _, seen in everyone(register.snapshot())]
        print(f"{len(names):,} parties, {arguments.workers} worker(s), {arguments.minutes:g} minutes")
        with _serving(url, arguments.workers) as (port, process):
            ends, counts = threading.Event(), Counter[str]()
            traffic = [
                threading.Thread(target=_ask, args=(port, process.pid, names, number, ends, counts))
                for number in range(CLIENTS)
            ]
            updates = threading.Thread(target=_update, args=(register, arguments, ends, counts))
            for thread in (*traffic, updates):
                thread.start()
            samples = list(_sampled(process.pid, arguments.minutes, counts))
            ends.set()
            for thread in (*traffic, updates):
                thread.join()
        register.close()
    _judge(samples)


Sample = dict[int, tuple[float, int]]
"""{process: (MB of memory, open files)}."""


def _sampled(process: int, minutes: float, counts: Counter[str]) -> Iterator[Sample]:
    """What the processes hold, some times a minute; a line is printed once a minute."""
    print("minute  updates  requests  failed   memory of each process (MB)          open files")
    began = time.monotonic()
    for number in range(1, int(minutes * SAMPLES_A_MINUTE) + 1):
        time.sleep(max(0.0, began + number * 60 / SAMPLES_A_MINUTE - time.monotonic()))
        found = _resources(process)
        yield found
        if number % SAMPLES_A_MINUTE == 0:
            memory = "  ".join(f"{held:6,.0f}" for held, _ in found.values())
            files = "  ".join(f"{files:3}" for _, files in found.values())
            told = f"{counts['updates']:7}  {counts['requests']:8,}  {counts['failed']:6}"
            print(f"{number // SAMPLES_A_MINUTE:6}  {told}   {memory:<36} {files}", flush=True)


def _judge(samples: list[Sample]) -> None:
    """The largest of the last two thirds against the largest of the first."""
    third = len(samples) // 3
    print("process   memory: largest in each third (MB)   open files: largest in each third")
    for process in samples[-1]:
        thirds = [
            [sample[process] for sample in samples[start : start + third] if process in sample]
            for start in (0, third, 2 * third)
        ]
        memory = " → ".join(f"{max(held for held, _ in some):,.0f}" for some in thirds)
        files = " → ".join(f"{max(files for _, files in some)}" for some in thirds)
        print(f"{process:<9} {memory:<36} {files}")


def _update(register: Register, arguments: argparse.Namespace, ends: threading.Event, counts: Counter[str]) -> None:
    """One edition after the other, each with a few companies more and a few fewer."""
    day, first = date(2020, 1, 1), 0
    while not ends.wait(arguments.every):
        day, first = day + timedelta(days=1), first + 5
        _record(register, day, range(first, arguments.entities + first))
        counts["updates"] += 1


def _ask(port: int, process: int, names: list[str], number: int, ends: threading.Event, counts: Counter[str]) -> None:
    source, examples = random.Random(number), Asking(port, process, names, 0.3, 0)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while not ends.is_set():
        method, path, body, expected = _request(source, examples)
        try:
            connection.request(method, path, body, {"content-type": "application/json"} if body else {})
            answer = connection.getresponse()
            answer.read()
            if answer.status != expected:
                _failed(counts, f"{method} {path.partition('?')[0]}: {answer.status}")
        except (OSError, http.client.HTTPException) as error:
            _failed(counts, f"{method} {path.partition('?')[0]}: {type(error).__name__}")
            connection.close()
        counts["requests"] += 1
        if source.random() < 0.02:  # a client that goes away in the middle
            connection.close()
            connection.request("POST", "/match/default", b"{" * 100, {"content-length": "10000"})
            connection.close()
    connection.close()


def _failed(counts: Counter[str], what: str) -> None:
    counts["failed"] += 1
    if counts["failed"] <= 5:
        print(f"failed: {what}", flush=True)


def _request(source: random.Random, examples: Asking) -> tuple[str, str, bytes | None, int]:
    """Method, path, body and the status to expect of one request of the mix."""
    example = examples._example(source)
    name = example["properties"]["name"][0].replace(" ", "+")  # type: ignore[index]
    party, day = f"load-{source.randrange(2_000, 9_000)}", f"202{source.randrange(6)}-0{source.randrange(1, 10)}-01"
    batch = json.dumps({"queries": {str(key): examples._example(source) for key in range(20)}}).encode()
    single = json.dumps({"queries": {"q": example}}).encode()
    mix: list[tuple[int, tuple[str, str, bytes | None, int]]] = [
        (30, ("POST", "/match/default", single, 200)),
        (10, ("POST", "/match/default", batch, 200)),
        (10, ("GET", f"/api/v1/screen?name={name}", None, 200)),
        (5, ("GET", f"/api/v1/screen?name={name}&on={day}&known={day}", None, 200)),
        (5, ("GET", f"/search/default?q={name}", None, 200)),
        (5, ("GET", f"/entities/{party}", None, 200)),
        (5, ("GET", f"/parties/{party}?on={day}", None, 200)),
        (3, ("GET", "/parties/xiaomi?on=2021-04-01", None, 200)),
        (2, ("GET", "/measures/load-list?page=3", None, 200)),
        (2, ("GET", "/changes", None, 200)),
        (2, ("GET", "/feeds/acts.atom", None, 200)),
        (2, ("GET", "/parties/xiaomi/timeline.png", None, 200)),
        (2, ("POST", "/api/v1/read", json.dumps({"text": ARTICLE, "published": "2021-03-13"}).encode(), 200)),
        (2, ("GET", f"/api/v1/screen?name={name}&recorded=2", None, 200)),
        (3, ("GET", "/entities/nobody", None, 404)),
        (3, ("POST", "/match/default", b"{", 422)),
        (3, ("GET", "/metrics", None, 401)),
    ]
    (chosen,) = source.choices([request for _, request in mix], [weight for weight, _ in mix])
    return chosen


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=float, default=20, help="seconds between updates")
    return parser.parse_args()


if __name__ == "__main__":
    main()
