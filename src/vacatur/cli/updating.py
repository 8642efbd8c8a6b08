"""`vacatur update`: lists fetched or read from files, and a person's word on those that are held."""

import getpass
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import ExitCodeOption, JsonOption, RegisterOption, UsageError, opened, print_json


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(update)


def update(
    source: Annotated[
        list[str] | None, typer.Argument(help="Sources to update (default: all that can be fetched).")
    ] = None,
    from_: Annotated[Path | None, typer.Option("--from", metavar="PATH", help="Read this file; fetch nothing.")] = None,
    vintage: Annotated[str | None, typer.Option(metavar="DATE", help="The day of an old file.")] = None,
    accept_held: Annotated[
        bool,
        typer.Option(
            "--accept-held", help="Record what is held after all; with --from: even if the list lost many entries."
        ),
    ] = False,
    drop_held: Annotated[bool, typer.Option("--drop-held", help="Dismiss what is held.")] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who does it (default: your login name).")
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why held lists are accepted or dropped.")
    ] = "",
    register: RegisterOption = None,
    json: JsonOption = False,
    exit_code: ExitCodeOption = False,
) -> None:
    """Fetch lists from their publishers, or read a file, and record what they say.

    A list that would lose too many entries at once is held: it is kept aside, and the register stays as it was.

    Examples:
      vacatur update
      vacatur update ofac-sdn un-sc
      vacatur update ofac-sdn --from sdn.csv --vintage 2021-07-07
      vacatur update --accept-held csl --reason "trade.gov says that it dropped duplicates"
    """
    if drop_held and (accept_held or from_):
        raise UsageError("--drop-held goes with neither --accept-held nor --from")
    if vintage and not from_:
        raise UsageError("--vintage is the day of a file: vacatur update SOURCE --from PATH --vintage DATE")
    if from_ and (not source or len(source) != 1):
        raise UsageError("--from reads one file of one source: vacatur update SOURCE --from PATH")
    names, actor = tuple(source or ()), by or getpass.getuser()
    day = _read_day(vintage)
    with opened(register) as opened_register:
        if from_:
            done = _read_file(opened_register, names[0], from_, day, actor, accept_held=accept_held)
        elif accept_held or drop_held:
            done = _decide_held(opened_register, names, actor, reason, accept=accept_held)
        else:
            done = _fetch_all(opened_register, names, actor)
    _report(done, json=json)
    outcomes = {item.outcome.value for item in done}
    if outcomes == {"failed"}:
        raise typer.Exit(2)
    if exit_code and outcomes & {"failed", "held"}:
        raise typer.Exit(1)


def _read_day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--vintage: not a day: {text!r} (expected 2021-07-07)") from None


def _read_file(register: Any, name: str, path: Path, day: date | None, actor: str, *, accept_held: bool) -> list[Any]:
    """Record every edition of the file, each in a transaction of its own."""
    from vacatur.register.refresh import read_file
    from vacatur.sources.base import ListDocument
    from vacatur.sources.catalog import find_source

    source = find_source(name)
    document = ListDocument(path, source.companions(path) if path.exists() else {}, day)
    with _shown() as show:
        reading = show(f"reading {path.name}", "entries")
        done = read_file(register, source, document, actor=actor, accept_shrunken=accept_held, progress=reading)
        _index_if_new(register, [done], show)
    return [done]


def _decide_held(register: Any, names: tuple[str, ...], actor: str, reason: str, *, accept: bool) -> list[Any]:
    """Accept or drop what is held of the sources named, or of all."""
    from vacatur.register.aside import waiting
    from vacatur.register.refresh import accept_held, drop_held
    from vacatur.sources.catalog import find_source

    for name in names:
        find_source(name)
    items = [item for item in waiting(register) if not names or item.source in names]
    if not items:
        raise UsageError(f"nothing is held{' of ' + ', '.join(names) if names else ''}")
    if not accept:
        return [drop_held(register, item, actor=actor, why=reason) for item in items]
    with _shown() as show:
        done = [
            accept_held(
                register,
                find_source(item.source),
                item,
                actor=actor,
                why=reason,
                progress=show(f"reading {item.name}", "entries"),
            )
            for item in items
        ]
        _index_if_new(register, done, show)
    return done


