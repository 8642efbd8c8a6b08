"""OFAC's NS-CMIC list and the annex of E.O. 14032, as third parties arrange the official PDFs in JSON.

The arrangements have no entity numbers of OFAC's, so they are a source of their own, `ofac-nonsdn:cmic`: their editions
neither end nor repeat those of OFAC's files, and their parties join others by their social credit code (USCC).
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from vacatur.parties import Entry, Listing, make_party
from vacatur.sources._us_documents import KEPT, read_document, slug
from vacatur.sources._us_json import ARRANGEMENT, Arrangement, Record, read_arrangement
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.countries import country_code
from vacatur.sources.ofac_lists import CMIC, whole_day

NAME = "ofac-nonsdn:cmic"
LISTED = re.compile(r"Listing Date \(CMIC\): (\d\d \w{3} \d{4})")
CREDIT_CODE = re.compile(r"USCC: ([0-9A-Z]{18})\b")


class CmicArrangement:
    """Arrangements of the NS-CMIC list; see `sources.base.Source`."""

    name = NAME
    title = "OFAC NS-CMIC list, arranged by third parties"
    urls: tuple[str, ...] = ()

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: one file is all."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` for what is neither arrangement, and for an annex without its day."""
        data = read_document(document.path)
        if b'"ofac-eo14032"' in data[:4096]:
            arrangement = read_arrangement(data, document.name, "ofac-eo14032")
            if document.vintage is None:
                raise SourceError(
                    document.name,
                    "is the annex of an order, and does not state its day",
                    advice="Give it: --vintage 2021-06-03",
                )
            reading = Reading(_entries(arrangement), document.vintage)
            reading.notes.append("the annex as first published: absence from it means nothing")
        else:
            arrangement = read_arrangement(data, document.name, "ofac-nscmic")
            day = document.vintage or arrangement.extracted
            reading = Reading(_entries(arrangement), day, {CMIC.label: CMIC.measure})
        reading.notes.insert(0, ARRANGEMENT)
        _refuse_repeats(arrangement, document)
        return reading


def _entries(arrangement: Arrangement) -> Iterator[Entry]:
    for record in arrangement.records:
        party = make_party(
            f"ofac-cmic-{slug(record.name)}",
            "Company",
            {
                "name": [record.name],
                "alias": record.aliases,
                "country": [country_code(record.country)],
                "address": record.address.split("; "),
                "uscCode": CREDIT_CODE.findall(record.notes),
            },
        )
        yield Entry(party, (_listing(record),))


def _listing(record: Record) -> Listing:
    found = LISTED.search(record.notes)
    return Listing(
        CMIC.measure,
        list=CMIC.label,
        listed_on=whole_day(found[1]) if found else None,
        effective=record.effective,
        citation=record.citation or None,
        remarks=record.notes or None,
    )


def _refuse_repeats(arrangement: Arrangement, document: ListDocument) -> None:
    slugs = [slug(record.name) for record in arrangement.records]
    if len(set(slugs)) < len(slugs) or "" in slugs:
        raise SourceError(document.name, "names a company twice, or not at all", advice=KEPT)
