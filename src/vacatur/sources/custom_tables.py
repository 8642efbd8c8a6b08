"""Tables of any of the three forms that offices keep lists in, as rows of text with their numbers.

What the columns mean is the mapping's business (`custom`).
"""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from vacatur.sources.base import SourceError
from vacatur.sources.tables import encoding_of, read_records

DELIMITERS = ",;\t|"
MOST_UNPACKED = 2**30
"""Bytes that an Excel file may unpack to."""


class Record(NamedTuple):
    """One row: the line (csv) or row (others, the header being row 1) on which it is, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def read_table(path: Path, columns: set[str], *, sheet: str | None = None) -> Iterator[Record]:
    """The rows of a csv, Excel or Parquet file; blank rows are left out.

    Args:
        path: the file; what it is, is told by its name.
        columns: those that must be there.
        sheet: of an Excel file; None for the first.

    Raises:
        SourceError: a column is missing (says which there are), or the file is not what its name says.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        yield from _of_excel(path, columns, sheet)
    elif suffix == ".parquet":
        yield from _of_parquet(path, columns)
    else:
        for line, cells in read_records(path, frozenset(columns), delimiter=_delimiter(path)):
            if any(cells.values()):
                yield Record(line, cells)


def _delimiter(path: Path) -> str:
    """The delimiter that the header has most of."""
    with path.open("rb") as file:
        header = file.readline(2**16).decode(encoding_of(path), errors="replace")
    return max(DELIMITERS, key=header.count)


def _of_excel(path: Path, columns: set[str], sheet: str | None) -> Iterator[Record]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and needed for Excel alone

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise SourceError(path.name, "unpacks to more than any list does; refused as a compression bomb")
        book = load_workbook(path, read_only=True, data_only=True)
    except SourceError:
        raise
    except Exception as error:  # a damaged file fails anywhere inside the library, with errors of any kind
        raise SourceError(path.name, f"is no readable Excel file ({type(error).__name__})") from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            raise SourceError(path.name, f"has no sheet {sheet!r}; it has {', '.join(book.sheetnames)}")
        rows = iter((book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True))
        header = [_text(cell).strip() for cell in next(rows, ())]
        _refuse_missing(path, columns, header)
        for number, row in enumerate(rows, start=2):
            cells = {name: _text(cell) for name, cell in zip(header, row, strict=False) if name}
            if any(cells.values()):
                yield Record(number, cells)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(path.name, f"is no readable Excel file ({type(error).__name__})") from error
    finally:
        book.close()


def _of_parquet(path: Path, columns: set[str]) -> Iterator[Record]:
    import pyarrow as pa  # noqa: PLC0415 - heavy, and needed for Parquet alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            _refuse_missing(path, columns, file.schema_arrow.names)
            number = 1
            for batch in file.iter_batches(columns=sorted(columns)):
                for row in batch.to_pylist():
                    number += 1
                    cells = {name: _text(value) for name, value in row.items()}
                    if any(cells.values()):
                        yield Record(number, cells)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(path.name, f"is no readable Parquet file: {error}") from error


def _refuse_missing(path: Path, columns: set[str], header: list[str]) -> None:
    if missing := sorted(columns.difference(header)):
        there = ", ".join(filter(None, header))
        raise SourceError(path.name, f"columns {', '.join(missing)} are missing; there are: {there}", line=1)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
