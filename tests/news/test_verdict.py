"""A claim against the record: supported by an act that agrees, contradicted by one that excludes, else unknown."""

import json
from datetime import UTC, datetime

import pytest

from vacatur.news.reading import read_article
from vacatur.news.record import MemoryRecord
from vacatur.news.verdict import CheckedClaim, same_court

NOW = int(datetime(2026, 11, 24, tzinfo=UTC).timestamp())


def check(text: str, record: MemoryRecord, published: str | None) -> list[CheckedClaim]:
    page = {"text": text, "title": "", "published": published}
    return list(read_article(json.dumps(page), record, now=NOW).claims)


def one(text: str, record: MemoryRecord, published: str | None = "2021-03-14") -> CheckedClaim:
    claims = check(text, record, published)
    assert len(claims) == 1, [item.claim.kind for item in claims]
    return claims[0]


def test_an_act_that_agrees_supports(small: MemoryRecord) -> None:
    found = one("On March 12, Judge Rudolph Contreras temporarily removed Xiaomi from the military blacklist.", small)
    assert (found.then.outcome, found.then.evidence) == ("supported", ("x-pi",))
    assert found.then.note == "the order suspended the listing; the entry stayed on the list until 2021-05-25"


def test_removed_where_the_court_suspended_is_overstated(small: MemoryRecord) -> None:
    found = one("Xiaomi has been removed from the US military blacklist.", small)
    assert (found.then.outcome, found.then.evidence) == ("contradicted", ("x-pi",))
    assert found.then.note.startswith("overstated: the order suspended the listing")


def test_removed_after_the_vacatur_is_right(small: MemoryRecord) -> None:
    found = one("Xiaomi has been removed from the US military blacklist.", small, "2021-05-27")
    assert (found.then.outcome, found.then.evidence) == ("supported", ("x-vacated",))


def test_what_came_later_does_not_bear_out_what_was_said_before(small: MemoryRecord) -> None:
    found = one("Xiaomi's designation was vacated by a court.", small, "2021-02-10")
    assert (found.then.outcome, found.now.outcome) == ("unknown", "unknown")


def test_another_judge_contradicts(small: MemoryRecord) -> None:
    text = "On March 12, Judge Amy Jackson blocked the Pentagon's blacklisting of Xiaomi."
    found = one(text, small)
    assert (found.then.outcome, found.then.note) == ("contradicted", "judge: the record says Rudolph Contreras")


def test_another_day_contradicts_where_only_one_can_be_meant(small: MemoryRecord) -> None:
    found = one("The Pentagon added Xiaomi to its CCMC list on December 3, 2020.", small)
    assert (found.then.outcome, found.then.note) == ("contradicted", "date: the record says 2021-01-14")


def test_a_ruling_the_other_way_on_that_day_contradicts(small: MemoryRecord) -> None:
    found = one("On March 12, 2021, a judge upheld the designation of Xiaomi as a CCMC.", small)
    assert (found.then.outcome, found.then.evidence) == ("contradicted", ("x-pi",))


def test_a_few_days_off_is_the_press(small: MemoryRecord) -> None:
    found = one("The Pentagon added Xiaomi to its CCMC list on January 15, 2021.", small)
    assert found.then.outcome == "supported"


@pytest.mark.parametrize(
    ("text", "day", "outcome"),
    [
        ("Xiaomi remains on the CCMC list.", "2021-02-01", "supported"),
        ("Xiaomi remains on the CCMC list.", "2021-03-20", "supported"),
        ("Xiaomi remains on the CCMC list.", "2021-06-01", "contradicted"),
        ("Xiaomi remains on the CCMC list.", "2020-06-01", "unknown"),
        ("ZTE's denial order was lifted in July 2018.", "2018-08-01", "supported"),
        ("Acme Drones was removed from the 1260H list in March 2023.", "2023-04-01", "unknown"),
        ("Xiaomi was never sanctioned by OFAC.", "2021-03-14", "unknown"),
        ("The Pentagon added Unheard Systems Ltd to its blacklist.", "2021-03-14", "unknown"),
    ],
)
def test_outcomes(text: str, day: str, outcome: str, small: MemoryRecord) -> None:
    assert one(text, small, day).then.outcome == outcome


def test_later_knowledge_excludes_a_removal_that_never_was(small: MemoryRecord) -> None:
    found = one("Acme Drones was removed from the 1260H list in March 2023.", small, "2023-04-01")
    assert (found.then.outcome, found.now.outcome) == ("unknown", "contradicted")


def test_a_removal_before_a_new_listing_bears_out_no_removal(record: MemoryRecord) -> None:
    found = one("Luokung was removed from the CCMC list.", record, "2021-05-10")
    assert found.then.outcome == "contradicted"
    assert found.then.note.startswith("overstated")


def test_no_reversal_is_contradicted_by_relief(small: MemoryRecord) -> None:
    text = "Xiaomi was able to reverse its listing unlike what happened to ZTE."
    found = one(text, small, "2021-06-01")
    assert (found.claim.negated, found.then.outcome, found.then.evidence) == (True, "contradicted", ("z-lifted",))


def test_an_article_without_a_day_is_dated_by_what_it_tells(small: MemoryRecord) -> None:
    text = "Judge Rudolph Contreras granted Xiaomi a preliminary injunction. It was able to win unlike ZTE."
    outcomes = {item.claim.party.id: item.then.outcome for item in check(text, small, None)}
    assert outcomes == {"xiaomi": "supported", "zte": "contradicted"}


def test_what_the_register_lacks_is_proposed_and_counts_nowhere(small: MemoryRecord) -> None:
    text = "The Pentagon added Acme Drones Ltd to its CCMC list on January 15, 2021."
    reading = read_article(text, small, now=NOW)
    (proposed,) = reading.proposed
    assert proposed.proposed
    assert (proposed.kind, proposed.measures, proposed.parties) == ("designated", ("ccmc-1237",), {"acme"})
    assert proposed.summary == text


@pytest.mark.parametrize(
    ("said", "recorded", "same"),
    [
        ("US district court", "D.D.C.", True),
        ("US district court", "D.C. Cir.", False),
        ("US appeals court", "9th Cir.", True),
        ("General Court of the EU", "General Court of the European Union, President", True),
        ("D.D.C.", "N.D. Cal.", False),
        ("US court", "General Court of the European Union", False),
    ],
)
def test_courts_by_general_and_by_own_names(said: str, recorded: str, same: bool) -> None:
    assert same_court(said, recorded) is same


def test_another_governments_sanctions_are_not_those_of_the_register(record: MemoryRecord) -> None:
    found = one("Oleg Deripaska was sanctioned by Canada in April 2018.", record, "2022-05-10")
    assert (found.claim.measure, found.then.outcome) == ("elsewhere", "unknown")


def test_a_first_designation_is_not_contradicted_by_the_final_one(record: MemoryRecord) -> None:
    text = "On November 22, 2019 the FCC initially designated Huawei as a threat to national security."
    assert one(text, record, "2021-06-21").then.outcome == "unknown"
