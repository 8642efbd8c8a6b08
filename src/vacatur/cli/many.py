"""`vacatur screen --file`: a file of customers in, a file of hits out, by all cores, with progress and a summary."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from vacatur.cli import show
from vacatur.cli.common import UsageError, opened, print_json, read_asked
from vacatur.law.moments import parse_moment
from vacatur.matching.index import Index
from vacatur.register import Register
from vacatur.review.cases import open_cases
from vacatur.review.remembered import remembering
from vacatur.screening import pieces
from vacatur.screening.batch import COLUMNS
from vacatur.screening.customers import CustomerFileError, TableWriter, count_rows, read_customers
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import coverage, notes
from vacatur.screening.standing import Asked

LINES = (".jsonl", ".ndjson")


class RateColumn(ProgressColumn):
    """Rows a second."""

    def render(self, task: Task) -> Text:
        """The rate so far, once there is one."""
        return Text(f"{task.speed:,.0f} rows/s" if task.speed else "")


@dataclass(frozen=True, slots=True)
class FileRun:
    """What is asked of a file: how it is read, what counts as a hit, and what is done with decisions.

    `honours`: decisions taken before are applied. `opens`: hits that none covers go into the review queue. `workers`:
    processes, 0 for one a core.
    """

    file: Path
    out: Path
    mapping: tuple[str, ...] = ()
    delimiter: str | None = None
    encoding: str | None = None
    limit: int = 10
    threshold: float = 0.7
    honours: bool = False
    opens: bool = False
    workers: int = 0
    resumes: bool = False

    @property
    def as_lines(self) -> bool:
        """Whether hits are written as lines of JSON."""
        return self.out.suffix.lower() in LINES

    @property
    def folder(self) -> Path:
        """Where finished pieces wait until all are there."""
        return self.out.with_name(f".{self.out.name}.run")


def screen_file(
    asked_for: FileRun, times: tuple[str | None, str | None, str | None], url: str | None, *, as_json: bool
) -> int:
    """Screen every row of the file; how much needs a person: hits without a decision, and rows with errors."""
    run = asked_for
    customers = read_customers(
        run.file, read_mapping(list(run.mapping)), delimiter=run.delimiter, encoding=run.encoding
    )
    _check_out(run.out)
    with opened(url) as register:
        index = open_index(register)
        asked = read_asked(register, *times)
        kept, asked = _begin(run, asked, index)
        refiner = remembering if run.honours else None
        address = register.url.render_as_string(hide_password=False)
        task = pieces.Task(
            address, asked, index.content_hash, run.limit, run.threshold, run.as_lines, refiner, run.opens
        )
        tally, cases = _screen(run, kept, task, customers, register, index)
        _put_together(run, kept)
        snapshot = register.snapshot(asked.recorded)
        covered = coverage(snapshot, asked)
        words = show.coverage_words(covered, notes(snapshot, covered))
    if as_json:
        counted = {key: value for key, value in asdict(tally).items() if key != "findings"}
        print_json({**counted, "cases": cases, "out": str(run.out)})
        return tally.findings + tally.errors
    print(
        f"{tally.rows:,} rows screened: {tally.rows_with_hits:,} with hits, {tally.hits:,} hits in all,"
        f" {tally.errors:,} rows with errors; written to {show.safe(str(run.out))}\n{words}",
        file=sys.stderr,
    )
    if run.honours:
        decided = f"{tally.dismissed:,} hits were decided before as false matches"
        print(f"{decided}; {cases:,} cases opened for review", file=sys.stderr)
    return tally.findings + tally.errors


def _check_out(out: Path) -> None:
    if out.suffix.lower() not in LINES:
        TableWriter.check(out)
    elif not out.parent.is_dir():
        raise CustomerFileError(f"{out}: no such folder")


def _begin(run: FileRun, asked: Asked, index: Index) -> tuple[pieces.Run, Asked]:
    """The run to go on with and what it asks, or a new one."""
    size = run.file.stat()
    asks = {
        "file": [str(run.file.resolve()), size.st_size, size.st_mtime_ns],
        "mapping": list(run.mapping),
        "delimiter": run.delimiter,
        "encoding": run.encoding,
        "limit": run.limit,
        "threshold": run.threshold,
        "decisions": [run.honours, run.opens],
        "index": index.content_hash,
    }
    if run.resumes:
        kept = pieces.Run.resume(run.folder)
        if kept is None:
            raise UsageError(f"--resume: no run to {run.out} was left unfinished; start it without --resume")
        changed = [name for name, value in asks.items() if kept.manifest.get(name) != value]
        if changed:
            raise UsageError(f"--resume: {', '.join(changed)} is not as it was when the run began; start without it")
        on, known, recorded = kept.manifest["asked"]
        return kept, Asked(parse_moment(on), parse_moment(known), recorded)
    moments = [asked.on.isoformat(), asked.known.isoformat(), asked.recorded]
    return pieces.Run.start(run.folder, asks | {"asked": moments}), asked


def _screen(
    run: FileRun, kept: pieces.Run, task: pieces.Task, customers: Iterator[Any], register: Register, index: Index
) -> tuple[pieces.Tally, int]:
    tally, cases = pieces.Tally(), 0
    try:
        with _progress(run.file) as (progress, bar):
            for piece in kept.go(task, customers, run.workers or os.cpu_count() or 1):
                tally += piece.tally
                cases += open_cases(register, piece.waiting, index.content_hash) if piece.waiting else 0
                progress.update(bar, completed=tally.rows)
    except BaseException:
        if not kept.has_pieces():
            kept.clear()
        else:
            words = f"{tally.rows:,} rows are done and kept; --resume goes on from there"
            print(f"vacatur: {words}", file=sys.stderr)
        raise
    return tally, cases


def _put_together(run: FileRun, kept: pieces.Run) -> None:
    if run.as_lines:
        beside = run.out.with_name(f".{run.out.name}.part")
        with beside.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in kept.lines())
        beside.replace(run.out)
    else:
        with TableWriter(run.out, COLUMNS) as table:
            table.write(json.loads(line) for line in kept.lines())
    kept.clear()


def read_mapping(given: list[str]) -> dict[str, str]:
    """`name=CustomerName` as {field: header}."""
    mapping = {}
    for item in given:
        field, equals, header = item.partition("=")
        if not equals or not field or not header:
            raise UsageError(f"--map: expected COLUMN=HEADER, got {item!r}")
        mapping[field.strip()] = header.strip()
    return mapping


@contextmanager
def _progress(file: Path) -> Iterator[tuple[Progress, Any]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=show.console(stderr=True), transient=True) as progress:
        yield progress, progress.add_task(f"screening {show.safe(file.name)}", total=count_rows(file))
