"""A long screening: the same file of hits whatever the workers, and after a kill nothing lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from vacatur.cli.many import FileRun, screen_file
from vacatur.errors import UserError
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.screening import pieces

NAMES = ["Xiaomi", "Nobody At All Ltd", "Huawei Technologies", "", "ZTE Corp"]
TIMES = ("2021-04-01", "2026-01-01", None)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'r.db'}"
    ensure_dossiers(Register.open(url))
    return url


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 7)


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    rows = [f"{number},{NAMES[number % len(NAMES)]}" for number in range(60)]
    path.write_text("\n".join(["id,name", *rows]), "utf-8")
    return path


def screened(url: str, run: FileRun) -> bytes:
    screen_file(run, TIMES, url, as_json=True)
    return run.out.read_bytes()


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
@pytest.mark.usefixtures("small")
def test_the_same_bytes_whatever_the_number_of_workers(url: str, customers: Path, suffix: str) -> None:
    one = screened(url, FileRun(customers, customers.with_name(f"one{suffix}"), workers=1))
    two = screened(url, FileRun(customers, customers.with_name(f"two{suffix}"), workers=2))
    assert one == two
    assert not list(customers.parent.glob(".*"))
    if suffix == ".jsonl":
        assert one.count(b"\n") == 60


class Stopped(Exception):  # noqa: N818 - stands for a kill
    pass


def stop_after(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the run be stopped once `number` pieces are finished and the next one is written."""
    finish: Callable[[pieces.Run, int], None] = pieces.Run._finish

    def stopping(run: pieces.Run, piece: int) -> None:
        if piece == number:
            raise Stopped
        finish(run, piece)

    monkeypatch.setattr(pieces.Run, "_finish", stopping)


@pytest.mark.usefixtures("small")
def test_a_stopped_run_goes_on_and_gives_the_same_file(
    url: str, customers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = screened(url, FileRun(customers, customers.with_name("whole.jsonl"), workers=1))
    run = FileRun(customers, customers.with_name("hits.jsonl"), workers=1)
    with monkeypatch.context() as stopping:
        stop_after(stopping, 3)
        with pytest.raises(Stopped):
            screened(url, run)
    assert not run.out.exists()
    assert screened(url, replace(run, resumes=True)) == whole
    assert not run.folder.exists()


@pytest.mark.usefixtures("small")
def test_a_run_that_asks_otherwise_does_not_go_on(url: str, customers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = FileRun(customers, customers.with_name("hits.jsonl"), workers=1)
    with monkeypatch.context() as stopping:
        stop_after(stopping, 1)
        with pytest.raises(Stopped):
            screened(url, run)
    with pytest.raises(UserError, match="threshold is not as it was"):
        screened(url, replace(run, resumes=True, threshold=0.9))
    with customers.open("a", encoding="utf-8") as file:
        file.write("\n60,Xiaomi")
    with pytest.raises(UserError, match="file is not as it was"):
        screened(url, replace(run, resumes=True))


def test_where_nothing_was_left_there_is_nothing_to_resume(url: str, customers: Path) -> None:
    with pytest.raises(UserError, match="no run"):
        screened(url, FileRun(customers, customers.with_name("hits.csv"), resumes=True))


def test_killed_for_real_and_resumed(url: str, tmp_path: Path) -> None:
    """A SIGKILL between any two pieces, with two workers; the file is that of a run that nobody killed."""
    customers = tmp_path / "many.csv"
    customers.write_text("\n".join(["name", *(f"Xiaomi {number}" for number in range(6_000))]), "utf-8")
    script = "from vacatur.cli import main; main()"
    files = ["screen", "--file", str(customers), "--on", "2021-04-01", "--known", "2026-01-01", "--register", url]
    options = [sys.executable, "-c", script, *files, "--threshold", "0.99", "--workers", "2", "--out"]
    out = tmp_path / "hits.jsonl"
    started = subprocess.Popen([*options, str(out)], start_new_session=True, stderr=subprocess.DEVNULL)
    folder = tmp_path / ".hits.jsonl.run"
    while started.poll() is None and not list(folder.glob("*.piece")):
        time.sleep(0.02)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    if not out.exists():
        done = subprocess.run([*options, str(out), "--resume"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    rows = out.read_text("utf-8").splitlines()
    assert [f'{{"row": {number},' in row for number, row in enumerate(rows, start=1)] == [True] * 6_000
