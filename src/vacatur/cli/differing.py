"""`vacatur diff`: what changed between two editions of a list."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import JsonOption, RegisterOption, UsageError, opened, print_json

SIGNS = {"added": "+", "removed": "−", "changed": "~"}
CSV_COLUMNS = ("change", "party", "caption", "schema", "of", "name", "before", "after")


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(diff)


def diff(
    source: Annotated[str, typer.Argument(help="Name of a source.")],
    from_: Annotated[str, typer.Argument(metavar="FROM", help="Day of the earlier edition.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="Day of the later edition.")],
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a row for each change to this csv file.")
    ] = None,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """Show what was added, removed and changed between two editions that were read.

    Example:
      vacatur diff ofac-sdn 2024-02-20 2024-02-23
    """
    from vacatur.register.difference import between, edition
    from vacatur.screening.plain import change_json
    from vacatur.sources.catalog import find_source

    find_source(source)
    days = _day(from_, "FROM"), _day(to, "TO")
    if csv and csv.suffix.lower() != ".csv":
        raise UsageError(f"--csv: {csv} does not end in .csv")
    with opened(register) as opened_register:
        snapshot = opened_register.snapshot()
        before, after = (edition(snapshot, source, day) for day in days)
        changes = list(between(snapshot, before, after))
    counts = Counter(change.kind.value for change in changes)
    summary = {kind: counts[kind] for kind in SIGNS}
    if csv:
        _write_csv(csv, changes)
    if json:
        print_json(
            {
                "source": source,
                "from": days[0].isoformat(),
                "to": days[1].isoformat(),
                "summary": summary,
                "changes": [change_json(change) for change in changes],
            }
        )
    else:
        _print(source, days, summary, changes if not csv else [])


def _day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{what}: not a day: {text!r} (expected 2024-02-23)") from None


def _print(source: str, days: tuple[date, date], summary: dict[str, int], changes: list[Any]) -> None:
    from vacatur.cli import show

    counted = ", ".join(f"{count:,} {kind}" for kind, count in summary.items())
    typer.echo(f"{source} {days[0]} → {days[1]}: {counted}")
    for change in changes:
        typer.echo(show.safe(f"{SIGNS[change.kind.value]} {change.party}  {change.caption}"))
        for listing in change.listings:
            named = listing.list or listing.measure
            typer.echo(show.safe(f"    {SIGNS[listing.kind.value]} {named} ({listing.measure})"))
            if listing.kind.value == "changed":
                for item in listing.changes:
                    typer.echo(show.safe(f"        {_words(item)}"))
        if change.kind.value == "changed":
            for item in change.properties:
                typer.echo(show.safe(f"    {_words(item)}"))


def _words(item: Any) -> str:
    return f"{item.name}: " + "; ".join([f"− {text}" for text in item.removed] + [f"+ {text}" for text in item.added])


def _write_csv(path: Path, changes: list[Any]) -> None:
    from vacatur.screening.customers import TableWriter, harmless

    with TableWriter(path, CSV_COLUMNS) as table:
        for change in changes:
            about = (change.kind.value, change.party, change.caption, change.schema)
            table.write([tuple(harmless(cell) for cell in (*about, *rest)) for rest in _csv_rows(change)])


def _csv_rows(change: Any) -> Iterator[tuple[str, str, str, str]]:
    """(of what, name, before, after): a row for each place on a list, statement there, and property."""
    for listing in change.listings:
        named = listing.list or listing.measure
        if listing.kind.value != "changed":
            came = listing.kind.value == "added"
            yield "listing", named, "" if came else "listed", "listed" if came else ""
        for item in listing.changes:
            yield f"listing {named}", item.name, "; ".join(item.removed), "; ".join(item.added)
    for item in change.properties:
        yield "property", item.name, "; ".join(item.removed), "; ".join(item.added)
