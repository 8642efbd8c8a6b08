"""A measure that rests on another is no stronger than it; beginnings, ends and reach of what sits between them."""

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from law.histories import as_act, day, random_steps
from law.second_opinion import Step, state

from vacatur.law.acts import Act, Consequence, Measure
from vacatur.law.moments import NEVER, Instant, closes
from vacatur.law.report import Status, open_case, status
from vacatur.law.rule import docket, is_operative
from vacatur.law.status import Extent, timeline, verdict

LIST = Measure("m", "A list", "An authority", zone="UTC")
BAN = Measure("n", "A ban of those on the list", "Another authority", zone="UTC", rests_on="m")
FREEZE = Consequence("freeze", "dealing in funds", "everyone")
TRAVEL = Consequence("travel", "entry", "the party")
WHOLE = replace(LIST, consequences=(FREEZE, TRAVEL))
STRENGTH = {"in_force": 3, "suspended": 2, "ended": 1}
HISTORIES = st.integers(0, 10**9).map(lambda seed: [as_act(step) for step in random_steps(random.Random(seed), 9)])


def at(number: int) -> Instant:
    return closes(day(number), "UTC")


def act(id: str, kind: str, effective: int, **more: object) -> Act:
    values: dict[str, object] = {"measures": ("m",), "zone": "UTC", **more}
    return Act(id=id, kind=kind, effective=day(effective), **values)  # type: ignore[arg-type]


def state_of_ban(acts: list[Act], number: int, known: int = 40) -> str:
    ban, below = (docket(acts, "p", measure, at(known)) for measure in ("n", "m"))
    return verdict(ban, BAN, at(number), below).state.value


def second_opinion_of_ban(steps: list[Step], number: int, known: int) -> str:
    own, below = (state(steps, "p", measure, number, known) for measure in ("n", "m"))
    fallen = below in ("suspended", "ended") and STRENGTH[below] < STRENGTH.get(own, 0)
    return below if fallen else own


def whole_status(acts: list[Act], number: int) -> Status:
    return status(open_case("p", WHOLE, acts, NEVER), at(number))


def test_ten_thousand_random_histories_of_a_ban_on_a_list_agree_with_the_second_opinion() -> None:
    source = random.Random(13959)
    for _ in range(10_000):
        steps = random_steps(source, 9)
        number, known = source.randint(-1, 30), source.choice([40, source.randint(0, 25)])
        found = state_of_ban([as_act(step) for step in steps], number, known)
        assert found == second_opinion_of_ban(steps, number, known), (steps, number, known)


@given(acts=HISTORIES)
@settings(max_examples=100)
def test_the_timeline_of_a_ban_says_for_every_day_what_the_rule_says(acts: list[Act]) -> None:
    ban, below = (docket(acts, "p", measure, at(40)) for measure in ("n", "m"))
    spans = timeline(ban, BAN, below)
    assert [span.last + 1 for span in spans[:-1]] == [span.first for span in spans[1:]]
    for number in range(-2, 30):
        holding = [span for span in spans if span.first <= at(number) <= span.last]
        assert [span.verdict.state for span in holding] == [verdict(ban, BAN, at(number), below).state]


@given(acts=HISTORIES, number=st.integers(-2, 30))
def test_an_act_learnt_and_left_out_again_leaves_no_trace(acts: list[Act], number: int) -> None:
    extra = act("x", "vacated", 3)
    without = [one for one in [*acts, extra] if one.id != extra.id]
    assert state_of_ban(without, number) == state_of_ban(acts, number)


def test_a_long_chain_of_stays_of_stays_ends() -> None:
    chain = [act("a0", "designated", 0)]
    chain += [act(f"a{number}", "stay_granted", 1, targets=(f"a{number - 1}",)) for number in range(1, 201)]
    record = docket(chain, "p", "m", NEVER)
    assert is_operative(record, chain[0], at(2))
    assert not is_operative(docket(chain[:-1], "p", "m", NEVER), chain[0], at(2))


