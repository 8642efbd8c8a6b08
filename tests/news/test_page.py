"""A page of any format becomes an article whose text holds only what a reader can see."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.news.furniture import main_text
from vacatur.news.page import PageError, make_article, parse_published, read_page
from vacatur.news.text import fold, sentences, visible

HTML = """<html><head><title>Xiaomi wins</title><meta property="article:published_time" content="2021-03-13T10:00:00Z">
<meta name="author" content="Jane Doe"></head><body><nav><a href="/">Home</a></nav><article><h1>Xiaomi wins</h1>
<p>Xiaomi was put on the list in January. It filed suit against the government at the end of that month.</p>
<p>On Friday a judge suspended the listing, and the company said it was pleased with the outcome of the case.</p>
<script>alert("steal")</script></article><footer>Leave a reply</footer></body></html>"""


def test_html_keeps_the_article_and_its_day() -> None:
    article = read_page(HTML.encode(), url="https://example.com/x")
    assert "On Friday a judge suspended the listing" in article.text
    assert "steal" not in article.text
    assert article.published is not None
    assert article.published.first == date(2021, 3, 13)
    assert article.url == "https://example.com/x"


def test_json_in_the_form_of_the_shared_articles() -> None:
    article = read_page(json.dumps({"title": "T", "published": "2018-07", "text": "ZTE is back.", "url": "u"}))
    assert (article.title, article.text, article.url) == ("T", "ZTE is back.", "u")
    assert article.published is not None
    assert (article.published.first, article.published.last) == (date(2018, 7, 1), date(2018, 7, 31))


def test_plain_text_takes_its_first_line_as_title() -> None:
    assert read_page("Xiaomi wins\n\nA judge ruled.").title == "Xiaomi wins"
    assert read_page("A judge ruled on Friday.\n\nMore.").title == ""


def test_a_feed_item_is_an_article() -> None:
    page = "<rss><channel><item><title>ZTE back</title><pubDate>Fri, 13 Jul 2018 10:00:00 GMT</pubDate>"
    page += "<description>&lt;p&gt;The denial order was lifted.&lt;/p&gt;</description></item></channel></rss>"
    article = read_page(page)
    assert article.text == "The denial order was lifted."
    assert article.published is not None
    assert article.published.first == date(2018, 7, 13)


@pytest.mark.parametrize("page", ["", "   \n", b"", '{"title": "no text"}', "{broken", "\u200b\u200b"])
def test_what_is_no_article_is_refused_with_a_reason(page: str | bytes) -> None:
    with pytest.raises(PageError, match=r"\w+"):
        read_page(page)


@pytest.mark.parametrize(
    "page", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "A ruling.".encode("utf-16-le"), bytes(range(256))]
)
def test_what_is_no_text_is_said_to_be_none(page: bytes) -> None:
    with pytest.raises(PageError, match="page is no text"):
        read_page(page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_bytes_of_common_encodings(encoding: str) -> None:
    assert "naïve" in read_page("A naïve ruling.".encode(encoding)).text


def test_furniture_is_not_read() -> None:
    text = "Xiaomi won.\n\nRelated Articles\nHuawei sued again\n\nLeave a Reply\n\nThis site uses Akismet."
    assert [span.of(text) for span in main_text(text)] == ["Xiaomi won."]


def test_an_article_goes_on_after_a_box_of_headlines() -> None:
    prose = "The company, which makes phones, said that it would go on asking the court to end the listing of its name."
    text = f"Xiaomi won.\nALSO READ\nHuawei sued again\n{prose}"
    assert [span.of(text) for span in main_text(text)] == ["Xiaomi won.", prose]


def test_a_text_that_is_all_furniture_is_read_whole() -> None:
    assert main_text("Leave a Reply") != ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. District Judge ruled. It was Friday.", 2),
        ("Xiaomi Corp. v. Department of Defense, No. 1:21-cv-00280, was decided. Next.", 2),
        ("Luokung Technology Corp. sued in March.", 1),
        ("It left the U.S. The ruling stands.", 2),
        ("“Stop.” He left.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    article = make_article(text)
    assert len(sentences(article.text, article.body)) == count


def test_dates_of_publication() -> None:
    assert parse_published("2021-03-12T10:00:00Z") == parse_published("2021-03-12")
    assert parse_published("soon") is None
    assert parse_published("2021-13") is None


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_visible_text_stays_visible(text: str) -> None:
    assert visible(visible(text)) == visible(text)
