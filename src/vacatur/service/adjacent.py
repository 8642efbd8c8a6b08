"""The links of an entity in yente's form: which owners, directors, relatives … the sources of the register tell of."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from vacatur.parties import LINK_ENDS, Party
from vacatur.screening.standing import Dossier
from vacatur.service.answers import QuestionOf, document
from vacatur.service.engine import NotFoundError
from vacatur.service.yente_form import entity, form, moved

router = APIRouter(tags=["yente"])

REVERSE = {
    ("Ownership", "owner"): "ownershipOwner",
    ("Ownership", "asset"): "ownershipAsset",
    ("Control", "controller"): "controlledEntities",
    ("Control", "controlled"): "controllingEntities",
    ("Directorship", "director"): "directorshipDirector",
    ("Directorship", "organization"): "directorshipOrganization",
    ("Membership", "member"): "membershipMember",
    ("Membership", "organization"): "membershipOrganization",
    ("Employment", "employee"): "employers",
    ("Employment", "employer"): "employees",
    ("Representation", "agent"): "agencyClient",
    ("Representation", "client"): "agentRepresentation",
    ("Succession", "predecessor"): "successors",
    ("Succession", "successor"): "predecessors",
    ("Family", "person"): "familyPerson",
    ("Family", "relative"): "familyRelative",
    ("Associate", "person"): "associates",
    ("Associate", "associate"): "associations",
    ("UnknownLink", "subject"): "unknownLinkTo",
    ("UnknownLink", "object"): "unknownLinkFrom",
}
"""What FollowTheMoney calls the links of an entity, by the link's schema and the end at which the entity stands."""

Limit = Annotated[int, Query(ge=0, le=500)]
Offset = Annotated[int, Query(ge=0, le=9499)]


@router.get("/entities/{entity_id}/adjacent")
def adjacent(request: Request, asked: QuestionOf, entity_id: str, limit: Limit = 10, offset: Offset = 0) -> Response:
    """The entity, and its links by the names that FollowTheMoney gives them, each with the party at its other end."""
    dossier = asked.edition.dossier(entity_id, asked.asked)
    if away := moved(request, entity_id, dossier):
        return away
    pages = {name: _page(asked, links, limit, offset) for name, links in sorted(_links(asked, dossier).items())}
    return document({"entity": entity(asked, dossier), "adjacent": pages, **asked.stamp()})


@router.get("/entities/{entity_id}/adjacent/{name}")
def adjacent_by(
    request: Request, asked: QuestionOf, entity_id: str, name: str, limit: Limit = 10, offset: Offset = 0
) -> Response:
    """The links of one name."""
    if name not in REVERSE.values():
        raise NotFoundError(f"no property of an entity links others under the name {name[:100]!r}")
    dossier = asked.edition.dossier(entity_id, asked.asked)
    page = _page(asked, _links(asked, dossier).get(name, []), limit, offset) | asked.stamp()
    return moved(request, entity_id, dossier) or document(page)


def _links(asked: QuestionOf, dossier: Dossier) -> dict[str, list[tuple[Party, str]]]:
    """{name: [(link, property of its other end)]} as told on the day asked about."""
    snapshot, ids = asked.edition.snapshot, {dossier.party.id, *dossier.referents}
    shown = snapshot.shown(snapshot.links_of(sorted(ids)), asked.asked.at("UTC"), asked.asked.known_at())
    found: dict[str, list[tuple[Party, str]]] = {}
    for seen, _ in shown:
        link = seen.entry.party
        first, second = LINK_ENDS[link.schema]
        for own, other in ((first, second), (second, first)):
            name = REVERSE.get((link.schema, own))
            if name and not ids.isdisjoint(link.get(own)):
                found.setdefault(name, []).append((link, other))
    return found


def _page(asked: QuestionOf, links: list[tuple[Party, str]], limit: int, offset: int) -> dict[str, Any]:
    results = [_nested(asked, link, other) for link, other in links[offset : offset + limit]]
    return {
        "results": results,
        "total": {"value": len(links), "relation": "eq"},
        "limit": limit,
        "offset": offset,
    }


def _nested(asked: QuestionOf, link: Party, other: str) -> dict[str, Any]:
    """The link with the party at its other end inside it; an id where the register has no more of that party."""
    shown = form(link)
    shown["properties"][other] = [_party(asked, party) for party in link.get(other)]
    return {**shown, "datasets": [], "referents": [], "target": False}


def _party(asked: QuestionOf, party: str) -> dict[str, Any] | str:
    try:
        return entity(asked, asked.edition.dossier(party, asked.asked))
    except NotFoundError:
        return party
