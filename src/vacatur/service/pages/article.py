"""The page of an article: its text with what it claims marked and judged, the evidence beside it, who is quoted.

A pasted text is read and shown on `/read`, and stored nowhere.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import ValidationError

from vacatur.news import kept
from vacatur.news.article import Span
from vacatur.news.reading import to_json
from vacatur.news.text import lines
from vacatur.replies.model import Subject, SubjectKind
from vacatur.service.answers import LONGEST, QuestionOf
from vacatur.service.articles import LONGEST_TEXT, Sent, kept_article, kept_json, read_sent
from vacatur.service.engine import QuestionError
from vacatur.service.pages.linked_data import reviews_ld
from vacatur.service.pages.rendering import listing, page
from vacatur.service.pages.replies import block

router = APIRouter()

GRAVEST = ("contradicted", "supported", "unknown")
"""How a sentence with several claims is marked: by the first of these that one of them has."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, the party that it names, and whether it is quoted."""

    text: str
    party: str | None
    quoted: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with the verdict that it is marked with, or what stands between such sentences."""

    verdict: str | None
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as passages, and the claims that are made in it."""

    passages: list[Passage]
    claims: list[dict[str, Any]]


@router.get("/articles")
def articles(
    request: Request, asked: QuestionOf, number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1
) -> Response:
    """The articles that were kept, those read last first."""
    rows = [kept_json(item) for item in kept.newest(asked.edition.register, 1_000)]
    return page(request, "articles.html", listing=listing(request, rows, number), total=len(rows))


@router.get("/articles/{article}")
def article(request: Request, asked: QuestionOf, article: str) -> Response:
    """A kept article, read against the register as it is now."""
    found = kept_article(asked, article)
    document = to_json(asked.edition.read(found.article))
    address = f"{request.app.state.settings.base_url.rstrip('/')}/articles/{found.id}"
    return _article(
        request,
        document,
        id=found.id,
        read_at=found.read_at,
        linked=reviews_ld(document, address),
        replies=block(request, Subject(SubjectKind.ARTICLE, found.id)),
    )


@router.get("/read")
def form(request: Request) -> Response:
    """The form to paste an article into."""
    return page(request, "read.html", longest=LONGEST_TEXT)


@router.post("/read")
def read(
    request: Request,
    asked: QuestionOf,
    text: Annotated[str, Form(max_length=LONGEST_TEXT)] = "",
    title: Annotated[str, Form(max_length=LONGEST)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """What was pasted, read; stored nowhere."""
    try:
        day = date.fromisoformat(published) if published.strip() else None
        sent = Sent(text=text, title=title, published=day)
    except ValidationError:
        raise QuestionError("paste the text of an article") from None
    except ValueError:
        raise QuestionError(f"published: not a day: {published[:40]!r} (expected 2021-03-13)") from None
    return _article(request, read_sent(asked, sent), id=None, read_at=None, linked=None, replies=None)


def _article(request: Request, document: dict[str, Any], **more: Any) -> Response:
    verdicts = [claim["verdict"] for claim in document["claims"]]
    counts = [(verdict, verdicts.count(verdict)) for verdict in GRAVEST if verdict in verdicts]
    return page(request, "article.html", document=document, lines=marked(document), counts=counts, **more)


def marked(document: dict[str, Any]) -> list[Line]:
    """The text of a `read` document line by line, cut wherever a mark begins or ends."""
    text = document["article"]["text"]
    parties = [(Span(m["start"], m["end"]), m["party"]["id"]) for m in document["mentions"] if m["party"]]
    quotes = [Span(quote["start"], quote["end"]) for quote in document["quotes"]]
    verdicts: dict[Span, str] = {}
    for claim in document["claims"]:
        span = Span(claim["start"], claim["end"])
        verdicts[span] = min(claim["verdict"], verdicts.get(span, GRAVEST[-1]), key=GRAVEST.index)
    edges = sorted({edge for span in (*verdicts, *quotes, *(s for s, _ in parties)) for edge in (span.start, span.end)})
    found = []
    for line in lines(text):
        passages = [
            Passage(
                verdicts.get(sentence) if sentence else None,
                [
                    Run(
                        part.of(text),
                        next((party for span, party in parties if party and span.covers(part)), None),
                        any(span.covers(part) for span in quotes),
                    )
                    for part in parts
                ],
            )
            for sentence, parts in groupby(
                _parts(line, edges), lambda part: next((span for span in verdicts if span.covers(part)), None)
            )
        ]
        claims = [claim for claim in document["claims"] if line.start <= claim["start"] < line.end]
        found.append(Line(passages, claims))
    return found


def _parts(line: Span, edges: list[int]) -> Iterator[Span]:
    inside = edges[bisect_right(edges, line.start) : bisect_right(edges, line.end - 1)]
    for start, end in zip([line.start, *inside], [*inside, line.end], strict=True):
        yield Span(start, end)
