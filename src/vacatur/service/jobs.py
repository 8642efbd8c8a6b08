"""Screenings of uploaded files: each a folder on disk, screened by a process of its own.

What a stranger uploaded is read only in that process, within limits of memory, time and file size. A job's state is
read off its folder, so that every worker answers alike and a restart loses nothing but the run itself: the process
holds a lock while it lives, and a job that began, has not ended and holds none was interrupted.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vacatur.errors import UserError
from vacatur.parties import clean
from vacatur.screening.customers import FORMATS
from vacatur.service.engine import NotFoundError
from vacatur.service.session import Actor
from vacatur.service.settings import Settings

RESULTS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
}
"""Forms in which the hits may be had, with their media types."""

ID = re.compile(r"[A-Za-z0-9_-]{22}")
MOST_JOBS = 200
MOST_RUNNING = 4
"""Jobs kept in all, and running ones of one key (or of all who have none)."""

IDLE_SECONDS = 3_600
"""How long an upload that nobody starts is kept."""

PEEK_SECONDS = 30
LOCK_TRIES = 3
LOCK_SECONDS = 0.01
WORKER = (sys.executable, "-m", "vacatur.service.job_run")


class JobError(UserError):
    """An upload or a step of a job that is refused; says why."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its folder says; `state`: uploaded, running, done, failed, cancelled or interrupted."""

    id: str
    folder: Path
    about: Mapping[str, Any]
    state: str
    progress: Mapping[str, Any]

    @property
    def upload(self) -> Path:
        """The file that was sent, under a name of ours."""
        return self.folder / f"upload{self.about['suffix']}"

    def json(self) -> dict[str, Any]:
        """For a program; no path, no owner."""
        shown = ("file", "made", "columns", "mapping", "on", "threshold", "review")
        return {"id": self.id, "state": self.state, **{key: self.about[key] for key in shown}, **self.progress}