class TestRestingOn:
    """Synthetic histories of a securities ban on those who stand on a list."""

    listed = act("listed", "designated", 0)
    banned = act("banned", "designated", 0, measures=("n",))

    def test_relief_against_the_list_reaches_the_ban(self) -> None:
        injunction = act("injunction", "preliminary_injunction_granted", 5)
        acts = [self.listed, self.banned, injunction]
        assert [state_of_ban(acts, number) for number in (4, 5)] == ["in_force", "suspended"]

    def test_relief_against_the_ban_leaves_the_list(self) -> None:
        acts = [self.listed, self.banned, act("relief", "stay_granted", 5, measures=("n",))]
        assert state_of_ban(acts, 5) == "suspended"
        assert verdict(docket(acts, "p", "m", NEVER), LIST, at(5)).state.value == "in_force"

    def test_the_ban_ends_when_the_listing_runs_out(self) -> None:
        acts = [replace(self.listed, until=day(9)), self.banned]
        assert [state_of_ban(acts, number) for number in (9, 10)] == ["in_force", "ended"]

    def test_relief_against_a_listing_counts_from_when_that_listing_was_public(self) -> None:
        relief = act("relief", "stay_granted", 1, targets=("listed",))
        acts = [replace(self.listed, effective=day(10), published=day(5)), relief, self.banned]
        ban, below = (docket(acts, "p", measure, at(40)) for measure in ("n", "m"))
        assert [span.verdict.state.value for span in timeline(ban, BAN, below)] == [
            "never_listed",
            "in_force",
            "suspended",
        ]


class TestConsequences:
    """Synthetic histories of partial relief and of licences."""

    listed = act("listed", "designated", 0)

    def binding(self, acts: list[Act], number: int) -> dict[str, bool]:
        return {item.kind: item.binding for item in whole_status(acts, number).consequences}

    def test_partial_relief_leaves_the_rest_binding(self) -> None:
        acts = [self.listed, act("relief", "stay_granted", 5, only=frozenset({"travel"}))]
        answer = whole_status(acts, 5)
        assert (answer.state.value, answer.extent, answer.relieved) == ("suspended", Extent.PARTIAL, {"travel"})
        assert self.binding(acts, 5) == {"freeze": True, "travel": False}

    def test_a_licence_for_one_party_covers_no_other(self) -> None:
        licence = act("gl", "general_license", 5, only=frozenset({"freeze"}), parties=frozenset({"q"}))
        assert self.binding([self.listed, licence], 6) == {"freeze": True, "travel": True}

    def test_a_licence_runs_out(self) -> None:
        licence = act("gl", "general_license", 5, only=frozenset({"freeze"}), until=day(8))
        assert [self.binding([self.listed, licence], number)["freeze"] for number in (4, 5, 8, 9)] == [
            True,
            False,
            False,
            True,
        ]

    def test_a_licence_is_revoked(self) -> None:
        licence = act("gl", "general_license", 5, only=frozenset({"freeze"}))
        revoked = act("revoked", "license_revoked", 7, targets=("gl",))
        assert [self.binding([self.listed, licence, revoked], number)["freeze"] for number in (6, 7)] == [False, True]
        assert whole_status([self.listed, licence, revoked], 7).state.value == "in_force"

    def test_an_opinion_vacated_takes_its_relief_with_it(self) -> None:
        opinion = act("opinion", "vacated", 5)
        recalled = act("recalled", "mandate_recalled", 7, targets=("opinion",))
        again = act("again", "vacated", 9)
        acts = [self.listed, opinion, recalled, again]
        assert [whole_status(acts, number).state.value for number in (4, 5, 7, 9)] == [
            "in_force",
            "ended",
            "in_force",
            "ended",
        ]


def test_the_last_day_of_the_calendar_means_without_end() -> None:
    listed = replace(act("listed", "designated", 0), until=date.max)
    record = docket([listed], "p", "m", NEVER)
    assert listed.ends == NEVER
    assert timeline(record, LIST)[-1].last == NEVER
