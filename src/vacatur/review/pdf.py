"""A report as PDF: the same blocks on paper, the same bytes for the same report.

The fonts are embedded. Chinese, Japanese, Korean and Arabic have a transliteration in brackets beside; signs that no
embedded font has are given by their transliteration alone, in brackets. The report as a page shows every script.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from io import BytesIO
from itertools import chain, groupby
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

from anyascii import anyascii

from vacatur.review.fonts import ARABIC, CJK, FIRST_CJK, MAIN, arabic_signs, cjk_signs, embed_cjk, main_signs
from vacatur.review.report import Block, Report

INK, SOFT, LINE = "#1d1c1a", "#5b564e", "#c8c2b4"
NOTE = "[Brackets] hold the transliteration of what stands before them, or of what these fonts can't show."

_alone = Lock()
"""Reports are made one after the other: the library knows one font by a name."""


def report_pdf(report: Report) -> bytes:
    """The document."""
    with _alone:
        signs = {sign for text in _texts(report) for sign in text if _kind(sign) is Kind.CJK}
        if signs:
            embed_cjk(signs)
        return _document(report)


def _document(report: Report) -> bytes:
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415 - heavy, and only for reports
    from reportlab.lib.units import mm  # noqa: PLC0415
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer  # noqa: PLC0415

    styles = _styles()
    flow: list[Any] = [Paragraph(markup(report.title), styles["title"])]
    for block in report.blocks:
        flow += _block(block, styles, A4[0] - 40 * mm)
    flow += [Spacer(1, 6 * mm), Paragraph(escape(NOTE), styles["soft"])]
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=20 * mm,
        title=report.title,
        author="Vacatur",
        lang="en",
        invariant=1,
    )

    def foot(canvas: Any, _document: Any) -> None:
        canvas.setFont(MAIN, 7.5)
        canvas.setFillColor(SOFT)
        canvas.drawString(20 * mm, 11 * mm, anyascii(report.title)[:110])
        canvas.drawRightString(A4[0] - 20 * mm, 11 * mm, f"page {canvas.getPageNumber()}")

    document.build(flow, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _block(block: Block, styles: dict[str, Any], width: float) -> Iterator[Any]:
    from reportlab.platypus import LongTable, Paragraph  # noqa: PLC0415

    yield Paragraph(markup(block.title), styles["heading"])
    for label, value in block.facts:
        yield Paragraph(f'<font color="{SOFT}">{markup(label)}:</font> {markup(value)}', styles["text"])
    if block.rows:
        head = [Paragraph(markup(column), styles["soft"]) for column in block.columns]
        rows = [[Paragraph(markup(cell or "–"), styles["cell"]) for cell in row] for row in block.rows]
        lines = [("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        lines += [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 5)]
        columns = _widths(block, width)
        yield LongTable([head, *rows], colWidths=columns, repeatRows=1, style=lines, splitInRow=1, hAlign="LEFT")


def _widths(block: Block, width: float) -> list[float]:
    """Room for each column by how much its fullest cell holds, within bounds."""
    texts = [[column, *(row[place] for row in block.rows)] for place, column in enumerate(block.columns)]
    wants = [min(max(13, *map(len, column)), 48) for column in texts]
    return [width * want / sum(wants) for want in wants]


def markup(text: str) -> str:
    """`text` for a paragraph: every sign in a font that has it, or transliterated."""
    parts = []
    for kind, signs in _runs(text):
        latin = escape(anyascii(signs).strip())
        if kind is Kind.MAIN:
            parts.append(escape(signs))
        elif kind is Kind.CJK:
            parts.append(f'<font name="{CJK}">{escape(signs)}</font> [{latin}]')
        elif kind is Kind.ARABIC and arabic_signs().issuperset(map(ord, shaped := _shaped(signs))):
            parts.append(f'<font name="{ARABIC}">{escape(shaped)}</font> [{latin}]')
        elif kind is Kind.SIGN:
            parts.append(escape(anyascii(signs)))
        else:
            parts.append(f"[{latin or '?'}]")
    return "".join(parts)


class Kind(Enum):
    """Which font a sign is set in; `SIGN` and `OTHER` are in none: punctuation, and letters."""

    MAIN = auto()
    CJK = auto()
    ARABIC = auto()
    SIGN = auto()
    OTHER = auto()


def _kind(sign: str) -> Kind:
    code = ord(sign)
    if code in main_signs():
        return Kind.MAIN
    if 0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F:
        return Kind.ARABIC
    if code >= FIRST_CJK and code in cjk_signs():
        return Kind.CJK
    return Kind.OTHER if sign.isalpha() or not anyascii(sign).isascii() else Kind.SIGN


def _runs(text: str) -> list[tuple[Kind, str]]:
    """The text in pieces of one kind; spaces between Arabic words are of their piece, as it is read from the right."""
    runs: list[tuple[Kind, str]] = []
    for kind, found in groupby(text, _kind):
        signs = "".join(found)
        if kind is Kind.ARABIC and len(runs) > 1 and runs[-1][1].isspace() and runs[-2][0] is Kind.ARABIC:
            (_, space), (_, before) = runs.pop(), runs.pop()
            signs = before + space + signs
        runs.append((kind, signs))
    return runs


def _shaped(signs: str) -> str:
    """Arabic as it is seen: letters in their joined forms, from left to right, but for numbers, on one line."""
    from arabic_reshaper import reshape  # noqa: PLC0415 - only for reports that hold Arabic

    seen = reshape(signs)[::-1]
    return re.sub(r"\d+", lambda number: number[0][::-1], seen).replace(" ", "\u00a0")


def _texts(report: Report) -> Iterator[str]:
    """Every text of the report."""
    yield report.title
    for block in report.blocks:
        yield block.title
        yield from chain(*block.facts, block.columns, *block.rows)


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415

    main_signs()
    text = ParagraphStyle("text", fontName=MAIN, fontSize=9, leading=12.5, textColor=INK, spaceAfter=1.5)
    return {
        "text": text,
        "cell": ParagraphStyle("cell", text, fontSize=8, leading=10.5),
        "soft": ParagraphStyle("soft", text, fontSize=8, leading=10.5, textColor=SOFT),
        "title": ParagraphStyle("title", text, fontSize=15, leading=19, spaceAfter=6),
        "heading": ParagraphStyle(
            "heading", text, fontSize=11.5, leading=15, spaceBefore=10, spaceAfter=4, keepWithNext=1
        ),
    }
