"""The tables of part 744's supplements in the two official XML forms, as rows of a country and cells; streaming.

- eCFR versioner (`GET /api/versioner/v1/full/{date}/title-15.xml?part=744&appendix=Supplement No. 4 to Part 744`, the
  whole part, or all of title 15): `DIV9 TYPE="APPENDIX" N="Supplement No. 4 to Part 744"` with HTML tables
  (`TABLE`/`TR`/`TD`, lines broken by `br`). GPO, "Electronic Code of Federal Regulations XML User Guide".
- Federal Register full text of a rule (`RULE` … `GPOTABLE`/`ROW`/`ENT`, lines in `LI`). GPO, "Federal Register XML".

XML is mistrusted: no network, no entities, libxml2's own limits on depth and size. What a cell means is not known here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from vacatur.sources._us_documents import KEPT, check_cell, open_document, read_day
from vacatur.sources.base import Reading, SourceError
from vacatur.sources.bis_cells import is_reserved

BREAKS = frozenset({"BR", "LI", "P", "FP"})
STARS = frozenset("* \xa0")


@dataclass(slots=True)
class TableRow:
    """One entry's row: the country it stands under, the lines of its entity cell, the text of the cells after it."""

    country: str
    lines: list[str]
    cells: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Rule:
    """What a Federal Register rule says around its tables; filled while its rows are read.

    `orders` are the amending instructions ("a. Under CANADA, by adding …") in order.
    """

    subject: str = ""
    document: str = ""
    effective: date | None = None
    filed: date | None = None
    orders: list[str] = field(default_factory=list)


def supplement_rows(path: Path, supplement: str, width: int, reading: Reading) -> Iterator[TableRow]:
    """The rows of `Supplement No. {supplement} to Part 744` in an eCFR file; other parts of it are passed over.

    Args:
        path: the XML file, gzipped or not.
        supplement: the supplement's number: "4".
        width: cells of a whole row, the country's included.
        reading: is told of rows that are no entries.

    Raises:
        SourceError: no XML, cut, or without that supplement; says the line.
    """
    wanted = f"supplement no. {supplement} to part 744"
    inside = met = False
    rows = _RowReader(width, reading, path.name)
    for event, element in _events(path):
        tag = _tag(element)
        if tag == "DIV9":
            inside = event == "start" and _identifier(element).startswith(wanted)
            met = met or inside
        if event == "end":
            if tag == "TR" and inside:
                yield from rows.take(element, "TD")
            if tag in {"TR", "DIV8", "DIV9"} or (tag == "P" and not inside):
                element.clear()
    if not met:
        raise SourceError(path.name, f"holds no Supplement No. {supplement} to Part 744", advice=KEPT)
    yield from rows.finish()


def rule_rows(path: Path, supplement: str, width: int, reading: Reading, rule: Rule) -> Iterator[TableRow]:
    """The rows that a Federal Register rule prints for a supplement of part 744; fills `rule` on the way.

    Raises:
        SourceError: no XML, cut, or a rule that does not amend that supplement; says the line.
    """
    wanted = f"supplement no. {supplement} to part 744"
    rows = _RowReader(width, reading, path.name)
    met = ours = False
    for event, element in _events(path):
        if event == "start":
            continue
        tag = _tag(element)
        if tag == "ROW":
            if ours:
                yield from rows.take(element, "ENT")
            element.clear()
        elif tag in {"AMDPAR", "HD", "SUBJECT", "FRDOC", "EFFDATE"}:
            text = " ".join(" ".join(cell_lines(element)).split())
            if tag in {"AMDPAR", "HD"} and "supplement no." in text.lower():
                ours = wanted in text.lower()
                met = met or ours
            _note_rule(rule, tag, text, ours=ours)
    if not met:
        raise SourceError(path.name, f"this rule does not amend Supplement No. {supplement} to Part 744", advice=KEPT)
    yield from rows.finish()


def root_tag(path: Path) -> str:
    """The name of the document's outermost element, in capitals; `SourceError` for what is no XML."""
    for _, element in _events(path):
        return _tag(element)
    raise SourceError(path.name, "is no XML", line=1, advice=KEPT)


def cell_lines(element: Any, *, footnotes: bool = False) -> list[str]:
    """The lines of a cell as the publisher broke them; with `footnotes`, a raised number becomes `[3]`."""
    lines = [""]
    _gather(element, lines, footnotes)
    return [text for line in lines if (text := " ".join(line.split()))]


