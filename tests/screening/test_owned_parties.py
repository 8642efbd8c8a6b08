"""Ownership as a stream of entities tells it: a subsidiary's status by ownership, apart from listings of its own."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from vacatur.law.moments import parse_moment
from vacatur.matching.model import Query
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.update import update_from_file
from vacatur.review.basis import Basis, basis_of_hit, changes
from vacatur.screening.batch import COLUMNS, BatchScreener, result_rows
from vacatur.screening.customers import Customer
from vacatur.screening.indexing import open_index
from vacatur.screening.ownership import Ownership, first_day, last_day, opener, ownership_of, percent_of
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked
from vacatur.sources.base import ListDocument
from vacatur.sources.ftm import FollowTheMoney


def entity(id: str, schema: str, **properties: str) -> str:
    return json.dumps({"id": id, "schema": schema, "properties": {k: [v] for k, v in properties.items()}})


def company(id: str, name: str) -> str:
    return entity(id, "Company", name=name)


def owns(owner: str, asset: str, share: str, **days: str) -> str:
    return entity(f"{owner}-{asset}", "Ownership", owner=owner, asset=asset, percentage=share, **days)


def listed(id: str, party: str, program: str, day: str) -> str:
    sanction = {
        "id": id,
        "schema": "Sanction",
        "datasets": ["us_trade_csl"],
        "properties": {"entity": [party], "programId": [program], "startDate": [day], "listingDate": [day]},
    }
    return json.dumps(sanction)


STREAM = [
    company("parent", "Parent Works"),
    company("middle", "Middle Holdings"),
    company("child", "Child Trading"),
    company("bystander", "Bystander Trading"),
    listed("listing", "parent", "US-BIS-EL", "2020-01-10"),
    owns("parent", "middle", "50"),
    owns("middle", "child", "100 %", startDate="2022"),
    owns("parent", "bystander", "49.9"),
]


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = Register.open(f"sqlite:///{tmp_path / 'register.db'}")
    ensure_dossiers(register)
    return register


def load(register: Register, tmp_path: Path, lines: list[str], day: date) -> None:
    path = tmp_path / f"{day}.ftm.json"
    path.write_text("\n".join(lines), "utf-8")
    update_from_file(register, FollowTheMoney(), ListDocument(path, vintage=day), actor="test")


def ask(register: Register, party: str, on: str) -> Ownership:
    asked = Asked(parse_moment(on), parse_moment("2030-01-01"), register.newest_transaction())
    snapshot = register.snapshot(asked.recorded)
    opened = opener(snapshot, asked)
    dossier = opened(party)
    assert dossier is not None
    assert party == "parent" or not dossier.measure_ids()
    return ownership_of(dossier, snapshot, asked, opened)


def states(register: Register, party: str, on: str) -> dict[str, str]:
    return {item.by.measure.id: item.by.state.value for item in ask(register, party, on).reached}


def test_without_a_source_that_tells_nothing_was_checked(register: Register, tmp_path: Path) -> None:
    load(register, tmp_path, STREAM[:5], date(2020, 2, 1))
    assert ask(register, "child", "2025-10-01").told is False


def test_a_subsidiary_is_reached_while_the_affiliates_rule_is_in_force(register: Register, tmp_path: Path) -> None:
    """BIS's rule began on 2025-09-29 and slept from 2025-11-10 to 2026-11-09."""
    load(register, tmp_path, STREAM, date(2020, 2, 1))
    days = ["2025-09-28", "2025-09-29", "2025-11-09", "2025-11-10", "2026-11-09"]
    found = [states(register, "child", day).get("entity-list") for day in days]
    assert found == [None, "in_force", "in_force", "suspended", "suspended"]


def test_it_says_since_when_through_whom_and_by_which_rule(register: Register, tmp_path: Path) -> None:
    load(register, tmp_path, STREAM, date(2020, 2, 1))
    (item,) = ask(register, "child", "2025-10-01").reached
    assert item.since == parse_moment_start("2025-09-29")
    assert item.by.rule.documents
    (middle,) = item.by.owners
    (parent,) = middle.owners
    assert (middle.holding.owner, parent.holding.owner) == ("middle", "parent")
    assert middle.holding.starts == date(2022, 1, 1)


def parse_moment_start(day: str) -> int:
    from vacatur.law.moments import starts

    return starts(parse_moment(day), "America/New_York")


def test_a_minority_is_told_and_does_not_reach(register: Register, tmp_path: Path) -> None:
    load(register, tmp_path, STREAM, date(2020, 2, 1))
    found = ask(register, "bystander", "2025-10-01")
    assert [(item.owner, item.percent) for item in found.owners] == [("parent", Decimal("49.9"))]
    assert found.reached == ()
    assert [item.asset for item in ask(register, "parent", "2025-10-01").owns] == ["bystander", "middle"]


def test_a_holding_sold_by_the_next_edition_counts_only_before(register: Register, tmp_path: Path) -> None:
    load(register, tmp_path, STREAM, date(2020, 2, 1))
    load(register, tmp_path, [line for line in STREAM if '"middle-child"' not in line], date(2025, 10, 15))
    assert states(register, "child", "2025-10-01") == {"entity-list": "in_force"}
    assert states(register, "child", "2025-10-20") == {}


@pytest.mark.parametrize(
    ("text", "share"),
    [("50", "50"), ("50.01 %", "50.01"), ("33,3", "33.3"), ("25-50", "25"), ("most", None), ("0", None), ("250", None)],
)
def test_a_share_is_the_least_that_the_words_tell(text: str, share: str | None) -> None:
    assert percent_of(text) == (None if share is None else Decimal(share))


def test_a_year_begins_and_ends() -> None:
    assert (first_day("2022"), last_day("2022")) == (date(2022, 1, 1), date(2022, 12, 31))
    assert (first_day("2024-02"), last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert first_day("soon") is None
    assert last_day("2022-13") is None


def test_a_row_of_hits_tells_a_status_by_ownership(register: Register, tmp_path: Path) -> None:
    load(register, tmp_path, STREAM, date(2020, 2, 1))
    asked = Asked(parse_moment("2025-10-01"), parse_moment("2030-01-01"), register.newest_transaction())
    screener = Screener(register, open_index(register), asked)
    batch = BatchScreener(screener, limit=5, threshold=0.9)
    (result,) = batch.screen([Customer(1, {"name": "Child Trading"})])
    (row,) = [dict(zip(COLUMNS, row, strict=True)) for row in result_rows(result)]
    assert (row["party"], row["measure"], row["state"], row["extent"]) == (
        "child", "entity-list", "in_force", "by ownership",
    )  # fmt: skip
    assert row["because"] == "100 % held by Middle Holdings (ftm)"


def test_a_decision_rests_on_it_too(register: Register, tmp_path: Path) -> None:
    """A false match comes back when the party's owner is listed."""
    load(register, tmp_path, STREAM, date(2020, 2, 1))

    def basis(on: str) -> Basis:
        asked = Asked(parse_moment(on), parse_moment("2030-01-01"), register.newest_transaction())
        screener = Screener(register, open_index(register), asked)
        (hit,) = screener.screen(Query(name="Child Trading"), threshold=0.9).hits
        return basis_of_hit({"name": "Child Trading"}, hit)

    assert changes(basis("2025-10-01"), basis("2025-10-01")) == ()
    assert changes(basis("2025-09-01"), basis("2025-10-01")) == (
        "entity-list by ownership: new, in force since 2025-09-29",
    )
