"""`vacatur screen --file`: a file of customers in, a file of hits out, with progress and a summary."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from vacatur.cli import show
from vacatur.cli.common import UsageError, opened, print_json, read_asked
from vacatur.review.cases import open_cases
from vacatur.review.remembered import apply_decisions, load_decisions
from vacatur.screening.batch import COLUMNS, BatchScreener, Result, result_line, result_rows
from vacatur.screening.customers import CustomerFileError, TableWriter, read_customers
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import Screener


class RateColumn(ProgressColumn):
    """Rows a second."""

    def render(self, task: Task) -> Text:
        """The rate so far, once there is one."""
        return Text(f"{task.speed:,.0f} rows/s" if task.speed else "")


class Sink(Protocol):
    """Where results go, one after the other."""

    def __call__(self, result: Result) -> None:
        """Take one result."""
        ...


def screen_file(
    file: Path,
    out: Path,
    mapping: list[str],
    delimiter: str | None,
    encoding: str | None,
    limit: int,
    threshold: float,
    times: tuple[str | None, str | None, str | None],
    url: str | None,
    *,
    as_json: bool,
    honours: bool = False,
    opens: bool = False,
) -> int:
    """Screen every row of `file` into `out`; the number of rows with a hit that needs a person.

    `honours`: decisions taken before are applied. `opens`: hits that none covers go into the review queue.
    """
    totals = {"rows": 0, "rows_with_hits": 0, "hits": 0, "errors": 0, "dismissed": 0, "cases": 0}
    found = 0
    customers = read_customers(file, read_mapping(mapping), delimiter=delimiter, encoding=encoding)
    with opened(url) as register, _sink(out) as write, _progress(file) as (progress, task):
        index = open_index(register)
        screener = Screener(register, index, read_asked(register, *times))
        batch = BatchScreener(screener, limit=limit, threshold=threshold)
        decisions = load_decisions(register) if honours else {}
        waiting: list[Result] = []
        for screened in batch.screen(customers):
            result = apply_decisions(screened, decisions)
            write(result)
            _count(totals, result)
            found += result.findings > 0
            if opens and result.findings:
                waiting.append(result)
            if totals["rows"] % 50 == 0:
                progress.update(task, completed=totals["rows"])
        totals["cases"] = open_cases(register, waiting, index.content_hash)
    if as_json:
        print_json({**totals, "out": str(out)})
    else:
        words = show.coverage_words(screener.coverage, screener.notes)
        print(
            f"{totals['rows']:,} rows screened: {totals['rows_with_hits']:,} with hits, {totals['hits']:,} hits in all,"
            f" {totals['errors']:,} rows with errors; written to {show.safe(str(out))}\n{words}",
            file=sys.stderr,
        )
        if honours:
            print(
                f"{totals['dismissed']:,} hits were decided before as false matches;"
                f" {totals['cases']:,} cases opened for review",
                file=sys.stderr,
            )
    return found


def read_mapping(given: list[str]) -> dict[str, str]:
    """`name=CustomerName` as {field: header}."""
    mapping = {}
    for item in given:
        field, equals, header = item.partition("=")
        if not equals or not field or not header:
            raise UsageError(f"--map: expected COLUMN=HEADER, got {item!r}")
        mapping[field.strip()] = header.strip()
    return mapping


def _count(totals: dict[str, int], result: Result) -> None:
    totals["rows"] += 1
    totals["errors"] += result.answer is None
    hits = len(result.answer.hits) if result.answer else 0
    totals["hits"] += hits
    totals["rows_with_hits"] += hits > 0
    totals["dismissed"] += hits - result.findings


def _sink(out: Path) -> AbstractContextManager[Sink]:
    return _lines(out) if out.suffix.lower() in (".jsonl", ".ndjson") else _table(out)


@contextmanager
def _lines(out: Path) -> Iterator[Sink]:
    if not out.parent.is_dir():
        raise CustomerFileError(f"{out}: no such folder")
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8") as file:

            def write(result: Result) -> None:
                file.write(result_line(result) + "\n")

            yield write
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _table(out: Path) -> Iterator[Sink]:
    with TableWriter(out, COLUMNS) as table:
        yield lambda result: table.write(result_rows(result))


@contextmanager
def _progress(file: Path) -> Iterator[tuple[Progress, Any]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeElapsedColumn())
    with Progress(*columns, console=show.console(stderr=True), transient=True) as progress:
        yield progress, progress.add_task(f"screening {show.safe(file.name)}", total=None)
