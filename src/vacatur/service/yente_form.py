"""The form in which yente's clients expect entities, and what they narrow answers by.

After yente's data model (https://www.opensanctions.org/docs/yente/), version 5.5. Fields of our own beside theirs:
`statuses` (the contract's STATUS), `explanation`, and what `Question.stamp` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Query, Request
from fastapi.responses import RedirectResponse

from vacatur.law.report import Status
from vacatur.matching.model import Evidence
from vacatur.parties import Party
from vacatur.screening.plain import evidence_json, status_json
from vacatur.screening.screen import Hit
from vacatur.screening.standing import Dossier
from vacatur.service.answers import LONGEST, Question
from vacatur.service.engine import NotFoundError

FEATURES = {
    name: {"description": words, "coefficient": 1.0, "url": "https://github.com/opensanctions/nomenklatura"}
    for name, words in {
        "name": "Words of the names that meet",
        "identifier": "An identifier in common, or another one",
        "country": "No country in common",
        "birth_date": "Another birth date",
        "gender": "Another gender",
        "schema": "Another kind of party",
    }.items()
}

MOST = 500
"""Hits looked at where an answer is narrowed or counted: what is left out must not hide what remains."""

Names = Annotated[list[Annotated[str, Query(max_length=LONGEST)]], Query(max_length=50)]
Since = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$")]


@dataclass(frozen=True, slots=True)
class Filters:
    """What an entity must be to stay in an answer; empty ones let everything pass."""

    dataset: str = "default"
    include_dataset: Sequence[str] = ()
    exclude_dataset: Sequence[str] = ()
    exclude_schema: Sequence[str] = ()
    exclude_entity_ids: Sequence[str] = ()
    topics: Sequence[str] = ()
    countries: Sequence[str] = ()
    changed_since: str | None = None

    @property
    def are_open(self) -> bool:
        """Whether every entity passes."""
        given = (getattr(self, item.name) for item in fields(self) if item.name != "dataset")
        return self.dataset == "default" and not any(given)

    def pass_(self, party: Party, item: dict[str, Any]) -> bool:
        """Whether a party, in yente's form `item`, stays."""
        held, ids = set(item["datasets"]), {item["id"], *item["referents"]}
        return (
            (self.dataset == "default" or self.dataset in held)
            and (not self.include_dataset or not held.isdisjoint(self.include_dataset))
            and held.isdisjoint(self.exclude_dataset)
            and party.schema not in self.exclude_schema
            and ids.isdisjoint(self.exclude_entity_ids)
            and (not self.topics or not set(party.get("topics")).isdisjoint(self.topics))
            and (not self.countries or not set(party.countries).isdisjoint(code.lower() for code in self.countries))
            and (self.changed_since is None or (item["last_change"] or "") >= self.changed_since)
        )


def entity(asked: Question, dossier: Dossier, statuses: Sequence[Status] | None = None) -> dict[str, Any]:
    """A party in the form of a FollowTheMoney entity, with its statuses (worked out where they are not given)."""
    snapshot = asked.edition.snapshot
    known = dossier.statuses(asked.asked) if statuses is None else statuses
    seen = sorted(
        vintage.day
        for vintage in snapshot.vintages
        if any(item.source == vintage.source and snapshot.holds(item, vintage.id) for item in dossier.seen)
    )
    return {
        **form(dossier.party),
        "datasets": sorted({item.source for item in dossier.seen}),
        "referents": list(dossier.referents),
        "target": bool(known),
        "first_seen": f"{seen[0]}T00:00:00" if seen else None,
        "last_seen": f"{seen[-1]}T00:00:00" if seen else None,
        "last_change": f"{seen[-1]}T00:00:00" if seen else None,
        "statuses": [status_json(item) for item in known],
    }


def form(party: Party) -> dict[str, Any]:
    """A party or link in the form of FollowTheMoney, with its values as they are."""
    properties = {name: list(values) for name, values in party.properties.items()}
    return {"id": party.id, "caption": party.caption, "schema": party.schema, "properties": properties}


def scored(asked: Question, hit: Hit, threshold: float) -> dict[str, Any]:
    """An entity with its score, and what made it: by feature as yente says it, and line by line."""
    grouped: dict[str, list[Evidence]] = {}
    for item in hit.evidence:
        grouped.setdefault(item.feature if item.feature in FEATURES else "name", []).append(item)
    scores = {name: round(sum(item.score for item in items), 3) for name, items in grouped.items()}
    dossier = asked.edition.dossier(hit.party.id, asked.asked)
    return {
        **entity(asked, dossier, hit.statuses),
        "score": hit.score,
        "features": scores,
        "explanations": {name: _explained(scores[name], items) for name, items in grouped.items()},
        "match": hit.score >= threshold,
        "explanation": [evidence_json(item) for item in hit.evidence],
    }


def _explained(score: float, items: list[Evidence]) -> dict[str, Any]:
    return {
        "score": score,
        "weight": 1.0,
        "detail": "; ".join(item.note for item in items if item.note) or None,
        "query": " ".join(item.query for item in items if item.query) or None,
        "candidate": " ".join(item.matched for item in items if item.matched) or None,
    }


def moved(request: Request, entity_id: str, dossier: Dossier) -> RedirectResponse | None:
    """Where an id that was absorbed leads: the same address with the id that it now goes by; None when it stands."""
    if dossier.party.id == entity_id:
        return None
    _, _, tail = request.url.path.removeprefix("/entities/").partition("/")
    path = "/".join(["/entities", quote(dossier.party.id, safe=""), *([tail] if tail else [])])
    return RedirectResponse(f"{path}?{request.url.query}" if request.url.query else path, 308)


def check_dataset(asked: Question, dataset: str) -> None:
    """Raise `NotFoundError` when there is no such dataset."""
    if dataset != "default" and dataset not in {item.source for item in asked.edition.snapshot.vintages}:
        raise NotFoundError(f"no dataset is called {dataset[:100]!r}; see /catalog")
