"""Search: who may this be, and where does each of them stand."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from vacatur.matching import model
from vacatur.screening.details import Details, as_compared
from vacatur.screening.plain import answer_json, coverage_json
from vacatur.screening.screen import DEFAULT_LIMIT, DEFAULT_THRESHOLD, Answer
from vacatur.service.answers import LONGEST
from vacatur.service.guard import may
from vacatur.service.health import EngineOf
from vacatur.service.pages.rendering import page
from vacatur.service.pages.sources import source_titles
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
        "titles": source_titles(),
        "examples": [(words, Times(times.question, None, None, None).link("", **given)) for words, given in EXAMPLES],
    }
    if not name.strip():
        covered, notes = edition.screener(asked).rests_on(asked)
        rests = _rests_on([coverage_json(item) for item in covered], notes)
        return page(request, "search.html", answer=None, **rests, **values)
    if not may(actor_of(request), "screen", engine.settings):
        refused: dict[str, Any] = {"answer": None, "coverage": [], "notes": ["screening needs a key here"]}
        return page(request, "search.html", status=403, **refused, **values)
    details = as_compared(schema, (country,), "")
    shown = answer_json(_screen(times, name.strip(), details))
    told = [*details.left_out, *shown["notes"]]
    return page(request, "search.html", answer=shown, **_rests_on(shown["coverage"], told), **values)


def _rests_on(coverage: list[dict[str, Any]], notes: Sequence[str]) -> dict[str, Any]:
    """What the answer rests on; what a note says of one source, its row of the table says."""
    sources = {item["source"] for item in coverage}
    return {"coverage": coverage, "notes": [note for note in notes if note.partition(":")[0] not in sources]}


def _screen(times: Times, text: str, details: Details) -> Answer:
    """Hits for `text` as a name and as an identifier of any kind."""
    query = model.Query(
        name=text,
        schema=details.schema,
        countries=details.countries,
        identifiers=(("", text),),
    )
    return times.question.edition.screen(query, times.question.asked, limit=DEFAULT_LIMIT, threshold=DEFAULT_THRESHOLD)
