"""OFAC's legacy delimited files: a main file (sdn.csv, cons_prim.csv) with alt, add and comments beside it.

Format: OFAC, "Data specification" (dat_spec.txt, 2023-09-25): no header; `-0-` is null; lines end in CR LF and the
file in 0x1A, though re-saved copies have LF and no mark; remarks over 1,000 characters go on in the comments file;
weak aliases are in the remarks, strong ones in the alt file.
"""

from collections.abc import Iterator
from pathlib import Path

from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.ofac_entry import Address, Alias, Record, read_statements
from vacatur.sources.ofac_features import Feature
from vacatur.sources.tables import read_rows

NULL = "-0-"
MAIN_COLUMNS, ALT_COLUMNS, ADD_COLUMNS, COMMENT_COLUMNS = 12, 5, 6, 2
ROLES = ("alt", "add", "comments")

Companion = dict[str, list[list[str]]]
"""Rows of a companion file by entity number."""


def read_classic(document: ListDocument, reading: Reading) -> Iterator[Record]:
    """Records of a classic csv set.

    Args:
        document: the main file and those of its companions that are there.
        reading: told what is missing.

    Raises:
        SourceError: a file is not what it should be, or cut; says file and line.
    """
    for role in ROLES:
        if role not in document.companions:
            reading.notes.append(f"{document.name}: no {role} file beside it")
    alt = read_companion(document, "alt", ALT_COLUMNS)
    add = read_companion(document, "add", ADD_COLUMNS)
    comments = read_companion(document, "comments", COMMENT_COLUMNS)
    last_line = 0
    for line, cells in numbered_rows(document.path, MAIN_COLUMNS):
        number = cells[0]
        record = main_record(cells, comments.pop(number, []))
        record.aliases.extend(Alias(row[3], row[2]) for row in alt.pop(number, ()) if row[3])
        record.addresses.extend(address_of(row) for row in add.pop(number, ()))
        read_statements(record, record.remarks)
        last_line = line
        yield record
    refuse_orphans(document, {"alt": alt, "add": add, "comments": comments}, last_line)


def read_companion(document: ListDocument, role: str, columns: int) -> Companion:
    """The rows of one companion file; none when it isn't there."""
    rows: Companion = {}
    if path := document.companions.get(role):
        for _, cells in numbered_rows(path, columns):
            rows.setdefault(cells[0], []).append(cells)
    return rows


def refuse_orphans(document: ListDocument, left: dict[str, Companion], line: int) -> None:
    """Refuse a main file that lacks entries which its companions speak of: it was cut, or they are of another day."""
    for role, rows in left.items():
        if rows:
            raise SourceError(
                document.name,
                f"ends without entity {min(rows, key=int)}, which {document.companions[role].name} speaks of "
                f"({len(rows)} such)",
                line=line,
                advice="The file was cut, or its companions are of another day; fetch them together",
            )


def numbered_rows(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of one legacy file, nulls emptied, with every row held to begin with an entity number."""
    for line, cells, ended in read_rows(path):
        if len(cells) != columns:
            raise SourceError(
                path.name,
                f"{len(cells)} columns where OFAC's file has {columns}",
                line=line,
                advice="The file is cut, damaged or another file; fetch it again",
            )
        if not (cells[0].isascii() and cells[0].isdigit() and len(cells[0]) < 11):
            raise SourceError(path.name, f"no entity number but {cells[0][:40]!r}: this is no OFAC file", line=line)
        if not ended and cells[-1] in {"", "-", "-0"}:
            cells[-1] = cut_null(path.name, line, columns)
        yield line, ["" if cell.strip() == NULL else cell for cell in cells]


def cut_null(name: str, line: int, columns: int) -> str:
    """The null of a file that ends within it: read as one in a companion (a re-saved set of 2019 has that), else cut.

    Raises:
        SourceError: it is the main file, where further entries may be missing.
    """
    if columns == MAIN_COLUMNS:
        raise SourceError(name, "ends in the middle of a record", line=line, advice="Fetch the file again")
    return NULL


def main_record(cells: list[str], spilled: list[list[str]]) -> Record:
    """The record of one row of the main file, its remarks made whole from the comments file."""
    number, name, kind, programs, title, call_sign, vessel_type, tonnage, grt, flag, owner, remarks = cells
    record = Record(number, name, kind or "entity", tuple(tag for tag in programs.split("] [") if tag))
    record.remarks = (remarks + "".join(row[1] for row in spilled)).strip()
    if title:
        record.positions = tuple(part.strip() for part in title.split(";") if part.strip())
    vessel = (
        ("Vessel Call Sign", call_sign),
        ("Vessel Type", vessel_type),
        ("Vessel Tonnage", tonnage),
        ("Vessel Gross Registered Tonnage", grt),
        ("Vessel Flag", flag),
    )
    record.features.extend(Feature(label, value) for label, value in vessel if value)
    if owner:
        record.notes.append(f"Vessel owner: {owner}")
    return record


def address_of(cells: list[str]) -> Address:
    """The address of one row of the add file."""
    street, city, country = cells[2:5]
    place = ", ".join(part for part in (street, city) if part)
    return Address(f"{place}, {country}" if place and country else place, country)


def companions_beside(path: Path, prefix: str, main: str) -> dict[str, Path]:
    """alt, add and comments beside a main file, in OFAC's own names, whatever their case and packing.

    Args:
        path: the main file, such as `2021/sdn.csv.gz`.
        prefix: what companions' names begin with: `` for alt.csv, `cons_` for cons_alt.csv.
        main: stem before `_comments`: `sdn` or `cons`.
    """
    suffix = "".join(path.suffixes[-2:]).lower()
    if ".csv" not in suffix or not path.parent.is_dir():
        return {}
    wanted = {
        f"{stem}.csv{packing}": role
        for role, stem in (("alt", f"{prefix}alt"), ("add", f"{prefix}add"), ("comments", f"{main}_comments"))
        for packing in ("", ".gz")
    }
    beside = sorted(path.parent.iterdir(), key=lambda file: file.name, reverse=True)
    return {wanted[file.name.lower()]: file for file in beside if file.name.lower() in wanted}
