"""One row of the Consolidated Screening List, in the csv's and the JSON's common form, to a party and its listing.

Field names are those of trade.gov's CSL API ("Consolidated Screening List", OpenAPI document, version 1): the csv has
the same fields flattened, lists joined by "; ".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from vacatur.parties import Listing
from vacatur.sources.ofac_entry import Address, Alias, Record, read_statements
from vacatur.sources.ofac_features import DIGITAL_CURRENCY, LEGAL_LABELS, PROPERTY, Feature, legal_remarks
from vacatur.sources.ofac_lists import CAPTA, CMIC, FSE, MBS, PLC, SDN, SSI, OfacList, listing_on

ENTITY_LIST = OfacList("Entity List (EL)", "entity-list")
MEU = OfacList("Military End User (MEU) List", "bis-meu")
UVL = OfacList("Unverified List (UVL)", "bis-uvl")
DPL = OfacList("Denied Persons List (DPL)", "bis-denial-order")
ISN = OfacList("Nonproliferation Sanctions (ISN)", "state-isn")
DTC = OfacList("ITAR Debarred (DTC)", "state-dtc")

OFAC_LISTS = (SDN, SSI, FSE, PLC, CAPTA, MBS, CMIC)
LISTS = (*OFAC_LISTS, ENTITY_LIST, MEU, UVL, DPL, ISN, DTC)

BY_CODE = {
    "SDN": SDN,
    "SSI": SSI,
    "FSE": FSE,
    "PLC": PLC,
    "NS-PLC": PLC,
    "CAP": CAPTA,
    "CAPTA": CAPTA,
    "561": CAPTA,
    "MBS": MBS,
    "NS-MBS": MBS,
    "CMIC": CMIC,
    "NS-CMIC": CMIC,
    "EL": ENTITY_LIST,
    "MEU": MEU,
    "UVL": UVL,
    "DPL": DPL,
    "ISN": ISN,
    "DTC": DTC,
    "AECA": DTC,
}
"""List by the code in a row's `source`: "Entity List (EL) - Bureau of Industry and Security", in 2016 plain "EL"."""

CODE = re.compile(r"\(([A-Z0-9-]+)(?: List)?\)")
LEGAL_HEADS = tuple(head for head in LEGAL_LABELS if head not in {"For more information", "Subject to Directive"})
COUNTRY = re.compile(r"(?:^|, )([A-Z]{2})$")
LINKED = re.compile(r"\((Linked To: .*)\)", re.S)
OTHER_NAME = re.compile(r",? \(?\b([afn])\.?k\.?a\.?,? ", re.I)
NAMED_IN = ("Passport", "Diplomatic Passport")


@dataclass(frozen=True, slots=True)
class CslRow:
    """A row with its lists taken apart. `ids` are features; `addresses` printed lines with a country's code."""

    id: str
    number: str
    source: str
    record: Record
    start: date | None
    end: date | None
    citation: str
    scope: str
    url: str

    @property
    def party_id(self) -> str:
        """`ofac-<entity number>` for a row of OFAC's, else `csl-<_id>`."""
        return f"ofac-{self.number}" if self.number else f"csl-{self.id}"

    @property
    def list(self) -> OfacList:
        """The list that the row is of; a code that we don't know makes a list and measure of its own."""
        match = CODE.search(self.source)
        code = match[1] if match else self.source.strip()
        return BY_CODE.get(code) or OfacList(self.source.split(" - ")[0].strip(), f"csl-{code.lower()[:40]}")

    @property
    def listing(self) -> Listing:
        """The row's place on its list."""
        remarks = "; ".join(part for part in (self.record.remarks, self.scope) if part)
        place = listing_on(self.list, self.record.programs, remarks, self.record.features, self.start)
        return Listing(
            place.measure,
            place.list,
            place.listed_on,
            place.effective or (self.start if self.list in {ENTITY_LIST, DPL} else None),
            self.end,
            place.programs,
            self.citation or None,
            place.remarks,
            self.url or None,
        )


def row_of_csv(cells: Mapping[str, str], note: Callable[[str], None]) -> CslRow:
    """A row of consolidated.csv; `note` is told of dates that are none."""
    many = {name: [part.strip() for part in cells.get(name, "").split("; ") if part.strip()] for name in LIST_FIELDS}
    addresses = [address_of(part) for part in many["addresses"]]
    return row_of(cells, many, addresses, [feature_of(part) for part in many["ids"]], note)


