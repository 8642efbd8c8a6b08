"""Who is under each measure: every member with its states over time, for all parties at once.

A roster says what a dossier says of the same party, measure and state of knowledge. Most members are only seen on
lists, and many of them in the same vintages: what follows from one pattern of sightings is worked out once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vacatur.law.acts import Measure
from vacatur.law.moments import NEVER, Instant
from vacatur.law.report import Case
from vacatur.law.status import State
from vacatur.register import Snapshot
from vacatur.register.everyone import everyone
from vacatur.screening.standing import Asked, Dossier, under

Turns = tuple[tuple[Instant, State], ...]
"""Each instant at which a state begins, ascending, with that state; before the first it is *never listed*."""

Sizes = tuple[tuple[Instant, Mapping[State, int]], ...]
"""Each instant of change, ascending, with how many members are in each state from then on."""

Pattern = tuple[str, tuple[tuple[object, ...], ...]]
"""A measure and what its vintages show of a party, but for citations."""


@dataclass(frozen=True, slots=True)
class Member:
    """A party under a measure; `names` is every name in small letters, to search in."""

    party: str
    caption: str
    schema: str
    countries: tuple[str, ...]
    names: str
    turns: Turns

    def state(self, at: Instant) -> State:
        """The state at an instant."""
        found = State.NEVER_LISTED
        for moment, state in self.turns:
            if moment > at:
                break
            found = state
        return found


@dataclass(frozen=True, slots=True)
class Roster:
    """A measure with everyone who ever was under it, by name, and its size over time."""

    measure: Measure
    members: tuple[Member, ...]
    sizes: Sizes

    def on(self, at: Instant) -> Iterator[tuple[Member, State]]:
        """Members with their states at an instant; those not yet listed are left out."""
        states: dict[int, State] = {}
        for member in self.members:
            shared = id(member.turns)  # thousands of members share the turns of one pattern
            state = states.get(shared)
            if state is None:
                state = states[shared] = member.state(at)
            if state is not State.NEVER_LISTED:
                yield member, state


@dataclass(frozen=True, slots=True)
class Rosters:
    """Every measure that reaches anyone, by id; and the dossiers of all whom an act names, which were opened anyway."""

    by_measure: Mapping[str, Roster]
    documented: tuple[Dossier, ...]


def _sizes(members: Iterable[Member]) -> Sizes:
    changes: dict[Instant, dict[State, int]] = defaultdict(lambda: defaultdict(int))
    for member in members:
        before: State | None = None
        for moment, state in member.turns:
            changes[moment][state] += 1
            if before is not None:
                changes[moment][before] -= 1
            before = state
    counts: dict[State, int] = defaultdict(int)
    found: list[tuple[Instant, Mapping[State, int]]] = []
    for moment in sorted(changes):
        for state, change in changes[moment].items():
            counts[state] += change
        found.append((moment, dict(counts)))
    return tuple(found)


def rosters(snapshot: Snapshot, asked: Asked) -> Rosters:
    """Who is under each measure, as known at `asked.known`."""
    acts = [item.act for item in snapshot.acts()]
    for_all = [act for act in acts if act.parties is None]
    naming: dict[str, list[int]] = defaultdict(list)
    for place, act in enumerate(acts):
        for party in act.parties or ():
            naming[party].append(place)
    absorbed: dict[str, list[str]] = defaultdict(list)
    for alias, canonical in snapshot.aliases().items():
        absorbed[canonical].append(alias)
    members: dict[str, list[Member]] = defaultdict(list)
    documented: list[Dossier] = []
    worked_out: dict[Pattern, Turns] = {}
    for canonical, seen in everyone(snapshot):
        found = snapshot.merge(canonical, seen, asked.known_at())
        if found is None:
            continue
        referents = tuple(absorbed[canonical])
        ids = (canonical, *referents)
        own = sorted({place for one in ids for place in naming.get(one, ())})
        reaching = [under(acts[place], canonical, ids) for place in own] + for_all
        dossier = Dossier(found, referents, tuple(reaching), seen, snapshot.sightings(seen), snapshot.measures)
        if own:
            documented.append(dossier)
        for measure in dossier.measure_ids():
            turns = _turns(dossier, measure, asked, worked_out, alone=not own)
            if turns:
                names = " ".join(found.names).casefold()
                members[measure].append(Member(canonical, found.caption, found.schema, found.countries, names, turns))
    by_measure = {
        name: Roster(
            snapshot.measures.get(name) or Measure(name, name, "as named by the source", zone="UTC"),
            tuple(sorted(under_it, key=lambda member: (member.caption.casefold(), member.party))),
            _sizes(under_it),
        )
        for name, under_it in sorted(members.items())
    }
    return Rosters(by_measure, tuple(documented))


def _turns(dossier: Dossier, measure: str, asked: Asked, worked_out: dict[Pattern, Turns], *, alone: bool) -> Turns:
    """The states of a party; one that no act names has those of every other that the same vintages show."""
    if not alone:
        return _turns_of(dossier.case(measure, asked))
    pattern = (
        measure,
        tuple(
            (seen.vintage, seen.source, seen.present, seen.listed_on, seen.effective, seen.until)
            for seen in dossier.sightings[measure]
        ),
    )
    if pattern not in worked_out:
        worked_out[pattern] = _turns_of(dossier.case(measure, asked))
    return worked_out[pattern]


def _turns_of(case: Case) -> Turns:
    found: list[tuple[Instant, State]] = []
    for moment in (-NEVER, *case.changes()):
        state = case.verdict(moment).state
        if state is not (found[-1][1] if found else State.NEVER_LISTED):
            found.append((moment, state))
    return tuple(found)
