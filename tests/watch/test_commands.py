"""`vacatur watch` as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def watch(tmp_path: Path):  # type: ignore[no-untyped-def]
    environment = {
        **os.environ,
        "VACATUR_REGISTER": f"sqlite:///{tmp_path / 'register.db'}",
        "PYTHONPATH": str(REPOSITORY / "src"),
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from vacatur.cli import main; main()", "watch", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    return run


def test_from_a_file_of_customers_to_feeds_and_back(watch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "customers.csv").write_text("id,name,country\nC1,Xiaomi Corporation,cn\nC2,Nobody At All,no\n")
    assert watch("import", str(tmp_path / "customers.csv")).stdout.startswith("2 added")
    assert watch("add", "gowin").stdout == "gowin: watched\n"
    assert [item["id"] for item in json.loads(watch("list", "--json").stdout)] == ["C1", "C2", None]
    atom, feed = tmp_path / "watch.atom", tmp_path / "watch.json"
    first = watch("run", "--json", "--exit-code", "--atom", str(atom), "--json-feed", str(feed))
    assert first.returncode == 1, first.stderr
    document = json.loads(first.stdout)
    assert [(item["id"], item["kind"], item["watched"][0]["key"]) for item in document["notices"]] == [
        ("1-1", "new_hit", "C1")
    ]
    assert "New hit: Xiaomi Corporation" in atom.read_text()
    assert json.loads(feed.read_text())["items"][0]["tags"] == ["new_hit"]
    second = watch("run", "--exit-code")
    assert second.returncode == 0
    assert "no change" in second.stdout
    assert [item["run"] for item in json.loads(watch("runs", "--json").stdout)] == [2, 1]
    assert "may be Xiaomi" in watch("runs", "--run", "1").stdout
    assert watch("remove", "C1", "gowin").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add"], "give ids of parties"),
        (["add", "nobody-at-all"], "no party"),
        (["remove", "C9"], "not watched"),
        (["runs", "--run", "7"], "no run 7"),
        (["run", "--webhook", "https://example.com/"], "secret of a webhook"),
        (["run", "--mail", "nobody"], "not an e-mail address"),
        (["import", "no-such-file.csv"], "no such file"),
    ],
)
def test_wrong_use_is_one_clear_line(watch, arguments: list[str], says: str) -> None:  # type: ignore[no-untyped-def]
    done = watch(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
