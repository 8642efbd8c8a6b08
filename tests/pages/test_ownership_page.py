"""Owners and holdings on the dossier, and statuses by ownership apart from those of listings."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from pages.conftest import OpenPage, accessible, keep, serving

from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.update import update_from_file
from vacatur.service.settings import Settings
from vacatur.sources.base import ListDocument
from vacatur.sources.ftm import FollowTheMoney

STREAM = [
    {"id": "parent", "schema": "Company", "properties": {"name": ["Parent <b>Works"]}},
    {"id": "child", "schema": "Company", "properties": {"name": ["Child Trading"]}},
    {
        "id": "listing",
        "schema": "Sanction",
        "datasets": ["us_ofac_sdn"],
        "properties": {"entity": ["parent"], "startDate": ["2020-01-10"]},
    },
    {
        "id": "own",
        "schema": "Ownership",
        "properties": {"owner": ["parent"], "asset": ["child"], "percentage": ["75"], "startDate": ["2019"]},
    },
]


@pytest.fixture(scope="module")
def owned_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("owned")
    path = folder / "entities.ftm.json"
    path.write_text("\n".join(json.dumps(entity) for entity in STREAM), "utf-8")
    register = Register.open(f"sqlite:///{folder / 'r.db'}")
    ensure_dossiers(register)
    update_from_file(register, FollowTheMoney(), ListDocument(path, vintage=date(2020, 2, 1)), actor="test")
    register.close()
    with serving(Settings(register=f"sqlite:///{folder / 'r.db'}", rate=1e6, burst=10**6)) as address:
        yield address


def test_a_party_that_no_list_names_is_reached_through_its_owner(open_page: OpenPage, owned_site: str) -> None:
    page = open_page(f"{owned_site}/parties/child?on=2020-03-01")
    said = page.locator("#ownership").inner_text()
    assert "In force" in said
    assert "by ownership, not by listing" in said
    assert "Parent <b>Works" in said
    assert "75%" in said
    assert "In force" not in page.locator("#standing").inner_text()
    accessible(page)
    keep(page, "ownership")
    page.locator("#ownership").get_by_role("link", name="Parent <b>Works").first.click()
    assert "Child Trading" in page.locator("#ownership").inner_text()


def test_where_no_source_tells_it_says_that_nothing_was_checked(open_page: OpenPage) -> None:
    assert "Ownership is not checked" in open_page("/parties/xiaomi").locator("#ownership").inner_text()
