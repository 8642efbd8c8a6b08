"""Answers as plain JSON values, in the form of the outer contract: keys may be added, never renamed."""

from datetime import date
from typing import Any

from vacatur.law.acts import Act, Document, Measure
from vacatur.law.moments import Instant, Moment, time_of
from vacatur.law.ownership import Holding, OwnerOn
from vacatur.law.report import ConsequenceOn, Considered, Status
from vacatur.matching.model import Evidence, Query
from vacatur.parties import Party
from vacatur.register.difference import PartyChange, PropertyChange
from vacatur.screening.ownership import Ownership, Reached
from vacatur.screening.screen import Answer, Coverage, Hit
from vacatur.screening.standing import Asked


def moment_json(moment: Moment | None) -> str | None:
    """ISO 8601 day or time."""
    return moment.isoformat() if moment is not None else None


def instant_json(instant: Instant | None, zone: str) -> str | None:
    """An instant as a day of `zone` when it is midnight there, else as a time."""
    if instant is None:
        return None
    moment = time_of(instant, zone)
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if midnight else moment.isoformat()


def asked_json(asked: Asked) -> dict[str, Any]:
    """The three times of a question."""
    return {"on": moment_json(asked.on), "known": moment_json(asked.known), "recorded": asked.recorded}


def act_json(act: Act) -> dict[str, Any]:
    """One link of a chain of acts."""
    return {
        "act": act.id,
        "kind": act.kind,
        "label": act.label,
        "effect": act.does.value,
        "effective": moment_json(act.effective),
        "until": moment_json(act.until),
        "published": moment_json(act.published or act.effective),
        "published_basis": act.published_basis.value,
        "citation": act.citation,
        "court": act.court,
        "judge": act.judge,
        "case": act.case,
        "authority": act.authority,
        "summary": act.summary,
        "scope": act.scope,
        "note": act.note,
        "targets": list(act.targets),
        "checked": act.checked.value,
        "documents": [document_json(item) for item in act.documents],
    }


def document_json(document: Document) -> dict[str, Any]:
    """A page or file that a fact rests on."""
    return {"url": document.url, "title": document.title, "checked": document.checked.value}


def measure_json(measure: Measure) -> dict[str, Any]:
    """A measure by its id, name and authority."""
    return {"id": measure.id, "name": measure.name, "authority": measure.authority}


def consequence_json(item: ConsequenceOn) -> dict[str, Any]:
    """One consequence as it stands on the day."""
    return {
        "kind": item.kind,
        "forbids": item.forbids,
        "binds": item.binds,
        "from": moment_json(item.starts),
        "until": moment_json(item.until),
        "binding": item.binding,
        "note": item.note,
    }


def considered_json(item: Considered) -> dict[str, Any]:
    """An act that did not count, and why."""
    return {
        "act": item.act.id,
        "kind": item.act.kind,
        "label": item.act.label,
        "effective": moment_json(item.act.effective),
        "reason": item.reason,
    }


def status_json(status: Status) -> dict[str, Any]:
    """The contract's STATUS."""
    zone = status.measure.zone
    deferral = status.enforcement
    return {
        "measure": measure_json(status.measure),
        "state": status.state.value,
        "since": instant_json(status.since, zone),
        "since_at_latest": moment_json(status.since_at_latest),
        "ended_between": [day.isoformat() for day in status.ended_between] if status.ended_between else None,
        "annulled_from": moment_json(status.annulled_from),
        "extent": status.extent.value,
        "relieved": sorted(status.relieved),
        "enforcement": {"deferred_until": moment_json(deferral.until), "act": deferral.act.id} if deferral else None,
        "because": [act_json(act) for act in status.because],
        "considered": [considered_json(item) for item in status.considered],
        "consequences": [consequence_json(item) for item in status.consequences],
        "next": [{"date": item.day.isoformat(), "what": item.what} for item in status.next],
        "changed_this_day": [
            {"at": time_of(moment, zone).isoformat(), "state": state.value} for moment, state in status.changed
        ],
        "reported": [act_json(act) for act in status.reported],
        "conflicts": [
            {"vintage": item.vintage.isoformat(), "source": item.source, "what": item.what} for item in status.conflicts
        ],
        "corroborated_by": [
            {"source": source, "first": min(days).isoformat(), "last": max(days).isoformat(), "vintages": len(days)}
            for source, days in _by_source(status).items()
        ],
    }


def _by_source(status: Status) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for seen in status.corroborated:
        if seen.present:
            found.setdefault(seen.source, []).append(seen.vintage)
    return found


