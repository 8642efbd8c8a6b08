"""Status by ownership: what a measure means for a party because parties on it own the party.

It is never a listing of the party's own, and is told apart from one, with the holdings that it rests on.

> A measure reaches a party at D when the owners whom it restricts at D (by a listing of their own, or because it
> reaches them in turn) hold the share that its rule of that day takes, and the rule itself is in force.

An owner that is reached counts with its whole holding: shares are compared layer by layer, never multiplied. Owners
whose listing is suspended count for *suspended*. Control without ownership is not judged. Source: OFAC, revised
guidance of 13 August 2014 (79 FR 47726); 15 CFR 744.11 as amended on 29 September 2025; EU Best Practices of 3 July
2024.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias

from vacatur.law.acts import Measure, OwnershipRule
from vacatur.law.moments import Instant, Moment, closes, starts
from vacatur.law.status import State


@dataclass(frozen=True, slots=True)
class Holding:
    """What a source says that `owner` holds in `asset`: at least `percent`, None where it does not say.

    `source` says who tells; `starts` and `until` (last day, inclusive) bound it where they are told.
    """

    owner: str
    asset: str
    percent: Decimal | None
    source: str
    starts: Moment | None = None
    until: Moment | None = None


@dataclass(frozen=True, slots=True)
class OwnerOn:
    """An owner that counts: what it holds, and its state under the measure by a listing of its own.

    Where no such listing makes it count, `owners` are those through whom it does; each party is told once.
    """

    holding: Holding
    listed: State
    owners: tuple["OwnerOn", ...] = ()


@dataclass(frozen=True, slots=True)
class ByOwnership:
    """What `measure` means for `party` by ownership: the state, the share that makes it, the owners who hold that.

    `state` is *in force* or *suspended*; *ended* where the rule itself has ended; *unknown* where a restricted owner's
    share is not told and it may be enough. `percent` is what the owners that count are known to hold.
    """

    party: str
    measure: Measure
    rule: OwnershipRule
    state: State
    percent: Decimal
    owners: tuple[OwnerOn, ...]


class World(Protocol):
    """What is known of parties and of who owns them, at one state of knowledge."""

    def holdings(self, asset: str, at: Instant) -> Sequence[Holding]:
        """The holdings in `asset` at `at`, at most one an owner."""
        ...

    def state(self, party: str, measure: str, at: Instant) -> State:
        """The state of `party` under `measure`, by listings of its own alone."""
        ...


def rule_at(measure: Measure, at: Instant) -> OwnershipRule | None:
    """The measure's rule about ownership that applies at `at`."""
    for rule in measure.ownership:
        begun = rule.starts is None or starts(rule.starts, measure.zone) <= at
        if begun and (rule.until is None or at <= closes(rule.until, measure.zone)):
            return rule
    return None


Graph: TypeAlias = Mapping[str, Sequence[Holding]]
"""The holdings in a party and, in turn, in each of its owners."""

LEVELS = {
    State.IN_FORCE: frozenset({State.IN_FORCE}),
    State.SUSPENDED: frozenset({State.IN_FORCE, State.SUSPENDED}),
    State.UNKNOWN: frozenset({State.IN_FORCE, State.SUSPENDED, State.UNKNOWN}),
}
"""The states that a party can have by ownership, the strongest first, with the states of owners that count for it."""

WHOLE = Decimal(100)
"""What a holding of untold size may be."""


@dataclass(frozen=True, slots=True)
class _Owners:
    """Everyone above a party: who holds what, how each is listed itself, and (filled level by level) who is reached."""

    graph: Graph
    listed: Mapping[str, State]
    reached: dict[str, State]

    def counting(self, asset: str, level: State) -> list[Holding]:
        """The holdings in `asset` of owners whose state counts for `level`."""
        states = LEVELS[level]
        return [
            holding
            for holding in self.graph[asset]
            if self.listed[holding.owner] in states or self.reached.get(holding.owner) in states
        ]


def by_ownership(party: str, measure: Measure, at: Instant, world: World) -> ByOwnership | None:
    """What `measure` means for `party` at `at` because of its owners; None when it does not reach the party.

    At each level the parties reached are the least fixed point over everyone above `party`: owners in a circle are
    reached only when someone outside it is listed, and the rule ends on any graph.
    """
    rule = rule_at(measure, at)
    if rule is None:
        return None
    graph = ancestry(party, at, world)
    everyone = dict.fromkeys(holding.owner for held in graph.values() for holding in held)
    owners = _Owners(graph, {owner: world.state(owner, measure.id, at) for owner in everyone}, {})
    for level in LEVELS:
        _reach(owners, rule, level)
    state = owners.reached.get(party)
    carried = None if state is None else _carried(state, rule, party, at, world)
    if state is None or carried is None:
        return None
    shares = [held.percent for held in owners.counting(party, state) if held.percent is not None]
    return ByOwnership(party, measure, rule, carried, _share(rule, shares), _told(owners, party, state, {party}))


def ancestry(party: str, at: Instant, world: World) -> Graph:
    """The holdings in `party` and in everyone above it."""
    graph: dict[str, Sequence[Holding]] = {}
    waiting = [party]
    while waiting:
        asset = waiting.pop()
        if asset not in graph:
            graph[asset] = [holding for holding in world.holdings(asset, at) if holding.owner != asset]
            waiting += [holding.owner for holding in graph[asset]]
    return graph


def _reach(owners: _Owners, rule: OwnershipRule, level: State) -> None:
    """Give `level` to every party that enough is held of, until there is none left."""
    waiting = [asset for asset in owners.graph if asset not in owners.reached]
    grown = True
    while grown:
        found = [asset for asset in waiting if _enough(owners.counting(asset, level), rule, level)]
        owners.reached.update(dict.fromkeys(found, level))
        waiting = [asset for asset in waiting if asset not in owners.reached]
        grown = bool(found)


def _enough(held: Iterable[Holding], rule: OwnershipRule, level: State) -> bool:
    untold = WHOLE if level is State.UNKNOWN else Decimal(0)
    shares = [untold if holding.percent is None else holding.percent for holding in held]
    return bool(shares) and rule.reaches(_share(rule, shares))


def _share(rule: OwnershipRule, shares: Iterable[Decimal]) -> Decimal:
    """All shares together, or the largest where each owner stands alone."""
    return sum(shares, Decimal(0)) if rule.together else max(shares, default=Decimal(0))


def _told(owners: _Owners, party: str, level: State, told: set[str]) -> tuple[OwnerOn, ...]:
    found = []
    for holding in owners.counting(party, level):
        by_itself = owners.listed[holding.owner] in LEVELS[level]
        if by_itself or holding.owner in told:
            found.append(OwnerOn(holding, owners.listed[holding.owner]))
            continue
        told.add(holding.owner)
        above = _told(owners, holding.owner, owners.reached[holding.owner], told)
        found.append(OwnerOn(holding, owners.listed[holding.owner], above))
    return tuple(found)


def _carried(state: State, rule: OwnershipRule, party: str, at: Instant, world: World) -> State | None:
    """The state as far as the measure that carries the rule lets it go; None while that has not begun."""
    carrying = world.state(party, rule.under, at) if rule.under else State.IN_FORCE
    if carrying is State.IN_FORCE or state is State.UNKNOWN:
        return state
    return carrying if carrying in (State.SUSPENDED, State.ENDED, State.UNKNOWN) else None


def stands_at(holding: Holding, at: Instant) -> bool:
    """Whether the holding, by its own days, stands at `at`."""
    begun = holding.starts is None or starts(holding.starts) <= at
    return begun and (holding.until is None or at <= closes(holding.until))
