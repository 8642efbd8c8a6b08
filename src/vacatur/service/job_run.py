"""The process that reads one uploaded file: `python -m vacatur.service.job_run FOLDER [--peek]`.

It limits itself before it opens the file, tells its progress in files of the job's folder, and ends. What goes wrong
with the file is said in words for the person who sent it, without the names of our folders.
"""

import fcntl
import json
import os
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vacatur.errors import UserError
from vacatur.law.moments import parse_moment
from vacatur.register import Register
from vacatur.review.cases import open_cases
from vacatur.review.remembered import apply_decisions, load_decisions
from vacatur.screening.batch import COLUMNS, BatchScreener, Result, result_line, result_rows
from vacatur.screening.customers import CustomerFileError, TableWriter, preview, read_customers, recognised
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import DEFAULT_LIMIT, Screener
from vacatur.screening.standing import Asked

MEMORY = 4_000_000_000
FILE_SIZE = 4_000_000_000
UNPACKED = 400_000_000
"""Bytes that a workbook may hold once unpacked: its size on disk says nothing."""

AT_ONCE = 2
SHOWN = 500
TOLD_SECONDS = 0.3
OPENED_AT_ONCE = 500


class CancelledError(UserError):
    """The person asked to stop."""


def main(folder: Path, *, peek: bool) -> None:
    """Read the header, or screen the file."""
    os.nice(10)
    seconds = int(os.environ["VACATUR_JOB_SECONDS"])
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20) if peek else (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    about = json.loads((folder / "job.json").read_bytes())
    upload = folder / f"upload{about['suffix']}"
    try:
        refuse_bomb(upload)
        if peek:
            header, rows = preview(upload)
            columns = {"columns": header[:200], "rows": [row[:200] for row in rows], "mapping": recognised(header)}
            tell(folder / "columns.json", columns)
        else:
            _Screening(folder, about, upload).run()
    except CancelledError:
        return
    except UserError as error:
        tell(folder / "error.json", {"error": str(error).replace(f"{upload}", about["file"])})
    except Exception as error:
        tell(folder / "error.json", {"error": f"the file can't be read: it is damaged ({type(error).__name__})"})


def refuse_bomb(path: Path) -> None:
    """Refuse a workbook that unpacks to more than it may; Python unpacks no more than the sizes that are stated."""
    if path.suffix != ".xlsx":
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise CustomerFileError(f"{path}: not an Excel workbook") from None
    if unpacked > UNPACKED:
        raise CustomerFileError(f"{path}: unpacks to {unpacked:,} bytes, more than {UNPACKED:,}")


class _Screening:
    """One run over a file, with what it tells."""

    def __init__(self, folder: Path, about: dict[str, Any], upload: Path) -> None:
        self.folder = folder
        self.about = about
        self.upload = upload
        self.counts = {"rows": 0, "total": 0, "rows_with_hits": 0, "hits": 0, "errors": 0, "dismissed": 0, "cases": 0}
        self.shown: list[dict[str, Any]] = []
        self.waiting: list[Result] = []
        self.told = 0.0

    def run(self) -> None:
        """Screen, and put all results in place at once."""
        mapping, most = self.about["mapping"], int(os.environ["VACATUR_JOB_ROWS"])
        for _ in read_customers(self.upload, mapping):
            self.counts["total"] += 1
            if self.counts["total"] > most:
                raise CustomerFileError(f"{self.upload}: has more than {most:,} rows")
        register = Register.open(os.environ["VACATUR_REGISTER"])
        index = open_index(register)
        now = datetime.now(UTC).replace(microsecond=0)
        asked = Asked(parse_moment(self.about["on"]) if self.about["on"] else now, now, index.transaction)
        batch = BatchScreener(Screener(register, index, asked), limit=DEFAULT_LIMIT, threshold=self.about["threshold"])
        decisions = load_decisions(register)
        with ExitStack() as stack:
            stack.enter_context(_slot(self.folder))
            paths = [self.folder / f"hits.{form}" for form in ("csv", "xlsx")]
            tables = [stack.enter_context(TableWriter(path, COLUMNS)) for path in paths]
            lines = stack.enter_context((self.folder / "hits.jsonl").open("w", encoding="utf-8"))
            for screened in batch.screen(read_customers(self.upload, mapping)):
                result = apply_decisions(screened, decisions)
                for table in tables:
                    table.write(result_rows(result))
                lines.write(result_line(result) + "\n")
                self._count(result)
                if len(self.waiting) >= OPENED_AT_ONCE:
                    self._open_cases(register, index.content_hash)
        self._open_cases(register, index.content_hash)
        tell(self.folder / "shown.json", {"hits": self.shown})
        stamp = {"index": index.content_hash, "recorded": index.transaction}
        tell(self.folder / "done.json", {**self.counts, **stamp})

    def _open_cases(self, register: Register, index: str) -> None:
        self.counts["cases"] += open_cases(register, self.waiting, index)
        self.waiting.clear()

    def _count(self, result: Result) -> None:
        hits = result.answer.hits if result.answer else ()
        self.counts["rows"] += 1
        self.counts["errors"] += result.answer is None
        self.counts["hits"] += len(hits)
        self.counts["rows_with_hits"] += bool(hits)
        self.counts["dismissed"] += len(hits) - result.findings
        if self.about["review"] and result.findings:
            self.waiting.append(result)
        if len(self.shown) < SHOWN:
            self.shown += shown(result)
        if time.monotonic() - self.told > TOLD_SECONDS:
            self.told = time.monotonic()
            if (self.folder / "cancel").exists() or not self.folder.exists():
                raise CancelledError("cancelled")
            tell(self.folder / "progress.json", self.counts)


@contextmanager
def _slot(folder: Path) -> Iterator[None]:
    """A place among the few screenings that run at once; waits for one."""
    while True:
        for place in range(AT_ONCE):
            with (folder.parent / f"slot-{place}.lock").open("w") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
        if (folder / "cancel").exists():
            raise CancelledError("cancelled")
        time.sleep(TOLD_SECONDS)


def shown(result: Result) -> list[dict[str, Any]]:
    """The hits of a row, or its error, as a page lists them."""
    fields = result.customer.fields
    row = {
        "row": result.customer.row,
        "id": fields.get("id", ""),
        "name": fields.get("name") or fields.get("identifier"),
    }
    if result.answer is None:
        return [{**row, "error": result.error}]
    return [
        {
            **row,
            "party": hit.party.id,
            "caption": hit.party.caption,
            "score": hit.score,
            "states": [[status.measure.id, status.state.value] for status in hit.statuses],
            "decided": result.marks[hit.party.id].words if hit.party.id in result.marks else None,
        }
        for hit in result.answer.hits
    ]


def tell(path: Path, content: dict[str, Any]) -> None:
    """Write a file whole."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(json.dumps(content), "utf-8")
    beside.replace(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), peek="--peek" in sys.argv[2:])
