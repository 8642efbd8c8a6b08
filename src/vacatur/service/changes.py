"""What is new, newest first: acts by the day on which they became public, and what each edition of a list changed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from vacatur.law.acts import Act
from vacatur.law.moments import day_of
from vacatur.register.differences import EditionDifference
from vacatur.register.snapshot import RecordedAct
from vacatur.service.answers import Question
from vacatur.service.engine import NotFoundError

SHOWN = 12
"""How many parties of a change are named."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new: an act, or an edition of a list against the one before."""

    day: date
    act: RecordedAct | None = None
    edition: EditionDifference | None = None


def act_changes(question: Question, measure: str | None = None, party: str | None = None) -> list[Change]:
    """Acts that were public at `known`, of one measure or about one party where given.

    Acts for everyone under a measure of the party are about it too.

    Raises:
        NotFoundError: there is no such party.
    """
    known = question.asked.known_at()
    about = _about(question, party) if party else None
    found = [
        item
        for item in question.edition.acts()
        if item.act.known_from <= known
        and (measure is None or measure in item.act.measures)
        and (about is None or _concerns(item.act, *about))
    ]
    found.sort(key=lambda item: (-item.act.known_from, item.act.id))
    return [Change(day_of(item.act.known_from, item.act.zone), act=item) for item in found]


def edition_changes(question: Question, measure: str | None = None) -> list[Change]:
    """What each edition changed that was public at `known`; under one measure only its members count."""
    until = day_of(question.asked.known_at())
    found = [item for item in question.edition.differences if item.vintage.day <= until]
    if measure is not None:
        roster = question.edition.rosters_now().by_measure.get(measure)
        members = {member.party for member in roster.members} if roster else set()
        found = [
            replace(item, came=item.came & members, went=item.went & members)
            for item in found
            if measure in item.vintage.lists.values()
        ]
    return [Change(item.vintage.day, edition=item) for item in found]


def all_changes(question: Question, measure: str | None = None) -> list[Change]:
    """Acts and editions together."""
    found = [*act_changes(question, measure), *edition_changes(question, measure)]
    return sorted(found, key=lambda change: change.day, reverse=True)


def named(question: Question, parties: Collection[str]) -> list[tuple[str, str]]:
    """Some of the parties, as id and name."""
    return [(party, _caption(question, party)) for party in sorted(parties)[:SHOWN]]


def _about(question: Question, party: str) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of a party, and the measures that it is or was under."""
    dossier = question.edition.dossier(party, question.asked)
    return frozenset({dossier.party.id, *dossier.referents}), frozenset(dossier.measure_ids())


def _concerns(act: Act, ids: frozenset[str], measures: frozenset[str]) -> bool:
    return not measures.isdisjoint(act.measures) if act.parties is None else not ids.isdisjoint(act.parties)


def _caption(question: Question, party: str) -> str:
    try:
        return question.edition.dossier(party, question.asked).party.caption
    except NotFoundError:
        return party
