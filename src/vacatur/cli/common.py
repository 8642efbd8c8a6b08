"""What the commands share: options, the three times of a question, opening a register, printing."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from vacatur.errors import UserError
from vacatur.law.moments import Moment

RegisterOption = Annotated[
    str | None,
    typer.Option(
        "--register",
        metavar="URL",
        envvar="VACATUR_REGISTER",
        help="Register to use: sqlite:///path/to/file.db or postgresql://… (default: a file in your data folder).",
    ),
]
UnaskedRegisterOption = Annotated[
    str | None, typer.Option("--register", metavar="URL", hidden=True, envvar="VACATUR_REGISTER")
]
"""Taken by commands that ask nothing of a register, so that scripts can give it to every command."""
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE|TIME", help="The legal moment asked about (default: now).")
]
KnownOption = Annotated[
    str | None, typer.Option("--known", metavar="DATE|TIME", help="As the public could know then (default: now).")
]
RecordedOption = Annotated[
    str | None,
    typer.Option("--recorded", metavar="TIME|TRANSACTION", help="As this register stood then (default: now)."),
]
ExitCodeOption = Annotated[
    bool, typer.Option("--exit-code", help="Exit with 1 when something needs a person (a hit, a held update …).")
]


class UsageError(UserError):
    """The command was used wrongly; the message says how to use it right."""


def fail(message: str, status: int = 2) -> NoReturn:
    """Print one line on stderr and exit."""
    print(f"vacatur: {' '.join(message.split())}", file=sys.stderr)
    raise SystemExit(status)


def print_json(document: dict[str, Any] | list[Any]) -> None:
    """One JSON document on stdout."""
    everything = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(document, ensure_ascii=not everything, indent=2) + "\n")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside `path` and rename it into place; `UsageError` when the folder does not allow it."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        raise UsageError(f"can't write {path}: {error.strerror}") from None


def read_moment(text: str | None, option: str) -> Moment:
    """A day or time given on the command line; now when it is not."""
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    from vacatur.screening.standing import asked_moment

    try:
        return asked_moment(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


@contextmanager
def opened(url: str | None) -> Iterator[Any]:
    """The register at `url` (default: the user's own), with the packaged dossiers in it.

    Raises:
        UserError: the register can't be opened, or its database failed on the way (a full disk, a broken file).
    """
    from sqlalchemy.exc import DBAPIError

    from vacatur.register.dossiers import ensure_dossiers
    from vacatur.register.register import Register, default_url

    register = Register.open(url or default_url())
    if register.upgraded_from is not None:
        print(f"vacatur: brought the register's tables (schema {register.upgraded_from}) up to date", file=sys.stderr)
    try:
        ensure_dossiers(register)
        yield register
    except DBAPIError as error:
        raise UserError(
            f"the register {register.url} failed: {error.orig}. What was not finished is not recorded;"
            " see: vacatur doctor"
        ) from error
    finally:
        register.close()


def read_asked(register: Any, on: str | None, known: str | None, recorded: str | None) -> Any:
    """The three times of a question as options gave them."""
    from vacatur.screening.standing import Asked

    newest = register.newest_transaction()
    if recorded is None:
        transaction = newest
    elif recorded.isdigit() and len(recorded) < 8:
        transaction = int(recorded)
        if transaction > newest:
            raise UsageError(f"--recorded: the register has transactions up to {newest}, not {transaction}")
    else:
        transaction = register.transaction_at(read_moment(recorded, "--recorded"))
    return Asked(read_moment(on, "--on"), read_moment(known, "--known"), transaction)
