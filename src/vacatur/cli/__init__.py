"""The command `vacatur`: words of the outer contract in, tables or one JSON document out.

Answers go to stdout, progress and messages to stderr. Nothing is decided here that another room could decide.
"""

import sys

from vacatur.cli.app import app
from vacatur.cli.common import fail
from vacatur.errors import UserError

__all__ = ["main"]


def main() -> None:
    """Run the command line; every expected error becomes one clear line on stderr and exit status 2."""
    try:
        app()
    except UserError as error:
        fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        fail("stopped; the register is as it was before this command", status=130)
