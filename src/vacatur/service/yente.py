"""The interface that yente's clients speak: a client changes its address and keeps its code.

Form of requests and answers after yente's data model (https://www.opensanctions.org/docs/yente/).
Fields of our own beside theirs: `statuses` (the contract's STATUS), `explanation`, `on`, `known`, `recorded`, `index`.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from vacatur import __version__
from vacatur.law.report import Status
from vacatur.matching import model
from vacatur.parties import IDENTIFIER_PROPERTIES, NAME_PROPERTIES, Party
from vacatur.screening.plain import evidence_json, status_json
from vacatur.screening.screen import Hit
from vacatur.screening.standing import Dossier
from vacatur.service.answers import LONGEST, QuestionOf, document
from vacatur.service.engine import NotFoundError, QuestionError
from vacatur.service.health import EngineOf

router = APIRouter(tags=["yente"])

ALGORITHM = "vacatur"
ACCEPTED = ("vacatur", "best", "logic-v1", "logic-v2", "name-based", "name-qualified", "regression-v1")
"""Names of algorithms that clients send; all are answered by ours."""

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

Value = Annotated[str, Field(max_length=LONGEST)] | int | float | bool | None
Cutoff = Annotated[float, Query(ge=0, le=1)]


class Example(BaseModel):
    """A query by example: an entity with the properties that are known."""

    id: Annotated[str, Field(max_length=LONGEST)] | None = None
    schema_: Annotated[str, Field(alias="schema", max_length=100)]
    properties: dict[str, Value | list[Value]]

    def values(self, *names: str) -> list[str]:
        """The values of the first properties that are given, as text."""
        found: list[str] = []
        for name in names:
            given = self.properties.get(name)
            listed = given if isinstance(given, list) else [given]
            found += [str(value).strip() for value in listed if value is not None and str(value).strip()]
        return found

    def queries(self) -> list[model.Query]:
        """A query for each name given, at most eight; one without a name when only identifiers are."""
        names = self.values(*NAME_PROPERTIES) or self._whole_name()
        kinds = [name for name in IDENTIFIER_PROPERTIES if name in self.properties]
        identifiers = tuple((name, value) for name in kinds for value in self.values(name))
        births, genders = self.values("birthDate", "incorporationDate"), self.values("gender")
        if not names and not identifiers:
            return []
        return [
            model.Query(
                name=name,
                schema=self.schema_,
                countries=tuple(code.lower() for code in self.values("country", "jurisdiction", "nationality")),
                birth_date=births[0] if births else None,
                gender=genders[0] if genders else None,
                identifiers=identifiers,
            )
            for name in (names[:8] or [""])
        ]

    def _whole_name(self) -> list[str]:
        parts = [*self.values("firstName"), *self.values("middleName"), *self.values("lastName")]
        return [" ".join(parts)] if parts else []


class Match(BaseModel):
    """A batch of queries by example, each under a key of the caller's own."""

    queries: dict[str, Example]
    weights: dict[str, float] = {}


