"""Delimited text as publishers write it: rows with their line numbers, read as a stream and mistrusted.

Copes with what real lists do (gzip, byte-order marks, Windows-1252, CRLF or LF, a trailing 0x1A, blank lines, a header
repeated in the middle) and refuses, with the line, what a list never does (NUL bytes, quotes that never close, endless
fields). What the columns mean belongs to the module of the list.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from vacatur.sources.base import SourceError
from vacatur.sources.opening import PlainBytes, open_plain

MAX_LINE = 2**20
"""Longest line read, in characters; the longest of a real list has about 60,000."""

END_OF_FILE = "\x1a"
"""CP/M's end mark, which OFAC's delimited files still carry."""

LONGEST_CELL = 131_072
"""Characters of the longest cell that is believed; said each time, as the limit is one for the whole process."""


class Row(NamedTuple):
    """One record, the line it ends on, and whether a line break follows (a cut file's last record has none)."""

    line: int
    cells: list[str]
    ended: bool = True


def read_rows(path: Path, *, delimiter: str = ",") -> Iterator[Row]:
    """The records of a delimited file without its blank lines and end mark.

    Raises:
        SourceError: the file is empty, no text, or cut inside a quoted field; says the line.
    """
    encoding = encoding_of(path)
    with open_plain(path) as plain, io.TextIOWrapper(plain, encoding=encoding, newline="") as text:
        lines = Lines(text, path.name)
        csv.field_size_limit(LONGEST_CELL)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                cut = "unexpected end" in str(error)
                reason = "ends inside a quoted cell: the file is cut" if cut else f"no readable record: {error}"
                raise SourceError(path.name, reason, line=reader.line_num, advice="Fetch the file again") from error
            if cells:
                yield Row(reader.line_num, cells, lines.ended)


def read_records(
    path: Path, required: frozenset[str], *, delimiter: str = ",", skip: Callable[[str], None] | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """The records of a file whose first row names its columns, as (line, {column: cell}).

    Args:
        path: the file.
        required: columns without which this is another file; more columns are welcome.
        delimiter: between the cells.
        skip: is told the reason for every row left out (the header, repeated in the middle).

    Raises:
        SourceError: a required column is missing; a record has other than the header's number of cells.
    """
    rows = read_rows(path, delimiter=delimiter)
    first = next(rows, None)
    header = [name.strip() for name in first.cells] if first else []
    if missing := sorted(required.difference(header)):
        raise SourceError(path.name, f"columns {', '.join(missing)} are missing", line=first.line if first else None)
    for line, cells, _ in rows:
        if len(cells) != len(header):
            raise SourceError(
                path.name,
                f"{len(cells)} cells instead of {len(header)}: the record is cut or damaged",
                line=line,
                advice="Fetch the file again",
            )
        if cells == header:
            if skip:
                skip("header row repeated")
            continue
        yield line, dict(zip(header, cells, strict=True))


class Lines:
    """Lines of bounded length up to the end mark; `ended` tells whether the last one had its line break."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self.text, self.name, self.number, self.ended = text, name, 0, True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(MAX_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > MAX_LINE:
            raise SourceError(self.name, f"a line of more than {MAX_LINE} characters", line=self.number)
        if "\0" in line:
            raise SourceError(self.name, "NUL bytes: this is no text file", line=self.number)
        if line.strip() == END_OF_FILE:
            if self.text.readline(1):
                raise SourceError(self.name, "an end mark (0x1A) in the middle of the file", line=self.number)
            raise StopIteration
        self.ended = line[-1] in "\r\n"
        return line if line.strip() else "\n"


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its byte-order mark, else UTF-8 if all of it is, else Windows-1252.

    Raises:
        SourceError: the file is in none of them; says the line.
    """
    with open_plain(path) as plain:
        start = plain.peek(4)[:4]
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return fitting(plain, path.name, "utf-16")
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := plain.read(2**18):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            pass
        else:
            return "utf-8-sig"
    with open_plain(path) as plain:
        return fitting(plain, path.name, "cp1252")


def fitting(plain: PlainBytes, name: str, encoding: str) -> str:
    """`encoding`, after making sure that the whole of `plain` is in it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    block = b""
    try:
        while block := plain.read(2**18):
            line += decoder.decode(block).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        if isinstance(error, UnicodeDecodeError):
            line += block[: error.start].count(b"\n")
        raise SourceError(name, f"is neither UTF-8 nor {encoding} text", line=line) from error
    return encoding
