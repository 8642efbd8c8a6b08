"""In-house lists: csv, Excel or Parquet, with a small YAML file beside them that says what the columns mean.

`house.xlsx` is read by `house.yaml`. The form of the YAML file is described in docs/sources.md; a mistake in it, or in
a row, is named with its line. Each list is a source of its own, `custom:<id of the list>`, so that several lists do
not take one another's place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import yaml

from vacatur.law.acts import Measure
from vacatur.parties import COUNTRY_PROPERTIES, SCHEMATA, Entry, Listing, make_party
from vacatur.sources._us_documents import as_text, slug
from vacatur.sources.acts_yaml import read_measure
from vacatur.sources.base import ListDocument, Reading, Source, SourceError
from vacatur.sources.countries import country_code
from vacatur.sources.custom_tables import Record, read_table
from vacatur.sources.yaml_reading import Fields, Mistakes, compose

MAPPING = "mapping"
SUFFIXES = (".yaml", ".yml")
PROPERTIES = frozenset(
    "name alias previousName weakAlias abbreviation country jurisdiction nationality citizenship birthDate birthPlace"
    " gender address email phone website notes position registrationNumber taxNumber idNumber passportNumber"
    " socialSecurityNumber leiCode isin isinCode ticker imoNumber mmsi callSign innCode ogrnCode swiftBic uscCode"
    " dunsCode uniqueEntityId cikCode incorporationDate flag topics".split()
)
LISTING_DAYS = ("listed_on", "effective", "until")
LISTING_TEXTS = ("program", "citation", "remarks", "url")
LARGEST_MAPPING = 1_000_000
YEAR_OR_MONTH = re.compile(r"\d{4}(-\d\d)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the YAML file says: the list, its measure, and for each of our words the columns that hold it."""

    id: str
    title: str
    measure: str
    described: Measure | None
    schema: str | None
    columns: Mapping[str, tuple[str, ...]]
    separator: str | None
    day_format: str | None
    sheet: str | None


@dataclass(slots=True)
class CustomList:
    """In-house lists; see `sources.base.Source` and `sources.base.ManyLists`."""

    name: str = "custom"
    title: str = "In-house list (csv, Excel or Parquet with a YAML mapping)"
    urls: tuple[str, ...] = field(default=())

    def companions(self, path: Path) -> Mapping[str, Path]:
        """The mapping: the YAML file of the same name."""
        beside = (path.with_suffix(suffix) for suffix in SUFFIXES)
        return {MAPPING: found} if (found := next((file for file in beside if file.is_file()), None)) else {}

    def one(self, document: ListDocument) -> Source:
        """The source of this one list, `custom:<id>`; raises `SourceError` as `read`."""
        layout = read_layout(document)
        return CustomList(f"custom:{layout.id}", layout.title)

    def called(self, name: str) -> Source:
        """The source of the list `name`; see `sources.base.ManyLists`."""
        return CustomList(name, f"In-house list {name.partition(':')[2]}")

    def read(self, document: ListDocument) -> Reading:
        """Start reading.

        Raises:
            SourceError: there is no mapping beside the file, it is wrong (every mistake is named), or a row is.
        """
        layout = read_layout(document)
        reading = Reading(iter(()), document.vintage, {layout.title: layout.measure})
        if layout.described:
            reading.measures.append(layout.described)
        reading.entries = entries(document, layout)
        return reading


def read_layout(document: ListDocument) -> Layout:
    """The mapping beside a document.

    Raises:
        SourceError: there is none.
        MistakesError: it is wrong; every mistake is named with its line.
    """
    path = document.companions.get(MAPPING)
    if path is None:
        beside = document.path.with_suffix(".yaml").name
        raise SourceError(document.name, f"has no {beside} beside it that says what its columns mean")
    if path.stat().st_size > LARGEST_MAPPING:
        raise SourceError(path.name, f"a mapping of more than {LARGEST_MAPPING:,} bytes")
    mistakes = Mistakes(path.name)
    root = compose(as_text(path.read_bytes()), path.name)
    if root is None:
        raise SourceError(path.name, "is empty")
    fields = Fields(root, mistakes, "mapping")
    layout = _layout(fields, mistakes)
    fields.close()
    mistakes.raise_any()
    return layout


