"""Reading tables of text that others made: gzip or not, any encoding, cut files, stray bytes; streaming, line by line."""

import csv
import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zlib import error as ZlibError

from vacatur.sources.base import SourceError

HUGE_FIELD = 1 << 20
"""Longest cell that is believed, in characters."""

KEPT = "The register is as it was."
END_OF_FILE = "\x1a"
"""The control character that OFAC's files close with."""


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked when it is gzipped."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    if packed:
        with gzip.open(path, "rb") as unpacked:
            yield unpacked  # type: ignore[misc]
    else:
        with path.open("rb") as plain:
            yield plain


def read_lines(path: Path, encoding: str = "utf-8-sig") -> Iterator[str]:
    """The lines of a text file with their ends, NUL bytes dropped; bytes that are no UTF-8 are read as Windows-1252.

    Raises:
        SourceError: a gzip file that is cut or damaged.
    """
    with open_bytes(path) as file:
        try:
            for number, raw in enumerate(file):
                line = raw.replace(b"\x00", b"")
                try:
                    yield line.decode(encoding if number == 0 else "utf-8")
                except UnicodeDecodeError:
                    yield line.decode("cp1252", errors="replace")
        except (EOFError, OSError, ZlibError) as error:
            raise SourceError(path.name, f"the compressed file is cut or damaged ({error})", advice=KEPT) from None


def read_rows(path: Path, *, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of each row of a csv file; blank rows and OFAC's closing 0x1A are no rows.

    Raises:
        SourceError: a cell beyond belief, or text that is no csv, with its line.
    """
    csv.field_size_limit(HUGE_FIELD)
    reader = csv.reader(read_lines(path), delimiter=delimiter, strict=False)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(path.name, f"not readable as csv ({error})", line=start, advice=KEPT) from None
        if cells and cells != [END_OF_FILE]:
            yield start, cells


def refuse_foreign(path: Path, first: str) -> None:
    """Raise `SourceError` for what is sent in place of a list: a web page, XML, JSON."""
    beginning = first.lstrip("\ufeff \t\r\n").lower()
    for sign, what in (("<!doctype html", "a web page"), ("<html", "a web page"), ("<?xml", "XML"), ("{", "JSON")):
        if beginning.startswith(sign):
            raise SourceError(path.name, f"this is {what}, not a csv list", line=1, advice=KEPT)


def first_line(path: Path) -> str:
    """The first line of a text file; empty for an empty file."""
    return next(read_lines(path), "")


def check_header(path: Path, header: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    """{column: place} of a header row; `SourceError` when a wanted column is missing."""
    places = {name.strip().lower(): place for place, name in enumerate(header)}
    missing = [name for name in wanted if name not in places]
    if missing:
        raise SourceError(path.name, f"not the list expected: no column {', '.join(missing)}", line=1, advice=KEPT)
    return places
