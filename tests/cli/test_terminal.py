"""What reaches the terminal: nothing that it would obey."""

from pathlib import Path
from typing import Any

import pytest

from vacatur.cli.show import safe


@pytest.mark.parametrize("evil", ["\x1b[2J", "\x07", "\r", "\x9b31m", "\u202e", "\u2066", "\u200b", "\ufeff"])
def test_control_and_bidi_characters_are_dropped(evil: str) -> None:
    assert safe(f"Xia{evil}omi").startswith("Xia")
    assert evil not in safe(f"Xia{evil}omi")


def test_a_listed_name_with_control_characters_is_recorded_and_shown_without(own_vacatur: Any, tmp_path: Path) -> None:
    row = '900001,"EVIL\x1b\x07 RED\u202e COMPANY",-0- ,"SDGT"' + ",-0- " * 8
    (tmp_path / "sdn.csv").write_bytes(f"{row}\r\n\x1a".encode())
    done = own_vacatur("update", "ofac-sdn", "--from", str(tmp_path / "sdn.csv"), "--vintage", "2021-07-07")
    assert done.returncode == 0, done.stderr
    shown = own_vacatur("screen", "Evil Red Company", "--threshold", "0.5").stdout
    assert "COMPANY" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_change_within_the_day_is_told(vacatur: Any) -> None:
    assert "changed that day: ENDED from 16:09:00 EDT" in vacatur("status", "xiaomi", "--on", "2021-05-25").stdout


def test_wrapped_lines_keep_their_indent_and_end_without_blanks(vacatur: Any) -> None:
    lines = vacatur("status", "huawei", "--on", "2019-06-01", "--why").stdout.splitlines()
    assert all(line.startswith("  ") for line in lines[1:])
    assert all(line == line.rstrip() for line in lines)
