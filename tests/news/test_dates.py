"""Dates become intervals of days, relative to the day of publication."""

from datetime import date

import pytest

from vacatur.news.article import Published
from vacatur.news.dates import find_dates
from vacatur.news.text import fold

FRIDAY = Published(date(2021, 3, 19), date(2021, 3, 19))


def read(text: str, published: Published | None = FRIDAY) -> list[str | None]:
    return [found.iso for found in find_dates(text, fold(text), published)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on May 25, 2020", "2020-05-25"),
        ("on 25 May 2020", "2020-05-25"),
        ("on 2020-05-25", "2020-05-25"),
        ("on Jan. 14", "2021-01-14"),
        ("on December 3", "2020-12-03"),
        ("in January", "2021-01"),
        ("in mid-January", "2021-01-11/2021-01-20"),
        ("in December", "2020-12"),
        ("last June", "2020-06"),
        ("in June last year", "2020-06"),
        ("on Friday", "2021-03-19"),
        ("last Friday", "2021-03-12"),
        ("on Monday", "2021-03-15"),
        ("yesterday", "2021-03-18"),
        ("last month", "2021-02"),
        ("last year", "2020"),
        ("in 2016", "2016"),
        ("Sunday, January 17, 2021", "2021-01-17"),
    ],
)
def test_one_date(text: str, iso: str) -> None:
    assert read(text) == [iso]


def test_without_a_day_of_publication_a_date_stays_in_words() -> None:
    assert read("in January, on Friday and on May 3, 2020", None) == ["January", "Friday", "2020-05-03"]


def test_that_month_is_the_month_just_named() -> None:
    assert read("It was listed in January 2020 and sued at the end of that month.") == ["2020-01", "2020-01"]


def test_a_story_goes_on_in_the_year_it_is_in() -> None:
    assert read("In April 2018 it was banned, and on July 13 the ban was lifted.") == ["2018-04", "2018-07-13"]


@pytest.mark.parametrize("text", ["it may win", "next Friday", "in march they walked", "February 30, 2020", "13:45"])
def test_what_is_no_past_date(text: str) -> None:
    assert read(text) == []
