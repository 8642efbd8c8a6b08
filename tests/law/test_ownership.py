"""What listed parties own: reached by rule, layer by layer, and never called listed itself."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.law.acts import Measure, OwnershipRule
from vacatur.law.moments import Instant, closes
from vacatur.law.ownership import ByOwnership, Holding, by_ownership, stands_at
from vacatur.law.status import State

AT = closes(date(2024, 1, 1))
HALF = OwnershipRule(Decimal(50))
LISTED = State.IN_FORCE


def measure(*rules: OwnershipRule) -> Measure:
    return Measure("list", "A list", "An authority", zone="UTC", ownership=rules or (HALF,))


class Told:
    """A world told in a line: who holds how much of what, and who is listed how."""

    def __init__(self, holdings: list[tuple[str, str, object]], **states: State) -> None:
        self.held = [
            Holding(owner, asset, None if share is None else Decimal(str(share)), "test")
            for owner, asset, share in holdings
        ]
        self.states = states

    def holdings(self, asset: str, at: Instant) -> list[Holding]:
        return [holding for holding in self.held if holding.asset == asset and stands_at(holding, at)]

    def state(self, party: str, measure: str, at: Instant) -> State:
        return self.states.get(party if measure == "list" else measure, State.NEVER_LISTED)


def reached(world: Told, party: str = "child", rule: OwnershipRule = HALF) -> ByOwnership | None:
    return by_ownership(party, measure(rule), AT, world)


def state(world: Told, party: str = "child", rule: OwnershipRule = HALF) -> State | None:
    found = reached(world, party, rule)
    return found.state if found else None


def test_half_is_enough_and_less_is_not() -> None:
    assert state(Told([("a", "child", 50)], a=LISTED)) is LISTED
    assert state(Told([("a", "child", "49.99")], a=LISTED)) is None


def test_where_more_than_half_is_asked_half_is_not_enough() -> None:
    more = OwnershipRule(Decimal(50), exactly=False)
    assert state(Told([("a", "child", 50)], a=LISTED), rule=more) is None
    assert state(Told([("a", "child", "50.01")], a=LISTED), rule=more) is LISTED


def test_listed_owners_are_added_up_where_the_rule_says_so() -> None:
    two = Told([("a", "child", 25), ("b", "child", 25), ("c", "child", 50)], a=LISTED, b=LISTED)
    found = reached(two)
    assert found is not None
    assert found.percent == 50
    assert [owner.holding.owner for owner in found.owners] == ["a", "b"]
    assert state(two, rule=OwnershipRule(Decimal(50), together=False)) is None


def test_an_owner_that_is_reached_counts_with_its_whole_holding() -> None:
    """50 % of 50 % is a quarter by arithmetic and enough by the rule."""
    layers = Told([("a", "middle", 50), ("middle", "child", 50)], a=LISTED)
    found = reached(layers)
    assert found is not None
    assert found.state is LISTED
    (middle,) = found.owners
    assert middle.listed is State.NEVER_LISTED
    assert [owner.holding.owner for owner in middle.owners] == ["a"]


def test_a_suspended_owner_suspends() -> None:
    assert state(Told([("a", "child", 60)], a=State.SUSPENDED)) is State.SUSPENDED
    both = Told([("a", "child", 40), ("b", "child", 20)], a=LISTED, b=State.SUSPENDED)
    assert state(both) is State.SUSPENDED


def test_an_owner_that_was_removed_no_longer_counts() -> None:
    assert state(Told([("a", "child", 100)], a=State.ENDED)) is None


def test_an_untold_share_is_no_guess() -> None:
    assert state(Told([("a", "child", None)], a=LISTED)) is State.UNKNOWN
    assert state(Told([("a", "child", 50), ("b", "child", None)], a=LISTED, b=LISTED)) is LISTED


def test_an_owner_on_whom_the_record_is_silent_leaves_it_open() -> None:
    assert state(Told([("a", "child", 80)], a=State.UNKNOWN)) is State.UNKNOWN
    assert state(Told([("a", "child", 10)], a=State.UNKNOWN)) is None


def test_owners_in_a_circle_hold_nobody_unless_one_is_listed() -> None:
    circle = [("x", "child", 60), ("child", "x", 60)]
    assert state(Told(circle)) is None
    found = reached(Told([*circle, ("a", "x", 50)], a=LISTED))
    assert found is not None
    assert found.state is LISTED


@pytest.mark.parametrize(
    ("rule_state", "expected"),
    [
        (State.IN_FORCE, State.IN_FORCE),
        (State.SUSPENDED, State.SUSPENDED),
        (State.ENDED, State.ENDED),
        (State.NOT_YET_IN_FORCE, None),
        (State.NEVER_LISTED, None),
    ],
)
def test_a_rule_with_a_life_of_its_own_caps_what_it_carries(rule_state: State, expected: State | None) -> None:
    carried = OwnershipRule(Decimal(50), under="affiliates")
    assert state(Told([("a", "child", 70)], a=LISTED, affiliates=rule_state), rule=carried) is expected


def test_rules_follow_one_another() -> None:
    """OFAC added up shares only from 13 August 2014."""
    each = OwnershipRule(Decimal(50), together=False, until=date(2014, 8, 12))
    together = OwnershipRule(Decimal(50), starts=date(2014, 8, 13))
    world = Told([("a", "child", 30), ("b", "child", 30)], a=LISTED, b=LISTED)
    assert by_ownership("child", measure(each, together), closes(date(2014, 8, 12)), world) is None
    assert by_ownership("child", measure(each, together), closes(date(2014, 8, 13)), world) is not None


def test_a_measure_without_such_a_rule_reaches_nobody() -> None:
    bare = Measure("list", "A list", "An authority", zone="UTC")
    assert by_ownership("child", bare, AT, Told([("a", "child", 100)], a=LISTED)) is None


parties = st.sampled_from("abcdefgh")
graphs = st.lists(st.tuples(parties, parties, st.none() | st.integers(1, 100)), max_size=40)
listings = st.dictionaries(parties, st.sampled_from([State.IN_FORCE, State.SUSPENDED, State.ENDED, State.UNKNOWN]))
STRENGTH = {None: 0, State.UNKNOWN: 1, State.SUSPENDED: 2, State.IN_FORCE: 3}


@given(graphs, listings, parties)
def test_it_ends_on_any_graph_and_rests_on_someone_listed(
    graph: list[tuple[str, str, object]], states: dict[str, State], party: str
) -> None:
    found = reached(Told(graph, **states), party)
    if found is not None:
        assert found.owners
        assert set(states.values()) - {State.ENDED}


@given(graphs, listings, parties, parties)
def test_one_more_listing_never_frees_anyone(
    graph: list[tuple[str, str, object]], states: dict[str, State], party: str, other: str
) -> None:
    before = state(Told(graph, **states), party)
    after = state(Told(graph, **(states | {other: State.IN_FORCE})), party)
    assert STRENGTH[after] >= STRENGTH[before]
