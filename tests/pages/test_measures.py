"""Measures: who was under each on a day, and how large it was over time."""

from urllib.parse import quote

from pages.conftest import HOSTILE, OpenPage, accessible, keep


def test_every_measure_with_its_size_on_the_day(open_page: OpenPage) -> None:
    page = open_page("/measures?on=2021-04-01")
    row = page.locator("tr", has=page.get_by_role("link", name="Communist Chinese military companies list (NDAA"))
    assert row.locator("td").all_inner_texts() == ["43", "1", "–"]
    accessible(page)
    keep(page, "measures")


def test_a_measure_lists_its_members_by_state(open_page: OpenPage) -> None:
    page = open_page("/measures/ccmc-1237?on=2021-04-01")
    page.get_by_label("State").select_option("suspended")
    page.get_by_role("button", name="Show").click()
    assert page.locator("#members tbody tr").count() == 1
    assert "Xiaomi" in page.locator("#members tbody").inner_text()
    assert "at most 44 at once" in page.locator("#chart-text").text_content()
    accessible(page)
    keep(page, "measure")


def test_what_was_known_then_is_what_counts(open_page: OpenPage) -> None:
    page = open_page("/measures/ccmc-1237?on=2021-04-01&known=2021-03-11&state=suspended")
    assert page.locator("#members tbody tr").count() == 0


def test_a_long_list_is_read_page_by_page_and_searched(open_page: OpenPage, listed_site: str) -> None:
    page = open_page(f"{listed_site}/measures/test-list?on=2022-06-01")
    assert page.locator("#members tbody tr").count() == 100
    page.get_by_role("link", name="Next").click()
    assert "page=2" in page.url
    assert "on=2022-06-01" in page.url
    page.get_by_label("Name holds").fill("gone trading")
    page.get_by_role("button", name="Show").click()
    assert page.locator("#members tbody").inner_text().startswith("Gone Trading Ltd")
    accessible(page)


def test_hostile_names_stay_text(open_page: OpenPage, listed_site: str) -> None:
    for path in ("/measures", "/measures/test-list?q=onerror", "/parties/test-hostile", f"/?name={quote(HOSTILE)}"):
        page = open_page(listed_site + path)
        assert HOSTILE in page.locator("main").inner_text(), path
        assert page.locator("main img").count() == 0
        assert "49" not in page.title()


def test_it_reads_on_a_phone(open_page: OpenPage, listed_site: str) -> None:
    page = open_page(f"{listed_site}/measures/test-list", viewport={"width": 360, "height": 740}, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    accessible(page)
    keep(page, "measure-phone-dark")
