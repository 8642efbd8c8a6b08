"""The sanctions lists of the United Kingdom: OFSI's ConList (csv, until January 2026) and the UK Sanctions List (XML).

Formats: the Office of Financial Sanctions Implementation, "Consolidated list of targets", csv of 29 columns (later
more); the Foreign, Commonwealth & Development Office, "UK Sanctions List", XML with root `Designations`. A ConList
row is one name with one birth date and one address: a group of up to hundreds of rows, in no order, is one party.
Both formats carry OFSI's group number, so a party has the same id in both; designations that never had one go by their
unique id (`RUS1234`).

The UK Sanctions List also has those without an asset freeze (ships, travel bans), whom the ConList never had.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from vacatur.parties import Entry, Listing
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.safe_xml import child, children, line_of, local_name, looks_like_xml, read_elements, root_of
from vacatur.sources.tables import Row, read_rows
from vacatur.sources.world_values import (
    Draft,
    enumerated,
    outside_brackets,
    read_iso_day,
    read_slashed_day,
    slashed_prefix,
)

LIST = "UK Sanctions List"
MEASURE = "uk-sanctions"
SCHEMA = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
NAME_COLUMNS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
ADDRESS_COLUMNS = (*(f"Address {number}" for number in range(1, 7)), "Post/Zip Code", "Country")
COLUMNS = frozenset(
    {*NAME_COLUMNS, *ADDRESS_COLUMNS}
    | {"DOB", "Group Type", "Alias Type", "Regime", "Listed On", "Last Updated", "Group ID", "Other Information"}
)
WEAK = re.compile(r"low quality|\bweak\b", re.IGNORECASE)
UN_REFERENCE = re.compile(r"UN ?Ref(?:erence)?[ :.]*([A-Z]{2,3}[a-z]?\.[\w.]+\d)", re.IGNORECASE)


class Ship(NamedTuple):
    """Where the XML tells a ship's properties: its path below `ShipDetails/Ship`, and the property."""

    path: str
    property: str


SHIP = (
    Ship("IMONumbers/IMONumber", "imoNumber"),
    Ship("TypeOfShips/TypeOfShip", "type"),
    Ship("TonnageOfShips/TonnageOfShip", "tonnage"),
    Ship("YearBuilts/YearBuilt", "buildDate"),
)


class UKSanctions:
    """The UK's lists; see `sources.base.Source`."""

    name = "uk"
    title = "UK Sanctions List (FCDO) and OFSI consolidated list"
    urls: tuple[str, ...] = ("https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml",)

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: the list is one file."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`."""
        reading = Reading(iter(()), document.vintage, {LIST: MEASURE})
        read = designations if looks_like_xml(document.path) else groups
        reading.entries = read(document, reading)
        return reading


def groups(document: ListDocument, reading: Reading) -> Iterator[Entry]:
    """The parties of a ConList, in the order of their first rows; the list is gathered whole, as it isn't in order.

    Raises:
        SourceError: another file; a row of other length, or without name, group, day of listing or known type; no row.
    """
    name = document.name
    rows = read_rows(document.path)
    head = next(rows, None)
    if head is None or head.cells[0].strip() != "Last Updated" or len(head.cells) < 2:
        raise SourceError(name, "is no OFSI consolidated list: it doesn't begin with `Last Updated`", line=1)
    day = read_slashed_day(head.cells[1])
    if day is None:
        raise SourceError(name, f"`Last Updated` is no day: {head.cells[1][:40]!r}", line=head.line)
    reading.vintage = reading.vintage or day
    header = next(rows, Row(head.line, []))
    columns = [column.strip() for column in header.cells]
    if missing := sorted(COLUMNS.difference(columns)):
        raise SourceError(name, f"columns {', '.join(missing)} are missing", line=header.line)
    drafts: dict[str, Draft] = {}
    for row in rows:
        if len(row.cells) != len(columns):
            reason = f"{len(row.cells)} cells instead of {len(columns)}: the row is cut or damaged"
            raise SourceError(name, reason, line=row.line, advice="Fetch the file again")
        cells = {column: cell.strip() for column, cell in zip(columns, row.cells, strict=True)}
        schema = SCHEMA.get(cells["Group Type"].lower())
        printed = " ".join(filter(None, (cells[column] for column in NAME_COLUMNS)))
        if not (printed and schema and cells["Group ID"].isdigit() and read_slashed_day(cells["Listed On"])):
            reason = "a row without name, group type, group id or day of listing"
            raise SourceError(name, reason, line=row.line, advice="Fetch the file again")
        draft = drafts.setdefault(cells["Group ID"], Draft(f"uk-{cells['Group ID']}", schema))
        read_row(cells, printed, draft)
    if not drafts:
        raise SourceError(name, "holds no entry")
    for draft in drafts.values():
        yield settled(draft)


