"""`vacatur read` and `evaluate`: an article's claims against the record of that day, and how well that works."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import (
    ExitCodeOption,
    JsonOption,
    RegisterOption,
    UsageError,
    opened,
    print_json,
    read_asked,
)
from vacatur.errors import UserError

evaluate = typer.Typer(
    no_args_is_help=True,
    help="""Measure the quality of answers on labelled data.

    Example:
      vacatur evaluate news tests/news/articles/test
    """,
)

VERDICT_STYLE = {"supported": "bold black on green", "contradicted": "bold white on red", "unknown": "dim"}


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(read)
    app.add_typer(evaluate, name="evaluate")


def read(
    page: Annotated[
        str | None, typer.Argument(metavar="PATH|URL|-", help="HTML, text, JSON, RSS or Atom; - is stdin.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication, if the page hides it.")
    ] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Record what the register lacks as proposed acts, for a person to decide.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the article with the register: for its page, and as related to others.")
    ] = False,
    feed: Annotated[
        str | None,
        typer.Option("--feed", metavar="PATH|URL", help="Read what an RSS or Atom feed brings anew, and keep it."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="With --feed: fetch the page of each item too.")] = False,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Ask the language model at VACATUR_MODEL_URL to point at further claims.")
    ] = False,
    register: RegisterOption = None,
    json: JsonOption = False,
    exit_code: ExitCodeOption = False,
) -> None:
    """Read an article and check each of its claims against the record of that day.

    Examples:
      vacatur read article.html
      vacatur read https://example.org/news/1 --published 2021-03-13
      vacatur read --feed https://example.org/news.rss
    """
    if (page is None) == (feed is None):
        raise UsageError("give a page to read, or --feed PATH|URL")
    with _reading(register, suggest=suggest) as room:
        if feed is not None:
            documents = room.follow(feed, full=full, propose=propose)
            printed: Any = {"feed": feed, "articles": documents}
        else:
            content, url = load_page(page or "-")
            documents = [room.read(content, url or None, read_day(published), keep=keep, propose=propose)]
            printed = documents[0]
    if json:
        print_json(printed)
    else:
        for document in documents:
            print_reading(document)
        if not documents:
            typer.echo("the feed brings nothing new")
    if exit_code and any(claim["verdict"] == "contradicted" for one in documents for claim in one["claims"]):
        raise typer.Exit(1)


@evaluate.command("news")
def evaluate_news(
    folder: Annotated[Path, typer.Argument(help="Folder of labelled articles (JSON).")], register: RegisterOption = None
) -> None:
    """Print precision, recall and F1 of parties, claims, dates, courts, quotes and verdicts on labelled articles.

    Example:
      vacatur evaluate news tests/news/articles/test
    """
    from vacatur.news.evaluate import evaluate as measure

    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    with _record(register) as (_, record):
        typer.echo(measure(folder, record).table())


def load_page(page: str) -> tuple[bytes, str | None]:
    """The bytes of a file, of standard input, or of a public address, which is fetched guardedly; and its address."""
    from vacatur.news.fetch import fetch

    if page == "-":
        return sys.stdin.buffer.read(), None
    if page.startswith(("http://", "https://")):
        fetched = fetch(page)
        return fetched.body, fetched.url
    try:
        return Path(page).read_bytes(), None
    except OSError as error:
        raise UsageError(f"can't read {page}: {error.strerror}") from None


def read_day(text: str | None) -> date | None:
    """A day given on the command line."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"--published: not a day: {text!r} (expected 2021-03-13)") from None


@dataclass(frozen=True)
class _Reading:
    """A register with what reading against it needs."""

    register: Any
    record: Any
    index: Any
    model: Any

    def read(
        self, content: Any, url: str | None, published: date | None, *, keep: bool, propose: bool
    ) -> dict[str, Any]:
        """One article as the contract's `read` document; kept and proposed as asked."""
        from vacatur.news import kept
        from vacatur.news.reading import read_article, to_json
        from vacatur.news.suggest import ModelError
        from vacatur.register import review

        def read(model: Any) -> Any:
            return read_article(content, self.record, index=self.index, url=url, published=published, model=model)

        try:
            reading = read(self.model)
        except ModelError as error:
            typer.echo(str(error), err=True)
            reading = read(None)
        reading = kept.with_related(self.register, reading)
        actor = getpass.getuser()
        if keep:
            kept.keep(self.register, reading, actor)
            typer.echo(f"kept as {kept.article_id(reading.article)}", err=True)
        if propose and reading.proposed:
            origin = reading.article.url or reading.article.title or "an article"
            number = review.propose(
                self.register, reading.proposed, origin=origin, actor=actor, reason="reported in an article"
            )
            typer.echo(f"{number} acts proposed; see: vacatur acts list --proposed", err=True)
        return to_json(reading)

    def follow(self, feed: str, *, full: bool, propose: bool) -> list[dict[str, Any]]:
        """The articles of a feed that are not kept yet, the oldest first, each read and kept."""
        from vacatur.news import kept
        from vacatur.news.feeds import read_feed
        from vacatur.news.page import read_page

        documents = []
        for item in reversed(read_feed(load_page(feed)[0])):
            article = item.article
            if full and item.link:
                try:
                    content, url = load_page(item.link)
                    day = article.published.last if article.published else None
                    article = read_page(content, url=url, published=day)
                except UserError as error:
                    typer.echo(f"only what the feed says of {item.link}: {error}", err=True)
            if kept.holds(self.register, article):
                continue
            try:
                documents.append(self.read(article, None, None, keep=True, propose=propose))
            except UserError as error:
                typer.echo(str(error), err=True)
        return documents


