"""OFAC's advanced XML: SDN_ADVANCED.XML and CONS_ADVANCED.XML.

Format: OFAC, sdn_advanced.xsd and "SDN Advanced Sanctions Data Model XML Explanatory Notes" (2015), after the UN's
Advanced Sanctions Data Model. A party's addresses, documents and listings stand in sections of their own before and
after it, so the file is read twice: once for those sections, which are kept, once for the parties, which stream.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.ofac_entry import Address, Alias, Link, Record
from vacatur.sources.ofac_features import Feature, legal_remarks
from vacatur.sources.safe_xml import child, children, line_of, local_name, read_elements

SECTIONS = (
    "DateOfIssue",
    "ReferenceValueSets",
    "Location",
    "IDRegDocument",
    "DistinctParty",
    "ProfileRelationship",
    "SanctionsEntry",
)

PLACES_OF_RESIDENCE = "Location"
SURNAMES = frozenset({"Last Name", "Entity Name", "Vessel Name", "Aircraft Name"})


@dataclass(slots=True)
class Around:
    """Everything in the file but the parties: reference values by (kind, id), and the rest by whom it is about."""

    values: dict[tuple[str, str], str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    places: dict[str, Address] = field(default_factory=dict)
    documents: dict[str, list[Feature]] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=dict)
    lists: dict[str, dict[str, date | None]] = field(default_factory=dict)
    programs: dict[str, list[str]] = field(default_factory=dict)

    def value(self, kind: str, element: etree._Element, attribute: str) -> str:
        """The reference value that an attribute of `element` points to."""
        return self.values.get((kind, element.get(attribute, "")), "")


def read_advanced(document: ListDocument, reading: Reading) -> Iterator[Record]:
    """Records of an advanced XML file; sets the vintage that the file states.

    Raises:
        SourceError: no such file, or cut.
    """
    around = Around()
    for element in read_elements(document.path, *SECTIONS):
        name = local_name(element)
        if name == "DateOfIssue":
            reading.vintage = document.vintage or day_in(element)
        elif reader := READERS.get(name):
            reader(around, element)
    for element in read_elements(document.path, *SECTIONS):
        if local_name(element) == "DistinctParty":
            if not (element.get("FixedRef") or "").isdigit():
                raise SourceError(document.name, "a party without number", line=line_of(element))
            yield record_of(element, around)


def keep_values(around: Around, sets: etree._Element) -> None:
    """Take the reference values, and which party type a subtype is of."""
    for group in sets:
        for item in group:
            around.values[local_name(item), item.get("ID", "")] = (item.text or "").strip()
            if parent := item.get("PartyTypeID"):
                around.parents[item.get("ID", "")] = parent


def keep_place(around: Around, place: etree._Element) -> None:
    """Take one location as an address line and its country."""
    country = ""
    for item in children(place, "LocationCountry"):
        country = around.value("Country", item, "CountryID")
    for item in children(place, "LocationAreaCode"):
        country = country or around.value("AreaCode", item, "AreaCodeID")
    parts = [
        (around.value("LocPartType", part, "LocPartTypeID"), child(part, "LocationPartValue/Value"))
        for part in children(place, "LocationPart")
    ]
    order = {"ADDRESS1": 1, "ADDRESS2": 2, "ADDRESS3": 3, "CITY": 4, "STATE/PROVINCE": 5, "POSTAL CODE": 6}
    line = [text for _, text in sorted(parts, key=lambda part: order.get(part[0], 9)) if text]
    around.places[place.get("ID", "")] = Address(
        ", ".join([*line, country] if country else line) if line else "", country
    )


def keep_document(around: Around, paper: etree._Element) -> None:
    """Take one identity document."""
    feature = Feature(
        around.value("IDRegDocType", paper, "IDRegDocTypeID"),
        child(paper, "IDRegistrationNo"),
        around.value("Country", paper, "IssuedBy-CountryID"),
    )
    around.documents.setdefault(paper.get("IdentityID", ""), []).append(feature)


def keep_link(around: Around, relation: etree._Element) -> None:
    """Take one relation between two parties, unless it is over."""
    if relation.get("Former") != "true":
        kind = around.value("RelationType", relation, "RelationTypeID")
        link = Link(relation.get("ID", ""), kind, relation.get("To-ProfileID", ""))
        around.links.setdefault(relation.get("From-ProfileID", ""), []).append(link)


def keep_listing(around: Around, entry: etree._Element) -> None:
    """Take one place on a list: its day, and its programmes."""
    profile = entry.get("ProfileID", "")
    days = [day for event in children(entry, "EntryEvent/Date") if (day := day_in(event))]
    name = around.value("List", entry, "ListID")
    around.lists.setdefault(profile, {})[name] = min(days, default=None)
    for measure in children(entry, "SanctionsMeasure"):
        if around.value("SanctionsType", measure, "SanctionsTypeID") == "Program":
            around.programs.setdefault(profile, []).append(child(measure, "Comment"))


READERS = {
    "ReferenceValueSets": keep_values,
    "Location": keep_place,
    "IDRegDocument": keep_document,
    "ProfileRelationship": keep_link,
    "SanctionsEntry": keep_listing,
}


def record_of(element: etree._Element, around: Around) -> Record:
    """The record of one `DistinctParty`."""
    record = Record(element.get("FixedRef", ""), "")
    for profile in children(element, "Profile"):
        number = profile.get("ID", "")
        record.kind = kind_of(profile, around)
        record.programs = tuple(dict.fromkeys(filter(None, around.programs.get(number, ()))))
        record.published = around.lists.get(number, {})
        record.links.extend(around.links.get(number, ()))
        for identity in children(profile, "Identity"):
            read_identity(record, identity, around)
        for item in children(profile, "Feature"):
            read_feature(record, item, around)
    record.remarks = legal_remarks(child(element, "Comment"), record.features)
    return record


def kind_of(profile: etree._Element, around: Around) -> str:
    """individual, entity, vessel or aircraft."""
    subtype = profile.get("PartySubTypeID", "")
    kind = around.values.get(("PartyType", around.parents.get(subtype, "")), "")
    return around.values.get(("PartySubType", subtype), "") if kind == "Transport" else kind


def read_identity(record: Record, identity: etree._Element, around: Around) -> None:
    """Take the names, in every script, and the documents of one identity."""
    parts = {
        group.get("ID", ""): around.value("NamePartType", group, "NamePartTypeID")
        for group in children(identity, "NamePartGroups/MasterNamePartGroup/NamePartGroup")
    }
    record.features.extend(around.documents.get(identity.get("ID", ""), ()))
    for alias in children(identity, "Alias"):
        kind = around.value("AliasType", alias, "AliasTypeID").replace(".", "").lower()
        weak = alias.get("LowQuality") == "true"
        for form in children(alias, "DocumentedName"):
            text = printed(form, parts)
            if alias.get("Primary") == "true" and not record.name:
                record.name = text
            elif text:
                record.aliases.append(Alias(text, kind, weak))


def printed(form: etree._Element, parts: dict[str, str]) -> str:
    """A name as OFAC prints it: surnames first, a comma, the rest."""
    last: list[str] = []
    first: list[str] = []
    for value in children(form, "DocumentedNamePart/NamePartValue"):
        kind = parts.get(value.get("NamePartGroupID", ""), "")
        (last if kind in SURNAMES else first).append((value.text or "").strip())
    return ", ".join(filter(None, [" ".join(filter(None, last)), " ".join(filter(None, first))]))


def read_feature(record: Record, item: etree._Element, around: Around) -> None:
    """Take one feature: a text, a reference value, a place, or a date."""
    label = around.value("FeatureType", item, "FeatureTypeID")
    for version in children(item, "FeatureVersion"):
        for place in children(version, "VersionLocation"):
            address = around.places.get(place.get("LocationID", ""), Address(""))
            if label == PLACES_OF_RESIDENCE:
                record.addresses.append(address)
            else:
                record.features.append(Feature(label, address.text or address.country))
        for detail in children(version, "VersionDetail"):
            text = around.value("DetailReference", detail, "DetailReferenceID") or (detail.text or "").strip()
            if text:
                record.features.append(Feature(label, text))
        for period in children(version, "DatePeriod"):
            record.features.append(Feature(label, period_of(period)))


def period_of(period: etree._Element) -> str:
    """A period as OFAC's texts have it: one day, one month, one year, or "1951 to 1953"."""
    start = next((day_in(item) for item in children(period, "Start/From")), None)
    end = next((day_in(item) for item in children(period, "End/To")), None)
    if start is None or end is None or start == end:
        return (start or end or "") and (start or end or date.min).isoformat()
    if start.year != end.year:
        return f"{start.year} to {end.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year)
    whole_month = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    return f"{start:%Y-%m}" if whole_month and start.month == end.month else f"{start.year}"


def day_in(element: etree._Element) -> date | None:
    """The date of Year, Month and Day elements; None when they are none."""
    try:
        return date(*(int(child(element, part)) for part in ("Year", "Month", "Day")))
    except (ValueError, OverflowError):
        return None
