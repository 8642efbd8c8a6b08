"""What came and went, and how fresh every source is."""

from datetime import date

from machine import REPOSITORY
from pages.conftest import OpenPage, accessible, keep

from vacatur.register import Register
from vacatur.register.aside import keep_aside
from vacatur.sources.base import ListDocument


def test_acts_stand_on_the_day_they_became_public(open_page: OpenPage) -> None:
    page = open_page("/changes?measure=ccmc-1237&kind=acts")
    day = page.locator("section.day", has=page.get_by_role("heading", name="12 March 2021"))
    assert "Xiaomi Corporation: preliminary injunction" in day.inner_text().replace("\n", " ")
    accessible(page)
    keep(page, "changes")


def test_an_edition_says_who_came_and_who_went(open_page: OpenPage, listed_site: str) -> None:
    page = open_page(f"{listed_site}/changes?kind=lists")
    newest = page.locator("section.day").first.inner_text()
    assert "1 came, 1 went since the edition of 1 January 2022" in newest
    assert "Newly Listed GmbH" in newest
    assert "Gone Trading Ltd" in newest
    assert "The first edition that was read: 252 entries" in page.locator("section.day").last.inner_text()
    accessible(page)


def test_nothing_shows_before_it_was_known(open_page: OpenPage) -> None:
    page = open_page("/changes?measure=ccmc-1237&known=2021-03-11")
    assert "preliminary injunction" not in page.locator("main").inner_text()


def test_sources_say_how_fresh_they_are(open_page: OpenPage, listed_site: str) -> None:
    page = open_page(f"{listed_site}/sources")
    row = page.locator("#read tr", has=page.get_by_text("test", exact=True)).first
    assert "1 January 2023" in row.inner_text()
    assert "stale" in row.inner_text()
    assert "never read" in page.locator("#read").inner_text()
    assert page.locator("#editions-test tbody tr").count() == 2
    accessible(page)
    keep(page, "sources")


def test_what_waits_for_a_person_is_said_first(open_page: OpenPage, site: str, site_register: Register) -> None:
    document = ListDocument(REPOSITORY / "README.md", vintage=date(2026, 1, 2))
    keep_aside(site_register, "un-sc", document, "0" * 64, ["loses <b>400</b> entries"], actor="test", url=None)
    page = open_page("/sources")
    assert "loses <b>400</b> entries" in page.locator("#held").inner_text()
    assert "edition of 2 January 2026" in page.locator("#held").inner_text()
    accessible(page)


def test_they_read_on_a_phone(open_page: OpenPage) -> None:
    for path in ("/changes", "/sources", "/measures"):
        page = open_page(path, viewport={"width": 360, "height": 740}, color_scheme="dark")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        accessible(page)
