"""Several processes at one register: readers never see half of an update, writers wait for one another."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from vacatur.register import Register, RegisterError
from vacatur.register import register as module

REPOSITORY = Path(__file__).resolve().parents[2]
PREAMBLE = """
import sys
from datetime import date, timedelta
from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.record import StoredDocument, record_vintage
from vacatur.register.staging import stage_entries

def update(register, source, number, count):
    day = date(2021, 1, 1) + timedelta(number)
    values = [{"name": [f"Company {n}"], "leiCode": [f"LEI{n}"]} for n in range(count)]
    parties = [make_party(f"{source}-{n}", "Company", value) for n, value in enumerate(values)]
    with register.transaction(source, f"edition {number}") as writer:
        tally = stage_entries(writer, source, (Entry(party, (Listing("m", list="T"),)) for party in parties))
        record_vintage(writer, source, day, StoredDocument(f"{source}{number}", "f", 1), tally, {"T": "m"})

register = Register.open(sys.argv[1])
"""
UPDATES = """
for number in range(10):
    update(register, sys.argv[2], number, 50 + number)
"""
READS = """
while True:
    snapshot = register.snapshot()
    seen = snapshot.seen([f"one-{n}" for n in range(100)])
    for number, vintage in enumerate(snapshot.vintages):
        shown = sum(snapshot.holds(item, vintage.id) for item in seen)
        assert shown == vintage.entries == 50 + number, (shown, vintage)
    if len(snapshot.vintages) == 10:
        break
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + code, *arguments],
        env={"PYTHONPATH": str(REPOSITORY / "src")},
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors


def test_readers_see_whole_updates_only(empty_register: Register, register_url: str) -> None:
    readers = [start(READS, register_url) for _ in range(2)]
    finish(start(UPDATES, register_url, "one"), *readers)


def test_two_updates_at_once_lose_nothing(empty_register: Register, register_url: str) -> None:
    finish(start(UPDATES, register_url, "one"), start(UPDATES, register_url, "two"))
    snapshot = empty_register.snapshot()
    assert snapshot.recorded == 20
    for source in ("one", "two"):
        seen = snapshot.seen([f"{source}-{number}" for number in range(100)])
        editions = [vintage for vintage in snapshot.vintages if vintage.source == source]
        assert [vintage.day for vintage in editions] == [date(2021, 1, 1) + timedelta(n) for n in range(10)]
        for number, vintage in enumerate(editions):
            assert sum(snapshot.holds(item, vintage.id) for item in seen) == 50 + number


def test_the_same_update_twice_at_once_is_recorded_as_if_in_turn(empty_register: Register, register_url: str) -> None:
    finish(start(UPDATES, register_url, "one"), start(UPDATES, register_url, "one"))
    snapshot = empty_register.snapshot()
    seen = snapshot.seen([f"one-{number}" for number in range(100)])
    shown = [sum(snapshot.holds(item, vintage.id) for item in seen) for vintage in snapshot.vintages]
    assert shown == [50 + number for number in range(10)]


def test_a_writer_that_waits_too_long_says_so(register_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 1)
    first, second = Register.open(register_url), Register.open(register_url)
    with first.transaction("test", "takes its time"), pytest.raises(RegisterError, match="Nothing was recorded"):  # noqa: SIM117
        with second.transaction("test", "is in a hurry"):
            pass
    assert second.newest_transaction() == 1
    first.close()
    second.close()


@pytest.mark.parametrize(("source", "times"), [("ofac-sdn", "8"), ("ftm", "4")])
def test_killed_at_random_moments_of_an_update_nothing_is_torn(register_url: str, source: str, times: str) -> None:
    """A few kills; `benchmarks/kills.py` itself does hundreds."""
    command = [sys.executable, str(REPOSITORY / "benchmarks/kills.py"), "--times", times, "--size", "600"]
    done = subprocess.run(
        [*command, "--source", source, "--register", register_url], capture_output=True, text=True, check=False
    )
    assert done.stdout.rstrip().endswith("0 torn"), done.stderr
