"""What the watch tells by ownership, what a person has settled, and a long list that is screened part by part."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vacatur.register import Register
from vacatur.register.update import update_from_file
from vacatur.review.cases import Filter, list_cases, open_cases
from vacatur.review.decide import By, decide
from vacatur.review.remembered import dismissing
from vacatur.screening.batch import BatchScreener
from vacatur.screening.customers import Customer
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked
from vacatur.sources.base import ListDocument
from vacatur.sources.ftm import FollowTheMoney
from vacatur.watch import runs as module
from vacatur.watch.lists import watch_customers, watch_party
from vacatur.watch.notices import Kind, Notice
from vacatur.watch.record import Run, notices_of, standing_hits
from vacatur.watch.runs import is_complete, run_watch
from vacatur.watch.words import details, headline


def entity(id: str, schema: str, datasets: tuple[str, ...] = (), **properties: str) -> str:
    said = {name: [value] for name, value in properties.items()}
    return json.dumps({"id": id, "schema": schema, "datasets": list(datasets), "properties": said})


PARTIES = [entity(name, "Company", name=f"{name.title()} Works") for name in ("parent", "middle", "child", "stranger")]
OWNED = [
    entity("o-1", "Ownership", owner="parent", asset="middle", percentage="60"),
    entity("o-2", "Ownership", owner="middle", asset="child", percentage="100"),
]
LISTED = [entity("s-1", "Sanction", ("us_trade_csl",), entity="parent", programId="US-BIS-EL", startDate="2020-01-10")]


def load(register: Register, folder: Path, lines: list[str], day: date) -> None:
    path = folder / f"{day}.json"
    path.write_text("\n".join(lines), "utf-8")
    document = ListDocument(path, vintage=day)
    update_from_file(register, FollowTheMoney(), document, actor="test", accept_shrunken=True)


def run(register: Register, day: str) -> tuple[Run, list[Notice]]:
    index = open_index(register)
    done = run_watch(
        register, index, now=datetime.fromisoformat(day).replace(tzinfo=UTC), dismissed=dismissing(register)
    )
    index.close()
    with register.engine.connect() as connection:
        return done, notices_of(connection, done.id)


def told(notices: list[Notice]) -> list[tuple[Kind, str, str | None, str | None]]:
    return [(item.kind, item.party, *(_state(item.data[key]) for key in ("before", "now"))) for item in notices]


def _state(reached: dict[str, str] | None) -> str | None:
    return reached["state"] if reached else None


class TestByOwnership:
    """A subsidiary has no entry on any list; BIS's rule reached it from 2025-09-29 and slept from 2025-11-10."""

    @pytest.fixture
    def register(self, filled_register: Register, tmp_path: Path) -> Register:
        load(filled_register, tmp_path, [*PARTIES, *OWNED], date(2020, 1, 1))
        watch_party(filled_register, "child", actor="ann")
        watch_party(filled_register, "stranger", actor="ann")
        return filled_register

    def test_an_owner_that_is_listed_is_told(self, register: Register, tmp_path: Path) -> None:
        run(register, "2025-10-01")
        load(register, tmp_path, [*PARTIES, *OWNED, *LISTED], date(2025, 10, 2))
        _, notices = run(register, "2025-10-03")
        assert told(notices) == [(Kind.STATUS_BY_OWNERSHIP, "child", None, "in_force")]
        (notice,) = notices
        assert "By ownership: Child Works under" in headline(notice.kind, notice.data)
        assert list(details(notice.kind, notice.data)) == [
            "Middle Works (never listed) owns 100 %, says ftm",
            "Watched as: child",
        ]
        assert run(register, "2025-10-04")[1] == [], "told once"

    def test_days_that_come_are_told(self, register: Register, tmp_path: Path) -> None:
        load(register, tmp_path, [*PARTIES, *OWNED, *LISTED], date(2020, 2, 1))
        assert run(register, "2025-09-20")[1] == []
        changes = [told(run(register, day)[1]) for day in ("2025-09-30", "2025-11-11")]
        assert changes == [
            [(Kind.STATUS_BY_OWNERSHIP, "child", None, "in_force")],
            [(Kind.STATUS_BY_OWNERSHIP, "child", "in_force", "suspended")],
        ]

    def test_a_share_that_is_sold_is_told(self, register: Register, tmp_path: Path) -> None:
        load(register, tmp_path, [*PARTIES, *OWNED, *LISTED], date(2020, 2, 1))
        run(register, "2025-10-01")
        load(register, tmp_path, [*PARTIES, *OWNED[:1], *LISTED], date(2025, 10, 2))
        assert told(run(register, "2025-10-03")[1]) == [(Kind.STATUS_BY_OWNERSHIP, "child", "in_force", None)]

    def test_a_customer_who_is_the_subsidiary_is_told(self, register: Register, tmp_path: Path) -> None:
        watch_customers(register, [("C-9", {"name": "Child Works"})], actor="ann")
        run(register, "2025-10-01")
        load(register, tmp_path, [*PARTIES, *OWNED, *LISTED], date(2025, 10, 2))
        (notice,) = run(register, "2025-10-03")[1]
        assert [item["label"] for item in notice.data["watched"]] == ["child", "Child Works"]


