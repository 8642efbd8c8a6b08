"""The consolidated list of the United Nations Security Council: everyone under its sanctions committees.

Format: the Council's XML, schema sc-sanctions.xsd. Every child may be missing or blank; days may carry a time zone
(`2015-04-14-04:00`), which is not applied. An alias is Good, Low, a.k.a. or f.k.a.; one of no quality is usually blank.
`DATAID` identifies an entry through all editions, while `REFERENCE_NUMBER` (QDi.001) has been renumbered.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from vacatur.parties import Entry, Listing
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.safe_xml import child, children, line_of, local_name, read_elements, root_of
from vacatur.sources.world_values import Draft, read_iso_day

LIST = "UN Security Council Consolidated List"
MEASURE = "un-sc"
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
ADDRESS_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
BIRTH_PLACE_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")
ALIAS_PROPERTY = {"low": "weakAlias", "f.k.a.": "previousName"}
"""FollowTheMoney property by the quality of an alias; any other is an `alias`."""

PASSPORT = re.compile(r"pass?e?a?port", re.IGNORECASE)
"""`Passport`, `Numéro de passeport`, `Número de pasaporte`."""


class UNSecurityCouncil:
    """The consolidated list; see `sources.base.Source`."""

    name = "un-sc"
    title = "UN Security Council Consolidated List"
    urls: tuple[str, ...] = ("https://scsanctions.un.org/resources/xml/en/consolidated.xml",)

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: the list is one file."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`."""
        reading = Reading(iter(()), document.vintage, {LIST: MEASURE})
        reading.entries = entries(document, reading)
        return reading


def entries(document: ListDocument, reading: Reading) -> Iterator[Entry]:
    """The entries of the document; `reading` learns the day on which it was generated.

    Raises:
        SourceError: another file; an entry without number or name, or whose number stands twice; no entry.
    """
    root, _ = root_of(document.path)
    if root != "CONSOLIDATED_LIST":
        raise SourceError(document.name, f"is no UN consolidated list: its root is <{root}>", line=1)
    numbers: set[str] = set()
    for element in read_elements(document.path, "INDIVIDUAL", "ENTITY"):
        if not numbers:
            generated = read_iso_day(element.getroottree().getroot().get("dateGenerated", ""))
            reading.vintage = reading.vintage or generated
        number = child(element, "DATAID")
        if not number.isdigit() or number in numbers:
            reason = f"DATAID {number} stands twice" if number in numbers else f"an entry with DATAID {number!r}"
            raise SourceError(document.name, reason, line=line_of(element))
        numbers.add(number)
        draft = read_entry(element, number)
        if not any(draft.values["name"]):
            raise SourceError(document.name, f"entry {number} has no name", line=line_of(element))
        yield draft.entry()
    if not numbers:
        raise SourceError(document.name, "holds no entry")


def read_entry(element: etree._Element, number: str) -> Draft:
    """What an INDIVIDUAL or ENTITY element says."""
    kind = local_name(element)
    draft = Draft(f"un-sc-{number}", "Person" if kind == "INDIVIDUAL" else "Organization")
    draft.add("name", joined(element, NAME_PARTS, " "))
    original = child(element, "NAME_ORIGINAL_SCRIPT")
    draft.add_name(original, "alias")
    for alias in children(element, f"{kind}_ALIAS"):
        names = [name.strip() for name in re.split(r";(?![^(]*\))", child(alias, "ALIAS_NAME"))]
        for name in names:
            draft.add_name(name, ALIAS_PROPERTY.get(child(alias, "QUALITY").lower(), "alias"))
    for address in children(element, f"{kind}_ADDRESS"):
        draft.add("address", joined(address, ADDRESS_PARTS, ", "))
        draft.add_country("country", child(address, "COUNTRY"))
    if kind == "INDIVIDUAL":
        read_person(element, draft)
    draft.add("notes", child(element, "COMMENTS1"))
    draft.listings[
        Listing(
            MEASURE,
            list=LIST,
            listed_on=read_iso_day(child(element, "LISTED_ON")),
            programs=tuple(filter(None, [child(element, "UN_LIST_TYPE")])),
            citation=child(element, "REFERENCE_NUMBER") or None,
        )
    ] = None
    return draft


def read_person(element: etree._Element, draft: Draft) -> None:
    """What only individuals have: birth, nationality, documents, functions."""
    for birth in children(element, "INDIVIDUAL_DATE_OF_BIRTH"):
        day = read_iso_day(child(birth, "DATE"))
        years = (child(birth, tag) for tag in ("YEAR", "FROM_YEAR", "TO_YEAR"))
        draft.add("birthDate", day.isoformat() if day else None, *(year for year in years if year.isdigit()))
    for place in children(element, "INDIVIDUAL_PLACE_OF_BIRTH"):
        draft.add("birthPlace", joined(place, BIRTH_PLACE_PARTS, ", "))
    for nationality in children(element, "NATIONALITY/VALUE"):
        draft.add_country("nationality", (nationality.text or "").strip())
    for document in children(element, "INDIVIDUAL_DOCUMENT"):
        kind = child(document, "TYPE_OF_DOCUMENT") or child(document, "TYPE_OF_DOCUMENT2")
        draft.add_numbers("passportNumber" if PASSPORT.search(kind) else "idNumber", child(document, "NUMBER"))
    for tag, name in (("DESIGNATION", "position"), ("TITLE", "title")):
        draft.add(name, *(value.text for value in children(element, f"{tag}/VALUE")))
    gender = child(element, "GENDER").lower()
    draft.add("gender", gender if gender in {"male", "female"} else None)


def joined(element: etree._Element, tags: tuple[str, ...], separator: str) -> str:
    """The texts under `tags` that are not blank."""
    return separator.join(filter(None, (child(element, tag) for tag in tags)))
