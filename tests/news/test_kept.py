"""Articles that are kept: nothing is overwritten, the related are found, and no verdict is stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from vacatur.news import kept
from vacatur.news.article import Article
from vacatur.news.names import NameIndex
from vacatur.news.page import make_article, parse_published
from vacatur.news.reading import Reading, read_article
from vacatur.news.record import MemoryRecord
from vacatur.register import Register

HALT = (
    "A US judge on Friday blocked the Pentagon from placing Xiaomi on its list of Communist Chinese military companies."
)
LIFT = "The Commerce Department lifted the denial order against ZTE on July 13, after a fine of a billion dollars."


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = Register.open(f"sqlite:///{tmp_path / 'r.db'}")
    yield opened
    opened.close()


def article(text: str, url: str | None, title: str = "Title", day: str = "2021-03-13") -> Article:
    return make_article(text, title=title, url=url, published=parse_published(day), author="A. Reporter")


@pytest.fixture
def read(record: MemoryRecord, index: NameIndex) -> "object":
    def read_(text: str, url: str | None = None, title: str = "Title") -> Reading:
        return read_article(article(text, url, title), record, index=index)

    return read_


def test_what_was_kept_is_found_again_as_it_was(register: Register, read) -> None:
    reading = read(HALT, "https://example.org/1")
    assert kept.keep(register, reading, "reader")
    assert kept.holds(register, reading.article)
    found = kept.find(register, kept.article_id(reading.article))
    assert found is not None
    assert (found.article, found.parties) == (reading.article, frozenset({"xiaomi"}))


def test_the_same_text_is_kept_once_and_a_changed_one_beside_it(register: Register, read) -> None:
    assert kept.keep(register, read(HALT, "https://example.org/1"), "reader")
    assert not kept.keep(register, read(HALT, "https://example.org/1"), "reader")
    assert kept.keep(register, read(LIFT, "https://example.org/1"), "reader")
    assert kept.count(register) == 1
    assert [item.article.text for item in kept.newest(register)] == [LIFT]
    with register.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM articles").scalar() == 2


def test_articles_about_a_party_are_those_whose_latest_text_claims_something_of_it(register: Register, read) -> None:
    kept.keep(register, read(HALT, "https://example.org/1"), "reader")
    kept.keep(register, read(LIFT, "https://example.org/2"), "reader")
    assert [item.article.url for item in kept.about(register, ["zte"])] == ["https://example.org/2"]
    kept.keep(register, read(HALT, "https://example.org/2"), "reader")
    assert kept.about(register, ["zte"]) == []


def test_related_and_nearly_the_same_are_told_apart(register: Register, read) -> None:
    long = f"{HALT} Judge Rudolph Contreras granted the phone maker a preliminary injunction. " * 2
    kept.keep(register, read(long + "Shares rose.", "https://example.org/copy", "Copy"), "reader")
    kept.keep(register, read(HALT, "https://example.org/other", "Other"), "reader")
    kept.keep(register, read(LIFT, "https://example.org/zte", "ZTE"), "reader")
    found = kept.with_related(register, read(long, "https://example.org/1")).related
    assert [item.title for item in found[:2]] == ["Copy", "Other"]
    assert found[0].likeness is not None
    assert found[0].likeness > 0.7
    assert found[1].likeness is None


def test_no_verdict_is_stored(register: Register) -> None:
    columns = {
        column["name"]
        for table in ("articles", "article_parties")
        for column in inspect(register.engine).get_columns(table)
    }
    assert columns.isdisjoint({"verdict", "claims", "evidence", "status"})


def test_an_article_that_is_too_long_is_refused(register: Register, read) -> None:
    with pytest.raises(kept.KeepError, match="not kept"):
        kept.keep(register, read(HALT + " word" * 250_000), "reader")