XIAOMI = {"name": "Xiaomi", "country": "cn"}


class TestDecided:
    """A person decided that a customer is not the party."""

    def dismiss(self, register: Register, day: datetime) -> None:
        index = open_index(register)
        batch = BatchScreener(Screener(register, index, Asked(day, day, index.transaction)), limit=1, threshold=0.7)
        result = next(iter(batch.screen([Customer(1, {"id": "C-1", **XIAOMI})])))
        open_cases(register, [result], index.content_hash)
        index.close()
        _, (case,) = list_cases(register, Filter())
        decide(register, case.id, "false_match", reason="a bakery", by=By("Anna"))

    def test_it_is_not_told_until_the_status_changes(self, filled_register: Register) -> None:
        watch_customers(filled_register, [("C-1", XIAOMI), ("C-2", {"name": "Xiaomi"})], actor="ann")
        self.dismiss(filled_register, datetime(2021, 2, 20, tzinfo=UTC))
        _, notices = run(filled_register, "2021-02-21")
        assert [(item.kind, item.data["watched"][0]["key"]) for item in notices] == [(Kind.NEW_HIT, "C-2")]
        with filled_register.engine.connect() as connection:
            assert {hit.watched for hit in standing_hits(connection)} == {1, 2}, "both hits are on record"
        _, notices = run(filled_register, "2021-03-13")
        assert {item.kind for item in notices} == {Kind.STATUS_CHANGED}
        for notice in notices:
            assert [item["key"] for item in notice.data["watched"]] == ["C-1", "C-2"], "the decision returned"


def test_a_long_list_is_screened_part_by_part(filled_register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART", 3)
    watch_customers(filled_register, [(f"C-{n}", {"name": "Xiaomi"}) for n in range(5)], actor="ann")
    watch_party(filled_register, "huawei", actor="ann")
    watch_customers(filled_register, [("C-5", {"name": "Xiaomi"})], actor="ann")
    first, notices = run(filled_register, "2021-02-01")
    assert (first.watched_to, first.screened, len(notices)) == (3, 3, 3)
    assert not is_complete(filled_register, first), "killed here, the next run goes on"
    watch_customers(filled_register, [("C-6", {"name": "Nobody"})], actor="ann")
    counts, done = [], first
    while not is_complete(filled_register, done):
        done, notices = run(filled_register, "2021-02-02")
        counts.append((done.watched_to, done.screened, len(notices)))
    assert counts == [(6, 2, 2), (8, 2, 1)]
    assert run(filled_register, "2021-02-03")[0].screened == 0
