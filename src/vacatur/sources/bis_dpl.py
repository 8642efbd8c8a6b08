"""The Denied Persons List of the Bureau of Industry and Security: `dpl.txt`, tab separated, a row an address of a name.

Columns: Name, Street_Address, City, State, Country, Postal_Code, Effective_Date, Expiration_Date, Standard_Order,
Last_Update, Action, FR_Citation; every field quoted in the official file. Traps: names that begin with a blank, blank
countries with a US state, one order in several rows that differ in their citation's punctuation, blank records.

The list numbers nobody and a denial order is renewed with new dates, so the id of a party is `bis-dpl-<slug of the
printed name>`: equal names in this list are one party, with a listing for each order (its days tell them apart).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vacatur.parties import Entry, Listing, clean, make_party
from vacatur.sources._us_documents import (
    KEPT,
    kind_of,
    open_document,
    read_day,
    read_document,
    read_table,
    slug,
)
from vacatur.sources._us_json import ARRANGEMENT, read_arrangement
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.bis_cells import read_names
from vacatur.sources.countries import country_code

MEASURE = "bis-denial-order"
LIST = "Denied Persons List (DPL)"
COLUMNS = ("name", "street_address", "city", "state", "country", "postal_code", "effective_date", "expiration_date")
US_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK "
    "OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY"
)
STATES = frozenset(US_STATES.split())


@dataclass(frozen=True, slots=True)
class Order:
    """One row: a name, one address, and the order's days."""

    name: str
    address: str
    country: str | None
    effective: date | None
    until: date | None
    citation: str
    remark: str


class DeniedPersons:
    """The Denied Persons List: 15 CFR 764.3(a)(2)."""

    name = "bis-dpl"
    title = "BIS Denied Persons List"
    urls: tuple[str, ...] = ("https://media.bis.gov/dpl/dpl.txt", "https://www.bis.doc.gov/dpl/dpl.txt")

    def companions(self, path: Path) -> Mapping[str, Path]:
        """One file is all."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` for what is no Denied Persons List."""
        with open_document(document.path) as file:
            kind = kind_of(file.read(2048))
        reading = Reading(iter(()), vintage=document.vintage, lists={LIST: MEASURE})
        if kind == "json":
            orders = _arranged(document, reading)
        elif kind == "text":
            orders = _rows(document.path)
            reading.notes.append("official: the text file of the list")
        else:
            raise SourceError(document.name, f"is {kind}, not the {self.title}", line=1, advice=KEPT)
        reading.entries = _entries(document, orders, reading)
        return reading


def _rows(path: Path) -> Iterator[Order]:
    for line, row in read_table(path, COLUMNS, delimiter="\t"):
        if not slug(row["name"]) or not any(c.isalnum() for c in row["name"]):
            raise SourceError(path.name, "a row without a name", line=line, advice=KEPT)
        days = []
        for column in ("effective_date", "expiration_date"):
            days.append(read_day(row[column]))
            if row[column] and days[-1] is None:
                raise SourceError(path.name, f"no date: {row[column][:40]!r}", line=line, advice=KEPT)
        place = [row[column] for column in ("street_address", "city", "state", "country", "postal_code")]
        american = not row["country"] and row["state"].upper() in STATES
        yield Order(
            row["name"],
            ", ".join(filter(None, place)),
            "us" if american else country_code(row["country"]),
            days[0],
            days[1],
            clean(row.get("fr_citation", "")),
            {"Y": "Standard order", "N": "Non-standard order"}.get(row.get("standard_order", "").upper(), ""),
        )


def _arranged(document: ListDocument, reading: Reading) -> Iterator[Order]:
    arrangement = read_arrangement(read_document(document.path), document.name, "bis-dpl")
    reading.notes.append(ARRANGEMENT)
    reading.vintage = document.vintage or arrangement.extracted
    for record in arrangement.records:
        code = country_code(record.country)
        yield Order(record.name, record.address, code, record.effective, None, record.citation, record.notes)


def _entries(document: ListDocument, orders: Iterator[Order], reading: Reading) -> Iterator[Entry]:
    by_name: dict[str, list[Order]] = defaultdict(list)
    rows = 0
    for rows, order in enumerate(orders, 1):  # noqa: B007 - the count is used after the loop
        by_name[slug(read_names(order.name).name)].append(order)
    if not by_name:
        raise SourceError(document.name, "holds no entry: empty or cut", advice=KEPT)
    for name, mine in by_name.items():
        yield _entry(f"bis-dpl-{name}", mine)
    reading.notes.append(f"{rows} rows of the list are {len(by_name)} parties")


def _entry(id: str, orders: list[Order]) -> Entry:
    names = [read_names(order.name) for order in orders]
    party = make_party(
        id,
        "LegalEntity",
        {
            "name": [printed.name for printed in names],
            "alias": [alias for printed in names for alias in printed.aliases],
            "previousName": [name for printed in names for name in printed.former],
            "weakAlias": [short for printed in names for short in printed.weak],
            "country": [order.country for order in orders],
            "address": [order.address for order in orders],
        },
    )
    by_days: dict[tuple[date | None, date | None], list[Order]] = defaultdict(list)
    for order in orders:
        by_days[order.effective, order.until].append(order)
    listings = tuple(
        Listing(
            MEASURE,
            list=LIST,
            listed_on=effective,
            effective=effective,
            until=until,
            citation="; ".join(dict.fromkeys(order.citation for order in same if order.citation)) or None,
            remarks="; ".join(dict.fromkeys(order.remark for order in same if order.remark)) or None,
        )
        for (effective, until), same in by_days.items()
    )
    return Entry(party, listings)