def entries(document: ListDocument, layout: Layout) -> Iterator[Entry]:
    """The entries of the list, in its order."""
    numbers: dict[str, int] = {}
    columns = {column for found in layout.columns.values() for column in found}
    for record in read_table(document.path, columns, sheet=layout.sheet):
        entry = _entry(_Row(document.name, layout, record))
        if entry.party.id in numbers:
            raise SourceError(
                document.name, f"the same id as in row {numbers[entry.party.id]}: {entry.party.id}", line=record.line
            )
        numbers[entry.party.id] = record.line
        yield entry
    if not numbers:
        raise SourceError(document.name, "holds no entry")


def _layout(fields: Fields, mistakes: Mistakes) -> Layout:
    title = fields.text("list", needed=True) or ""
    node = fields.get("measure", needed=True)
    described = None
    measure = ""
    if isinstance(node, yaml.MappingNode):
        described = read_measure(Fields(node, mistakes, "measure"))
        measure = described.id if described else ""
    elif node is not None:
        measure = fields.scalar(node, "measure") or ""
    schema = next(iter(fields.known("schema", SCHEMATA, "schema")), None)
    columns: dict[str, tuple[str, ...]] = {}
    if (node := fields.get("columns", needed=True)) is not None:
        named = Fields(node, mistakes, "columns")
        for name in ("id", "schema", *sorted(PROPERTIES), *LISTING_DAYS, *LISTING_TEXTS):
            if found := named.texts(name, needed=name == "name"):
                columns[name] = found
        named.close()
    if schema is None and "schema" not in columns:
        mistakes.add(fields.node, "mapping: 'schema' is missing", "Give one for all rows, or a column in `columns`")
    return Layout(
        id=slug(fields.text("id") or title),
        title=title,
        measure=measure,
        described=described,
        schema=schema,
        columns=columns,
        separator=fields.text("separator"),
        day_format=fields.text("date_format"),
        sheet=fields.text("sheet"),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, read by the layout; what is wrong with it is named with its line."""

    document: str
    layout: Layout
    record: Record

    def wrong(self, reason: str) -> SourceError:
        return SourceError(self.document, reason, line=self.record.line)

    def values(self, name: str) -> list[str]:
        cells = [self.record.cells.get(column, "").strip() for column in self.layout.columns.get(name, ())]
        if self.layout.separator:
            cells = [part.strip() for cell in cells for part in cell.split(self.layout.separator)]
        return [cell for cell in cells if cell]

    def first(self, name: str) -> str | None:
        return next(iter(self.values(name)), None)

    def property_values(self, name: str) -> list[str]:
        if name in COUNTRY_PROPERTIES:
            return [self._country(text) for text in self.values(name)]
        if name.endswith("Date"):
            return [text if YEAR_OR_MONTH.fullmatch(text) else str(self._day(text)) for text in self.values(name)]
        return self.values(name)

    def day(self, name: str) -> date | None:
        text = self.first(name)
        return self._day(text) if text else None

    def _country(self, text: str) -> str:
        code = country_code(text) or (text.lower() if re.fullmatch(r"[A-Za-z]{2}", text) else None)
        if code is None:
            raise self.wrong(f"no country: {text!r}")
        return code

    def _day(self, text: str) -> date:
        try:
            if self.layout.day_format:
                return datetime.strptime(text, self.layout.day_format).date()
            return date.fromisoformat(text[:10])
        except ValueError:
            expected = self.layout.day_format or "2026-01-31; another form is named by `date_format` in the mapping"
            raise self.wrong(f"no day: {text!r} (expected {expected})") from None


def _entry(row: _Row) -> Entry:
    layout = row.layout
    name = row.first("name")
    if name is None:
        raise row.wrong("a row without a name")
    schema = row.first("schema") or layout.schema or ""
    if schema not in SCHEMATA:
        raise row.wrong(f"no schema: {schema!r} (there are: {', '.join(SCHEMATA)})")
    properties = {name: row.property_values(name) for name in layout.columns if name in PROPERTIES}
    listing = Listing(
        layout.measure,
        list=layout.title,
        listed_on=row.day("listed_on"),
        effective=row.day("effective"),
        until=row.day("until"),
        programs=tuple(row.values("program")),
        citation="; ".join(row.values("citation")) or None,
        remarks="; ".join(row.values("remarks")) or None,
        url=row.first("url"),
    )
    number = "-".join(row.values("id")) or slug(name)
    return Entry(make_party(f"custom-{layout.id}-{number}", schema, properties), (listing,))
