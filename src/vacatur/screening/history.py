"""Everything that the register knows of a party, in the three times: effective, published, recorded."""

from typing import Any

from vacatur.law.acts import PublishedBasis
from vacatur.law.moments import day_of
from vacatur.register import Snapshot
from vacatur.register.identity import judgements
from vacatur.screening.plain import act_json, moment_json, party_json
from vacatur.screening.standing import Dossier


def history_json(snapshot: Snapshot, dossier: Dossier) -> dict[str, Any]:
    """Acts in every version, presences and versions of entries, links between ids, by effective time."""
    events = [*_act_events(snapshot, dossier), *_presence_events(snapshot, dossier), *_link_events(snapshot, dossier)]
    events.sort(key=lambda event: (event["effective"], event["recorded"], event["what"]))
    return {
        "party": party_json(dossier.party, dossier.referents),
        "recorded": snapshot.recorded,
        "events": events,
    }


def _act_events(snapshot: Snapshot, dossier: Dossier) -> list[dict[str, Any]]:
    events = []
    for item in snapshot.act_versions((dossier.party.id, *dossier.referents)):
        act = item.act
        source = act.case or act.citation or act.authority or ""
        events.append(
            {
                "what": f"{', '.join(act.measures)}: {act.label}" + (f", {source}" if source else ""),
                "type": "act",
                "effective": day_of(act.decided, act.zone).isoformat(),
                "published": moment_json(act.published or act.effective),
                "published_basis": act.published_basis.value,
                "recorded": item.recorded,
                "retracted": item.retracted,
                "proposed": act.proposed,
                "origin": item.origin,
                "actor": item.actor,
                "reason": item.reason,
                "act": act_json(act),
            }
        )
    return events


def _presence_events(snapshot: Snapshot, dossier: Dossier) -> list[dict[str, Any]]:
    """A line for each vintage in which an entry comes, reads otherwise, or is gone."""
    events = []
    for source in sorted({item.source for item in dossier.seen}):
        mine = [item for item in dossier.seen if item.source == source]
        before: tuple[int, ...] | None = None
        for vintage in snapshot.vintages:
            if vintage.source != source:
                continue
            here = tuple(item.id for item in mine if snapshot.holds(item, vintage.id))
            if here != (before or ()):
                what = "entry gone" if not here else "entry seen" if not before else "entry changed"
                shown = next((item.entry.party.caption for item in mine if item.id in here), "")
                events.append(
                    {
                        "what": f"{source}: {what}" + (f" ({shown})" if shown else ""),
                        "type": "presence",
                        "effective": vintage.day.isoformat(),
                        "published": vintage.day.isoformat(),
                        "published_basis": PublishedBasis.STATED.value,
                        "recorded": vintage.recorded,
                        "retracted": None,
                    }
                )
            before = here
    return events


def _link_events(snapshot: Snapshot, dossier: Dossier) -> list[dict[str, Any]]:
    """A line for each time that ids were taken for one party, and for each time that this was taken back."""
    events = []
    for item in judgements(snapshot, (dossier.party.id, *dossier.referents)):
        what = f"{item.alias} taken for {item.party}: {item.why} ({item.basis})"
        if item.retracted is not None:
            what += f"; taken back by {item.retracted_by}: {item.retracted_because}"
        events.append(
            {
                "what": what,
                "type": "link",
                "effective": item.at[:10],
                "published": item.at[:10],
                "published_basis": PublishedBasis.STATED.value,
                "recorded": item.recorded,
                "retracted": item.retracted,
                "basis": item.basis,
                "actor": item.actor,
                "reason": item.why,
            }
        )
    return events
