"""From a file of customers to decisions and back, on the command line."""

import csv
import json
from pathlib import Path

import pytest
from cli.conftest import Run


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text("id,name,country\nC-1,Xiaomi,cn\nC-2,Bäckerei Müller,de\n", "utf-8")
    return path


def screen(vacatur: Run, customers: Path, *options: str) -> tuple[int, list[dict[str, str]], str]:
    out = customers.with_name("hits.csv")
    done = vacatur("screen", "--file", str(customers), "--out", str(out), "--on", "2021-04-01", "--exit-code", *options)
    with out.open(encoding="utf-8-sig") as file:
        return done.returncode, list(csv.DictReader(file)), done.stderr


def test_a_false_match_is_decided_once(own_vacatur: Run, customers: Path) -> None:
    status, rows, said = screen(own_vacatur, customers, "--review")
    assert (status, rows[0]["outcome"]) == (1, "hit")
    assert "1 cases opened" in said

    case = json.loads(own_vacatur("review", "list", "--json").stdout)["cases"][0]["id"]
    shown = own_vacatur("review", "show", case).stdout
    assert "Xiaomi Corporation" in shown
    done = own_vacatur("review", "decide", case, "false_match", "--reason", "a phone shop", "--by", "Anna")
    assert done.returncode == 0, done.stderr

    status, rows, said = screen(own_vacatur, customers, "--decisions")
    assert (status, rows[0]["outcome"]) == (0, "decided: false match")
    assert "Anna" in rows[0]["decision"]
    assert "1 hits were decided before" in said
    assert screen(own_vacatur, customers)[0] == 1

    customers.write_text("id,name,country\nC-1,Xiaomi,hk\n", "utf-8")
    status, rows, _ = screen(own_vacatur, customers, "--decisions")
    assert (status, rows[0]["outcome"]) == (1, "returned: the customer's details changed")


def test_the_log_is_verified_offline_and_a_change_is_named(own_vacatur: Run, customers: Path, tmp_path: Path) -> None:
    public = own_vacatur("audit", "keygen").stdout.strip()
    screen(own_vacatur, customers, "--review")
    case = json.loads(own_vacatur("review", "list", "--json").stdout)["cases"][0]["id"]
    for outcome in ("need_more", "false_match"):
        own_vacatur("review", "decide", case, outcome, "--reason", "a phone shop", "--by", "Anna")
    exported = tmp_path / "log.jsonl"
    assert own_vacatur("audit", "export", str(exported)).returncode == 0
    kept = tmp_path / "checkpoint.json"
    kept.write_text(own_vacatur("audit", "checkpoint").stdout, "utf-8")

    whole = own_vacatur("audit", "verify", str(exported), "--key", public)
    assert whole.returncode == 0, whole.stdout
    assert "whole: 2 entries" in whole.stdout
    assert own_vacatur("audit", "verify", "--expect", str(kept)).returncode == 0

    exported.write_text(exported.read_text("utf-8").replace("a phone shop", "a phone shap", 1), "utf-8")
    broken = own_vacatur("audit", "verify", str(exported))
    assert broken.returncode == 1
    assert "BROKEN at entry 1 (line 2)" in broken.stdout
    assert "its content is not what was written" in broken.stdout


def test_two_persons_may_be_demanded(own_vacatur: Run, customers: Path) -> None:
    own_vacatur("review", "rules", "--two-persons", "--by", "Anna")
    screen(own_vacatur, customers, "--review")
    case = json.loads(own_vacatur("review", "list", "--json").stdout)["cases"][0]["id"]
    decide = ("review", "decide", case, "false_match", "--reason", "a phone shop", "--by")
    assert "waits for a second person" in own_vacatur(*decide, "Anna").stdout
    again = own_vacatur(*decide, "Anna")
    assert again.returncode == 2
    assert "another person must confirm" in again.stderr
    assert own_vacatur(*decide, "Bo").returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        ("review", "decide", "x", "false_match", "--reason", "y"),
        ("review", "list", "--state", "x"),
        ("audit", "verify", "missing.jsonl"),
        ("audit", "verify", "--key", "nonsense"),
        ("audit", "checkpoint"),
    ],
)
def test_wrong_use_is_one_line(own_vacatur: Run, command: tuple[str, ...]) -> None:
    done = own_vacatur(*command)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
