"""OFAC's standard XML: SDN.XML and consolidated.xml.

Format: OFAC, "sdnList" schema (sdn.xsd, consolidated.xsd), unchanged since 2004 but for its namespace.
"""

from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.ofac_entry import Address, Alias, Record
from vacatur.sources.ofac_features import Feature, legal_remarks
from vacatur.sources.safe_xml import child, children, line_of, local_name, read_elements

VESSEL = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}
LISTS_OF_FEATURES = (
    ("nationalityList/nationality", "country", "nationality"),
    ("citizenshipList/citizenship", "country", "citizen"),
    ("dateOfBirthList/dateOfBirthItem", "dateOfBirth", "DOB"),
    ("placeOfBirthList/placeOfBirthItem", "placeOfBirth", "POB"),
)
ADDRESS_PARTS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")


def read_standard(document: ListDocument, reading: Reading) -> Iterator[Record]:
    """Records of a standard XML file; sets the vintage that the file states.

    Raises:
        SourceError: no such file, cut, or with other than the number of entries that it states.
    """
    stated, count = "", 0
    for element in read_elements(document.path, "publshInformation", "sdnEntry"):
        if local_name(element) == "publshInformation":
            stated = child(element, "Record_Count")
            reading.vintage = document.vintage or us_date(child(element, "Publish_Date"))
            continue
        count += 1
        number = child(element, "uid")
        if not number.isdigit():
            raise SourceError(document.name, f"an entry without number: {number[:40]!r}", line=line_of(element))
        yield record_of(element, number)
    if stated.isdigit() and int(stated) != count:
        raise SourceError(
            document.name, f"states {stated} entries and has {count}", advice="The file was cut; fetch it again"
        )


def record_of(element: etree._Element, number: str) -> Record:
    """The record of one `sdnEntry`."""
    record = Record(number, name_of(element), child(element, "sdnType"))
    record.programs = tuple(text for item in children(element, "programList/program") if (text := item.text))
    record.positions = tuple(filter(None, [child(element, "title")]))
    for aka in children(element, "akaList/aka"):
        kind = child(aka, "type").replace(".", "")
        record.aliases.append(Alias(name_of(aka), kind or "aka", weak=child(aka, "category") == "weak"))
    for address in children(element, "addressList/address"):
        parts = [child(address, part) for part in ADDRESS_PARTS]
        record.addresses.append(Address(", ".join(filter(None, parts)) if any(parts[:-1]) else "", parts[-1]))
    for item in children(element, "idList/id"):
        country = child(item, "idCountry")
        record.features.append(Feature(child(item, "idType"), child(item, "idNumber"), country))
    for path, field, label in LISTS_OF_FEATURES:
        record.features.extend(Feature(label, child(item, field)) for item in children(element, path))
    for field, label in VESSEL.items():
        if value := child(element, f"vesselInfo/{field}"):
            record.features.append(Feature(label, value))
    if owner := child(element, "vesselInfo/vesselOwner"):
        record.notes.append(f"Vessel owner: {owner}")
    record.remarks = legal_remarks(child(element, "remarks"), record.features)
    return record


def name_of(element: etree._Element) -> str:
    """A name as OFAC prints it: "SURNAME, Given"."""
    return ", ".join(filter(None, [child(element, "lastName"), child(element, "firstName")]))


def us_date(text: str) -> date | None:
    """A date such as 07/16/2014; None when it is none."""
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()
    except ValueError:
        return None
