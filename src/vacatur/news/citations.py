"""Legal citations in a text: reporters and the Federal Register by `eyecite`, docket numbers and executive orders here.

Sources: eyecite (Free Law Project) for reporters; docket numbers after the forms of the US courts' CM/ECF and of the
Court of Justice of the European Union.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from vacatur.news.article import Span


class CitationKind(StrEnum):
    """What a citation points to."""

    REPORTER = "reporter"
    REGISTER = "register"
    DOCKET = "docket"
    ORDER = "executive_order"


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: where it stands, and its normal form ("538 F. Supp. 3d 174", "1:21-cv-00280", "EO 13959")."""

    span: Span
    kind: CitationKind
    text: str


_DOCKET = re.compile(
    r"\b(?:\d:)?\d{2}-(?:cv|mc|cr|civ)-\d{3,5}\b|\b[TC]-\d{1,4}/\d{2}(?: [RP])?\b|\bNos?\. \d{2}-\d{3,5}\b"
)
_ORDER = re.compile(r"\b(?:executive order|e\.?o\.?)(?: no\.?)? ?(?P<number>1[0-9]{4})\b", re.IGNORECASE)
_REPORTER = re.compile(r"\b\d{1,4} (?:F\.|U\.S\.|S\. ?Ct\.|Fed\.|FR\b|F\. ?Supp|WL\b|L\. ?Ed)", re.IGNORECASE)


def find_citations(text: str) -> list[Citation]:
    """Every citation in `text`, in order."""
    found = [Citation(Span(*m.span()), CitationKind.DOCKET, m.group()) for m in _DOCKET.finditer(text)]
    found += [Citation(Span(*m.span()), CitationKind.ORDER, f"EO {m['number']}") for m in _ORDER.finditer(text)]
    if _REPORTER.search(text):
        found += _reported(text)
    return sorted(found, key=lambda citation: citation.span)


def _reported(text: str) -> list[Citation]:
    from eyecite import get_citations  # noqa: PLC0415 imported where needed
    from eyecite.models import FullCaseCitation, FullLawCitation  # noqa: PLC0415 imported where needed

    return [
        Citation(
            Span(*citation.span()),  # type: ignore[no-untyped-call]
            CitationKind.REPORTER if isinstance(citation, FullCaseCitation) else CitationKind.REGISTER,
            citation.corrected_citation(),  # type: ignore[no-untyped-call]
        )
        for citation in get_citations(text)
        if isinstance(citation, FullCaseCitation | FullLawCitation)
    ]