class Jobs:
    """The jobs of one register, beneath `folder`."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self._running: list[subprocess.Popen[bytes]] = []

    def add(self, name: str, content: bytes, owner: Actor | None) -> Job:
        """Keep an upload and read its header.

        Raises:
            JobError: its format is not known, it can't be read, or there are too many already.
        """
        suffix = Path(name).suffix.lower()
        if suffix not in FORMATS:
            raise JobError(f"a file of customers is one of {', '.join(FORMATS)}, not {clean(suffix)[:20]!r}")
        if not content:
            raise JobError("the file is empty")
        self.sweep()
        if len(list(self._folders())) >= MOST_JOBS:
            raise JobError("too many files are kept here: remove one, or wait until old ones are removed")
        folder = self.folder / secrets.token_urlsafe(16)
        folder.mkdir(mode=0o700, parents=True)
        (folder / f"upload{suffix}").write_bytes(content)
        about: dict[str, Any] = {
            "owner": owner.key if owner else None,
            "file": clean(Path(name.replace("\\", "/")).name)[:120],
            "suffix": suffix,
            "made": int(time.time()),
            "columns": [],
            "mapping": {},
            "on": None,
            "threshold": 0.7,
            "review": False,
        }
        _write(folder / "job.json", about)
        try:
            self._peek(folder, about)
        except JobError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return self._read(folder)

    def _peek(self, folder: Path, about: dict[str, Any]) -> None:
        """Let a process of its own read the header: a file may be made to harm its reader."""
        try:
            subprocess.run(  # noqa: S603 - our own module
                [*WORKER, str(folder), "--peek"], timeout=PEEK_SECONDS, env=self._environment(), check=False
            )
        except subprocess.TimeoutExpired:
            raise JobError("the file takes too long to open") from None
        if problem := _load(folder / "error.json"):
            raise JobError(str(problem["error"]))
        seen = _load(folder / "columns.json")
        if not seen:
            raise JobError("the file can't be opened: it is damaged, or needs more memory than a file of customers may")
        _write(folder / "job.json", about | seen)

    def start(
        self,
        job: Job,
        mapping: Mapping[str, str],
        *,
        on: str | None = None,
        threshold: float = 0.7,
        review: bool = False,
    ) -> Job:
        """Begin to screen, or begin anew what was interrupted, failed or cancelled.

        Raises:
            JobError: it runs already, is done, or too many of its key run.
        """
        mine = [other for other in self._all() if other.about["owner"] == job.about["owner"]]
        if sum(other.state == "running" for other in mine) >= MOST_RUNNING:
            raise JobError("too many files are being screened: wait for one to end, or stop one")
        with _locked(job.folder / "lock", fcntl.LOCK_EX) as lock:
            if lock is None or (job.folder / "done.json").exists():
                raise JobError("this file is being screened already, or was")
            asked = {"mapping": dict(mapping), "on": on, "threshold": threshold, "review": review, "started": True}
            _write(job.folder / "job.json", {**job.about, **asked})
            for name in ("error.json", "cancel", "progress.json"):
                (job.folder / name).unlink(missing_ok=True)
            # The process inherits the lock, so that there is no moment at which nobody holds it.
            process = subprocess.Popen(  # noqa: S603 - our own module
                [*WORKER, str(job.folder)], env=self._environment(), pass_fds=(lock,), start_new_session=True
            )
        self._running = [*(running for running in self._running if running.poll() is None), process]
        return self._read(job.folder)

    def _environment(self) -> dict[str, str]:
        limits = {
            "VACATUR_JOB_SECONDS": str(self.settings.job_seconds),
            "VACATUR_JOB_ROWS": str(self.settings.job_rows),
        }
        return {**os.environ, "VACATUR_REGISTER": self.settings.register, **limits}

    def get(self, id: str, actor: Actor | None) -> Job:
        """A job of the actor's.

        Raises:
            NotFoundError: there is none with that id, or it is another's.
        """
        folder = self.folder / id
        if not ID.fullmatch(id) or not (folder / "job.json").is_file():
            raise NotFoundError("there is no such screening, or it was removed")
        job = self._read(folder)
        if job.about["owner"] is not None and (
            actor is None or not (actor.key == job.about["owner"] or actor.may("admin"))
        ):
            raise NotFoundError("there is no such screening, or it was removed")
        return job

    def of(self, actor: Actor | None) -> list[Job]:
        """The jobs of a key, the newest first; who has none keeps the address of a job instead."""
        mine = [job for job in self._all() if actor is not None and job.about["owner"] == actor.key]
        return sorted(mine, key=lambda job: (-job.about["made"], job.id))

    def cancel(self, job: Job) -> None:
        """Ask the process to stop; it looks at every row."""
        (job.folder / "cancel").touch()

    def remove(self, job: Job) -> None:
        """Remove a job with its file and its results."""
        self.cancel(job)
        shutil.rmtree(job.folder, ignore_errors=True)

    def result(self, job: Job, form: str) -> Path:
        """The file of results in one of `RESULTS`.

        Raises:
            NotFoundError: no such form, or the job is not done.
        """
        if form not in RESULTS or job.state != "done":
            raise NotFoundError(f"there are no results of this screening as {form[:20]!r}")
        return job.folder / f"hits.{form}"

    def hits(self, job: Job) -> list[dict[str, Any]]:
        """The first hits of a job, for a page."""
        found = _load(job.folder / "shown.json")
        return list(found["hits"]) if found else []

    def sweep(self) -> None:
        """Remove what is older than it may be."""
        for job in self._all():
            age = time.time() - job.about["made"]
            if age > self.settings.keep_jobs_hours * 3600 or (job.state == "uploaded" and age > IDLE_SECONDS):
                self.remove(job)

    def close(self) -> None:
        """End the processes that this worker began; their jobs can be started again."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(timeout=30)

    def _folders(self) -> Iterator[Path]:
        return self.folder.glob("*/") if self.folder.is_dir() else iter(())

    def _all(self) -> list[Job]:
        return [self._read(folder) for folder in self._folders() if (folder / "job.json").is_file()]

    def _read(self, folder: Path) -> Job:
        about = _load(folder / "job.json") or {}
        done, error = _load(folder / "done.json"), _load(folder / "error.json")
        progress = done or _load(folder / "progress.json") or {}
        return Job(folder.name, folder, about, _state(folder, about, done, error), {**progress, **(error or {})})


def _state(folder: Path, about: Mapping[str, Any], done: object, error: object) -> str:
    if done:
        return "done"
    with _locked(folder / "lock", fcntl.LOCK_SH) as lock:
        if lock is None:
            return "running"
    if error:
        return "failed"
    if (folder / "cancel").exists():
        return "cancelled"
    return "interrupted" if about.get("started") else "uploaded"


@contextmanager
def _locked(path: Path, kind: int) -> Iterator[int | None]:
    """The open file with a lock of `kind`, or None while a process holds it; one who only looks lets go at once."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        for _ in range(LOCK_TRIES):
            try:
                fcntl.flock(file, kind | fcntl.LOCK_NB)
            except OSError:
                time.sleep(LOCK_SECONDS)
            else:
                yield file
                return
        yield None
    finally:
        os.close(file)


def _load(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found


def _write(path: Path, content: Mapping[str, Any]) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(json.dumps(content), "utf-8")
    beside.replace(path)
