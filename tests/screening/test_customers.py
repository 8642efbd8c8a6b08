"""Files of customers: whatever Excel writes is read, every row is answered, and nothing is half-written."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from vacatur.screening.customers import CustomerFileError, TableWriter, harmless, read_customers

HEADER = "id,name,country"
ROWS = "1,Xiaomi Corporation,cn\n2,Müller GmbH,de\n"


def names(path: Path, **options: object) -> list[str]:
    return [customer.fields.get("name", "") for customer in read_customers(path, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_with_any_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(f"{HEADER}\n{ROWS}".replace(",", delimiter).encode(encoding))
    assert names(path) == ["Xiaomi Corporation", "Müller GmbH"]


def test_quoted_cells_may_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text('name,country\n"Foo, Bar\nand Sons",de\n', encoding="utf-8")
    assert names(path) == ["Foo, Bar and Sons"]


def test_nul_bytes_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(b"name\nXia\x00omi\n")
    assert names(path) == ["Xiaomi"]


def test_excel_parquet_and_json_lines(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    book = Workbook()
    book.active.append(["id", "Name"])  # type: ignore[union-attr]
    book.active.append([7, "Xiaomi"])  # type: ignore[union-attr]
    book.save(tmp_path / "c.xlsx")
    pyarrow.parquet.write_table(pyarrow.table({"id": [7], "name": ["Xiaomi"]}), tmp_path / "c.parquet")
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": 7, "name": "Xiaomi"}) + "\n", encoding="utf-8")
    for path in (tmp_path / "c.xlsx", tmp_path / "c.parquet", tmp_path / "c.jsonl"):
        assert [dict(customer.fields) for customer in read_customers(path)] == [{"id": "7", "name": "Xiaomi"}] or (
            path.suffix == ".jsonl" and names(path) == ["Xiaomi"]
        )


def test_a_cell_beyond_belief_is_an_error_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"name\n{'x' * 200_000}\nXiaomi\n", encoding="utf-8")
    customers = list(read_customers(path))
    assert "field larger" in (customers[0].error or "")
    assert customers[-1].fields["name"] == "Xiaomi"


def test_other_headers_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("CustomerName,Land\nXiaomi,cn\n", encoding="utf-8")
    customers = list(read_customers(path, {"name": "CustomerName", "country": "Land"}))
    assert dict(customers[0].fields) == {"name": "Xiaomi", "country": "cn"}


def test_every_row_is_answered_in_order_and_errors_have_their_number(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("id,name\n1,Xiaomi\n2,\n3,Huawei,surplus\n4,ZTE\n", encoding="utf-8")
    customers = list(read_customers(path))
    assert [(customer.row, customer.error is None) for customer in customers] == [
        (1, True),
        (2, False),
        (3, False),
        (4, True),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.csv", None, "no such file"),
        ("empty.csv", b"", "empty"),
        ("image.png", b"\x89PNG", "unknown format"),
        ("no-names.csv", b"a,b\n1,2\n", "no column is called name"),
        ("cut.xlsx", b"PK\x03\x04 cut", "not an Excel workbook"),
        ("cut.parquet", b"PAR1 cut", "not a Parquet file"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CustomerFileError, match=said):
        list(read_customers(path))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(tmp_path: Path, cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    for suffix in (".csv", ".xlsx"):
        with TableWriter(tmp_path / f"hits{suffix}", ["name"]) as table:
            table.write([[cell.strip()]])
    with (tmp_path / "hits.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][0].startswith("'")
    written = load_workbook(tmp_path / "hits.xlsx").active["A2"]  # type: ignore[index]
    assert written.data_type == "s"
    assert written.value.startswith("'")


def test_a_file_of_hits_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    def fail_halfway() -> None:
        with TableWriter(tmp_path / "hits.csv", ["name"]) as table:
            table.write([["Xiaomi"]])
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert list(tmp_path.iterdir()) == []


@given(content=st.binary(max_size=400))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_answered_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(b"name,country\n" + content)
    for customer in read_customers(path):
        assert customer.error or customer.fields
