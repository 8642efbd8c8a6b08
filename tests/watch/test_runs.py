"""A run of the watch: what the change touches is looked at again, and told once."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from engines import NewUrl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vacatur.errors import UserError
from vacatur.law.acts import Act, Measure
from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.record import StoredDocument, record_measures, record_vintage
from vacatur.register.review import accept, import_acts, propose, retract
from vacatur.register.staging import stage_entries
from vacatur.screening.indexing import open_index
from vacatur.watch import runs as module
from vacatur.watch.lists import unwatch, watch_customers, watch_party
from vacatur.watch.notices import Kind, Notice
from vacatur.watch.record import Run, list_runs, notices_of, standing_hits
from vacatur.watch.runs import run_watch

MEASURE = Measure("test-list", "A list", "An authority", zone="UTC")
NAMES = ["Norvik Shipping", "Halden Metals", "Brusk Aviation", "Orinda Trading", "Calder Optics", "Tamsin Foods"]


def listing(number: int, name: str = "", country: str = "") -> Entry:
    values = {"name": [name or f"{NAMES[number % len(NAMES)]} {number}"], "country": [country]}
    return Entry(make_party(f"test-{number}", "Company", values), (Listing("test-list", list="T"),))


def record(register: Register, day: date, entries: list[Entry]) -> None:
    with register.transaction("test", f"edition {day}") as writer:
        record_measures(writer, [MEASURE])
        tally = stage_entries(writer, "test", iter(entries))
        document = StoredDocument(f"{day}-{[entry.digest for entry in entries]}", "test.csv", 1)
        record_vintage(writer, "test", day, document, tally, {"T": "test-list"})


def run(register: Register, day: str, **options: bool) -> tuple[Run, list[Notice]]:
    index = open_index(register)
    done = run_watch(register, index, now=datetime.fromisoformat(day).replace(tzinfo=UTC), **options)
    index.close()
    with register.engine.connect() as connection:
        return done, notices_of(connection, done.id)


def told(notices: list[Notice]) -> list[tuple[Kind, str]]:
    return [(item.kind, item.party) for item in notices]


def customer(name: str, key: str | None = None, **fields: str) -> tuple[str | None, dict[str, str]]:
    return key, {"name": name, **fields}


def test_a_new_customer_is_screened_once_and_told_once(filled_register: Register) -> None:
    watch_customers(filled_register, [customer("Xiaomi Corporation", "C1"), customer("Nobody At All")], actor="ann")
    done, notices = run(filled_register, "2021-02-01")
    assert told(notices) == [(Kind.NEW_HIT, "xiaomi")]
    assert notices[0].data["watched"] == [{"id": 1, "key": "C1", "label": "Xiaomi Corporation"}]
    assert (done.customers, done.screened) == (2, 2)
    again, notices = run(filled_register, "2021-02-01")
    assert (told(notices), again.screened, again.notices) == ([], 0, 0)


def test_a_run_without_change_is_on_record_as_proof(filled_register: Register) -> None:
    watch_party(filled_register, "gowin", actor="ann")
    run(filled_register, "2026-01-01")
    done, notices = run(filled_register, "2026-01-02")
    assert notices == []
    index = open_index(filled_register)
    assert list_runs(filled_register)[0] == done
    assert (done.transaction, done.index, done.parties) == (1, index.content_hash, 1)
    assert done.coverage[0]["source"] == "dossiers"
    index.close()


class TestStatus:
    """Xiaomi: designated 2021-01-14, its listing suspended by a court on 2021-03-12, vacated on 2021-05-25."""

    @pytest.fixture
    def register(self, filled_register: Register) -> Register:
        watch_party(filled_register, "xiaomi", actor="ann")
        run(filled_register, "2021-03-01")
        return filled_register

    def test_an_injunction_is_told_with_the_act_that_made_it(self, register: Register) -> None:
        _, notices = run(register, "2021-03-13")
        notice = next(item for item in notices if item.data["measure"]["id"] == "ccmc-1237")
        assert (notice.kind, notice.party) == (Kind.STATUS_CHANGED, "xiaomi")
        assert (notice.data["before"]["state"], notice.data["now"]["state"]) == ("in_force", "suspended")
        assert notice.data["cause"] == "date"
        assert [act["kind"] for act in notice.data["acts"]] == ["preliminary_injunction_granted"]
        assert notice.data["acts"][0]["documents"]

    def test_it_is_told_once(self, register: Register) -> None:
        run(register, "2021-03-13")
        done, notices = run(register, "2021-03-14")
        assert (notices, done.judged) == ([], 0)

    def test_days_that_pass_between_two_runs_count(self, register: Register) -> None:
        _, notices = run(register, "2021-06-01")
        states = {item.data["measure"]["id"]: item.data["now"]["state"] for item in notices}
        assert states["ccmc-1237"] == "ended"

    def test_a_party_hit_by_a_customer_is_told_about_too(self, filled_register: Register) -> None:
        watch_customers(filled_register, [customer("Xiaomi Corporation", "C1")], actor="ann")
        run(filled_register, "2021-03-01")
        _, notices = run(filled_register, "2021-03-13")
        assert (Kind.STATUS_CHANGED, "xiaomi") in told(notices)
        assert notices[0].data["watched"][0]["key"] == "C1"


WHO = {"actor": "ann", "reason": "seen on the docket"}


class TestActs:
    REMOVAL = Act(
        id="gowin-removed",
        kind="delisted",
        measures=("ccmc-1237",),
        effective=date(2021, 2, 1),
        published=date(2021, 2, 1),
        parties=frozenset({"gowin"}),
    )

    @pytest.fixture
    def register(self, filled_register: Register) -> Register:
        watch_party(filled_register, "gowin", actor="ann")
        run(filled_register, "2021-03-01")
        return filled_register

    def ccmc(self, notices: list[Notice]) -> Notice:
        (notice,) = [item for item in notices if item.data["measure"]["id"] == "ccmc-1237"]
        return notice

    def test_what_is_recorded_is_told_as_recorded(self, register: Register) -> None:
        import_acts(register, [self.REMOVAL], origin="case.yaml", **WHO)
        notice = self.ccmc(run(register, "2021-03-01")[1])
        assert (notice.data["now"]["state"], notice.data["cause"]) == ("ended", "recorded")
        assert [act["act"] for act in notice.data["acts"]] == ["gowin-removed"]

    def test_a_proposal_is_told_as_reported_and_its_acceptance_as_a_status(self, register: Register) -> None:
        propose(register, [self.REMOVAL], origin="a blog", **WHO)
        notice = self.ccmc(run(register, "2021-03-01")[1])
        assert (notice.data["differs"], notice.data["now"]["state"]) == (["reported"], "in_force")
        accept(register, "gowin-removed", actor="bob", reason="read")
        assert self.ccmc(run(register, "2021-03-01")[1]).data["now"]["state"] == "ended"

    def test_a_mistake_that_is_retracted_is_told(self, register: Register) -> None:
        import_acts(register, [self.REMOVAL], origin="case.yaml", **WHO)
        run(register, "2021-03-01")
        retract(register, "gowin-removed", **WHO)
        notice = self.ccmc(run(register, "2021-03-01")[1])
        assert (notice.data["before"]["state"], notice.data["now"]["state"]) == ("ended", "in_force")
        assert [act["act"] for act in notice.data["acts"]] == ["gowin-removed"]


class TestLists:
    def test_an_entry_that_came_is_a_new_hit_for_whom_it_may_be(self, empty_register: Register) -> None:
        record(empty_register, date(2026, 1, 1), [listing(1)])
        names = [customer(name, f"C{number}") for number, name in enumerate(NAMES)]
        watch_customers(empty_register, names, actor="ann")
        run(empty_register, "2026-01-01")
        record(empty_register, date(2026, 1, 2), [listing(1), listing(2, "Brusk Aviation JSC")])
        done, notices = run(empty_register, "2026-01-02")
        assert told(notices) == [(Kind.NEW_HIT, "test-2")]
        assert notices[0].data["watched"][0]["key"] == "C2"
        assert (done.changed, done.screened) == (1, 1)

    def test_an_entry_that_reads_otherwise_is_told_property_by_property(self, empty_register: Register) -> None:
        record(empty_register, date(2026, 1, 1), [listing(1), listing(2)])
        watch_party(empty_register, "test-1", actor="ann")
        run(empty_register, "2026-01-01")
        record(empty_register, date(2026, 1, 2), [listing(1, country="ru"), listing(2, country="cn")])
        _, notices = run(empty_register, "2026-01-02")
        assert told(notices) == [(Kind.PARTY_CHANGED, "test-1")]
        assert notices[0].data["changes"] == {"country": {"added": ["ru"], "removed": []}}

    def test_an_entry_that_is_gone_ends_the_status(self, empty_register: Register) -> None:
        record(empty_register, date(2026, 1, 1), [listing(1), listing(2)])
        watch_party(empty_register, "test-1", actor="ann")
        run(empty_register, "2026-01-01")
        record(empty_register, date(2026, 1, 2), [listing(2)])
        _, notices = run(empty_register, "2026-01-03")
        (notice,) = [item for item in notices if item.kind is Kind.STATUS_CHANGED]
        assert (notice.data["before"]["state"], notice.data["now"]["state"]) == ("in_force", "ended")

    def test_a_corrected_entry_that_speaks_against_it_loses_the_hit(self, empty_register: Register) -> None:
        record(empty_register, date(2026, 1, 1), [listing(1, "Halden Metals Trade")])
        watch_customers(empty_register, [customer("Halden Metal Trading", country="no")], actor="ann", threshold=0.95)
        run(empty_register, "2026-01-01")
        with empty_register.engine.connect() as connection:
            assert [hit.party for hit in standing_hits(connection)] == ["test-1"]
        record(empty_register, date(2026, 1, 1), [listing(1, "Halden Metals Trade", country="ru")])
        assert (Kind.LOST_HIT, "test-1") in told(run(empty_register, "2026-01-02")[1])
        with empty_register.engine.connect() as connection:
            assert list(standing_hits(connection)) == []

    def test_who_is_removed_is_told_nothing(self, empty_register: Register) -> None:
        record(empty_register, date(2026, 1, 1), [listing(1)])
        watch_customers(empty_register, [customer(NAMES[1], "C1")], actor="ann")
        run(empty_register, "2026-01-01")
        unwatch(empty_register, ["C1"], actor="ann")
        record(empty_register, date(2026, 1, 2), [])
        assert run(empty_register, "2026-01-02")[1] == []


LISTS = st.lists(st.sets(st.tuples(st.integers(1, 8), st.sampled_from(["", "ru"]))), min_size=2, max_size=4)


@given(editions=LISTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_change_touches_is_all_that_screening_everyone_would_find(
    new_url: NewUrl, editions: list[set[tuple[int, str]]]
) -> None:
    registers = [Register.open(new_url()) for _ in range(2)]
    outcomes = []
    for register, everyone in zip(registers, (False, True), strict=True):
        names = [customer(f"{name} {number}") for number, name in enumerate(NAMES)]
        watch_customers(register, names, actor="ann")
        seen = []
        for day, edition in enumerate(editions, start=1):
            record(register, date(2026, 1, day), [listing(number, country=code) for number, code in sorted(edition)])
            seen.append([(item.kind, item.data) for item in run(register, f"2026-01-{day:02}", everyone=everyone)[1]])
        outcomes.append(seen)
        register.close()
    assert outcomes[0] == outcomes[1]


def test_two_runs_from_the_same_state_say_the_same(new_url: NewUrl) -> None:
    said = []
    for _ in range(2):
        register = Register.open(new_url())
        record(register, date(2026, 1, 1), [listing(number) for number in range(6)])
        watch_customers(register, [customer(name) for name in NAMES], actor="ann")
        watch_party(register, "test-3", actor="ann")
        said.append(json.dumps([(item.kind, item.data) for item in run(register, "2026-01-05")[1]]))
        register.close()
    assert said[0] == said[1]


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, "record_run", stop)
        yield patched.undo


def test_a_run_that_was_interrupted_finds_the_same_again(
    filled_register: Register, interrupted: Callable[[], None]
) -> None:
    watch_customers(filled_register, [customer("Xiaomi Corporation")], actor="ann")
    with pytest.raises(KeyboardInterrupt):
        run(filled_register, "2021-02-01")
    interrupted()
    assert told(run(filled_register, "2021-02-01")[1]) == [(Kind.NEW_HIT, "xiaomi")]


def test_a_clock_that_went_back_is_refused(filled_register: Register) -> None:
    run(filled_register, "2021-02-01")
    with pytest.raises(UserError, match="check the clock"):
        run(filled_register, "2021-01-01")


def test_of_two_runs_at_once_the_second_is_recorded_by_no_half(filled_register: Register, tmp_path: Path) -> None:
    index = open_index(filled_register)

    def while_running(_: str, __: int) -> None:
        if not list_runs(filled_register):
            run_watch(filled_register, index, now=datetime(2021, 2, 1, tzinfo=UTC))

    watch_customers(filled_register, [customer("Xiaomi Corporation")], actor="ann")
    with pytest.raises(UserError, match="meanwhile"):
        run_watch(filled_register, index, now=datetime(2021, 2, 1, tzinfo=UTC), progress=while_running)
    assert len(list_runs(filled_register)) == 1
    index.close()
