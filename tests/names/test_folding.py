"""Names of any script become Latin words; legal forms and numbers become one token each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.names.folding import latin, tokens, words
from vacatur.names.forms import is_form
from vacatur.names.kinds import Kind, kind_of
from vacatur.names.phonetics import skeleton


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xiaomi Corporation", ("xiaomi", "corporation")),
        ("小米", ("xiao", "mi")),
        ("Хуавэй", ("khuavey",)),
        ("Société Générale S.A.", ("societe", "generale", "sa")),
        ("O'Neill", ("oneill",)),
        ("U.S.A. Inc", ("usa", "inc")),
        ("J.P. Morgan", ("j", "p", "morgan")),
        ("  \t\n", ()),
    ],
)
def test_a_name_is_folded_to_latin_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("習近平", ("xi习", "jin近", "ping平")),  # characters stay, traditional ones as simplified
        ("华为技术有限公司", ("hua华", "wei为", "jishu技术", "§ltd")),  # known words are words, not syllables
        ("김정은", ("kim김", "jong정", "un은")),  # as lists write Korean
        ("محمد بن سلمان", ("mhmdʿ", "bnʿ", "slmanʿ")),  # vowels that are not written
        ("プーチン", ("puchin",)),  # kana are letters
        ("Πούτιν", ("putin",)),
        ("Abd al-Rahman", ("abdul", "rahman")),
        ("Brigade Forty-four", ("brigade", "44")),
        ("ACMELLC", ("acme", "§llc")),
        ("TARAS.A. DE C.V.", ("tara", "§jsc")),  # dotted, and written on to the name
        ("Tara S.A. Services", ("tara", "§jsc", "services")),
        ("S.A. Ivanov", ("s", "a", "ivanov")),  # initials, where a name begins
        ("Moller A/S", ("moller", "§jsc")),
        ("M/V Tara", ("mv", "tara")),
        ("S M I C Tara", ("smic", "tara")),
        ("T@ra", ("tara",)),
    ],
)
def test_a_token_keeps_what_its_script_tells(text: str, expected: tuple[str, ...]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Foo Limited Liability Company", "Foo OOO"),
        ("Foo Co., Ltd.", "Foo 有限公司"),
        ("Foo Joint Stock Company", "FOO JSC"),
        ("Foo S.A.", "Foo AG"),
        ("Foo S. de R.L. de C.V.", "Foo GmbH"),
        ("Foo Sp. z o.o.", "Foo d.o.o."),
        ("Foo K.K.", "Foo 株式会社"),
        ("Foo A.Ş.", "Foo anonim şirketi"),
    ],
)
def test_legal_forms_that_mean_the_same_are_the_same_token(left: str, right: str) -> None:
    assert tokens(left) == tokens(right)


def test_short_words_inside_a_name_are_no_legal_form() -> None:
    assert tokens("Kim Se Un") == ("kim", "se", "un")
    assert tokens("Kim SE") == ("kim", "§jsc")


def test_a_name_that_is_only_a_legal_form_keeps_its_word() -> None:
    assert tokens("CORP") == ("corp",)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("§llc", Kind.FORM), ("limited", Kind.STOP), ("limyted", Kind.STOP), ("sheikh", Kind.TITLE),
        ("bin", Kind.PARTICLE), ("technologies", Kind.GENERIC), ("iran", Kind.PLACE), ("2017", Kind.NUMBER),
        ("viii", Kind.NUMBER), ("v", Kind.INITIAL), ("huawei", Kind.NAME),
    ],
)  # fmt: skip
def test_words_are_of_a_kind(word: str, kind: Kind) -> None:
    assert kind_of(word) is kind


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("mohammed", "muhammad"),
        ("khuavey", "huawei"),
        ("qaddafi", "kadafi"),
        ("schmidt", "schmitt"),
        ("wladimir", "vladimir"),
    ],
)
def test_words_transliterated_differently_keep_one_key(left: str, right: str) -> None:
    assert skeleton(left) == skeleton(right)


@given(st.text(max_size=60))
def test_any_text_folds_to_plain_words_and_folding_again_changes_nothing(text: str) -> None:
    folded = words(text)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in folded)
    assert words(" ".join(folded)) == folded


@given(st.text(max_size=60))
def test_every_token_has_a_latin_part(text: str) -> None:
    for token in tokens(text):
        assert is_form(token) or (latin(token).isascii() and latin(token).isalnum())
