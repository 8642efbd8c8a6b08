"""The report on paper: every name in its own script where an embedded font has it, and readable by all."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from vacatur.review.pdf import markup, report_pdf
from vacatur.review.report import Block, Report

ARABIC = "شركة النفط الوطنية"
NAMES = ("Xiaomi Corporation", "小米集团", "三星電子", "삼성전자", "トヨタ自動車", "Роснефть", "Εταιρεία", ARABIC)


def report(*names: str) -> Report:
    facts = tuple(("name", name) for name in names)
    return Report(f"Case 1: {names[0]}", (Block("The party", facts, ("name",), tuple((name,) for name in names)),))


def embedded(pdf: bytes) -> dict[str, bool]:
    """{font: whether its outlines are in the file}."""
    document = PDFDocument(PDFParser(BytesIO(pdf)))
    found = {}
    for reference in document.xrefs[0].get_objids():
        thing = resolve1(document.getobj(reference))
        if isinstance(thing, dict) and str(thing.get("Type")) == "/'Font'":
            descriptor = resolve1(thing.get("FontDescriptor")) or {}
            found[str(thing["BaseFont"])] = "FontFile2" in descriptor
    return found


def test_names_of_many_scripts_are_there_in_embedded_fonts() -> None:
    pdf = report_pdf(report(*NAMES))
    shown = re.sub(r"\s+", " ", extract_text(BytesIO(pdf)))
    for name in NAMES[:-1]:
        assert name in shown, name
    fonts = {name: held for name, held in embedded(pdf).items() if "Helvetica" not in name}
    assert any("Arabic" in name for name in fonts)
    assert any("CJK" in name for name in fonts)
    assert all(fonts.values()), fonts


def test_only_the_signs_that_it_holds_are_embedded() -> None:
    assert len(report_pdf(report(*NAMES))) < 120_000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("小米", '<font name="NotoSansCJK">小米</font> [XiaoMi]'),
        ("a < b & c", "a &lt; b &amp; c"),
        ("ქართული", "[kartuli]"),
        ("שלום", "[slvm]"),
    ],
)
def test_what_a_font_can_not_show_is_transliterated(text: str, shown: str) -> None:
    assert markup(text).lower() == shown.lower()


def test_arabic_is_joined_and_read_from_the_right_but_for_its_numbers() -> None:
    shaped = re.search(r">(.*)</font>", markup("نفط ٤٥"))
    assert shaped
    assert shaped[1].startswith("٤٥\u00a0")
    assert "نفط" not in shaped[1]
    assert all(0xFB50 <= ord(sign) <= 0xFEFF for sign in shaped[1][3:])


def test_each_of_many_reports_has_its_own_signs() -> None:
    for name in (*NAMES[1:5], *NAMES[1:5]):
        assert extract_text(BytesIO(report_pdf(report(name)))).count(name) >= 2, name


def test_reports_made_at_once_do_not_mix_their_fonts() -> None:
    names = ("小米集团", "トヨタ自動車", "华为技术", "삼성전자")
    alone = [report_pdf(report(name)) for name in names]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda name: report_pdf(report(name)), names)) == alone
