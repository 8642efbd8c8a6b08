"""The rule: agrees with a second opinion, and what must hold of every history holds."""

import random
from dataclasses import replace

from histories import as_act, day, random_steps
from hypothesis import given, settings
from hypothesis import strategies as st
from second_opinion import state

from vacatur.law.acts import Act, Measure
from vacatur.law.moments import closes, starts
from vacatur.law.plain import act_from_json, to_json
from vacatur.law.report import intervals, open_case, status
from vacatur.law.rule import docket, find_cycle
from vacatur.law.status import timeline, verdict

MEASURE = Measure("m", "A measure", "An authority", zone="UTC")
HISTORIES = st.integers(0, 10**9).map(lambda seed: [as_act(step) for step in random_steps(random.Random(seed))])
DAYS = st.integers(-2, 30)


def state_on(acts: list[Act], number: int, known: int = 40, party: str = "p") -> str:
    record = docket(acts, party, "m", closes(day(known), "UTC"))
    return verdict(record, MEASURE, closes(day(number), "UTC")).state.value


def test_ten_thousand_random_histories_agree_with_the_second_opinion() -> None:
    source = random.Random(20210312)
    for _ in range(10_000):
        steps = random_steps(source)
        acts = [as_act(step) for step in steps]
        number, known = source.randint(-1, 30), source.choice([40, source.randint(0, 25)])
        assert state_on(acts, number, known) == state(steps, "p", "m", number, known), (steps, number, known)


@given(acts=HISTORIES, number=DAYS, known=DAYS)
def test_what_was_published_later_never_changes_what_was_known(acts: list[Act], number: int, known: int) -> None:
    public = [act for act in acts if act.known_from <= closes(day(known), "UTC")]
    assert state_on(acts, number, known) == state_on(public, number, known)


@given(acts=HISTORIES, number=DAYS)
def test_an_act_that_does_not_reach_a_party_never_changes_it(acts: list[Act], number: int) -> None:
    reaching = [act for act in acts if act.reaches("p")]
    assert state_on(acts, number) == state_on(reaching, number)


