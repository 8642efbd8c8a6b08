"""The lists of the Bureau of Industry and Security that are part of its regulation: Entity List, UVL, MEU List.

Supplements No. 4 (Entity List), No. 6 (Unverified List) and No. 7 (Military End-User List) to 15 CFR part 744, read
from the eCFR versioner's XML; from the XML of a Federal Register rule that amends one (an entry's absence from it means
nothing; the additions and removals it orders are acts); from the csv files that BIS once published; from an arrangement
in JSON. Who is one party and what its id is: `bis_places`.

The Federal Register day in a citation ("84 FR 22963, 5/21/19") is when a rule was printed, which may be after it took
effect, so `listed_on` stays empty unless the file states an effective day.
"""

import builtins
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from vacatur.parties import Entry, Listing, clean
from vacatur.sources._us_documents import KEPT, kind_of, open_document, read_document, slug
from vacatur.sources._us_json import ARRANGEMENT, read_arrangement
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.bis_cells import destination_code, read_subject
from vacatur.sources.bis_csv import read_entity_csv, read_unverified_csv
from vacatur.sources.bis_places import Place, entries
from vacatur.sources.bis_rules import added_names, rule_acts
from vacatur.sources.bis_xml import Rule, TableRow, root_tag, rule_rows, supplement_rows

ECFR = "https://www.ecfr.gov/api/versioner/v1/full/{{day}}/title-15.xml?part=744&appendix=Supplement%20No.%20{}%20to%20Part%20744"
WHOLE_PART = "https://www.ecfr.gov/api/versioner/v1/full/{day}/title-15.xml?part=744"
CALENDAR = "https://www.ecfr.gov/api/versioner/v1/titles.json"
FOOTNOTE = re.compile(r"\[(\d+)\]")
FOREIGN = {"html": "a web page", "pdf": "a PDF", "text": "a table or text", "json": "JSON"}


