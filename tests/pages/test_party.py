"""The dossier of a party: any day, any state of knowledge, every word with its document."""

import json

import httpx
import pytest
from pages.conftest import OpenPage, accessible, keep
from playwright.sync_api import expect


def standing(page: object) -> str:
    return page.locator("#standing-head").inner_text()  # type: ignore[attr-defined]


def test_a_day_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/parties/xiaomi", java_script_enabled=False)
    assert "Ended" in standing(page)
    assert page.locator("#slider").is_hidden()
    page.get_by_label("Status on").fill("2021-04-01")
    page.get_by_role("button", name="Show").click()
    assert "on=2021-04-01" in page.url
    assert "Suspended" in standing(page)
    page.get_by_label("As known on").fill("2021-03-11")
    page.get_by_role("button", name="Show").click()
    assert "In force" in standing(page)
    assert "as the public could know on 11 march 2021" in standing(page).lower()


def test_the_slider_moves_through_time_and_changes_the_address(open_page: OpenPage) -> None:
    page = open_page("/parties/xiaomi?on=2021-03-11")
    assert "In force" in standing(page)
    slider = page.get_by_label("Day asked about")
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_url("**/parties/xiaomi?on=2021-03-12")
    page.locator("#standing-head .state.suspended").wait_for()
    assert page.get_by_label("Status on").input_value() == "2021-03-12"
    assert page.locator("#picture text.cursor").text_content() == "2021-03-12"
    slider.press("ArrowLeft")
    page.locator("#standing-head .state.in_force").wait_for()
    page.reload()
    assert "In force" in standing(page)


def test_by_keyboard_alone_from_the_search_to_a_document(open_page: OpenPage) -> None:
    page = open_page("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("Xiaomi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?name=Xiaomi**")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href') || ''").startswith("/parties/xiaomi"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/parties/xiaomi**")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('rel') || ''").startswith("noopener"):
            break
    assert page.evaluate("document.activeElement.href").startswith("https://")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("party", ["xiaomi", "huawei", "wechat", "de-moraes"])
@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}}])
def test_it_is_accessible_in_every_look(open_page: OpenPage, party: str, look: dict[str, object]) -> None:
    page = open_page(f"/parties/{party}", **look)
    for summary in page.locator("main summary").all():
        summary.click()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    keep(page, f"party-{party}-{look.get('color_scheme', 'light')}")


def test_recalled_facts_say_so_and_look_different(open_page: OpenPage) -> None:
    page = open_page("/parties/xiaomi?on=2021-04-01")
    recalled = page.locator(".chain > li.recalled")
    assert "recalled, not read in its document" in recalled.first.inner_text()
    assert "recalled" not in page.locator(".chain > li:not(.recalled)").first.inner_text()


def test_links_to_documents_give_nothing_away(open_page: OpenPage) -> None:
    page = open_page("/parties/xiaomi")
    rels = page.locator('main a[href^="http"]').evaluate_all("links => links.map(link => link.rel)")
    assert rels
    assert set(rels) == {"noopener noreferrer nofollow"}


def test_programs_find_the_party_in_schema_org(site: str) -> None:
    page = httpx.get(f"{site}/parties/xiaomi").text
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "Corporation"
    assert data["name"] == "Xiaomi Corporation"
    assert "小米集团" in data["alternateName"]
    assert any(item["propertyID"] == "ISIN" for item in data["identifier"])
    assert all(item["url"].startswith("http") for item in data["subjectOf"])


def test_a_forged_host_names_nobody(site: str) -> None:
    page = httpx.get(f"{site}/parties/xiaomi", headers={"host": "evil.example"}).text
    assert "evil.example" not in page
    assert '"@id": "http://localhost:8000/parties/xiaomi"' in page


def test_the_picture_can_be_taken_away(site: str) -> None:
    assert httpx.get(f"{site}/parties/xiaomi/timeline.png").content.startswith(b"\x89PNG")


def test_an_act_has_a_page_of_its_own(open_page: OpenPage) -> None:
    page = open_page("/parties/xiaomi?on=2021-04-01")
    page.locator("#standing").get_by_role("link", name="preliminary injunction").first.click()
    assert "/acts/" in page.url
    assert "Preliminary injunction, 12 March 2021" in page.get_by_role("heading", level=1).inner_text()
    assert "Xiaomi Corporation" in page.locator("main").inner_text()
    accessible(page)
    keep(page, "act")


def test_an_act_is_not_shown_before_it_was_public(site: str) -> None:
    acts = httpx.get(f"{site}/api/v1/acts?limit=1").json()["acts"]
    assert httpx.get(f"{site}/acts/{acts[0]['act']}").status_code == 200
    assert httpx.get(f"{site}/acts/{acts[0]['act']}?known=1950-01-01").status_code == 404
