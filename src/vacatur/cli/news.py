"""`vacatur read` and `evaluate`: an article's claims against the record of that day, and how well that works."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
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

evaluate = typer.Typer(no_args_is_help=True, help="Measure the quality of answers on labelled data.")

VERDICT_STYLE = {"supported": "bold black on green", "contradicted": "bold white on red", "unknown": "dim"}


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(read)
    app.add_typer(evaluate, name="evaluate")


def read(
    page: Annotated[str, typer.Argument(metavar="PATH|URL|-", help="HTML, text, JSON, RSS or Atom; - is stdin.")],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication, if the page hides it.")
    ] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Record what the register lacks as proposed acts, for a person to decide.")
    ] = False,
    register: RegisterOption = None,
    json: JsonOption = False,
    exit_code: ExitCodeOption = False,
) -> None:
    """Read an article and check each of its claims against the record of that day.

    Examples:
      vacatur read article.html
      vacatur read https://example.org/news/1 --published 2021-03-13
    """
    from vacatur.news.reading import read_article, to_json
    from vacatur.register import review

    content, url = load_page(page)
    with _record(register) as (opened_register, record):
        reading = read_article(content, record, url=url, published=read_day(published))
        proposed = 0
        if propose and reading.proposed:
            origin = url or page
            actor = getpass.getuser()
            proposed = review.propose(
                opened_register, reading.proposed, origin=origin, actor=actor, reason="reported in an article"
            )
    document = to_json(reading)
    if json:
        print_json(document)
    else:
        print_reading(document)
        if propose:
            typer.echo(f"{proposed} acts proposed; see: vacatur acts list --proposed")
    if exit_code and any(claim["verdict"] == "contradicted" for claim in document["claims"]):
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


@contextmanager
def _record(url: str | None) -> Iterator[tuple[Any, Any]]:
    from vacatur.news.registered import RegisteredRecord
    from vacatur.screening.indexing import open_index
    from vacatur.screening.screen import Screener

    with opened(url) as register:
        index = open_index(register)
        yield register, RegisteredRecord(Screener(register, index, read_asked(register, None, None, None)), index)


def print_reading(document: dict[str, Any]) -> None:
    """Each claim with its verdict, evidence and note; then who is quoted."""
    from rich.padding import Padding
    from rich.text import Text

    from vacatur.cli import show

    out = show.console()
    out.print(Text(show.safe(document["article"]["title"] or "(no title)"), style="bold"))
    for claim in document["claims"]:
        out.print(Padding(Text(show.safe(f"“{claim['sentence']}”")), (1, 0, 0, 2)))
        party = claim["party"]["caption"] if claim["party"] else "?"
        slots = [party, claim["measure"], claim["kind"], claim["judge"] or claim["court"], claim["date"]]
        line = Text("     " + show.safe(" · ".join(str(slot) for slot in slots if slot)) + "   ")
        line.append(claim["verdict"].upper(), style=VERDICT_STYLE[claim["verdict"]])
        line.append(show.safe(f"  {', '.join(claim['evidence'])}"), style="dim")
        out.print(line)
        if claim["note"]:
            out.print(Text(show.safe(f"     note: {claim['note']}"), style="dim"))
    for quote in document["quotes"]:
        out.print(Text(show.safe(f"  {quote['speaker'] or 'unknown speaker'}: “{quote['text']}”"), style="italic"))
    if not document["claims"]:
        out.print("  no claim about a listing was found", style="dim")
