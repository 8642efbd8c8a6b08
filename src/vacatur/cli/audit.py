"""`vacatur audit`: by itself the contradictions in the legal record; its subcommands look after the decision log."""

import typer

from vacatur.cli.contradictions import contradictions

audit = typer.Typer(callback=contradictions, invoke_without_command=True)


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(audit, name="audit")
