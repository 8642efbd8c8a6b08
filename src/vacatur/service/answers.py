"""What every answer carries, and how documents become bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query, Response

from vacatur.screening.plain import asked_json
from vacatur.screening.standing import Asked
from vacatur.service.engine import Edition, Engine, QuestionError
from vacatur.service.health import EngineOf

LONGEST = 500
"""Characters of a name, identifier or id that a request may give."""

MOST_HITS = 20_000
"""Hits that one request may ask for: its queries times its limit."""

Time = Annotated[str | None, Query(max_length=40, description="ISO 8601 day or time; now by default.")]


@dataclass(frozen=True, slots=True)
class Question:
    """The three times that a request asks about, and the edition that answers."""

    edition: Edition
    asked: Asked

    def stamp(self) -> dict[str, Any]:
        """`on`, `known`, `recorded` and the hash of the index: the same four, the same answer."""
        return {**asked_json(self.asked), "index": self.edition.index.content_hash}


def question(
    engine: EngineOf,
    on: Time = None,
    known: Time = None,
    recorded: Annotated[str | None, Query(max_length=40, description="Transaction, or a time; now by default.")] = None,
) -> Question:
    """The question of a request's parameters."""
    return Question(*engine.ask(on, known, recorded))


QuestionOf = Annotated[Question, Depends(question)]


def document(content: Mapping[str, Any] | list[Any], media_type: str = "application/json") -> Response:
    """A JSON document; equal content, equal bytes."""
    return Response(orjson.dumps(content), media_type=media_type)


def check_size(queries: int, limit: int, engine: Engine) -> None:
    """Refuse a batch that asks for too much at once.

    Raises:
        QuestionError: too many queries, or too many hits for so many; says what to do.
    """
    if queries > engine.settings.max_queries:
        raise QuestionError(f"at most {engine.settings.max_queries} queries a request, not {queries}")
    if queries * limit > MOST_HITS:
        raise QuestionError(f"at most {MOST_HITS:,} hits a request, not {queries} times {limit}: lower one of them")


def one_of(values: Mapping[str, Any] | list[str], wanted: str, what: str) -> str:
    """`wanted` when it is among `values`.

    Raises:
        QuestionError: it is not; says what there is.
    """
    if wanted not in values:
        raise QuestionError(f"no {what} is called {wanted[:100]!r}; there are: {', '.join(sorted(values))[:400]}")
    return wanted
