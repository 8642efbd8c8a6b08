"""Errors are pages for people and JSON for programs."""

import httpx
import pytest
from pages.conftest import OpenPage, accessible, serving

from vacatur.service.settings import Settings

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/parties/nobody-at-all", 404, "No party has the id"),
        ("/no/such/page", 404, "Not Found"),
        ("/?name=x&on=yesterday", 400, "not a day or time"),
        ("/?name=" + "x" * 600, 400, "at most 500 characters"),
    ],
)
def test_a_browser_gets_a_page_and_a_program_json(site: str, path: str, status: int, words: str) -> None:
    page = httpx.get(site + path, headers=BROWSER)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert words in page.text
    program = httpx.get(site + path)
    assert program.status_code in (status, 422)
    assert program.json()["detail"]


def test_what_was_asked_for_stays_text_in_an_error(open_page: OpenPage) -> None:
    page = open_page("/parties/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert "<script>" in page.locator("main").inner_text()
    assert page.locator("main script").count() == 0
    accessible(page)


def test_one_who_asks_too_often_reads_why(site_settings: Settings) -> None:
    with serving(Settings(register=site_settings.register, rate=0.01, burst=1)) as address:
        httpx.get(address, headers=BROWSER)
        refused = httpx.get(address, headers=BROWSER)
    assert refused.status_code == 429
    assert "too many requests" in refused.text.lower()
    assert refused.headers["content-type"].startswith("text/html")
