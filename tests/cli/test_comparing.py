"""`vacatur compare` on files and `vacatur calibrate`, as a user runs them."""

import csv
import json
from pathlib import Path
from typing import Any

PAIRS = "left,right,schema,match\nPutin Vladimir,Vladimir Putin,Person,true\nFoo LLC,Bar LLC,Company,false\n"


def test_a_file_of_pairs_gets_a_column_of_scores(vacatur: Any, tmp_path: Path) -> None:
    pairs, scores = tmp_path / "pairs.csv", tmp_path / "scores.csv"
    pairs.write_text("id;left;right\n1;Putin Vladimir;Vladimir Putin\n2;Foo;\n3;=cmd(1);Bar\n", encoding="utf-8")
    done = vacatur("compare", "--file", str(pairs), "--out", str(scores))
    rows = list(csv.DictReader(scores.open(encoding="utf-8-sig")))
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert [row["score"] for row in rows] == ["1.0", "", "0.0"]
    assert rows[2]["left"] == "'=cmd(1)"  # no formula for a spreadsheet
    assert "3 pairs compared, 1 of them without two names" in done.stderr


def test_a_file_without_the_columns_is_refused_in_one_line(vacatur: Any, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("one,other\na,b\n", encoding="utf-8")
    done = vacatur("compare", "--file", str(pairs), "--out", str(tmp_path / "scores.csv"))
    assert done.returncode == 2
    assert "no column is called left (there are: one, other)" in done.stderr
    assert not (tmp_path / "scores.csv").exists()


def test_compare_wants_two_names_or_a_file(vacatur: Any) -> None:
    assert vacatur("compare", "Putin").returncode == 2
    assert vacatur("compare", "--file", "pairs.csv").returncode == 2


def test_calibrate_prints_what_thresholds_mean(vacatur: Any, tmp_path: Path) -> None:
    labelled = tmp_path / "labelled.csv"
    labelled.write_text(PAIRS, encoding="utf-8")
    assert "recommended: 0.50 (precision 1.000, recall 1.000, F1 1.000)" in vacatur("calibrate", str(labelled)).stdout
    answer = json.loads(vacatur("calibrate", str(labelled), "--json").stdout)
    assert (answer["pairs"], answer["matches"], len(answer["thresholds"])) == (2, 1, 10)
    assert answer["recommended"]["f1"] == 1


def test_calibrate_reads_the_columns_of_name_bench(vacatur: Any, tmp_path: Path) -> None:
    labelled = tmp_path / "cases.csv"
    renamed = PAIRS.replace("left,right,schema,match", "name1,name2,schema,is_match")
    labelled.write_text(renamed, encoding="utf-8")
    assert json.loads(vacatur("calibrate", str(labelled), "--json").stdout)["pairs"] == 2


def test_calibrate_refuses_a_label_that_says_neither(vacatur: Any, tmp_path: Path) -> None:
    labelled = tmp_path / "labelled.csv"
    labelled.write_text("left,right,match\na,b,perhaps\n", encoding="utf-8")
    done = vacatur("calibrate", str(labelled))
    assert done.returncode == 2
    assert "row 1: match is 'perhaps', neither true nor false" in done.stderr
