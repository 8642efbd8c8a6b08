"""The UFLPA Entity List of the Department of Homeland Security, from its official web page.

Uyghur Forced Labor Prevention Act, Pub. L. 117-78, section 2(d)(2)(B): a table for each of its lists (i), (ii), (iv)
and (v) with the name and the effective day. A name brings its other names in brackets ("(and two aliases: A; and B)",
"(also known as A; and formerly known as B)") and may reach further ("and subsidiaries"). One party may stand in several
tables, with a day each: it has a listing for each. The page numbers nobody: ids are `uflpa-<slug of the name without
brackets>`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vacatur.parties import Entry, Listing, clean, make_party
from vacatur.sources._us_documents import (
    KEPT,
    as_text,
    html_tables,
    kind_of,
    read_day,
    read_document,
    slug,
)
from vacatur.sources._us_json import ARRANGEMENT, read_arrangement
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.countries import country_code

LIST = "UFLPA Entity List"
MEASURE = "uflpa"
SECTION = re.compile(r"2\(d\)\(2\)\(B\)\([iv]+\)")
UPDATED = re.compile(r"Last Updated:\s*(?:</span>)?\s*(\d{2}/\d{2}/\d{4})")
REACH = re.compile(r",?\s+and\s+(?:its\s+)?(?:subsidiaries|(?:subordinate|affiliated)\b.*)$", re.IGNORECASE)
NAMES = re.compile(
    r"^(?:and\s+|including\s+)?(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\d+)\s+)?"
    r"(?P<kind>alias(?:es)?:|also known as|formerly known as|formerly|a\.?k\.?a\.?,?)\s*",
    re.IGNORECASE,
)
PARTED = re.compile(r";\s*(?:and\s+)?|(?<=Ltd\.)\s+and\s+|(?<=Inc\.)\s+and\s+")
ACRONYM = re.compile(r"^[A-Z][A-Z0-9&-]{1,9}$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a cell says of an entity; `reach` are the words by which the listing reaches beyond it."""

    name: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    reach: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: who, from which day, under which section of the Act."""

    named: Named
    effective: date | None
    section: str
    country: str | None = None


class UflpaEntityList:
    """The UFLPA Entity List."""

    name = "uflpa"
    title = "DHS UFLPA Entity List"
    urls: tuple[str, ...] = ("https://www.dhs.gov/uflpa-entity-list",)

    def companions(self, path: Path) -> Mapping[str, Path]:
        """One file is all."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` for what is no UFLPA Entity List."""
        data = read_document(document.path)
        kind = kind_of(data)
        reading = Reading(iter(()), vintage=document.vintage, lists={LIST: MEASURE})
        if kind == "json":
            reading.notes.append(ARRANGEMENT)
            reading.entries = _entries(document, _arranged(document, data, reading), reading)
        elif kind == "html":
            reading.notes.append("official: the web page of the list")
            updated = UPDATED.search(as_text(data))
            reading.vintage = document.vintage or (read_day(updated[1]) if updated else None)
            reading.entries = _entries(document, _page(document, data), reading)
        else:
            raise SourceError(document.name, f"is {kind}, not the page of the {self.title}", line=1, advice=KEPT)
        return reading


def read_named(cell: str) -> Named | None:
    """The entity of a cell of the page; None when it names nobody."""
    found: dict[str, list[str]] = {"alias": [], "former": [], "weak": []}
    text = clean(cell)
    for inside in brackets(text):
        if NAMES.match(inside):
            _take_names(inside, found)
        elif ACRONYM.match(inside):
            found["weak"].append(inside)
        else:
            continue
        text = clean(text.replace(f"({inside})", " "))
    reach = REACH.search(text)
    name = REACH.sub("", text).strip(" ,;")
    if not any(c.isalnum() for c in name):
        return None
    reached = reach[0].strip(" ,") if reach else ""
    return Named(name, tuple(found["alias"]), tuple(found["former"]), tuple(found["weak"]), reached)


def brackets(text: str) -> list[str]:
    """What stands in the outermost brackets of a text."""
    found, depth, start = [], 0, 0
    for place, character in enumerate(text):
        if character == "(":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif character == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:place])
    return found


def _take_names(inside: str, found: dict[str, list[str]]) -> None:
    """Sort `also known as A; B; and formerly known as C` into `found`."""
    kind = "alias"
    for piece in PARTED.split(inside):
        name = piece.strip(" ,")
        while lead := NAMES.match(name):
            kind = "former" if lead["kind"].lower().startswith("formerly") else "alias"
            name = name[lead.end() :]
        if name:
            found[kind].append(name)


def _page(document: ListDocument, data: bytes) -> Iterator[Row]:
    for table in html_tables(data, document.name):
        header = [cell.casefold() for cell in table.rows[0][1]] if table.rows else []
        if header not in (["name of entity", "effective date"], ["entity name", "effective date"]):
            continue
        section = SECTION.findall(table.before)
        for line, cells in table.rows[1:]:
            named = read_named(cells[0]) if cells else None
            effective = read_day(cells[1]) if len(cells) == 2 else None
            if named is None or effective is None:
                raise SourceError(document.name, "a row without an entity or its effective day", line=line, advice=KEPT)
            yield Row(named, effective, " and ".join(dict.fromkeys(section)))


def _entries(document: ListDocument, rows: Iterable[Row], reading: Reading) -> Iterator[Entry]:
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_name[slug(row.named.name)].append(row)
    if not by_name:
        raise SourceError(document.name, "holds no entry: no table of entities", advice=KEPT)
    for name, mine in by_name.items():
        named = [row.named for row in mine]
        party = make_party(
            f"uflpa-{name}",
            "LegalEntity",
            {
                "name": [named[0].name],
                "alias": [alias for one in named for alias in (one.name, *one.aliases) if alias != named[0].name],
                "previousName": [former for one in named for former in one.former],
                "weakAlias": [short for one in named for short in one.weak],
                "country": [row.country for row in mine],
            },
        )
        yield Entry(party, tuple(dict.fromkeys(_listing(row) for row in mine)))
    reading.notes.append(f"{sum(map(len, by_name.values()))} rows of the list are {len(by_name)} parties")


def _listing(row: Row) -> Listing:
    return Listing(
        MEASURE,
        list=LIST,
        listed_on=row.effective,
        effective=row.effective,
        programs=(f"UFLPA section {row.section}",) if row.section else (),
        remarks=f"Reaches further: {row.named.reach}" if row.named.reach else None,
    )


def _arranged(document: ListDocument, data: bytes, reading: Reading) -> Iterator[Row]:
    arrangement = read_arrangement(data, document.name, "dhs-uflpa")
    reading.vintage = document.vintage or arrangement.extracted
    for record in arrangement.records:
        named = read_named(record.name)
        if named is None:
            raise SourceError(document.name, f"no entity is called {record.name[:60]!r}", advice=KEPT)
        section = " and ".join(dict.fromkeys(SECTION.findall(record.notes)))
        named = replace(named, aliases=(*named.aliases, *record.aliases))
        yield Row(named, record.effective, section, country_code(record.country))
