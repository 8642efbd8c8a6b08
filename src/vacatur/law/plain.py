"""Acts and measures as plain JSON values and back, without loss: how a register keeps them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from typing import Any

from vacatur.law.acts import Act, Checked, Consequence, Document, Measure, OwnershipRule, PublishedBasis, Span
from vacatur.law.kinds import Effect
from vacatur.law.moments import Moment, parse_moment


def moment_to_json(moment: Moment | None) -> str | None:
    """ISO 8601, a day or a time with its offset."""
    return None if moment is None else moment.isoformat()


def to_json(value: Act | Measure | Document | Consequence | Span | OwnershipRule) -> dict[str, Any]:
    """The value as JSON: fields that hold their default are left out, sets are sorted."""
    plain: dict[str, Any] = {}
    for item in fields(value):
        held = getattr(value, item.name)
        if item.init and (item.default is MISSING or held != item.default):
            plain[item.name] = _plain(held)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Document | Consequence | Span | OwnershipRule):
        return to_json(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def document_from_json(data: Mapping[str, Any]) -> Document:
    """Read what `to_json` wrote of a `Document`."""
    return Document(data["title"], data.get("url"), Checked(data.get("checked", "seen")))


def _dated(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: parse_moment(held) if key in ("starts", "until") else held for key, held in data.items()}


def _spans(data: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(**_dated(span)) for span in data)


def _documents(data: Sequence[Mapping[str, Any]]) -> tuple[Document, ...]:
    return tuple(document_from_json(item) for item in data)


def _two_days(data: Sequence[str]) -> tuple[date, date]:
    first, last = data
    return date.fromisoformat(first), date.fromisoformat(last)


ACT_READERS: dict[str, Callable[[Any], Any]] = {
    "effective": parse_moment,
    "until": parse_moment,
    "published": parse_moment,
    "annulled_from": parse_moment,
    "measures": tuple,
    "targets": tuple,
    "refs": tuple,
    "parties": frozenset,
    "only": frozenset,
    "effect": Effect,
    "published_basis": PublishedBasis,
    "spans": _spans,
    "documents": _documents,
    "since_at_latest": date.fromisoformat,
    "ended_between": _two_days,
}


def act_from_json(data: Mapping[str, Any]) -> Act:
    """Read what `to_json` wrote of an `Act`; raises `ValueError` on an act that can't be."""
    return Act(**{key: ACT_READERS[key](held) if key in ACT_READERS else held for key, held in data.items()})


def _ownership(data: Mapping[str, Any]) -> OwnershipRule:
    values = dict(data)
    for key in ("starts", "until"):
        if key in values:
            values[key] = date.fromisoformat(values[key])
    values["documents"] = _documents(values.get("documents", ()))
    return OwnershipRule(**values | {"percent": Decimal(values["percent"])})


def measure_from_json(data: Mapping[str, Any]) -> Measure:
    """Read what `to_json` wrote of a `Measure`."""
    values = dict(data)
    values.pop("ownership_threshold", None)  # what registers of the first schema may still hold
    if "covered_from" in values:
        values["covered_from"] = date.fromisoformat(values["covered_from"])
    values["consequences"] = tuple(Consequence(**_dated(item)) for item in values.get("consequences", ()))
    values["documents"] = _documents(values.get("documents", ()))
    values["ownership"] = tuple(_ownership(item) for item in values.get("ownership", ()))
    return Measure(**values)