def row_of(
    one: Mapping[str, str],
    many: Mapping[str, list[str]],
    addresses: list[Address],
    features: list[Feature],
    note: Callable[[str], None],
) -> CslRow:
    """A row from its plain fields, its list fields, and what was taken apart by the format's reader."""
    number = one.get("entity_number", "").strip()
    name, *others = names_of(one.get("name", "").strip(), number)
    record = Record(number, name.name, one.get("type", "") or ("entity" if number else ""))
    record.programs = tuple(many["programs"])
    record.positions = tuple(filter(None, [one.get("title", "").strip()]))
    record.aliases = [*others, *(alias for part in many["alt_names"] for alias in names_of(part, number))]
    record.addresses = addresses
    record.features = [*vessel_features(one), *features]
    for label, field in (
        ("DOB", "dates_of_birth"),
        ("POB", "places_of_birth"),
        ("nationality", "nationalities"),
        ("citizen", "citizenships"),
    ):
        record.features.extend(Feature(label, value) for value in many[field])
    if owner := one.get("vessel_owner", "").strip():
        record.notes.append(f"Vessel owner: {owner}")
    record.remarks = legal_remarks(one.get("remarks", "").strip(), features)
    if number:
        read_statements(record, LINKED.sub(r"\1", one.get("remarks", "")))
    return CslRow(
        id=one.get("_id", "").strip() or made_id(one),
        number=number,
        source=one.get("source", ""),
        record=record,
        start=day_of(one, "start_date", note),
        end=day_of(one, "end_date", note),
        citation=one.get("federal_register_notice", "").strip(),
        scope=scope_of(one),
        url=one.get("source_list_url", "").strip(),
    )


LIST_FIELDS = (
    "programs",
    "addresses",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "ids",
)


def scope_of(one: Mapping[str, str]) -> str:
    """What the row says of the reach of the listing, in words."""
    parts = (
        ("License requirement", "license_requirement"),
        ("License policy", "license_policy"),
        ("Standard order", "standard_order"),
    )
    return "; ".join(f"{label}: {value}" for label, field in parts if (value := one.get(field, "").strip()))


def vessel_features(one: Mapping[str, str]) -> list[Feature]:
    """The columns about ships."""
    columns = (
        ("Vessel Call Sign", "call_sign"),
        ("Vessel Type", "vessel_type"),
        ("Vessel Tonnage", "gross_tonnage"),
        ("Vessel Gross Registered Tonnage", "gross_registered_tonnage"),
        ("Vessel Flag", "vessel_flag"),
    )
    return [Feature(label, value) for label, field in columns if (value := one.get(field, "").strip())]


def names_of(text: str, number: str) -> list[Alias]:
    """The names in one printed name: BIS writes "X (f.k.a., Y; Z)" and "and Y" in lists; OFAC never does."""
    if number:
        return [Alias(text)]
    first, *rest = OTHER_NAME.split(text.removeprefix("and ").strip())
    if not rest:
        return [Alias(first)]
    names = [Alias(first.strip(" ,(;"))] if first.strip(" ,(;") else []
    for letter, part in zip(rest[::2], rest[1::2], strict=True):
        bare = part.removesuffix(")") if part.count(")") > part.count("(") else part
        names.extend(Alias(name.strip(), f"{letter.lower()}ka") for name in bare.split("; ") if name.strip())
    return names or [Alias(text)]


def address_of(text: str) -> Address:
    """A printed address with the two-letter country at its end; alone it is a country without address."""
    match = COUNTRY.search(text)
    code = match[1] if match else ""
    return Address("" if text == code else text, code)


def feature_of(text: str) -> Feature:
    """One of `ids`: "Tax ID No., 5030056754, RU" since 2023, "RU, 5030056754, Tax ID No." before."""
    parts = text.split(", ")
    if is_label(parts[0]):
        label, rest = parts[0], parts[1:]
        country = rest[-1] if len(rest) > 1 else ""
    elif is_label(parts[-1]):
        label, rest = parts[-1], parts[:-1]
        country = rest[0] if len(rest) > 1 else ""
    else:
        return Feature(parts[0], ", ".join(parts[1:]))
    if COUNTRY.fullmatch(country):
        rest.remove(country)
        return Feature(label, ", ".join(rest), country)
    return Feature(label, ", ".join(rest))


def is_label(text: str) -> bool:
    """Whether a part of an item of `ids` is OFAC's label for it."""
    return text in PROPERTY or text.startswith((DIGITAL_CURRENCY, *LEGAL_HEADS))


def made_id(one: Mapping[str, str]) -> str:
    """An id for the layouts before 2021, which give none: of list, name, addresses and start, as trade.gov's are."""
    fields = ("source", "name", "addresses", "start_date")
    return sha256("\n".join(one.get(field, "") for field in fields).encode()).hexdigest()[:20]


def day_of(one: Mapping[str, str], field: str, note: Callable[[str], None]) -> date | None:
    """A date column."""
    text = one.get(field, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        note(f"{field} {text[:40]!r} of {one.get('name', '')[:80]!r} is no date; left out")
        return None
