"""Delimited text in every dress that publishers give it, and none that they don't."""

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vacatur.sources.base import SourceError
from vacatur.sources.tables import encoding_of, read_records, read_rows

TEXT = 'name,country\r\n"Société ""X"", S.A.",FR\r\n'
CELLS = [["name", "country"], ['Société "X", S.A.', "FR"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert [row.cells for row in read_rows(path)] == CELLS


@pytest.mark.parametrize("ending", ["", "\x1a", "\r\n\x1a", "\x1a\r\n", "\r\n\r\n"])
def test_endings_and_blank_lines_are_no_rows(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TEXT + ending, encoding="utf-8", newline="")
    assert [row.cells for row in read_rows(path)] == CELLS


def test_rows_have_their_line_and_whether_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('a,"x\ny"\n\nb,c')
    assert [(row.line, row.ended) for row in read_rows(path)] == [(2, True), (4, False)]


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    (tmp_path / "list.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.writestr("list.csv", TEXT)
    assert [row.cells for row in read_rows(tmp_path / "list.csv.gz")] == CELLS
    assert [row.cells for row in read_rows(tmp_path / "list.zip")] == CELLS


def test_other_delimiters(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text('"name"\t"country"\n"X"\t"FR"\n')
    assert list(read_records(path, frozenset({"name"}), delimiter="\t")) == [(2, {"name": "X", "country": "FR"})]


def test_a_repeated_header_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,country\nX,FR\nname,country\nY,DE\n")
    told: list[str] = []
    assert [record["name"] for _, record in read_records(path, frozenset({"name"}), skip=told.append)] == ["X", "Y"]
    assert told == ["header row repeated"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_whatever_the_bytes_there_are_rows_or_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    try:
        rows = list(read_rows(path))
        assert encoding_of(path) in {"utf-8-sig", "utf-16", "cp1252"}
    except SourceError:
        return
    assert all(row.cells for row in rows)
