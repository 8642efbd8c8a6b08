"""Wrong use and bad input: exit status 2, one clear line on stderr, nothing half-written."""

from pathlib import Path
from typing import Any

import pytest


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
        (("status", "xiaomi", "--picture", "x.jpg"), "expected a file .svg or .png"),
        (("update", "nope", "--from", "x.csv"), "no source is called"),
        (("update", "csl", "--from", "nowhere.csv"), "no such file"),
        (("update", "csl", "--from", "nowhere.csv", "--vintage", "2021-13-01"), "not a day"),
        (("acts", "import", "nowhere.yaml"), "can't read"),
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
