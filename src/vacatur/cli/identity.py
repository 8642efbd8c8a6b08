"""`vacatur merge` and `vacatur split`: a person's judgement on who is one party, and what names suggest for it."""

import getpass
from typing import Annotated, Any

import typer

from vacatur.cli.common import JsonOption, RegisterOption, UsageError, opened, print_json

ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who judges (default: your login name).")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the register.")]


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(merge)
    app.command()(split)


def merge(
    parties: Annotated[
        list[str] | None, typer.Argument(metavar="A B", help="Ids of two parties; the first keeps its id.")
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Show pairs that names suggest, with the evidence; join nothing.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Most pairs to show.")] = 50,
    by: ByOption = None,
    reason: ReasonOption = "",
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """Record that two ids are one party, on your word; or show what names suggest.

    Examples:
      vacatur merge --suggest
      vacatur merge ofac-18715 uk-13270 --reason "same OGRN on the company's page"
    """
    if suggest == bool(parties):
        raise UsageError("give two ids, or --suggest: vacatur merge A B --reason TEXT")
    if suggest:
        _suggest(register, limit, json=json)
        return
    ids = parties or []
    if len(ids) != 2:
        raise UsageError("give two ids: vacatur merge A B --reason TEXT")
    if not reason.strip():
        raise UsageError("--reason: say why these are one party; it is kept in the register")
    from vacatur.register.identity import merge as record_merge

    with opened(register) as opened_register:
        kept, absorbed = record_merge(opened_register, *ids, actor=by or getpass.getuser(), reason=reason)
    if json:
        print_json({"party": kept, "absorbed": absorbed})
    else:
        typer.echo(f"{absorbed} is {kept} from now on; vacatur split {absorbed} takes it back")


def split(
    party: Annotated[str, typer.Argument(help="The id to be a party of its own again.")],
    by: ByOption = None,
    reason: ReasonOption = "",
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """Record that an id is a party of its own, on your word; no update joins it with that party again.

    Example:
      vacatur split uk-13270 --reason "another company of the same name"
    """
    from vacatur.register.identity import split as record_split

    if not reason.strip():
        raise UsageError("--reason: say why it is a party of its own; it is kept in the register")
    with opened(register) as opened_register:
        former = record_split(opened_register, party, actor=by or getpass.getuser(), reason=reason)
    if json:
        print_json({"party": party, "was": former})
    else:
        typer.echo(f"{party} is a party of its own again; vacatur merge {former} {party} takes it back")


def _suggest(register: str | None, limit: int, *, json: bool) -> None:
    from vacatur.cli import show
    from vacatur.screening.alike import suggest

    with opened(register) as opened_register:
        found = suggest(opened_register, limit)
    if json:
        print_json([suggestion_json(item) for item in found])
        return
    for item in found:
        typer.echo(show.safe(f"{item.left} ({item.left_caption}) · {item.right} ({item.right_caption})"))
        typer.echo(show.safe(f"    same name “{item.name}”; {'; '.join(item.evidence)}"))
    if not found:
        typer.echo("no pair of parties is suggested")


def suggestion_json(item: Any) -> dict[str, Any]:
    """One suggestion, as JSON."""
    return {
        "left": {"id": item.left, "caption": item.left_caption},
        "right": {"id": item.right, "caption": item.right_caption},
        "name": item.name,
        "evidence": list(item.evidence),
    }
