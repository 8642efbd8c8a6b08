"""From what one OFAC record says, in whichever format it came, to an `Entry`: the one place where that is decided.

The readers of the formats fill a `Record`; no reader makes parties by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from vacatur.parties import Entry, Listing, Party, make_party
from vacatur.sources.ofac_features import (
    COUNTRY_OF_REGISTER,
    LEGAL_LABELS,
    WEAK_NAME,
    Feature,
    country_code,
    property_of,
    read_feature,
    russian_number,
    split_remarks,
)

SCHEMA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
"""FollowTheMoney schema by OFAC's type; an entity with a company's codes becomes a Company."""

PERSON, VESSEL, CRAFT = frozenset({"Person"}), frozenset({"Vessel"}), frozenset({"Vessel", "Airplane"})
BODY = frozenset({"Organization", "Company"})
COMPANY_ONLY = frozenset({"isinCode", "ticker", "bikCode"})

ONLY_OF = {
    **dict.fromkeys(("birthDate", "birthPlace", "nationality", "citizenship", "gender", "position"), PERSON),
    **dict.fromkeys(("passportNumber", "socialSecurityNumber"), PERSON),
    **dict.fromkeys(("mmsi", "callSign", "flag", "pastFlags", "pastTypes", "tonnage"), VESSEL),
    "grossRegisteredTonnage": VESSEL,
    **dict.fromkeys(("type", "buildDate", "model"), CRAFT),
    **dict.fromkeys(("icaoCode", "serialNumber"), frozenset({"Airplane"})),
    **dict.fromkeys(COMPANY_ONLY, BODY),
    "imoNumber": BODY | VESSEL,
    "giiNumber": BODY,
    "incorporationDate": BODY | {"LegalEntity"},
}
"""The schemata that have a property; one not named here is every person's and body's."""

OF_EVERYTHING = frozenset({"address", "alias", "country", "registrationNumber", "publicKey"})
"""Properties that ships and aircraft have too. `publicKey` is our one liberty: FollowTheMoney puts it on a CryptoWallet
of the holder; here it stays with the holder, so that an address finds the listed party itself."""

LINK = {
    "owned or controlled by": ("Ownership", "asset", "owner"),
    "property in the interest of": ("Ownership", "asset", "owner"),
    "owns, controls, or operates": ("Ownership", "owner", "asset"),
    "leader or official of": ("Directorship", "director", "organization"),
    "principal executive officer": ("Directorship", "director", "organization"),
    "family member of": ("Family", "person", "relative"),
    "acting for or on behalf of": ("Representation", "agent", "client"),
}
"""Schema of a relation, and its ends: this entry's, the other's. Any other relation is an UnknownLink."""

ALIAS_PROPERTY = {"aka": "alias", "fka": "previousName", "nka": "alias"}


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name: `kind` aka, fka or nka; `weak` when OFAC calls it low quality."""

    name: str
    kind: str = "aka"
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """An address as one line, and the name or code of its country."""

    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another entry, in OFAC's words, from this entry to the other."""

    id: str
    relation: str
    other: str


@dataclass(slots=True)
class Record:
    """One entry of an OFAC list as its format tells it.

    `kind` is a key of `SCHEMA`, or anything else: unknown. `published` has the lists that the format names, with the
    day on which the entry was put there; None where the format leaves that to programmes and remarks.
    """

    number: str
    name: str
    kind: str = ""
    programs: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    aliases: list[Alias] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: str = ""
    links: list[Link] = field(default_factory=list)
    published: dict[str, date | None] | None = None


def to_entries(record: Record, listings: Iterable[Listing]) -> Iterator[Entry]:
    """The entry that a record makes, and one without listings for each of its relations."""
    party = to_party(record, f"ofac-{record.number}")
    yield Entry(party, tuple(listings))
    for link in record.links:
        schema, here, there = LINK.get(link.relation.lower(), ("UnknownLink", "subject", "object"))
        ends: dict[str, list[str | None]] = {here: [party.id], there: [f"ofac-{link.other}"], "role": [link.relation]}
        yield Entry(make_party(f"ofac-relation-{link.id}", schema, ends))


def to_party(record: Record, id: str) -> Party:
    """The party that a record is about."""
    schema = SCHEMA.get(record.kind.lower(), "LegalEntity")
    values: dict[str, list[str | None]] = {"name": [natural(record.name, schema)]}
    if schema == "Person" and ", " in record.name:
        last, _, first = record.name.partition(", ")
        values |= {"firstName": [first], "lastName": [last]}

    def add(name: str, *more: str | None) -> None:
        values.setdefault(name, []).extend(more)

    for alias in record.aliases:
        strong = ALIAS_PROPERTY.get(alias.kind, "alias")
        add("weakAlias" if alias.weak and strong == "alias" else strong, natural(alias.name, schema))
    for address in record.addresses:
        add("address", address.text)
        add("country", country_code(address.country))
    for name in record.countries:
        add("country", country_code(name))
    for position in record.positions:
        add("position" if schema == "Person" else "notes", position)
    for feature in record.features:
        for name, value in properties_of(feature, schema):
            add(name, value)
    add("notes", *(note for note in record.notes if note not in record.positions))
    if schema == "Organization" and COMPANY_ONLY.intersection(values):
        schema = "Company"
    return make_party(id, schema, values)


def properties_of(feature: Feature, schema: str) -> Iterator[tuple[str, str | None]]:
    """Property values that a feature gives a party of this schema; what the schema lacks becomes a note."""
    found = property_of(feature)
    if found is None:
        return
    name, values = found
    if not has_property(schema, name):
        if name in {"nationality", "citizenship", "flag"}:
            yield from (("country", value) for value in values)
        else:
            yield "notes", f"{feature.label} {feature.value}"
        return
    country = country_code(feature.country) if feature.country else None
    for value in values:
        yield name, value
        if country == "ru" and (code := russian_number(name, value)):
            yield code, value
    if schema != "Person" and name in COUNTRY_OF_REGISTER:
        yield "country", country


def has_property(schema: str, name: str) -> bool:
    """Whether FollowTheMoney's schema has the property, of those that OFAC's features lead to."""
    if name in ONLY_OF:
        return schema in ONLY_OF[name]
    return schema not in {"Vessel", "Airplane"} or name in OF_EVERYTHING


def natural(name: str, schema: str) -> str:
    """A person's "SURNAME, Given" in natural order; any other name as it stands."""
    last, comma, first = name.partition(", ")
    if schema != "Person" or not comma:
        return name
    return f"{last}{first}" if any("\u2e80" <= letter <= "\ud7af" for letter in last) else f"{first} {last}"


def read_statements(record: Record, remarks: str) -> None:
    """Take the statements of a remarks field into a record's aliases, features and notes."""
    for statement in split_remarks(remarks):
        weak = WEAK_NAME.match(statement)
        if weak:
            record.aliases.append(Alias(weak["name"], weak["kind"].replace(".", ""), weak=True))
        elif feature := read_feature(statement):
            record.features.append(feature)
        elif not statement.startswith(LEGAL_LABELS):
            record.notes.append(statement)
