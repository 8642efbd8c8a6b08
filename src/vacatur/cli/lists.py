"""`vacatur sources` and `vacatur doctor`: what the register has read, and how it is."""

from typing import Any

import typer

from vacatur.cli.common import ExitCodeOption, JsonOption, RegisterOption, opened, print_json


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(sources)
    app.command()(doctor)


def sources(register: RegisterOption = None, json: JsonOption = False) -> None:
    """List the sources that can be read, with the vintages read of each, when it was last checked, and what is held.

    Example:
      vacatur sources
    """
    from vacatur.cli import show
    from vacatur.register.aside import waiting
    from vacatur.register.checks import last_checks
    from vacatur.sources.catalog import find_source, source_names

    with opened(register) as opened_register:
        vintages = opened_register.snapshot().vintages
        checks = last_checks(opened_register)
        held = waiting(opened_register)
    rows = [("dossiers", "Packaged dossiers")] + [(name, find_source(name).title) for name in source_names()]
    own = sorted({vintage.source for vintage in vintages if ":" in vintage.source})
    rows += [(name, find_source(name).title) for name in own]
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
                    "checked": _check_json(checks.get(name)),
                    "held": [
                        {"vintage": item.day.isoformat(), "since": item.at.isoformat(), "reasons": list(item.reasons)}
                        for item in held
                        if item.source == name
                    ],
                }
                for name, title in rows
            ]
        )
        return
    for name, title in rows:
        days = [item.day.isoformat() for item in read[name]]
        shown = f"{len(days)} read, {days[0]} to {days[-1]}" if len(days) > 1 else days[0] if days else "–"
        if check := checks.get(name):
            shown += f"; checked {check.at:%Y-%m-%d %H:%M} UTC: {check.outcome}"
        typer.echo(show.safe(f"{name:<16} {title:<83} {shown}"))
        for item in held:
            if item.source == name:
                typer.echo(show.safe(f"  HELD: the edition of {item.day}: {'; '.join(item.reasons)}"))


def _check_json(check: Any) -> dict[str, Any] | None:
    if check is None:
        return None
    return {"at": check.at.isoformat(), "outcome": check.outcome.value, "url": check.url, "note": check.note}


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
