"""OFAC's two sources: the SDN list, and the lists of those who are not SDNs, in every format that OFAC publishes.

Here a file is recognised and handed to the reader of its format; what the formats say is in the modules `ofac_*`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vacatur.parties import Entry, Listing
from vacatur.sources import ofac_lists
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.ofac_classic import companions_beside, read_classic
from vacatur.sources.ofac_entry import Record
from vacatur.sources.ofac_lists import OfacList, listing_on, non_sdn_lists

EXPORTS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"


@dataclass(frozen=True, slots=True)
class OfacSource:
    """One of OFAC's two sources; see `sources.base.Source`."""

    name: str
    title: str
    urls: tuple[str, ...]
    lists: tuple[OfacList, ...]
    prefix: str
    main: str

    def companions(self, path: Path) -> Mapping[str, Path]:
        """alt, add and comments of a classic csv set; nothing for the XML formats."""
        return companions_beside(path, self.prefix, self.main)

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`."""
        reading = Reading(iter(()), document.vintage, {item.label: item.measure for item in self.lists})
        reading.entries = self.entries(document, reading)
        return reading

    def entries(self, document: ListDocument, reading: Reading) -> Iterator[Entry]:
        """The entries of the document, with the check that the list is ours and not OFAC's other one."""
        count = strangers = 0
        for entry in read_classic(document, reading, self.listings):
            count += 1
            strangers += self.is_stranger(entry)
            yield entry
        if not count:
            raise SourceError(document.name, "holds no entry")
        if strangers * 2 > count:
            other = "ofac-nonsdn" if self.lists == (ofac_lists.SDN,) else "ofac-sdn"
            raise SourceError(document.name, f"is not the list of {self.name}", advice=f"Read it as {other}")

    def listings(self, record: Record) -> list[Listing]:
        """The places on OFAC's lists that a record has, by its programmes and remarks."""
        lists = [ofac_lists.SDN] if self.lists == (ofac_lists.SDN,) else non_sdn_lists(record.programs, record.remarks)
        return [listing_on(item, record.programs, record.remarks, record.features) for item in lists]

    def is_stranger(self, entry: Entry) -> bool:
        """Whether an entry looks as if it belonged to OFAC's other list."""
        listing = entry.listings[0]
        if self.lists == (ofac_lists.SDN,):
            return all(tag in ofac_lists.BY_PROGRAM for tag in listing.programs)
        return listing.measure == ofac_lists.OTHER.measure


SDN = OfacSource(
    name="ofac-sdn",
    title="OFAC Specially Designated Nationals (SDN) list",
    urls=(EXPORTS + "SDN.CSV", "https://www.treasury.gov/ofac/downloads/sdn.csv"),
    lists=(ofac_lists.SDN,),
    prefix="",
    main="sdn",
)
NON_SDN = OfacSource(
    name="ofac-nonsdn",
    title="OFAC consolidated non-SDN lists (SSI, CAPTA, NS-MBS, NS-CMIC, NS-PLC, FSE)",
    urls=(EXPORTS + "CONS_PRIM.CSV", "https://www.treasury.gov/ofac/downloads/consolidated/cons_prim.csv"),
    lists=ofac_lists.NON_SDN,
    prefix="cons_",
    main="cons",
)
