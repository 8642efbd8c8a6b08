"""A hit becomes a case; people decide it; it rests until something that it was decided on changes."""

from dataclasses import replace
from datetime import date

import pytest
from review.conftest import DAY, XIAOMI, Desk

from vacatur.law.acts import Act
from vacatur.register import Register
from vacatur.register import review as acts
from vacatur.register.review import ReviewError
from vacatur.review.agreement import disagreement
from vacatur.review.cases import CaseError, Filter, case_id, list_cases, open_case
from vacatur.review.decide import By, decide, decide_act, demand_four_eyes
from vacatur.review.recheck import recheck
from vacatur.review.remembered import apply_decisions, load_decisions
from vacatur.screening.batch import COLUMNS, result_line, result_rows

ANNA, BO = By("Anna", "11111111"), By("Bo", "22222222")


def words(desk: Desk, **fields: str) -> str:
    result = apply_decisions(desk.screen(XIAOMI | fields), load_decisions(desk.register))
    return next(iter(result_rows(result)))[COLUMNS.index("outcome")]


def test_a_hit_is_one_case_however_often_it_is_met(desk: Desk) -> None:
    assert desk.open() == 1
    assert desk.open() == 0
    assert desk.waiting() == [case_id("id:C-1", "xiaomi")]


def test_a_false_match_is_marked_and_needs_nobody_but_is_not_left_out(desk: Desk) -> None:
    decide(desk.register, desk.case(), "false_match", reason="a bakery", by=ANNA)
    result = apply_decisions(desk.screen(), load_decisions(desk.register))
    assert result.findings == 0
    row = dict(zip(COLUMNS, next(iter(result_rows(result))), strict=True))
    assert row["outcome"] == "decided: false match"
    assert row["decision"].startswith("false match, Anna, 2")
    assert row["decision"].endswith(": a bakery")
    assert '"outcome": "false match", "by": "Anna"' in result_line(result)
    assert desk.open() == 0


def test_a_true_match_is_marked_and_still_is_a_finding(desk: Desk) -> None:
    decide(desk.register, desk.case(), "true_match", reason="same address", by=ANNA)
    result = apply_decisions(desk.screen(), load_decisions(desk.register))
    assert (result.findings, words(desk)) == (1, "decided: true match")


def test_it_returns_when_the_customer_changes(desk: Desk) -> None:
    decide(desk.register, desk.case(), "false_match", reason="a bakery", by=ANNA)
    assert words(desk, country="hk") == "returned: the customer's details changed"
    assert words(desk, country=" cn ") == "decided: false match"


def test_it_returns_when_the_status_changes(desk: Desk) -> None:
    decide(desk.register, desk.case(), "false_match", reason="a bakery", by=ANNA)
    result = apply_decisions(desk.screen(on=date(2021, 7, 1)), load_decisions(desk.register))
    mark = result.marks["xiaomi"]
    assert not mark.is_dismissed
    assert any(change.startswith("ccmc-1237: suspended since 2021-03-12 → ended") for change in mark.changed)
    assert desk.open(on=date(2021, 7, 1)) == 1
    opened = open_case(desk.register, desk.waiting()[0])
    assert opened.case.state == "open"
    assert opened.answer.changes == mark.changed
    assert len(opened.entries) == 1


def test_it_returns_when_the_record_of_the_party_changes(desk: Desk) -> None:
    decide(desk.register, desk.case(), "false_match", reason="a bakery", by=ANNA)
    screened = desk.screen()
    assert screened.answer is not None
    hit = screened.answer.hits[0]
    grown = replace(hit.party, properties=dict(hit.party.properties) | {"alias": ("Little Rice",)})
    changed = replace(screened, answer=replace(screened.answer, hits=(replace(hit, party=grown),)))
    mark = apply_decisions(changed, load_decisions(desk.register)).marks["xiaomi"]
    assert (mark.changed, mark.is_dismissed) == (("the record of the party changed",), False)


def test_a_score_alone_brings_nothing_back(desk: Desk) -> None:
    decide(desk.register, desk.case(), "false_match", reason="a bakery", by=ANNA)
    screened = desk.screen()
    assert screened.answer is not None
    hits = tuple(replace(hit, score=hit.score - 0.01) for hit in screened.answer.hits)
    moved = replace(screened, answer=replace(screened.answer, hits=hits))
    assert apply_decisions(moved, load_decisions(desk.register)).findings == 0


def new_act(**changes: object) -> Act:
    act = Act(
        id="test-2021-03-20",
        kind="stay_granted",
        measures=("ccmc-1237",),
        parties=frozenset({"xiaomi"}),
        effective=date(2021, 3, 20),
        published=date(2021, 3, 20),
        citation="Test v. Test",
    )
    return replace(act, **changes)  # type: ignore[arg-type]


def test_after_an_update_it_comes_back_by_itself(desk: Desk) -> None:
    decide(desk.register, desk.case(), "false_match", reason="a bakery", by=ANNA)
    index = desk.index()
    assert recheck(desk.register, index, index.transaction) == 0
    acts.import_acts(desk.register, [new_act()], origin="test", actor="Anna", reason="read")
    index = desk.index()
    assert recheck(desk.register, index, index.transaction) == 1
    opened = open_case(desk.register, desk.waiting()[0])
    assert any("ccmc-1237" in change for change in opened.answer.changes)
    assert opened.answer.document["question"]["on"] == DAY.isoformat()
    assert recheck(desk.register, index, index.transaction) == 0


def test_need_more_keeps_the_case_in_the_queue(desk: Desk) -> None:
    case = desk.case()
    decide(desk.register, case, "need_more", reason="asked for the registration number", by=ANNA)
    assert open_case(desk.register, case).case.state == "more"
    assert desk.waiting() == [case]
    assert words(desk) == "hit"


