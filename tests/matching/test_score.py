"""What a score forgives, what it punishes, and that its parts sum to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.matching.compare import compare
from vacatur.matching.score import Mode, score_names

THRESHOLD = 0.7
PERSON, COMPANY, VESSEL = "Person", "Company", "Vessel"


@pytest.mark.parametrize(
    ("left", "right", "schema"),
    [
        # order, punctuation, letters
        ("Technologies Huawei", "Huawei Technologies", COMPANY),
        ("PUTIN, Vladimir", "Vladimir Putin", PERSON),
        ("Société Générale S.A.", "Societe Generale SA", COMPANY),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", PERSON),
        # typos
        ("Xiomi Corp", "Xiaomi Corporation", COMPANY),
        ("Vladimir Pudin", "Vladimir Putin", PERSON),
        ("Bank Melat", "Bank Mellat", COMPANY),
        ("Vlad1mir Put1n", "Vladimir Putin", PERSON),
        # joined and split words
        ("Hua Wei", "Huawei", COMPANY),
        ("SergeiLavrov", "Sergei Lavrov", PERSON),
        ("TARALIMITED", "Tara Limited", COMPANY),
        ("Mahmood Bashir-ud-Din", "Mahmud Bashiruddin", PERSON),
        # missing and further words
        ("Oleg Deripaska", "Oleg Vladimirovich Deripaska", PERSON),
        ("Boris Johnson", "Alexandre Boris de Pfeffel Johnson", PERSON),
        ("Huawei", "Huawei Technologies Co., Ltd.", COMPANY),
        # legal forms of many countries
        ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGIES CO LTD", COMPANY),
        ("Rosneft OOO", "Rosneft Limited Liability Company", COMPANY),
        ("Siemens Aktiengesellschaft", "Siemens AG", COMPANY),
        ("Gazprom Neft PAO", "Public Joint Stock Company Gazprom Neft", COMPANY),
        ("Foo Sp. z o.o.", "Foo spółka z ograniczoną odpowiedzialnością", COMPANY),
        ("Public Joint Stock Copmany Alrosa", "PJSC Alrosa", COMPANY),
        # transliteration
        ("Muhammad al-Otaibi", "Mohammed AL-OTAIBI", PERSON),
        ("Хуавэй", "Huawei", COMPANY),
        ("小米", "Xiaomi", COMPANY),
        ("小米科技有限责任公司", "Xiaomi Technology Co., Ltd.", COMPANY),
        ("習近平", "习近平", PERSON),
        ("习近平", "Xi Jinping", PERSON),
        ("김정은", "Kim Jong Un", PERSON),
        ("فلاديمير بوتين", "Vladimir Putin", PERSON),
        ("Βλαντίμιρ Πούτιν", "Wladimir Putin", PERSON),
        # initials, acronyms, titles, particles, short names
        ("V.V. Putin", "Vladimir Vladimirovich Putin", PERSON),
        ("Hans J Friedrich", "Hans Joachim Friedrich", PERSON),
        ("SMIC", "Semiconductor Manufacturing International Corporation", COMPANY),
        ("PLA", "People's Liberation Army", COMPANY),
        ("Dr. Petr Aven", "Petr Aven", PERSON),
        ("Abd al-Rahman al-Assad", "Abdulrahman Assad", PERSON),
        ("Bob Menendez", "Robert Menendez", PERSON),
        ("A. G. Lukashenko", "Alexander Lukashenko", PERSON),
        ("Bayerische Motoren Werke AG", "BMW", COMPANY),
        ("PMC Wagner", "Wagner Group", COMPANY),
        ("M/V Ocean Star", "Ocean Star", VESSEL),
        # spelt as another romanisation has it, the vowels too
        ("Rosoboroneksport", "Rosoboronexport", COMPANY),
        ("Grupo Coubanacan", "Grupo Cubanacan", COMPANY),
        ("Jewgeni Prigoschin", "Yevgeny Prigozhin", PERSON),
        ("Muammar Khadafy", "Mu'ammar al-Qadhdhafi", PERSON),
        ("Lee Seol-ju", "Ri Sol-ju", PERSON),
        ("حزب الله", "Hezbollah", COMPANY),
        ("Хуавэй Технолоджис", "Huawei Technologies Co., Ltd.", COMPANY),
        # signs and spaces that hide a name, forms that are written on to it
        ("R o b e r t  M u g a b e", "Robert Mugabe", PERSON),
        ("Robert Mug@be", "Robert Mugabe", PERSON),
        ("LA TARAS.A. DE C.V.", "La Tara, S.A. de C.V.", COMPANY),
        ("OOOGARANT", "OOO Garant", COMPANY),
        # numbers, however they are written
        ("Brigade Forty-four", "Brigade 44", COMPANY),
        ("Twentieth Century Films", "20th Century Films", COMPANY),
        ("First Persian Bank", "1st Persian Bank", COMPANY),
        ("Blackstone Fund VII", "Blackstone Fund 7", COMPANY),
    ],
)
def test_spellings_of_one_party_are_a_hit(left: str, right: str, schema: str) -> None:
    assert compare(left, right, schema).score >= THRESHOLD


@pytest.mark.parametrize(
    ("left", "right", "schema"),
    [
        # a name part that contradicts
        ("Mohammed AL-OTAIBI", "Mohammed AL-ASIRI", PERSON),
        ("KHAWLA BARZAN IBRAHIM HASAN AL-TIKRITI", "KHAWLA BARZAN IBRAHIM HASAN AL-MOSULI", PERSON),
        ("Barack Obama", "Michelle Obama", PERSON),
        ("Sergey Ivanovich Lavrov", "Sergey Viktorovich Lavrov", PERSON),
        ("Frost, William G.", "William W Frost", PERSON),
        ("Olga Barynova", "Oleg Baranov", PERSON),
        ("Salman bin Muhammad al-Rawi", "Muhammad bin Salman al-Rawi", PERSON),
        ("Bank of Amsterdam", "Bank of Rotterdam", COMPANY),
        ("Saudi Arabian Gas Company", "Saudi Arabian Oil Company", COMPANY),
        ("Banco Santander", "Banco Santander Mexico", COMPANY),
        # two names, each known
        ("Hassan Rouhani", "Hossein Rouhani", PERSON),
        ("Abdul Rahman Agha", "Abdul Rahim Agha", PERSON),
        ("Alexander Ivanov", "Alexandra Ivanova", PERSON),
        ("Daniel Smith", "Danielle Smith", PERSON),
        ("Government of Niger", "Government of Nigeria", COMPANY),
        # vowels part consonants
        ("Vladimir Putin", "Vladimir Potanin", PERSON),
        # another number
        ("Blackstone VII", "Blackstone VIII", COMPANY),
        ("Bowne Solutions", "Bowne Solutions II", COMPANY),
        ("Snow Storm 1", "Snow Storm 2", VESSEL),
        # nothing that tells who is meant
        ("CORP", "Example Corp", COMPANY),
        ("Trading Company Ltd", "Persia Trading Company Ltd", COMPANY),
        ("construction ltd", "LLC Construction Dredging Company", COMPANY),
        ("Trading LLC", "By Trade OU", COMPANY),
        ("Meadowbrook Investments Limited", "M Invest OOO", COMPANY),
        ("Ministry of Finance", "M Finans", COMPANY),
        ("Lady R", "Lady M", VESSEL),
        ("George Bush", "Habbash", PERSON),
        ("Emma Daniels", "EMMA LLC", None),
        # single words that merely look or sound alike
        ("Snow", "Snoe", VESSEL),
        ("Ferd Corp.", "Farid", COMPANY),
        # characters that are read alike
        ("习近朋", "习近平", PERSON),
        ("习进平", "习近平", PERSON),
        ("김종은", "김정은", PERSON),
        ("حسین محمدی", "محمد حسن", PERSON),
    ],
)
def test_names_of_different_parties_are_no_hit(left: str, right: str, schema: str | None) -> None:
    assert compare(left, right, schema).score < THRESHOLD


def test_a_longer_name_asked_for_is_not_met_by_a_lone_name_of_the_list() -> None:
    assert score_names("George Bush", "Bush", mode=Mode.PERSON).score < THRESHOLD
    assert score_names("Putin", "Vladimir Putin", mode=Mode.PERSON).score >= THRESHOLD


def test_people_leave_out_names_companies_differ_by_them() -> None:
    names = "Boris Johnson", "Alexandre Boris Pfeffel Johnson"
    assert compare(*names, "Person").score > compare(*names, "Company").score


def test_a_weak_alias_scores_a_little_less() -> None:
    whole = score_names("Abu Omar", "Abu Omar")
    weak = score_names("Abu Omar", "Abu Omar", weak=True)
    assert (whole.score, weak.score) == (1.0, 0.95)
    assert weak.evidence[-1].feature == "weak_alias"


def test_what_is_taken_off_stands_as_a_line_of_its_own() -> None:
    evidence = compare("Snow Storm 1", "Snow Storm 2", VESSEL).evidence
    assert [(part.feature, part.query, part.matched) for part in evidence if part.score < 0] == [("number", "1", "2")]


def test_every_word_is_explained_once() -> None:
    match = compare("Dr. Mohamed Xyz al-Otaibi", "Muhammad AL OTAIBI", PERSON)
    assert sorted(word for part in match.evidence for word in part.query.split()) == [
        "al",
        "dr",
        "mohamed",
        "otaibi",
        "xyz",
    ]
    assert {part.feature for part in match.evidence} == {"exact", "variant", "unmatched"}


WORDS = st.sampled_from(
    [
        "alpha",
        "bravo",
        "gamma",
        "mohammed",
        "trading",
        "iran",
        "7",
        "viii",
        "co",
        "ltd",
        "al",
        "bin",
        "xi习",
        "j",
        "hua",
        "wei",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
SCHEMATA = st.sampled_from([None, PERSON, COMPANY])


@given(st.text(max_size=40), st.text(max_size=40), SCHEMATA)
def test_of_any_text_the_parts_sum_to_the_score(left: str, right: str, schema: str | None) -> None:
    _parts_sum(left, right, schema)


@given(NAMES, NAMES, SCHEMATA)
def test_of_any_words_the_parts_sum_to_the_score(left: str, right: str, schema: str | None) -> None:
    _parts_sum(left, right, schema)


def _parts_sum(left: str, right: str, schema: str | None) -> None:
    match = compare(left, right, schema)
    assert 0 <= match.score <= 1
    assert round(match.score * 1000) == round(1000 * sum(part.score for part in match.evidence))
    assert match == compare(left, right, schema)


@given(NAMES, NAMES, SCHEMATA)
def test_a_comparison_is_the_same_both_ways(left: str, right: str, schema: str | None) -> None:
    assert compare(left, right, schema).score == compare(right, left, schema).score


@given(NAMES, SCHEMATA)
def test_a_name_is_itself_whatever_its_case_and_signs(name: str, schema: str | None) -> None:
    assert compare(name.upper(), name.replace(" ", ", "), schema).score == 1


@given(st.lists(st.sampled_from(["alpha", "bravo", "gamma", "delta", "omega"]), min_size=1, max_size=4, unique=True))
def test_the_order_of_words_does_not_matter(parts: list[str]) -> None:
    assert compare(" ".join(parts), " ".join(reversed(parts))).score == 1


PLAIN = st.lists(st.sampled_from(["alpha", "bravo", "gamma", "mohammed", "trading", "iran"]), min_size=1).map(" ".join)


@given(PLAIN, PLAIN, st.sampled_from(["zebrafish", "quixotic"]), SCHEMATA)
def test_a_rare_word_on_both_sides_takes_no_hit_away(left: str, right: str, word: str, schema: str | None) -> None:
    if compare(left, right, schema).score >= THRESHOLD:
        assert compare(f"{left} {word}", f"{right} {word}", schema).score >= THRESHOLD
