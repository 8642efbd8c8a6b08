"""The European Union's consolidated list of financial sanctions (FSF): everyone under an EU asset freeze.

Formats: the European Commission's Financial Sanctions Files, XML export 1.1 (namespace `fpi/fsd/export`) and csv 1.0,
one row for each name, address, birth date, document or citizenship of an entity. Both have the same entity number.
Official csv rows stand bare; a copy in circulation has each row inside one quoted cell, with tabs behind it.

A listing is made for each programme (`UKR`), citing the regulations under it. The files rarely state the day of
designation: `listed_on` is that day where stated, else the day the earliest regulation named was published, and
`effective` the day one of them entered into force. Texts of the csv hold a backslash and n for a line
break, and tabs for commas.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree

from vacatur.parties import Entry, Listing
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.safe_xml import child, children, line_of, looks_like_xml, read_elements, root_of
from vacatur.sources.tables import Row, read_rows
from vacatur.sources.world_values import Draft, read_iso_day, read_slashed_day

LIST = "EU consolidated list of financial sanctions"
MEASURE = "eu-fsf"
SCHEMA = {"person": "Person", "P": "Person", "enterprise": "Organization", "E": "Organization"}
PERSON_DOCUMENT = {"passport": "passportNumber", "diplpass": "passportNumber", "ssn": "socialSecurityNumber"}
DOCUMENT = {
    "regnumber": "registrationNumber",
    "fiscalcode": "taxNumber",
    "tradelic": "registrationNumber",
    "swiftbic": "swiftBic",
    "id": "idNumber",
}
"""FollowTheMoney property by the EU's code of a document; any other is an `idNumber`."""

COLUMNS = ("Entity_logical_id", "Subject_type", "Programme", "Naal_wholename", "Addr_city", "Birt_date", "Iden_number")
NUMBER_AND_KIND = re.compile(r"(?P<number>[^()]+?)\s*\((?P<kind>[a-z]+)-")
"""`AD001095 (passport-National passport) ((passport))` in the csv."""


@dataclass(frozen=True, slots=True)
class Regulation:
    """A legal basis that the file names for an entity."""

    programme: str
    title: str
    published: date | None = None
    in_force: date | None = None
    designated: date | None = None
    url: str = ""


class EUFinancialSanctions:
    """The EU's list; see `sources.base.Source`."""

    name = "eu-fsf"
    title = "EU consolidated list of financial sanctions (FSF)"
    urls: tuple[str, ...] = (
        "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
    )

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: the list is one file."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`."""
        reading = Reading(iter(()), document.vintage, {LIST: MEASURE})
        read = from_xml if looks_like_xml(document.path) else from_csv
        reading.entries = read(document, reading)
        return reading


def from_xml(document: ListDocument, reading: Reading) -> Iterator[Entry]:
    """The entries of an XML export.

    Raises:
        SourceError: another file; an entity without number, type or name, or whose number stands twice; no entity.
    """
    name = document.name
    root, namespace = root_of(document.path)
    if root != "export" or "fsd/export" not in namespace:
        raise SourceError(name, f"is no EU financial sanctions file: its root is <{root}>", line=1)
    numbers: set[str] = set()
    for element in read_elements(document.path, "sanctionEntity"):
        if not numbers:
            generated = read_iso_day(element.getroottree().getroot().get("generationDate", ""))
            reading.vintage = reading.vintage or generated
        number = element.get("logicalId", "")
        kind = next(children(element, "subjectType"), None)
        codes = (kind.get("code"), kind.get("classificationCode")) if kind is not None else ()
        schema = next((SCHEMA[code] for code in codes if code in SCHEMA), None)
        if not number.isdigit() or schema is None:
            raise SourceError(name, "an entity without number or type", line=line_of(element))
        if number in numbers:
            raise SourceError(name, f"entity {number} stands twice", line=line_of(element))
        numbers.add(number)
        draft = Draft(f"eu-fsf-{number}", schema)
        regulations = read_element(element, draft)
        if not draft.values.get("name"):
            raise SourceError(name, f"entity {number} has no name", line=line_of(element))
        place(draft, regulations, reference(element.get("euReferenceNumber"), element.get("unitedNationId")))
        yield draft.entry()
    if not numbers:
        raise SourceError(name, "holds no entry")


