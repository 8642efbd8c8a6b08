"""Screening of a file in a real browser, with and without JavaScript."""

import csv
import time
from pathlib import Path

import pytest
from pages.conftest import OpenPage, accessible, keep
from playwright.sync_api import Page

from vacatur.register import Register
from vacatur.review.cases import Filter, list_cases
from vacatur.service.keys import add_key
from vacatur.service.settings import Settings


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers <b>2021.csv"
    path.write_text('No;Firma;Land\n7;Xiaomi;cn\n8;=HYPERLINK("x")Huawei;cn\n9;Bäckerei Müller;de\n', "utf-8")
    return path


@pytest.fixture(scope="module")
def reviewer(site: str, site_settings: Settings) -> str:
    register = Register.open(site_settings.register)
    key = add_key(register, "Screener", ("screen", "review"))
    register.close()
    return key


def send(page: Page, file: Path) -> None:
    page.get_by_label("File of customers").set_input_files(file)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/screening/*")


def test_a_file_from_upload_to_results(
    open_page: OpenPage, customers: Path, reviewer: str, site_settings: Settings
) -> None:
    page = open_page("/sign-in?next=/screening")
    page.get_by_label("Key").fill(reviewer)
    page.get_by_role("button", name="Sign in", exact=True).click()
    accessible(page)
    send(page, customers)
    assert page.locator("h1").inner_text() == "customers <b>2021.csv"
    accessible(page)
    page.get_by_label("Your id of the customer").select_option("No")
    page.get_by_label("Name", exact=True).select_option("Firma")
    page.get_by_label("Country").select_option("Land")
    page.get_by_label("Status on").fill("2021-04-01")
    page.get_by_label("Open a case").check()
    keep(page, "screening-columns")
    page.get_by_role("button", name="Screen", exact=True).click()
    page.locator("#hits").wait_for(timeout=60_000)
    accessible(page)
    keep(page, "screening-hits")
    row = page.locator("#hits tbody tr").first
    assert "Xiaomi Corporation" in row.inner_text()
    assert "Suspended" in row.inner_text()

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Results as csv").click()
    with Path(waiting.value.path()).open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert {row["id"] for row in rows} == {"7", "8", "9"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]

    row.get_by_role("link", name="case").click()
    page.wait_for_url("**/review/cases/*")
    register = Register.open(site_settings.register)
    assert "7" in [case.fields.get("id") for case in list_cases(register, Filter(limit=1000))[1]]
    register.close()

    page.goto("/screening")
    page.get_by_role("link", name="customers").click()
    page.get_by_role("button", name="Remove").click()
    page.wait_for_url("**/screening")
    assert page.get_by_role("link", name="customers <b>2021.csv").count() == 0


def test_without_javascript_and_without_a_key(open_page: OpenPage, customers: Path) -> None:
    page = open_page("/screening", java_script_enabled=False)
    send(page, customers)
    page.get_by_label("Name", exact=True).select_option("Firma")
    page.get_by_role("button", name="Screen", exact=True).click()
    until = time.monotonic() + 60
    while not page.locator("#hits").count() and time.monotonic() < until:
        page.wait_for_timeout(500)
        page.reload()
    assert "Xiaomi Corporation" in page.locator("#hits").inner_text()


def test_a_file_that_is_none_is_said(open_page: OpenPage, tmp_path: Path) -> None:
    broken = tmp_path / "x.xlsx"
    broken.write_bytes(b"PK nonsense")
    page = open_page("/screening")
    page.get_by_label("File of customers").set_input_files(broken)
    page.get_by_role("button", name="Send").click()
    said = page.get_by_role("alert").inner_text()
    assert "not an Excel workbook" in said
    assert str(tmp_path.parent) not in said
    accessible(page)
