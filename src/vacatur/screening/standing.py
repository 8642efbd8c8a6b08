"""Where a party stands: its statuses under every measure, on a day, as known then, as recorded then."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from vacatur.law.acts import Act, Measure
from vacatur.law.moments import NEVER, Instant, Moment, closes, parse_moment
from vacatur.law.observed import Sighting
from vacatur.law.report import Case, Status, base_case, intervals, open_case, status
from vacatur.parties import Party
from vacatur.register import Snapshot
from vacatur.register.snapshot import Seen

YEARS = range(1000, 9000)
"""Years that can be asked about: days are added and zones applied, which calendars allow only within their ends."""


def asked_moment(text: str) -> Moment:
    """Read a moment that somebody asks about.

    Raises:
        ValueError: it is no day or time, or in a year beyond what can be reckoned with.
    """
    moment = parse_moment(text)
    if moment.year not in YEARS:
        raise ValueError(f"can't be asked about: {text.strip()!r} (expected a year from {YEARS[0]} to {YEARS[-1]})")
    return moment


@dataclass(frozen=True, slots=True)
class Asked:
    """The three times of a question: the legal moment, the state of public knowledge, the state of the register.

    A bare day means its end, in the zone of each measure's authority.
    """

    on: Moment
    known: Moment
    recorded: int

    def at(self, zone: str) -> Instant:
        """The legal moment as an instant, for an authority in `zone`."""
        return closes(self.on, zone)

    def known_at(self, zone: str = "UTC") -> Instant:
        """The state of knowledge as an instant."""
        return closes(self.known, zone)


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the register holds about one party, under its canonical id."""

    party: Party
    referents: tuple[str, ...]
    acts: tuple[Act, ...]
    seen: tuple[Seen, ...]
    sightings: Mapping[str, tuple[Sighting, ...]]
    measures: Mapping[str, Measure]

    def measure_ids(self) -> list[str]:
        """The measures with an act that names the party, or a presence, by id."""
        named = {measure for act in self.acts if act.parties is not None for measure in act.measures}
        return sorted(named | set(self.sightings))

    def case(self, measure_id: str, asked: Asked) -> Case:
        """What bears on the party under one measure, as known then."""
        measure = self.measures.get(measure_id) or Measure(measure_id, measure_id, "as named by the source", zone="UTC")
        known = asked.known_at(measure.zone)
        return open_case(
            self.party.id,
            measure,
            self.acts,
            known,
            sightings=self.sightings.get(measure_id, ()),
            base=base_case(self.party.id, measure, self.measures, self.acts, known),
        )

    def statuses(self, asked: Asked) -> list[Status]:
        """The status under every measure that has an act or a presence for the party."""
        return [
            status(case, asked.at(case.measure.zone))
            for case in (self.case(measure, asked) for measure in self.measure_ids())
        ]

    def intervals(self, measure_id: str, asked: Asked, first: Moment, last: Moment) -> list[Status]:
        """The statuses under one measure over a span, one for each stretch without change."""
        case = self.case(measure_id, asked)
        return intervals(case, closes(first, case.measure.zone), closes(last, case.measure.zone))


def open_dossier(snapshot: Snapshot, party: str, known: Instant = NEVER) -> Dossier | None:
    """Gather the dossier of `party` (any id that it has gone by), or None when the register has no such party."""
    return open_dossiers(snapshot, (party,), known)[party]


def open_dossiers(snapshot: Snapshot, parties: Collection[str], known: Instant = NEVER) -> Mapping[str, Dossier | None]:
    """`open_dossier` of many in a few statements, by the ids asked for."""
    canonical = snapshot.canonicals(parties)
    referents = snapshot.referents_of(dict.fromkeys(canonical.values()))
    groups = {party: (party, *absorbed) for party, absorbed in referents.items()}
    seen: dict[str, list[Seen]] = defaultdict(list)
    for item in snapshot.seen(tuple(chain(*groups.values()))):
        seen[item.entry.party.id].append(item)
    acts = snapshot.acts_about_each(groups)
    opened: dict[str, Dossier | None] = {}
    for party, ids in groups.items():
        own = tuple(sorted(chain(*(seen.get(each, ()) for each in ids)), key=lambda item: item.id))
        merged = snapshot.merge(party, own, known)
        if merged is None:
            opened[party] = None
            continue
        opened[party] = Dossier(
            party=merged,
            referents=referents[party],
            acts=tuple(under(act, party, ids) for act in acts[party]),
            seen=own,
            sightings=snapshot.sightings(own),
            measures=snapshot.measures,
        )
    return {party: opened[canonical[party]] for party in parties}


def under(act: Act, canonical: str, ids: Sequence[str]) -> Act:
    """The act as reaching `canonical`, when it names the party by an id that was absorbed."""
    if act.parties is None or canonical in act.parties or act.parties.isdisjoint(ids):
        return act
    return replace(act, parties=act.parties | {canonical})
