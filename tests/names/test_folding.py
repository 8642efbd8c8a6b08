"""Names of any script become Latin words; legal forms become one token each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.names.folding import acronym, tokens, words
from vacatur.names.phonetics import skeleton


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xiaomi Corporation", ("xiaomi", "corporation")),
        ("小米", ("xiao", "mi")),
        ("Хуавэй", ("khuavey",)),
        ("Société Générale S.A.", ("societe", "generale", "sa")),
        ("O'Neill", ("oneill",)),
        ("  \t\n", ()),
    ],
)
def test_a_name_is_folded_to_latin_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Foo Limited Liability Company", "Foo OOO"),
        ("Foo Co., Ltd.", "Foo 有限公司"),
        ("Foo Joint Stock Company", "FOO JSC"),
        ("Foo S.A.", "Foo AG"),
    ],
)
def test_legal_forms_that_mean_the_same_are_the_same_token(left: str, right: str) -> None:
    assert tokens(left) == tokens(right)


def test_a_name_that_is_only_a_legal_form_keeps_its_word() -> None:
    assert tokens("CORP") == ("corp",)


@pytest.mark.parametrize(("left", "right"), [("mohammed", "muhammad"), ("khuavey", "huawei"), ("qaddafi", "kadafi")])
def test_words_transliterated_differently_keep_one_key(left: str, right: str) -> None:
    assert skeleton(left) == skeleton(right)


def test_initials_of_three_words_or_more() -> None:
    assert acronym(("semiconductor", "manufacturing", "international", "corporation")) == "smic"
    assert acronym(("xiaomi", "corporation")) is None


@given(st.text(max_size=60))
def test_any_text_folds_to_plain_words_and_folding_again_changes_nothing(text: str) -> None:
    folded = words(text)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in folded)
    assert words(" ".join(folded)) == folded
