"""A report as PDF: the same blocks on paper, the same bytes for the same report.

The font (Noto Sans: Latin, Greek, Cyrillic, Devanagari) is embedded. Chinese, Japanese and Korean are set in the fonts
that PDF readers bring for them, which are not embedded, with a transliteration in brackets beside; signs of other
scripts are given by their transliteration alone, in brackets. The report as a page shows every script.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from anyascii import anyascii

from vacatur.review.report import Block, Report

FONT = "NotoSans"
CJK = {"zh": "STSong-Light", "ja": "HeiseiMin-W3", "ko": "HYSMyeongJo-Medium"}
INK, SOFT, LINE = "#1d1c1a", "#5b564e", "#c8c2b4"
NOTE = "[Brackets] hold the transliteration of what stands before them, or of what this font can't show."


def report_pdf(report: Report) -> bytes:
    """The document."""
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
        canvas.setFont(FONT, 7.5)
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
    for kind, run in groupby(text, _kind):
        signs = "".join(run)
        if kind == "known":
            parts.append(escape(signs))
        elif kind in CJK:
            parts.append(f'<font name="{CJK[kind]}">{escape(signs)}</font> [{escape(anyascii(signs).strip())}]')
        elif kind == "sign":
            parts.append(escape(anyascii(signs)))
        else:
            parts.append(f"[{escape(anyascii(signs).strip() or '?')}]")
    return "".join(parts)


def _kind(sign: str) -> str:
    """Which font has a sign: ours, one of a PDF reader (by language), or none."""
    code = ord(sign)
    if code in _covered():
        return "known"
    if 0x3040 <= code <= 0x30FF:
        return "ja"
    if 0xAC00 <= code <= 0xD7A3:
        return "ko"
    if 0x3000 <= code <= 0x303F or 0x3400 <= code <= 0x9FFF or 0xFF00 <= code <= 0xFFEF:
        return "zh"
    return "other" if sign.isalpha() or not anyascii(sign).isascii() else "sign"


@cache
def _covered() -> frozenset[int]:
    """The signs of our font, which is made known to the library here, once."""
    from fontpkg import path  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    font = TTFont(FONT, str(path("Noto Sans")))
    pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=FONT, italic=FONT, boldItalic=FONT)
    for name in CJK.values():
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return frozenset(font.face.charToGlyph)


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415

    _covered()
    text = ParagraphStyle("text", fontName=FONT, fontSize=9, leading=12.5, textColor=INK, spaceAfter=1.5)
    return {
        "text": text,
        "cell": ParagraphStyle("cell", text, fontSize=8, leading=10.5),
        "soft": ParagraphStyle("soft", text, fontSize=8, leading=10.5, textColor=SOFT),
        "title": ParagraphStyle("title", text, fontSize=15, leading=19, spaceAfter=6),
        "heading": ParagraphStyle(
            "heading", text, fontSize=11.5, leading=15, spaceBefore=10, spaceAfter=4, keepWithNext=1
        ),
    }