@router.post("/match/{dataset}")
def match(  # noqa: PLR0913, PLR0917 - one a parameter of the interface
    asked: QuestionOf,
    engine: EngineOf,
    dataset: str,
    batch: Match,
    limit: Annotated[int, Query(ge=1, le=500)] = 5,
    threshold: Cutoff = 0.7,
    cutoff: Cutoff = 0.5,
    algorithm: Annotated[str, Query(max_length=60)] = "best",
    exclude_schema: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    include_dataset: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    exclude_dataset: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Who each query may be, by falling score; `match` says whether the score reaches `threshold`."""
    _check(asked, dataset)
    if algorithm not in ACCEPTED:
        raise QuestionError(f"unknown algorithm: {algorithm[:60]!r}; there are: {', '.join(ACCEPTED)}")
    if len(batch.queries) > engine.settings.max_queries:
        raise QuestionError(f"at most {engine.settings.max_queries} queries a request, not {len(batch.queries)}")
    queries = {key: example.queries() for key, example in batch.queries.items()}
    every = [query for some in queries.values() for query in some]
    answers = iter(asked.edition.screener(asked.asked).screen_many(every, asked.asked, limit, cutoff))
    responses = {}
    for key, example in batch.queries.items():
        found: dict[str, Hit] = {}
        for answer in islice(answers, len(queries[key])):
            for hit in answer.hits:
                if hit.party.id not in found or hit.score > found[hit.party.id].score:
                    found[hit.party.id] = hit
        hits = [
            scored(asked, hit, threshold)
            for hit in sorted(found.values(), key=lambda hit: (-hit.score, hit.party.id))
            if hit.party.schema not in exclude_schema
        ]
        results = [item for item in hits if _within(item, dataset, include_dataset, exclude_dataset)][:limit]
        responses[key] = {
            "status": 200,
            "results": results,
            "total": {"value": len(results), "relation": "eq"},
            "query": example.model_dump(by_alias=True, exclude_none=True),
        }
    return document({"responses": responses, "matcher": FEATURES, "limit": limit, **asked.stamp()})


def _within(item: dict[str, Any], dataset: str, include: list[str], exclude: list[str]) -> bool:
    held = set(item["datasets"])
    return (
        (dataset == "default" or dataset in held)
        and (not include or not held.isdisjoint(include))
        and held.isdisjoint(exclude)
    )


@router.get("/search/{dataset}")
def search(
    asked: QuestionOf,
    dataset: str,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    schema: Annotated[str, Query(max_length=100)] = "Thing",
    countries: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    limit: Annotated[int, Query(ge=0, le=500)] = 10,
    offset: Annotated[int, Query(ge=0, le=9499)] = 0,
) -> Response:
    """Entities by name, for a person who looks."""
    _check(asked, dataset)
    results: list[dict[str, Any]] = []
    if q.strip():
        query = model.Query(name=q.strip(), schema=schema, countries=tuple(code.lower() for code in countries))
        answer = asked.edition.screen(query, asked.asked, limit=limit + offset or 1, threshold=0.5)
        results = [entity(asked, hit.party.id) | {"score": hit.score} for hit in answer.hits]
        results = [item for item in results if _within(item, dataset, [], [])]
    page = results[offset : offset + limit]
    total = {"value": len(results), "relation": "eq"}
    return document({"results": page, "facets": {}, "total": total, "limit": limit, "offset": offset, **asked.stamp()})


@router.get("/entities/{entity_id}")
def get_entity(asked: QuestionOf, entity_id: str) -> Response:
    """One entity with its statuses, by any id that it has gone by."""
    return document(entity(asked, entity_id) | asked.stamp())


def entity(asked: QuestionOf, party: str) -> dict[str, Any]:
    """A party in the form of a FollowTheMoney entity, with its statuses."""
    dossier = asked.edition.dossier(party, asked.asked)
    return _entity(asked, dossier, dossier.statuses(asked.asked))


def _entity(asked: QuestionOf, dossier: Dossier, statuses: Sequence[Status]) -> dict[str, Any]:
    snapshot = asked.edition.snapshot
    seen = sorted(
        vintage.day
        for vintage in snapshot.vintages
        if any(item.source == vintage.source and snapshot.holds(item, vintage.id) for item in dossier.seen)
    )
    return {
        **form(dossier.party),
        "datasets": sorted({item.source for item in dossier.seen}),
        "referents": list(dossier.referents),
        "target": bool(statuses),
        "first_seen": f"{seen[0]}T00:00:00" if seen else None,
        "last_seen": f"{seen[-1]}T00:00:00" if seen else None,
        "last_change": f"{seen[-1]}T00:00:00" if seen else None,
        "statuses": [status_json(item) for item in statuses],
    }


def form(party: Party) -> dict[str, Any]:
    """A party or link in the form of FollowTheMoney, with its values as they are."""
    properties = {name: list(values) for name, values in party.properties.items()}
    return {"id": party.id, "caption": party.caption, "schema": party.schema, "properties": properties}


def scored(asked: QuestionOf, hit: Hit, threshold: float) -> dict[str, Any]:
    """An entity with its score, and what made it."""
    features: dict[str, float] = {}
    for item in hit.evidence:
        name = item.feature if item.feature in FEATURES else "name"
        features[name] = round(features.get(name, 0.0) + item.score, 3)
    return {
        **_entity(asked, asked.edition.dossier(hit.party.id, asked.asked), hit.statuses),
        "score": hit.score,
        "features": features,
        "match": hit.score >= threshold,
        "explanation": [evidence_json(item) for item in hit.evidence],
    }


@router.get("/catalog")
def catalog(asked: QuestionOf) -> Response:
    """The datasets: one a source, and `default`, which holds them all."""
    version = f"{asked.edition.transaction}"
    names = sorted({item.source for item in asked.edition.snapshot.vintages})
    common = {"load": True, "version": version, "index_version": version, "index_current": True}
    datasets = [{"name": name, "title": name, "children": [], **common} for name in names]
    whole = {"name": "default", "title": "Everything that the register holds", "children": names, **common}
    return document(
        {"datasets": [whole, *datasets], "current": ["default", *names], "outdated": [], "index_stale": False}
    )


@router.get("/algorithms")
def algorithms() -> Response:
    """The scoring there is; names that yente's clients send are accepted for it."""
    ours = {"name": ALGORITHM, "description": f"Vacatur {__version__}: token by token, explained", "features": FEATURES}
    return document({"algorithms": [ours], "default": ALGORITHM, "best": ALGORITHM})


def _check(asked: QuestionOf, dataset: str) -> None:
    if dataset != "default" and dataset not in {item.source for item in asked.edition.snapshot.vintages}:
        raise NotFoundError(f"no dataset is called {dataset[:100]!r}; see /catalog")
