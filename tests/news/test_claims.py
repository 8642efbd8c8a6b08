"""Ways of saying it, one sentence each, and the slots that a claim takes from its article."""

from pathlib import Path

import pytest
import yaml

from vacatur.news.claim import Claim
from vacatur.news.mentions import Form
from vacatur.news.names import NameIndex
from vacatur.news.page import make_article, parse_published
from vacatur.news.reading import extract
from vacatur.news.record import MemoryRecord
from vacatur.news.scene import Scene

SAYINGS = [
    saying
    for name in ("sayings.yaml", "sayings_press.yaml")
    for saying in yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
]


def read(text: str, record: MemoryRecord, index: NameIndex, day: str = "2026-06-20") -> tuple[Scene, list[Claim]]:
    return extract(make_article(text, published=parse_published(day)), record, index)


@pytest.mark.parametrize("saying", SAYINGS, ids=[item["text"][:60] for item in SAYINGS])
def test_saying(saying: dict[str, object], record: MemoryRecord, index: NameIndex) -> None:
    text = str(saying["text"])
    scene, claims = read(text, record, index)

    def named(claim: Claim) -> str:
        for mention in scene.mentions:
            plain = mention.form in (Form.NAME, Form.SHORT, Form.UNLISTED) and len(mention.parties) == 1
            if plain and mention.parties[0].key == claim.party.key:
                return mention.span.of(text)
        return claim.party.caption

    assert {f"{named(c)} {'not ' if c.negated else ''}{c.kind}" for c in claims} == set(saying["says"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("day", "measure"), [("2021-03-01", "ccmc-1237"), ("2024-03-01", "1260h")], ids=["before June 2021", "after"]
)
def test_the_military_blacklist_is_the_one_of_its_day(
    day: str, measure: str, record: MemoryRecord, index: NameIndex
) -> None:
    _, claims = read("DJI was added to the US military blacklist.", record, index, day)
    assert [claim.measure for claim in claims] == [measure]


def test_each_date_belongs_to_its_own_event(record: MemoryRecord, index: NameIndex) -> None:
    text = "AMEC was added to the 1260H list in January and filed suit in August 2024."
    _, claims = read(text, record, index, "2024-12-17")
    assert {claim.kind: claim.date.iso for claim in claims if claim.date} == {
        "designated": "2024-01",
        "complaint_filed": "2024-08",
    }


def test_a_deadline_is_no_date_of_an_event(record: MemoryRecord, index: NameIndex) -> None:
    _, claims = read("SMIC was put on the Entity List before March 1, 2021.", record, index)
    assert [claim.date for claim in claims] == [None]


def test_judge_and_court_by_their_full_names(record: MemoryRecord, index: NameIndex) -> None:
    text = "U.S. District Judge Rudolph Contreras heard Xiaomi in March. Contreras granted it a preliminary injunction."
    _, claims = read(text, record, index, "2021-03-13")
    assert [(claim.kind, claim.judge) for claim in claims] == [
        ("preliminary_injunction_granted", "Rudolph Contreras"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "DJI was added to the Entity List, AMEC's chairman wrote on WeChat.",
        "Sent by WeChat: DJI was added to the Entity List.",
    ],
)
def test_a_channel_is_no_party(text: str, record: MemoryRecord, index: NameIndex) -> None:
    _, claims = read(text, record, index)
    assert {claim.party.id for claim in claims} == {"dji"}


def test_short_names_and_stand_ins(record: MemoryRecord, index: NameIndex) -> None:
    text = (
        "Advanced Micro-Fabrication Equipment (AMEC) makes tools. The company was added to the 1260H list. "
        "The Pentagon later removed it from the list."
    )
    _, claims = read(text, record, index)
    assert [(claim.party.id, claim.kind) for claim in claims] == [("amec", "designated"), ("amec", "delisted")]


def test_both_firms_are_the_two_just_named(record: MemoryRecord, index: NameIndex) -> None:
    _, claims = read("Hikvision and Dahua appealed. Both firms remain on the Covered List.", record, index)
    assert {claim.party.caption for claim in claims if claim.kind == "remains_listed"} == {
        "Hangzhou Hikvision Digital Technology Co., Ltd.",
        "Dahua",
    }


def test_a_quoted_claim_keeps_its_speaker(record: MemoryRecord, index: NameIndex) -> None:
    _, claims = read('"DJI was added to the Entity List in 2020," Adam Welsh said.', record, index)
    assert [claim.asserted_by for claim in claims] == ["Adam Welsh"]
