"""In-house lists: csv, Excel, Parquet, by a mapping; every mistake is named with its line."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world_readers import check_model, damaged

from vacatur.parties import Entry
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.custom import CustomList
from vacatur.sources.yaml_reading import MistakesError

MAPPING = """\
list: Example house list
measure:
  id: house-list
  name: Customers we do not serve
  authority: Example AG, Compliance
  zone: Europe/Zurich
  consequences:
    - kind: business
      forbids: any business
      binds: Example AG
schema: Company
separator: ";"
date_format: "%d.%m.%Y"
columns:
  id: No
  name: Company
  alias: Also called
  country: Seat
  registrationNumber: Registered
  listed_on: Since
  program: Why
"""
CSV = """No;Company;Also called;Seat;Registered;Since;Why
17;Example Optics GmbH;Beispiel Optik, Optik AG;Germany;HRB 1;29.02.2024;unpaid
18;Example Trading;;cy;;01.06.2025;fraud
"""
CSV = CSV.replace("Beispiel Optik, Optik AG", '"Beispiel Optik; Optik AG"')


def read(
    folder: Path, table: str | bytes = CSV, mapping: str = MAPPING, name: str = "house.csv"
) -> tuple[list[Entry], Reading]:
    path = folder / name
    path.write_bytes(table.encode() if isinstance(table, str) else table)
    (folder / "house.yaml").write_text(mapping, encoding="utf-8")
    source = CustomList()
    reading = source.read(ListDocument(path, source.companions(path)))
    return list(reading.entries), reading


def test_a_csv_is_read_by_its_mapping(tmp_path: Path) -> None:
    (first, second), reading = read(tmp_path)
    assert (first.party.id, first.party.schema) == ("custom-example-house-list-17", "Company")
    assert first.party.names == ("Example Optics GmbH", "Beispiel Optik", "Optik AG")
    assert (first.party.countries, second.party.countries) == (("de",), ("cy",))
    assert (first.listings[0].listed_on, first.listings[0].programs) == (date(2024, 2, 29), ("unpaid",))
    assert reading.lists == {"Example house list": "house-list"}
    assert reading.measures[0].consequences[0].forbids == "any business"
    check_model([first, second])


def test_excel_and_parquet_read_alike(tmp_path: Path) -> None:
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = ["No", "Company", "Also called", "Seat", "Registered", "Since", "Why"]
    rows = [
        [17, "Example Optics GmbH", "Beispiel Optik; Optik AG", "Germany", "HRB 1", "29.02.2024", "unpaid"],
        [18, "Example Trading", None, "cy", None, "01.06.2025", "fraud"],
    ]
    book = openpyxl.Workbook()
    for row in ([*columns], *rows, [None] * 7):
        book.active.append(row)
    book.save(tmp_path / "house.xlsx")
    pq.write_table(
        pa.table({name: [row[place] for row in rows] for place, name in enumerate(columns)}), tmp_path / "house.parquet"
    )
    expected = [entry.digest for entry in read(tmp_path)[0]]
    for name in ("house.xlsx", "house.parquet"):
        found, _ = read(tmp_path, (tmp_path / name).read_bytes(), name=name)
        assert [entry.digest for entry in found] == expected


def test_each_list_is_a_source_of_its_own(tmp_path: Path) -> None:
    read(tmp_path)
    source = CustomList()
    path = tmp_path / "house.csv"
    assert source.one(ListDocument(path, source.companions(path))).name == "custom:example-house-list"


@pytest.mark.parametrize(
    ("old", "new", "why", "line"),
    [
        ("Germany", "Atlantis", "no country: 'Atlantis'", 2),
        ("29.02.2024", "30.02.2024", "no day: '30.02.2024'", 2),
        ("18;Example Trading", "18;", "without a name", 3),
        ("18;", "17;", "same id as in row 2", 3),
        ("No;Company", "No;Firm", "columns Company are missing", 1),
        (";fraud", ";fraud;more", "8 cells instead of 7", 3),
    ],
)
def test_a_mistake_in_a_row_is_named_with_its_line(tmp_path: Path, old: str, new: str, why: str, line: int) -> None:
    with pytest.raises(SourceError, match=why) as refusal:
        read(tmp_path, CSV.replace(old, new))
    assert (refusal.value.document, refusal.value.line) == ("house.csv", line)


@pytest.mark.parametrize(
    ("old", "new", "why", "line"),
    [
        ("schema: Company", "schema: Firm", "unknown schema 'Firm'", 11),
        ("schema: Company\n", "", "'schema' is missing", 1),
        ("  name: Company", "  title: Company", "unknown key 'title'", 16),
        ("  name: Company", "  title: Company", "'name' is missing", 15),
        ("list: Example house list", "list:", "'list' is empty", 1),
        ("  zone: Europe/Zurich\n", "", "'zone' is missing", 3),
        ("columns:", "columns: [", "not YAML", 16),
    ],
)
def test_a_mistake_in_the_mapping_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, why: str, line: int
) -> None:
    with pytest.raises(MistakesError) as refusal:
        read(tmp_path, mapping=MAPPING.replace(old, new))
    assert any(why in mistake.reason and mistake.line == line for mistake in refusal.value.mistakes), str(refusal.value)


def test_without_a_mapping_it_says_which_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "house.csv"
    path.write_text(CSV)
    with pytest.raises(SourceError, match=r"no house\.yaml beside it"):
        CustomList().read(ListDocument(path, CustomList().companions(path)))


@pytest.mark.parametrize("name", ["house.xlsx", "house.parquet", "house.csv"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=300), damaged(CSV.encode())))
def test_any_bytes_are_read_or_refused(tmp_path: Path, name: str, data: bytes) -> None:
    with suppress(SourceError):
        found, _ = read(tmp_path, data, name=name)
        assert found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mapping=damaged(MAPPING.encode()))
def test_any_mapping_is_read_or_refused(tmp_path: Path, mapping: bytes) -> None:
    with suppress(SourceError):
        read(tmp_path, mapping=mapping.decode("utf-8", errors="replace"))
