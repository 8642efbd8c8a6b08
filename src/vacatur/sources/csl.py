"""The Consolidated Screening List of the US International Trade Administration, as csv.

One row an entry of one of thirteen lists of three departments. Traps of the real files: `_id`s that repeat (an OFAC
entity that stands on several lists has a row on each, with equal ids), a header row in the middle of the file, values
joined by `; `. Rows of OFAC's lists carry its entity number and are the parties `ofac-<number>` of OFAC's own files.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from vacatur.parties import Entry, Listing, make_party
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.countries import country_code
from vacatur.sources.ofac import SCHEMATA, natural_order
from vacatur.sources.ofac_remarks import read_date
from vacatur.sources.tables import KEPT, check_header, first_line, read_rows, refuse_foreign

LISTS = {
    "Specially Designated Nationals (SDN)": "ofac-sdn",
    "Sectoral Sanctions Identifications List (SSI)": "ofac-ssi",
    "Foreign Sanctions Evaders (FSE)": "ofac-fse",
    "Palestinian Legislative Council List (PLC)": "ofac-ns-plc",
    "Capta List (CAP)": "ofac-capta",
    "Non-SDN Menu-Based Sanctions List (NS-MBS List)": "ofac-mbs",
    "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC)": "eo-14032",
    "Entity List (EL)": "entity-list",
    "Military End User (MEU) List": "bis-meu",
    "Unverified List (UVL)": "bis-uvl",
    "Denied Persons List (DPL)": "bis-denial-order",
    "ITAR Debarred (DTC)": "state-dtc",
    "Nonproliferation Sanctions (ISN)": "state-isn",
}
"""The publisher's name of each list, as printed before " - " and the agency, and the measure it shows."""

WANTED = ("source", "name", "programs", "addresses", "start_date", "alt_names", "ids")
IDENTIFIERS = {
    "passport": "passportNumber",
    "national id no.": "idNumber",
    "identification number": "idNumber",
    "cedula no.": "idNumber",
    "c.u.r.p.": "idNumber",
    "tax id no.": "taxNumber",
    "nit #": "taxNumber",
    "r.f.c.": "taxNumber",
    "ruc #": "taxNumber",
    "registration number": "registrationNumber",
    "registration id": "registrationNumber",
    "company number": "registrationNumber",
    "commercial registry number": "registrationNumber",
    "business registration number": "registrationNumber",
    "primary state registration number": "registrationNumber",
    "government gazette number": "registrationNumber",
    "unified social credit code (uscc)": "uscCode",
    "legal entity number": "leiCode",
    "swift/bic": "swiftBic",
    "isin": "isin",
    "equity ticker": "ticker",
    "mmsi": "mmsi",
    "website": "website",
    "email address": "email",
    "vessel registration identification": "imoNumber",
}
"""The last words of a part of `ids`, and the FollowTheMoney property of what stands before."""


