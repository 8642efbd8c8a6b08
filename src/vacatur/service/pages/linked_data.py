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


RATINGS = {"supported": (5, "Supported by the record"), "contradicted": (1, "Contradicted by the record")}
"""Verdicts as schema.org rates them, from 1 (false) to 5 (true); what is unknown is not rated."""


def reviews_ld(document: dict[str, Any], address: str) -> list[dict[str, Any]]:
    """JSON-LD of an article's claims: a `ClaimReview` for each that the record answers.

    Args:
        document: the contract's `read` document.
        address: the page of the article here.
    """
    article = document["article"]
    appearance = {
        "@type": "NewsArticle",
        "headline": article["title"],
        "url": article["url"] if web(article["url"]) else None,
        "datePublished": article["published"],
        "author": {"@type": "Person", "name": article["author"]} if article["author"] else None,
    }
    return [
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": f"{address}#claim-{number}",
            "claimReviewed": claim["sentence"],
            "author": {"@type": "Organization", "name": "Vacatur"},
            "itemReviewed": {
                "@type": "Claim",
                "appearance": {key: value for key, value in appearance.items() if value},
            },
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": RATINGS[claim["verdict"]][0],
                "bestRating": 5,
                "worstRating": 1,
                "alternateName": RATINGS[claim["verdict"]][1],
            },
        }
        for number, claim in enumerate(document["claims"], start=1)
        if claim["verdict"] in RATINGS
    ]


def party_ld(dossier: Dossier, statuses: list[Status], base: str) -> dict[str, Any]:
    """JSON-LD of a party: `base` is the service's public address as its operator set it; a request is not asked."""
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
        "@id": f"{base.rstrip('/')}/parties/{quote(party.id, safe='')}",
        "name": party.caption,
        "alternateName": [name for name in party.names if name != party.caption],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": property_words(kind), "value": value}
            for kind, value in party.identifiers
        ],
        "subjectOf": list(documents.values()),
    }
    return {key: value for key, value in found.items() if value}
