"""The whole way in a real browser: write, held, moderated, published, withdrawn; with JavaScript and without."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pages.conftest import accessible, keep, serving
from playwright.sync_api import Browser, Page, expect

from vacatur.register import Register
from vacatur.service.keys import add_key
from vacatur.service.settings import Settings

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
PLACE = "/replies/to/party/xiaomi"


@dataclass
class Site:
    """A served register, a moderator's key, and pages of a browser on it."""

    address: str
    key: str
    browser: Browser

    def open(self, path: str, *, scripts: bool = True, signed_in: bool = False, **options: Any) -> Page:
        context = self.browser.new_context(base_url=self.address, java_script_enabled=scripts, **options)
        page = context.new_page()
        page.set_default_timeout(30_000)
        if signed_in:
            page.goto("/sign-in")
            page.get_by_label("Key").fill(self.key)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
        page.goto(path)
        return page


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("replies-browser")
    settings = Settings(
        register=f"sqlite:///{folder / 'r.db'}",
        rate=1e6,
        burst=10**6,
        refresh_seconds=0.1,
        replies_per_hour=10**6,
        replies_flood=10**6,
        replies_least_seconds=0.001,
        operator="The Register, 1 Example Street",
        contact="privacy@register.example",
    )
    with serving(settings) as address:
        register = Register.open(settings.register)
        key = add_key(register, "M. Oderator", ("read", "review"))
        register.close()
        running = Site(address, key, browser)
        yield running
        for context in browser.contexts:
            context.close()


def write(page: Page, text: str, kind: str = "A comment", **fields: str) -> None:
    page.get_by_label(kind).check()
    page.get_by_label("Your text").fill(text)
    for label, value in fields.items():
        page.locator("#reply-form").get_by_label(label.replace("_", " ")).fill(value)
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()


def card(page: Page, text: str) -> Any:
    return page.locator("#queue .card[id]").filter(has_text=text)


@SCRIPTS
def test_the_whole_way_of_a_correction(site: Site, scripts: bool) -> None:
    text = f"The order was entered on 25 May {'2021' if scripts else 'MMXXI'}."
    reader = site.open("/parties/xiaomi", scripts=scripts)
    write(
        reader,
        text,
        "Something here is wrong",
        Link_to_a_document="https://www.courtlistener.com/docket/1/",
        Name="Jane",
    )
    expect(reader.get_by_role("status")).to_contain_text("A person reads your reply")
    assert text not in site.open(PLACE, scripts=scripts).content()

    moderator = site.open("/moderation", scripts=scripts, signed_in=True)
    waiting = card(moderator, text)
    expect(waiting).to_contain_text("points to an official site")
    if scripts:
        waiting.focus()
        moderator.keyboard.press("p")
    else:
        waiting.get_by_role("button", name="Publish").click()
    expect(moderator.get_by_role("status")).to_contain_text("Done")
    expect(card(moderator, text)).to_have_count(0)

    shown = site.open("/parties/xiaomi#replies", scripts=scripts)
    published = shown.locator("article.reply").filter(has_text=text)
    expect(published).to_contain_text("Jane")
    expect(published).to_contain_text("correction")

    reader.reload()
    expect(reader.get_by_role("status")).to_contain_text("is published")
    reader.get_by_role("button", name="Withdraw").click()
    expect(reader.get_by_role("status")).to_contain_text("withdrawn")
    shown.reload()
    expect(shown.locator("article.reply").filter(has_text=text)).to_have_count(0)


@SCRIPTS
def test_an_answer_goes_into_the_thread_that_it_answers(site: Site, scripts: bool) -> None:
    first = f"A first remark, {'with' if scripts else 'without'} scripts."
    page = site.open(PLACE, scripts=scripts)
    write(page, first, Name="Ann")
    page.goto(PLACE)
    page.locator("article.reply").filter(has_text=first).get_by_role("link", name="Answer").click()
    expect(page.locator("#answering")).to_contain_text("Ann")
    write(page, f"An answer to “{first}”")
    page.goto(PLACE)
    thread = page.locator(".threads > li").filter(has_text=first)
    expect(thread.locator(".answers article")).to_contain_text("An answer to")


@SCRIPTS
def test_a_slip_is_said_at_its_field_and_nothing_is_lost(site: Site, scripts: bool) -> None:
    page = site.open(PLACE, scripts=scripts)
    page.locator("#reply-form").evaluate("form => { form.noValidate = true }") if scripts else None
    page.get_by_label("Your text").fill("All that I wrote.")
    page.get_by_label("Link to a document").fill("https://user:word@example.org/")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("http://")
    expect(page.get_by_label("Your text")).to_have_value("All that I wrote.")
    expect(page.get_by_label("Link to a document")).to_have_attribute("aria-invalid", "true")
    accessible(page) if scripts else None


