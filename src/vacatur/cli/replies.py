"""`vacatur replies …`: what readers wrote, as work: the queue, decisions, retention, and how good the gate is."""

import getpass
from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import (
    ExitCodeOption,
    JsonOption,
    RegisterOption,
    UnaskedRegisterOption,
    UsageError,
    opened,
    print_json,
)

replies = typer.Typer(
    no_args_is_help=True,
    help="""Readers' replies: the queue, retention, how good the gate is.

    Example:
      vacatur replies list --state held
    """,
)


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(replies, name="replies")


@replies.command("list")
def list_(
    state: Annotated[str, typer.Option(help="published, held, spam or withdrawn.")] = "held",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many texts at most.")] = 50,
    register: RegisterOption = None,
    exit_code: ExitCodeOption = False,
    json: JsonOption = False,
) -> None:
    """List replies, those most worth a person's time first; copies of one text are one line.

    Example:
      vacatur replies list --state held
    """
    from vacatur.cli import show
    from vacatur.replies import journal, store
    from vacatur.replies.model import State

    if state not in list(State):
        raise UsageError(f"--state: there are {', '.join(State)}, not {state!r}")
    with opened(register) as opened_register, opened_register.engine.connect() as connection:
        found = store.queue(connection, State(state), limit)
        rows = [
            {**store.public(item.reply), "copies": item.copies, "why": journal.last_reason(connection, item.reply.id)}
            for item in found
        ]
    if json:
        print_json(rows)
    for row in [] if json else rows:
        text = " ".join(row["text"].split())[:80]
        copies = f" ({row['copies']} copies)" if row["copies"] > 1 else ""
        typer.echo(show.safe(f"{row['id']}  {row['kind']}  {row['subject_kind']}/{row['subject']}  {text}{copies}"))
        typer.echo(show.safe(f"    {row['why']}"))
    if exit_code and rows and state == "held":
        raise typer.Exit(1)


@replies.command("decide")
def decide(
    move: Annotated[str, typer.Argument(help="publish, hold, spam or delete.")],
    ids: Annotated[list[int], typer.Argument(metavar="ID...", help="Numbers of replies.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the log.")] = "",
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides (default: your login).")] = None,
    register: RegisterOption = None,
) -> None:
    """Decide on replies; each decision teaches the gate.

    Example:
      vacatur replies decide publish 12 --reason "read the order"
    """
    from vacatur.replies import moderation
    from vacatur.replies.model import Move

    if move not in [item.value for item in Move if item is not Move.WITHDRAW]:
        raise UsageError(f"there are publish, hold, spam and delete, not {move!r}")
    with opened(register) as opened_register:
        done = moderation.decide(_house(opened_register), ids, Move(move), actor=by or getpass.getuser(), reason=reason)
    typer.echo(f"{len(done)} decided")


@replies.command("retention")
def retention(register: RegisterOption = None, json: JsonOption = False) -> None:
    """Drop addresses and spam whose time is over, as `vacatur serve` does by itself once a day.

    Example:
      vacatur replies retention
    """
    from vacatur.replies import retention as room

    with opened(register) as opened_register:
        dropped = room.run(_house(opened_register))
    if json:
        print_json({"addresses": dropped.addresses, "spam": dropped.spam})
    else:
        typer.echo(f"{dropped.addresses} addresses dropped, {dropped.spam} spam replies deleted")


@replies.command("akismet")
def akismet(register: RegisterOption = None, json: JsonOption = False) -> None:
    """Ask Akismet whether the key is good, and how much of the plan is used.

    Example:
      VACATUR_AKISMET_KEY=… VACATUR_BASE_URL=https://register.example vacatur replies akismet
    """
    with opened(register) as opened_register:
        asker = _house(opened_register).asker
        if asker is None:
            raise UsageError("Akismet is off: set VACATUR_AKISMET_KEY, and VACATUR_BASE_URL to the site's address")
        valid = asker.akismet.verify_key()
        usage = asker.akismet.usage() if valid else None
    told = {"valid": valid, **({name: getattr(usage, name) for name in usage.__slots__} if usage else {})}
    if json:
        print_json(told)
    elif usage is None:
        typer.echo("the key is not good for this site")
    else:
        of = "unlimited" if usage.limit is None else f"{usage.limit:,} ({usage.percentage:g} %)"
        typer.echo(
            f"the key is good; {usage.usage:,} calls this month of {of}{'; throttled' if usage.throttled else ''}"
        )


@replies.command("evaluate")
def evaluate(
    labels: Annotated[list[Path], typer.Argument(metavar="FILE|DIR...", help="CSV: content, is_spam (1 or 0).")],
    json: JsonOption = False,
    _register: UnaskedRegisterOption = None,
) -> None:
    """Print how good the gate is on labelled comments: half of them teach it, the other half measures it.

    Beside `content` and `is_spam`, the columns `kind`, `link` and `name` are read where there are such.

    Example:
      vacatur replies evaluate comments.csv
    """
    from vacatur.replies.evaluate import evaluate as measure
    from vacatur.replies.evaluate import read_labelled

    labelled = [item for path in labels for item in read_labelled(path)]
    scores = {"rules alone": measure(labelled, learning=False), "after learning": measure(labelled)}
    if json:
        print_json({name: _score_json(score) for name, score in scores.items()})
        return
    for name, score in scores.items():
        told = _score_json(score)
        typer.echo(f"{name}: {told['comments']} comments, {told['spam']} of them spam")
        typer.echo(f"  marked as spam   precision {_part(score.precision)}   recall {_part(score.recall)}")
        typer.echo(f"  kept off pages   recall {_part(score.kept_off)} of spam (marked, or held for a person)")
        typer.echo(f"  not spam         {told['held']} held for a person, {score.lost} marked as spam")


def _house(register: Any) -> Any:
    from vacatur.replies.house import House
    from vacatur.service.settings import Settings

    return House.open(register, Settings.from_environment().policy())


def _score_json(score: Any) -> dict[str, Any]:
    from vacatur.replies.model import Move

    return {
        "comments": sum(score.counts.values()),
        "spam": sum(count for (spam, _), count in score.counts.items() if spam),
        "precision": score.precision,
        "recall": score.recall,
        "kept_off": score.kept_off,
        "held": score.counts[False, Move.HOLD],
        "lost": score.lost,
    }


def _part(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
