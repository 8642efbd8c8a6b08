"""The index: what is found, how it ranks, whom details rule out, and files that are none."""

from pathlib import Path

import pytest

from vacatur.law.moments import parse_moment, starts
from vacatur.matching.index import Index, IndexFileError, build_index
from vacatur.matching.model import IndexedName, IndexedParty, Query


def named(*texts: str, **details: object) -> tuple[IndexedName, ...]:
    return tuple(IndexedName(text, "name" if place == 0 else "alias", **details) for place, text in enumerate(texts))  # type: ignore[arg-type]


PARTIES = [
    IndexedParty(
        "xiaomi",
        "Company",
        named("Xiaomi Corporation", "Xiaomi", "小米集团"),
        ("cn",),
        (),
        (),
        (("isin", "KYG9830T1067"),),
    ),
    IndexedParty("huawei", "Company", named("Huawei Technologies Co., Ltd.", "Huawei", "华为技术有限公司"), ("cn",)),
    IndexedParty("huawei-cuba", "Company", named("Huawei Cuba"), ("cu",)),
    IndexedParty("otaibi", "Person", named("Mohammad AL-OTAIBI"), ("sa",), ("1980-05-01",), ("male",)),
    IndexedParty("mellat", "Company", named("Bank Mellat"), ("ir",)),
    IndexedParty("renamed", "Company", (IndexedName("Old Zephyr", known_from=starts(parse_moment("2024-01-01"))),)),
    IndexedParty("later", "Company", (IndexedName("Quixotic Traders", recorded=9),)),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("index") / "test.index"
    build_index(path, PARTIES, transaction=7)
    return Index.open(path)


def found(index: Index, **query: object) -> list[str]:
    return [match.party for match in index.search(Query(**query))]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Xiaomi", "XIAOMI CORP.", "Xiomi", "小米集团", "Xiao Mi"])
def test_a_party_is_found_by_the_ways_its_name_is_written(index: Index, name: str) -> None:
    assert found(index, name=name)[0] == "xiaomi"


def test_the_party_whose_name_it_is_comes_before_its_namesakes(index: Index) -> None:
    assert found(index, name="Huawei")[0] == "huawei"


def test_an_identifier_decides(index: Index) -> None:
    match = index.search(Query(identifiers=(("", "KYG 9830T1067"),)))[0]
    assert (match.party, match.score, match.evidence[0].feature) == ("xiaomi", 1.0, "identifier")


def test_another_identifier_of_the_same_kind_speaks_against_a_namesake(index: Index) -> None:
    match = index.search(Query(name="Xiaomi", identifiers=(("isin", "US0000000001"),)))[0]
    assert match.score == pytest.approx(0.8)


def test_details_that_contradict_take_off_visibly(index: Index) -> None:
    match = index.search(Query(name="Mohammad Al-Otaibi", birth_date="1955-01-01", countries=("fr",)))[0]
    assert {"birth_date", "country"} <= {part.feature for part in match.evidence}
    assert match.score < 0.8
    assert match.score == pytest.approx(sum(part.score for part in match.evidence))


def test_a_lone_generic_word_finds_nobody(index: Index) -> None:
    assert found(index, name="Bank") == []


def test_a_misspelt_telling_word_beside_an_exact_generic_one(index: Index) -> None:
    assert found(index, name="Bank Melat") == ["mellat"]


def test_names_answer_only_once_they_were_known(index: Index) -> None:
    assert found(index, name="Old Zephyr", known=starts(parse_moment("2023-06-01"))) == []
    assert found(index, name="Old Zephyr", known=starts(parse_moment("2024-06-01"))) == ["renamed"]


def test_names_answer_only_once_they_were_recorded(index: Index) -> None:
    assert found(index, name="Quixotic Traders", recorded=8) == []
    assert found(index, name="Quixotic Traders", recorded=9) == ["later"]


def test_the_same_parties_make_the_same_hash(tmp_path: Path) -> None:
    assert build_index(tmp_path / "a", PARTIES, transaction=1) == build_index(tmp_path / "b", PARTIES, transaction=2)


@pytest.mark.parametrize("content", [b"", b"not an index", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_foreign_or_cut_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.index"
    path.write_bytes(content)
    with pytest.raises(IndexFileError, match="Delete the file"):
        Index.open(path)


def test_a_cut_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.index"
    build_index(path, PARTIES, transaction=1)
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises(IndexFileError):
        Index.open(path)
