"""OFAC's two sources: the SDN list, and the lists of those who are not SDNs, in every format that OFAC publishes.

Here a file is recognised and handed to the reader of its format; what the formats say is in the modules `ofac_*`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from vacatur.parties import Entry, Listing
from vacatur.sources import ofac_lists
from vacatur.sources.base import ListDocument, Reading, Source, SourceError
from vacatur.sources.csl_json import looks_like_json
from vacatur.sources.ofac_advanced import read_advanced
from vacatur.sources.ofac_classic import companions_beside, read_classic
from vacatur.sources.ofac_cmic import CmicArrangement
from vacatur.sources.ofac_enhanced import read_delta, read_enhanced
from vacatur.sources.ofac_entry import Record, to_entries
from vacatur.sources.ofac_lists import OfacList, listing_on, non_sdn_lists, published_list
from vacatur.sources.ofac_xml import read_standard
from vacatur.sources.safe_xml import looks_like_xml, root_of

EXPORTS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"


class OfacSource:
    """What OFAC's two sources have in common; see `sources.base.Source`."""

    name: str
    title: str
    urls: tuple[str, ...]
    lists: tuple[OfacList, ...]
    """The lists that this source is of."""
    prefix: str
    """What the names of the classic companions begin with: alt.csv, cons_alt.csv."""
    main: str
    """What the name of the classic comments file begins with."""

    def companions(self, path: Path) -> Mapping[str, Path]:
        """alt, add and comments of a classic csv set; nothing for the XML formats."""
        return companions_beside(path, self.prefix, self.main)

    def addresses_beside(self, url: str) -> tuple[str, ...]:
        """The companions of a classic csv set, at the same place and in the same case as its main file."""
        stems = (f"{self.prefix}alt", f"{self.prefix}add", f"{self.main}_comments")
        names = [f"{stem}.csv" for stem in stems] if url.endswith(".csv") else [f"{stem}.CSV".upper() for stem in stems]
        return tuple(urljoin(url, name) for name in names) if url.lower().endswith(".csv") else ()

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`."""
        reading = Reading(iter(()), document.vintage, {item.label: item.measure for item in self.lists})
        reading.entries = self.entries(document, reading)
        return reading

    def entries(self, document: ListDocument, reading: Reading) -> Iterator[Entry]:
        """The entries of the document, with the check that it is ours and not OFAC's other list."""
        numbers: set[str] = set()
        strangers = 0
        for record in self.records(document, reading):
            if record.number in numbers:
                raise SourceError(document.name, f"entity {record.number} stands twice")
            numbers.add(record.number)
            listings = self.listings(record)
            strangers += self.is_stranger(record, listings)
            if listings:
                yield from to_entries(record, listings)
            else:
                reading.skip("entry of another list")
        if not reading.lists:
            return
        if not numbers:
            raise SourceError(document.name, "holds no entry")
        if strangers * 2 > len(numbers):
            other = "ofac-nonsdn" if self.of_sdn else "ofac-sdn"
            raise SourceError(document.name, f"is not the list of {self.name}", advice=f"Read it as {other}")

    def records(self, document: ListDocument, reading: Reading) -> Iterator[Record]:
        """The records of a document in whichever of OFAC's formats."""
        if not looks_like_xml(document.path):
            return read_classic(document, reading)
        root, namespace = root_of(document.path)
        if root == "sdnList":
            return read_standard(document, reading)
        if root == "Sanctions":
            return read_advanced(document, reading)
        if root == "sanctionsData" and "DeltaFile" in namespace:
            return read_delta(document, reading, self.lists)
        if root == "sanctionsData":
            return read_enhanced(document, reading)
        raise SourceError(document.name, f"is XML of another kind: its root is <{root}>", line=1)

    def listings(self, record: Record) -> list[Listing]:
        """The places on this source's lists that a record has."""
        days = self.days(record)
        return [listing_on(item, record.programs, record.remarks, record.features, day) for item, day in days.items()]

    def days(self, record: Record) -> dict[OfacList, date | None]:
        """The lists of this source that a record is on, with the day where the format states it."""
        if record.published is not None:
            found = {published_list(name): day for name, day in record.published.items()}
            ours = {item: day for item, day in found.items() if item in self.lists or item == ofac_lists.OTHER}
            only_the_file_is_named = None in found and not ours
            if self.of_sdn or not only_the_file_is_named:
                return ours
        if self.of_sdn:
            return {ofac_lists.SDN: None}
        return dict.fromkeys(non_sdn_lists(record.programs, record.remarks))

    def is_stranger(self, record: Record, listings: list[Listing]) -> bool:
        """Whether a record looks as if it belonged to OFAC's other list."""
        if self.of_sdn and record.published is None:
            return all(tag in ofac_lists.BY_PROGRAM for tag in record.programs)
        return all(listing.measure == ofac_lists.OTHER.measure for listing in listings)

    @property
    def of_sdn(self) -> bool:
        """Whether this is the SDN list's source."""
        return self.lists == (ofac_lists.SDN,)


class SDN(OfacSource):
    """Those whose property is blocked."""

    name = "ofac-sdn"
    title = "OFAC Specially Designated Nationals (SDN) list"
    urls: tuple[str, ...] = (EXPORTS + "SDN.CSV", "https://www.treasury.gov/ofac/downloads/sdn.csv")
    lists = (ofac_lists.SDN,)
    prefix = ""
    main = "sdn"


class NonSDN(OfacSource):
    """Those under OFAC's other lists, which forbid less."""

    name = "ofac-nonsdn"
    title = "OFAC consolidated non-SDN lists (SSI, CAPTA, NS-MBS, NS-CMIC, NS-PLC, FSE)"
    urls: tuple[str, ...] = (
        EXPORTS + "CONS_PRIM.CSV",
        "https://www.treasury.gov/ofac/downloads/consolidated/cons_prim.csv",
    )
    lists = ofac_lists.NON_SDN
    prefix = "cons_"
    main = "cons"

    def one(self, document: ListDocument) -> Source:
        """This source; for an arrangement of the NS-CMIC list in JSON that of its own. See `base.ManyLists`."""
        if looks_like_json(document.path):
            return CmicArrangement()
        return self

    def called(self, name: str) -> Source | None:
        """The source of arrangements of the NS-CMIC list; see `sources.base.ManyLists`."""
        return CmicArrangement() if name == CmicArrangement.name else None