@given(acts=HISTORIES, number=DAYS, order=st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(acts: list[Act], number: int, order: random.Random) -> None:
    shuffled = list(acts)
    order.shuffle(shuffled)
    assert state_on(acts, number) == state_on(shuffled, number)


@given(acts=HISTORIES, number=DAYS)
def test_a_proposed_act_counts_in_no_status(acts: list[Act], number: int) -> None:
    proposal = Act(id="x", kind="vacated", measures=("m",), effective=day(0), zone="UTC", proposed=True)
    assert state_on(acts, number) == state_on([*acts, proposal], number)


@given(acts=HISTORIES)
@settings(max_examples=50)
def test_a_timeline_says_for_every_day_what_the_rule_says(acts: list[Act]) -> None:
    record = docket(acts, "p", "m", closes(day(40), "UTC"))
    spans = timeline(record, MEASURE)
    for number in range(-2, 30):
        at = closes(day(number), "UTC")
        holding = [span for span in spans if span.first <= at <= span.last]
        assert [span.verdict.state for span in holding] == [verdict(record, MEASURE, at).state]


@given(acts=HISTORIES)
@settings(max_examples=50)
def test_intervals_over_a_span_equal_the_status_day_by_day(acts: list[Act]) -> None:
    case = open_case("p", MEASURE, acts, closes(day(40), "UTC"))
    spans = intervals(case, closes(day(-2), "UTC"), closes(day(30), "UTC"))
    for number in range(-2, 30):
        at = closes(day(number), "UTC")
        assert [span for span in spans if span.at <= at][-1].state is status(case, at).state


@given(acts=HISTORIES)
def test_histories_without_circles_have_none(acts: list[Act]) -> None:
    assert find_cycle(acts) is None


def test_a_circle_of_targets_is_found() -> None:
    first, second = (
        Act(id=name, kind="stay_granted", measures=("m",), effective=day(1), zone="UTC", targets=(other,))
        for name, other in (("a", "b"), ("b", "a"))
    )
    assert find_cycle([first, second]) is not None


@given(acts=HISTORIES)
def test_an_act_survives_being_written_and_read(acts: list[Act]) -> None:
    assert [act_from_json(to_json(act)) for act in acts] == acts


class TestPatterns:
    """Synthetic histories: patterns that have no documented case in the dossiers."""

    listed = Act(id="listed", kind="designated", measures=("m",), effective=day(0), zone="UTC")
    injunction = Act(
        id="injunction", kind="preliminary_injunction_granted", measures=("m",), effective=day(5), zone="UTC"
    )

    def test_a_stay_of_the_injunction_puts_the_listing_in_force_again(self) -> None:
        stay = Act(
            id="stay", kind="stay_granted", measures=("m",), effective=day(8), zone="UTC", targets=("injunction",)
        )
        acts = [self.listed, self.injunction, stay]
        assert [state_on(acts, number) for number in (4, 5, 8)] == ["in_force", "suspended", "in_force"]
        record = docket(acts, "p", "m", closes(day(40), "UTC"))
        case = open_case("p", MEASURE, acts, closes(day(40), "UTC"))
        assert record.designations == (self.listed,)
        assert [act.id for act in status(case, closes(day(9), "UTC")).because] == ["listed", "injunction", "stay"]

    def test_a_stay_refused_leaves_the_injunction_operative(self) -> None:
        refused = Act(id="refused", kind="stay_denied", measures=("m",), effective=day(8), zone="UTC")
        assert state_on([self.listed, self.injunction, refused], 9) == "suspended"

    def test_a_vacatur_reversed_on_appeal(self) -> None:
        vacated = Act(id="vacated", kind="vacated", measures=("m",), effective=day(6), zone="UTC")
        reversed_ = Act(
            id="reversed", kind="judgment_reversed", measures=("m",), effective=day(9), zone="UTC", targets=("vacated",)
        )
        acts = [self.listed, vacated, reversed_]
        assert [state_on(acts, number) for number in (5, 6, 9)] == ["in_force", "ended", "in_force"]

    def test_a_mandate_issued_and_recalled(self) -> None:
        vacated = Act(id="vacated", kind="vacated", measures=("m",), effective=day(6), zone="UTC")
        recalled = Act(
            id="recalled", kind="mandate_recalled", measures=("m",), effective=day(7), zone="UTC", targets=("vacated",)
        )
        assert state_on([self.listed, vacated, recalled], 7) == "in_force"

    def test_an_annulment_with_effects_maintained_begins_when_they_end(self) -> None:
        annulled = Act(id="annulled", kind="annulled", measures=("m",), effective=day(12), published=day(6), zone="UTC")
        acts = [self.listed, annulled]
        assert [state_on(acts, number) for number in (6, 11, 12)] == ["in_force", "in_force", "ended"]

    def test_an_annulment_that_reaches_back_leaves_a_later_renewal_standing(self) -> None:
        renewed = replace(self.listed, id="renewed", kind="redesignated", effective=day(10))
        annulled = Act(
            id="annulled", kind="annulled", measures=("m",), effective=day(20), zone="UTC", targets=("listed",),
            annulled_from=day(0),
        )  # fmt: skip
        acts = [replace(self.listed, until=day(9)), renewed, annulled]
        assert [state_on(acts, number) for number in (5, 15, 25)] == ["ended", "in_force", "in_force"]
        assert state_on(acts, 5, known=19) == "in_force"
        case = open_case("p", MEASURE, acts, closes(day(40), "UTC"))
        assert status(case, closes(day(5), "UTC")).annulled_from == day(0)

    def test_a_restraining_order_runs_out(self) -> None:
        order = Act(
            id="tro", kind="temporary_restraining_order", measures=("m",), effective=day(3), until=day(5), zone="UTC"
        )
        assert [state_on([self.listed, order], number) for number in (3, 5, 6)] == [
            "suspended",
            "suspended",
            "in_force",
        ]

    def test_removed_and_listed_again_on_one_day(self) -> None:
        removed = Act(id="removed", kind="delisted", measures=("m",), effective=day(6), zone="UTC", sequence=1)
        relisted = replace(self.listed, id="relisted", kind="relisted", effective=day(6), sequence=2)
        assert state_on([self.listed, removed, relisted], 6) == "in_force"

    def test_an_act_without_effect_changes_nothing(self) -> None:
        remand = Act(id="remand", kind="remanded", measures=("m",), effective=day(6), zone="UTC")
        assert state_on([self.listed, remand], 7) == "in_force"

    def test_relief_for_one_leaves_the_others_where_they_were(self) -> None:
        own = replace(self.injunction, parties=frozenset({"q"}))
        assert state_on([self.listed, own], 7, party="p") == "in_force"
        assert state_on([self.listed, own], 7, party="q") == "suspended"

    def test_the_moment_of_the_day_counts(self) -> None:
        at = starts(day(0), "UTC")
        record = docket([self.listed], "p", "m", closes(day(40), "UTC"))
        assert verdict(record, MEASURE, at - 1).state.value == "never_listed"
        assert verdict(record, MEASURE, at).state.value == "in_force"
