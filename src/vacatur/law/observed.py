"""From sightings on lists to acts: what vintages show where no document speaks, and where they contradict one.

A sighting is an observation: the entry was there, or was not, in one dated edition. Designations and removals are
derived from all of them at question time, so vintages may be loaded in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from vacatur.law.acts import Act, Document, Measure, PublishedBasis
from vacatur.law.moments import NEVER, Instant, closes, starts
from vacatur.law.rule import Docket, docket
from vacatur.law.status import State, verdict


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Whether one vintage of a source shows the party under a measure, and what its entry states.

    `edition` counts the vintages of one day, from 0.
    """

    vintage: date
    source: str
    edition: int = field(default=0, kw_only=True)
    present: bool
    listed_on: date | None = None
    effective: date | None = None
    until: date | None = None
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A sighting that disagrees with the documents; the documents' state stands."""

    vintage: date
    source: str
    what: str


@dataclass(frozen=True, slots=True)
class Observed:
    """Acts read off the lists, the stretches that no vintage settles, and what contradicts a document."""

    acts: tuple[Act, ...] = ()
    gaps: tuple[tuple[Instant, Instant], ...] = ()
    corroborated: tuple[Sighting, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def observe(
    party: str, measure: Measure, sightings: Sequence[Sighting], acts: Sequence[Act], known: Instant = NEVER
) -> Observed:
    """What `sightings` of `party` under `measure` add to the documented `acts`.

    Where a document designates the party, sightings corroborate or contradict it and add no act. Elsewhere the first
    vintage that shows it becomes a designation (on the day the list states, else `since_at_latest` the vintage),
    and the first that lacks it a removal with `ended_between`. Vintages later than `known` are left out.
    """
    ordered = sorted(seen for seen in sightings if starts(seen.vintage, measure.zone) <= known)
    record = docket(acts, party, measure.id, known)
    if record.designations:
        return _compare(measure, ordered, record)
    return _derive(party, measure, ordered)


def _compare(measure: Measure, sightings: Sequence[Sighting], record: Docket) -> Observed:
    agreeing: list[Sighting] = []
    conflicts: list[Conflict] = []
    for seen in sightings:
        state = verdict(record, measure, closes(seen.vintage, measure.zone)).state
        if seen.present and state in (State.ENDED, State.NEVER_LISTED):
            conflicts.append(Conflict(seen.vintage, seen.source, f"on the list, but {state.value} by the documents"))
        elif not seen.present and state is State.IN_FORCE:
            conflicts.append(Conflict(seen.vintage, seen.source, "not on the list, but in force by the documents"))
        else:
            agreeing.append(seen)
    return Observed(corroborated=tuple(agreeing), conflicts=tuple(conflicts))


def _derive(party: str, measure: Measure, sightings: Sequence[Sighting]) -> Observed:
    acts: list[Act] = []
    gaps: list[tuple[Instant, Instant]] = []
    last_seen: Sighting | None = None
    last_missed: Sighting | None = None
    for seen in sightings:
        if seen.present and last_seen is None:
            act = _listed(party, measure, seen)
            acts.append(act)
            since = closes(last_missed.vintage, measure.zone) + 1 if last_missed else -NEVER
            if act.since_at_latest and since < act.begins:
                gaps.append((since, act.begins - 1))
        elif not seen.present and last_seen is not None:
            acts.append(_removed(party, measure, last_seen, seen))
            gaps.append((closes(last_seen.vintage, measure.zone) + 1, starts(seen.vintage, measure.zone) - 1))
        last_seen, last_missed = (seen, None) if seen.present else (None, seen)
    return Observed(acts=tuple(acts), gaps=tuple(gap for gap in gaps if gap[0] <= gap[1]))


def _listed(party: str, measure: Measure, seen: Sighting) -> Act:
    stated = seen.effective or seen.listed_on
    return Act(
        id=f"{_edition(seen)}:listed:{party}:{measure.id}",
        kind="observed_listed",
        measures=(measure.id,),
        parties=frozenset({party}),
        effective=stated if stated and stated <= seen.vintage else seen.vintage,
        until=seen.until if seen.until and (stated is None or seen.until >= stated) else None,
        published=seen.vintage,
        published_basis=PublishedBasis.STATED,
        zone=measure.zone,
        sequence=seen.edition,
        authority=measure.authority,
        citation=seen.citation,
        summary=f"On the list in the edition of {seen.vintage}.",
        since_at_latest=None if stated else seen.vintage,
        documents=(Document(f"{seen.source}, edition of {seen.vintage}"),),
    )


def _removed(party: str, measure: Measure, before: Sighting, seen: Sighting) -> Act:
    return Act(
        id=f"{_edition(seen)}:removed:{party}:{measure.id}",
        kind="observed_removed",
        measures=(measure.id,),
        parties=frozenset({party}),
        effective=seen.vintage,
        published=seen.vintage,
        published_basis=PublishedBasis.STATED,
        zone=measure.zone,
        sequence=seen.edition,
        authority=measure.authority,
        summary=f"On the list in the edition of {before.vintage}, no longer in that of {seen.vintage}.",
        ended_between=(before.vintage, seen.vintage),
        documents=(Document(f"{seen.source}, edition of {seen.vintage}"),),
    )


def _edition(seen: Sighting) -> str:
    return f"{seen.source}:{seen.vintage}" + (f":{seen.edition}" if seen.edition else "")


def within(gaps: Sequence[tuple[Instant, Instant]], at: Instant) -> bool:
    """Whether `at` lies in a stretch that no vintage settles."""
    return any(first <= at <= last for first, last in gaps)
