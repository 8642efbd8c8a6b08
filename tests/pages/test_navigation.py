"""The links at the head of a page are those that its reader may open."""

import httpx
import pytest
from lxml import html

from vacatur.register import Register
from vacatur.service.keys import add_key

EVERYBODYS = ["Search", "Changes", "Measures", "Screening", "Articles", "Sources"]
WORKROOMS = ["Review", "Moderation"]


def links(text: str) -> list[str]:
    return [link.text for link in html.fromstring(text).xpath("//header//nav//a")]


def test_nobody_signed_in_sees_no_workroom(site: str) -> None:
    assert links(httpx.get(site).text) == EVERYBODYS
    assert links(httpx.get(f"{site}/no/such/page", headers={"accept": "text/html"}).text) == EVERYBODYS


@pytest.mark.parametrize(("scopes", "more"), [(("read",), []), (("review",), WORKROOMS), (("admin",), WORKROOMS)])
def test_who_signed_in_sees_what_the_key_allows(
    site: str, site_register: Register, scopes: tuple[str, ...], more: list[str]
) -> None:
    key = add_key(site_register, f"a person with {scopes}", scopes)
    with httpx.Client(base_url=site, headers={"accept": "text/html"}, timeout=60) as browser:
        browser.post("/sign-in", data={"key": key})
        assert links(browser.get("/").text) == EVERYBODYS + more
