"""JSON objects one by one from a file that has one a line, or all of them in one array; nothing is known of them.

Streams both forms: a file of millions of records is never in memory.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson

from vacatur.sources.base import SourceError
from vacatur.sources.opening import PlainBytes, open_plain

MAX_LINE = 64 * 2**20
"""Longest line read, in bytes."""


def read_json_records(path: Path) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Each object with its line (None in an array, where lines mean nothing).

    Raises:
        SourceError: no JSON, or something else than objects; says the line.
    """
    with open_plain(path) as plain:
        if plain.peek(64)[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            yield from _of_array(plain, path.name)
        else:
            yield from _of_lines(plain, path.name)


def _of_lines(plain: PlainBytes, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    while text := plain.readline(MAX_LINE + 1):
        number += 1
        if len(text) > MAX_LINE:
            raise SourceError(name, f"a line of more than {MAX_LINE} bytes", line=number)
        if not text.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            record = json.loads(text.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise SourceError(
                name, f"no JSON record: {error}", line=number, advice="The file is cut or damaged"
            ) from error
        if not isinstance(record, dict):
            raise SourceError(name, "a line that is no JSON object", line=number)
        yield number, record


def _of_array(plain: PlainBytes, name: str) -> Iterator[tuple[None, dict[str, Any]]]:
    while plain.peek(1)[:1] in (b"\xef", b"\xbb", b"\xbf"):
        plain.read(1)
    try:
        for record in ijson.items(plain, "item", use_float=True):
            if not isinstance(record, dict):
                raise SourceError(name, "an array with something else than objects in it")
            yield None, record
    except (ijson.JSONError, ValueError, RecursionError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(name, f"no whole JSON array: {error}", advice="The file is cut or damaged") from error
