"""`vacatur status` and `history`: where a party stands, and everything the register knows of it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import (
    JsonOption,
    KnownOption,
    OnOption,
    RecordedOption,
    RegisterOption,
    UsageError,
    opened,
    print_json,
    read_asked,
    read_moment,
    write_whole,
)


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(status)
    app.command()(history)


def status(
    party: Annotated[str, typer.Argument(help="Id or name of a party.")],
    measure: Annotated[list[str] | None, typer.Option(help="Only this measure (id); repeatable.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of a span.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of a span.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Also show acts that were considered and did not count.")] = False,
    picture: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the timeline: .svg or .png.")] = None,
    calendar: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write coming dates as a calendar: .ics.")
    ] = None,
    on: OnOption = None,
    known: KnownOption = None,
    recorded: RecordedOption = None,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """Say where a party stands on a day or over a span, with the chain of acts.

    Examples:
      vacatur status xiaomi --on 2021-04-01
      vacatur status "ZTE Corporation" --measure bis-denial-order --from 2018-01-01 --to 2018-12-31
    """
    from vacatur.cli import show
    from vacatur.law.moments import closes, starts
    from vacatur.screening.ownership import opener, ownership_of
    from vacatur.screening.plain import asked_json, instant_json, ownership_json, party_json, status_json
    from vacatur.screening.screen import ownership_note

    if bool(from_) != bool(to):
        raise UsageError("--from and --to go together")
    with opened(register) as opened_register:
        asked = read_asked(opened_register, on, known, recorded)
        dossier = find_party(opened_register, party, asked)
        wanted = check_measures(dossier, measure)
        if from_ and to:
            first, last = read_moment(from_, "--from"), read_moment(to, "--to")
            if starts(first) > closes(last):
                raise UsageError(f"--from {from_} is after --to {to}")
            spans = [item for name in wanted for item in dossier.intervals(name, asked, first, last)]
        else:
            spans = [item for item in dossier.statuses(asked) if item.measure.id in wanted]
        snapshot = opened_register.snapshot(asked.recorded)
        ownership = ownership_of(dossier, snapshot, asked, opener(snapshot, asked))
        note = ownership_note(snapshot)
    if picture:
        write_picture(picture, dossier, asked, wanted)
    if calendar:
        write_calendar(calendar, dossier, spans)
    if json:
        statuses = [{"at": instant_json(item.at, item.measure.zone), **status_json(item)} for item in spans]
        document = {"party": party_json(dossier.party, dossier.referents), **asked_json(asked), "statuses": statuses}
        document |= {"ownership": ownership_json(ownership), "notes": [note]}
        if from_:
            document |= {"from": from_, "to": to}
        print_json(document)
        return
    print_statuses(dossier, spans, over_span=bool(from_), why=why)
    show.print_ownership(show.console(), ownership)
    show.console().print(f"  {note}", style="dim")


def print_statuses(dossier: Any, statuses: list[Any], *, over_span: bool, why: bool) -> None:
    """Statuses in the terminal: with their first day over a span, with what did not count when asked why."""
    from rich.text import Text

    from vacatur.cli import show
    from vacatur.screening.plain import instant_json

    out = show.console()
    out.print(show.safe(f"{dossier.party.caption}   {dossier.party.id}"), style="bold")
    for item in statuses:
        if over_span:
            out.print(f"  from {instant_json(item.at, item.measure.zone)}", style="dim")
        show.print_status(out, item)
        for left in item.considered if why else ():
            words = f"not counted: {show.act_words(left.act)}: {show.safe(left.reason)}"
            show.indented(out, Text(words, style="dim"), 6)
    if not statuses:
        out.print("  no listing on record", style="dim")


def history(
    party: Annotated[str, typer.Argument(help="Id or name of a party.")],
    recorded: RecordedOption = None,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """Show every act, presence and version with its effective, published and recorded times.

    Example:
      vacatur history luokung
    """
    from vacatur.cli import show
    from vacatur.screening.history import history_json

    with opened(register) as opened_register:
        asked = read_asked(opened_register, None, None, recorded)
        dossier = find_party(opened_register, party, asked)
        document = history_json(opened_register.snapshot(asked.recorded), dossier)
    if json:
        print_json(document)
        return
    out = show.console()
    out.print(show.safe(f"{dossier.party.caption}   {dossier.party.id}"), style="bold")
    for row in document["events"]:
        retracted = f", retracted by {row['retracted']}" if row.get("retracted") else ""
        published = f"public {row['published']} ({row['published_basis']})"
        out.print(show.safe(f"  {row['effective']}  {row['what']}"))
        out.print(show.safe(f"      {published} · transaction {row['recorded']}{retracted}"), style="dim")


def write_picture(path: Path, dossier: Any, asked: Any, measures: list[str]) -> None:
    """Draw the timeline of `measures` into `path`, SVG or PNG by its suffix."""
    from vacatur.exports.picture import png_of, timeline_svg

    svg = timeline_svg(dossier, asked, measures=measures)
    if path.suffix.lower() == ".svg":
        write_whole(path, svg.encode())
    elif path.suffix.lower() == ".png":
        write_whole(path, png_of(svg))
    else:
        raise UsageError(f"--picture: expected a file .svg or .png, got {path.name!r}")


def write_calendar(path: Path, dossier: Any, statuses: list[Any]) -> None:
    """Write the dates ahead into `path`."""
    from datetime import UTC, datetime

    from vacatur.exports.calendar import deadlines_ics

    write_whole(path, deadlines_ics(dossier.party.caption, statuses, datetime.now(UTC)))


def find_party(register: Any, wanted: str, asked: Any) -> Any:
    """The dossier of the party with that id, or of the one party with that name; `UsageError` otherwise."""
    from vacatur.matching.model import Query
    from vacatur.screening.indexing import open_index
    from vacatur.screening.standing import open_dossier

    snapshot = register.snapshot(asked.recorded)
    dossier = open_dossier(snapshot, wanted, asked.known_at())
    if dossier is not None:
        return dossier
    query = Query(name=wanted, known=asked.known_at(), recorded=asked.recorded)
    matches = open_index(register).search(query, limit=5, threshold=0.7)
    sure = [match for match in matches if match.score >= 0.95]
    if len(sure) == 1 or (sure and sure[0].score > sure[1].score):
        found = open_dossier(snapshot, sure[0].party, asked.known_at())
        if found is not None:
            return found
    if matches:
        near = ", ".join(f"{match.party} ({match.name}, {match.score:.2f})" for match in matches)
        raise UsageError(f"which party is {wanted!r}? Give one of these ids: {near}")
    raise UsageError(f"no party is called {wanted!r}; try: vacatur screen {wanted!r} --threshold 0.5")


def check_measures(dossier: Any, wanted: list[str] | None) -> list[str]:
    """The measures asked for, or all of the dossier; `UsageError` for one that does not exist."""
    for name in wanted or ():
        if name not in dossier.measures and name not in dossier.measure_ids():
            raise UsageError(f"no measure is called {name!r}; this party has: {', '.join(dossier.measure_ids())}")
    return list(wanted) if wanted else dossier.measure_ids()
