"""The Reconciliation Service API 0.2 (W3C community group), as OpenRefine speaks it, at `/reconcile`."""

from html import escape
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Form, Query, Response
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from vacatur.law.report import Status
from vacatur.matching import model
from vacatur.parties import IDENTIFIER_PROPERTIES
from vacatur.screening.details import as_compared
from vacatur.screening.plain import instant_json
from vacatur.screening.screen import Hit
from vacatur.screening.standing import Dossier
from vacatur.service.answers import LONGEST, Question, QuestionOf, check_size, document
from vacatur.service.engine import NotFoundError, QuestionError
from vacatur.service.health import EngineOf

router = APIRouter(prefix="/reconcile", tags=["reconciliation"])

TYPES = ("Company", "LegalEntity", "Organization", "Person", "PublicBody", "Security", "Thing", "Vessel", "Airplane")
PROPERTIES = ("country", "birthDate", "gender", *IDENTIFIER_PROPERTIES)
EXTENSIONS = ("state", "measures", "caption", "alias", *PROPERTIES)

Text = Annotated[str, Field(max_length=LONGEST)]
Given = Annotated[str | None, Form(max_length=2_000_000)]
Asked = Annotated[str | None, Query(max_length=100_000)]
Prefix = Annotated[str, Query(max_length=LONGEST)]


class Property(BaseModel):
    """A property that is known of the one looked for."""

    pid: Text
    v: Any

    def texts(self) -> list[str]:
        """The values as text, whatever form they came in."""
        values = self.v if isinstance(self.v, list) else [self.v]
        return [str(value.get("id", "") if isinstance(value, dict) else value)[:LONGEST] for value in values[:20]]


class One(BaseModel):
    """One query of a batch."""

    query: Text = ""
    type: Text | list[Text] | None = None
    limit: Annotated[float, Field(ge=1, le=100)] = 10
    properties: Annotated[list[Property], Field(max_length=50)] = []

    def asked(self) -> model.Query:
        """The query for the matching room."""
        given: dict[str, list[str]] = {}
        for item in self.properties:
            given.setdefault(item.pid, []).extend(item.texts())
        types = [self.type] if isinstance(self.type, str) else self.type or []
        born = next(iter(given.get("birthDate", [])), "")
        details = as_compared(types[0] if types else "", tuple(given.get("country", [])), born)
        return model.Query(
            name=self.query.strip(),
            schema=details.schema,
            countries=details.countries,
            birth_date=details.birth_date,
            gender=next(iter(given.get("gender", [])), None),
            identifiers=tuple((pid, value) for pid in IDENTIFIER_PROPERTIES for value in given.get(pid, []) if value),
        )


class Wanted(BaseModel):
    """A property to extend by."""

    id: Text


class Extension(BaseModel):
    """Rows and columns of a data extension."""

    ids: Annotated[list[Text], Field(max_length=500)]
    properties: Annotated[list[Wanted], Field(max_length=50)]


BATCH = TypeAdapter(dict[str, One])


@router.get("")
@router.get("/{dataset}")
def get(
    asked: QuestionOf, engine: EngineOf, dataset: str = "default", queries: Asked = None, extend: Asked = None
) -> Response:
    """The manifest, or the answers to `queries` or `extend`."""
    return _answer(asked, engine, dataset, queries, extend)


@router.post("")
@router.post("/{dataset}")
def post(
    asked: QuestionOf, engine: EngineOf, dataset: str = "default", queries: Given = None, extend: Given = None
) -> Response:
    """The answers to `queries` or `extend`, sent as a form."""
    return _answer(asked, engine, dataset, queries, extend)


def _answer(asked: Question, engine: EngineOf, dataset: str, queries: str | None, extend: str | None) -> Response:
    if dataset != "default" and dataset not in {item.source for item in asked.edition.snapshot.vintages}:
        raise NotFoundError(f"no dataset is called {dataset[:100]!r}; see /catalog")
    try:
        if queries is not None:
            batch = BATCH.validate_python(orjson.loads(queries))
            check_size(len(batch), int(max((one.limit for one in batch.values()), default=0)), engine)
            return document({key: {"result": _candidates(asked, one)} for key, one in batch.items()})
        if extend is not None:
            return document(_extended(asked, Extension.model_validate(orjson.loads(extend))))
    except ValidationError as error:
        first = error.errors()[0]
        raise QuestionError(f"{'.'.join(map(str, first['loc']))[:200]}: {first['msg']}") from None
    except orjson.JSONDecodeError as error:
        raise QuestionError(f"not JSON: {error}") from None
    return document(_manifest(engine.settings.base_url.rstrip("/"), dataset))