def read_element(element: etree._Element, draft: Draft) -> list[Regulation]:
    """What a sanctionEntity element says of its party; returns its legal bases."""
    for alias in children(element, "nameAlias"):
        person = " ".join(alias.get(part, "") for part in ("firstName", "middleName", "lastName"))
        add_name(draft, alias.get("wholeName", "").strip() or person.strip(), weak=alias.get("strong") == "false")
        if draft.schema == "Person":
            add_function(draft, alias.get("title"), alias.get("function"), alias.get("gender", ""))
    for address in children(element, "address"):
        parts = ("street", "poBox", "zipCode", "city", "place", "region")
        add_address(draft, [address.get(part, "") for part in parts], country_of(address))
    for birth in children(element, "birthdate"):
        draft.add("birthDate", birth_day(birth.get("birthdate", "")) or birth_day(birth.get("year", "")))
        places = [birth.get(part) for part in ("place", "city", "region")]
        draft.add("birthPlace", ", ".join(filter(None, [*places, country_of(birth)])))
    for citizenship in children(element, "citizenship"):
        draft.add_country("citizenship", country_of(citizenship))
    for item in children(element, "identification"):
        kind = item.get("identificationTypeCode", "")
        draft.add(document_property(draft, kind), item.get("number") or item.get("latinNumber"))
    draft.add("notes", *(remark.text for remark in children(element, "remark")))
    designated = read_iso_day(element.get("designationDate", ""))
    return [
        Regulation(
            item.get("programme", ""),
            item.get("numberTitle", ""),
            read_iso_day(item.get("publicationDate", "")),
            read_iso_day(item.get("entryIntoForceDate", "")),
            designated,
            child(item, "publicationUrl"),
        )
        for item in children(element, "regulation")
    ]


def from_csv(document: ListDocument, reading: Reading) -> Iterator[Entry]:
    """The entries of a csv, in the order of their first rows; the list is gathered whole, as rows may lie apart.

    Raises:
        SourceError: another file; a row of other length, or without number or type; an entity without name; no row.
    """
    name = document.name
    rows = bare_rows(document.path)
    header = next(rows, Row(1, []))
    first: dict[str, int] = {}
    for index, column in enumerate(header.cells):
        first.setdefault(column, index)
    if missing := sorted(set(COLUMNS).difference(first)):
        raise SourceError(name, f"columns {', '.join(missing)} are missing", line=header.line)
    drafts: dict[str, Draft] = {}
    bases: dict[str, dict[Regulation, None]] = {}
    references: dict[str, str | None] = {}
    for row in rows:
        if len(row.cells) != len(header.cells):
            reason = f"{len(row.cells)} cells instead of {len(header.cells)}: the row is cut or damaged"
            raise SourceError(name, reason, line=row.line, advice="Fetch the file again")
        cells = {column: row.cells[index].replace("\\n", "\n").strip() for column, index in first.items()}
        number, schema = cells["Entity_logical_id"], SCHEMA.get(cells["Subject_type"])
        if not number.isdigit() or schema is None:
            raise SourceError(name, "a row without number or type of its entity", line=row.line)
        reading.vintage = reading.vintage or read_slashed_day(row.cells[0])
        draft = drafts.setdefault(number, Draft(f"eu-fsf-{number}", schema))
        read_row(cells, draft)
        published = read_iso_day(cells.get("Leba_publication_date", ""))
        basis = Regulation(cells["Programme"], cells.get("Leba_numtitle", ""), published, url=cells.get("Leba_url", ""))
        bases.setdefault(number, {}).setdefault(basis)
        references[number] = reference(cells.get("EU_ref_num"), None)
    if not drafts:
        raise SourceError(name, "holds no entry")
    for number, draft in drafts.items():
        if not draft.values.get("name"):
            raise SourceError(name, f"entity {number} has no name")
        place(draft, list(bases[number]), references[number])
        yield draft.entry()