class TestFourEyes:
    """Where two persons are demanded."""

    @pytest.fixture(autouse=True)
    def _rules(self, register: Register) -> None:
        demand_four_eyes(register, wanted=True, by=ANNA)

    def test_the_first_decision_waits_and_counts_for_nothing(self, desk: Desk) -> None:
        case = desk.case()
        decide(desk.register, case, "false_match", reason="a bakery", by=ANNA)
        assert open_case(desk.register, case).case.state == "second"
        assert words(desk) == "hit"

    @pytest.mark.parametrize("same", [ANNA, By("Anna"), By(" anna "), By("Somebody", "11111111")])
    def test_the_same_person_cannot_confirm(self, desk: Desk, same: By) -> None:
        case = desk.case()
        decide(desk.register, case, "false_match", reason="a bakery", by=ANNA)
        with pytest.raises(CaseError, match="another person must confirm"):
            decide(desk.register, case, "false_match", reason="really", by=same)
        assert open_case(desk.register, case).case.state == "second"

    def test_another_person_settles_it(self, desk: Desk) -> None:
        case = desk.case()
        decide(desk.register, case, "false_match", reason="a bakery", by=ANNA)
        assert decide(desk.register, case, "false_match", reason="agreed", by=BO).content["stage"] == "settled"
        assert words(desk) == "decided: false match"

    def test_a_second_person_who_differs_is_then_the_first(self, desk: Desk) -> None:
        case = desk.case()
        decide(desk.register, case, "false_match", reason="a bakery", by=ANNA)
        assert decide(desk.register, case, "true_match", reason="same phone", by=BO).content["stage"] == "first"
        with pytest.raises(CaseError, match="Bo decided this first"):
            decide(desk.register, case, "true_match", reason="same phone", by=BO)
        decide(desk.register, case, "true_match", reason="yes", by=ANNA)
        assert words(desk) == "decided: true match"

    def test_a_change_in_between_asks_for_two_persons_again(self, desk: Desk) -> None:
        case = desk.case()
        decide(desk.register, case, "false_match", reason="a bakery", by=ANNA)
        desk.open(on=date(2021, 7, 1))
        assert open_case(desk.register, case).case.state == "open"
        assert decide(desk.register, case, "false_match", reason="a bakery", by=BO).content["stage"] == "first"


@pytest.mark.parametrize(
    ("outcome", "reason", "match"),
    [("maybe", "x", "no outcome"), ("false_match", " \n", "needs a reason"), ("false_match", "x" * 5000, "at most")],
)
def test_what_is_no_decision_is_refused(desk: Desk, outcome: str, reason: str, match: str) -> None:
    with pytest.raises(CaseError, match=match):
        decide(desk.register, desk.case(), outcome, reason=reason, by=ANNA)


def test_a_decision_on_an_answer_that_is_no_longer_the_newest_is_refused(desk: Desk) -> None:
    case = desk.case()
    seen = open_case(desk.register, case).answer.digest
    desk.open(on=date(2021, 7, 1))
    with pytest.raises(CaseError, match="newer answer"):
        decide(desk.register, case, "false_match", reason="x", by=ANNA, seen=seen)


def test_an_unknown_case_is_named(desk: Desk) -> None:
    with pytest.raises(CaseError, match="no case 'x'"):
        decide(desk.register, "x", "false_match", reason="x", by=ANNA)


def test_the_queue_is_filtered_by_state_party_and_words(desk: Desk) -> None:
    desk.open()
    desk.open({"id": "C-2", "name": "Huawei Technologies"})
    desk.open({"id": "C-3", "name": "Xiaomi_Corp"})

    def names(**wanted: str) -> list[str]:
        return [case.fields["id"] for case in list_cases(desk.register, Filter(**wanted))[1]]  # type: ignore[arg-type]

    assert sorted(names()) == ["C-1", "C-2", "C-3"]
    assert names(party="huawei") == ["C-2"]
    assert names(text="HUAWEI") == ["C-2"]
    assert names(text="i_c") == ["C-3"]
    assert list_cases(desk.register, Filter(("decided",)))[0] == 0


class TestActs:
    """Proposed acts: the register's rules, and the log."""

    def test_accepting_is_logged_with_its_transaction(self, desk: Desk) -> None:
        acts.propose(desk.register, [new_act()], origin="test", actor="reader", reason="read")
        entry = decide_act(desk.register, "test-2021-03-20", "accepted", reason="order read", by=ANNA)
        assert entry.content["recorded"] == desk.register.newest_transaction()
        assert (entry.content["actor"], entry.content["outcome"]) == ("Anna", "accepted")
        assert disagreement(desk.register) is None

    def test_what_is_refused_is_not_logged(self, desk: Desk) -> None:
        acts.propose(desk.register, [new_act()], origin="test", actor="Anna", reason="read")
        acts.demand_two_persons(desk.register, wanted=True)
        with pytest.raises(ReviewError, match="another person"):
            decide_act(desk.register, "test-2021-03-20", "accepted", reason="order read", by=ANNA)
        entry = decide_act(desk.register, "test-2021-03-20", "rejected", reason="no such order", by=BO)
        assert entry.sequence == 1

    def test_more_can_be_asked_for(self, desk: Desk) -> None:
        acts.propose(desk.register, [new_act()], origin="test", actor="Anna", reason="read")
        before = desk.register.newest_transaction()
        decide_act(desk.register, "test-2021-03-20", "need_more", reason="which order?", by=BO)
        assert desk.register.newest_transaction() == before
        with pytest.raises(ReviewError):
            decide_act(desk.register, "none", "need_more", reason="which order?", by=BO)
