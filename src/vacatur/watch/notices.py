"""What is told: a new hit, a hit that is one no more, a party that reads otherwise, a status that changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vacatur.law.acts import Act
from vacatur.law.kinds import Effect
from vacatur.law.moments import NEVER, Instant, closes, starts
from vacatur.law.report import Case, Status, status
from vacatur.parties import Party
from vacatur.screening.ownership import Ownership
from vacatur.screening.plain import act_json, evidence_json, instant_json, measure_json, party_json, reached_json
from vacatur.screening.screen import Hit
from vacatur.screening.standing import Asked, Dossier


class Kind(StrEnum):
    """The kinds of notices."""

    NEW_HIT = "new_hit"
    LOST_HIT = "lost_hit"
    PARTY_CHANGED = "party_changed"
    STATUS_CHANGED = "status_changed"
    STATUS_BY_OWNERSHIP = "status_by_ownership"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell: what kind, about which party, and the rest as plain JSON values."""

    kind: Kind
    party: str
    data: Mapping[str, Any]


def new_hit(customer: Mapping[str, Any], hit: Hit) -> Notice:
    """A customer may be a party that it was no hit for at the last run."""
    return Notice(
        Kind.NEW_HIT,
        hit.party.id,
        {
            "watched": [customer],
            "party": party_json(hit.party, hit.referents),
            "score": hit.score,
            "matched_name": hit.name,
            "explanation": [evidence_json(item) for item in hit.evidence],
            "statuses": [_brief(item) for item in hit.statuses],
            "by_ownership": [reached_json(item, hit.ownership) for item in hit.ownership.reached],
        },
    )


def lost_hit(customer: Mapping[str, Any], party: str, name: str, score: float) -> Notice:
    """A customer is no hit any more for a party that it was one for."""
    return Notice(
        Kind.LOST_HIT, party, {"watched": [customer], "party": {"id": party}, "matched_name": name, "score": score}
    )


def party_changed(before: Party, now: Party, watched: Sequence[Mapping[str, Any]]) -> Notice | None:
    """The party reads otherwise than at the last run: which values came and which went; None when it reads the same."""
    changes = {}
    for name in sorted({*before.properties, *now.properties}):
        added = [value for value in now.get(name) if value not in before.get(name)]
        removed = [value for value in before.get(name) if value not in now.get(name)]
        if added or removed:
            changes[name] = {"added": added, "removed": removed}
    if not changes and before.schema == now.schema:
        return None
    return Notice(Kind.PARTY_CHANGED, now.id, {"watched": list(watched), "party": party_json(now), "changes": changes})


def status_changes(
    before: Dossier | None, then: Asked, now: Dossier, asked: Asked, watched: Sequence[Mapping[str, Any]]
) -> Iterator[Notice]:
    """A notice for each measure under which the party stands otherwise than before, with the acts that made it.

    Args:
        before: the dossier as the register stood at the last run; None when it had no such party.
        then: the times of the last run.
        now: the dossier as it is.
        asked: the times of this run.
        watched: for whom it is told.
    """
    held = {name: before.case(name, then) for name in before.measure_ids()} if before else {}
    for name in now.measure_ids():
        case = now.case(name, asked)
        new = status(case, asked.at(case.measure.zone))
        old = status(held[name], then.at(case.measure.zone)) if name in held else None
        differs = _differences(old, new)
        if not differs:
            continue
        made, by_date = _made_by(held.get(name), then, case, asked)
        yield Notice(
            Kind.STATUS_CHANGED,
            now.party.id,
            {
                "watched": list(watched),
                "party": party_json(now.party, now.referents),
                "measure": measure_json(new.measure),
                "before": _brief(old) if old else None,
                "now": _brief(new),
                "differs": differs,
                "cause": "date" if by_date else "recorded",
                "acts": [act_json(act) for act in made],
                "because": [act_json(act) for act in new.because],
            },
        )


