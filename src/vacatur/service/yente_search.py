"""yente's addresses for a person who looks: search with facets, and one entity by its id."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from vacatur.matching import model
from vacatur.parties import Party
from vacatur.service.answers import LONGEST, QuestionOf, document
from vacatur.service.yente_form import MOST, Filters, Names, Since, check_dataset, entity, moved

router = APIRouter(tags=["yente"])

Facet = Literal["datasets", "schema", "countries", "identifiers", "topics", "genders"]
LABELS: dict[Facet, str] = {
    "datasets": "Data sources",
    "schema": "Entity types",
    "countries": "Countries",
    "identifiers": "Identifiers",
    "topics": "Topics",
    "genders": "Genders",
}
LEAST = 0.5
"""The score from which on an entity is found."""


@router.get("/search/{dataset}")
def search(  # noqa: PLR0913, PLR0917 - one a parameter of the interface
    asked: QuestionOf,
    dataset: str,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    schema: Annotated[str, Query(max_length=100)] = "Thing",
    include_dataset: Names = [],  # noqa: B006 - FastAPI copies it
    exclude_dataset: Names = [],  # noqa: B006 - FastAPI copies it
    exclude_schema: Names = [],  # noqa: B006 - FastAPI copies it
    datasets: Names = [],  # noqa: B006 - FastAPI copies it
    countries: Names = [],  # noqa: B006 - FastAPI copies it
    topics: Names = [],  # noqa: B006 - FastAPI copies it
    changed_since: Since = None,
    facets: Annotated[list[Facet], Query(max_length=10)] = ["countries", "topics", "datasets"],  # noqa: B006 - as above
    limit: Annotated[int, Query(ge=0, le=500)] = 10,
    offset: Annotated[int, Query(ge=0, le=9499)] = 0,
) -> Response:
    """Entities by name, the best first, with counts over all that were found."""
    check_dataset(asked, dataset)
    filters = Filters(
        dataset,
        include_dataset=[*include_dataset, *datasets],
        exclude_dataset=exclude_dataset,
        exclude_schema=exclude_schema,
        topics=topics,
        countries=countries,
        changed_since=changed_since,
    )
    found: list[tuple[Party, dict[str, Any]]] = []
    is_cut = False
    if q.strip():
        query = model.Query(name=q.strip(), schema=schema)
        hits = asked.edition.screen(query, asked.asked, limit=MOST, threshold=LEAST).hits
        is_cut = len(hits) == MOST
        for hit in hits:
            dossier = asked.edition.dossier(hit.party.id, asked.asked)
            item = entity(asked, dossier, hit.statuses) | {"score": hit.score}
            if filters.pass_(hit.party, item):
                found.append((hit.party, item))
    return document(
        {
            "results": [item for _, item in found[offset : offset + limit]],
            "facets": {name: _facet(name, found) for name in facets},
            "total": {"value": len(found), "relation": "gte" if is_cut else "eq"},
            "limit": limit,
            "offset": offset,
            **asked.stamp(),
        }
    )


def _facet(name: Facet, found: list[tuple[Party, dict[str, Any]]]) -> dict[str, Any]:
    counts = Counter(value for party, item in found for value in set(_values(name, party, item)))
    values = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "label": LABELS[name],
        "values": [{"name": value, "label": _label(name, value), "count": count} for value, count in values],
    }


def _values(name: Facet, party: Party, item: dict[str, Any]) -> Iterable[str]:
    match name:
        case "datasets":
            return list(item["datasets"])
        case "schema":
            return [party.schema]
        case "countries":
            return party.countries
        case "identifiers":
            return [value for _, value in party.identifiers]
        case "topics":
            return party.get("topics")
        case "genders":
            return party.get("gender")


def _label(name: Facet, value: str) -> str:
    """For a person to read."""
    if name != "countries":
        return value
    from babel import Locale  # noqa: PLC0415 - only for facets

    return str(Locale("en").territories.get(value.upper(), value))


@router.get("/entities/{entity_id}")
def get_entity(request: Request, asked: QuestionOf, entity_id: str) -> Response:
    """One entity with its statuses; an id that was absorbed leads to the one that it now goes by."""
    dossier = asked.edition.dossier(entity_id, asked.asked)
    return moved(request, entity_id, dossier) or document(entity(asked, dossier) | asked.stamp())
