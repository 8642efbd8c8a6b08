"""Senzing entity files: `senzing.json` as OpenSanctions publishes it, and what others write for Senzing to read.

Format: Senzing's Generic Entity Specification: a record a line (or an array of records) with DATA_SOURCE, RECORD_ID and
attributes, flat, in lists by section (NAMES, DATES, …) or in one list FEATURES. A record becomes a party, its
relationships become links: who is the record (or the anchor beside the pointer), of whom is the pointer.

A record is on a list only where its RISKS say so (`sanction`, `debarment`, `export.control` …): other files name
parties, they forbid nothing. A file can be cut between two lines without a trace.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vacatur.parties import LINK_ENDS, Entry, Listing, Party, clean, make_party
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.ftm import MEASURE_BY_DATASET
from vacatur.sources.json_records import read_json_records
from vacatur.sources.senzing_attributes import properties_of

SCHEMATA = {
    "PERSON": "Person",
    "ORGANIZATION": "Organization",
    "COMPANY": "Company",
    "AIRCRAFT": "Airplane",
    "VESSEL": "Vessel",
    "VEHICLE": "Vehicle",
}
ROLES = {
    "ownership": "Ownership",
    "owner": "Ownership",
    "owns": "Ownership",
    "shareholder": "Ownership",
    "beneficial owner": "Ownership",
    "ultimate beneficial owner": "Ownership",
    "directorship": "Directorship",
    "director": "Directorship",
    "membership": "Membership",
    "member": "Membership",
    "employment": "Employment",
    "representation": "Representation",
    "succession": "Succession",
    "family": "Family",
    "associate": "Associate",
}
"""Roles whose meaning and direction leave no doubt; any other is a link of unknown kind with its role in words."""
NO_PARTY = frozenset({"occupancy", "address", "sanction"})
"""Roles that point to a position or the like, which is no party."""
LISTED = ("sanction", "debarment", "export.control", "export.risk", "wanted")
"""How topics of a record begin that is on a list; `role.pep` and the like restrict nothing."""
OPEN_SANCTIONS = "OPEN_SANCTIONS"


class Senzing:
    """A Senzing entity file; see `sources.base.Source`."""

    name = "senzing"
    title = "Senzing entity files (OpenSanctions and others)"
    urls: tuple[str, ...] = ()

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: the file is all."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; `Reading.lists` has the data sources with a listed record in the file."""
        reading = Reading(iter(()), document.vintage)
        reading.entries = entries(document, reading)
        return reading


@dataclass(slots=True)
class _Seen:
    """Ids met so far: of records, and of links, which both of their ends may tell."""

    records: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)


def entries(document: ListDocument, reading: Reading) -> Iterator[Entry]:
    """The parties and links of the document, in its order.

    Raises:
        SourceError: a record without DATA_SOURCE, RECORD_ID or name, or that stands twice; no record. Says the line.
    """
    seen = _Seen()
    for line, record in read_json_records(document.path):
        source, number = _text(record, "DATA_SOURCE"), _text(record, "RECORD_ID")
        if not source or not number:
            raise SourceError(document.name, "a record without DATA_SOURCE and RECORD_ID", line=line)
        party = _party(record, party_id(source, number))
        if not party.names:
            raise SourceError(document.name, f"record {number} has no name", line=line)
        if party.id in seen.records:
            raise SourceError(document.name, f"record {number} stands twice", line=line)
        seen.records.add(party.id)
        yield Entry(party, tuple(_listings(record, source, reading)))
        yield from _links(record, source, party.id, seen, reading)
    if not seen.records:
        raise SourceError(document.name, "holds no record", advice="Give a file of Senzing entities")


def party_id(source: str, number: str) -> str:
    """The id of a record: OpenSanctions' own as it is, as in FollowTheMoney streams; any other with its source."""
    if source == OPEN_SANCTIONS or source.startswith("OS_"):
        return number
    return f"senzing-{source}-{number}"


def attributes(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The attributes of a record that belong together: its own, and those of each object in its lists."""
    yield {key: value for key, value in record.items() if not isinstance(value, list | dict)}
    for section, items in record.items():
        if isinstance(items, list) and section not in ("RELATIONSHIPS", "RISKS"):
            yield from (item for item in items if isinstance(item, dict))


def _party(record: Mapping[str, Any], id: str) -> Party:
    kinds = (_text(group, "RECORD_TYPE") for group in attributes(record))
    kind = next(filter(None, kinds), "").upper()
    schema = SCHEMATA.get(kind, "LegalEntity")
    properties = properties_of(schema, attributes(record))
    properties["topics"] = [*properties.get("topics", []), *_topics(record)]
    return make_party(id, schema, properties)


def _topics(record: Mapping[str, Any]) -> list[str]:
    return [topic for item in _objects(record, "RISKS") if (topic := _text(item, "TOPIC"))]


def _listings(record: Mapping[str, Any], source: str, reading: Reading) -> Iterator[Listing]:
    topics = tuple(topic for topic in _topics(record) if topic.startswith(LISTED))
    if not topics:
        return
    dataset = source.removeprefix("OS_").lower()
    measure = MEASURE_BY_DATASET.get(dataset, f"senzing:{dataset}")
    reading.lists[source] = measure
    yield Listing(measure, list=source, programs=topics, url=_text(record, "URL") or None)


def _links(record: Mapping[str, Any], source: str, party: str, seen: _Seen, reading: Reading) -> Iterator[Entry]:
    """The links that a record tells; an anchor without a pointer only says that others point here."""
    for item in _objects(record, "RELATIONSHIPS", "FEATURES"):
        pointer, role = _text(item, "REL_POINTER_KEY"), _text(item, "REL_POINTER_ROLE")
        if not pointer:
            continue
        if role.casefold() in NO_PARTY:
            reading.skip(f"{role}: points to no party")
            continue
        anchor = _text(item, "REL_ANCHOR_KEY")
        first = party_id(_domain(item, "REL_ANCHOR_DOMAIN", source), anchor) if anchor else party
        second = party_id(_domain(item, "REL_POINTER_DOMAIN", source), pointer)
        schema = ROLES.get(role.casefold(), "UnknownLink")
        who, whom = LINK_ENDS[schema]
        link = f"senzing-{first}-{schema}-{role.casefold()}-{second}"
        if first == second or link in seen.links:
            continue
        seen.links.add(link)
        told = "relationship" if schema in ("Family", "Associate") else "role"
        yield Entry(make_party(clean(link), schema, {who: [first], whom: [second], told: [role]}))


def _domain(item: Mapping[str, Any], key: str, source: str) -> str:
    return _text(item, key) or source


def _objects(record: Mapping[str, Any], *sections: str) -> Iterator[Mapping[str, Any]]:
    for section in sections:
        items = record.get(section)
        if isinstance(items, list):
            yield from (item for item in items if isinstance(item, dict))


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return clean(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
