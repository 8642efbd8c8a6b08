"""Names of the register in a text: longest first, at word boundaries, and never a party by guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.news.names import build_index, find_names, stripped
from vacatur.news.text import fold

NAMES = [
    ("China Mobile Limited", "mobile-ltd", "name"),
    ("China Mobile", "mobile-ltd", "alias"),
    ("China Mobile", "mobile-group", "alias"),
    ("China Mobile Communications Group Co., Ltd.", "mobile-group", "name"),
    ("Xiaomi Corporation", "xiaomi", "name"),
    ("小米", "xiaomi", "alias"),
    ("AVIC", "avic", "alias"),
    ("CEC", "cec", "weakAlias"),
    ("Oleg Vladimirovich Deripaska", "deripaska", "name"),
]
INDEX = build_index(NAMES)


def hits(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(hit.span.of(text), hit.parties) for hit in find_names(INDEX, text, fold(text)) if not hit.weak]


def test_the_longest_name_wins() -> None:
    assert hits("China Mobile Communications Group said") == [("China Mobile Communications Group", ("mobile-group",))]


def test_a_name_of_two_parties_keeps_both() -> None:
    assert hits("China Mobile said") == [("China Mobile", ("mobile-group", "mobile-ltd"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Xiaomi's phones", ["Xiaomi"]),
        ("XiaomiFan wrote", []),
        ("xiaomi fans", []),
        ("AVIC and avic", ["AVIC"]),
        ("他说小米公司", ["小米"]),
        ("Oleg Deripaska", ["Oleg Deripaska"]),
    ],
)
def test_letters_and_boundaries(text: str, found: list[str]) -> None:
    assert [name for name, _ in hits(text)] == found


def test_a_weak_alias_is_marked() -> None:
    text = "CEC said"
    assert [hit.weak for hit in find_names(INDEX, text, fold(text))] == [True]


def test_a_name_is_never_stripped_to_nothing() -> None:
    assert stripped("Huawei Technologies Co., Ltd.") == "Huawei"
    assert stripped("Group") == "Group"


@given(st.text(alphabet=st.sampled_from("Xiaomi 小米AVIC.,'-é\u0130"), max_size=60))
def test_hits_lie_inside_the_text_in_order(text: str) -> None:
    found = find_names(INDEX, text, fold(text))
    spans = [hit.span for hit in found]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
