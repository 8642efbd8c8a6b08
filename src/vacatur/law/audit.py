"""Contradictions in the record itself: what a person should look at, because the acts can't all be as they stand.

Findings are values, never corrections: the record stays as it is until someone decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from vacatur.law.acts import Act
from vacatur.law.kinds import Effect
from vacatur.law.moments import Instant, day_of
from vacatur.law.observed import Conflict
from vacatur.law.report import Case
from vacatur.law.rule import is_operative, operative_against, order
from vacatur.law.status import State, standing


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: which acts, for which party under which measure (None: for all), and what to do."""

    kind: str
    what: str
    advice: str
    acts: tuple[str, ...] = ()
    party: str | None = None
    measure: str | None = None


def misdirected(acts: Sequence[Act]) -> Iterator[Finding]:
    """Acts whose target is missing among those that count, or was neither effective nor public when they were done.

    Relief may well come before the beginning of what it stops, once that is public (WeChat).
    """
    counting = {act.id: act for act in acts if not act.proposed}
    for act in counting.values():
        for target in act.targets:
            aimed = counting.get(target)
            if aimed is None:
                advice = f"record {target}, or correct the target of {act.id}"
                yield Finding("missing target", f"{act.id} works on {target}, which does not stand", advice, (act.id,))
            elif act.decided < min(aimed.decided, aimed.known_from):
                first, second = day_of(act.decided, act.zone), day_of(aimed.decided, aimed.zone)
                what = f"{act.id} ({first}) works on {target} ({second}), which comes after it"
                yield Finding("later target", what, "correct a date or the target", (act.id, target))


def contradictions(case: Case, at: Instant) -> Iterator[Finding]:
    """What does not fit within the record of one party under one measure, at `at`."""
    yield from _open_twice(case, at)
    yield from _removed_unlisted(case)
    yield from _outlived(case, at)
    for conflict in case.observed.conflicts:
        yield _conflict(case, conflict)


def _finding(case: Case, kind: str, what: str, advice: str, *acts: Act) -> Finding:
    return Finding(kind, what, advice, tuple(act.id for act in acts), case.record.party, case.measure.id)


def _open_twice(case: Case, at: Instant) -> Iterator[Finding]:
    """Two designations of one authority under one measure, both in force: is one a renewal of the other?"""
    in_force = [act for act in case.record.designations if standing(case.record, act, at).state is State.IN_FORCE]
    for first, second in combinations(in_force, 2):
        if first.authority == second.authority:
            what = f"{first.id} and {second.id} both designate, and neither has ended"
            advice = f"if {second.id} renews {first.id}, give {first.id} its last day; if it carries it on, effect none"
            yield _finding(case, "open twice", what, advice, first, second)


def _removed_unlisted(case: Case) -> Iterator[Finding]:
    """Removals and vacaturs with no designation before them."""
    for act in case.record.acts:
        if act.does is not Effect.END or act.targets or act.parties is None:
            continue
        if not any(order(earlier) < order(act) for earlier in case.record.designations):
            what = f"{act.id} ends a listing, and nothing designates the party before it"
            yield _finding(case, "removal without designation", what, "record the designation that it ends", act)


def _outlived(case: Case, at: Instant) -> Iterator[Finding]:
    """Relief that began after all that it works on had ended, and still runs."""
    by_id = {act.id: act for act in case.record.acts}
    for act in case.record.acts:
        if act.does is not Effect.SUSPEND or not act.targets or not is_operative(case.record, act, at):
            continue
        targets = [by_id[target] for target in act.targets if target in by_id]
        ends = [
            [other for other in operative_against(case.record, target, at) if other.does is Effect.END]
            for target in targets
        ]
        if targets and all(ended and min(map(order, ended)) < order(act) for ended in ends):
            what = f"{act.id} stays {', '.join(act.targets)}, which had ended before"
            yield _finding(
                case, "stays what has ended", what, "correct a date, or the target of the stay", act, *targets
            )


def _conflict(case: Case, conflict: Conflict) -> Finding:
    what = f"{conflict.source} {conflict.vintage}: {conflict.what}"
    advice = "the documents' state stands; look for an act that the record lacks, or a mistake of the list"
    return _finding(case, "presence against a document", what, advice)
