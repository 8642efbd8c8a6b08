"""Articles over HTTP: read one that is sent, list those that were kept. Nothing is fetched, and nothing stored."""

from dataclasses import replace
from datetime import date
from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from vacatur.news import kept
from vacatur.news.page import read_page
from vacatur.news.reading import published_text, to_json
from vacatur.service.answers import LONGEST, QuestionOf, document
from vacatur.service.engine import BusyError, NotFoundError, QuestionError

router = APIRouter(prefix="/api/v1", tags=["articles"])

LONGEST_TEXT = 200_000
"""Characters that a request may send: a page with all that surrounds its article."""

LONGEST_ARTICLE = 50_000
"""Characters of an article itself: some ten times a long one; the time to read grows faster than the text."""

readings = BoundedSemaphore(8)
"""Articles that one process reads at once: more would hold up all other requests."""


class Sent(BaseModel):
    """An article: its text, or its whole page as HTML; where it came from and its day, where the page hides them."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    title: Annotated[str, Field(max_length=LONGEST)] = ""
    url: Annotated[str | None, Field(max_length=2_000)] = None
    published: date | None = None


def read_sent(asked: QuestionOf, sent: Sent) -> dict[str, Any]:
    """The contract's `read` document of an article that was sent.

    Raises:
        QuestionError: the article is too long.
        BusyError: too many are being read.
    """
    if not readings.acquire(blocking=False):
        raise BusyError("other articles are being read: ask again in a moment")
    try:
        article = read_page(sent.text, url=sent.url, published=sent.published)
        if len(article.text) > LONGEST_ARTICLE:
            raise QuestionError(f"the article has more than {LONGEST_ARTICLE:,} characters: send it in parts")
        return to_json(asked.edition.read(replace(article, title=sent.title or article.title)))
    finally:
        readings.release()


@router.post("/read")
def read(asked: QuestionOf, sent: Sent) -> Response:
    """Check every claim of an article against the record of its day, and as known now."""
    return document({**asked.stamp(), **read_sent(asked, sent)})


@router.get("/articles")
def articles(
    asked: QuestionOf,
    party: Annotated[str | None, Query(max_length=LONGEST)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """The kept articles, those read last first; with `party`, those that claim something about it."""
    register = asked.edition.register
    if party is None:
        found, total = kept.newest(register, limit, offset), kept.count(register)
    else:
        found = kept.about(register, parties_of(asked, party), limit)
        total = len(found)
    return document({**asked.stamp(), "total": total, "articles": [kept_json(item) for item in found]})


@router.get("/articles/{article}")
def article(asked: QuestionOf, article: str) -> Response:
    """One kept article, read against the register as it is now."""
    found = kept_article(asked, article)
    reading = to_json(asked.edition.read(found.article))
    return document({**asked.stamp(), "id": found.id, "read_at": found.read_at, **reading})


def kept_article(asked: QuestionOf, id: str) -> kept.Kept:
    """A kept article.

    Raises:
        NotFoundError: there is none of that id.
    """
    found = kept.find(asked.edition.register, id)
    if found is None:
        raise NotFoundError(f"no article has the id {id[:100]!r}")
    return found


def kept_json(item: kept.Kept) -> dict[str, Any]:
    """A kept article in a list."""
    return {
        "id": item.id,
        "title": item.article.title,
        "url": item.article.url,
        "author": item.article.author,
        "published": published_text(item.article),
        "parties": sorted(item.parties),
        "read_at": item.read_at,
    }


def parties_of(asked: QuestionOf, party: str) -> list[str]:
    """The ids that a party goes by and has gone by."""
    dossier = asked.edition.dossier(party, asked.asked)
    return [dossier.party.id, *dossier.referents]