def read_row(cells: Mapping[str, str], name: str, draft: Draft) -> None:
    """Take one row of a ConList into its party; a group has several prime names only where its data differ."""
    kind = cells["Alias Type"].lower()
    if kind.startswith("prime") or kind == "primary name":
        draft.add("name", name)
    elif kind == "fka":
        draft.add("previousName", name)
    else:
        draft.add("weakAlias" if WEAK.search(cells.get("Alias Quality", "")) else "alias", name)
    draft.add("alias", cells.get("Name Non-Latin Script"))
    draft.add("address", ", ".join(filter(None, (cells[column] for column in ADDRESS_COLUMNS))))
    draft.add_country("country", *map(outside_brackets, enumerated(cells["Country"])))
    if draft.schema == "Person":
        draft.add("title", cells.get("Title"))
        draft.add("position", cells.get("Position"))
        draft.add("birthDate", slashed_prefix(cells["DOB"]))
        places = (cells.get("Town of Birth", ""), cells.get("Country of Birth", ""))
        draft.add("birthPlace", ", ".join(filter(None, places)))
        draft.add_country("nationality", *map(outside_brackets, enumerated(cells.get("Nationality", ""))))
        draft.add_numbers("passportNumber", cells.get("Passport Number") or cells.get("Passport Details", ""))
        draft.add_numbers("idNumber", cells.get("National Identification Number") or cells.get("NI Number", ""))
    draft.add("notes", cells["Other Information"])
    reference = UN_REFERENCE.search(cells["Other Information"])
    listing = Listing(
        MEASURE,
        list=LIST,
        listed_on=read_slashed_day(cells["Listed On"]),
        programs=tuple(filter(None, [cells["Regime"]])),
        citation=f"UN {reference[1]}" if reference else None,
    )
    draft.listings.setdefault(listing)


def settled(draft: Draft) -> Entry:
    """The entry of a group, each name kept once, as the strongest that a row calls it.

    A row may lack the UN reference that another has: of two listings that differ by it alone, the fuller stays.
    """
    seen: set[str | None] = set()
    for kind in ("name", "previousName", "alias", "weakAlias"):
        if kind in draft.values:
            fresh = [name for name in dict.fromkeys(draft.values[kind]) if name not in seen]
            seen.update(fresh)
            draft.values[kind] = fresh
    cited = {(listing.listed_on, listing.programs) for listing in draft.listings if listing.citation}
    for listing in list(draft.listings):
        if not listing.citation and (listing.listed_on, listing.programs) in cited:
            del draft.listings[listing]
    return draft.entry()


def designations(document: ListDocument, reading: Reading) -> Iterator[Entry]:
    """The parties of a UK Sanctions List in XML.

    Raises:
        SourceError: another file; a designation without id, type or name, or whose id stands twice; none at all.
    """
    name = document.name
    root, _ = root_of(document.path)
    if root != "Designations":
        raise SourceError(name, f"is no UK Sanctions List: its root is <{root}>", line=1)
    ids: set[str] = set()
    for element in read_elements(document.path, "DateGenerated", "Designation"):
        if local_name(element) == "DateGenerated":
            text = (element.text or "").strip()
            reading.vintage = reading.vintage or read_iso_day(text) or read_slashed_day(text)
            continue
        number = child(element, "OFSIGroupID") or child(element, "UniqueID")
        schema = SCHEMA.get(child(element, "IndividualEntityShip").lower())
        if not number.isalnum() or schema is None:
            raise SourceError(name, "a designation without id or type", line=line_of(element))
        if number in ids:
            raise SourceError(name, f"designation {number} stands twice", line=line_of(element))
        ids.add(number)
        draft = read_designation(element, Draft(f"uk-{number}", schema))
        if not any(draft.values.get(kind) for kind in ("name", "alias")):
            raise SourceError(name, f"designation {number} has no name", line=line_of(element))
        yield settled(draft)
    if not ids:
        raise SourceError(name, "holds no entry")


