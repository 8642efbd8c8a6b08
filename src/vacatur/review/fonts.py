"""The fonts of a report as PDF, embedded in it: Noto Sans, its Arabic, and of Noto Sans CJK the signs that are used.

All three are under the SIL Open Font License. The library that writes PDF takes only outlines of TrueType, which Noto
Sans CJK does not have: the few signs of a report are converted.
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any

MAIN = "NotoSans"
ARABIC = "NotoSansArabic"
CJK = "NotoSansCJK"

FIRST_CJK = 0x2E80
"""Signs below are set in another font, though this one has them too."""

UNUSED = ("BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx")
"""Tables of a font that no report needs: what they hold is for other directions and languages."""
DEEPEST = (
    "maxZones",
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)


@cache
def main_signs() -> frozenset[int]:
    """The signs of Noto Sans (Latin, Greek, Cyrillic, Devanagari), which is made known to the library here, once."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - heavy, and only for reports

    signs = _known(MAIN, "Noto Sans")
    pdfmetrics.registerFontFamily(MAIN, normal=MAIN, bold=MAIN, italic=MAIN, boldItalic=MAIN)
    return signs


@cache
def arabic_signs() -> frozenset[int]:
    """The signs of Noto Sans Arabic, the joined forms of letters among them."""
    return _known(ARABIC, "Noto Sans Arabic")


@cache
def cjk_signs() -> frozenset[int]:
    """The signs of Chinese, Japanese and Korean that can be embedded."""
    with _cjk() as font:
        return frozenset(code for code in font.getBestCmap() if code >= FIRST_CJK)


def embed_cjk(signs: Iterable[str]) -> None:
    """Make the font `CJK` known to the library with these signs; it replaces the one of the report before.

    The library's own way to register a font keeps the first of a name for ever, so that its table is written to.
    """
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - heavy, and only for reports
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    pdfmetrics._fonts[CJK] = TTFont(CJK, BytesIO(_true_type("".join(sorted(signs)))))
    pdfmetrics.registerFontFamily(CJK)


def _known(name: str, family: str) -> frozenset[int]:
    from fontpkg import path  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    font = TTFont(name, str(path(family)))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def _cjk() -> Any:
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from noto_cjk_sans_jp_regular import FONT_PATH  # noqa: PLC0415

    return TTFont(str(FONT_PATH), lazy=True, recalcTimestamp=False)


def _true_type(text: str) -> bytes:
    """A font of the signs in `text` alone, its cubic curves made quadratic."""
    from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import newTable  # noqa: PLC0415

    with _cjk() as font:
        options = Options(layout_features=[], hinting=False, notdef_outline=True)
        options.drop_tables += UNUSED
        subsetter = Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        outlines, order = font.getGlyphSet(), font.getGlyphOrder()
        glyphs = {}
        for name in order:
            pen = TTGlyphPen(outlines)
            outlines[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
            glyphs[name] = pen.glyph()
        font["loca"] = newTable("loca")
        font["glyf"] = newTable("glyf")
        font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
        del font["CFF "]
        most = font["maxp"]
        most.tableVersion = 0x00010000
        for name in DEEPEST:
            setattr(most, name, int(name == "maxZones"))
        font["post"].formatType = 3.0
        font.sfntVersion = "\x00\x01\x00\x00"
        out = BytesIO()
        font.save(out)
    return out.getvalue()
