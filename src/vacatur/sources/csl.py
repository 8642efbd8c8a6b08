"""The Consolidated Screening List of the International Trade Administration: thirteen lists of three departments.

Reads consolidated.csv in every layout since 2016, and the JSON of the same service.

**Repeated ids.** In the csv of 2022-05-16, 112 of 14,160 rows repeat the `_id` of another row: 71 `_id`s on two or
three rows each. All of them are OFAC's entity numbers, and the rows differ in the list they are of (VTB's
subsidiaries are on CAPTA, SDN and SSI) and in the order or spelling of what they repeat: one party on several lists.
So rows that share an entity number make one entry, with a listing for each list and every name and address of each
row; the rows joined are counted in `Reading.skipped`, so that entries and skipped rows add up to the rows of the
file. Rows of other departments are never joined: where they share an `_id` but differ, the later ones get it with a
suffix made of their content; where they are equal, the repeat is skipped and counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from vacatur.parties import Entry, Listing, Party, make_party
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.csl_json import json_rows, looks_like_json, survey
from vacatur.sources.csl_rows import LISTS, CslRow, row_of_csv
from vacatur.sources.ofac_entry import to_party
from vacatur.sources.tables import read_records

REQUIRED = frozenset({"source", "entity_number", "type", "programs", "name", "addresses", "start_date", "alt_names"})
JOINED = "row joined to another of the same OFAC entity number"
REPEATED = "row repeated word for word"


class CslSource:
    """The Consolidated Screening List; see `sources.base.Source`."""

    name = "csl"
    title = "Consolidated Screening List (trade.gov)"
    urls = (
        "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",
        "https://api.trade.gov/static/consolidated_screening_list/consolidated.csv",
    )

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: the list is one file."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`. The whole file is checked before the first entry."""
        reading = Reading(iter(()), document.vintage, {item.label: item.measure for item in LISTS})
        if looks_like_json(document.path):
            rows, numbers = self.of_json(document, reading)
        else:
            rows, numbers = self.of_csv(document, reading)
        reading.entries = entries(rows, numbers, reading)
        return reading

    def of_csv(self, document: ListDocument, reading: Reading) -> tuple[Iterator[CslRow], Mapping[str, int]]:
        """The rows of consolidated.csv, and how many each entity number has."""
        numbers = Counter(cells["entity_number"].strip() for _, cells in read_records(document.path, REQUIRED))
        if not numbers:
            raise SourceError(document.name, "holds no row but its header")
        records = read_records(document.path, REQUIRED, skip=reading.skip)
        return (row_of_csv(cells, reading.notes.append) for _, cells in records), numbers

    def of_json(self, document: ListDocument, reading: Reading) -> tuple[Iterator[CslRow], Mapping[str, int]]:
        """The rows of the JSON, and how many each entity number has; an answer in part covers no list."""
        found = survey(document.path)
        if found.total is not None and found.total > found.rows:
            reading.lists = {}
            reading.notes.append(f"{document.name} has {found.rows} of {found.total} results, and so covers no list")
        return json_rows(document.path, reading.notes.append), found.numbers


def entries(rows: Iterable[CslRow], numbers: Mapping[str, int], reading: Reading) -> Iterator[Entry]:
    """The entries that rows make, those of one entity number joined.

    Args:
        rows: in the order of the file.
        numbers: how many rows each entity number has.
        reading: counts the rows that make no entry of their own.
    """
    waiting: dict[str, list[Entry]] = {}
    digests: dict[str, str] = {}
    for row in rows:
        if not row.record.name:
            reading.skip("row without a name")
            continue
        entry = Entry(to_party(row.record, row.party_id), (row.listing,))
        if not row.number:
            if lone := told_apart(entry, digests):
                yield lone
            else:
                reading.skip(REPEATED)
        elif numbers[row.number] == 1:
            yield entry
        else:
            waiting.setdefault(row.number, []).append(entry)
            if len(waiting[row.number]) == numbers[row.number]:
                yield joined(waiting.pop(row.number))
            else:
                reading.skip(JOINED)
    yield from map(joined, waiting.values())


def told_apart(entry: Entry, digests: dict[str, str]) -> Entry | None:
    """`entry` under an id that no other has; None when it repeats another word for word."""
    party, digest = entry.party, entry.digest
    if party.id in digests:
        if digests[party.id] == digest:
            return None
        party = Party(f"{party.id}-{digest[:8]}", party.schema, party.properties)
        if party.id in digests:
            return None
    digests[party.id] = digest
    return Entry(party, entry.listings)


def joined(parts: list[Entry]) -> Entry:
    """One entry of several about one party: every value once, and every different listing."""
    if len(parts) == 1:
        return parts[0]
    properties: dict[str, list[str]] = {}
    for part in parts:
        for name, values in part.party.properties.items():
            properties.setdefault(name, []).extend(values)
    first: Party = parts[0].party
    listings: tuple[Listing, ...] = tuple(dict.fromkeys(listing for part in parts for listing in part.listings))
    return Entry(make_party(first.id, first.schema, properties), listings)


CSL = CslSource()
