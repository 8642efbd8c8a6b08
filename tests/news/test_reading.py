"""The whole reading: the contract's document, its offsets, the article that the project started from, and figures."""

import json
from pathlib import Path

import pytest

from vacatur.news.citations import find_citations
from vacatur.news.evaluate import evaluate
from vacatur.news.names import NameIndex
from vacatur.news.page import PageError
from vacatur.news.reading import read_article, to_json
from vacatur.news.record import MemoryRecord

ARTICLES = Path(__file__).parent / "articles"
OWN = sorted([*ARTICLES.glob("train/*.json"), *ARTICLES.glob("press/*.json")])


@pytest.mark.parametrize("file", OWN, ids=[file.stem for file in OWN])
def test_every_offset_points_at_what_it_says(file: Path, record: MemoryRecord, index: NameIndex) -> None:
    document = json.loads(json.dumps(to_json(read_article(file.read_text("utf-8"), record, index=index))))
    text = document["article"]["text"]
    for item in [*document["mentions"], *document["quotes"]]:
        assert text[item["start"] : item["end"]] == item["text"]
    for claim in document["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["sentence"]


def test_the_contracts_keys(record: MemoryRecord, index: NameIndex) -> None:
    document = to_json(read_article('DJI was added to the Entity List. "We will sue," DJI said.', record, index=index))
    assert {"title", "published", "author", "url", "text"} <= set(document["article"])
    assert {"text", "start", "end", "party", "score"} <= set(document["mentions"][0])
    assert {
        *("sentence", "start", "end", "party", "measure", "kind", "date", "court", "judge"),
        *("negated", "verdict", "evidence", "note"),
    } <= set(document["claims"][0])
    assert {"speaker", "text", "start", "end"} <= set(document["quotes"][0])
    assert document["related"] == []


def test_own_articles_keep_their_figures(record: MemoryRecord, index: NameIndex) -> None:
    found = evaluate(ARTICLES / "train", record, index)
    assert found.false_supported == ()
    assert found.scores["party, kind"].precision >= 0.95
    assert found.scores["party, kind"].recall >= 0.90
    assert found.scores["quote spans"].f1 == 1.0


def test_articles_by_another_hand_keep_their_figures(record: MemoryRecord, index: NameIndex) -> None:
    found = evaluate(ARTICLES / "press", record, index)
    assert found.scores["parties"].precision >= 0.88
    assert found.scores["party, kind"].precision >= 0.83
    assert found.scores["party, kind"].recall >= 0.65
    assert found.scores["quote spans"].f1 >= 0.95
    assert found.scores["speakers"].precision >= 0.80


def test_put_away_articles_support_nothing_false(record: MemoryRecord, index: NameIndex) -> None:
    assert evaluate(ARTICLES / "test", record, index).false_supported == ()


def test_real_articles_keep_their_figures(real_articles: Path, record: MemoryRecord, index: NameIndex) -> None:
    found = evaluate(real_articles, record, index)
    assert found.false_supported == ()
    for name in ("party, kind", "list", "date", "quote spans", "speakers"):
        assert found.scores[name].f1 >= 0.95, found.scores[name].slips


def test_the_seed_comes_out_as_its_record_says(real_articles: Path, record: MemoryRecord, index: NameIndex) -> None:
    page = (real_articles / "seed_xiaomi_2021.json").read_bytes()
    claims = to_json(read_article(page, record, index=index))["claims"]
    told = {(c["party"]["id"], c["kind"], c["negated"]): (c["verdict"], c["evidence"]) for c in claims}
    assert told["xiaomi", "preliminary_injunction_granted", False] == ("supported", ["xiaomi-injunction"])
    assert told["xiaomi", "designated", False][0] == "supported"
    assert told["xiaomi", "complaint_filed", False][0] == "supported"
    assert {party: told[party, "vacated", True][0] for party in ("zte", "huawei", "wechat", "tiktok")} == {
        "zte": "contradicted",
        "wechat": "contradicted",
        "tiktok": "contradicted",
        "huawei": "unknown",
    }
    notes = [c["note"] for c in claims if c["kind"] == "preliminary_injunction_granted"]
    assert notes == ["the order suspended the listing; the entry stayed on the list until 2021-05-25"]


def test_a_folder_without_labels_is_refused(tmp_path: Path, record: MemoryRecord, index: NameIndex) -> None:
    with pytest.raises(PageError, match="no labelled articles"):
        evaluate(tmp_path, record, index)
    (tmp_path / "a.json").write_text('{"text": "x"}')
    with pytest.raises(PageError, match="no labels"):
        evaluate(tmp_path, record, index)


def test_citations() -> None:
    text = (
        "See Luokung, 538 F. Supp. 3d 174 (D.D.C. 2021), No. 1:21-cv-00280, 86 Fed. Reg. 33994, E.O. 13959, T-304/22."
    )
    assert [(c.kind, c.text) for c in find_citations(text)] == [
        ("reporter", "538 F. Supp. 3d 174"),
        ("docket", "1:21-cv-00280"),
        ("register", "86 FR 33994"),
        ("executive_order", "EO 13959"),
        ("docket", "T-304/22"),
    ]
