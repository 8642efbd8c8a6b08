"""Files of customers in, files of hits out: csv with any delimiter or encoding that Excel writes, xlsx, Parquet, jsonl.

Reading is streaming and answers every row: a row that can't be read comes out as an error with its number. Cells that
a spreadsheet would take for a formula are written so that it does not.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from vacatur.errors import UserError
from vacatur.parties import clean

FIELDS = ("id", "name", "schema", "country", "birth_date", "identifier", "on")
"""Columns of a file of customers; `name` or `identifier` is needed, the rest is read where present."""

FORMATS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".jsonl", ".ndjson")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
DELIMITERS = ",;\t|"
SAMPLE = 65_536
LONGEST_CELL = 131_072
"""Characters; the bound of the csv module, which holds for all of a process and which readers of lists may raise."""


class CustomerFileError(UserError):
    """A file of customers that can't be read or written; says which, where and what to do."""


@dataclass(frozen=True, slots=True)
class Customer:
    """One row: its number in the file (the first row of data is 1), its fields as text, or why it can't be read."""

    row: int
    fields: Mapping[str, str]
    error: str | None = None


def read_customers(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> Iterator[Customer]:
    """Stream the rows of `path`; `mapping` gives the header that holds a field, as {field: header}.

    Raises:
        CustomerFileError: the file is missing, empty, of no known format, or has no column of names or identifiers.
    """
    if not path.is_file():
        raise CustomerFileError(f"{path}: no such file")
    if path.stat().st_size == 0:
        raise CustomerFileError(f"{path}: the file is empty")
    rows = _rows(path, mapping or {}, delimiter, encoding)
    header = [clean(str(cell)) for cell in next(rows, ())]
    columns = _columns(path, header, mapping or {})
    return _customers(rows, columns, len(header))


def preview(path: Path, rows: int = 3) -> tuple[list[str], list[list[str]]]:
    """The header of a file and its first rows as text, for a person who says which column is what.

    Raises:
        CustomerFileError: as `read_customers`.
    """
    if path.stat().st_size == 0:
        raise CustomerFileError(f"{path}: the file is empty")
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            found = [_json_object(line) for line in islice(file, rows)]
        names = list(dict.fromkeys(key for item in found for key in item))
        return names, [[clean(_text(item.get(name))) for name in names] for item in found]
    lines = _rows(path, {}, None, None)
    header = [clean(str(cell)) for cell in next(lines, ())]
    return header, [[clean(_text(cell)) for cell in row] for row in islice(lines, rows)]


def _json_object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def recognised(header: Sequence[str]) -> dict[str, str]:
    """{field: header} of the columns that go by a field's name."""
    places = {_plain(name): name for name in reversed(header)}
    return {field: places[_plain(field)] for field in FIELDS if _plain(field) in places}


def count_rows(path: Path) -> int | None:
    """About how many rows `path` has, for a progress bar; None where only reading it would tell."""
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        import pyarrow.parquet  # noqa: PLC0415 - only for Parquet files

        return int(pyarrow.parquet.read_metadata(path).num_rows)
    if suffix == ".xlsx":
        return None
    header = 0 if suffix in (".jsonl", ".ndjson") else 1
    with path.open("rb") as file:
        ends = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return max(1, ends - header)


def _rows(
    path: Path, mapping: Mapping[str, str], delimiter: str | None, encoding: str | None
) -> Iterator[Sequence[Any]]:
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _xlsx_rows(path)
    if suffix == ".parquet":
        return _parquet_rows(path)
    if suffix in (".jsonl", ".ndjson"):
        return _jsonl_rows(path, tuple(dict.fromkeys([*FIELDS, *mapping.values()])))
    if suffix in (".csv", ".tsv", ".txt"):
        return csv_rows(path, delimiter, encoding)
    raise CustomerFileError(f"{path}: unknown format {suffix or '(none)'!r} (known: {', '.join(FORMATS)})")


def _columns(path: Path, header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """{field: index of its column}; headers are compared without case, spaces and underscores."""
    places = {_plain(name): index for index, name in reversed(list(enumerate(header)))}
    columns = {field: places[_plain(field)] for field in FIELDS if _plain(field) in places}
    for field, name in mapping.items():
        if field not in FIELDS:
            raise CustomerFileError(f"--map: no field is called {field!r} (there are: {', '.join(FIELDS)})")
        if _plain(name) not in places:
            raise CustomerFileError(f"{path}: no column is called {name!r} (there are: {', '.join(header)})")
        columns[field] = places[_plain(name)]
    if "name" not in columns and "identifier" not in columns:
        raise CustomerFileError(
            f"{path}: no column is called name or identifier (there are: {', '.join(header[:20])});"
            " say which it is with --map name=HEADER"
        )
    return columns


def _plain(name: str) -> str:
    return "".join(name.casefold().split()).replace("_", "").replace("-", "")


def _customers(rows: Iterator[Sequence[Any]], columns: Mapping[str, int], width: int) -> Iterator[Customer]:
    for number, row in enumerate(rows, start=1):
        if isinstance(row, _Unreadable):
            yield Customer(number, {}, row.reason)
            continue
        cells = {field: clean(_text(row[index])) for field, index in columns.items() if index < len(row)}
        if len(row) > width and any(_text(cell).strip() for cell in row[width:]):
            yield Customer(number, cells, f"has {len(row)} cells, the header {width}")
        elif not cells.get("name") and not cells.get("identifier"):
            yield Customer(number, cells, "has neither name nor identifier")
        else:
            yield Customer(number, cells)


class _Unreadable(tuple[Any, ...]):
    """A row that could not be read, and why."""

    reason: str

    @classmethod
    def because(cls, reason: str) -> "_Unreadable":
        row = cls()
        row.reason = reason
        return row


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, list | tuple):
        return ";".join(_text(item) for item in cell)
    return str(cell.date()) if hasattr(cell, "date") and callable(cell.date) else str(cell)


def detect_encoding(sample: bytes) -> str:
    """The encoding of a text: by its byte-order mark, else UTF-8 where it reads as such, else Windows-1252."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if sample.count(b"\x00") > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(b"\x00") > sample[::2].count(b"\x00") else "utf-16-be"
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return "cp1252"
    return "utf-8"


def csv_rows(path: Path, delimiter: str | None, encoding: str | None) -> Iterator[Sequence[Any]]:
    """Stream the rows of a csv file, the header first; delimiter and encoding are recognised where not given."""
    with path.open("rb") as raw:
        used = encoding or detect_encoding(raw.read())
    try:
        with path.open(encoding=used, errors="replace", newline="") as file:
            sample = file.read(SAMPLE)
            file.seek(0)
            reader = csv.reader(_without_nul(file), delimiter=delimiter or _delimiter(sample))
            while True:
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield _Unreadable.because(f"line {reader.line_num}: {error}")
                    continue
                if any(len(cell) > LONGEST_CELL for cell in row):
                    yield _Unreadable.because(f"line {reader.line_num}: field larger than {LONGEST_CELL} characters")
                elif row:
                    yield row
    except LookupError:
        raise CustomerFileError(f"{path}: no encoding is called {encoding!r}") from None


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    return (line.replace("\x00", "") for line in lines)


def _delimiter(sample: str) -> str:
    """The delimiter that the header line holds most of, outside quotes."""
    header = sample.splitlines()[0] if sample.splitlines() else ""
    if header.lower().startswith("sep=") and len(header) == 5:
        return header[4]
    outside = "".join(part for index, part in enumerate(header.split('"')) if index % 2 == 0)
    return max(DELIMITERS, key=outside.count)


def _xlsx_rows(path: Path) -> Iterator[Sequence[Any]]:
    from zipfile import BadZipFile  # noqa: PLC0415 - only for Excel files

    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise CustomerFileError(f"{path}: not an Excel workbook ({error})") from None
    try:
        yield from (
            row for row in book.worksheets[0].iter_rows(values_only=True) if any(cell is not None for cell in row)
        )
    finally:
        book.close()


def _parquet_rows(path: Path) -> Iterator[Sequence[Any]]:
    import pyarrow  # noqa: PLC0415 - only for Parquet files
    import pyarrow.parquet  # noqa: PLC0415

    try:
        file = pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise CustomerFileError(f"{path}: not a Parquet file ({error})") from None
    with file:
        yield file.schema_arrow.names
        for batch in file.iter_batches(batch_size=4_096):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _jsonl_rows(path: Path, keys: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Rows of the values under `keys`, which are compared as headers are: without case, spaces and underscores."""
    yield keys
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
            except json.JSONDecodeError as error:
                yield _Unreadable.because(f"line {number}: not JSON ({error.msg})")
                continue
            if not isinstance(data, dict):
                yield _Unreadable.because(f"line {number}: not a JSON object")
                continue
            values = {_plain(name): value for name, value in reversed(data.items())}
            yield tuple(values.get(_plain(key)) for key in keys)


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe in front."""
    if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS):
        return "'" + cell
    return cell


class TableWriter:
    """Rows of hits into a file beside `path`, renamed into place when all are there: nothing half-written remains."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        """Start writing; raises as `check` does."""
        self.check(path)
        self.path = path
        self.beside = path.with_name(f".{path.name}.part")
        self._write, self._finish = WRITERS[path.suffix.lower()](self.beside, columns)

    @staticmethod
    def check(path: Path) -> None:
        """Raise `CustomerFileError` when the format of `path` is not known or its folder is not there."""
        if path.suffix.lower() not in WRITERS:
            known = ", ".join([*WRITERS, ".jsonl"])
            raise CustomerFileError(f"{path}: unknown format {path.suffix or '(none)'!r} for --out (known: {known})")
        if not path.parent.is_dir():
            raise CustomerFileError(f"{path}: no such folder")

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows, each with one cell a column."""
        for row in rows:
            self._write(row)

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()
        if kind is None:
            self.beside.replace(self.path)
        else:
            self.beside.unlink(missing_ok=True)


Opened = tuple[Callable[[Sequence[Any]], None], Callable[[], None]]


def _open_csv(path: Path, columns: Sequence[str]) -> Opened:
    file = path.open("w", encoding="utf-8-sig", newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    return lambda row: writer.writerow([harmless(cell) for cell in row]) and None, file.close


def _open_xlsx(path: Path, columns: Sequence[str]) -> Opened:
    from openpyxl import Workbook  # noqa: PLC0415 - only for Excel files
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("hits")
    sheet.append(list(columns))

    def write(row: Sequence[Any]) -> None:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=harmless(value))
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)

    return write, lambda: book.save(path)


def _open_parquet(path: Path, columns: Sequence[str]) -> Opened:
    import pyarrow  # noqa: PLC0415 - only for Parquet files
    import pyarrow.parquet  # noqa: PLC0415

    kinds = {"row": pyarrow.int64(), "score": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in columns])
    writer = pyarrow.parquet.ParquetWriter(path, schema)
    waiting: list[Sequence[Any]] = []

    def flush() -> None:
        if waiting:
            columns_of = [list(column) for column in zip(*waiting, strict=True)]
            writer.write_table(pyarrow.table(dict(zip(columns, columns_of, strict=True)), schema=schema))
            waiting.clear()

    def write(row: Sequence[Any]) -> None:
        waiting.append(row)
        if len(waiting) >= 4_096:
            flush()

    def finish() -> None:
        flush()
        writer.close()

    return write, finish


WRITERS: dict[str, Callable[[Path, Sequence[str]], Opened]] = {
    ".csv": _open_csv,
    ".xlsx": _open_xlsx,
    ".parquet": _open_parquet,
}
