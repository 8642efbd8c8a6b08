"""The Department of Defense's lists of Chinese military companies: §1237 (1998) and §1260H (2021).

§1237: National Defense Authorization Act for Fiscal Year 1999, Pub. L. 105-261, as amended; lists of 2020-06-24 to
2021-01-14. §1260H: Pub. L. 116-283; editions since 2021-06-03. Official documents (`dod_official`) are read, and
arrangements by third parties (`dod_history`, JSON): the first note of a reading says which it is.

**Editions.** A history file holds several. `editions` gives their days; `read` with `document.vintage` set to one of
them reads that edition (any other day: the edition in effect then; None: the newest), and `Reading.vintage` is the
edition's day. To record all of a file, read it once for each of its editions.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from vacatur.parties import Listing
from vacatur.sources._us_documents import KEPT, as_text, kind_of, open_document, read_document
from vacatur.sources._us_json import ARRANGEMENT, read_arrangement
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.dod_history import History, read_history, read_tranches
from vacatur.sources.dod_names import Company, edition_entries, read_company
from vacatur.sources.dod_official import (
    is_notice,
    markup_paragraphs,
    pdf_day,
    pdf_paragraphs,
    read_notice,
    read_release,
    text_paragraphs,
)


class MilitaryCompanies(ABC):
    """What the two lists have in common; the subclasses say which."""

    name: str
    title: str
    urls: tuple[str, ...] = ()
    section: str
    """The section of the statute that the documents cite."""
    measure: str
    list: str

    def companions(self, path: Path) -> Mapping[str, Path]:
        """One file is all."""
        return {}

    def editions(self, document: ListDocument) -> tuple[date, ...]:
        """The days of the editions that a file holds, ascending; empty for a file of one edition.

        Raises:
            SourceError: a history file that is damaged.
        """
        history = self._history(document)
        return tuple(history.editions) if history else ()

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` for what is no document of this list."""
        history = self._history(document)
        if history:
            return self._read_history(document, history)
        data = read_document(document.path)
        if kind_of(data) == "json":
            return self._read_arrangement(document, data)
        return self._read_official(document, data)

    @abstractmethod
    def _history(self, document: ListDocument) -> History | None:
        """The history that a csv file holds; None for other documents."""

    def _read_history(self, document: ListDocument, history: History) -> Reading:
        edition = history.edition_of(document.vintage)
        if edition is None:
            first = history.editions[0]
            raise SourceError(document.name, f"its first edition is of {first}, after {document.vintage}", advice=KEPT)
        reading = self._reading(history.rosters()[edition], edition, ARRANGEMENT)
        for day, rows in sorted(history.stray_ends().items()):
            reading.notes.append(
                f"{rows} rows end on {day}, which is no edition's day: editions before it are as printed"
            )
        return reading

    def _read_arrangement(self, document: ListDocument, data: bytes) -> Reading:
        arrangement = read_arrangement(data, document.name, f"dow-{self.section.lower()}")
        first = arrangement.records[0]
        companies = []
        for record in arrangement.records:
            company = read_company(record.name, remarks=record.notes or None)
            if company is None:
                raise SourceError(document.name, f"no company is called {record.name[:60]!r}", advice=KEPT)
            companies.append(replace(company, aliases=(*company.aliases, *record.aliases)))
        vintage = document.vintage or first.effective or arrangement.extracted
        reading = self._reading(companies, vintage, ARRANGEMENT, first.citation or None)
        reading.lists = {}
        reading.notes.append("it has the parent companies only: absence from it means nothing")
        return reading

    def _read_official(self, document: ListDocument, data: bytes) -> Reading:
        kind = kind_of(data)
        if kind == "pdf":
            paragraphs = pdf_paragraphs(data, document.name)
        elif kind == "text":
            paragraphs = text_paragraphs(as_text(data))
        else:
            paragraphs = markup_paragraphs(data, kind, document.name)
        notice = kind in {"xml", "html"} or is_notice("\n".join(" ".join(lines) for lines in paragraphs))
        edition = (read_notice if notice else read_release)(paragraphs, self.section, document.name)
        nature = "official: the Federal Register notice" if notice else "official: the list as released"
        stated = edition.day or (pdf_day(data) if kind == "pdf" else None)
        reading = self._reading(edition.companies, document.vintage or stated, nature, edition.citation)
        if not edition.complete:
            reading.lists = {}
            reading.notes.append("it adds to the list without repeating it: absence from it means nothing")
        if edition.removed:
            reading.notes.append(f"says that these are no longer listed: {'; '.join(edition.removed)}")
        return reading

    def _reading(
        self, companies: Iterable[Company], vintage: date | None, nature: str, citation: str | None = None
    ) -> Reading:
        listing = Listing(self.measure, list=self.list, citation=citation)
        return Reading(
            edition_entries(self.name, listing, companies),
            vintage=vintage,
            lists={self.list: self.measure},
            notes=[nature],
        )


class Section1260H(MilitaryCompanies):
    """Chinese military companies operating in the United States, under section 1260H."""

    name = "dod-1260h"
    title = "DoD Section 1260H list of Chinese military companies"
    urls: tuple[str, ...] = (
        "https://media.defense.gov/2026/Jun/08/2003945537/-1/-1/1/ENTITIES-IDENTIFIED-AS-CHINESE-MILITARY-COMPANIES-"
        "OPERATING-IN-THE-UNITED-STATES-IN-ACCORDANCE-WITH-SECTION-1260H.PDF",
    )
    section, measure = "1260H", "1260h"
    list = "Section 1260H list"

    def _history(self, document: ListDocument) -> History | None:
        return read_history(document.path) if _begins(document, "name,clean name") else None


class Section1237(MilitaryCompanies):
    """Communist Chinese military companies, under section 1237; no longer published."""

    name = "dod-1237"
    title = "DoD Section 1237 list of Communist Chinese military companies"
    section, measure = "1237", "ccmc-1237"
    list = "Section 1237 list"

    def _history(self, document: ListDocument) -> History | None:
        return read_tranches(document.path) if _begins(document, "tranche,listed_date") else None


def _begins(document: ListDocument, header: str) -> bool:
    """Whether a file begins with the header of a table."""
    with open_document(document.path) as file:
        return as_text(file.read(256)).lstrip().lower().replace('"', "").startswith(header)
