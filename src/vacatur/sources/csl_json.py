"""The Consolidated Screening List in JSON: consolidated.json, and answers of trade.gov's search API.

Format: trade.gov, "Consolidated Screening List (CSL) Search API", OpenAPI document, version 1.0: an object with `total`
and `results`; addresses and ids are objects, lists are lists.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, cast

import ijson

from vacatur.sources.base import SourceError
from vacatur.sources.csl_rows import LIST_FIELDS, CslRow, row_of
from vacatur.sources.ofac_entry import Address
from vacatur.sources.ofac_features import Feature
from vacatur.sources.opening import open_plain

ADDRESS_PARTS = ("address", "city", "state", "state_or_province", "postal_code", "country")
NULL = (None, "", "null")


class Survey(NamedTuple):
    """What a first pass over the file tells: rows per entity number, rows in all, and the total that is stated."""

    numbers: Counter[str]
    rows: int
    total: int | None


def looks_like_json(path: Path) -> bool:
    """Whether a file begins as a JSON object does."""
    with open_plain(path) as plain:
        return plain.peek(64)[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def survey(path: Path) -> Survey:
    """Read the whole file once, for what must be known before its first row.

    Raises:
        SourceError: no JSON, cut, or without results.
    """
    numbers: Counter[str] = Counter()
    total: int | None = None
    for result in results(path):
        numbers[text_of(result, "entity_number")] += 1
    for value in items(path, "total"):
        total = value if isinstance(value, int) else None
    if not numbers:
        raise SourceError(path.name, "is JSON without results: no Consolidated Screening List")
    return Survey(numbers, numbers.total(), total)


def json_rows(path: Path, note: Callable[[str], None]) -> Iterator[CslRow]:
    """The rows of the file; `note` is told of dates that are none."""
    for result in results(path):
        one = {key: text_of(result, key) for key in result if key not in LIST_FIELDS}
        one["_id"] = one.get("id") or one.get("_id") or ""
        many = {field: texts_of(result, field) for field in LIST_FIELDS if field not in {"addresses", "ids"}}
        addresses = [address_of(item) for item in objects_of(result, "addresses")]
        features = [
            Feature(text_of(item, "type"), text_of(item, "number"), text_of(item, "country"))
            for item in objects_of(result, "ids")
        ]
        yield row_of(one, many, addresses, features, note)


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
