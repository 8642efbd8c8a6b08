"""The page of an article: claims marked by verdict, evidence beside the line, and a form that keeps nothing."""

import json

import pytest
from pages.conftest import OpenPage, accessible, keep

from vacatur.news import kept
from vacatur.news.reading import index_of, read_article
from vacatur.news.record import memory_record
from vacatur.register import Register
from vacatur.service.settings import Settings
from vacatur.sources.dossiers import load

WINS = """Xiaomi wins in court

A US judge on Friday blocked the Pentagon from placing Xiaomi on its list of Communist Chinese military companies.

"The court is skeptical that weighty national security interests are implicated," Judge Rudolph Contreras wrote.

On January 14 the Pentagon had put the phone maker on the list. <script>document.title = "owned"</script>

On May 25, 2021 Luokung was removed from the Entity List."""


@pytest.fixture(scope="module")
def article(site: str, site_settings: Settings) -> str:
    """The id of an article that is kept in the site's register."""
    dossiers = load()
    record = memory_record(dossiers.parties, dossiers.acts, dossiers.measures)
    page = json.dumps({"title": "Xiaomi wins", "published": "2021-03-13", "url": "https://example.org/x", "text": WINS})
    reading = read_article(page, record, index=index_of(record))
    register = Register.open(site_settings.register)
    kept.keep(register, reading, "reader")
    register.close()
    return kept.article_id(reading.article)


def test_claims_are_marked_with_their_evidence_beside_the_line(open_page: OpenPage, article: str) -> None:
    page = open_page(f"/articles/{article}", java_script_enabled=False)
    assert page.locator("mark.claim.supported").count() >= 2
    beside = page.locator("#claim-1").inner_text()
    assert "supported" in beside.lower()
    assert "preliminary injunction" in beside
    assert "1:21-cv-00280" in beside
    assert page.locator("#claim-1 a[href^='/acts/']").count() >= 1
    assert page.locator("a.party", has_text="Xiaomi").first.get_attribute("href") == "/parties/xiaomi?on=2021-03-13"
    assert "skeptical" in page.locator("blockquote").inner_text()


def test_nothing_of_the_text_is_obeyed(open_page: OpenPage, article: str) -> None:
    page = open_page(f"/articles/{article}")
    assert page.title() == "Xiaomi wins · Vacatur"
    assert "<script>" in page.locator(".reading").inner_text()


def test_reviews_for_search_engines(open_page: OpenPage, article: str) -> None:
    page = open_page(f"/articles/{article}")
    reviews = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    first = reviews[0]
    assert first["@type"] == "ClaimReview"
    assert first["reviewRating"]["ratingValue"] == 5
    assert first["itemReviewed"]["appearance"]["url"] == "https://example.org/x"
    assert page.locator(f"#{first['url'].partition('#')[2]}").count() == 1


def test_the_page_can_be_used_by_everyone(open_page: OpenPage, article: str) -> None:
    page = open_page(f"/articles/{article}")
    accessible(page)
    keep(page, "article")
    narrow = open_page(f"/articles/{article}", viewport={"width": 360, "height": 740}, color_scheme="dark")
    accessible(narrow)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 360
    keep(narrow, "article-narrow-dark")


def test_a_pasted_text_is_read_and_not_kept(open_page: OpenPage, article: str) -> None:
    page = open_page("/read", java_script_enabled=False)
    accessible_form = page.get_by_label("Text")
    page.get_by_label("Title").fill("Pasted")
    page.get_by_label("Published on").fill("2018-07-14")
    accessible_form.fill("The Commerce Department on July 13 lifted the denial order against ZTE.")
    page.get_by_role("button", name="Read").click()
    assert "This reading is not kept" in page.locator("main").inner_text()
    assert page.locator("mark.claim.supported").count() == 1
    page.goto("/articles")
    assert page.get_by_role("link", name="Pasted").count() == 0
    assert page.get_by_role("link", name="Xiaomi wins").count() == 1


def test_the_dossier_shows_the_articles_about_its_party(open_page: OpenPage, article: str) -> None:
    page = open_page("/parties/xiaomi")
    assert page.locator("#articles a").first.get_attribute("href") == f"/articles/{article}"
    assert open_page("/parties/zte").locator("#articles").count() == 0