def party_json(party: Party, referents: tuple[str, ...] = ()) -> dict[str, Any]:
    """A party for people and programs: names in the order of strength, identifiers by their property."""
    identifiers: dict[str, list[str]] = {}
    for kind, value in party.identifiers:
        identifiers.setdefault(kind, []).append(value)
    return {
        "id": party.id,
        "referents": list(referents),
        "caption": party.caption,
        "schema": party.schema,
        "names": list(party.names),
        "countries": list(party.countries),
        "identifiers": identifiers,
    }


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """One line of an explanation."""
    return {
        "query": evidence.query,
        "matched": evidence.matched,
        "feature": evidence.feature,
        "score": round(evidence.score, 6),
        "note": evidence.note,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """One hit with its statuses."""
    return {
        "party": party_json(hit.party, hit.referents),
        "score": hit.score,
        "matched_name": hit.name,
        "explanation": [evidence_json(item) for item in hit.evidence],
        "statuses": [status_json(status) for status in hit.statuses],
        "ownership": ownership_json(hit.ownership),
    }


def ownership_json(ownership: Ownership) -> dict[str, Any]:
    """Owners and holdings, and statuses by ownership: never among the statuses of listings."""
    return {
        "checked": ownership.told,
        "owners": [holding_json(item, ownership) for item in ownership.owners],
        "owns": [holding_json(item, ownership) for item in ownership.owns],
        "statuses": [reached_json(item, ownership) for item in ownership.reached],
    }


def holding_json(holding: Holding, ownership: Ownership) -> dict[str, Any]:
    """Who holds how much of what, and who says so."""
    return {
        "owner": {"id": holding.owner, "caption": ownership.caption(holding.owner)},
        "asset": {"id": holding.asset, "caption": ownership.caption(holding.asset)},
        "percent": float(holding.percent) if holding.percent is not None else None,
        "from": moment_json(holding.starts),
        "until": moment_json(holding.until),
        "source": holding.source,
    }


def reached_json(reached: Reached, ownership: Ownership) -> dict[str, Any]:
    """A status by ownership, with the rule and the owners that it rests on."""
    by, rule = reached.by, reached.by.rule
    return {
        "measure": measure_json(by.measure),
        "state": by.state.value,
        "since": instant_json(reached.since, by.measure.zone),
        "percent": float(by.percent),
        "rule": {
            "percent": float(rule.percent),
            "exactly": rule.exactly,
            "together": rule.together,
            "from": moment_json(rule.starts),
            "until": moment_json(rule.until),
            "under": rule.under,
            "documents": [document_json(item) for item in rule.documents],
        },
        "owners": [owner_json(item, ownership) for item in by.owners],
    }


def owner_json(owner: OwnerOn, ownership: Ownership) -> dict[str, Any]:
    """An owner that counts: listed itself, or through owners of its own."""
    return {
        **holding_json(owner.holding, ownership),
        "listed": owner.listed.value,
        "owners": [owner_json(item, ownership) for item in owner.owners],
    }


def query_json(query: Query) -> dict[str, Any]:
    """What was asked for, blanks left out."""
    asked = {
        "name": query.name,
        "schema": query.schema,
        "countries": list(query.countries),
        "birth_date": query.birth_date,
        "identifiers": [value for _, value in query.identifiers],
    }
    return {key: value for key, value in asked.items() if value}


def coverage_json(item: Coverage) -> dict[str, Any]:
    """One source that an answer rests on."""
    return {
        "source": item.source,
        "vintage": item.vintage.isoformat(),
        "entries": item.entries,
        "stale": item.stale,
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """The contract's `screen` document."""
    return {
        "query": query_json(answer.query),
        **asked_json(answer.asked),
        "hits": [hit_json(hit) for hit in answer.hits],
        "coverage": [coverage_json(item) for item in answer.coverage],
        "notes": list(answer.notes),
    }


def change_json(change: PartyChange) -> dict[str, Any]:
    """How a party differs between two editions of a list."""
    return {
        "kind": change.kind.value,
        "party": {"id": change.party, "caption": change.caption, "schema": change.schema},
        "properties": [_property_json(item) for item in change.properties],
        "listings": [
            {
                "kind": listing.kind.value,
                "list": listing.list,
                "measure": listing.measure,
                "properties": [_property_json(item) for item in listing.changes],
            }
            for listing in change.listings
        ],
    }


def _property_json(item: PropertyChange) -> dict[str, Any]:
    return {"name": item.name, "removed": list(item.removed), "added": list(item.added)}
