"""`vacatur diff` as a user runs it: table, JSON, csv that no spreadsheet runs."""

import csv
import json
from pathlib import Path

from cli.conftest import Run


def sdn(folder: Path, name: str, names: list[str]) -> str:
    rows = [f'{900_000 + number},"{text}",-0- ,"SDGT"' + ",-0- " * 8 for number, text in enumerate(names)]
    path = folder / name
    path.write_bytes(("\r\n".join(rows) + "\r\n\x1a").encode())
    return str(path)


def test_what_came_went_and_changed(own_vacatur: Run, tmp_path: Path) -> None:
    first = sdn(tmp_path, "a.csv", ["ALPHA LTD", "BRAVO LTD", "CHARLIE LTD"])
    second = sdn(tmp_path, "b.csv", ["ALPHA LTD", "=BRAVO LTD"])
    for path, day in ((first, "2026-01-01"), (second, "2026-02-01")):
        assert own_vacatur("update", "ofac-sdn", "--from", path, "--vintage", day).returncode == 0
    shown = own_vacatur("diff", "ofac-sdn", "2026-01-01", "2026-02-01").stdout
    assert "0 added, 1 removed, 1 changed" in shown
    assert "− ofac-900002  CHARLIE LTD" in shown
    assert "    name: − BRAVO LTD; + =BRAVO LTD" in shown
    out = tmp_path / "changes.csv"
    done = own_vacatur("diff", "ofac-sdn", "2026-01-01", "2026-02-01", "--json", "--csv", str(out))
    document = json.loads(done.stdout)
    assert document["summary"] == {"added": 0, "removed": 1, "changed": 1}
    assert document["changes"][0]["properties"] == [{"name": "name", "removed": ["BRAVO LTD"], "added": ["=BRAVO LTD"]}]
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    assert {row["after"] for row in rows if row["party"] == "ofac-900001"} == {"'=BRAVO LTD"}


def test_an_edition_that_was_not_read_is_refused(own_vacatur: Run) -> None:
    done = own_vacatur("diff", "ofac-sdn", "2026-01-01", "2026-02-01")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no edition of ofac-sdn was read" in done.stderr
    assert own_vacatur("diff", "ofac-sdn", "yesterday", "2026-02-01").returncode == 2
    assert own_vacatur("diff", "nobody", "2026-01-01", "2026-02-01").returncode == 2
