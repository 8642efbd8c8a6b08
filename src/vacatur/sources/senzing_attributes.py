"""Attributes of Senzing's specification as properties of a party: names, dates, countries, numbers, contacts.

What a schema has no property for, and what is no value of its kind (a birth date that is no date), is kept as a note.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vacatur.parties import IDENTIFIER_PROPERTIES, clean
from vacatur.sources.countries import country_code

Properties = dict[str, list[str | None]]

DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
GENDERS = {"m": "male", "male": "male", "f": "female", "female": "female"}
ADDRESS_LINES = (
    "ADDR_FULL",
    *(f"ADDR_LINE{number}" for number in range(1, 7)),
    "ADDR_CITY",
    "ADDR_STATE",
    "ADDR_POSTAL_CODE",
    "ADDR_COUNTRY",
)
GIVEN = ("NAME_FIRST", "NAME_MIDDLE", "NAME_LAST", "NAME_SUFFIX")
PLAIN = {
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "WEBSITE_ADDRESS": "website",
    "PLACE_OF_BIRTH": "birthPlace",
    "URL": "sourceUrl",
    "SOURCE_URL": "sourceUrl",
}
DATES = {"DATE_OF_BIRTH": "birthDate", "DATE_OF_DEATH": "deathDate", "REGISTRATION_DATE": "incorporationDate"}
COUNTRIES = {
    "NATIONALITY": "nationality",
    "CITIZENSHIP": "citizenship",
    "COUNTRY_OF_ASSOCIATION": "country",
    "REGISTRATION_COUNTRY": "jurisdiction",
    "ADDR_COUNTRY": "country",
}
NUMBERS = {
    "PASSPORT_NUMBER": "passportNumber",
    "NATIONAL_ID_NUMBER": "idNumber",
    "TAX_ID_NUMBER": "taxNumber",
    "SSN_NUMBER": "socialSecurityNumber",
    "SSN": "socialSecurityNumber",
    "DRIVERS_LICENSE_NUMBER": "idNumber",
    "LEI_NUMBER": "leiCode",
    "DUNS_NUMBER": "dunsCode",
    "IMO_NUMBER": "imoNumber",
    "MMSI_NUMBER": "mmsi",
    "CALL_SIGN": "callSign",
}
TYPED = {"NATIONAL_ID_NUMBER": "NATIONAL_ID_TYPE", "TAX_ID_NUMBER": "TAX_ID_TYPE", "OTHER_ID_NUMBER": "OTHER_ID_TYPE"}
"""Numbers whose type may be the property of FollowTheMoney that they came from."""

EVERYTHING = frozenset("name alias country address sourceUrl topics notes wikidataId".split())
PERSONS = frozenset("birthDate deathDate birthPlace nationality citizenship gender passportNumber".split())
NO_LEGAL_ENTITY = {
    "Vessel": frozenset({"imoNumber", "mmsi", "callSign", "registrationNumber"}),
    "Airplane": frozenset({"registrationNumber"}),
    "Vehicle": frozenset({"registrationNumber"}),
}


def properties_of(schema: str, groups: Iterable[Mapping[str, Any]]) -> Properties:
    """The properties that groups of attributes give a party of `schema`."""
    found: Properties = defaultdict(list)
    for group in groups:
        for name, value in _read({key: text for key, raw in group.items() if (text := _text(raw))}):
            fits = value and _has(schema, name)
            found[name if fits else "notes"].append(value if fits else f"{name}: {value}")
    return dict(found)


def _read(group: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from _names(group)
    for key, name in DATES.items():
        if value := group.get(key):
            day = value[:10]
            yield (name, day) if DAY.fullmatch(day) else ("notes", f"{name} {value}")
    for key, name in COUNTRIES.items():
        if value := group.get(key):
            code = country_code(value) or (value.lower() if re.fullmatch(r"[A-Za-z]{2}", value) else None)
            yield (name, code) if code else ("notes", f"{name} {value}")
    for key, name in PLAIN.items():
        if value := group.get(key):
            yield name, value
    if gender := GENDERS.get(group.get("GENDER", "").casefold()):
        yield "gender", gender
    if address := ", ".join(group[line] for line in ADDRESS_LINES if line in group):
        yield "address", address
    yield from _numbers(group)


def _names(group: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    kind = "name" if group.get("NAME_TYPE", "PRIMARY").upper() == "PRIMARY" else "alias"
    given = " ".join(group[part] for part in GIVEN if part in group)
    for name in (group.get("NAME_FULL"), group.get("NAME_ORG"), given):
        if name:
            yield kind, name


def _numbers(group: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, name in NUMBERS.items():
        if value := group.get(key):
            stated = group.get(TYPED.get(key, ""), "")
            yield stated if stated in IDENTIFIER_PROPERTIES else name, value
    if value := group.get("OTHER_ID_NUMBER"):
        stated = group.get("OTHER_ID_TYPE", "")
        if stated in (*IDENTIFIER_PROPERTIES, "wikidataId"):
            yield stated, value
        elif stated != "OPEN_SANCTIONS":
            yield "notes", f"{stated or 'identifier'} {value}"
    if (value := group.get("TRUSTED_ID_NUMBER")) and group.get("TRUSTED_ID_TYPE") == "WIKIDATA":
        yield "wikidataId", value


def _has(schema: str, name: str) -> bool:
    """Whether parties of a schema have a property, as FollowTheMoney defines them."""
    if name in EVERYTHING:
        return True
    if schema in NO_LEGAL_ENTITY:
        return name in NO_LEGAL_ENTITY[schema]
    if name in PERSONS:
        return schema == "Person"
    return name not in {"imoNumber", "mmsi", "callSign", "isin", "isinCode", "ticker", "publicKey", "cikCode"}


def _text(value: object) -> str:
    return clean(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
