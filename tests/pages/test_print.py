"""On paper: no navigation, states that need no colour, and every address in full."""

import re
from io import BytesIO
from typing import Any

import pytest
from pages.conftest import OpenPage, keep
from pdfminer.high_level import extract_text
from playwright.sync_api import Page

PAGES = (
    "/?name=Xiaomi&on=2021-04-01",
    "/parties/xiaomi?on=2021-04-01",
    "/measures/ccmc-1237?on=2021-04-01",
    "/changes",
    "/sources",
)
WORDS = re.compile(r"(in force|suspended|ended|not yet in force|unknown|never listed).*", re.IGNORECASE)
SCREEN_ONLY = "header.site nav, header.site form, .skip, .crumbs, .pages, .screen-only, main button, main .button"


def printed(open_page: OpenPage, path: str, **options: Any) -> Page:
    page = open_page(path, **options)
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_only_a_screen_can_do_is_left_out(open_page: OpenPage, path: str, scheme: str) -> None:
    page = printed(open_page, path, color_scheme=scheme)
    assert [item.inner_text() for item in page.locator(SCREEN_ONLY).all() if item.is_visible()] == []
    assert page.locator("h1").is_visible()
    ground, ink = page.evaluate(
        "(() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color] })()"
    )
    assert ink == "rgb(0, 0, 0)"
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_a_state_is_read_without_colour(open_page: OpenPage) -> None:
    page = printed(open_page, "/parties/xiaomi?on=2021-04-01")
    states = page.locator(".state")
    assert states.count()
    for state in states.all():
        if not state.is_visible():
            continue
        style = state.evaluate("node => { const s = getComputedStyle(node); return [s.color, s.backgroundColor] }")
        assert style in (["rgb(0, 0, 0)", "rgb(255, 255, 255)"], ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"])
        assert WORDS.fullmatch(state.inner_text())
    keep(page, "dossier-printed")


def test_links_to_documents_say_where_they_lead(open_page: OpenPage) -> None:
    page = printed(open_page, "/parties/xiaomi?on=2021-04-01")
    link = page.locator('main a[href^="http"]').first
    said = link.evaluate("node => getComputedStyle(node, '::after').content")
    assert link.get_attribute("href") in said
    ours = page.locator('main a[href^="/"]').first
    assert ours.evaluate("node => getComputedStyle(node, '::after').content") == "none"


def test_the_paper_holds_the_whole_answer(open_page: OpenPage) -> None:
    text = extract_text(BytesIO(open_page("/parties/xiaomi?on=2021-04-01").pdf(format="A4")))
    plain = " ".join(text.split())
    for words in ("Xiaomi Corporation", "suspended", "preliminary injunction", "https://www."):
        assert words in plain, words
    assert "Skip to the content" not in plain
    assert "Moderation" not in plain