def bare_rows(path: Path) -> Iterator[Row]:
    """The rows of a csv, each taken out of the one quoted cell that it may be wrapped in."""
    for row in read_rows(path, delimiter=";"):
        if len(row.cells) > 1:
            yield row
            continue
        try:
            cells = next(csv.reader([row.cells[0].rstrip()], delimiter=";", strict=True), [])
        except csv.Error as error:
            raise SourceError(path.name, f"no readable record: {error}", line=row.line) from error
        yield Row(row.line, cells, row.ended)


def read_row(cells: Mapping[str, str], draft: Draft) -> None:
    """Take one row of a csv into its party."""
    add_name(draft, cells["Naal_wholename"], weak=False)
    if draft.schema == "Person":
        add_function(draft, cells.get("Naal_title"), cells.get("Naal_function"), cells.get("Naal_gender", ""))
    parts = ("Addr_number", "Addr_street", "Addr_zipcode", "Addr_city", "Addr_other")
    add_address(draft, [cells.get(part, "") for part in parts], cells.get("Addr_country", ""))
    if draft.schema == "Person":
        draft.add("birthDate", birth_day(cells["Birt_date"]))
        places = (cells.get("Birt_place", "").replace("\t", ","), cells.get("Birt_country", ""))
        draft.add("birthPlace", ", ".join(filter(None, places)))
        draft.add_country("citizenship", cells.get("Citi_country", ""))
    if printed := cells["Iden_number"]:
        match = NUMBER_AND_KIND.match(printed)
        draft.add(document_property(draft, match["kind"]) if match else "notes", match["number"] if match else printed)
    draft.add("notes", cells.get("Entity_remark"))


def place(draft: Draft, regulations: list[Regulation], citation: str | None) -> None:
    """Give a party its listings: one for each programme, with the earliest days of its regulations."""
    for programme in dict.fromkeys(item.programme for item in regulations) or [""]:
        own = [item for item in regulations if item.programme == programme]
        titles = "; ".join(dict.fromkeys(f"Regulation {item.title}" for item in own if item.title))
        designated = [item.designated for item in own if item.designated]
        published = [item.published for item in own if item.published]
        in_force = [item.in_force for item in own if item.in_force]
        listing = Listing(
            MEASURE,
            list=LIST,
            listed_on=min(designated or published, default=None),
            effective=min(in_force, default=None),
            programs=tuple(filter(None, [programme])),
            citation="; ".join(filter(None, [citation, titles])) or None,
            url=next((item.url for item in own if item.url), None),
        )
        draft.listings.setdefault(listing)


def add_name(draft: Draft, name: str, *, weak: bool) -> None:
    """The first strong name is the party's name; a weak one only where there is no other."""
    if not name:
        return
    if draft.values.get("name"):
        draft.add_name(name, "weakAlias" if weak else "alias")
    else:
        draft.add("name", name)


def add_function(draft: Draft, title: str | None, function: str | None, gender: str) -> None:
    """What stands beside a person's name."""
    draft.add("title", title)
    draft.add("position", function)
    draft.add("gender", {"M": "male", "F": "female"}.get(gender))


def add_address(draft: Draft, parts: list[str], country: str) -> None:
    """An address as one line, and its country."""
    draft.add("address", ", ".join(filter(None, (part.strip() for part in [*parts, country]))))
    draft.add_country("country", country)


def country_of(element: etree._Element) -> str:
    """The country of an element: its description, or nothing where the file says `00`, unknown."""
    code = element.get("countryIso2Code", "")
    return "" if code in {"", "00"} else element.get("countryDescription") or code


def birth_day(text: str) -> str | None:
    """A full date, or a year alone; None for `N/A` and blanks."""
    day = read_iso_day(text)
    return day.isoformat() if day else text if re.fullmatch(r"\d{4}(-\d{2})?", text) else None


def document_property(draft: Draft, kind: str) -> str:
    """The property for a document's number, by the EU's code of its kind."""
    if draft.schema == "Person" and kind in PERSON_DOCUMENT:
        return PERSON_DOCUMENT[kind]
    return DOCUMENT.get(kind, "idNumber")


def reference(eu: str | None, un: str | None) -> str | None:
    """How the EU and the UN call an entry: `EU.1234.56; UN QDe.109`."""
    return "; ".join(filter(None, [eu, f"UN {un}" if un else None])) or None