@SCRIPTS
def test_many_at_once_and_undo(site: Site, scripts: bool) -> None:
    reader = site.open(PLACE, scripts=scripts)
    for word in ("one", "two"):
        reader.goto(PLACE)
        write(reader, f"Click here and sign up now {word} {scripts} https://bit.ly/{word}{scripts}")
    page = site.open("/moderation", scripts=scripts, signed_in=True)
    for word in ("one", "two"):
        card(page, f"{word} {scripts}").get_by_role("checkbox").check()
    page.get_by_label("Why").fill("advertisements")
    page.get_by_role("button", name="Spam chosen").click()
    expect(card(page, f"two {scripts}")).to_have_count(0)
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    page.wait_for_load_state()
    if scripts:
        page.keyboard.press("u")
    else:
        undo.click()
    expect(card(page, f"two {scripts}")).to_have_count(1)
    page.goto("/moderation/log")
    expect(page.get_by_role("region", name="Log")).to_contain_text("advertisements")


def test_everything_is_done_with_the_keyboard_alone(site: Site) -> None:
    page = site.open(PLACE)
    page.get_by_label("Your text").focus()
    page.keyboard.type("Written without a mouse.")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Send":
            break
        assert page.evaluate("document.activeElement.id") != "reply-remarks", "the bait can't be reached"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is published")


def test_the_queue_is_walked_with_the_keyboard_alone(site: Site) -> None:
    reader = site.open(PLACE)
    for word in ("walked", "waved"):
        reader.goto(PLACE)
        write(reader, f"A document that was {word} through.", "A document is missing")
    page = site.open("/moderation", signed_in=True)
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.id")
    assert first != second
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("x")
    assert page.locator(f"#{first} input[type=checkbox]").is_checked()
    page.keyboard.press("s")
    expect(page.locator(f"#{first}")).to_have_count(0)


def test_a_preview_shows_what_will_be_shown_and_runs_nothing(site: Site) -> None:
    page = site.open(PLACE)
    page.get_by_label("Your text").fill("**strong** <img src=x onerror=\"document.title='pwned'\"> [x](javascript:1)")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#reply-preview strong")).to_have_text("strong")
    expect(page.locator("#reply-preview img, #reply-preview a")).to_have_count(0)
    assert "pwned" not in page.title()


def test_a_reader_reports_and_erases(site: Site) -> None:
    page = site.open(PLACE)
    write(page, "A remark to be erased.")
    yours = page.url.partition("#")[0]
    page.goto(PLACE)
    page.locator("article.reply").filter(has_text="to be erased").get_by_role("link", name="Report").click()
    page.get_by_label("What is wrong with it?").fill("not true")
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")
    page.goto(yours)
    page.get_by_label("Erase it").check()
    page.get_by_role("button", name="Erase").click()
    expect(page.get_by_role("status")).to_contain_text("erased")


LOOKS = pytest.mark.parametrize(
    "look",
    [{"viewport": {"width": 1280, "height": 900}}, {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}],
    ids=["wide", "narrow and dark"],
)


@LOOKS
@pytest.mark.parametrize(
    "path", [PLACE, "/privacy", "/moderation", "/moderation?view=spam", "/moderation/log", "yours"]
)
def test_every_page_is_accessible_in_every_look(site: Site, look: dict[str, Any], path: str) -> None:
    page = site.open(PLACE, signed_in=True, **look)
    write(page, f"Click here and sign up now: **{path}** {look['viewport']['width']}", "Something here is wrong")
    if path != "yours":
        page.goto(path)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "nothing is wider than the screen"
    )
    keep(page, f"replies-{re.sub(r'[^a-z]+', '-', path)}-{look['viewport']['width']}")


def test_the_page_as_a_whole(site: Site) -> None:
    """Headline, dossier, replies, form, notice, back to top; in that order, and little to load."""
    page = site.open("/parties/xiaomi")
    order = ["h1", "#standing", "#replies", "#reply-form", "a[href='/privacy']", ".to-top a"]
    tops = [page.locator(f"main {place}").first.bounding_box() for place in order]
    heights = [box["y"] for box in tops if box]
    assert len(heights) == len(order)
    assert heights == sorted(heights)
    page.get_by_role("link", name="Back to top").click()
    assert page.evaluate("window.scrollY") < 300
    loaded = page.evaluate("performance.getEntriesByType('resource').map(item => new URL(item.name).origin)")
    assert set(loaded) <= {site.address}
    assert len(loaded) < 15
