"""Search: who may this be, and where does each of them stand."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from vacatur.matching import model
from vacatur.screening.plain import answer_json, coverage_json
from vacatur.screening.screen import DEFAULT_LIMIT, DEFAULT_THRESHOLD, Answer
from vacatur.service.answers import LONGEST
from vacatur.service.guard import may
from vacatur.service.health import EngineOf
from vacatur.service.pages.rendering import page
from vacatur.service.pages.times import Times, TimesOf
from vacatur.service.session import actor_of

router = APIRouter()

SCHEMATA = ("Company", "Organization", "Person", "Vessel", "Airplane")
"""Kinds of party that the form offers."""

EXAMPLES = (
    ("Xiaomi, while a judge had suspended its listing", {"name": "Xiaomi", "on": "2021-04-01"}),
    ("Xiaomi, as anyone could know it the day before the judge ruled", {"name": "Xiaomi", "known": "2021-03-11"}),
    ("WeChat, on the day the ban was to begin", {"name": "WeChat", "on": "2020-09-20"}),
    ("A misspelt name: Louking Technology", {"name": "Louking Technology"}),
    ("A name in its own script: 小米集团", {"name": "小米集团"}),
    ("A ticker: 1810.HK", {"name": "1810.HK"}),
)
"""Questions that the packaged dossiers answer."""


@router.get("/")
def search(
    request: Request,
    times: TimesOf,
    engine: EngineOf,
    name: Annotated[str, Query(max_length=LONGEST)] = "",
    schema: Annotated[str, Query(max_length=LONGEST)] = "",
    country: Annotated[str, Query(max_length=50)] = "",
) -> Response:
    """The form, and the hits where a name was given."""
    edition, asked = times.question.edition, times.question.asked
    values: dict[str, Any] = {
        "times": times,
        "name": name.strip(),
        "schema": schema,
        "country": country.strip(),
        "schemata": SCHEMATA,
        "examples": [(words, Times(times.question, None, None, None).link("", **given)) for words, given in EXAMPLES],
    }
    if not name.strip():
        covered, notes = edition.screener(asked).rests_on(asked)
        rests: dict[str, Any] = {"coverage": [coverage_json(item) for item in covered], "notes": notes}
        return page(request, "search.html", answer=None, **rests, **values)
    if not may(actor_of(request), "screen", engine.settings):
        refused: dict[str, Any] = {"answer": None, "coverage": [], "notes": ["screening needs a key here"]}
        return page(request, "search.html", status=403, **refused, **values)
    answer = _screen(times, name.strip(), schema, country.strip())
    shown = answer_json(answer)
    return page(request, "search.html", answer=shown, coverage=shown["coverage"], notes=shown["notes"], **values)


def _screen(times: Times, text: str, schema: str, country: str) -> Answer:
    """Hits for `text` as a name and as an identifier of any kind."""
    query = model.Query(
        name=text,
        schema=schema or None,
        countries=(country.lower(),) if country else (),
        identifiers=(("", text),),
    )
    return times.question.edition.screen(query, times.question.asked, limit=DEFAULT_LIMIT, threshold=DEFAULT_THRESHOLD)
