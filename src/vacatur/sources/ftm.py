"""FollowTheMoney streams, as OpenSanctions publishes them: entities.ftm.json and targets.nested.json.

Formats: one entity a line, {"id", "schema", "properties": {name: [values]}, "datasets"}, see followthemoney.tech; in
the nested form a value may be an entity itself, as an object. Parties and the links between them become entries under
their own ids. A Sanction becomes a listing of the party it names, a Passport or Identification its number, an
Address its text; payments, positions and other happenings are counted as skipped.

A stream of line after line can be cut between two lines without a trace, so a listing's absence means as much as the
file is whole. Delta files (`{"op": "MOD", …}`) are applied to the stream that they follow: see `ftm_delta`.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from vacatur.parties import LINK_ENDS, Entry, Listing, clean, make_party
from vacatur.sources.base import ListDocument, Reading, SourceError
from vacatur.sources.csl_rows import BY_CODE, CODE
from vacatur.sources.ftm_delta import apply_delta, is_delta, version_day
from vacatur.sources.ftm_stage import Entity, Stage, staging
from vacatur.sources.opening import open_plain
from vacatur.sources.world_values import read_iso_day

MAX_LINE = 64 * 2**20
"""Longest line read, in bytes; nested targets with all their relatives have some megabytes."""

MAX_DEPTH = 32
"""Deepest nesting of entities read; OpenSanctions nests four deep."""

LINKS = frozenset(LINK_ENDS)
PARTIES = frozenset(
    {"Person", "Company", "Organization", "PublicBody", "LegalEntity"}
    | {"Vessel", "Airplane", "Vehicle", "Asset", "Security", "CryptoWallet"}
)
SAID = frozenset({"Sanction", "Passport", "Identification"})

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
    """A FollowTheMoney stream; see `sources.base.Source`."""

    name = "ftm"
    title = "FollowTheMoney entities (OpenSanctions and others)"
    urls: tuple[str, ...] = ()

    def companions(self, path: Path) -> Mapping[str, Path]:
        """None: the stream is one file."""
        return {}

    def is_delta(self, document: ListDocument) -> bool:
        """Whether a document is a delta file; see `sources.base.Deltas`."""
        return is_delta(document.path)

    def whole(self, base: Path, delta: ListDocument, into: Path) -> ListDocument:
        """The stream that a delta makes of the one that it follows; see `sources.base.Deltas`."""
        apply_delta(base, delta.path, into)
        return ListDocument(into, vintage=delta.vintage or version_day(delta.path))

    def read(self, document: ListDocument) -> Reading:
        """Start reading; see `sources.base.Source.read`.

        `Reading.lists` has the datasets with a sanction in the file; `Reading.vintage`, unless the document's is given,
        is the latest day on which an entity was seen.
        """
        reading = Reading(iter(()), document.vintage)
        reading.entries = entries(document, reading)
        return reading


def entries(document: ListDocument, reading: Reading) -> Iterator[Entry]:
    """The parties and links of the document, in its order.

    Raises:
        SourceError: a line that is no entity, or an id with two lines; no party; says the line.
    """
    with staging() as stage:
        latest = ""
        for line, entity in lines(document.path):
            check(entity, document.name, line)
            seen = entity.get("last_seen")
            latest = max(latest, seen) if isinstance(seen, str) and read_iso_day(seen) else latest
            if not put(stage, entity, reading, own=True):
                raise SourceError(document.name, f"entity {entity['id']} stands twice", line=line)
        reading.vintage = reading.vintage or read_iso_day(latest)
        empty = True
        for party, said in stage.parties():
            empty = False
            yield to_entry(party, said, stage, reading)
        if empty:
            raise SourceError(document.name, "holds no party", advice="Give an entities.ftm.json of parties")
        if strangers := stage.strangers():
            reading.skipped["about a party that is not in the file"] = strangers


def lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The JSON value of each line that is not blank, with the line's number."""
    with open_plain(path) as plain:
        number = 0
        while text := plain.readline(MAX_LINE + 1):
            number += 1
            if len(text) > MAX_LINE:
                raise SourceError(path.name, f"a line of more than {MAX_LINE} bytes", line=number)
            if not text.strip():
                continue
            try:
                yield number, json.loads(text.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                reason = f"no JSON entity: {error}"
                raise SourceError(path.name, reason, line=number, advice="The file is cut or damaged") from error


def check(entity: object, name: str, line: int, depth: int = 0) -> None:
    """Make sure that a value has the shape of an entity, and those nested in it.

    Raises:
        SourceError: it has not; says the line.
    """
    if isinstance(entity, dict) and "op" in entity:
        raise SourceError(name, "is a delta file", line=line, advice="Give the whole entities.ftm.json")
    if not isinstance(entity, dict) or depth > MAX_DEPTH:
        raise SourceError(name, "a line that is no entity, or nests them too deep", line=line)
    for key in ("id", "schema"):
        value = entity.get(key)
        if not isinstance(value, str) or not value or clean(value) != value:
            raise SourceError(name, f"an entity without {key}: no FollowTheMoney stream", line=line)
    properties, datasets = entity.get("properties"), entity.get("datasets", [])
    if not isinstance(properties, dict) or not all(isinstance(values, list) for values in properties.values()):
        raise SourceError(name, f"entity {entity['id']} has no properties that are lists of values", line=line)
    if not isinstance(datasets, list) or not all(isinstance(dataset, str) for dataset in datasets):
        raise SourceError(name, f"entity {entity['id']} has datasets that are no names", line=line)
    for values in properties.values():
        for value in values:
            if not isinstance(value, str):
                check(value, name, line, depth + 1)


def put(stage: Stage, entity: Entity, reading: Reading, *, own: bool) -> bool:
    """Stage an entity and those nested in it; False if its id had a line before."""
    schema, properties = entity["schema"], entity["properties"]
    flat: dict[str, list[str]] = {}
    for name, values in properties.items():
        for value in values:
            if isinstance(value, str):
                flat.setdefault(name, []).append(value)
                continue
            if value["schema"] in SAID:
                holder = "entity" if value["schema"] == "Sanction" else "holder"
                value = {**value, "properties": {holder: [entity["id"]], **value["properties"]}}  # noqa: PLW2901
            put(stage, value, reading, own=False)
            if schema not in PARTIES or value["schema"] == "Address":
                flat.setdefault(name, []).append(value["id"])
    kept = {key: entity[key] for key in ("id", "schema", "datasets") if key in entity} | {"properties": flat}
    if schema in PARTIES or schema in LINKS:
        return stage.put_party(kept, own=own)
    if schema in SAID:
        for party in flat.get("entity" if schema == "Sanction" else "holder", []):
            stage.put_said(clean(party), kept, own=own)
    elif schema == "Address":
        stage.put_address(entity["id"], clean(", ".join(flat.get("full") or flat.get("name") or [])))
    else:
        reading.skip(f"{schema}: neither a party nor a link")
    return True


def to_entry(party: Entity, said: list[Entity], stage: Stage, reading: Reading) -> Entry:
    """A party completed by what is said of it; `reading` learns the lists it is on."""
    properties: dict[str, list[str | None]] = dict(party["properties"])
    addresses = [stage.address(key) for key in party["properties"].get("addressEntity", [])]
    properties["address"] = [*properties.get("address", []), *addresses]
    properties.pop("addressEntity", None)
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
