"""OFAC's lists in their classic files: SDN (`sdn.csv`) and the consolidated non-SDN list (`cons_prim.csv`).

Four files without headers belong together: the main file, aliases (`alt`), addresses (`add`), remarks that overflow
(`comments`), tied by entity number. Traps of the real files: CRLF and a closing 0x1A, `-0-` for nothing, names of
persons as "SURNAME, Given". Form: OFAC data specification (dat_spec.txt).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vacatur.parties import Entry, Listing, make_party
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.countries import country_code
from vacatur.sources.ofac_remarks import read_remarks
from vacatur.sources.tables import KEPT, first_line, read_rows, refuse_foreign

MAIN_CELLS, ALT_CELLS, ADDRESS_CELLS, COMMENT_CELLS = 12, 5, 6, 2
NOTHING = "-0-"

SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}
ALIAS_KINDS = {"aka": "alias", "fka": "previousName", "nka": "alias"}

NON_SDN_LISTS = (
    ("CMIC", "NS-CMIC", "eo-14032"),
    ("FSE", "FSE", "ofac-fse"),
    ("NS-PLC", "NS-PLC", "ofac-ns-plc"),
    ("MBS", "NS-MBS", "ofac-mbs"),
    ("CAPTA", "CAPTA", "ofac-capta"),
    ("561", "CAPTA", "ofac-capta"),
    ("UKRAINE-EO13662", "SSI", "ofac-ssi"),
    ("RUSSIA-EO14024", "CAPTA", "ofac-capta"),
)
"""What a programme tag begins with, the list of the non-SDN file that it means, and its measure."""


@dataclass(frozen=True, slots=True)
class _Companions:
    """Aliases, addresses and overflowing remarks by entity number."""

    aliases: Mapping[str, list[tuple[str, str]]]
    addresses: Mapping[str, list[list[str]]]
    comments: Mapping[str, str]


class _Classic:
    """What the two classic sets have in common."""

    name: str
    title: str
    urls: tuple[str, ...]
    prefix: str
    main: str

    def companions(self, path: Path) -> Mapping[str, Path]:
        """The files beside `path` with the names that OFAC gives them, gzipped or not."""
        found = {}
        for role in ("alt", "add", "comments"):
            name = f"{self.prefix}_{role}" if self.prefix == "cons" or role == "comments" else role
            for candidate in (f"{name}.csv", f"{name}.csv.gz", f"{name.upper()}.CSV"):
                if (path.parent / candidate).is_file():
                    found[role] = path.parent / candidate
                    break
        return found

    def listings(self, programs: tuple[str, ...], remarks: str) -> tuple[Listing, ...]:
        """The lists that an entry of these programmes stands on."""
        raise NotImplementedError

    def lists(self) -> dict[str, str]:
        """The lists that the file covers."""
        raise NotImplementedError

    def read(self, document: ListDocument) -> Reading:
        """Start reading; raises `SourceError` for what is no classic OFAC file."""
        refuse_foreign(document.path, first_line(document.path))
        companions = _read_companions(document)
        reading = Reading(iter(()), vintage=document.vintage, lists=self.lists())
        reading.entries = self._entries(document, companions, reading)
        for role in ("alt", "add", "comments"):
            if role not in document.companions:
                reading.notes.append(f"no {role} file beside {document.name}: its part of the entries is missing")
        return reading

    def _entries(self, document: ListDocument, companions: _Companions, reading: Reading) -> Iterator[Entry]:
        numbers: set[str] = set()
        for line, cells in read_rows(document.path):
            if line == 1 and cells[0].strip().lower() in ("ent_num", "entity number"):
                reading.skip("header row")
                continue
            number = cells[0].strip()
            if len(cells) != MAIN_CELLS or not number.isdigit():
                what = f"{len(cells)} cells" if number.isdigit() else f"no entity number in {number[:40]!r}"
                raise SourceError(
                    document.name,
                    f"not a row of {self.main} ({what}, expected {MAIN_CELLS} cells): the file is cut or foreign",
                    line=line,
                    advice=KEPT,
                )
            if number in numbers:
                raise SourceError(document.name, f"entity number {number} stands twice", line=line, advice=KEPT)
            numbers.add(number)
            yield self._entry(cells, companions)
        strays = [number for number in companions.aliases if number not in numbers]
        if strays:
            raise SourceError(
                document.name,
                f"{len(strays)} entities of the alt file are missing here ({', '.join(strays[:3])} …): the file is cut,"
                " or the files are of different days",
                advice=KEPT,
            )

    def _entry(self, cells: list[str], companions: _Companions) -> Entry:
        number, name, kind, program, title, call_sign, vessel_type, tonnage, _, flag, _, remarks = map(_cell, cells)
        remarks = " ".join(filter(None, [remarks, companions.comments.get(number, "")]))
        schema = SCHEMATA.get(kind.lower(), "LegalEntity")
        properties: dict[str, list[str | None]] = defaultdict(list)
        properties["name"] = [natural_order(name) if schema == "Person" else name]
        if schema == "Person":
            properties["lastName"], properties["firstName"] = split_name(name)
            properties["position"] = [title]
        else:
            properties["title"] = [title]
        for alias_kind, alias in companions.aliases.get(number, ()):
            properties[alias_kind].append(natural_order(alias) if schema == "Person" else alias)
        for address in companions.addresses.get(number, ()):
            properties["address"].append(", ".join(filter(None, address)))
            properties["country"].append(country_code(address[-1]))
        if schema == "Vessel":
            properties |= {"callSign": [call_sign], "type": [vessel_type], "tonnage": [tonnage]}
            properties |= {"flag": [country_code(flag)]}
        for property_name, values in read_remarks(remarks).items():
            properties[property_name].extend(values)
        party = make_party(f"ofac-{number}", schema, _fitting(schema, properties))
        programs = tuple(part.strip() for part in program.replace("] [", ";").strip("[]").split(";") if part.strip())
        return Entry(party, self.listings(programs, remarks))


class SDN(_Classic):
    """The list of Specially Designated Nationals and Blocked Persons."""

    name = "ofac-sdn"
    title = "OFAC Specially Designated Nationals (SDN) list"
    urls = ("https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.CSV",)
    prefix = "sdn"
    main = "sdn.csv"

    def listings(self, programs: tuple[str, ...], remarks: str) -> tuple[Listing, ...]:
        """Every entry stands on the SDN list."""
        return (Listing("ofac-sdn", list="SDN", programs=programs, remarks=remarks or None),)

    def lists(self) -> dict[str, str]:
        """The SDN list alone."""
        return {"SDN": "ofac-sdn"}


class NonSDN(_Classic):
    """The consolidated list of everything that OFAC lists beside the SDN list; the programme tag tells the list."""

    name = "ofac-nonsdn"
    title = "OFAC consolidated non-SDN lists (SSI, NS-CMIC, CAPTA …)"
    urls = ("https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_PRIM.CSV",)
    prefix = "cons"
    main = "cons_prim.csv"

    def listings(self, programs: tuple[str, ...], remarks: str) -> tuple[Listing, ...]:
        """One listing for each list that the programmes mean."""
        found = {}
        for program in programs:
            for beginning, name, measure in NON_SDN_LISTS:
                if program.startswith(beginning):
                    found[name] = Listing(measure, list=name, programs=programs, remarks=remarks or None)
                    break
        return tuple(found.values()) or (
            Listing("ofac-nonsdn", list="non-SDN", programs=programs, remarks=remarks or None),
        )

    def lists(self) -> dict[str, str]:
        """Every list of the file."""
        return {name: measure for _, name, measure in NON_SDN_LISTS} | {"non-SDN": "ofac-nonsdn"}


def _read_companions(document: ListDocument) -> _Companions:
    aliases: dict[str, list[tuple[str, str]]] = defaultdict(list)
    addresses: dict[str, list[list[str]]] = defaultdict(list)
    comments: dict[str, str] = {}
    for cells in _companion_rows(document, "alt", ALT_CELLS):
        number, _, kind, name, remarks = map(_cell, cells)
        weak = "weak" in remarks.lower()
        aliases[number].append(("weakAlias" if weak else ALIAS_KINDS.get(kind.lower(), "alias"), name))
    for cells in _companion_rows(document, "add", ADDRESS_CELLS):
        number, _, street, city, country, _ = map(_cell, cells)
        addresses[number].append([street, city, country])
    for cells in _companion_rows(document, "comments", COMMENT_CELLS):
        comments[_cell(cells[0])] = _cell(cells[1])
    return _Companions(aliases, addresses, comments)


def _companion_rows(document: ListDocument, role: str, width: int) -> Iterator[list[str]]:
    path = document.companions.get(role)
    if path is None:
        return
    for line, cells in read_rows(path):
        if len(cells) != width or not cells[0].strip().isdigit():
            raise SourceError(
                path.name,
                f"not a row of the {role} file ({len(cells)} cells, expected {width}): the file is cut or foreign",
                line=line,
                advice=KEPT,
            )
        yield cells


def _cell(text: str) -> str:
    text = text.strip()
    return "" if text == NOTHING else text


def natural_order(name: str) -> str:
    """ "SURNAME, Given Names" as "Given Names SURNAME"."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name


def split_name(name: str) -> tuple[list[str | None], list[str | None]]:
    """Surname and given names of "SURNAME, Given Names"."""
    last, comma, first = name.partition(",")
    return ([last.strip()], [first.strip()]) if comma else ([], [])


def _fitting(schema: str, properties: dict[str, list[str | None]]) -> dict[str, list[str | None]]:
    """The properties under names that the schema has: birth dates belong to persons, IMO numbers to vessels …"""
    moved = dict(properties)
    if schema != "Person":
        for name in ("birthDate", "birthPlace", "nationality", "citizenship", "gender", "passportNumber"):
            moved.pop(name, None)
    if schema not in ("Vessel", "Airplane"):
        for name in ("imoNumber", "mmsi", "buildDate", "model", "serialNumber"):
            moved.pop(name, None)
    return moved
