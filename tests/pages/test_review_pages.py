"""Review in a real browser: two people, one of them without a mouse; and the report of a case."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import httpx
import pytest
from pages.conftest import OpenPage, accessible, keep
from pdfminer.high_level import extract_text
from playwright.sync_api import Page

from vacatur.law.acts import Act
from vacatur.register import Register
from vacatur.register import review as acts
from vacatur.review.cases import case_id, open_case, open_cases
from vacatur.review.decide import By, decide, demand_four_eyes
from vacatur.review.log import log_lines
from vacatur.review.verify import verify_lines
from vacatur.screening.batch import BatchScreener
from vacatur.screening.customers import Customer
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked
from vacatur.service.keys import add_key
from vacatur.service.settings import Settings


@pytest.fixture(scope="module")
def register(site: str, site_settings: Settings) -> Iterator[Register]:
    register = Register.open(site_settings.register)
    yield register
    register.close()


@pytest.fixture(scope="module")
def anna(register: Register) -> str:
    return add_key(register, "Anna", ("review", "read", "screen"))


@pytest.fixture(scope="module")
def bo(register: Register) -> str:
    return add_key(register, "Bo", ("review", "read", "screen"))


def make_case(register: Register, customer: str, name: str = "Xiaomi") -> str:
    """A fresh case; its id."""
    index = open_index(register)
    screener = Screener(register, index, Asked(date(2021, 4, 1), date.today(), index.transaction))
    row = Customer(1, {"id": customer, "name": name, "country": "cn"})
    result = next(iter(BatchScreener(screener, limit=1, threshold=0.7).screen([row])))
    assert open_cases(register, [result], index.content_hash) == 1
    assert result.answer is not None
    return case_id(f"id:{customer}", result.answer.hits[0].party.id)


def sign_in(page: Page, key: str) -> None:
    page.get_by_label("Key").fill(key)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_two_people_decide_a_case(open_page: OpenPage, register: Register, anna: str, bo: str) -> None:
    demand_four_eyes(register, wanted=True, by=By("Anna"))
    case = make_case(register, "two-people")
    hers, his = open_page("/review"), open_page(f"/review/cases/{case}")
    sign_in(hers, anna)
    sign_in(his, bo)
    hers.locator("#queue a").first.wait_for()
    hers.goto(f"/review/cases/{case}")
    assert "Suspended" in hers.locator("main").inner_text()
    hers.get_by_label("False match").check()
    hers.get_by_label("Reason").fill("a bakery <script>alert(1)</script>")
    hers.get_by_role("button", name="Decide").click()
    hers.wait_for_url("**/review?done=*")

    hers.goto(f"/review/cases/{case}")
    hers.get_by_label("False match").check()
    hers.get_by_label("Reason").fill("still a bakery")
    hers.get_by_role("button", name="Decide").click()
    assert "another person must confirm" in hers.get_by_role("alert").inner_text()
    assert hers.get_by_label("Reason").input_value() == "still a bakery"
    accessible(hers)

    his.reload()
    assert "Anna decided: false match" in his.locator("#decide").inner_text()
    assert "<script>" in his.locator("#decide").inner_text()
    his.get_by_label("False match").check()
    his.get_by_label("Reason").fill("agreed")
    his.get_by_role("button", name="Decide").click()
    his.wait_for_url("**/review?done=*")
    assert open_case(register, case).case.state == "decided"
    his.goto(f"/review/cases/{case}")
    assert [entry.content["actor"] for entry in open_case(register, case).entries] == ["Anna", "Bo"]
    keep(his, "review-case")
    demand_four_eyes(register, wanted=False, by=By("Anna"))
    assert verify_lines([line.encode() for line in log_lines(register)]).broken is None


def test_by_keyboard_alone(open_page: OpenPage, register: Register, anna: str) -> None:
    case = make_case(register, "keyboard", "Xiaomi Corp")
    page = open_page("/review?text=xiaomi+corp")
    page.get_by_label("Key").focus()
    page.keyboard.type(anna)
    page.keyboard.press("Enter")
    page.locator("#shortcuts").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/cases/*")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("a film, truly")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/review?done=*")
    assert open_case(register, case).entries[-1].content["reason"] == "a film, truly"


def test_without_javascript(open_page: OpenPage, register: Register, bo: str) -> None:
    case = make_case(register, "plain-forms")
    page = open_page(f"/review/cases/{case}", java_script_enabled=False)
    sign_in(page, bo)
    assert page.locator("#shortcuts").is_hidden()
    page.get_by_label("Need more").check()
    page.get_by_label("Reason").fill("which Xiaomi?")
    page.get_by_role("button", name="Decide").click()
    assert open_case(register, case).case.state == "more"


def test_keys_can_be_switched_off(open_page: OpenPage, register: Register, anna: str) -> None:
    case = make_case(register, "no-keys")
    page = open_page(f"/review/cases/{case}")
    sign_in(page, anna)
    page.get_by_text("Keys", exact=True).click()
    page.locator("#keys-on").uncheck()
    page.locator("h1").click()
    page.keyboard.press("f")
    assert not page.get_by_label("False match").is_checked()


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}}])
def test_every_page_is_accessible(open_page: OpenPage, register: Register, anna: str, look: dict[str, object]) -> None:
    case = make_case(register, f"accessible-{len(look)}", "Huawei")
    page = open_page("/review", **look)
    accessible(page)
    sign_in(page, anna)
    for path in ("/review", f"/review/cases/{case}", "/review/acts", f"/review/cases/{case}/report", "/sign-in"):
        page.goto(path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto("/review")
    keep(page, f"review-{look.get('color_scheme', 'light')}")


def test_a_proposed_act_is_accepted_by_another(open_page: OpenPage, register: Register, anna: str) -> None:
    act = Act(
        id="test:1/2-2021-06-30",
        kind="announced",
        measures=("ccmc-1237",),
        parties=frozenset({"xiaomi"}),
        effective=date(2021, 6, 30),
        published=date(2021, 6, 30),
        citation="<b>No such case</b>",
    )
    acts.propose(register, [act], origin="test", actor="reader", reason="seen")
    page = open_page("/review/acts")
    sign_in(page, anna)
    page.get_by_role("link", name="2021-06-30 announced").click()
    assert "<b>No such case</b>" in page.locator("main").inner_text()
    accessible(page)
    page.get_by_label("Accept").check()
    page.get_by_label("Reason").fill("read")
    page.get_by_role("button", name="Decide").click()
    page.wait_for_url("**/review/acts?done=*")
    found = [item for item in register.snapshot().acts() if item.act.id == act.id]
    assert [(item.act.proposed, item.actor) for item in found] == [(False, "Anna")]
    acts.retract(register, act.id, actor="test", reason="only a test")


def test_a_report_stands_alone(open_page: OpenPage, register: Register, anna: str) -> None:
    case = make_case(register, "report", "小米集团")
    hash_ = decide(register, case, "false_match", reason="Другая фирма 小米 & عربي <b>", by=By("Änna")).hash
    page = open_page(f"/review/cases/{case}/report")
    sign_in(page, anna)
    text = page.locator("body").inner_text()
    for wanted in (
        "小米集团",
        "preliminary injunction",
        "Другая фирма 小米 & عربي <b>",
        hash_,
        "index searched",
        "dossiers",
    ):
        assert wanted in text
    assert page.locator("script, link, img").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).borderTopWidth") == "1px"
    keep(page, "report")
    cookies = {item["name"]: item["value"] for item in page.context.cookies()}
    pdf = httpx.get(page.url + ".pdf", cookies=cookies).content
    assert pdf.startswith(b"%PDF-")
    shown = re.sub(r"\s+", " ", extract_text(BytesIO(pdf)))
    for wanted in ("Другая фирма", "[XiaoMi]", "[`rby] <b>", "Änna", "preliminary injunction"):
        assert wanted in shown, shown[:3000]
    assert hash_ in shown.replace(" ", "")
    assert httpx.get(page.url + ".pdf", cookies=cookies).content == pdf