class Supplement:
    """A list that is a supplement to part 744; the subclasses say which."""

    name: str
    title: str
    urls: tuple[str, ...]
    number: str
    """The supplement's number."""
    width: int
    """Columns of its table: country, entity, (licence requirement, review policy,) citation."""
    list: str
    measure: str
    calendar = CALENDAR

    def newest_day(self, calendar: bytes) -> date:
        """The day to which the eCFR's title 15 is up to date, by the versioner's list of titles."""
        try:
            titles = json.loads(calendar)["titles"]
            stated = next(title["up_to_date_as_of"] for title in titles if title["number"] == 15)
            return date.fromisoformat(stated)
        except (ValueError, KeyError, TypeError, StopIteration, RecursionError) as error:
            raise SourceError("titles.json", "does not say up to which day title 15 is kept", advice=KEPT) from error

    def companions(self, path: Path) -> Mapping[str, Path]:
        """One file is all."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` for what is none of the forms of this list."""
        with open_document(document.path) as file:
            kind = kind_of(file.read(2048))
        reading = Reading(iter(()), vintage=document.vintage, lists={self.list: self.measure})
        if kind == "xml" and root_tag(document.path) in {"RULE", "RULES", "FEDREG"}:
            reading.lists = {}
            reading.notes.append("official: a Federal Register rule; it names what it changes, not who else is listed")
            reading.entries = self._from_rule(document, reading)
        elif kind == "xml":
            reading.notes.append("official: the text of the regulation as the eCFR gives it")
            rows = supplement_rows(document.path, self.number, self.width, reading)
            reading.entries = self._checked(document, self._places(rows, reading), reading)
        elif kind == "json":
            reading.entries = self._checked(document, self._arranged(document, reading), reading)
        else:
            reading.notes.append("official: the csv file of the list")
            reading.entries = self._checked(document, self._table(document, kind), reading)
        return reading

    def _table(self, document: ListDocument, kind: str) -> Iterator[Place]:
        raise SourceError(document.name, f"is {FOREIGN[kind]}, not the {self.title}", line=1, advice=KEPT)

    def _checked(self, document: ListDocument, places: Iterator[Place], reading: Reading) -> Iterator[Entry]:
        rows = list(places)
        if not rows:
            raise SourceError(document.name, "holds no entry: empty or cut", advice=KEPT)
        parties = 0
        for parties, entry in enumerate(entries(self.name, rows), 1):  # noqa: B007 - the count is used after the loop
            yield entry
        reading.notes.append(f"{len(rows)} rows of the list are {parties} parties")

    def _listing(self) -> Listing:
        return Listing(self.measure, list=self.list)

    def _places(self, rows: Iterable[TableRow], reading: Reading) -> Iterator[Place]:
        return (place for row in rows if (place := self._place(row, reading)))

    def _place(self, row: TableRow, reading: Reading) -> Place | None:
        subject = read_subject(row.lines)
        if subject is None:
            reading.skip("a row that names nobody")
            return None
        requirement, policy = (row.cells[0], row.cells[1]) if self.width == 5 else ("", "")
        country = destination_code(row.country)
        if country is None:
            reading.notes.append(f"line {row.line}: no country is called {row.country[:60]!r}")
        return Place(
            subject,
            country,
            replace(
                self._listing(),
                programs=tuple(f"Footnote {number}" for number in dict.fromkeys(FOOTNOTE.findall(requirement))),
                citation=clean(row.cells[-1]).rstrip(".") or None if row.cells else None,
                remarks=_remarks(requirement, policy),
            ),
        )

    def _from_rule(self, document: ListDocument, reading: Reading) -> Iterator[Entry]:
        rule = Rule()
        rows = list(rule_rows(document.path, self.number, self.width, reading, rule))
        added = added_names(rule)
        designated: builtins.list[str] = []
        for entry in self._checked(document, self._places(rows, reading), reading):
            if slug(entry.party.names[0]) not in added:
                yield entry
                continue
            designated.append(entry.party.id)
            cited = [replace(item, listed_on=rule.effective, effective=rule.effective) for item in entry.listings]
            yield Entry(entry.party, tuple(dict.fromkeys(cited)))
        reading.acts.extend(rule_acts(rule, self.name, self.measure, designated))

    def _arranged(self, document: ListDocument, reading: Reading) -> Iterator[Place]:
        arrangement = read_arrangement(read_document(document.path), document.name, self.name)
        reading.notes.append(ARRANGEMENT)
        reading.vintage = document.vintage or arrangement.extracted
        for record in arrangement.records:
            announced = [f"{record.name}, a.k.a., the following aliases:"] if record.aliases else [f"{record.name},"]
            address = [record.address] if record.address else []
            subject = read_subject([*announced, *(f"—{alias};" for alias in record.aliases), *(address or ["."])])
            if subject is None:
                reading.skip("a row that names nobody")
                continue
            yield Place(
                subject,
                destination_code(record.country),
                replace(
                    self._listing(),
                    listed_on=record.effective,
                    effective=record.effective,
                    citation=record.citation or None,
                    remarks=record.notes or None,
                ),
            )


class EntityList(Supplement):
    """The Entity List: 15 CFR 744.11, 744.16 and Supplement No. 4 to part 744."""

    name = "bis-entity-list"
    title = "BIS Entity List"
    urls: tuple[str, ...] = (ECFR.format(4), WHOLE_PART)
    number, width = "4", 5
    list, measure = "Entity List (EL)", "entity-list"

    def _table(self, document: ListDocument, kind: str) -> Iterator[Place]:
        return read_entity_csv(document.path, self._listing()) if kind == "text" else super()._table(document, kind)


class UnverifiedList(Supplement):
    """The Unverified List: 15 CFR 744.15 and Supplement No. 6 to part 744."""

    name = "bis-uvl"
    title = "BIS Unverified List"
    urls: tuple[str, ...] = (ECFR.format(6), WHOLE_PART)
    number, width = "6", 3
    list, measure = "Unverified List (UVL)", "bis-uvl"

    def _table(self, document: ListDocument, kind: str) -> Iterator[Place]:
        return read_unverified_csv(document.path, self._listing()) if kind == "text" else super()._table(document, kind)


class MilitaryEndUsers(Supplement):
    """The Military End-User List: 15 CFR 744.21 and Supplement No. 7 to part 744."""

    name = "bis-meu"
    title = "BIS Military End-User List"
    urls: tuple[str, ...] = (ECFR.format(7), WHOLE_PART)
    number, width = "7", 3
    list, measure = "Military End User (MEU) List", "bis-meu"


def _remarks(requirement: str, policy: str) -> str | None:
    parts = (("Licence requirement", requirement), ("Licence review policy", policy))
    return " ".join(f"{label}: {clean(text).rstrip('.')}." for label, text in parts if text) or None
