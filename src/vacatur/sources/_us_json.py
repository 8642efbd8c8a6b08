"""US lists as arranged in JSON by others: `{"list_id", "extracted", "count", "entities": [{"name", "aliases", …}]}`.

Third parties parse official pages into this shape; it is read because it preserves vintages that no one else kept.
A reading of one says in its notes that it is an arrangement: an official document of the same edition outranks it.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from vacatur.sources._us_documents import KEPT, as_text, check_cell, read_day
from vacatur.sources.base import ARRANGEMENT, SourceError

__all__ = ["ARRANGEMENT", "Arrangement", "Record", "read_arrangement"]


@dataclass(frozen=True, slots=True)
class Record:
    """One entity of such a file; every text is "" where the file has null."""

    name: str
    aliases: tuple[str, ...]
    country: str
    address: str
    effective: date | None
    citation: str
    notes: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A whole file: the day it was made and its entities."""

    extracted: date | None
    records: tuple[Record, ...]


def read_arrangement(data: bytes, document: str, list_id: str) -> Arrangement:
    """The entities of a JSON arrangement of the list called `list_id` there.

    Raises:
        SourceError: no JSON, cut, another list, an entity without name, or fewer entities than the file says it has.
    """
    try:
        content: Any = json.loads(as_text(data))
    except json.JSONDecodeError as error:
        raise SourceError(document, f"is cut or no JSON ({error.msg})", line=error.lineno, advice=KEPT) from None
    except RecursionError:
        raise SourceError(document, "is JSON nested beyond belief", advice=KEPT) from None
    if not isinstance(content, dict) or content.get("list_id") != list_id:
        raise SourceError(document, f"is not the arrangement of {list_id}", line=1, advice=KEPT)
    entities = content.get("entities")
    if not isinstance(entities, list) or not entities or len(entities) != content.get("count", len(entities)):
        raise SourceError(document, "has not the number of entities that it says it has", advice=KEPT)
    records = tuple(_record(entity, place, document) for place, entity in enumerate(entities, 1))
    return Arrangement(read_day(_text(content.get("extracted"))), records)


def _record(entity: object, place: int, document: str) -> Record:
    if not isinstance(entity, dict) or not _text(entity.get("name")):
        raise SourceError(document, f"entity {place} has no name", advice=KEPT)
    for value in entity.values():
        check_cell(_text(value), document, None)
    aliases = entity.get("aliases")
    return Record(
        _text(entity["name"]),
        tuple(text for alias in aliases if (text := _text(alias))) if isinstance(aliases, list) else (),
        _text(entity.get("country")),
        _text(entity.get("address")),
        read_day(_text(entity.get("effective_date"))),
        _text(entity.get("federal_register")),
        _text(entity.get("notes")),
    )


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
