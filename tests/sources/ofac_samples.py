"""Invented files in OFAC's and the CSL's forms, and the way to the real ones."""

import csv
import io
import os
from pathlib import Path

from machine import absent

from vacatur.parties import Entry
from vacatur.sources.base import ListDocument, Reading, Source

FIXTURES = Path(__file__).parent / "fixtures"

SDN_ROWS = (
    '900001,"PRIMEROV, Ivan Petrovich","individual","SDGT] [IRAN","Director of EXAMPLE HOLDING",-0- ,-0- ,-0- ,-0- ,'
    '-0- ,-0- ,"DOB 05 Jun 1961; alt. DOB 1962 to 1964; POB Perm, Russia; nationality Russia; citizen Cyprus; '
    "Gender Male; Passport X1234567 (Russia) issued 01 Oct 2001 expires 23 Jan 2011; a.k.a. 'THE FIRST'; "
    "Digital Currency Address - XBT 1ExampleExampleExampleExample1111; "
    'Secondary sanctions risk: section 1(b) of Executive Order 13224; Linked To: EXAMPLE HOLDING, S.A."',
    '900002,"EXAMPLE HOLDING, S.A.",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 7744001497 (Russia); '
    'Registration Number 1027700167110 (Russia); Website www.example.com; SWIFT/BIC EXAMRUMM; all offi"',
    '900003,"EXAMPLE STAR","vessel","IRAN",-0- ,"3EXA7","Crude Oil Tanker","99,144","56,068","Panama",'
    '"Example Shipping","Vessel Registration Identification IMO 9074729; MMSI 572469210; Former Vessel Flag Malta."',
    '900004,"EP-EXA","aircraft","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Model B.747; '
    "Aircraft Manufacturer's Serial Number (MSN) 23383; Aircraft Manufacture Date 1985\"",
)
ALT_ROWS = (
    '900001,1,"aka","PRIMEROFF, Ivan",-0- ',
    '900001,2,"fka","VTOROV, Ivan",-0- ',
    '900002,3,"nka","EXAMPLE GROUP",-0- ',
)
ADD_ROWS = (
    '900001,4,"1 Example St.","Moscow 101000","Russia",-0- ',
    '900001,5,-0- ,-0- ,"Syria",-0- ',
    "900003,6,-0- ,-0- ,-0- ,-0- ",
)
COMMENT_ROWS = ('900002,"ces worldwide."',)

CSL_COLUMNS = [
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
]
SDN_LIST = "Specially Designated Nationals (SDN) - Treasury Department"
SSI_LIST = "Sectoral Sanctions Identifications List (SSI) - Treasury Department"
ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"
DENIED = "Denied Persons List (DPL) - Bureau of Industry and Security"


def official(rows: tuple[str, ...]) -> bytes:
    """Rows as OFAC serves them: CR LF, and 0x1A at the end."""
    return "".join(row + "\r\n" for row in rows).encode() + b"\x1a"


def write_sdn(
    folder: Path,
    rows: tuple[str, ...] = SDN_ROWS,
    alt: tuple[str, ...] = ALT_ROWS,
    add: tuple[str, ...] = ADD_ROWS,
    comments: tuple[str, ...] = COMMENT_ROWS,
) -> Path:
    """A classic set in `folder`; the path of its main file."""
    for name, lines in (("sdn", rows), ("alt", alt), ("add", add), ("sdn_comments", comments)):
        (folder / f"{name}.csv").write_bytes(official(lines))
    return folder / "sdn.csv"


def csl_bytes(*rows: dict[str, str], columns: list[str] = CSL_COLUMNS) -> bytes:
    """consolidated.csv with these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(source: Source, path: Path) -> tuple[list[Entry], Reading]:
    """Everything that a source reads of a file and what is beside it."""
    reading = source.read(ListDocument(path, source.companions(path)))
    return list(reading.entries), reading


def by_id(entries: list[Entry]) -> dict[str, Entry]:
    """Entries by party; refuses two of one."""
    found = {entry.party.id: entry for entry in entries}
    assert len(found) == len(entries)
    return found


def shared(path: str) -> Path:
    """A file of the real lists; skips the test where they are absent."""
    root = Path(os.environ.get("VACATUR_SHARED") or Path(__file__).parents[3] / "shared")
    file = root / "lists" / path
    if not file.exists():
        absent(f"real lists are not here ({path}); set VACATUR_SHARED to their folder")
    return file
