"""`vacatur sources` and `update`: what the register has read, and reading more."""

import getpass
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import ExitCodeOption, JsonOption, RegisterOption, UsageError, opened, print_json


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(sources)
    app.command()(update)
    app.command()(doctor)


def sources(register: RegisterOption = None, json: JsonOption = False) -> None:
    """List the sources that can be read, with the vintages read of each.

    Example:
      vacatur sources
    """
    from vacatur.sources.catalog import find_source, source_names

    with opened(register) as opened_register:
        vintages = opened_register.snapshot().vintages
    rows = [("dossiers", "Packaged dossiers")] + [(name, find_source(name).title) for name in source_names()]
    read: dict[str, list[Any]] = {name: [] for name, _ in rows}
    for vintage in vintages:
        read.setdefault(vintage.source, []).append(vintage)
    if json:
        print_json(
            [
                {
                    "source": name,
                    "title": title,
                    "vintages": [
                        {"vintage": item.day.isoformat(), "entries": item.entries, "recorded": item.recorded}
                        for item in read[name]
                    ],
                }
                for name, title in rows
            ]
        )
        return
    for name, title in rows:
        days = [item.day.isoformat() for item in read[name]]
        shown = f"{len(days)} read, {days[0]} to {days[-1]}" if len(days) > 1 else days[0] if days else "–"
        typer.echo(f"{name:<16} {title:<60} {shown}")


def update(
    source: Annotated[
        list[str] | None, typer.Argument(help="Sources to update (default: all that can be fetched).")
    ] = None,
    from_: Annotated[Path | None, typer.Option("--from", metavar="PATH", help="Read this file; fetch nothing.")] = None,
    vintage: Annotated[str | None, typer.Option(metavar="DATE", help="The day of an old file.")] = None,
    accept_held: Annotated[
        bool, typer.Option("--accept-held", help="Record a list even though it lost many entries.")
    ] = False,
    register: RegisterOption = None,
    json: JsonOption = False,
    exit_code: ExitCodeOption = False,
) -> None:
    """Read lists and record what they say, each file in one transaction.

    Examples:
      vacatur update ofac-sdn --from sdn.csv --vintage 2021-07-07
      vacatur update csl --from consolidated.csv --vintage 2022-05-16
    """
    from vacatur.register.update import Held

    if not from_:
        raise UsageError("give the file to read: vacatur update SOURCE --from PATH")
    if not source or len(source) != 1:
        raise UsageError("--from reads one file of one source: vacatur update SOURCE --from PATH")
    day = _read_day(vintage)
    with opened(register) as opened_register:
        try:
            done = _update_all(opened_register, source[0], from_, day, accept_held)
        except Held as held:
            typer.echo(f"vacatur: held: {held}; the register is as it was; --accept-held records it", err=True)
            raise typer.Exit(1 if exit_code else 0) from None
    if json:
        print_json([updated_json(item) for item in done])
    else:
        typer.echo("\n".join(updated_words(item) for item in done))


def doctor(register: RegisterOption = None, json: JsonOption = False, exit_code: ExitCodeOption = False) -> None:
    """Check the register, its index and its sources; say what is wrong and how to mend it.

    Example:
      vacatur doctor
    """
    from vacatur.cli import show
    from vacatur.screening.doctor import examine

    with opened(register) as opened_register:
        findings = examine(opened_register)
    if json:
        print_json([{"what": item.what, "well": item.well, "advice": item.advice} for item in findings])
    else:
        for item in findings:
            typer.echo(
                show.safe(
                    f"{'well ' if item.well else 'MEND '} {item.what}" + (f": {item.advice}" if item.advice else "")
                )
            )
    if exit_code and not all(item.well for item in findings):
        raise typer.Exit(1)


def _read_day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--vintage: not a day: {text!r} (expected 2021-07-07)") from None


def _update_all(register: Any, name: str, path: Path, day: date | None, accept_held: bool) -> list[Any]:
    """Record every edition of the file, each in a transaction of its own, and bring the index up to date."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from vacatur.cli import show
    from vacatur.register.update import editions_of, update_from_file
    from vacatur.screening.indexing import rebuild_index
    from vacatur.sources.base import ListDocument
    from vacatur.sources.catalog import find_source

    source = find_source(name)
    document = ListDocument(path, source.companions(path) if path.exists() else {}, day)
    counted = TextColumn("{task.completed:,} entries")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), counted, TimeElapsedColumn())
    done = []
    with Progress(*columns, console=show.console(stderr=True), transient=True) as progress:
        for edition in editions_of(source, document):
            task = progress.add_task(f"reading {show.safe(path.name)}", total=None)
            done.append(
                update_from_file(
                    register,
                    source,
                    edition,
                    actor=getpass.getuser(),
                    accept_shrunken=accept_held,
                    progress=_advance(progress, task),
                )
            )
        if any(updated.new for updated in done):
            progress.add_task("building the index", total=None)
            rebuild_index(register)
    return done


def _advance(progress: Any, task: Any) -> Callable[[int], None]:
    """A callback that shows how many entries were read."""
    return lambda count: progress.update(task, completed=count)


def updated_json(updated: Any) -> dict[str, Any]:
    """What an update brought, as JSON."""
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
    """What an update brought, in a line or two."""
    head = f"{updated.source} {updated.vintage}: {updated.entries:,} entries read"
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
