"""`vacatur screen` and `demo`: who may this be, and where do they stand."""

from pathlib import Path
from typing import Annotated

import typer

from vacatur.cli.common import (
    ExitCodeOption,
    JsonOption,
    KnownOption,
    OnOption,
    RecordedOption,
    RegisterOption,
    UsageError,
    opened,
    print_json,
    read_asked,
)

DEMO = (
    ("Xiaomi", "2021-04-01"),
    ("Huawei Technologies", "2019-05-20"),
    ("Луокунг", "2021-05-06"),
    ("ZTE Corp", "2018-05-01"),
    ("WeChat", "2020-10-01"),
    ("Tik Tok", "2025-06-01"),
    ("Mikhail Fridmann", "2024-05-01"),
)
"""Queries of the demonstration: name as a customer file may spell it, and day."""


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(screen)
    app.command()(demo)


def screen(
    name: Annotated[str | None, typer.Argument(help="Name to look for.", show_default=False)] = None,
    schema: Annotated[str | None, typer.Option(help="FollowTheMoney schema: Company, Person, Vessel …")] = None,
    country: Annotated[list[str] | None, typer.Option(help="Country, by its code or name; repeatable.")] = None,
    birth_date: Annotated[str | None, typer.Option(help="Birth date or year.")] = None,
    identifier: Annotated[list[str] | None, typer.Option(help="ISIN, LEI, ticker, registration …; repeatable.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most hits to show.")] = 10,
    threshold: Annotated[float, typer.Option(min=0, max=1, help="Lowest score of a hit.")] = 0.7,
    file: Annotated[Path | None, typer.Option(help="Screen many: csv, xlsx, parquet or jsonl.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the hits of --file go: csv, xlsx, parquet or jsonl.")] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=HEADER", help="name=CustomerName …; repeatable.")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="Delimiter of a csv file (default: recognised).")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of a csv file (default: recognised).")] = None,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="With --file: honour what people decided about these hits before.")
    ] = False,
    review: Annotated[
        bool, typer.Option("--review", help="With --file: put hits that no decision covers into the review queue.")
    ] = False,
    workers: Annotated[int, typer.Option(min=0, help="With --file: processes (0: one a core).")] = 0,
    resume: Annotated[
        bool, typer.Option("--resume", help="With --file: go on with a run that was stopped, from where it was.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what made each score, word by word.")] = False,
    on: OnOption = None,
    known: KnownOption = None,
    recorded: RecordedOption = None,
    register: RegisterOption = None,
    json: JsonOption = False,
    exit_code: ExitCodeOption = False,
) -> None:
    """Find the parties behind a name or identifier, with the legal status of every listing.

    Examples:
      vacatur screen "Xiaomi" --on 2021-04-01
      vacatur screen --identifier KYG9830T1067
      vacatur screen --file customers.csv --out hits.csv --on 2021-04-01
      vacatur screen --file customers.csv --out hits.csv --decisions --review --exit-code
      vacatur screen --file customers.csv --out hits.csv --resume
    """
    if file is not None:
        if name or identifier:
            raise UsageError("give either a name or --file, not both")
        if out is None:
            raise UsageError("--file needs --out: where the hits go (hits.csv, .xlsx, .parquet or .jsonl)")
        from vacatur.cli.many import FileRun, screen_file

        run = FileRun(
            file,
            out,
            tuple(map_ or ()),
            delimiter,
            encoding,
            limit,
            threshold,
            honours=decisions or review,
            opens=review,
            workers=workers,
            resumes=resume,
        )
        hits = screen_file(run, (on, known, recorded), register, as_json=json)
    else:
        if out or map_ or resume or decisions or review:
            raise UsageError("--out, --map, --resume, --decisions and --review go with --file")
        if not (name and name.strip()) and not any(value.strip() for value in identifier or ()):
            raise UsageError('give a name or an --identifier: vacatur screen "Xiaomi"')
        hits = _screen_one(
            (name or "").strip(),
            (schema, country or [], birth_date, identifier or []),
            limit,
            threshold,
            (on, known, recorded),
            register,
            explain=explain,
            as_json=json,
        )
    if exit_code and hits:
        raise typer.Exit(1)


def _screen_one(
    name: str,
    details: tuple[str | None, list[str], str | None, list[str]],
    limit: int,
    threshold: float,
    times: tuple[str | None, str | None, str | None],
    url: str | None,
    *,
    explain: bool,
    as_json: bool,
) -> int:
    from vacatur.cli import show
    from vacatur.screening.batch import query_of
    from vacatur.screening.details import read_details
    from vacatur.screening.indexing import open_index
    from vacatur.screening.plain import answer_json
    from vacatur.screening.screen import Screener

    schema, countries, birth_date, identifiers = details
    fields = {
        "name": name,
        "schema": schema or "",
        "country": ";".join(countries),
        "birth_date": birth_date or "",
        "identifier": ";".join(identifiers),
    }
    if left_out := read_details(fields).left_out:
        raise UsageError(left_out[0].removesuffix(", left out"))
    query = query_of(fields)
    with opened(url) as register:
        asked = read_asked(register, *times)
        answer = Screener(register, open_index(register), asked).screen(query, limit=limit, threshold=threshold)
    if as_json:
        print_json(answer_json(answer))
    else:
        show.print_answer(show.console(), answer, explain=explain)
    return len(answer.hits)


def demo(register: RegisterOption = None) -> None:
    """Screen a few names against the packaged dossiers: no network, no set-up.

    Example:
      vacatur demo
    """
    from datetime import date

    from rich.table import Table
    from rich.text import Text

    from vacatur.cli import show
    from vacatur.law.status import State
    from vacatur.matching.model import Query
    from vacatur.screening.indexing import open_index
    from vacatur.screening.screen import Screener
    from vacatur.screening.standing import Asked

    table = Table(title="Who is it, and where do they stand on that day?", title_justify="left")
    for heading in ("query", "on", "party", "score", "measure", "status", "last act"):
        table.add_column(heading)
    with opened(register) as opened_register:
        index = open_index(opened_register)
        now = read_asked(opened_register, None, None, None)
        for name, day in DEMO:
            screener = Screener(opened_register, index, Asked(date.fromisoformat(day), now.known, now.recorded))
            answer = screener.screen(Query(name=name), limit=1)
            for hit in answer.hits:
                lead = [name, day, show.safe(hit.party.caption), f"{hit.score:.2f}"]
                for status in hit.statuses:
                    if status.state is not State.NEVER_LISTED:
                        words = Text(show.state_words(status), style=show.STATE_STYLE[status.state])
                        last = show.act_words(status.because[-1]) if status.because else ""
                        table.add_row(*lead, status.measure.id, words, last)
                        lead = [""] * 4
            table.add_section()
    out = show.console()
    out.print(table)
    out.print(show.coverage_words(answer.coverage, answer.notes))
