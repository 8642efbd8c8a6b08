"""Pages for programs that read schema.org: who a party is, and which documents are about it."""

from typing import Any
from urllib.parse import quote

from vacatur.law.report import Status
from vacatur.screening.standing import Dossier
from vacatur.service.pages.wording import property_words, web

TYPES = {
    "Person": "Person",
    "Company": "Corporation",
    "PublicBody": "GovernmentOrganization",
    "Organization": "Organization",
    "LegalEntity": "Organization",
    "Vessel": "Vehicle",
    "Airplane": "Vehicle",
}
"""FollowTheMoney's schemata in schema.org's words; what has none there is a Thing."""


def party_ld(dossier: Dossier, statuses: list[Status], base: str) -> dict[str, Any]:
    """JSON-LD of a party: `base` is the address of the service, with a slash at its end."""
    party = dossier.party
    documents = {
        document.url: {"@type": "CreativeWork", "name": document.title, "url": document.url}
        for status in statuses
        for act in status.because
        for document in act.documents
        if web(document.url)
    }
    found = {
        "@context": "https://schema.org",
        "@type": TYPES.get(party.schema, "Thing"),
        "@id": f"{base}parties/{quote(party.id, safe='')}",
        "name": party.caption,
        "alternateName": [name for name in party.names if name != party.caption],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": property_words(kind), "value": value}
            for kind, value in party.identifiers
        ],
        "subjectOf": list(documents.values()),
    }
    return {key: value for key, value in found.items() if value}