def _fetch_all(register: Any, names: tuple[str, ...], actor: str) -> list[Any]:
    """Refresh the sources named, or all that have an address; one that fails stops no other."""
    from vacatur.fetching.download import Downloader
    from vacatur.fetching.mirrors import Mirrors
    from vacatur.register.refresh import can_be_fetched, refresh
    from vacatur.sources.catalog import find_source, source_names

    mirrors = Mirrors.of(os.environ)
    wanted = [find_source(name) for name in dict.fromkeys(names or source_names())]
    if not names:
        wanted = [source for source in wanted if can_be_fetched(source, mirrors)]
    downloader = Downloader(trusted=mirrors.trusted)
    done = []
    with _shown() as show:
        for source in wanted:
            outcome = refresh(
                register,
                source,
                downloader,
                actor=actor,
                mirrors=mirrors,
                received=show(f"fetching {source.name}", "bytes"),
                progress=show(f"reading {source.name}", "entries"),
            )
            done.append(outcome)
        _index_if_new(register, done, show)
    return done


Advance = Callable[..., None]
"""Called with how much is done and, where it is known, how much there is."""


@contextmanager
def _shown() -> Iterator[Callable[[str, str], Advance]]:
    """Progress on stderr: given what is done and counted in what, a callback to tell how far it is."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from vacatur.cli import show

    counted = TextColumn("{task.completed:,} {task.fields[unit]}")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), counted, TimeElapsedColumn())
    with Progress(*columns, console=show.console(stderr=True), transient=True) as progress:

        def start(what: str, unit: str) -> Advance:
            task = progress.add_task(show.safe(what), total=None, unit=unit, visible=False)
            return lambda done, total=None: progress.update(task, completed=done, total=total, visible=True)

        yield start


def _index_if_new(register: Any, done: Iterable[Any], show: Callable[[str, str], Advance]) -> None:
    from vacatur.screening.indexing import rebuild_index

    if any(updated.new for item in done for updated in item.updated):
        show("building the index", "")(0)
        rebuild_index(register)


def _report(done: list[Any], *, json: bool) -> None:
    """The outcome of every source on stdout; what needs a person on stderr."""
    from vacatur.cli import show

    if json:
        print_json([document for item in done for document in outcome_json(item)])
    else:
        for item in done:
            typer.echo(show.safe_lines(outcome_words(item)))
    for item in done:
        if item.outcome.value == "held":
            typer.echo(
                show.safe(
                    f"vacatur: held: {item.source}: {item.note}; the register is as it was; "
                    f"vacatur update --accept-held {item.source} records it, --drop-held dismisses it"
                ),
                err=True,
            )
    failed = [item.source for item in done if item.outcome.value == "failed"]
    if failed:
        typer.echo(f"vacatur: not updated: {', '.join(failed)}; the register has what it had of them", err=True)


def outcome_json(item: Any) -> list[dict[str, Any]]:
    """What came of one source, as JSON: a document for each edition recorded, else one that says why there is none."""
    about = {"source": item.source, "outcome": item.outcome.value, "url": item.url, "note": item.note}
    return [about | updated_json(updated) for updated in item.updated] or [about]


def outcome_words(item: Any) -> str:
    """What came of one source, in words."""
    lines = [updated_words(updated) for updated in item.updated]
    if not lines or item.outcome.value in ("held", "failed"):
        lines.append(f"{item.source}: {item.outcome.value}" + (f": {item.note}" if item.note else ""))
    return "\n".join(lines)


def updated_json(updated: Any) -> dict[str, Any]:
    """What one edition brought, as JSON."""
    difference = updated.difference
    return {
        "source": updated.source,
        "vintage": updated.vintage.isoformat(),
        "new": updated.new,
        "read": updated.entries,
        "added": difference.added if difference else 0,
        "removed": difference.removed if difference else 0,
        "changed": difference.changed if difference else 0,
        "against": difference.base.isoformat() if difference and difference.base else None,
        "joined": updated.joined,
        "proposed": updated.proposed,
        "skipped": updated.skipped,
        "notes": list(updated.notes),
    }


def updated_words(updated: Any) -> str:
    """What one edition brought, in a line or two."""
    head = f"{updated.source} {updated.vintage}: {updated.entries:,} entries read"
    if not updated.new and updated.notes:
        return "\n".join([f"{head}; not recorded", *(f"  note: {note}" for note in updated.notes)])
    if not updated.new:
        return f"{head}; this very file was recorded before: nothing new"
    difference = updated.difference
    against = f" against {difference.base}" if difference.base else ""
    lines = [
        f"{head}; {difference.added:,} added, {difference.changed:,} changed, {difference.removed:,} removed{against};"
        f" {updated.joined:,} joined to parties known"
    ]
    lines += [f"  skipped: {count:,} × {reason}" for reason, count in sorted(updated.skipped.items())]
    lines += [f"  note: {note}" for note in updated.notes]
    if updated.proposed:
        lines.append(f"  {updated.proposed:,} acts proposed; see: vacatur acts list --proposed")
    return "\n".join(lines)
