"""The command tree: each command lives in the module of its subject."""

import typer

from vacatur import __version__
from vacatur.cli import (
    acts,
    audit,
    comparing,
    differing,
    identity,
    keys,
    lists,
    news,
    replies,
    review,
    screening,
    serve,
    standing,
    updating,
    watch,
)

app = typer.Typer(
    name="vacatur",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vacatur {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Restricted-party screening that knows what the courts said.

    Examples:
      vacatur demo
      vacatur screen "Xiaomi" --on 2021-04-01
    """


for subject in (
    screening,
    comparing,
    standing,
    lists,
    updating,
    differing,
    identity,
    acts,
    news,
    review,
    replies,
    audit,
    watch,
    serve,
    keys,
):
    subject.register_commands(app)
