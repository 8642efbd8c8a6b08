"""The one rule: which acts are operative for a party at an instant.

> An act is operative for party P at instant D, as known at K, when it was published by K, has taken effect by D, has
> not run out, reaches P, and no act with effect *suspend* or *end* that works on it is itself operative.

An act works on the acts it targets. Without a target, relief and removals work on every designation of their
measures that took effect before them. Order is by (effective, sequence, id). What a register recorded or retracted
is decided before acts come here. Source: defeasible rules with undercutting defeaters (Pollock 1987; Governatori,
Rotolo & Sartor 2005, "Temporalised normative positions in defeasible logic"); `docs/law.md` has the formal statement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vacatur.law.acts import Act
from vacatur.law.kinds import Effect
from vacatur.law.moments import NEVER, Instant

DEFEATERS = frozenset({Effect.SUSPEND, Effect.END})


def order(act: Act) -> tuple[Instant, int, str]:
    """The sort key of legal time: effective moment, then `sequence`, then id so that ties repeat."""
    return (act.decided, act.sequence, act.id)


def works_on(attacker: Act, act: Act) -> bool:
    """Whether `attacker` is directed at `act`, operative or not."""
    if attacker.does not in DEFEATERS or attacker is act:
        return False
    if attacker.targets:
        return act.id in attacker.targets
    return (
        act.does is Effect.CREATE
        and not set(attacker.measures).isdisjoint(act.measures)
        and order(act) < order(attacker)
    )


@dataclass(frozen=True, slots=True)
class Docket:
    """The acts that reach one party under one measure, in legal order, with who works on whom.

    What was not yet public has been dropped, so every question asked of a docket is asked with one state of knowledge.
    """

    party: str
    measure: str
    acts: tuple[Act, ...]
    against: Mapping[str, tuple[Act, ...]] = field(repr=False)

    @property
    def designations(self) -> tuple[Act, ...]:
        """The acts that create the restriction, in legal order."""
        return tuple(act for act in self.acts if act.does is Effect.CREATE)

    def changes(self) -> list[Instant]:
        """Every instant at which a status on this docket can change, ascending."""
        moments = {act.begins for act in self.acts}
        moments.update(act.ends + 1 for act in self.acts if act.ends < NEVER)
        moments.update(act.known_from for act in self.designations)
        return sorted(moments)


def docket(acts: Iterable[Act], party: str, measure: str, known: Instant) -> Docket:
    """Gather what bears on `party` under `measure`, as the public could know it at `known`.

    Proposed acts are left out: they count in no status.
    """
    mine = [
        act
        for act in acts
        if measure in act.measures
        and act.known_from <= known
        and not act.proposed
        and (act.parties is None or party in act.parties)
    ]
    mine.sort(key=order)
    attackers = [act for act in mine if act.does in DEFEATERS]
    against: dict[str, tuple[Act, ...]] = {}
    for act in mine:
        directed = tuple(attacker for attacker in attackers if works_on(attacker, act))
        if directed:
            against[act.id] = directed
    return Docket(party, measure, tuple(mine), against)


def has_effect(act: Act, at: Instant) -> bool:
    """Whether `act` has begun and not run out, leaving aside what others do to it."""
    return act.begins <= at <= act.ends


def is_operative(docket: Docket, act: Act, at: Instant) -> bool:
    """The rule. Ends because targets are acyclic (`find_cycle` is asked when an act is recorded)."""
    if not act.begins <= at <= act.ends:
        return False
    return not any(is_operative(docket, attacker, at) for attacker in docket.against.get(act.id, ()))


def operative_against(docket: Docket, act: Act, at: Instant) -> list[Act]:
    """The operative acts that suspend or end `act` at `at`, in legal order."""
    return [attacker for attacker in docket.against.get(act.id, ()) if is_operative(docket, attacker, at)]


def find_cycle(acts: Sequence[Act]) -> tuple[str, ...] | None:
    """The ids of acts that target one another in a circle, or None.

    Only explicit targets can form one: an act without target works on designations, which work on nothing.
    """
    targets = {act.id: act.targets for act in acts if act.targets}
    done: set[str] = set()
    for start in targets:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, branch = stack.pop()
            if branch == 0:
                if node in done:
                    continue
                if node in path:
                    return (*path[path.index(node) :], node)
                path.append(node)
            following = targets.get(node, ())
            if branch < len(following):
                stack.append((node, branch + 1))
                stack.append((following[branch], 0))
            else:
                done.add(node)
                path.pop()
    return None
