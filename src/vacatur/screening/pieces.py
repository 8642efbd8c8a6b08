"""A long screening in pieces: by all cores, in the order of the file, and taken up again after it was killed.

A run keeps its finished pieces in a folder beside the file of hits and puts them together at the end. Each piece is
written beside and renamed, so that a run that was killed goes on with nothing lost or doubled. What it asked (the three
times, the index, the file) is kept with the pieces: a run that asks otherwise can't go on from them.
"""

import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from vacatur.errors import UserError
from vacatur.register import Register
from vacatur.screening.batch import BatchScreener, Result, result_line, result_rows
from vacatur.screening.customers import Customer
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked

PIECE = 1_000
"""Customers in a piece."""

MANIFEST = "run.json"

Refine = Callable[[Result], Result]
"""What is done to a result before it is written: decisions taken before are applied."""


class RunError(UserError):
    """A run that can't go on; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Task:
    """What every worker of a run does; it is handed to processes, so that `refiner` is a function of a module.

    `index` is the content hash of the index that the run asks; `as_lines` writes lines of JSON, else rows of a table;
    `hands_back` returns the results that need a person.
    """

    register: str
    asked: Asked
    index: str
    limit: int
    threshold: float
    as_lines: bool
    refiner: Callable[[Register], Refine] | None = None
    hands_back: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a piece, or of a run."""

    rows: int = 0
    rows_with_hits: int = 0
    hits: int = 0
    errors: int = 0
    dismissed: int = 0
    findings: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A finished piece: its place in the run, its counts, and the results that need a person where asked for."""

    number: int
    tally: Tally
    waiting: tuple[Result, ...] = ()


class Worker:
    """Screens pieces, with register and index opened once."""

    def __init__(self, task: Task) -> None:
        self.task = task
        register = Register.open(task.register)
        index = open_index(register)
        if index.content_hash != task.index:
            raise RunError("the register changed while the file was screened: start again without --resume")
        screener = Screener(register, index, task.asked)
        self._batch = BatchScreener(screener, limit=task.limit, threshold=task.threshold)
        self._refine: Refine = task.refiner(register) if task.refiner else lambda result: result

    def screen(self, number: int, customers: list[Customer], path: Path) -> Piece:
        """Screen `customers` into the file `path`: counts on the first line, then what is written, line by line."""
        tally = Tally()
        lines: list[str] = []
        waiting: list[Result] = []
        for screened in self._batch.screen(customers):
            result = self._refine(screened)
            tally += _count(result)
            if self.task.as_lines:
                lines.append(result_line(result))
            else:
                lines += [json.dumps(row, ensure_ascii=False) for row in result_rows(result)]
            if self.task.hands_back and result.findings:
                waiting.append(result)
        path.write_text("".join(f"{line}\n" for line in [json.dumps(asdict(tally)), *lines]), "utf-8")
        return Piece(number, tally, tuple(waiting))


def _count(result: Result) -> Tally:
    hits = len(result.answer.hits) if result.answer else 0
    return Tally(1, int(hits > 0), hits, int(result.answer is None), hits - result.findings, int(result.findings > 0))


class Run:
    """One run in its folder."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest

    @classmethod
    def start(cls, folder: Path, manifest: dict[str, Any]) -> "Run":
        """A new run; what an older one left in `folder` goes."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        run = cls(folder, manifest)
        _write_whole(folder / MANIFEST, json.dumps(manifest))
        return run

    @classmethod
    def resume(cls, folder: Path) -> "Run | None":
        """The run that was left in `folder`; None when there is none."""
        try:
            return cls(folder, json.loads((folder / MANIFEST).read_text("utf-8")))
        except (OSError, ValueError):
            return None

    def go(self, task: Task, customers: Iterable[Customer], workers: int) -> Iterator[Piece]:
        """Every piece in order, those that are finished already too; a piece is finished when the next is asked for.

        Raises:
            RunError: a worker process ended.
        """
        pieces = _pieces(customers)
        first = list(islice(pieces, 2))
        waiting = ((number, piece) for source in (first, pieces) for number, piece in source)
        if workers == 1 or len(first) < 2:
            yield from self._alone(task, waiting)
            return
        context = get_context("spawn")
        with ProcessPoolExecutor(workers, context, initializer=_open_worker, initargs=(task,)) as pool:
            try:
                yield from self._in_order(pool, waiting, 2 * workers)
            except BrokenProcessPool:
                raise RunError(
                    "a worker process ended (out of memory?): go on with --resume, perhaps with fewer --workers"
                ) from None

    def _alone(self, task: Task, pieces: Iterable[tuple[int, list[Customer]]]) -> Iterator[Piece]:
        worker: Worker | None = None
        for number, customers in pieces:
            piece = self._finished(number)
            if piece is None:
                worker = worker or Worker(task)
                piece = worker.screen(number, customers, self._part(number))
            yield piece
            self._finish(number)

    def _in_order(
        self, pool: ProcessPoolExecutor, pieces: Iterable[tuple[int, list[Customer]]], ahead: int
    ) -> Iterator[Piece]:
        """Pieces by number; at most `ahead` are read, so that memory stays level."""
        under_way: deque[Future[Piece] | Piece] = deque()

        def oldest() -> Piece:
            found = under_way.popleft()
            return found if isinstance(found, Piece) else found.result()

        for number, customers in pieces:
            finished = self._finished(number)
            under_way.append(finished or pool.submit(_screen_piece, number, customers, self._part(number)))
            if len(under_way) >= ahead:
                piece = oldest()
                yield piece
                self._finish(piece.number)
        while under_way:
            piece = oldest()
            yield piece
            self._finish(piece.number)

    def lines(self) -> Iterator[str]:
        """What was written, piece by piece, without line ends."""
        for path in sorted(self.folder.glob("[0-9]*.piece")):
            with path.open(encoding="utf-8") as file:
                next(file)
                yield from (line.rstrip("\n") for line in file)

    def clear(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def has_pieces(self) -> bool:
        """Whether a run could go on from here."""
        return any(self.folder.glob("*.piece"))

    def _part(self, number: int) -> Path:
        return self.folder / f"{number:08d}.part"

    def _finish(self, number: int) -> None:
        with suppress(FileNotFoundError):  # finished before, by the run that was killed
            os.replace(self._part(number), self._path(number))

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:08d}.piece"

    def _finished(self, number: int) -> Piece | None:
        try:
            with self._path(number).open(encoding="utf-8") as file:
                return Piece(number, Tally(**json.loads(next(file))))
        except FileNotFoundError:
            return None


def _pieces(customers: Iterable[Customer]) -> Iterator[tuple[int, list[Customer]]]:
    iterator = iter(customers)
    number = 0
    while piece := list(islice(iterator, PIECE)):
        yield number, piece
        number += 1


def _write_whole(path: Path, text: str) -> None:
    beside = path.with_suffix(".part")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)


_worker: Worker | None = None
"""The worker of this process."""


def _open_worker(task: Task) -> None:
    global _worker  # noqa: PLW0603 - a process of the pool has one
    _worker = Worker(task)


def _screen_piece(number: int, customers: list[Customer], path: Path) -> Piece:
    if _worker is None:
        raise RunError("a worker was asked before it was opened")
    return _worker.screen(number, customers, path)
