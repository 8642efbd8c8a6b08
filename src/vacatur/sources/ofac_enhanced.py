"""The enhanced XML of OFAC's Sanctions List Service, and its delta files, which have the same elements.

Format: OFAC, ENHANCED_XML.xsd (Sanctions List Service, 2024) for SDN_ENHANCED.XML and CONS_ENHANCED.XML; namespace
`https://www.treasury.gov/ofac/DeltaFile/1.0` (DeltaFile.xsd) for the files of `/changes/…`: there every `entity` has an
`action` of add, change or remove. An added entity is whole. A changed one has only its changes, which can't be laid
over a party that this room doesn't know: it is counted as skipped, and the next full file brings it.
"""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from vacatur.law.acts import Act, Document
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.ofac_entry import Address, Alias, Link, Record
from vacatur.sources.ofac_features import Feature, legal_remarks
from vacatur.sources.ofac_lists import OfacList, published_list
from vacatur.sources.safe_xml import child, children, line_of, local_name, read_elements

CHANGED = "change to an entity that only a full file tells whole"


def read_enhanced(document: ListDocument, reading: Reading) -> Iterator[Record]:
    """Records of a full enhanced file; sets the vintage that the file states."""
    for element in elements_of(document, reading):
        yield record_of(element)


def read_delta(document: ListDocument, reading: Reading, lists: tuple[OfacList, ...]) -> Iterator[Record]:
    """Records that a delta file adds; removals become acts in `reading`, and the document covers no list.

    Args:
        document: the file.
        reading: gets the removals from `lists`, and counts what is skipped.
        lists: those of the source that reads.
    """
    reading.lists = {}
    for element in elements_of(document, reading):
        action = (element.get("action") or "").strip().lower()
        if action == "add":
            yield record_of(element)
        elif action in {"remove", "delete"}:
            reading.acts.extend(removals(element, document, reading, lists))
        else:
            reading.skip(CHANGED)


def elements_of(document: ListDocument, reading: Reading) -> Iterator[etree._Element]:
    """The `entity` elements; sets the vintage.

    Raises:
        SourceError: an entity without number.
    """
    for element in read_elements(document.path, "publicationInfo", "referenceValue", "featureType", "entity"):
        if local_name(element) == "publicationInfo":
            stated = child(element, "dataAsOf") or child(element, "datePublished")
            reading.vintage = document.vintage or iso_date(stated)
        elif local_name(element) == "entity":
            if not (element.get("id") or "").isdigit():
                raise SourceError(document.name, "an entity without number", line=line_of(element))
            yield element


def record_of(element: etree._Element) -> Record:
    """The record of one `entity`."""
    record = Record(element.get("id", ""), "", child(element, "generalInfo/entityType"))
    record.programs = tuple(
        text for item in children(element, "sanctionsPrograms/sanctionsProgram") if (text := item.text)
    )
    record.published = {
        (item.text or "").strip(): iso_date(item.get("datePublished", ""))
        for item in children(element, "sanctionsLists/sanctionsList")
    }
    record.positions = tuple(filter(None, [child(element, "generalInfo/title")]))
    for name in children(element, "names/name"):
        read_name(record, name)
    for address in children(element, "addresses/address"):
        read_address(record, address)
    for item in children(element, "features/feature"):
        record.features.append(Feature(child(item, "type"), child(item, "value")))
    for item in children(element, "identityDocuments/identityDocument"):
        country = child(item, "issuingCountry") or child(item, "issuingLocation")
        record.features.append(Feature(child(item, "type"), child(item, "documentNumber"), country))
    for item in children(element, "relationships/relationship"):
        for other in children(item, "relatedEntity"):
            record.links.append(Link(item.get("id", ""), child(item, "type"), other.get("entityId", "")))
    record.remarks = legal_remarks(child(element, "generalInfo/remarks"), record.features)
    return record


def read_name(record: Record, name: etree._Element) -> None:
    """Take one name in all its scripts; the primary name's first primary form is the record's."""
    kind = child(name, "aliasType").replace(".", "").lower() or "aka"
    weak = child(name, "isLowQuality") == "true"
    for form in children(name, "translations/translation"):
        parts = (child(form, "formattedLastName"), child(form, "formattedFirstName"))
        text = child(form, "formattedFullName") or ", ".join(filter(None, parts))
        if child(name, "isPrimary") == "true" and child(form, "isPrimary") != "false" and not record.name:
            record.name = text
        elif text:
            record.aliases.append(Alias(text, kind, weak))


def read_address(record: Record, address: etree._Element) -> None:
    """Take one address in all its scripts."""
    country = child(address, "country")
    for form in children(address, "translations/translation"):
        parts = [text for part in children(form, "addressParts/addressPart") if (text := child(part, "value"))]
        record.addresses.append(Address(", ".join([*parts, country] if country else parts) if parts else "", country))


def removals(
    element: etree._Element, document: ListDocument, reading: Reading, lists: tuple[OfacList, ...]
) -> Iterator[Act]:
    """The acts of a removed entity: one, for those of its lists that the source is of."""
    found = [published_list((item.text or "").strip()) for item in children(element, "sanctionsLists/sanctionsList")]
    measures = tuple(item.measure for item in dict.fromkeys(found) if item in lists)
    day = reading.vintage
    if not measures or day is None:
        reading.skip("removal that names no list of this source, or no day")
        return
    number = element.get("id", "")
    yield Act(
        id=f"ofac-{number}-removed-{day.isoformat()}",
        kind="delisted",
        measures=measures,
        effective=day,
        parties=frozenset({f"ofac-{number}"}),
        published=day,
        authority="Office of Foreign Assets Control",
        documents=(Document(f"OFAC Sanctions List Service, changes of {day.isoformat()}: {document.name}"),),
    )


def iso_date(text: str) -> date | None:
    """The day of an ISO date or time; None when it is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
