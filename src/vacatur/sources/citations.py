"""Legal citations in a text, and the citation of a docket entry as a lawyer writes it.

Reporters and the Federal Register are found by `eyecite` (Free Law Project, BSD); docket numbers of US courts (CM/ECF:
`1:21-cv-00280`, `No. 24-1113`) and executive orders (`E.O. 13959`), which it does not know, by the patterns here.
Pure functions over text; nothing is fetched and nothing looked up in a register.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache


class CitationKind(StrEnum):
    """What a citation points to."""

    CASE = "case"
    LAW = "law"
    REGISTER = "federal_register"
    DOCKET = "docket"
    ORDER = "executive_order"


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: its normal form ("85 FR 48637", "1:21-cv-00280", "E.O. 13959") and where the text has it."""

    kind: CitationKind
    text: str
    start: int
    end: int


DISTRICT = r"\d{1,2}:\d{2}-[a-z]{2,4}-\d{3,6}"
"""A docket number of a trial court: office, year, kind of case, number."""

_DOCKET = re.compile(
    rf"\b(?P<district>{DISTRICT})(?:-[A-Z]{{2,4}})*\b"
    r"|\b(?:Nos?\.|Case(?: No\.| number:?)?|USCA(?: Case)?(?: Number:?)?)\s*(?P<appeal>\d{2}[-‐–]\d{2,5})\b"
)
_ORDER = re.compile(
    r"\b(?:Executive Order|E\. ?O\.|EO)(?: \(E\.?O\.?\))?(?: No\.?)? ?(?P<number>1[0-9][,]?[0-9]{3})(?:\b|(?=[A-Z]))",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\b\d{1,4} (?:[A-Z][A-Za-z.]*\.|FR|CFR|WL)(?=[ \d])")


def find_citations(text: str) -> list[Citation]:
    """Every citation in `text`, in order; a case or law in the form `eyecite` gives it."""
    found = [
        Citation(CitationKind.DOCKET, docket_number(match["district"] or match["appeal"]), *match.span())
        for match in _DOCKET.finditer(text)
    ]
    found += [
        Citation(CitationKind.ORDER, f"E.O. {match['number'].replace(',', '')}", *match.span())
        for match in _ORDER.finditer(text)
    ]
    if _REPORTED.search(text):
        found += _reported(text)
    return sorted(found, key=lambda citation: citation.start)


def cited_in(text: str) -> tuple[str, ...]:
    """The normal form of every citation in `text`, each once."""
    return tuple(dict.fromkeys(citation.text for citation in find_citations(text)))


def executive_orders(text: str) -> list[int]:
    """The numbers of the executive orders that `text` names, each once."""
    return list(dict.fromkeys(int(match["number"].replace(",", "")) for match in _ORDER.finditer(text)))


def docket_number(text: str) -> str:
    """A docket number without judges' initials and dashes of print: `1:17-cr-00554-MKB` → `1:17-cr-00554`."""
    plain = re.sub(r"[‐–—]", "-", text.strip())
    match = re.match(rf"{DISTRICT}|(?:\d{{2}}-\d{{2,6}})", plain)
    return match.group() if match else plain


def cite_entry(name: str, number: str, entry: str | None, court: str, filed: date) -> str:
    """The citation of a docket entry: "Xiaomi Corp. v. Department of Defense, No. 1:21-cv-00280, ECF 21 (D.D.C. …)".

    Args:
        name: the case as its docket calls it.
        number: the docket number.
        entry: number of the entry on the docket; None for a minute order.
        court: the court's id at CourtListener (`dcd`) or its name.
        filed: day of filing.
    """
    day = f"{filed:%b}. {filed.day}, {filed.year}".replace("May.", "May")
    where = f", ECF {entry}" if entry else ""
    return f"{name}, No. {number}{where} ({court_name(court)} {day})"


@cache
def court_name(court: str) -> str:
    """How a court is cited: `dcd` → D.D.C.; a court that is not known stays as it is given."""
    from courts_db import find_court_by_id  # noqa: PLC0415 - it reads a large file

    found = find_court_by_id(court) if court else []
    return str(found[0]["citation_string"]) if found else court


def _reported(text: str) -> list[Citation]:
    from eyecite import get_citations  # noqa: PLC0415 - it builds large tables
    from eyecite.models import FullCaseCitation, FullLawCitation  # noqa: PLC0415 - as above

    found: list[Citation] = []
    for citation in get_citations(text):
        if not isinstance(citation, FullCaseCitation | FullLawCitation):
            continue
        plain: str = citation.corrected_citation()  # type: ignore[no-untyped-call]
        span: tuple[int, int] = citation.span()  # type: ignore[no-untyped-call]
        kind = CitationKind.CASE if isinstance(citation, FullCaseCitation) else CitationKind.LAW
        if re.match(r"\d+ FR ", plain):
            kind = CitationKind.REGISTER
        found.append(Citation(kind, plain, *span))
    return found
