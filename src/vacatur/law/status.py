"""From a docket to an answer: the state on a day, since when, why, and what it forbids.

The state of a measure is that of its strongest designation (in force over suspended over ended); a measure that
rests on another can be no stronger than that one. See DESIGN in `docs/law.md`.
"""

from dataclasses import dataclass
from enum import StrEnum

from vacatur.law.acts import Act, Measure
from vacatur.law.kinds import Effect
from vacatur.law.moments import NEVER, Instant, starts
from vacatur.law.rule import Docket, operative_against


class State(StrEnum):
    """Where a party stands under a measure at an instant."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    NEVER_LISTED = "never_listed"
    UNKNOWN = "unknown"


class Extent(StrEnum):
    """Whether relief covers all that a measure forbids, or a part."""

    FULL = "full"
    PARTIAL = "partial"


STRENGTH = {State.IN_FORCE: 3, State.SUSPENDED: 2, State.ENDED: 1, State.NOT_YET_IN_FORCE: 0}

FALLEN = frozenset({State.SUSPENDED, State.ENDED})
"""States that a measure passes on to what rests on it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of one designation at an instant, and by which operative acts."""

    designation: Act
    state: State
    by: tuple[Act, ...] = ()

    @property
    def relieved(self) -> frozenset[str]:
        """The consequences that relief is confined to; empty when it covers them all or there is none."""
        if not self.by or any(not act.only for act in self.by):
            return frozenset()
        return frozenset().union(*(act.only for act in self.by))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state at an instant and the designation that decides it (None when there is none)."""

    state: State
    standing: Standing | None = None

    @property
    def outcome(self) -> tuple[State, frozenset[str]]:
        """What must change for a status to have changed: the state, and the part that relief covers."""
        return self.state, self.standing.relieved if self.standing else frozenset()


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time, both ends inclusive, over which a state holds; `last` is NEVER while it goes on."""

    first: Instant
    last: Instant
    verdict: Verdict


def standing(record: Docket, designation: Act, at: Instant) -> Standing:
    """What has become of `designation` at `at`.

    An end outranks a suspension. Relief against a designation that has yet to begin counts already (the WeChat
    order was enjoined the day before it was due).
    """
    against = operative_against(record, designation, at)
    ending = tuple(act for act in against if act.does is Effect.END)
    if ending:
        return Standing(designation, State.ENDED, ending)
    if at > designation.ends:
        return Standing(designation, State.ENDED)
    if against:
        return Standing(designation, State.SUSPENDED, tuple(against))
    if at < designation.begins:
        return Standing(designation, State.NOT_YET_IN_FORCE)
    return Standing(designation, State.IN_FORCE)


def verdict(record: Docket, measure: Measure, at: Instant, base: Docket | None = None) -> Verdict:
    """The state under `measure` at `at`: that of its strongest designation, capped by `base`, what it rests on."""
    strongest: Standing | None = None
    begun = [act for act in record.designations if act.begins <= at]
    for act in begun or [act for act in record.designations if act.known_from <= at]:
        candidate = standing(record, act, at)
        if strongest is None or STRENGTH[candidate.state] >= STRENGTH[strongest.state]:
            strongest = candidate
    if strongest is None:
        reached = measure.covered_from is None or starts(measure.covered_from, measure.zone) <= at
        return Verdict(State.NEVER_LISTED if reached else State.UNKNOWN)
    if base is not None:
        under = verdict(base, measure, at).standing
        if under is not None and under.state in FALLEN and STRENGTH[under.state] < STRENGTH[strongest.state]:
            strongest = Standing(strongest.designation, under.state, under.by)
    return Verdict(strongest.state, strongest)


def timeline(record: Docket, measure: Measure, base: Docket | None = None) -> tuple[Interval, ...]:
    """Every state that the docket goes through, from the beginning of time, as intervals that touch."""
    moments = set(record.changes())
    if base is not None:
        moments.update(base.changes())
    if measure.covered_from is not None:
        moments.add(starts(measure.covered_from, measure.zone))
    firsts = [-NEVER, *sorted(moments)]
    found: list[Interval] = []
    for first, following in zip(firsts, [*firsts[1:], NEVER + 1], strict=True):
        here = verdict(record, measure, first, base)
        if found and found[-1].verdict.outcome == here.outcome:
            found[-1] = Interval(found[-1].first, following - 1, found[-1].verdict)
        else:
            found.append(Interval(first, following - 1, here))
    return tuple(found)
