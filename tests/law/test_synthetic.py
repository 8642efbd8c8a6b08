"""Patterns of law without a documented case: docs/synthetic.yaml, told as history."""

from pathlib import Path

import pytest

from vacatur.law.acts import Act
from vacatur.law.moments import NEVER, closes, parse_moment
from vacatur.law.report import Status, open_case, status
from vacatur.sources.acts_yaml import read_acts
from vacatur.sources.dossiers import load

FILE = Path(__file__).resolve().parents[2] / "docs" / "synthetic.yaml"


@pytest.fixture(scope="module")
def acts() -> list[Act]:
    return read_acts(FILE.read_text("utf-8"), FILE.name, load().measures)


def ask(acts: list[Act], name: str, on: str, known: str | None = None) -> Status:
    party = f"synthetic-{name}"
    mine = [act for act in acts if act.reaches(party)]
    measure = load().measures[mine[0].measures[0]]
    upto = NEVER if known is None else closes(parse_moment(known), measure.zone)
    return status(open_case(party, measure, mine, upto), closes(parse_moment(on), measure.zone))


def states(acts: list[Act], name: str, *days: str) -> list[str]:
    return [ask(acts, name, day).state.value for day in days]


def test_a_stay_puts_the_listing_in_force_again_and_a_refused_one_does_not(acts: list[Act]) -> None:
    days = ["2021-02-28", "2021-03-01", "2021-04-05", "2021-05-02", "2021-05-03", "2021-08-31", "2021-09-01"]
    assert states(acts, "stay", *days) == [
        "in_force", "suspended", "suspended", "suspended", "in_force", "in_force", "suspended",
    ]  # fmt: skip


def test_a_reversal_counts_from_its_mandate_until_that_is_recalled(acts: list[Act]) -> None:
    days = ["2020-06-01", "2020-11-02", "2021-01-03", "2021-01-04", "2021-02-28", "2021-03-01"]
    assert states(acts, "mandate", *days) == ["ended", "ended", "ended", "in_force", "in_force", "ended"]
    chain = [act.kind for act in ask(acts, "mandate", "2021-03-01").because]
    assert chain == ["designated", "vacated", "judgment_reversed", "mandate_recalled"]


def test_effects_maintained_run_on_after_the_judgment_is_known(acts: list[Act]) -> None:
    assert states(acts, "maintained", "2023-06-07", "2023-08-17", "2023-08-18") == ["in_force", "in_force", "ended"]
    before = ask(acts, "maintained", "2023-07-01", known="2023-06-06")
    after = ask(acts, "maintained", "2023-07-01", known="2023-06-07")
    assert before.next == ()
    assert [(coming.day.isoformat(), coming.what) for coming in after.next] == [
        ("2023-08-18", "takes effect: annulled")
    ]


def test_a_licence_changes_what_binds_never_the_state(acts: list[Act]) -> None:
    days = ["2021-05-31", "2021-06-01", "2022-05-31", "2022-06-01", "2022-07-01", "2023-01-15", "2023-01-16"]
    found = [ask(acts, "licensed", day) for day in days]
    assert {item.state.value for item in found} == {"in_force"}
    assert [item.consequences[0].binding for item in found] == [True, False, False, True, False, False, True]
    assert ("2022-05-31", "runs out: specific licence") in [(c.day.isoformat(), c.what) for c in found[1].next]


def test_a_judgment_after_removal_changes_nothing(acts: list[Act]) -> None:
    assert states(acts, "late-judgment", "2024-12-12", "2024-12-13", "2025-07-11") == ["in_force", "ended", "ended"]
    reasons = {item.act.id: item.reason for item in ask(acts, "late-judgment", "2025-08-01").considered}
    assert reasons == {"late-judgment": "changes no status by itself"}
