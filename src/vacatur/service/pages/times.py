"""The three times of a question, as a page shows them and carries them from link to link."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Request

from vacatur.screening.plain import moment_json
from vacatur.service.answers import Question, QuestionOf


@dataclass(frozen=True, slots=True)
class Times:
    """What the reader chose: `on`, `known` and `recorded` as text, each None where the default (now) holds."""

    question: Question
    on: str | None
    known: str | None
    recorded: str | None

    @property
    def day(self) -> str:
        """The day asked about, for a date field."""
        return (moment_json(self.question.asked.on) or "")[:10]

    @property
    def known_day(self) -> str:
        """The state of knowledge asked about, for a date field."""
        return (moment_json(self.question.asked.known) or "")[:10]

    @property
    def today(self) -> str:
        """The present day in UTC."""
        return datetime.now(UTC).date().isoformat()

    def at(self, day: str) -> "Times":
        """The same question about another day."""
        return replace(self, on=day)

    def link(self, *path: str, **more: str | None) -> str:
        """The address of `path` (segments, quoted here) with the chosen times and `more` as its query."""
        chosen = {"on": self.on, "known": self.known, "recorded": self.recorded, **more}
        query = urlencode([(key, value) for key, value in chosen.items() if value])
        return "/" + "/".join(quote(part, safe="") for part in path) + (f"?{query}" if query else "")


def times(request: Request, asked: QuestionOf) -> Times:
    """The times of a request."""
    given = request.query_params
    return Times(
        asked,
        moment_json(asked.asked.on) if given.get("on") else None,
        moment_json(asked.asked.known) if given.get("known") else None,
        str(asked.asked.recorded) if given.get("recorded") else None,
    )


TimesOf = Annotated[Times, Depends(times)]
