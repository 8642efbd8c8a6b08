"""What pages say in words, and what may become a link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.service.pages.wording import country, day, property_words, web


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://", "ftp://a.example", "mailto:a@b", "", None],
)
def test_only_the_web_becomes_a_link(address: str | None) -> None:
    assert web(address) is None


@given(st.text())
def test_no_text_becomes_a_link_that_is_not_of_the_web(text: str) -> None:
    assert web(text) is None or text.lower().lstrip().startswith(("http://", "https://"))


def test_days_and_times_read_as_words() -> None:
    assert day("2021-03-12") == '<time datetime="2021-03-12">12 March 2021</time>'
    assert "16 May 2019, 16:15 UTC-04:00" in day("2019-05-16T16:15:00-04:00")
    assert day(None) == "—"


def test_codes_and_properties_read_as_words() -> None:
    assert country("cn") == "China"
    assert country("<b>") == "<B>"
    assert property_words("registrationNumber") == "Registration number"
