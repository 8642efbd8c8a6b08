"""FollowTheMoney streams, as OpenSanctions publishes them: entities.ftm.json and targets.nested.json.

Formats: one entity a line, {"id", "schema", "properties": {name: [values]}, "datasets"}, see followthemoney.tech; in
the nested form a value may be an entity itself, as an object. Parties and the links between them become entries under
their own ids. A Sanction becomes a listing of the party it names, a Passport or Identification its number, an
Address its text; payments, positions and other happenings are counted as skipped.

A stream of line after line can be cut between two lines without a trace, so a listing's absence means as much as the
file is whole. Lines wait in a stage (`ftm_stage`) until all that is said of a party is there; where that is kept, the
next edition is read by its lines that differ, and a delta file (`ftm_delta`) by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import orjson

from vacatur.parties import Entry, Listing, clean, make_party
from vacatur.sources.base import ListDocument, Memory, Reading, SourceError
from vacatur.sources.csl_rows import BY_CODE, CODE
from vacatur.sources.ftm_delta import changes_of, is_delta, version_day
from vacatur.sources.ftm_lines import Entity, entity_of, fingerprint, last_seen, raw_lines
from vacatur.sources.ftm_pieces import PARTIES, pieces_of
from vacatur.sources.ftm_stage import About, Kind, Line, Stage, kept_stage, staging
from vacatur.sources.world_values import read_iso_day

MOST_CHANGED = 0.05
"""Where more than this share of the lines differs, the whole stream is read anew: that takes less time and memory."""

FEW = 5_000
"""So many lines may differ in any stream."""

STRANGERS = "about a party that is not in the file"

MEASURE_BY_DATASET = {
    "us_ofac_sdn": "ofac-sdn",
    "un_sc_sanctions": "un-sc",
    "gb_hmt_sanctions": "uk-sanctions",
    "gb_fcdo_sanctions": "uk-sanctions",
    "eu_fsf": "eu-fsf",
}
MEASURE_BY_PROGRAM = {
    "US-BIS-EL": "entity-list",
    "US-BIS-DPL": "bis-denial-order",
    "US-BIS-MEU": "bis-meu",
    "US-BIS-UVL": "bis-uvl",
}
US_LISTS = frozenset({"us_trade_csl", "us_bis_denied"})
"""Datasets whose `program` names the list by its code: "Entity List (EL) - Bureau of Industry and Security"."""


class FollowTheMoney:
    """A FollowTheMoney stream; see `sources.base.Source` and `sources.base.Remembering`."""

    name = "ftm"
    title = "FollowTheMoney entities (OpenSanctions and others)"
    urls: tuple[str, ...] = ()

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: the stream is one file."""
        return {}

    def is_delta(self, document: ListDocument) -> bool:
        """Whether a document is a delta file."""
        return is_delta(document.path)

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`.

        `Reading.lists` has the datasets with a sanction in the file; `Reading.vintage`, unless the document's is given,
        is the latest day on which an entity was seen.
        """
        reading = Reading(iter(()), document.vintage)
        reading.entries = _read_alone(document, reading)
        return reading

    @contextmanager
    def reading(self, document: ListDocument, memory: Memory) -> Iterator[Reading]:
        """See `sources.base.Remembering.reading`."""
        reading = Reading(iter(()), document.vintage)
        with kept_stage(memory.path, memory.before, memory.after) as stage:
            if self.is_delta(document):
                reading.vintage = reading.vintage or version_day(document.path)
                if stage.is_new:
                    _rebuild(stage, document, memory)
                reading.entries = _read_changes(stage, reading, document.name, *_by_delta(stage, document))
            elif not stage.is_new and (found := _by_comparison(stage, document)) is not None:
                reading.entries = _read_changes(stage, reading, document.name, *found)
            else:
                if not stage.is_new:
                    stage.empty()
                reading.entries = _read_whole(stage, document, reading)
            yield reading


def _read_alone(document: ListDocument, reading: Reading) -> Iterator[Entry]:
    with staging() as stage:
        yield from _read_whole(stage, document, reading)


def _read_whole(stage: Stage, document: ListDocument, reading: Reading) -> Iterator[Entry]:
    """Every party and link of the document, by id.

    Raises:
        SourceError: a line that is no entity, or an id with two lines; no party; says the line.
    """
    _fill(stage, document)
    reading.vintage = reading.vintage or read_iso_day(stage.noted("last seen"))
    empty, strangers = True, 0
    for about in stage.everything():
        if about.party is None:
            strangers += len(about.said)
            continue
        empty = False
        yield _entry(about, stage, reading, document.name)
    if empty:
        raise SourceError(document.name, "holds no party", advice="Give an entities.ftm.json of parties")
    stage.note("strangers", str(strangers))
    _tell_left_out(stage, reading)


def _fill(stage: Stage, document: ListDocument) -> None:
    """Put a whole stream into an empty stage."""
    latest = ""

    def lines() -> Iterator[Line]:
        nonlocal latest
        for number, text in raw_lines(document.path):
            latest = max(latest, last_seen(text))
            yield _line(text, document.name, number)

    stage.fill(lines())
    stage.note("last seen", latest)


def _line(text: bytes, name: str, number: int) -> Line:
    entity = entity_of(text, name, number)
    return Line(entity["id"], fingerprint(text), tuple(pieces_of(entity)))


def _rebuild(stage: Stage, document: ListDocument, memory: Memory) -> None:
    """Bring a new stage to where the delta `document` follows on, by reading again what was read before."""
    if not memory.documents:
        raise SourceError(document.name, "is a delta, and the edition that it follows is not here: read that first")
    whole, *deltas = memory.documents
    _fill(stage, ListDocument(whole))
    for delta in deltas:
        came, gone = _by_delta(stage, ListDocument(delta))
        stage.drop(gone)
        stage.put(came)
    stage.note("strangers", str(sum(len(about.said) for about in stage.everything() if about.party is None)))


def _by_comparison(stage: Stage, document: ListDocument) -> tuple[list[Line], list[int]] | None:
    """The lines of a whole stream that the stage has not, and the numbers of those that only the stage has.

    None when they are so many that comparing is no use.
    """
    prints = stage.prints()
    most = max(FEW, int(len(prints) * MOST_CHANGED))
    came: list[Line] = []
    latest = ""
    for number, text in raw_lines(document.path):
        if document.vintage is None:
            latest = max(latest, last_seen(text))
        if not prints.strike(fingerprint(text)):
            came.append(_line(text, document.name, number))
            if len(came) > most:
                return None
    stage.note("last seen", latest)
    gone = prints.left
    return (came, gone) if len(gone) <= most else None


def _by_delta(stage: Stage, document: ListDocument) -> tuple[list[Line], list[int]]:
    """The lines that a delta brings, and the numbers of those that it takes or replaces."""
    came: list[Line] = []
    gone: list[int] = []
    latest = stage.noted("last seen")
    for change in changes_of(document.path):
        there = stage.lines_of(change.id)
        change.check_against(document.name, is_there=bool(there))
        gone += there
        if change.entity is not None:
            text = orjson.dumps(change.entity)
            latest = max(latest, last_seen(text))
            came.append(Line(change.id, fingerprint(text), tuple(pieces_of(change.entity))))
    stage.note("last seen", latest)
    return came, gone


def _read_changes(stage: Stage, reading: Reading, name: str, came: list[Line], gone: list[int]) -> Iterator[Entry]:
    """Every party that one of the lines says something about, as it is after the change."""
    reading.vintage = reading.vintage or read_iso_day(stage.noted("last seen"))
    pieces = [(piece.about, piece.kind) for line in came for piece in line.pieces]
    pieces += [piece for number in gone for piece in stage.pieces_of(number)]
    touched = {about for about, kind in pieces if kind in (Kind.PARTY, Kind.SAID)}
    for address in {about for about, kind in pieces if kind is Kind.ADDRESS}:
        touched.update(stage.living_at(address))
    ids = sorted(touched)
    strangers = int(stage.noted("strangers")) - _strangers(stage, ids)
    stage.drop(gone)
    stage.put(came)
    stage.note("strangers", str(strangers + _strangers(stage, ids)))
    reading.touched = frozenset(touched)
    _tell_left_out(stage, reading)
    return (_entry(about, stage, reading, name) for about in map(stage.about, ids) if about.party is not None)


def _strangers(stage: Stage, ids: Iterable[str]) -> int:
    """How many statements are about those of `ids` that are no party."""
    return sum(len(about.said) for about in map(stage.about, ids) if about.party is None)


def _tell_left_out(stage: Stage, reading: Reading) -> None:
    reading.skipped.update(stage.left_out())
    if strangers := int(stage.noted("strangers")):
        reading.skipped[STRANGERS] = strangers


def _entry(about: About, stage: Stage, reading: Reading, name: str) -> Entry:
    """A party completed by what is said of it; `reading` learns the lists that it is on."""
    if len(about.lines) > 1:
        raise SourceError(name, f"entity {about.id} stands twice", line=max(about.lines))
    said: dict[str, Entity] = {}
    for entity in map(orjson.loads, about.said):
        said.setdefault(entity["id"], entity)
    return to_entry(orjson.loads(about.party or ""), [said[key] for key in sorted(said)], stage, reading)


def to_entry(party: Entity, said: Iterable[Entity], stage: Stage, reading: Reading) -> Entry:
    """A party completed by what is said of it, by id; `reading` learns the lists it is on."""
    properties: dict[str, list[str | None]] = dict(party["properties"])
    if addresses := properties.pop("addressEntity", None):
        found = (stage.address(key) for key in addresses if key)
        properties["address"] = [*properties.get("address", []), *found]
    listings: dict[Listing, None] = {}
    for entity in said:
        if entity["schema"] == "Sanction":
            for listing in listings_of(entity):
                listings[listing] = None
                reading.lists[listing.list] = listing.measure
        elif party["schema"] in PARTIES:
            number = entity["properties"].get("number", []) + entity["properties"].get("passportNumber", [])
            kind = "passportNumber" if entity["schema"] == "Passport" else "idNumber"
            if kind == "passportNumber" and party["schema"] != "Person":
                kind = "idNumber"
            properties[kind] = [*properties.get(kind, []), *number]
    return Entry(make_party(party["id"], party["schema"], properties), tuple(listings))


def listings_of(sanction: Entity) -> Iterator[Listing]:
    """The listings that a Sanction is: one for each of its datasets."""
    said: dict[str, list[str]] = sanction["properties"]
    for dataset in sanction.get("datasets") or ["unknown"]:
        measure, name = measure_of(dataset, said.get("programId", []), said.get("program", []))
        yield Listing(
            measure,
            list=name,
            listed_on=day_of(said, "listingDate") or day_of(said, "startDate"),
            effective=day_of(said, "startDate"),
            until=day_of(said, "endDate"),
            programs=tuple(dict.fromkeys(filter(None, map(clean, said.get("program") or said.get("programId", []))))),
            citation=clean("; ".join(said.get("authorityId", []) + said.get("recordId", []))) or None,
            remarks=clean("; ".join(said.get("reason", []) + said.get("provisions", []))) or None,
            url=next((clean(url) for url in said.get("sourceUrl", [])), None),
        )


def measure_of(dataset: str, program_ids: list[str], programs: list[str]) -> tuple[str, str]:
    """The measure of a sanction and the name of its list: known by programme or dataset, else `ftm:<dataset>`.

    The dataset is the list's name, followed by the measure where one dataset has several.
    """
    if dataset in MEASURE_BY_DATASET:
        return MEASURE_BY_DATASET[dataset], dataset
    if dataset in US_LISTS or dataset.startswith("us_bis"):
        by_id = (MEASURE_BY_PROGRAM.get(program) for program in program_ids)
        codes = (match[1] for program in programs if (match := CODE.search(program)))
        by_code = (BY_CODE[code].measure for code in codes if code in BY_CODE)
        measure = next(filter(None, (*by_id, *by_code)), None)
        if measure:
            return measure, f"{dataset}: {measure}"
    return f"ftm:{dataset}", dataset


def day_of(properties: Mapping[str, list[str]], name: str) -> date | None:
    """The first full day among the values; a year or month alone is no day."""
    return next(filter(None, map(read_iso_day, properties.get(name, []))), None)