@contextmanager
def _reading(url: str | None, *, suggest: bool) -> Iterator[_Reading]:
    from vacatur.news.reading import index_of
    from vacatur.news.suggest import Model

    model = Model.from_environment() if suggest else None
    if suggest and model is None:
        raise UsageError(
            "--suggest: set VACATUR_MODEL_URL to an OpenAI-compatible endpoint, as http://localhost:8080/v1"
        )
    with _record(url) as (register, record):
        yield _Reading(register, record, index_of(record), model)


@contextmanager
def _record(url: str | None) -> Iterator[tuple[Any, Any]]:
    from vacatur.news.registered import RegisteredRecord
    from vacatur.screening.indexing import open_index
    from vacatur.screening.screen import Screener

    with opened(url) as register:
        index = open_index(register)
        yield register, RegisteredRecord(Screener(register, index, read_asked(register, None, None, None)), index)


def print_reading(document: dict[str, Any]) -> None:
    """Each sentence that claims something, with a line a claim, its verdict, evidence and note; then who is quoted."""
    from rich.padding import Padding
    from rich.text import Text

    from vacatur.cli import show

    out = show.console()
    article = document["article"]
    heading = Text(show.safe(article["title"] or "(no title)"), style="bold")
    heading.append(show.safe("".join(f"  {article[key]}" for key in ("published", "author") if article[key])), "dim")
    out.print(heading)
    for sentence, claims in groupby(document["claims"], key=lambda claim: claim["sentence"]):
        out.print(Padding(Text(show.safe(f"“{sentence}”")), (1, 0, 0, 2)))
        for claim in claims:
            out.print(Padding(_line(claim), (0, 0, 0, 5)))
            notes = [("note", claim["note"])]
            if claim["as_known_now"]["verdict"] != claim["verdict"]:
                notes.append(("as known now", f"{claim['as_known_now']['verdict']}: {claim['as_known_now']['note']}"))
            for what, note in notes:
                if note:
                    out.print(Padding(Text(show.safe(f"{what}: {note}"), style="dim"), (0, 0, 0, 5)))
    if not document["claims"]:
        out.print("  no claim about a listing was found", style="dim")
    for claim in document["suggested"]:
        out.print(Padding(Text(show.safe(f"a language model points at: “{claim['sentence']}”")), (1, 0, 0, 2)))
        out.print(Padding(_line(claim), (0, 0, 0, 5)))
    for quote in document["quotes"]:
        said = Text(show.safe(f"{quote['speaker'] or 'unknown speaker'}: “{quote['text']}”"), style="italic")
        out.print(Padding(said, (0, 0, 0, 2)))
    for item in document["related"]:
        what = f"nearly the same ({item['likeness']:.0%})" if item["likeness"] else "related"
        out.print(
            Padding(Text(show.safe(f"{what}: {item['title']}  {item['url'] or item['id']}"), "dim"), (0, 0, 0, 2))
        )


def _line(claim: dict[str, Any]) -> Any:
    """`Party · measure · kind · judge (court) · date    VERDICT  day … case number` of each act of its evidence."""
    from rich.text import Text

    from vacatur.cli import show
    from vacatur.news.wording import kind_words

    party = claim["party"]["caption"] if claim["party"] else "?"
    judge = f"Judge {claim['judge']}" if claim["judge"] else None
    court = f"{judge} ({claim['court']})" if judge and claim["court"] else judge or claim["court"]
    kind = kind_words(claim["kind"], negated=claim["negated"])
    slots = [party, claim["measure_name"] or claim["measure"], kind, court, claim["date"]]
    line = Text(show.safe(" · ".join(str(slot) for slot in slots if slot)) + "   ")
    line.append(claim["verdict"].upper(), style=VERDICT_STYLE[claim["verdict"]])
    acts = [act for act in claim["acts"] if act["act"] in claim["evidence"]]
    told = [
        " ".join(str(part) for part in (act["label"], act["effective"], act["case"] or act["citation"]) if part)
        for act in acts
    ]
    line.append(show.safe("  " + "; ".join(told)) if told else "", style="dim")
    return line
