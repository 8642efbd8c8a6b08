"""The command as a user runs it: a process of its own, with a register of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from vacatur.cli import main; main()"]
Run = Callable[..., subprocess.CompletedProcess[str]]


def run_command(register: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VACATUR_REGISTER": f"sqlite:///{register}", "PYTHONPATH": str(REPOSITORY / "src")}
    return subprocess.run(
        [*COMMAND, *arguments], input=stdin, capture_output=True, text=True, env=environment, timeout=120, check=False
    )


@pytest.fixture(scope="session")
def vacatur(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `vacatur …` on a register that all tests of the session share and none changes."""
    register = tmp_path_factory.mktemp("register") / "register.db"
    return lambda *arguments, **options: run_command(register, *arguments, **options)


@pytest.fixture
def own_vacatur(tmp_path: Path) -> Run:
    """Runs `vacatur …` on a register of the test's own."""
    return lambda *arguments, **options: run_command(tmp_path / "register.db", *arguments, **options)
