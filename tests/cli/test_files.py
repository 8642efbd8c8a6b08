"""Screening a file from the command line: every row answered, in every format, on its own day where it has one."""

import csv
import json
from pathlib import Path
from typing import Any


def test_a_csv_of_customers_becomes_a_csv_of_hits(vacatur: Any, tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text(
        "id;name;on\n1;Xiaomi;2021-04-01\n2;Nobody At All Ltd;\n3;;\n4;Xiaomi;2021-06-01\n", encoding="cp1252"
    )
    done = vacatur("screen", "--file", str(customers), "--out", str(tmp_path / "hits.csv"))
    assert done.returncode == 0
    assert "4 rows screened" in done.stderr
    with (tmp_path / "hits.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    states = {(row["id"], row["measure"], row["state"]) for row in rows if row["measure"] == "ccmc-1237"}
    assert states == {("1", "ccmc-1237", "suspended"), ("4", "ccmc-1237", "ended")}
    assert {row["outcome"] for row in rows if row["id"] == "2"} == {"no hit"}
    assert [row["outcome"] for row in rows if row["id"] == "3"] == ["error: has neither name nor identifier"]
    assert [int(row["row"]) for row in rows] == sorted(int(row["row"]) for row in rows)


def test_json_lines_hold_one_query_a_line_hits_or_not(vacatur: Any, tmp_path: Path) -> None:
    customers = tmp_path / "customers.jsonl"
    customers.write_text('{"name": "Xiaomi"}\n{"name": "Nobody At All"}\nnot json\n', encoding="utf-8")
    done = vacatur("screen", "--file", str(customers), "--out", str(tmp_path / "hits.jsonl"), "--on", "2021-04-01")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in (tmp_path / "hits.jsonl").read_text("utf-8").splitlines()]
    assert [len(line["hits"]) > 0 for line in lines] == [True, False, False]
    assert "error" in lines[2]


def test_the_other_formats(vacatur: Any, tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("CustomerName\nHuawei\n", encoding="utf-8")
    for suffix in (".xlsx", ".parquet"):
        out = tmp_path / f"hits{suffix}"
        done = vacatur("screen", "--file", str(customers), "--map", "name=CustomerName", "--out", str(out))
        assert done.returncode == 0, done.stderr
        assert out.stat().st_size > 0


def test_a_detail_that_cannot_be_read_hides_no_hit_and_is_named_in_the_notes(vacatur: Any, tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("name,country,birth_date,schema\nXiaomi,China,,\nXiaomi,Chna,n/a,customer\n")
    done = vacatur("screen", "--file", str(customers), "--out", str(tmp_path / "hits.jsonl"))
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(line) for line in (tmp_path / "hits.jsonl").read_text().splitlines())
    assert first["hits"][0]["score"] == second["hits"][0]["score"] == 1.0
    assert "country 'Chna' not understood, left out" in second["notes"]
    assert not any("not understood" in note for note in first["notes"])
