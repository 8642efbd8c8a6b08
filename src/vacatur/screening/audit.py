"""The audit of a register's legal record: every contradiction in it, with what to do."""

from collections.abc import Iterator

from vacatur.law.audit import Finding, contradictions, misdirected
from vacatur.register import Snapshot
from vacatur.screening.standing import Asked, open_dossier


def audit(snapshot: Snapshot, asked: Asked) -> Iterator[Finding]:
    """Contradictions among acts, and in the record of every party that an act names, as known and recorded then."""
    recorded = [item.act for item in snapshot.acts()]
    acts = [act for act in recorded if act.known_from <= asked.known_at() and not act.proposed]
    yield from misdirected(acts)
    yield from _unknown_names(snapshot, [(act.id, name) for act in acts for name in act.measures])
    for party in sorted({party for act in acts for party in act.parties or ()}):
        dossier = open_dossier(snapshot, party, asked.known_at())
        if dossier is None:
            named = tuple(act.id for act in acts if act.parties is not None and party in act.parties)
            what = f"{named[0]} reaches {party}, whom the register does not have"
            yield Finding("unknown party", what, "record the party, or correct its id", named, party)
        elif dossier.party.id == party:
            for measure in dossier.measure_ids():
                case = dossier.case(measure, asked)
                yield from contradictions(case, asked.at(case.measure.zone))


def _unknown_names(snapshot: Snapshot, named: list[tuple[str, str]]) -> Iterator[Finding]:
    for act, measure in named:
        if measure not in snapshot.measures:
            what = f"{act} concerns {measure}, which the register does not have"
            yield Finding("unknown measure", what, "correct the id of the measure", (act,), measure=measure)
