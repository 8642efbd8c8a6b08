"""The Consolidated Screening List of the International Trade Administration: thirteen lists of three departments.

Reads consolidated.csv in every layout since 2016, and the JSON of the same service.

**Repeated ids.** In the csv of 2022-05-16, 112 of 14,160 rows repeat the `_id` of another row: 71 `_id`s on two or
three rows each. All of them are OFAC's entity numbers, and the rows differ in the list they are of (subsidiaries of
VTB are on CAPTA, SDN and SSI) and in the order or spelling of what they repeat: one party on several lists. So each
row makes an entry, with its own listing, under the party `ofac-<entity number>`; several entries of one vintage may
be about one party, and whoever keeps them lays them together. Rows of the other departments are parties of their own:
where two share an `_id` but differ, the later one gets it with a suffix made of its content. Rows that repeat another
word for word make no entry and are counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from vacatur.parties import Entry, Party
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.csl_json import json_rows, looks_like_json
from vacatur.sources.csl_rows import LISTS, CslRow, row_of_csv
from vacatur.sources.ofac_entry import to_party
from vacatur.sources.tables import read_records

REQUIRED = frozenset({"source", "entity_number", "type", "programs", "name", "addresses", "start_date", "alt_names"})


class CSL:
    """The Consolidated Screening List; see `sources.base.Source`."""

    name = "csl"
    title = "Consolidated Screening List (trade.gov)"
    urls = ("https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",)

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: the list is one file."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`."""
        reading = Reading(iter(()), document.vintage, {item.label: item.measure for item in LISTS})
        if looks_like_json(document.path):
            rows = json_rows(document.path, reading)
        else:
            records = read_records(document.path, REQUIRED, skip=reading.skip)
            rows = (row_of_csv(cells, reading.notes.append) for _, cells in records)
        reading.entries = entries(rows, document.name, reading)
        return reading


def entries(rows: Iterable[CslRow], document: str, reading: Reading) -> Iterator[Entry]:
    """The entries that rows make; `reading` counts the rows that make none, and learns lists that are new.

    Raises:
        SourceError: there is no row.
    """
    empty = True
    digests: dict[str, set[str]] = {}
    for row in rows:
        empty = False
        if not row.record.name:
            reading.skip("row without a name")
            continue
        listing = row.listing
        entry = told_apart(Entry(to_party(row.record, row.party_id), (listing,)), digests, shared=bool(row.number))
        if entry is None:
            reading.skip("row repeated word for word")
            continue
        if reading.lists:
            reading.lists.setdefault(listing.list, listing.measure)
        yield entry
    if empty:
        raise SourceError(document, "holds no row")


def told_apart(entry: Entry, digests: dict[str, set[str]], *, shared: bool) -> Entry | None:
    """`entry` under an id of its own, or the one it may share; None when it repeats another word for word.

    Args:
        entry: what a row makes.
        digests: of the entries before, by party; gets this one.
        shared: whether several rows may be about one party.
    """
    party, digest = entry.party, entry.digest
    before = digests.setdefault(party.id, set())
    if digest in before:
        return None
    own = shared or not before
    before.add(digest)
    return entry if own else Entry(Party(f"{party.id}-{digest[:8]}", party.schema, party.properties), entry.listings)