class _RowReader:
    """Turns table rows into `TableRow`s: keeps the country, joins rows that a page break split."""

    def __init__(self, width: int, reading: Reading, document: str) -> None:
        self.width, self.reading, self.document = width, reading, document
        self.country = ""
        self.pending: TableRow | None = None

    def take(self, element: Any, cell_tag: str) -> Iterator[TableRow]:
        """Look at one row; gives the entry before it when this row begins another."""
        elements = [child for child in element if _tag(child) == cell_tag]
        if not elements:
            return
        texts = [
            check_cell(" ".join(cell_lines(child, footnotes=place > 1)), self.document, element.sourceline)
            for place, child in enumerate(elements)
        ]
        spans = sum(_span(child) for child in elements)
        if texts[0] and not set(texts[0]) <= STARS and (len(elements) == 1 or is_reserved("".join(texts[1:]))):
            self._heading(texts[0], element)
        elif all(is_reserved(text) for text in texts):
            if any("reserved" in text.casefold() for text in texts):
                self.reading.skip("[Reserved]")
        elif texts[0].casefold() == "country":
            return
        elif len(elements) == 2 and not texts[0] and self.pending:
            self.pending.lines.extend(cell_lines(elements[1]))
        elif spans == self.width - 1 or len(elements) == self.width:
            if len(elements) == self.width:
                self.country = texts[0] or self.country
                elements, texts = elements[1:], texts[1:]
            yield from self.finish()
            lines = cell_lines(elements[0])
            if lines and is_reserved(lines[0]):
                self.reading.skip("[Reserved]")
                return
            self.pending = TableRow(self.country, lines, tuple(texts[1:]), element.sourceline or 0)
        else:
            self._odd(element, len(elements))

    def finish(self) -> Iterator[TableRow]:
        """The entry still held back, once nothing can follow it."""
        if self.pending:
            yield self.pending
        self.pending = None

    def _heading(self, text: str, element: Any) -> None:
        if len(text) > 80:
            self._odd(element, 1)
        else:
            self.country = text

    def _odd(self, element: Any, cells: int) -> None:
        reason = f"a row of {cells} cells where {self.width} are expected"
        self.reading.skip(reason)
        self.reading.notes.append(f"{self.document}, line {element.sourceline}: {reason}; it was left out")


def _events(path: Path) -> Iterator[tuple[str, Any]]:
    with open_document(path) as file:
        try:
            yield from etree.iterparse(
                file,
                events=("start", "end"),
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
        except etree.XMLSyntaxError as error:
            raise SourceError(
                path.name, f"is cut, damaged or no XML ({error.msg})", line=error.lineno or 1, advice=KEPT
            ) from None


def _note_rule(rule: Rule, tag: str, text: str, *, ours: bool) -> None:
    if tag == "SUBJECT" and not rule.subject:
        rule.subject = text
    elif tag == "AMDPAR" and ours:
        rule.orders.append(text)
    elif tag == "EFFDATE":
        rule.effective = _day_after("effective", text)
    elif tag == "FRDOC":
        rule.document = text.strip("[]").partition(" Filed")[0]
        rule.filed = read_day(text.partition("Filed ")[2].partition(";")[0])


def _day_after(word: str, text: str) -> date | None:
    """The day written out after a word ("This rule is effective February 24, 2023")."""
    after = text.lower().partition(word)[2].replace(",", " ").replace(".", " ").split()
    for place in range(len(after) - 2):
        day = read_day(f"{after[place].title()} {after[place + 1]}, {after[place + 2]}")
        if day:
            return day
    return None


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2].upper() if isinstance(element.tag, str) else ""


def _identifier(element: Any) -> str:
    return " ".join(str(element.get("N", "")).split()).lower()


def _span(element: Any) -> int:
    """Columns that a cell covers: HTML's `colspan`, or GPO's `A`, which counts the columns beyond the first."""
    if (wide := str(element.get("colspan", ""))).isdecimal():
        return max(1, int(wide[:4]))
    return 1 + int(more) if (more := str(element.get("A", ""))[:4]).isdecimal() else 1


def _gather(element: Any, lines: list[str], footnotes: bool) -> None:
    lines[-1] += element.text or ""
    for child in element:
        tag = _tag(child)
        if tag in BREAKS:
            lines.append("")
            _gather(child, lines, footnotes)
            if tag != "BR":
                lines.append("")
        elif tag in {"SU", "SUP"}:
            raised = "".join(child.itertext()).strip()
            lines[-1] = lines[-1].rstrip() + (f"[{raised}] " if footnotes and raised.isdecimal() else raised)
        elif tag:
            _gather(child, lines, footnotes)
        lines[-1] += child.tail or ""
