"""The Covered List of the Federal Communications Commission: equipment and services held to endanger security.

Section 2 of the Secure and Trusted Communications Networks Act of 2019, 47 U.S.C. 1601; 47 CFR 1.50002. The publisher's
form is a table on a web page (or the same as csv): what is covered, in a sentence, and the day of inclusion. A sentence
names one producer or provider, two ("… and its wholly-owned subsidiary …"), or none: foreign-made routers are covered
whoever made them. Such a class is an entry of its own, an `Asset` in FollowTheMoney's terms, as it can't be a party
that trades; it can be shown and matched by its words.

Ids: `fcc-covered-<slug of the name>`; a class is called by its sentence up to the first exception.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from vacatur.parties import Entry, Listing, clean, make_party
from vacatur.sources._us_documents import (
    KEPT,
    html_tables,
    kind_of,
    read_day,
    read_document,
    read_table,
    slug,
)
from vacatur.sources._us_json import ARRANGEMENT, read_arrangement
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.countries import country_code

NAME = "fcc-covered"
LIST = "FCC Covered List"
MEASURE = "fcc-covered-list"
COLUMNS = ("covered_equipment_or_services", "date_of_inclusion_on_covered_list")

PRODUCER = re.compile(
    r"\b(?:produced|provided|supplied|manufactured)(?:,\s*directly\s+or\s+indirectly,)?\s+by\s+(?!such\b|the\b)(?P<name>.+?)"
    r"(?:\s+and\s+its\s+wholly[- ]owned\s+subsidiary\s+(?P<subsidiary>.+?))?"
    r"(?=,?\s+(?:including|to\s+the\s+extent|subject\s+to|or\s+any\s+of|and\s+(?:all|any)\s+of)\b|,?\s+and\s+its\s+(?:subsidiaries|affiliates)\b|\s*\.?\s*$)",
    re.IGNORECASE,
)
EXCEPTION = re.compile(r"\s*(?:[—;]|,?\s+except\b).*$", re.IGNORECASE | re.DOTALL)
FOOTNOTE_MARKS = re.compile(r"\s*(?:[†‡^£³²¹#*§¶]+|\bVisit -)\s*")
UPDATED = re.compile(r"\s*Updated:?\s*", re.IGNORECASE)


class CoveredList:
    """The FCC Covered List."""

    name = NAME
    title = "FCC Covered List"
    urls: tuple[str, ...] = ("https://www.fcc.gov/supplychain/coveredlist",)

    def companions(self, path: Path) -> Mapping[str, Path]:
        """One file is all."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` for what is no Covered List."""
        data = read_document(document.path)
        kind = kind_of(data)
        reading = Reading(iter(()), vintage=document.vintage, lists={LIST: MEASURE})
        if kind == "json":
            reading.notes.append(ARRANGEMENT)
            reading.entries = _arranged(document, data, reading)
        elif kind in {"html", "text"}:
            rows = _page(document, data) if kind == "html" else _table(document)
            nature = "official: the FCC's page" if kind == "html" else "a copy of the table on the FCC's page, as csv"
            reading.notes.append(nature)
            reading.entries = _entries(document, rows)
        else:
            raise SourceError(document.name, f"is {kind}, not the {self.title}", line=1, advice=KEPT)
        return reading


def _table(document: ListDocument) -> Iterator[tuple[int | None, str, str]]:
    for line, row in read_table(document.path, COLUMNS):
        yield line, row[COLUMNS[0]], row[COLUMNS[1]]


def _page(document: ListDocument, data: bytes) -> Iterator[tuple[int | None, str, str]]:
    for table in html_tables(data, document.name):
        header = [cell.casefold() for cell in table.rows[0][1]] if table.rows else []
        if len(header) == 2 and "covered equipment" in header[0] and "inclusion" in header[1]:
            for line, cells in table.rows[1:]:
                if len(cells) != 2:
                    raise SourceError(document.name, f"a row of {len(cells)} cells", line=line, advice=KEPT)
                yield line, cells[0], cells[1]


def _entries(document: ListDocument, rows: Iterable[tuple[int | None, str, str]]) -> Iterator[Entry]:
    count = 0
    for line, covered, days in rows:
        included, *updates = [read_day(text) for text in UPDATED.split(days)]
        if included is None or None in updates or not any(c.isalpha() for c in covered):
            raise SourceError(document.name, "a row without equipment or day of inclusion", line=line, advice=KEPT)
        count += 1
        yield from read_covered(clean(covered), included, [day for day in updates if day])
    if not count:
        raise SourceError(document.name, "holds no entry: no table of covered equipment", advice=KEPT)


def read_covered(covered: str, included: date, updates: Iterable[date] = ()) -> Iterator[Entry]:
    """The entries of one row: the producers that its sentence names, or the class of equipment when it names none."""
    changed = ", ".join(day.isoformat() for day in updates)
    remarks = covered + (f" Updated: {changed}." if changed else "")
    listing = Listing(MEASURE, list=LIST, listed_on=included, effective=included, remarks=remarks)
    named = PRODUCER.search(covered)
    if not named:
        called = class_name(covered)
        yield Entry(make_party(f"{NAME}-{slug(called)}", "Asset", {"name": [called]}), (listing,))
        return
    ids = []
    for name in filter(None, (named["name"], named["subsidiary"])):
        called = FOOTNOTE_MARKS.sub(" ", name).strip(" ,")
        ids.append(f"{NAME}-{slug(called)}")
        yield Entry(make_party(ids[-1], "Company", {"name": [called]}), (listing,))
    if len(ids) == 2:
        link = {"owner": ids[:1], "asset": ids[1:], "percentage": ["100"], "role": ["wholly-owned subsidiary"]}
        yield Entry(make_party(f"{ids[0]}-owns-{ids[1].removeprefix(NAME + '-')}", "Ownership", link))


def class_name(covered: str) -> str:
    """What a class of equipment is called: its sentence up to the first exception, without marks of footnotes."""
    return clean(EXCEPTION.sub("", FOOTNOTE_MARKS.sub(" ", covered))).strip(" ,.") or clean(covered)


def _arranged(document: ListDocument, data: bytes, reading: Reading) -> Iterator[Entry]:
    arrangement = read_arrangement(data, document.name, NAME)
    reading.vintage = document.vintage or arrangement.extracted
    return (
        Entry(
            make_party(
                f"{NAME}-{slug(record.name)}",
                "Asset" if record.notes.startswith("Category listing") else "Company",
                {"name": [record.name], "alias": record.aliases, "country": [country_code(record.country)]},
            ),
            (
                Listing(
                    MEASURE, list=LIST, listed_on=record.effective, effective=record.effective, remarks=record.notes
                ),
            ),
        )
        for record in arrangement.records
    )
