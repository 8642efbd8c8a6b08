"""Parties and what lists say of them: the values that sources produce and the register keeps.

A party has the shape of a FollowTheMoney entity (schema and multi-valued properties, by their names there), without
the library, so that reading a list starts at once; tests hold the names used against the real model.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

SCHEMATA = ("Person", "Company", "Organization", "PublicBody", "LegalEntity", "Vessel", "Airplane", "Vehicle")
"""The kinds of party that people write lists and files of."""

NAME_PROPERTIES = ("name", "alias", "previousName", "weakAlias", "abbreviation")
"""Properties that hold names, the strongest first. `weakAlias` marks low-quality aliases, as OFAC does."""

IDENTIFIER_PROPERTIES = (
    "registrationNumber",
    "taxNumber",
    "idNumber",
    "passportNumber",
    "socialSecurityNumber",
    "leiCode",
    "isin",
    "isinCode",
    "ticker",
    "imoNumber",
    "mmsi",
    "callSign",
    "innCode",
    "ogrnCode",
    "swiftBic",
    "uscCode",
    "dunsCode",
    "uniqueEntityId",
    "cikCode",
    "publicKey",
)
"""Properties that hold identifiers. Two parties that share one of `STRONG_IDENTIFIERS` are one party."""

STRONG_IDENTIFIERS = ("leiCode", "imoNumber", "uscCode", "isin", "isinCode", "ogrnCode", "uniqueEntityId", "cikCode")

LINK_ENDS = {
    "Ownership": ("owner", "asset"),
    "Control": ("controller", "controlled"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "UnknownLink": ("subject", "object"),
}
"""The schemata that link two parties, with the properties that hold their ids: who, and of whom."""

COUNTRY_PROPERTIES = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry", "flag", "birthCountry")


@dataclass(frozen=True, slots=True)
class Party:
    """A company, person, vessel …: a FollowTheMoney entity.

    `id` is the dossier's, else `<source>-<native id>`. `properties` maps a property name to its values in the order
    of the source. Ownership and directorship links (schemata Ownership, Directorship …) are parties too, as they are
    entities in FollowTheMoney.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, name: str) -> tuple[str, ...]:
        """The values of one property; empty when there are none."""
        return self.properties.get(name, ())

    @property
    def names(self) -> tuple[str, ...]:
        """Every name once, the strongest first."""
        return tuple(dict.fromkeys(value for name in NAME_PROPERTIES for value in self.get(name)))

    @property
    def caption(self) -> str:
        """The name to show."""
        names = self.names
        return names[0] if names else self.id

    @property
    def countries(self) -> tuple[str, ...]:
        """Country codes (ISO 3166-1 alpha-2, lower case) from every property that holds one."""
        return tuple(dict.fromkeys(code for name in COUNTRY_PROPERTIES for code in self.get(name)))

    @property
    def identifiers(self) -> tuple[tuple[str, str], ...]:
        """(property, value) of every identifier."""
        return tuple((name, value) for name in IDENTIFIER_PROPERTIES for value in self.get(name))


@dataclass(frozen=True, slots=True)
class Listing:
    """One place on one list: what an entry of a vintage says beyond who the party is.

    `list` is the publisher's own list within its file ("Entity List (EL)"); `measure` ours. `listed_on` is the listing
    day where the list states one; `effective`/`until` where it gives other legal dates.
    """

    measure: str
    list: str = ""
    listed_on: date | None = None
    effective: date | None = None
    until: date | None = None
    programs: tuple[str, ...] = ()
    citation: str | None = None
    remarks: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one vintage of a source says about one party; with no listings it is a party or link met in passing."""

    party: Party
    listings: tuple[Listing, ...] = ()

    @property
    def text(self) -> str:
        """The content in canonical JSON: equal content, equal text, whatever the vintage."""
        return json.dumps(entry_to_json(self), sort_keys=True, ensure_ascii=False)

    @property
    def digest(self) -> str:
        """SHA-256 of `text`."""
        return digest_of_text(self.text)


def digest_of_text(text: str) -> str:
    """SHA-256 of the text of an entry."""
    return sha256(text.encode()).hexdigest()


def make_party(id: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> Party:
    """A party from loose values: blanks and repeats dropped, order kept, white space and control characters folded."""
    cleaned: dict[str, tuple[str, ...]] = {}
    for name, values in properties.items():
        kept = tuple(dict.fromkeys(filter(None, map(clean, filter(None, values)))))
        if kept:
            cleaned[name] = kept
    return Party(id, schema, cleaned)


def clean(text: str) -> str:
    """Fold white space to single spaces and drop control and invisible formatting characters."""
    if text.isprintable():  # then its only white space is the space
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    return " ".join("".join(c if c.isprintable() else " " if c.isspace() else "" for c in text).split())


def entry_to_json(entry: Entry) -> dict[str, object]:
    """The entry as plain JSON values; `entry_from_json` reads it back."""
    return {
        "id": entry.party.id,
        "schema": entry.party.schema,
        "properties": {name: list(values) for name, values in entry.party.properties.items()},
        "listings": [
            {
                key: value.isoformat()
                if isinstance(value, date)
                else list(value)
                if isinstance(value, tuple)
                else value
                for key in Listing.__slots__
                if (value := getattr(listing, key))
            }
            for listing in entry.listings
        ],
    }


def entry_from_json(data: Mapping[str, object]) -> Entry:
    """Read what `entry_to_json` wrote."""
    properties: Mapping[str, list[str]] = data["properties"]  # type: ignore[assignment]
    listings: list[dict[str, object]] = data["listings"]  # type: ignore[assignment]
    return Entry(
        Party(str(data["id"]), str(data["schema"]), {name: tuple(values) for name, values in properties.items()}),
        tuple(listing_from_json(item) for item in listings),
    )


def listing_from_json(data: Mapping[str, object]) -> Listing:
    """One listing from the JSON of `entry_to_json`."""
    values = dict(data)
    for key in ("listed_on", "effective", "until"):
        if key in values:
            values[key] = date.fromisoformat(str(values[key]))
    if "programs" in values:
        values["programs"] = tuple(values["programs"])  # type: ignore[arg-type]
    return Listing(**values)  # type: ignore[arg-type]


def merge_parties(id: str, parties: Iterable[Party]) -> Party:
    """One party from what several sources say of it: the first one's schema and caption, every value once."""
    ordered = list(parties)
    merged: dict[str, dict[str, None]] = {}
    caption = ordered[0].caption
    for party in ordered:
        for name, values in party.properties.items():
            kept = "alias" if name == "name" and party is not ordered[0] else name
            merged.setdefault(kept, {}).update(dict.fromkeys(values))
    names = merged.get("name", {})
    if "alias" in merged:
        merged["alias"] = {value: None for value in merged["alias"] if value not in names and value != caption}
    return Party(id, ordered[0].schema, {name: tuple(values) for name, values in merged.items() if values})
