"""Search: a name, a day and a state of knowledge; hits with statuses and the words that met."""

from pages.conftest import OpenPage, accessible, keep


def test_a_name_on_a_day_shows_its_status_and_why_it_matched(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_label("Name or identifier").fill("Luokong Technology")
    page.get_by_label("On the day").fill("2021-06-01")
    page.get_by_role("button", name="Search").click()
    assert "on=2021-06-01" in page.url
    hit = page.locator(".hits .card").first
    assert "Luokung" in hit.inner_text()
    assert "Suspended" in hit.inner_text()
    hit.get_by_text("Why it matched").click()
    assert "luokong" in hit.get_by_role("table").inner_text()
    accessible(page)
    keep(page, "search-hits")


def test_no_hit_says_what_was_searched(open_page: OpenPage) -> None:
    page = open_page("/?name=Zzyzx+Gmbh")
    assert "No parties found" in page.locator(".outcome").inner_text()
    assert "only the packaged dossiers were searched" in page.locator("main").inner_text()
    assert "Packaged dossiers" in page.get_by_role("table").inner_text()
    accessible(page)


def test_every_example_finds_someone(open_page: OpenPage) -> None:
    page = open_page("/")
    keep(page, "search")
    accessible(page)
    for address in [link.get_attribute("href") for link in page.locator(".examples a").all()]:
        page.goto(str(address))
        assert page.locator(".hits .card").count() > 0, address


def test_an_identifier_is_looked_up_too(open_page: OpenPage) -> None:
    page = open_page("/?name=1810.HK")
    assert "Xiaomi" in page.locator(".hits").inner_text()


def test_it_reads_on_a_phone_in_the_dark(open_page: OpenPage) -> None:
    page = open_page("/?name=Huawei", viewport={"width": 360, "height": 740}, color_scheme="dark")
    accessible(page)
    keep(page, "search-phone-dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_asked_for_stays_text(open_page: OpenPage) -> None:
    page = open_page("/?name=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%22'&country=%22%3E%3Cscript%3E")
    assert page.locator("main img, main script").count() == 0
    assert page.get_by_label("Name or identifier").input_value() == "<img src=x onerror=alert(1)>\"'"
