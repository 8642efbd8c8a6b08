"""Contradictions in a record are named, and a sound record has none."""

from datetime import date

from vacatur.law.acts import Act, Measure
from vacatur.law.audit import Finding, contradictions, misdirected
from vacatur.law.moments import NEVER, closes
from vacatur.law.observed import Sighting
from vacatur.law.report import open_case

LIST = Measure("list", "A list", "An authority", zone="UTC")


def act(id: str, kind: str, day: int, **values: object) -> Act:
    given = {"measures": ("list",), "parties": frozenset({"p"}), "effective": date(2021, 1, day), "zone": "UTC"}
    return Act(id=id, kind=kind, **(given | values))  # type: ignore[arg-type]


def found(*acts: Act, sightings: tuple[Sighting, ...] = ()) -> list[Finding]:
    case = open_case("p", LIST, acts, NEVER, sightings=sightings)
    return [*misdirected(acts), *contradictions(case, closes(date(2021, 2, 1)))]


def kinds(*acts: Act, sightings: tuple[Sighting, ...] = ()) -> list[str]:
    return [item.kind for item in found(*acts, sightings=sightings)]


LISTED = act("listed", "designated", 1)


def test_a_sound_history_has_none() -> None:
    stay = act("stay", "preliminary_injunction_granted", 5, targets=("listed",))
    over = act("over", "vacated", 9, targets=("listed",))
    assert kinds(LISTED, stay, over) == []


def test_a_target_that_does_not_stand() -> None:
    (item,) = found(LISTED, act("stay", "stay_granted", 5, targets=("nothing",)))
    assert (item.kind, item.acts) == ("missing target", ("stay",))
    assert "nothing" in item.advice


def test_a_proposed_act_is_no_target_yet() -> None:
    assert kinds(act("listed", "designated", 1, proposed=True), act("s", "stay_granted", 5, targets=("listed",))) == [
        "missing target"
    ]


def test_a_target_that_comes_later() -> None:
    late = act("late", "designated", 20)
    assert "later target" in kinds(late, act("stay", "stay_granted", 5, targets=("late",)))


def test_relief_may_come_before_what_was_announced_begins() -> None:
    announced = act("ban", "order_imposed", 20, published=date(2021, 1, 2))
    assert kinds(announced, act("stay", "preliminary_injunction_granted", 19, targets=("ban",))) == []


def test_two_open_designations_by_one_list() -> None:
    again = act("again", "redesignated", 8)
    (item,) = found(LISTED, again)
    assert (item.kind, item.acts, item.party, item.measure) == ("open twice", ("listed", "again"), "p", "list")
    assert kinds(act("listed", "designated", 1, until=date(2021, 1, 8)), again) == []


def test_a_removal_of_who_was_never_listed() -> None:
    assert kinds(act("gone", "delisted", 3)) == ["removal without designation"]


def test_a_stay_of_what_had_ended() -> None:
    over, stay = act("over", "vacated", 4, targets=("listed",)), act("stay", "stay_granted", 6, targets=("listed",))
    assert kinds(LISTED, over, stay) == ["stays what has ended"]


def test_a_presence_against_a_document() -> None:
    gone = act("gone", "delisted", 4)
    still = Sighting(date(2021, 1, 20), "csv", present=True)
    assert kinds(LISTED, gone, sightings=(still,)) == ["presence against a document"]
