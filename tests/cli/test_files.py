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


def test_a_table_keeps_what_is_known_apart_from_what_only_a_list_shows(own_vacatur: Any, tmp_path: Path) -> None:
    row = '900001,"ACME TRADING",-0- ,"SDGT"' + ",-0- " * 8
    (tmp_path / "sdn.csv").write_bytes(f"{row}\r\n\x1a".encode())
    own_vacatur("update", "ofac-sdn", "--from", str(tmp_path / "sdn.csv"), "--vintage", "2021-07-07")
    customers, hits = tmp_path / "customers.csv", tmp_path / "hits.csv"
    customers.write_text("name,on\nAcme Trading,2021-08-01\nXiaomi,2021-04-01\n")
    own_vacatur("screen", "--file", str(customers), "--out", str(hits))
    with hits.open(encoding="utf-8-sig", newline="") as file:
        acme, xiaomi, *_ = csv.DictReader(file)
    assert (acme["since"], acme["since_at_latest"]) == ("", "2021-07-07")
    assert (xiaomi["since"], xiaomi["since_at_latest"]) == ("2021-03-12", "")
    assert "preliminary injunction (Xiaomi Corp. v. Department of Defense" in xiaomi["because"]
    assert xiaomi["notes"].startswith("ownership")


def test_keys_of_lines_of_json_are_compared_as_headers_are(vacatur: Any, tmp_path: Path) -> None:
    customers, hits = tmp_path / "customers.jsonl", tmp_path / "hits.jsonl"
    customers.write_text('{"Customer Name": "Xiaomi", "ID": "C1"}\n')
    done = vacatur("screen", "--file", str(customers), "--out", str(hits), "--map", "name=customer_name")
    assert done.returncode == 0, done.stderr
    line = json.loads(hits.read_text())
    assert (line["customer"]["id"], line["hits"][0]["party"]["id"]) == ("C1", "xiaomi")


def test_a_row_that_could_not_be_screened_needs_a_person(vacatur: Any, tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("id,name\nC1,Zzyzx Qwerty\nC2,\n")
    arguments = ("screen", "--file", str(customers), "--out", str(tmp_path / "hits.csv"))
    assert vacatur(*arguments).returncode == 0
    assert vacatur(*arguments, "--exit-code").returncode == 1
