"""What a score forgives, what it punishes, and that its parts sum to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.matching.compare import compare

THRESHOLD = 0.7


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGIES CO LTD"),
        ("Technologies Huawei", "Huawei Technologies"),
        ("Hua Wei", "Huawei"),
        ("Хуавэй", "Huawei"),
        ("小米", "Xiaomi"),
        ("SMIC", "Semiconductor Manufacturing International Corporation"),
        ("Muhammad al-Otaibi", "Mohammed AL-OTAIBI"),
        ("Oleg Deripaska", "Oleg Vladimirovich Deripaska"),
        ("Rosneft OOO", "Rosneft Limited Liability Company"),
        ("Xiomi Corp", "Xiaomi Corporation"),
        ("Dr. Petr Aven", "Petr Aven"),
    ],
)
def test_spellings_of_one_party_are_a_hit(left: str, right: str) -> None:
    assert compare(left, right).score >= THRESHOLD


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mohammed AL-OTAIBI", "Mohammed AL-ASIRI"),
        ("Blackstone VII", "Blackstone VIII"),
        ("CORP", "Example Corp"),
        ("George Bush", "Habbash"),
        ("Emma Daniels", "EMMA LLC"),
        ("Trading Company Ltd", "Persia Trading Company Ltd"),
        ("Bank of Amsterdam", "Bank of Rotterdam"),
    ],
)
def test_names_of_different_parties_are_no_hit(left: str, right: str) -> None:
    assert compare(left, right).score < THRESHOLD


def test_a_generic_word_that_is_exact_does_not_hide_a_telling_word_that_is_misspelt() -> None:
    assert compare("Bank Melat", "Bank Mellat").score >= THRESHOLD


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_parts_sum_to_the_score_which_stays_between_0_and_1(left: str, right: str) -> None:
    match = compare(left, right)
    assert 0 <= match.score <= 1
    assert match.score == pytest.approx(max(0, min(1, sum(part.score for part in match.evidence))), abs=1e-6)
    assert match == compare(left, right)


@given(st.lists(st.sampled_from(["alpha", "bravo", "gamma", "delta", "omega"]), min_size=1, max_size=4, unique=True))
def test_the_order_of_words_does_not_matter_much(parts: list[str]) -> None:
    assert compare(" ".join(parts), " ".join(reversed(parts))).score >= 0.99
