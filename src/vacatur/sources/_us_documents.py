"""Small files of US agencies as text: opened whole, bounded, told apart by their first bytes; days and ids they print.

Official pages, PDFs and JSON files are a few megabytes at most; delimited tables are streamed, XML is by `bis_xml`.
"""

import csv
import gzip
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from vacatur.sources.base import SourceError

KEPT = "Nothing was recorded; fetch the file again or give the right one"
MAX_BYTES = 64 * 2**20
"""Largest document read whole, in bytes; the largest official one has under a megabyte."""

LONGEST_LINE = 2**20
"""Longest line of a table that is believed, in bytes; a longer one is read as several and refused as a cut record."""

LONGEST_CELL = 20_000
"""Longest cell that is believed, in characters; the longest real one has about 3,000."""

LONGEST_SLUG = 96
DAY_FORMS = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%m/%d/%Y", "%m/%d/%y", "%m-%d-%y", "%d %B %Y")
"""How US agencies print days; two-digit years are 19xx from 69 on, as POSIX has it."""


@contextmanager
def open_document(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked when it is gzipped; damage found while reading is a `SourceError`."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if packed:
                with gzip.open(raw) as unpacked:
                    yield unpacked  # type: ignore[misc]
            else:
                yield raw
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(path.name, f"can't be read: {error}", advice=KEPT) from error


def read_document(path: Path) -> bytes:
    """All bytes of a small document.

    Raises:
        SourceError: missing, damaged, empty, or longer than any such document is.
    """
    with open_document(path) as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError(path.name, f"unpacks to more than {MAX_BYTES} bytes", advice=KEPT)
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00\x1a"):
        raise SourceError(path.name, "is empty", advice=KEPT)
    return data


def kind_of(data: bytes) -> str:
    """What the bytes are, by how they begin: `pdf`, `xml`, `html`, `json` or `text`."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return "pdf"
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if start.startswith((b"{", b"[{")):
        return "json"
    if re.match(rb"<(\?xml|!doctype|!--|[a-z][a-z0-9]*[ >/])", start):
        return "xml"
    return "text"


def as_text(data: bytes) -> str:
    """UTF-8 text without byte-order mark and NULs; what is no UTF-8 is read as Windows-1252."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\x00", "")


def read_day(printed: str) -> date | None:
    """The day that a US agency prints (`June 21, 2022`, `10/16/2017`, `5/21/19`, `2022-06-21`); None if it is none."""
    text = " ".join(printed.split()).strip(" .")
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def slug(printed: str) -> str:
    """A name as part of an id: lower-case ASCII letters and digits, `-` between words, stable over punctuation.

    `CloudWalk Technology Co., Ltd` and `CloudWalk Technology Co. Ltd.` have one slug. Names without any Latin letter,
    and very long ones, end in a hash of the whole name.
    """
    plain = unicodedata.normalize("NFKD", printed.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    text = "-".join(words)
    if words and len(text) <= LONGEST_SLUG:
        return text
    folded = " ".join(printed.casefold().split())
    return "-".join(filter(None, (text[:LONGEST_SLUG].rstrip("-"), sha256(folded.encode()).hexdigest()[:10])))


def read_table(path: Path, columns: Sequence[str], *, delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """The records of a delimited file with a header, as (line, {column in lower case: cell}); streaming.

    Blank records are left out. A record may lack cells at its end, where publishers leave empty ones away, but not the
    last record of a file that does not end with a line break: that one is cut.

    Args:
        path: the file, gzipped or not; UTF-8, else Windows-1252.
        columns: in lower case, those without which it is another file; more are welcome.
        delimiter: between the cells.

    Raises:
        SourceError: empty, another file, or a record cut short; says the line.
    """
    with open_document(path) as file:
        rows = _rows(file, path.name, delimiter)
        line, first, _ = next(rows, (1, [], True))
        header = [name.strip().lower() for name in first]
        if missing := [name for name in columns if name not in header]:
            reason = "is empty" if not first else f"is another file: no column {', '.join(missing)}"
            raise SourceError(path.name, reason, line=line, advice=KEPT)
        named = len(header) - next((n for n, name in enumerate(reversed(header)) if name), 0)
        needed = max(header.index(name) for name in columns) + 1
        for line, cells, whole in rows:
            short = named - len(cells)
            if len(cells) < (needed if whole else named):
                raise SourceError(
                    path.name, f"{len(cells)} cells where {named} are expected: cut or damaged", line=line, advice=KEPT
                )
            for cell in cells:
                check_cell(cell, path.name, line)
            yield line, dict(zip(header, [cell.strip() for cell in cells] + [""] * short, strict=False))


def check_cell(text: str, document: str, line: int | None) -> str:
    """The text of a cell; `SourceError` when it is longer than any real one."""
    if len(text) > LONGEST_CELL:
        raise SourceError(document, f"a cell of {len(text)} characters, beyond belief", line=line, advice=KEPT)
    return text


def _rows(file: IO[bytes], document: str, delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """(line, cells, whether a line break ends it) of each record that is not blank."""
    last = b""

    def lines() -> Iterator[str]:
        nonlocal last
        while last := file.readline(LONGEST_LINE):
            yield as_text(last)

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(
                document, f"is not readable as a table: {error}", line=reader.line_num, advice=KEPT
            ) from None
        if any(cell.strip(" \x1a") for cell in cells):
            yield reader.line_num, cells, last.endswith((b"\n", b"\r"))


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """A table of a page: its rows as (line, texts of the cells), and the text since the table before it."""

    rows: list[tuple[int | None, list[str]]]
    before: str


def html_tables(data: bytes, document: str) -> list[HtmlTable]:
    """The tables of a web page, in order, those within others left out.

    Raises:
        SourceError: a page that can't be parsed, or that ends before it closes: it was cut.
    """
    from lxml import etree, html  # noqa: PLC0415 - not needed for other forms

    text = as_text(data)
    if "</html>" not in text.lower():
        raise SourceError(document, "the page is cut: it has no end", line=text.count("\n") + 1, advice=KEPT)
    try:
        page: Any = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(document, "is no readable web page", line=1, advice=KEPT) from error
    tables: list[HtmlTable] = []
    passed: list[str] = []
    for element in page.iter():
        if element.tag == "table" and not any(True for _ in element.iterancestors("table")):
            rows = [
                (row.sourceline, [_cell_text(cell, document) for cell in row if cell.tag in ("td", "th")])
                for row in element.iter("tr")
            ]
            tables.append(HtmlTable([row for row in rows if any(row[1])], " ".join(passed)))
            passed = []
        elif isinstance(element.tag, str) and element.tag not in ("script", "style", "table"):
            passed.append((element.text or "") + " " + (element.tail or ""))
    return tables


def _cell_text(cell: Any, document: str) -> str:
    return check_cell(" ".join("".join(cell.itertext()).split()), document, cell.sourceline)
