"""An entity of a FollowTheMoney stream, cut into what it says about parties and addresses.

In the nested form a value may be an entity itself, as an object: it is cut out and its id left in its place, where that
id means something to the party.
"""

from collections.abc import Iterator

import orjson

from vacatur.parties import LINK_ENDS, clean
from vacatur.sources.ftm_lines import Entity
from vacatur.sources.ftm_stage import Kind, Piece

LINKS = frozenset(LINK_ENDS)
PARTIES = frozenset(
    {"Person", "Company", "Organization", "PublicBody", "LegalEntity"}
    | {"Vessel", "Airplane", "Vehicle", "Asset", "Security", "CryptoWallet"}
)
SAID = frozenset({"Sanction", "Passport", "Identification"})
KEPT = ("id", "schema", "datasets")


def pieces_of(entity: Entity, *, own: bool = True) -> Iterator[Piece]:
    """What an entity, and those nested in it, say; `own` when it has a line of its own."""
    schema, flat = entity["schema"], {}
    for name, values in entity["properties"].items():
        kept: list[str] = []
        for value in values:
            if isinstance(value, str):
                kept.append(value)
                continue
            yield from pieces_of(_held_by(entity["id"], value), own=False)
            if schema not in PARTIES or value["schema"] == "Address":
                kept.append(value["id"])
        if kept:
            flat[name] = kept
    yield from _pieces({key: entity[key] for key in KEPT if key in entity} | {"properties": flat}, own)


def _held_by(holder: str, nested: Entity) -> Entity:
    """A nested entity; what completes a party then names the one that it was met in, unless it says whom."""
    if nested["schema"] not in SAID:
        return nested
    role = "entity" if nested["schema"] == "Sanction" else "holder"
    return {**nested, "properties": {role: [holder], **nested["properties"]}}


def _pieces(entity: Entity, own: bool) -> Iterator[Piece]:
    schema, properties = entity["schema"], entity["properties"]
    if schema in PARTIES or schema in LINKS:
        yield Piece(entity["id"], Kind.PARTY, own, _text(entity))
        for address in dict.fromkeys(properties.get("addressEntity", ())):
            yield Piece(address, Kind.LIVES, own, entity["id"])
    elif schema in SAID:
        said = _text(entity)
        for party in dict.fromkeys(map(clean, properties.get("entity" if schema == "Sanction" else "holder", ()))):
            yield Piece(party, Kind.SAID, own, said)
    elif schema == "Address":
        full = clean(", ".join(properties.get("full") or properties.get("name") or ()))
        yield Piece(entity["id"], Kind.ADDRESS, own, full)
    else:
        yield Piece(f"{schema}: neither a party nor a link", Kind.LEFT_OUT)


def _text(entity: Entity) -> str:
    return orjson.dumps(entity).decode()