def read_designation(element: etree._Element, draft: Draft) -> Draft:
    """What a Designation element says."""
    for item in children(element, "Names/Name"):
        printed = " ".join(filter(None, (child(item, f"Name{number}") for number in range(1, 7))))
        if printed:
            draft.add(name_kind(child(item, "NameType"), child(item, "AliasStrength")), printed)
    add_texts(draft, "alias", element, "NonLatinNames/NonLatinName/NameNonLatinScript")
    for address in children(element, "Addresses/Address"):
        lines = [child(address, f"AddressLine{number}") for number in range(1, 7)]
        lines += [child(address, "AddressPostalCode"), child(address, "AddressCountry")]
        draft.add("address", ", ".join(filter(None, lines)))
        draft.add_country("country", child(address, "AddressCountry"))
    for person in children(element, "IndividualDetails/Individual"):
        read_person(person, draft)
    for body in children(element, "EntityDetails/Entity"):
        add_texts(draft, "registrationNumber", body, "BusinessRegistrationNumbers/BusinessRegistrationNumber")
        for parent in children(body, "ParentCompanies/ParentCompany"):
            draft.add("notes", f"Parent company: {(parent.text or '').strip()}")
    for ship in children(element, "ShipDetails/Ship"):
        for path, kind in SHIP:
            add_texts(draft, kind, ship, path)
        add_countries(draft, "flag", ship, "CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip")
        add_countries(draft, "pastFlags", ship, "PreviousFlags/PreviousFlag")
        for owner in children(ship, "CurrentOwnerOperators/CurrentOwnerOperator"):
            draft.add("notes", f"Owner or operator: {(owner.text or '').strip()}")
    draft.add("notes", child(element, "OtherInformation"))
    reference = child(element, "UNReferenceNumber")
    citation = "; ".join(filter(None, [child(element, "UniqueID"), f"UN {reference}" if reference else ""]))
    reasons = (child(element, "SanctionsImposed").replace("|", ", "), child(element, "UKStatementofReasons"))
    listing = Listing(
        MEASURE,
        list=LIST,
        listed_on=read_iso_day(child(element, "DateDesignated")) or read_slashed_day(child(element, "DateDesignated")),
        programs=tuple(filter(None, [child(element, "RegimeName")])),
        citation=citation or None,
        remarks=". ".join(filter(None, reasons)) or None,
    )
    draft.listings.setdefault(listing)
    return draft


def name_kind(type: str, strength: str) -> str:
    """The property for a name of a type (`Primary Name`, `Alias`, `FKA` …) and strength (`Low quality`)."""
    if type.lower() == "primary name":
        return "name"
    if type.lower() in {"fka", "former name", "previous name"}:
        return "previousName"
    return "weakAlias" if WEAK.search(strength) else "alias"


def read_person(person: etree._Element, draft: Draft) -> None:
    """What only individuals have; birth dates come as 12/04/1966 and dd/mm/1965."""
    for birth in children(person, "DOBs/DOB"):
        draft.add("birthDate", slashed_prefix(birth.text or ""))
    for place in children(person, "BirthDetails/Location"):
        draft.add("birthPlace", ", ".join(filter(None, (child(place, "TownOfBirth"), child(place, "CountryOfBirth")))))
    add_countries(draft, "nationality", person, "Nationalities/Nationality")
    add_texts(draft, "passportNumber", person, "PassportDetails/PassportDetail/PassportNumber")
    add_texts(draft, "idNumber", person, "NationalIdentifierDetails/NationalIdentifierDetail/NationalIdentifierNumber")
    add_texts(draft, "position", person, "Positions/Position")
    for gender in children(person, "Genders/Gender"):
        draft.add("gender", (gender.text or "").strip().lower())


def add_texts(draft: Draft, kind: str, element: etree._Element, path: str) -> None:
    """Add the texts under a path to a property."""
    draft.add(kind, *(found.text for found in children(element, path)))


def add_countries(draft: Draft, kind: str, element: etree._Element, path: str) -> None:
    """Add the countries named under a path to a property."""
    draft.add_country(kind, *((found.text or "").strip() for found in children(element, path)))
