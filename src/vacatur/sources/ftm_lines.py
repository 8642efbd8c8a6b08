"""The lines of a FollowTheMoney stream: told apart by a fingerprint, and read into entities.

The fingerprint leaves out when an entity was seen: a publisher that looks at everything again changes that in every
line of an edition, and nothing else in most.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from vacatur.parties import clean
from vacatur.sources.base import SourceError
from vacatur.sources.opening import open_plain

Entity: TypeAlias = dict[str, Any]

MAX_LINE = 64 * 2**20
"""Longest line read, in bytes; nested targets with all their relatives have some megabytes."""

MAX_DEPTH = 32
"""Deepest nesting of entities read; OpenSanctions nests four deep."""

_SEEN = re.compile(rb'"(?:first_seen|last_seen|last_change)":\s*"[-0-9T:.+Z ]*"')
"""A quote within a JSON string has a backslash before it, so that only keys are met."""
_LAST_SEEN = re.compile(rb'"last_seen":\s*"([-0-9T:.+Z ]*)"')


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Each line that is not blank, with its number.

    Raises:
        SourceError: see `opening.open_plain`; or a line without end.
    """
    with open_plain(path) as plain:
        number = 0
        while text := plain.readline(MAX_LINE + 1):
            number += 1
            if len(text) > MAX_LINE:
                raise SourceError(path.name, f"a line of more than {MAX_LINE} bytes", line=number)
            text = text.removeprefix(b"\xef\xbb\xbf").strip()
            if text:
                yield number, text


def fingerprint(text: bytes) -> int:
    """64 bits of BLAKE2b over the line but for when its entities were seen.

    That a changed line has the fingerprint of another one of ten million is as likely as one in 10^12.
    """
    return int.from_bytes(blake2b(_SEEN.sub(b"", text), digest_size=8).digest(), signed=True)


def last_seen(text: bytes) -> str:
    """The latest moment at which an entity of the line was seen, as written; empty when it says none."""
    return max(_LAST_SEEN.findall(text), default=b"").decode()


def entity_of(text: bytes, name: str, line: int) -> Entity:
    """The entity of a line; `name` is that of its file.

    Raises:
        SourceError: no JSON, or not the shape of an entity, or of one nested in it.
    """
    try:
        entity = orjson.loads(text)
    except ValueError as error:
        reason = f"no JSON entity: {error}"
        raise SourceError(name, reason, line=line, advice="The file is cut or damaged") from error
    if isinstance(entity, dict) and "op" in entity:
        raise SourceError(name, "is a delta file", line=line, advice="Give the whole entities.ftm.json")
    check(entity, name, line)
    return entity  # type: ignore[no-any-return]


def check(entity: object, name: str, line: int | None, depth: int = 0) -> None:
    """Make sure that a value has the shape of an entity, and those nested in it.

    Raises:
        SourceError: it has not; says the line.
    """
    if not isinstance(entity, dict) or depth > MAX_DEPTH:
        raise SourceError(name, "a line that is no entity, or nests them too deep", line=line)
    for key in ("id", "schema"):
        value = entity.get(key)
        if not isinstance(value, str) or not value or clean(value) != value:
            raise SourceError(name, f"an entity without {key}: no FollowTheMoney stream", line=line)
    properties, datasets = entity.get("properties"), entity.get("datasets", [])
    if not isinstance(properties, dict):
        raise SourceError(name, f"entity {entity['id']} has no properties that are lists of values", line=line)
    if not isinstance(datasets, list) or not all(isinstance(dataset, str) for dataset in datasets):
        raise SourceError(name, f"entity {entity['id']} has datasets that are no names", line=line)
    for values in properties.values():
        if not isinstance(values, list):
            raise SourceError(name, f"entity {entity['id']} has no properties that are lists of values", line=line)
        for value in values:
            if not isinstance(value, str):
                check(value, name, line, depth + 1)
