"""The Consolidated Screening List in JSON: consolidated.json, and answers of trade.gov's search API.

Format: trade.gov, "Consolidated Screening List (CSL) Search API", OpenAPI document, version 1.0: an object with `total`
and `results`; addresses and ids are objects, lists are lists.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import ijson

from vacatur.sources.base import Reading, SourceError
from vacatur.sources.csl_rows import LIST_FIELDS, CslRow, row_of
from vacatur.sources.ofac_entry import Address
from vacatur.sources.ofac_features import Feature
from vacatur.sources.opening import open_plain

ADDRESS_PARTS = ("address", "city", "state", "state_or_province", "postal_code", "country")
NULL = (None, "", "null")


def looks_like_json(path: Path) -> bool:
    """Whether a file begins as a JSON object does."""
    with open_plain(path) as plain:
        return plain.peek(64)[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def json_rows(path: Path, reading: Reading) -> Iterator[CslRow]:
    """The rows of the file; `reading` is told of dates that are none, and covers no list when the answer is a part.

    Raises:
        SourceError: no JSON, cut, or without results.
    """
    total = next(items(path, "total"), None)
    count = 0
    for result in results(path):
        count += 1
        one = {key: text_of(result, key) for key in result if key not in LIST_FIELDS}
        one["_id"] = one.get("id") or one.get("_id") or ""
        many = {field: texts_of(result, field) for field in LIST_FIELDS if field not in {"addresses", "ids"}}
        addresses = [address_of(item) for item in objects_of(result, "addresses")]
        features = [
            Feature(text_of(item, "type"), text_of(item, "number"), text_of(item, "country"))
            for item in objects_of(result, "ids")
        ]
        yield row_of(one, many, addresses, features, reading.notes.append)
    if not count:
        raise SourceError(path.name, "is JSON without results: no Consolidated Screening List")
    if isinstance(total, int) and total > count:
        reading.lists.clear()
        reading.notes.append(f"{path.name} has {count} of {total} results, and so covers no list")


def results(path: Path) -> Iterator[Mapping[str, object]]:
    """The results; anything that is no object refuses the file."""
    for result in items(path, "results.item"):
        if not isinstance(result, dict):
            raise SourceError(path.name, "a result that is no object: no Consolidated Screening List")
        yield cast("dict[str, object]", result)


def items(path: Path, where: str) -> Iterator[object]:
    """Values at a place of the document, as a stream."""
    with open_plain(path) as plain:
        try:
            yield from ijson.items(plain, where, use_float=True)
        except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
            raise SourceError(
                path.name, f"no readable JSON: {error}", advice="The file is cut or damaged; fetch it again"
            ) from error


def address_of(item: Mapping[str, object]) -> Address:
    """An address of parts."""
    parts = [text for part in ADDRESS_PARTS if (text := text_of(item, part))]
    country = text_of(item, "country")
    return Address("" if parts == [country] else ", ".join(parts), country)


def text_of(item: Mapping[str, object], key: str) -> str:
    """A plain value as text; empty for null and for what is no plain value."""
    value = item.get(key)
    return str(value).strip() if isinstance(value, str | int | float) and value not in NULL else ""


def texts_of(item: Mapping[str, object], key: str) -> list[str]:
    """The texts of a list."""
    value = item.get(key)
    return [text.strip() for text in value if isinstance(text, str)] if isinstance(value, list) else []


def objects_of(item: Mapping[str, object], key: str) -> list[dict[str, object]]:
    """The objects of a list."""
    value = item.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
