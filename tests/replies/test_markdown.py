"""Markdown's safe subset: what a reader means is shown, what an attacker means is text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from vacatur.replies.markdown import TAGS, to_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)><circle/></svg>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](//evil.example)",
    "[x](/sign-out)",
    "<javascript:alert(1)>",
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<form action=https://evil.example><input name=key></form>",
    "[a]: javascript:alert(1)\n\n[a]",
    '[x](https://ok.example "onmouseover=alert(1)")',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "`<img src=x onerror=alert(1)>`",
]


def test_what_a_reader_may_use() -> None:
    shown = to_html("**No**, see https://www.courtlistener.com/docket/1/ and:\n\n> *vacated*\n\n1. one\n2. two")
    assert "<strong>No</strong>" in shown
    assert "<blockquote>" in shown
    assert "<ol>" in shown
    assert '<a href="https://www.courtlistener.com/docket/1/" rel="nofollow noopener ugc">' in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_attacker_writes_is_text(text: str) -> None:
    check(to_html(text))


@given(st.lists(st.sampled_from([*HOSTILE, "<", ">", "[", "](", ")", "`", "\n", "&", "a", " "]), max_size=12))
def test_no_mixture_of_it_gets_through(pieces: list[str]) -> None:
    check(to_html("".join(pieces)))


def check(shown: str) -> None:
    """Only the tags that are allowed, only links to the web with our rel, no other attribute at all."""
    if not shown.strip():
        return
    for element in html.fragment_fromstring(shown, create_parent="div").iterdescendants():
        assert element.tag in TAGS
        if element.tag == "a":
            assert set(element.attrib) <= {"href", "rel"}
            assert element.get("rel") == "nofollow noopener ugc"
            assert element.get("href") is None or re.match(r"https?://", element.get("href"))
        else:
            assert not element.attrib


def test_deep_nesting_costs_little() -> None:
    for text in (">" * 8000, "*" * 8000, "[" * 8000, "- " * 4000, "`" * 7999 + "x", "](" * 4000, "a**b" * 2000):
        to_html(text)
