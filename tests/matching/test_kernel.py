"""The kernel against the plain Python that it repeats, and against files that are not what they should be."""

import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching.lists import WORDS, names, parties, queries

from vacatur.matching import reference
from vacatur.matching.index import Index, IndexFileError, build_index
from vacatur.matching.kernel.rules import rules
from vacatur.matching.model import IndexedName, IndexedParty, Match, Query
from vacatur.names.folding import tokens, words
from vacatur.names.forms import FORMS
from vacatur.names.kinds import NUMERALS, TENS

FRAGMENTS = [
    *(" ".join(form) for form in FORMS),
    *TENS,
    *NUMERALS,
    *"abd abdu al el s.a. U.S.A. A.B. J. o'neill x.y a.b.c. (x) 05 12 's _ é".split(),
]
PUNCTUATED = st.text("ab.Z _1'-\t\n\x1c\"`,()S", max_size=16)


def told(matches: list[Match]) -> list[object]:
    return [(match.party, match.score, match.name, match.evidence) for match in matches]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=6).map(" ".join) | PUNCTUATED)
@settings(max_examples=500, deadline=None)
def test_names_are_cut_as_python_cuts_them(name: str) -> None:
    name = name.encode("ascii", "ignore").decode()
    assert rules().tokens(name) == (words(name), tokens(name))


@given(parties, st.lists(queries, min_size=1, max_size=6), st.sampled_from([0.5, 0.7, 0.85]))
@settings(max_examples=150, deadline=None)
def test_the_kernel_finds_scores_and_orders_as_the_reference(
    parties: list[IndexedParty], queries: list[Query], threshold: float
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder) / "index", parties, transaction=1)
        index = Index.open(Path(folder) / "index")
    weigh = reference.ListWeights(parties)
    assert {word: index.weigh(word) for word in WORDS if word.isascii()} == {
        word: weigh(word) for word in WORDS if word.isascii()
    }
    for query, found in zip(queries, index.search_many(queries, 50, threshold), strict=True):
        assert told(found) == told(reference.search(parties, query, 50, threshold, weigh=weigh))


@given(names, names)
@settings(deadline=None)
def test_evidence_sums_to_the_score(query: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder) / "index", [IndexedParty("one", "Company", (IndexedName(name),))], transaction=1)
        for match in Index.open(Path(folder) / "index").search(Query(query), threshold=0.3):
            assert match.score == pytest.approx(sum(part.score for part in match.evidence))


def many_parties(count: int) -> list[IndexedParty]:
    source = random.Random(count)
    return [
        IndexedParty(
            f"party-{number}",
            source.choice(["Person", "Company"]),
            tuple(IndexedName(" ".join(source.choices(WORDS, k=source.randrange(1, 5)))) for _ in range(2)),
            identifiers=(("isin", f"XX{number}"),),
        )
        for number in range(count)
    ]


QUERIES = [Query(" ".join(pair)) for pair in zip(WORDS, reversed(WORDS), strict=True)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kernel") / "many.index"
    build_index(path, many_parties(300), transaction=7)
    return path


def test_the_same_parties_make_the_same_bytes(built: Path, tmp_path: Path) -> None:
    build_index(tmp_path / "again", many_parties(300), transaction=7)
    assert (tmp_path / "again").read_bytes() == built.read_bytes()


def test_nothing_is_left_beside_the_file(built: Path) -> None:
    assert [path.name for path in built.parent.iterdir()] == [built.name]


def test_a_failed_build_leaves_the_old_file(built: Path) -> None:
    before = built.read_bytes()

    def broken() -> object:
        yield many_parties(1)[0]
        raise RuntimeError("the register went away")

    with pytest.raises(RuntimeError):
        build_index(built, broken(), transaction=8)  # type: ignore[arg-type]
    assert built.read_bytes() == before


def test_threads_search_one_index_at_once(built: Path) -> None:
    index = Index.open(built)
    alone = [told(found) for found in index.search_many(QUERIES)]
    with ThreadPoolExecutor(8) as threads:
        for together in threads.map(lambda _: [told(index.search(query)) for query in QUERIES], range(16)):
            assert together == alone


def test_an_index_that_is_closed_says_so(built: Path) -> None:
    index = Index.open(built)
    index.close()
    with pytest.raises(ValueError, match="closed"):
        index.search(Query("Huawei"))


def test_names_of_any_length_and_text_are_survived(tmp_path: Path) -> None:
    odd = ["", " ", "\x00", "\ud800", "a" * 5_000, "ab " * 2_000, "§llc", "…", "i" * 70 + " " + "j" * 70, "1" * 300]
    held = [IndexedParty(f"p{place}", "Company", (IndexedName(text),)) for place, text in enumerate(odd)]
    build_index(tmp_path / "odd", held, transaction=1)
    index = Index.open(tmp_path / "odd")
    found = [{match.party for match in matches} for matches in index.search_many([Query(text) for text in odd])]
    assert "p4" in found[4]
    assert "p8" in found[8]
    assert index.search(Query("a" * 4_999))[0].party == "p4"


@pytest.mark.parametrize("place", [0, 9, 15, 40, 60, 100, 700, 1_500, -1, -2_000])
def test_a_changed_byte_is_refused(built: Path, tmp_path: Path, place: int) -> None:
    content = bytearray(built.read_bytes())
    content[place] ^= 4
    path = tmp_path / "changed"
    path.write_bytes(content)
    with pytest.raises(IndexFileError, match="Delete the file"):
        Index.open(path)


@given(st.floats(0, 1, exclude_max=True))
@settings(max_examples=30, deadline=None)
def test_a_cut_file_is_refused(share: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        build_index(path, many_parties(3), transaction=1)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(IndexFileError):
            Index.open(path)


def test_a_file_of_a_newer_format_is_refused(built: Path, tmp_path: Path) -> None:
    content = bytearray(built.read_bytes())
    content[8] += 1
    (tmp_path / "newer").write_bytes(content)
    with pytest.raises(IndexFileError, match="another version"):
        Index.open(tmp_path / "newer")
