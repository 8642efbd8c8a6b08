"""`vacatur keys`: who may ask the service what."""

from typing import Annotated

import typer

from vacatur.cli.common import JsonOption, RegisterOption, opened, print_json

keys = typer.Typer(
    no_args_is_help=True,
    help="""Keys to the service.

    Example:
      vacatur keys add "onboarding" --scope screen
    """,
)


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(keys, name="keys")


@keys.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    scope: Annotated[list[str] | None, typer.Option(help="read, screen, review or admin; repeatable.")] = None,
    register: RegisterOption = None,
) -> None:
    """Make a key and print it, this once.

    Example:
      vacatur keys add "onboarding" --scope screen
    """
    from vacatur.service.keys import add_key

    with opened(register) as opened_register:
        typer.echo(add_key(opened_register, name, tuple(scope or ["read"])))


@keys.command("list")
def list_(register: RegisterOption = None, json: JsonOption = False) -> None:
    """List the keys: id, name, scopes, when made and revoked.

    Example:
      vacatur keys list
    """
    from vacatur.cli import show
    from vacatur.service.keys import list_keys

    with opened(register) as opened_register:
        found = list_keys(opened_register)
    if json:
        print_json([{name: getattr(key, name) for name in key.__slots__} for key in found])
        return
    for key in found:
        ended = f"   revoked {key.revoked}" if key.revoked else ""
        typer.echo(show.safe(f"{key.id}   {' '.join(key.scopes)}   {key.name}   made {key.made}{ended}"))


@keys.command("revoke")
def revoke(
    id: Annotated[str, typer.Argument(help="Id of the key, as listed.")], register: RegisterOption = None
) -> None:
    """Make a key worthless.

    Example:
      vacatur keys revoke 1f2e3d4c
    """
    from vacatur.service.keys import revoke_key

    with opened(register) as opened_register:
        revoke_key(opened_register, id)
