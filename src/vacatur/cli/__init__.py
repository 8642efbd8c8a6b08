"""The command `vacatur`: words of the outer contract in, tables or one JSON document out.

Answers go to stdout, progress and messages to stderr. Nothing is decided here that another room could decide.
"""

import sys
from io import TextIOWrapper

import typer

from vacatur.cli.app import app
from vacatur.cli.common import fail
from vacatur.cli.layout import laid_out
from vacatur.errors import UserError

__all__ = ["main"]

WrongUse: type[Exception] = typer.BadParameter.__mro__[2]
"""The root of the exceptions for wrong options and arguments; Typer exports only this leaf of them."""


def main() -> None:
    """Run the command line; every expected error becomes one clear line on stderr and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = laid_out(typer.main.get_command(app))(standalone_mode=False)
        sys.stdout.flush()
    except UserError as error:
        fail(str(error))
    except WrongUse as error:
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        if message.startswith("Usage:"):
            print(message, file=sys.stderr)
            sys.exit(2)
        fail(f"{message} (see: vacatur --help)")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        fail(f"{where}{error.strerror or error}; nothing was half-written")
    except (KeyboardInterrupt, typer.Abort):
        fail("stopped; the register is as it was before this command", status=130)
    sys.exit(status if isinstance(status, int) else 0)
