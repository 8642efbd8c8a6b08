"""The Department of Defense's own documents of a list of Chinese military companies: PDF, its text, Federal Register.

- The list as released (PDF): a heading that cites the statute, then groups parted by a blank line, a parent flush left
  with its subsidiaries under it; footnotes; at the end, what was taken off. The text of such a PDF is read alike.
- The Federal Register notice (full text as XML, HTML or plain text): "… the following entities qualify …:", a paragraph
  a company, with the reasons in paragraphs between; "… should be removed …:", what was taken off.

Both are reduced to paragraphs of lines first, so that one reader serves every wrapping.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from vacatur.parties import clean
from vacatur.sources._us_documents import KEPT, as_text, read_day
from vacatur.sources.base import SourceError
from vacatur.sources.dod_names import Company, read_company, read_family

INDENT = 12.0
"""Points from the left margin at which a line of the PDF counts as indented (it uses 36)."""
BLANK = 1.6
"""Distance between lines, in line heights, above which the PDF shows a blank line (it uses 2)."""
MAX_PAGES = 400

STAYS = re.compile(r"^\d+\s+(?P<name>.+?) was previously identified as and remains\b")
"""A footnote that keeps a company on the list: that of 2025-01-07 names Hesai Technology."""

REMOVED = re.compile(r"previously listed entities (?:did not meet|should be removed|no longer)", re.IGNORECASE)
PROSE = re.compile(
    r"\b(?:Public Law|Pub\. L\.|is|are|was|were|has|have|been|because|determined|pursuant|should|shall|will|to be)\b"
    r"|\bqualif\w+\b|1260H|1237\b|^\*"
)
QUALIFY = re.compile(
    r"(?:following (?:additional )?entities (?:qualify|meet|have been)|accordance with section \w+):?", re.IGNORECASE
)
ENDING = re.compile(r"^(?:Dated:|Authority:|\[FR Doc|BILLING CODE|SIGNATURE|For further information)", re.IGNORECASE)
VOLUME = re.compile(r"Federal Register Volume (\d+), Number \d+ \(\w+, (\w+ \d+, \d{4})\)")
PAGES = re.compile(r"\[Pages? (\d+)")
FILED = re.compile(r"\[FR Doc\.? ([\d-]+) Filed (\d{1,2}-\d{1,2}-\d{2})")


@dataclass(slots=True)
class Edition:
    """What an official document says: who is listed, who was taken off, and what identifies the document.

    `complete` is false for a notice that only adds to a list: absence from it means nothing.
    """

    companies: list[Company] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    day: date | None = None
    citation: str | None = None
    complete: bool = True


def pdf_paragraphs(data: bytes, document: str) -> list[list[str]]:
    """The lines of a PDF in paragraphs; an indented line begins with a blank.

    Raises:
        SourceError: no PDF that can be read, or one without text (a scan).
    """
    from pdfminer.high_level import extract_pages  # noqa: PLC0415 - heavy, and needed for PDFs alone
    from pdfminer.layout import LTTextContainer, LTTextLine  # noqa: PLC0415

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings say nothing that a user could act on
    if b"%%EOF" not in data[-4096:]:
        raise SourceError(document, "the PDF is cut: it has no end", advice=KEPT)
    paragraphs: list[list[str]] = []
    try:
        for page in extract_pages(BytesIO(data), maxpages=MAX_PAGES):
            boxes = [box for box in page if isinstance(box, LTTextContainer)]
            lines = [line for box in boxes for line in box if isinstance(line, LTTextLine) and line.get_text().strip()]
            lines.sort(key=lambda line: (-round(line.y0), line.x0))
            left = min((line.x0 for line in lines), default=0.0)
            above = None
            for line in lines:
                if above is None or above.y0 - line.y0 > BLANK * max(line.height, 1.0):
                    paragraphs.append([])
                indent = " " if line.x0 - left > INDENT else ""
                paragraphs[-1].append(indent + clean(line.get_text()))
                above = line
    except Exception as error:  # a damaged PDF fails anywhere inside the library, with errors of any kind
        raise SourceError(document, f"is no readable PDF ({type(error).__name__})", advice=KEPT) from error
    if not paragraphs:
        raise SourceError(document, "the PDF holds no text", advice="Use the text or the Federal Register notice")
    return paragraphs


def pdf_day(data: bytes) -> date | None:
    """The day on which a PDF says it was made."""
    made = re.search(rb"/CreationDate\s*\(D:(\d{4})(\d\d)(\d\d)", data)
    return read_day("-".join(part.decode() for part in made.groups())) if made else None


def text_paragraphs(text: str) -> list[list[str]]:
    """The lines of plain text in paragraphs, as blank lines and page breaks part them; leading blanks become one."""
    paragraphs: list[list[str]] = [[]]
    for line in text.replace("\f", "\n\n").split("\n"):
        if line.strip():
            paragraphs[-1].append((" " if line[:1].isspace() else "") + clean(line))
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def read_release(paragraphs: Iterable[list[str]], section: str, document: str) -> Edition:
    """The list as the department released it, from its paragraphs.

    Args:
        paragraphs: lines, indented ones with a leading blank.
        section: what its heading must cite: "1260H".
        document: the file's name, for messages.

    Raises:
        SourceError: the heading is missing, or no company follows it.
    """
    edition = Edition()
    begun = ended = False
    parent: str | None = None
    for lines in paragraphs:
        text = clean(" ".join(lines))
        if not begun:
            begun = section in text and "companies" in text.casefold()
        elif stays := STAYS.match(text):
            edition.companies.extend(filter(None, [read_company(stays["name"], remarks=text.partition(" ")[2])]))
        elif REMOVED.search(text):
            ended = True
        elif PROSE.search(text):
            continue
        elif ended:
            edition.removed.extend(lines)
        else:
            parent = _take_group(lines, parent, edition)
    if not edition.companies:
        reason = (
            f"no company follows its heading on section {section}" if begun else f"is no list under section {section}"
        )
        raise SourceError(document, reason, advice=KEPT)
    return edition


def read_notice(paragraphs: Iterable[list[str]], section: str, document: str) -> Edition:
    """A Federal Register notice, from its paragraphs; arguments and errors as for `read_release`."""
    edition = Edition()
    state, about, whole = "before", False, False
    for text in _whole_paragraphs(paragraphs):
        _identify(edition, text)
        about = about or section in text
        whole = whole or FILED.search(text) is not None
        if REMOVED.search(text):
            state = "removed"
        elif QUALIFY.search(text) and text.rstrip().endswith(":"):
            state = "listed"
            edition.complete = edition.complete and "additional" not in text.casefold()
        elif ENDING.match(text):
            state = "after" if state != "before" else state
        elif state in {"listed", "removed"} and not PROSE.search(text):
            name = text.lstrip("•·-– ")
            if state == "listed":
                edition.companies.extend(read_family(name))
            else:
                edition.removed.append(name)
    if not about or not edition.companies:
        raise SourceError(document, f"is no notice that lists companies under section {section}", advice=KEPT)
    if not whole:
        raise SourceError(document, "the notice is cut: it does not close with its FR Doc. number", advice=KEPT)
    return edition


def is_notice(text: str) -> bool:
    """Whether a text is a Federal Register document, rather than the list as released."""
    return "SUPPLEMENTARY INFORMATION" in text.upper() or "[FR DOC" in text.upper()


def markup_paragraphs(data: bytes, kind: str, document: str) -> list[list[str]]:
    """The paragraphs of a Federal Register page in XML or HTML (the preformatted text of one, when it is that).

    Raises:
        SourceError: XML that is cut or damaged, or a page without text.
    """
    from lxml import etree, html  # noqa: PLC0415 - not needed for PDFs and tables

    root: Any
    try:
        if kind == "xml":
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            root = etree.fromstring(data, parser)
        else:
            root = html.fromstring(as_text(data).encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        line = getattr(error, "lineno", None)
        raise SourceError(document, f"is cut, damaged or no {kind.upper()}", line=line, advice=KEPT) from error
    preformatted = [element for element in root.iter("pre") if "[FR Doc" in "".join(element.itertext())]
    if preformatted:
        return text_paragraphs("".join(preformatted[0].itertext()))
    blocks = ("P", "FP", "LI", "HD", "SUBJECT", "FRDOC", "DATED", "ENT", "H1", "H2", "H3", "TD")
    found = (
        clean("".join(element.itertext()))
        for element in root.iter()
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2].upper() in blocks
    )
    return [[text] for text in found if text]


def _take_group(lines: list[str], parent: str | None, edition: Edition) -> str | None:
    """Read one group, a parent flush left and its subsidiaries, or the rest of one after a page break."""
    for place, line in enumerate(lines):
        flush = place == 0 and not line.startswith(" ")
        company = read_company(line, None if flush else parent)
        if company:
            edition.companies.append(company)
            parent = company.name if flush else parent
    return parent


def _whole_paragraphs(paragraphs: Iterable[list[str]]) -> Iterator[str]:
    """Each paragraph as one text; one that a page break tore inside a bracket is put together again."""
    torn = ""
    for lines in paragraphs:
        text = clean(" ".join([torn, *(line for line in lines if not re.match(r"\s*\[\[Page \d+\]\]", line))]))
        torn = text if text.count("(") > text.count(")") and len(text) < 2000 else ""
        if text and not torn:
            yield text
    if torn:
        yield torn


def _identify(edition: Edition, text: str) -> None:
    """Keep the day and citation that a notice states of itself."""
    if volume := VOLUME.search(text):
        edition.day = read_day(volume[2])
        edition.citation = f"{volume[1]} FR"
    if (pages := PAGES.search(text)) and (edition.citation or "").endswith("FR"):
        edition.citation = f"{edition.citation} {pages[1]}"
    if (filed := FILED.search(text)) and edition.day is None:
        edition.day, edition.citation = read_day(filed[2]), f"FR Doc. {filed[1]}"