def ownership_changes(
    before: Ownership | None, now: Dossier, owned: Ownership, watched: Sequence[Mapping[str, Any]]
) -> Iterator[Notice]:
    """A notice for each measure that means something else for the party by ownership than before.

    Args:
        before: the ownership at the last run; None when the register had no such party.
        now: the dossier as it is.
        owned: the ownership as it is.
        watched: for whom it is told.
    """
    old = {item.by.measure.id: item for item in before.reached} if before else {}
    new = {item.by.measure.id: item for item in owned.reached}
    for name in sorted(old.keys() | new.keys()):
        was, is_now = old.get(name), new.get(name)
        if was is not None and is_now is not None and was.by.state is is_now.by.state:
            continue
        shown = (is_now or was).by.measure  # type: ignore[union-attr]
        yield Notice(
            Kind.STATUS_BY_OWNERSHIP,
            now.party.id,
            {
                "watched": list(watched),
                "party": party_json(now.party, now.referents),
                "measure": measure_json(shown),
                "before": reached_json(was, before) if was and before else None,
                "now": reached_json(is_now, owned) if is_now else None,
            },
        )


def next_date(dossier: Dossier, asked: Asked) -> Instant | None:
    """The next instant at which a status of the party may change without news; None when the record names none."""
    known = asked.known_at()
    found = [act.known_from for act in dossier.acts if known < act.known_from < NEVER]
    for name in dossier.measure_ids():
        case = dossier.case(name, asked)
        at, zone = asked.at(case.measure.zone), case.measure.zone
        found += [moment for moment in case.changes() if at < moment < NEVER]
        for coming in status(case, at).next:
            found += [moment for moment in (starts(coming.day, zone), closes(coming.day, zone) + 1) if moment > at]
    return min(found, default=None)


def _brief(item: Status) -> dict[str, Any]:
    zone = item.measure.zone
    return {
        "measure": measure_json(item.measure),
        "state": item.state.value,
        "since": instant_json(item.since, zone),
        "extent": item.extent.value,
        "enforcement_deferred": item.enforcement is not None,
        "binding": sorted({consequence.kind for consequence in item.consequences if consequence.binding}),
        "reported": [act.id for act in item.reported],
    }


def _differences(old: Status | None, new: Status) -> list[str]:
    """In what the statuses differ, as a person would want to be told; a chain that only got longer is no difference."""
    after = _brief(new) | {"relieved": sorted(new.relieved), "annulled_from": str(new.annulled_from)}
    if old is None:
        return ["state"]
    then = _brief(old) | {"relieved": sorted(old.relieved), "annulled_from": str(old.annulled_from)}
    return [name for name in after if name not in ("measure", "since") and after[name] != then[name]]


def _made_by(before: Case | None, then: Asked, case: Case, asked: Asked) -> tuple[list[Act], bool]:
    """The acts that made the difference, and whether it was a date that came rather than something recorded.

    These are acts that the record did not have or know of, that it has no more, or that took effect or ran out between
    the two runs.
    """
    old = {act.id: act for act in (*before.record.acts, *before.acts)} if before else {}
    new = {act.id: act for act in (*case.record.acts, *(act for act in case.acts if case.measure.id in act.measures))}
    zone = case.measure.zone
    first, last = then.at(zone), asked.at(zone)
    reaching = [act for act in new.values() if act.reaches(case.record.party)]
    recorded = [act for act in reaching if old.get(act.id) != act]
    recorded += [act for name, act in old.items() if name not in new and case.measure.id in act.measures]
    learnt = [act for act in reaching if then.known_at(zone) < act.known_from <= asked.known_at(zone)]
    dated = [act for act in reaching if first < act.begins <= last or first <= act.ends < last]
    made = {act.id: act for act in (*recorded, *learnt, *dated) if act.does is not Effect.NONE or act.proposed}
    return sorted(made.values(), key=lambda act: (act.decided, act.sequence, act.id)), not recorded