class CSL:
    """The Consolidated Screening List."""

    name = "csl"
    title = "US Consolidated Screening List"
    urls = ("https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",)

    def companions(self, path: Path) -> Mapping[str, Path]:
        """One file is all."""
        return {}

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` for what is no CSL file."""
        refuse_foreign(document.path, first_line(document.path))
        reading = Reading(iter(()), vintage=document.vintage)
        reading.entries = self._entries(document, reading)
        return reading

    def _entries(self, document: ListDocument, reading: Reading) -> Iterator[Entry]:
        rows = read_rows(document.path)
        _, header = next(rows, (1, []))
        places = check_header(document.path, header, WANTED)
        seen: dict[str, str] = {}
        for line, cells in rows:
            if cells == header:
                reading.skip("header row repeated")
                continue
            if len(cells) != len(header):
                raise SourceError(
                    document.name,
                    f"the row has {len(cells)} cells, the header {len(header)}: the file is cut or damaged",
                    line=line,
                    advice=KEPT,
                )
            row = {name: cells[place].strip() for name, place in places.items()}
            published = row["source"].rpartition(" - ")[0] or row["source"]
            measure = LISTS.get(published)
            if measure is None:
                raise SourceError(document.name, f"no list is called {row['source'][:80]!r}", line=line, advice=KEPT)
            reading.lists[published] = measure
            yield _entry(row, published, measure, seen)


def _entry(row: Mapping[str, str], published: str, measure: str, seen: dict[str, str]) -> Entry:
    schema = SCHEMATA.get(row.get("type", "").lower(), "LegalEntity") if row.get("type") else "LegalEntity"
    person = schema == "Person"
    properties: dict[str, list[str | None]] = defaultdict(list)
    properties["name"] = [natural_order(row["name"]) if person else row["name"]]
    properties["alias"] = [natural_order(name) if person else name for name in _parts(row["alt_names"])]
    for address in _parts(row["addresses"]):
        country = address.rpartition(",")[2].strip()
        code = country_code(country) if len(country) == 2 else None
        properties["address"].append(address if address != country else None)
        properties["country"].append(code)
    if person:
        properties["nationality"] = [country_code(code) for code in _parts(row.get("nationalities", ""))]
        properties["citizenship"] = [country_code(code) for code in _parts(row.get("citizenships", ""))]
        properties["birthDate"] = [_birth_date(text) for text in _parts(row.get("dates_of_birth", ""))]
        properties["birthPlace"] = list(_parts(row.get("places_of_birth", "")))
        properties["position"] = [row.get("title")]
    if schema == "Vessel":
        properties |= {"callSign": [row.get("call_sign")], "type": [row.get("vessel_type")]}
        properties |= {"flag": [country_code(row.get("vessel_flag", ""))]}
    for kind, value in read_ids(row["ids"]):
        if kind != "gender" or person:
            properties[kind].append(value)
    return Entry(
        make_party(_party_id(row, published, seen), schema, properties),
        (
            Listing(
                measure,
                list=published,
                listed_on=_day(row["start_date"]) or _listing_day(row["ids"]),
                until=_day(row.get("end_date", "")),
                programs=tuple(_parts(row["programs"])),
                citation=row.get("federal_register_notice") or None,
                remarks="; ".join(
                    filter(None, (row.get("license_requirement"), row.get("license_policy"), row.get("remarks")))
                )
                or None,
                url=row.get("source_list_url") or None,
            ),
        ),
    )


def _party_id(row: Mapping[str, str], published: str, seen: dict[str, str]) -> str:
    """`ofac-<entity number>`, else `csl-<_id>`; old files without ids get one made of list, name and address."""
    if row.get("entity_number"):
        return f"ofac-{row['entity_number']}"
    content = "|".join((published, row["name"], row["addresses"], row["start_date"]))
    native = row.get("_id") or sha256(content.encode()).hexdigest()[:40]
    if seen.setdefault(native, content) != content:
        native = f"{native}-{sha256(content.encode()).hexdigest()[:8]}"
    return f"csl-{native}"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def read_ids(text: str) -> Iterator[tuple[str, str]]:
    """(FollowTheMoney property, value) of each part of `ids` that has one: `CN, 911…, Unified Social Credit Code`."""
    for part in next(csv.reader([text.replace("\n", " ")], delimiter=";"), []):
        cells = [cell.strip() for cell in part.split(",")]
        if len(cells) < 2:
            continue
        label = cells[-1].lower()
        if label == "gender" and cells[0].lower() in ("male", "female"):
            yield "gender", cells[0].lower()
            continue
        kind = IDENTIFIERS.get(label)
        if kind is None:
            continue
        value = cells[-2]
        if kind == "imoNumber":
            digits = "".join(c for c in value if c.isdigit())
            if len(digits) != 7:
                continue
            value = f"IMO{digits}"
        yield kind, value


def _listing_day(ids: str) -> date | None:
    """The day of listing that OFAC gives among the ids of NS-CMIC entries: `03 Jun 2021, Listing Date (CMIC)`."""
    for part in _parts(ids):
        if "Listing Date" in part:
            return _day(read_date(part) or "")
    return None


def _birth_date(text: str) -> str | None:
    return text if text[:4].isdigit() else read_date(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
