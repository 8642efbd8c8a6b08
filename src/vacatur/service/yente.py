"""The interface that yente's clients speak: a client changes its address and keeps its code.

Matching by example, and what there is to match against; search and entities are in `yente_search`.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from vacatur import __version__
from vacatur.matching import model
from vacatur.parties import IDENTIFIER_PROPERTIES, NAME_PROPERTIES
from vacatur.screening.details import as_compared
from vacatur.screening.screen import Answer, Hit
from vacatur.service.answers import LONGEST, MOST_HITS, QuestionOf, check_size, document
from vacatur.service.engine import QuestionError
from vacatur.service.health import EngineOf
from vacatur.service.yente_form import FEATURES, MOST, Filters, Names, Since, check_dataset, scored

router = APIRouter(tags=["yente"])

ALGORITHM = "vacatur"
ACCEPTED = ("vacatur", "best", "logic-v1", "logic-v2", "name-based", "name-qualified", "regression-v1")
"""Names of algorithms that clients send; all are answered by ours."""

DOCS = {"features": FEATURES, "config": {}}

MOST_VALUES = 100

Number = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Value = Annotated[str, Field(max_length=LONGEST)] | Number | float | bool | None
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
        """A query for each name given, at most eight; one without a name when only identifiers are.

        Raises:
            QuestionError: more identifiers or countries than a party has.
        """
        names = self.values(*NAME_PROPERTIES) or self._whole_name()
        kinds = [name for name in IDENTIFIER_PROPERTIES if name in self.properties]
        identifiers = tuple((name, value) for name in kinds for value in self.values(name))
        countries = tuple(self.values("country", "jurisdiction", "nationality"))
        if max(len(identifiers), len(countries)) > MOST_VALUES:
            raise QuestionError(f"at most {MOST_VALUES} identifiers and {MOST_VALUES} countries a query")
        births, genders = self.values("birthDate", "incorporationDate"), self.values("gender")
        if not names and not identifiers:
            return []
        details = as_compared(self.schema_, countries, births[0] if births else "")
        return [
            model.Query(
                name=name,
                schema=details.schema,
                countries=details.countries,
                birth_date=details.birth_date,
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
    include_dataset: Names = [],  # noqa: B006 - FastAPI copies it
    exclude_dataset: Names = [],  # noqa: B006 - FastAPI copies it
    exclude_schema: Names = [],  # noqa: B006 - FastAPI copies it
    exclude_entity_ids: Names = [],  # noqa: B006 - FastAPI copies it
    topics: Names = [],  # noqa: B006 - FastAPI copies it
    changed_since: Since = None,
) -> Response:
    """Who each query may be, by falling score; `match` says whether the score reaches `threshold`."""
    check_dataset(asked, dataset)
    if algorithm not in ACCEPTED:
        raise QuestionError(f"unknown algorithm: {algorithm[:60]!r}; there are: {', '.join(ACCEPTED)}")
    check_size(len(batch.queries), limit, engine)
    filters = Filters(
        dataset,
        include_dataset=include_dataset,
        exclude_dataset=exclude_dataset,
        exclude_schema=exclude_schema,
        exclude_entity_ids=exclude_entity_ids,
        topics=topics,
        changed_since=changed_since,
    )
    queries = {key: example.queries() for key, example in batch.queries.items()}
    every = [query for some in queries.values() for query in some]
    looked_at = limit if filters.are_open else max(limit, min(MOST, MOST_HITS // max(1, len(every))))
    answers = iter(asked.edition.screener(asked.asked).screen_many(every, asked.asked, looked_at, cutoff))
    responses = {}
    for key, example in batch.queries.items():
        hits = _best_of(islice(answers, len(queries[key])))
        items = ((hit.party, scored(asked, hit, threshold)) for hit in hits)
        results = list(islice((item for party, item in items if filters.pass_(party, item)), limit))
        responses[key] = {
            "status": 200,
            "results": results,
            "total": {"value": len(results), "relation": "eq"},
            "query": example.model_dump(by_alias=True, exclude_none=True),
        }
    return document({"responses": responses, "matcher": FEATURES, "limit": limit, **asked.stamp()})


def _best_of(answers: Iterable[Answer]) -> list[Hit]:
    """The hits of a query's names together, each party once, by falling score."""
    found: dict[str, Hit] = {}
    for answer in answers:
        for hit in answer.hits:
            if hit.party.id not in found or hit.score > found[hit.party.id].score:
                found[hit.party.id] = hit
    return sorted(found.values(), key=lambda hit: (-hit.score, hit.party.id))


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
        | asked.stamp()
    )


@router.get("/algorithms")
def algorithms() -> Response:
    """The scoring there is; names that yente's clients send are accepted for it."""
    ours = {
        "name": ALGORITHM,
        "description": f"Vacatur {__version__}: token by token, explained",
        "features": FEATURES,
        "docs": DOCS,
    }
    return document({"algorithms": [ours], "default": ALGORITHM, "best": ALGORITHM})
