"""Wrong use and bad input: exit status 2, one clear line on stderr, nothing half-written."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import COMMAND, REPOSITORY, run_command
from machine import absent


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("screen",), "give a name"),
        (("scren", "x"), "scren"),
        (("screen", "x", "--limit", "many"), "--limit"),
        (("screen", "x", "--nope"), "--nope"),
        (("screen", "x", "--on", "yesterday"), "not a day or time"),
        (("screen", "x", "--recorded", "99999"), "transactions up to"),
        (("screen", "--file", "nowhere.csv", "--out", "out.csv"), "no such file"),
        (("status", "zzzz-nobody"), "no party is called"),
        (("status", "xiaomi", "--measure", "nope"), "no measure is called"),
        (("status", "xiaomi", "--from", "2021-01-01"), "go together"),
        (("status", "xiaomi", "--from", "2021-04-01", "--to", "2021-01-01"), "is after"),
        (("status", "xiaomi", "--register", "mysql://host/name"), "no register on mysql"),
        (("screen", "x", "--out", "hits.csv"), "go with --file"),
        (("screen", "--identifier", " "), "give a name"),
        (("status", "xiaomi", "--picture", "x.jpg"), "expected a file .svg or .png"),
        (("update", "nope", "--from", "x.csv"), "no source is called"),
        (("update", "csl", "--from", "nowhere.csv"), "no such file"),
        (("update", "csl", "--from", "nowhere.csv", "--vintage", "2021-13-01"), "not a day"),
        (("acts", "import", "nowhere.yaml"), "can't read nowhere.yaml: No such file"),
        (("read", "nowhere.html"), "can't read"),
        (("read", "http://127.0.0.1/"), "127.0.0.1"),
    ],
)
def test_one_line_says_what_was_wrong(vacatur: Any, arguments: tuple[str, ...], said: str) -> None:
    done = vacatur(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_register_that_is_none_is_refused(vacatur: Any, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"not a database, and long enough to be read as one" * 40)
    done = vacatur("sources", "--register", f"sqlite:///{foreign}")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_database_of_another_program_is_left_alone_to_the_last_byte(vacatur: Any, tmp_path: Path) -> None:
    foreign = tmp_path / "accounts.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE acts (line TEXT)")
    before = foreign.read_bytes()
    done = vacatur("status", "xiaomi", "--register", f"sqlite:///{foreign}")
    assert done.returncode == 2
    assert "another program" in done.stderr
    assert foreign.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [foreign]


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_answer_that_cannot_be_written_is_an_error_in_one_line(tmp_path: Path, form: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        absent("/dev/full, a disk that is always full")
    environment = {
        **os.environ,
        "VACATUR_REGISTER": f"sqlite:///{tmp_path}/r.db",
        "PYTHONPATH": str(REPOSITORY / "src"),
    }
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*COMMAND, "status", "xiaomi", *form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            check=False,
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_disk_that_is_full_leaves_no_register_and_one_line(tmp_path: Path) -> None:
    if not hasattr(os, "fork"):
        absent("limits of file sizes, a thing of Unix")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)); "
    environment = {
        **os.environ,
        "VACATUR_REGISTER": f"sqlite:///{tmp_path}/r.db",
        "PYTHONPATH": str(REPOSITORY / "src"),
    }
    command = [COMMAND[0], "-c", limited + COMMAND[2], "status", "xiaomi"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert run_command(tmp_path / "r.db", "status", "xiaomi").returncode == 0


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_terminal_that_knows_only_ascii_gets_an_answer(tmp_path: Path, form: tuple[str, ...]) -> None:
    environment = {
        **os.environ,
        "VACATUR_REGISTER": f"sqlite:///{tmp_path}/r.db",
        "PYTHONPATH": str(REPOSITORY / "src"),
    }
    environment |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [*COMMAND, "screen", "Xiaomi", *form]
    done = subprocess.run(command, capture_output=True, env=environment, encoding="ascii", check=False)
    assert done.returncode == 0, done.stderr
    if form:
        assert "小米集团" in json.loads(done.stdout)["hits"][0]["party"]["names"]


@pytest.mark.parametrize("day", ["1000-01-01", "8999-12-31"])
def test_the_first_and_the_last_day_that_can_be_asked_about_have_an_answer(vacatur: Any, day: str) -> None:
    assert vacatur("status", "xiaomi", "--on", day).returncode == 0


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "9000-01-01", "9999-12-31"])
def test_a_day_at_an_end_of_the_calendar_is_refused(vacatur: Any, day: str) -> None:
    done = vacatur("status", "xiaomi", "--on", day)
    assert done.returncode == 2
    assert "expected a year from 1000 to 8999" in done.stderr


@pytest.mark.parametrize("content", [b"", b"<html><body>403</body></html>", b"a,b,c\r\n1,2,3\r\n", b"\x00\xff" * 50])
def test_an_empty_or_foreign_list_changes_nothing(own_vacatur: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sdn.csv").write_bytes(content)
    before = own_vacatur("sources").stdout
    done = own_vacatur("update", "ofac-sdn", "--from", str(tmp_path / "sdn.csv"), "--vintage", "2021-07-07")
    assert done.returncode == 2
    assert "sdn.csv" in done.stderr
    assert own_vacatur("sources").stdout == before


def test_exit_code_1_only_when_asked_for(vacatur: Any) -> None:
    assert vacatur("screen", "Xiaomi").returncode == 0
    assert vacatur("screen", "Xiaomi", "--exit-code").returncode == 1
    assert vacatur("screen", "Zzyzx Qwerty", "--exit-code").returncode == 0


def test_control_characters_of_a_file_name_do_not_reach_the_terminal(vacatur: Any, tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[31m.csv"
    path.write_text("name\nXiaomi\n")
    done = vacatur("screen", "--file", str(path), "--out", str(tmp_path / "out\x1b[31m.csv"))
    assert done.returncode == 0
    assert "\x1b" not in done.stderr
