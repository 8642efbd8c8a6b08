"""How values read on a page: days in words, states in words, figures, addresses that may become links."""

import re
from datetime import date, datetime
from functools import cache
from urllib.parse import urlsplit

from babel import Locale
from markupsafe import Markup

from vacatur.news.wording import kind_words

STATES = {
    "in_force": "In force",
    "suspended": "Suspended",
    "ended": "Ended",
    "not_yet_in_force": "Not yet in force",
    "never_listed": "Never listed",
    "unknown": "Unknown",
}

FEATURES = {
    "exact": "the same",
    "edit": "spelt alike",
    "phonetic": "sounds alike",
    "transliteration": "the same in another script",
    "initial": "initial",
    "acronym": "initials",
    "joined": "written together",
    "legal_form": "legal form",
    "identifier": "identifier",
    "country": "country",
    "birth_date": "birth date",
    "gender": "gender",
    "schema": "kind of party",
    "weak_alias": "weak alias",
    "unmatched": "not met",
}
"""What met, of a line of an explanation."""

SCHEMATA = {
    "LegalEntity": "Company or person",
    "PublicBody": "Public body",
    "Airplane": "Aircraft",
    "CryptoWallet": "Crypto wallet",
}
"""FollowTheMoney's schemata whose own names do not read well."""


PROPERTIES = {
    "name": "Name",
    "alias": "Also known as",
    "weakAlias": "Weak alias",
    "previousName": "Formerly",
    "leiCode": "LEI",
    "isin": "ISIN",
    "isinCode": "ISIN",
    "imoNumber": "IMO number",
    "mmsi": "MMSI",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "swiftBic": "SWIFT/BIC",
    "uscCode": "Unified social credit code",
    "dunsCode": "D-U-N-S",
    "uniqueEntityId": "Unique entity id (SAM)",
    "cikCode": "CIK",
    "taxNumber": "Tax number",
}
"""FollowTheMoney's properties whose own names do not read well in words."""


def state_words(value: str) -> str:
    """A state for people."""
    return STATES[value]


def day(moment: str | date | None) -> Markup | str:
    """A day ("12 March 2021") or a time with its distance to UTC, as a `<time>` element; an em dash for None."""
    if moment is None:
        return "—"
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment) if len(moment) > 10 else date.fromisoformat(moment)
    text = f"{moment.day} {moment:%B %Y}"
    if isinstance(moment, datetime):
        zone = f"{moment:%z}"
        text += f", {moment:%H:%M} " + ("UTC" if zone in ("", "+0000") else f"UTC{zone[:3]}:{zone[3:]}")
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), text)


def number(value: float) -> str:
    """Figures in groups of three."""
    return f"{value:,}"


def web(address: str | None) -> str | None:
    """The address when it is one of the web (http, https), else None: nothing else may become a link."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def feature_words(feature: str) -> str:
    """What met, for people."""
    return FEATURES.get(feature, feature.replace("_", " "))


def schema_words(schema: str) -> str:
    """The kind of a party, for people."""
    return SCHEMATA.get(schema, schema)


def property_words(name: str) -> str:
    """A property for people: "registrationNumber" is "Registration number"."""
    return PROPERTIES.get(name) or re.sub(r"(?<=[a-z])([A-Z])", lambda found: f" {found[1].lower()}", name).capitalize()


@cache
def country(code: str) -> str:
    """A country by its ISO code in English; the code in capitals where there is no such country."""
    return str(Locale("en").territories.get(code.upper(), code.upper()))


def word(token: str) -> str:
    """A word of an explanation; legal forms are marked by a sign that readers need not see."""
    return token.removeprefix("§")


def percent(score: float) -> str:
    """A score from 0 to 1 in hundredths."""
    return f"{score * 100:.0f}%"


def claim_words(kind: str, negated: bool) -> str:
    """A kind of claim in words."""
    return kind_words(kind, negated=negated)


FILTERS = {
    "claim_words": claim_words,
    "country": country,
    "day": day,
    "feature_words": feature_words,
    "number": number,
    "percent": percent,
    "property_words": property_words,
    "schema_words": schema_words,
    "state_words": state_words,
    "web": web,
    "word": word,
}
