"""The command `vacatur`: words of the outer contract in, tables or one JSON document out.

Answers go to stdout, progress and messages to stderr. Nothing is decided here that another room could decide.
"""

import sys

from vacatur.cli.app import app
from vacatur.cli.common import UsageError, fail

__all__ = ["main"]


def main() -> None:
    """Run the command line; every expected error becomes one clear line on stderr and exit status 2."""
    from vacatur.matching.index import IndexFileError
    from vacatur.register import RegisterError
    from vacatur.sources.base import SourceError
    from vacatur.sources.catalog import UnknownSourceError

    try:
        app()
    except (UsageError, RegisterError, SourceError, UnknownSourceError, IndexFileError) as error:
        fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        fail("stopped; the register is as it was before this command", status=130)
