"""The pages keep what they promise: their commands run, their links lead somewhere."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import run_command

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").rglob("*.md")])
LAW_COMMANDS = re.findall(r"`vacatur ((?:status|history) [^`]+)`", (REPOSITORY / "docs/law.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("register") / "register.db"


@pytest.mark.parametrize("command", LAW_COMMANDS)
def test_the_commands_of_the_page_on_law_run(register: Path, command: str) -> None:
    done: Any = run_command(register, *shlex.split(command))
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"
