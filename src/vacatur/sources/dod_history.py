"""Lists of Chinese military companies arranged by others, in csv files that hold several editions.

Two arrangements: of §1260H, with the columns Name, Clean Name, Alias, Previous Name, Parent Name, Note, Start date, End
date, Source Url; of §1237, with tranche, listed_date, name, acronym_or_alias, note, source_url.

**Who was on an edition.** In the §1260H file an edition whose rows name the PDF they were transcribed from is printed
in full: its roster is its own rows. Editions without are told as changes: their roster is every row begun and not yet
ended by then. So rows that were never closed (Advanced Micro-Fabrication Equipment, IDG Capital: not in the official
list of 2025-01-07) do not outlive the next full edition, and a company with a row in each edition is one company. An
end day that is no edition's (2026-02-17, from a notice that was withdrawn) takes nobody off an edition printed before
it; a note tells of it. The §1237 file only adds.

`listed_on` is given where the file states when a company was added, not where it only says that an edition has it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vacatur.sources._us_documents import KEPT, read_day, read_table
from vacatur.sources.base import SourceError
from vacatur.sources.dod_names import Company, read_company

COLUMNS_1260H = (
    "name",
    "clean name",
    "alias",
    "previous name",
    "parent name",
    "note",
    "start date",
    "end date",
    "source url",
)
COLUMNS_1237 = ("tranche", "listed_date", "name", "acronym_or_alias", "note", "source_url")


@dataclass(frozen=True, slots=True)
class Span:
    """One row: a company from an edition on, until another; `printed` when that edition is transcribed in full."""

    company: Company
    start: date
    end: date | None
    printed: bool


@dataclass(frozen=True, slots=True)
class History:
    """All editions of a file."""

    spans: tuple[Span, ...]

    @property
    def editions(self) -> list[date]:
        """The days of the editions, ascending."""
        return sorted({span.start for span in self.spans})

    def rosters(self) -> dict[date, list[Company]]:
        """Who was on each edition."""
        rosters: dict[date, list[Company]] = {}
        before: dict[str, Company] = {}
        running: list[Span] = []
        for edition in self.editions:
            own = [span for span in self.spans if span.start == edition]
            if any(span.printed for span in own):
                running = own
                roster = [replace(span.company, listed_on=_day_added(span.company, before)) for span in own]
            else:
                running = [span for span in running if not (span.end and span.end <= edition)] + own
                roster = [replace(span.company, listed_on=span.start) for span in running]
            rosters[edition] = roster
            before = {company.slug: company for company in roster}
        return rosters

    def stray_ends(self) -> Counter[date]:
        """End days that are no edition's, with the number of rows that have them."""
        return Counter(span.end for span in self.spans if span.end and span.end not in self.editions)

    def edition_of(self, vintage: date | None) -> date | None:
        """The edition in effect on a day (the newest when no day is given); None before the first."""
        return max((day for day in self.editions if vintage is None or day <= vintage), default=None)


def _day_added(company: Company, before: Mapping[str, Company]) -> date | None:
    """When a company of an edition printed in full was added, as far as the edition before it tells."""
    same = before.get(company.slug)
    return same.listed_on if same else None


def read_history(path: Path) -> History:
    """The §1260H arrangement; `SourceError` for another file or a row without company or start, with its line."""
    spans = []
    for line, row in read_table(path, COLUMNS_1260H):
        company = read_company(row["name"] or row["clean name"], row["parent name"] or None, row["note"] or None)
        start, end = read_day(row["start date"]), read_day(row["end date"])
        if company is None or start is None or bool(row["end date"]) != bool(end):
            raise SourceError(path.name, "a row without a company, or with a day that is none", line=line, advice=KEPT)
        aliases = [alias for alias in split_aliases(row["alias"]) if alias not in (*company.aliases, *company.weak)]
        known = replace(
            company,
            aliases=(*company.aliases, *aliases),
            former=tuple(dict.fromkeys(filter(None, (*company.former, row["previous name"])))),
        )
        spans.append(Span(known, start, end, bool(row["source url"])))
    return _history(spans, path)


def read_tranches(path: Path) -> History:
    """The §1237 arrangement; errors as for `read_history`."""
    spans = []
    for line, row in read_table(path, COLUMNS_1237):
        company, start = read_company(row["name"], remarks=row["note"] or None), read_day(row["listed_date"])
        if company is None or start is None:
            raise SourceError(path.name, "a row without a company or a listing day", line=line, advice=KEPT)
        aliases = (*company.aliases, *split_aliases(row["acronym_or_alias"]))
        spans.append(Span(replace(company, aliases=aliases), start, None, printed=False))
    return _history(spans, path)


def split_aliases(cell: str) -> list[str]:
    """The names of a cell that holds several, parted by `;` or a comma that no blank follows (`Knownsec,Beijing …`)."""
    parted = cell.replace(";", "\n") if ";" in cell else "\n".join(_comma_parts(cell))
    return [text for line in parted.split("\n") if (text := line.strip())]


def _comma_parts(cell: str) -> Iterable[str]:
    start = 0
    for place, character in enumerate(cell):
        if character == "," and cell[place + 1 : place + 2].strip():
            yield cell[start:place]
            start = place + 1
    yield cell[start:]


def _history(spans: list[Span], path: Path) -> History:
    if not spans:
        raise SourceError(path.name, "holds no entry: empty or cut", advice=KEPT)
    return History(tuple(spans))
