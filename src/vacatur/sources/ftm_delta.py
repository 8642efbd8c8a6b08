"""Delta files of FollowTheMoney streams, as yente fetches them: what came, changed and went since the last version.

Format: a line a change, `{"op": "ADD" | "MOD" | "DEL", "entity": {…}}`; of a deleted entity only the id. A delta says
nothing by itself: it is applied to the stream that it follows, and the result is a whole stream again, read like any
other. One that does not fit (it changes what is not there) was made for another version, and is refused.
"""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from vacatur.sources.base import SourceError
from vacatur.sources.json_records import read_json_records

OPERATIONS = ("ADD", "MOD", "DEL")
VERSION = re.compile(r"(\d{4})(\d\d)(\d\d)\d{6}-\w+")
"""Versions are called after the moment of their making: `20240528074703-npf`."""
OTHER_VERSION = "It was made for another version: read the deltas in their order, or the whole stream"


def is_delta(path: Path) -> bool:
    """Whether a file is a delta, by its first record."""
    _, first = next(read_json_records(path), (None, {}))
    return "op" in first


def version_day(path: Path) -> date | None:
    """The day of a delta's version, where its folder is called after it, as in yente's archives."""
    found = VERSION.fullmatch(path.resolve().parent.name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def apply_delta(base: Path, delta: Path, into: Path) -> None:
    """Write the stream that results from applying `delta` to the stream `base`.

    The delta is held in memory, the stream is not.

    Raises:
        SourceError: the delta is damaged, or made for another version than `base`.
    """
    changes = _changes(delta)
    with into.open("w", encoding="utf-8") as out:
        for _, entity in read_json_records(base):
            operation, changed = changes.pop(str(entity.get("id")), (None, entity))
            if operation == "ADD":
                raise SourceError(
                    delta.name, f"adds entity {entity['id']}, which is there already", advice=OTHER_VERSION
                )
            if operation != "DEL":
                out.write(json.dumps(changed, ensure_ascii=False) + "\n")
        for key, (operation, entity) in changes.items():
            if operation != "ADD":
                raise SourceError(delta.name, f"changes entity {key}, which is not there", advice=OTHER_VERSION)
            out.write(json.dumps(entity, ensure_ascii=False) + "\n")


def _changes(delta: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    changes: dict[str, tuple[str, dict[str, Any]]] = {}
    for line, record in read_json_records(delta):
        operation, entity = record.get("op"), record.get("entity")
        if operation not in OPERATIONS or not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
            raise SourceError(delta.name, "a line that is no change of an entity", line=line)
        if entity["id"] in changes:
            raise SourceError(delta.name, f"changes entity {entity['id']} twice", line=line)
        changes[entity["id"]] = (str(operation), entity)
    return changes