def _manifest(base: str, dataset: str) -> dict[str, Any]:
    own = f"{base}/reconcile"
    return {
        "versions": ["0.2"],
        "name": f"Vacatur ({dataset})",
        "identifierSpace": f"{base}/entities/",
        "schemaSpace": "https://followthemoney.tech/explorer/schemata/",
        "defaultTypes": [{"id": name, "name": name} for name in TYPES],
        "view": {"url": f"{base}/entities/{{{{id}}}}"},
        "preview": {"url": f"{own}/preview/{{{{id}}}}", "width": 430, "height": 260},
        "suggest": {
            name: {"service_url": own, "service_path": f"/suggest/{name}"} for name in ("entity", "property", "type")
        },
        "extend": {"propose_properties": {"service_url": own, "service_path": "/extend/propose"}},
    }


def _candidates(asked: Question, one: One) -> list[dict[str, Any]]:
    query = one.asked()
    if not query.name and not query.identifiers:
        return []
    hits = asked.edition.screen(query, asked.asked, limit=int(one.limit), threshold=0.5).hits
    return [_candidate(hit, sure=_sure(hits)) for hit in hits]


def _sure(hits: tuple[Hit, ...]) -> str | None:
    """The one party that a machine may take without a person: a high score that no other comes near."""
    first, second = [*(hit.score for hit in hits[:2]), 0.0, 0.0][:2]
    return hits[0].party.id if first >= 0.95 and second < 0.9 else None


def _candidate(hit: Hit, sure: str | None) -> dict[str, Any]:
    party = hit.party
    return {
        "id": party.id,
        "name": party.caption,
        "type": [{"id": party.schema, "name": party.schema}],
        "score": round(hit.score * 100, 1),
        "match": party.id == sure,
        "features": [{"id": "score", "value": hit.score}],
    }


@router.get("/suggest/entity")
def suggest_entity(asked: QuestionOf, prefix: Prefix = "") -> Response:
    """Parties whose name is like what was typed so far."""
    if not prefix.strip():
        return document({"result": []})
    hits = asked.edition.screen(model.Query(name=prefix.strip()), asked.asked, limit=10, threshold=0.5).hits
    return document({"result": [{"id": hit.party.id, "name": hit.party.caption} for hit in hits]})


@router.get("/suggest/property")
def suggest_property(prefix: Prefix = "") -> Response:
    """Properties that a query may give."""
    return document({"result": _beginning(PROPERTIES, prefix)})


@router.get("/suggest/type")
def suggest_type(prefix: Prefix = "") -> Response:
    """Kinds of party."""
    return document({"result": _beginning(TYPES, prefix)})


def _beginning(names: tuple[str, ...], prefix: str) -> list[dict[str, str]]:
    return [{"id": name, "name": name} for name in names if name.lower().startswith(prefix.lower().strip())]


@router.get("/extend/propose")
def propose(type: Prefix = "Thing") -> Response:
    """Columns that rows may be extended by."""
    return document({"type": type, "properties": [{"id": name, "name": name} for name in EXTENSIONS]})


def _extended(asked: Question, wanted: Extension) -> dict[str, Any]:
    columns = [item.id for item in wanted.properties]
    rows = {party: _row(asked, party, columns) for party in wanted.ids}
    return {"meta": [{"id": name, "name": name} for name in columns], "rows": rows}


def _row(asked: Question, party: str, columns: list[str]) -> dict[str, list[dict[str, str]]]:
    try:
        dossier = asked.edition.dossier(party, asked.asked)
    except NotFoundError:
        return {name: [] for name in columns}
    statuses = dossier.statuses(asked.asked)
    return {name: _cells(dossier, statuses, name) for name in columns}


def _cells(dossier: Dossier, statuses: list[Status], column: str) -> list[dict[str, str]]:
    if column == "state":
        return [{"str": f"{item.measure.id}: {item.state.value}"} for item in statuses]
    if column == "measures":
        return [{"id": item.measure.id, "name": item.measure.name} for item in statuses]
    values = (dossier.party.caption,) if column == "caption" else dossier.party.get(column)
    return [{"str": value} for value in values]


@router.get("/preview/{party}")
def preview(asked: QuestionOf, party: str) -> Response:
    """A small page about one party, for the frame that OpenRefine opens; nothing runs in it."""
    dossier = asked.edition.dossier(party, asked.asked)
    lines = "".join(
        f"<li>{escape(item.measure.name)}: <b>{escape(item.state.value.replace('_', ' '))}</b> "
        f"{escape(instant_json(item.since, item.measure.zone) or '')}</li>"
        for item in dossier.statuses(asked.asked)
    )
    caption = escape(dossier.party.caption)
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{caption}</title><h1>{caption}</h1>'
    headers = {"content-security-policy": "default-src 'none'; frame-ancestors *"}
    return Response(f"{page}<ul>{lines}</ul></html>", media_type="text/html", headers=headers)
