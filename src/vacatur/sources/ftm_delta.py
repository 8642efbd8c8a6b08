"""Delta files of FollowTheMoney streams, as yente fetches them: what came, changed and went since the last version.

Format: a line a change, `{"op": "ADD" | "MOD" | "DEL", "entity": {…}}`; of a deleted entity only the id. A delta says
nothing by itself: it follows on the stream that it was made for, and one that does not fit (it changes what is not
there) was made for another version, and is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vacatur.sources.base import SourceError
from vacatur.sources.ftm_lines import Entity, check
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


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of the entity with that id, which is `entity` from then on (None: gone)."""

    id: str
    operation: str
    entity: Entity | None

    def check_against(self, name: str, *, is_there: bool) -> None:
        """Make sure that it fits the stream; `is_there` says whether that has the entity.

        Raises:
            SourceError: the delta called `name` was made for another version.
        """
        if self.operation == "ADD" and is_there:
            raise SourceError(name, f"adds entity {self.id}, which is there already", advice=OTHER_VERSION)
        if self.operation != "ADD" and not is_there:
            raise SourceError(name, f"changes entity {self.id}, which is not there", advice=OTHER_VERSION)


def changes_of(path: Path) -> Iterator[Change]:
    """The changes of a delta, in its order.

    Raises:
        SourceError: it is damaged, or changes an entity twice; says the line.
    """
    met: set[str] = set()
    for line, record in read_json_records(path):
        operation, entity = record.get("op"), record.get("entity")
        if operation not in OPERATIONS or not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
            raise SourceError(path.name, "a line that is no change of an entity", line=line)
        if entity["id"] in met:
            raise SourceError(path.name, f"changes entity {entity['id']} twice", line=line)
        met.add(entity["id"])
        if operation != "DEL":
            check(entity, path.name, line)
        yield Change(entity["id"], operation, None if operation == "DEL" else entity)
