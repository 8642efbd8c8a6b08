"""`vacatur audit`: by itself the contradictions in the legal record; its subcommands look after the decision log."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import JsonOption, RegisterOption, UsageError, opened, print_json, write_whole
from vacatur.cli.contradictions import contradictions

audit = typer.Typer(callback=contradictions, invoke_without_command=True)

KeyOption = Annotated[
    list[str] | None,
    typer.Option("--key", metavar="PUB", help="Public key that may have signed: PEM file or base64; repeatable."),
]


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(audit, name="audit")


@audit.command("verify")
def verify(
    file: Annotated[Path | None, typer.Argument(help="An export (default: the register itself).")] = None,
    key: KeyOption = None,
    expect: Annotated[
        Path | None, typer.Option(help="A checkpoint kept elsewhere, which the log must still contain.")
    ] = None,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """Check every entry and signature of the decision log; names the first broken entry. Works offline.

    Exits with 1 when something is broken.

    Examples:
      vacatur audit verify decisions.jsonl --key auditor.pub
      vacatur audit verify
    """
    from dataclasses import asdict, replace

    from vacatur.review.agreement import disagreement
    from vacatur.review.log import log_lines
    from vacatur.review.signing import key_file, read_key, read_public_key
    from vacatur.review.verify import verify_lines

    trusted = [read_public_key(text) for text in key or ()]
    expected = _checkpoint(expect) if expect else None
    own = None
    if file is not None:
        verdict = verify_lines(_lines(file), trusted=trusted, expected=expected)
    else:
        with opened(register) as opened_register:
            lines = (line.encode("utf-8", "surrogatepass") for line in log_lines(opened_register))
            verdict = verify_lines(lines, trusted=trusted, expected=expected)
            if verdict.broken is None:
                verdict = replace(verdict, broken=disagreement(opened_register))
            if (path := key_file(opened_register)).exists():
                own = read_key(path).public
    if json:
        print_json(asdict(verdict) | {"whole": verdict.broken is None})
    else:
        _print(verdict, str(file) if file else "the register", own)
    if verdict.broken is not None:
        raise typer.Exit(1)


def _print(verdict: Any, where: str, own: str | None) -> None:
    from vacatur.cli import show

    if verdict.broken is not None:
        line = f" (line {verdict.broken.line})" if verdict.broken.line else ""
        typer.echo(show.safe(f"BROKEN at entry {verdict.broken.entry}{line} of {where}: {verdict.broken.what}"))
        return
    words = f"whole: {verdict.entries} entries, {verdict.checkpoints} checkpoints, signed to entry {verdict.signed_to}"
    typer.echo(words)
    for name in verdict.keys:
        whose = (
            ""
            if own is None
            else "   the key of this register"
            if name == own
            else "   ANOTHER KEY than this register's"
        )
        typer.echo(show.safe(f"  signed by {name}{whose}"))
    typer.echo(f"  head {verdict.head}")
    for note in verdict.notes:
        typer.echo(f"  note: {note}")


def _whose(key: str, own: str | None) -> str:
    if own is None:
        return ""
    return "   the key of this register" if key == own else "   ANOTHER KEY than that of this register"


def _lines(file: Path) -> list[bytes]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise UsageError(f"can't read {file}: {error.strerror}") from None
    lines = raw.split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines


def _checkpoint(file: Path) -> dict[str, Any]:
    import json

    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"can't read the checkpoint {file}: {error}") from None
    if not isinstance(found, dict):
        raise UsageError(f"{file}: no checkpoint (make one with: vacatur audit checkpoint)")
    return found


@audit.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="Where the log goes (JSON lines).")], register: RegisterOption = None
) -> None:
    """Write the whole log with its checkpoints into one file, which proves itself.

    Example:
      vacatur audit export decisions.jsonl
    """
    from vacatur.review.log import export_lines
    from vacatur.review.signing import signer_of

    with opened(register) as opened_register:
        lines = list(export_lines(opened_register, signer_of(opened_register)))
    write_whole(file, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
    typer.echo(f"{len(lines) - 1} lines written to {file}", err=True)


@audit.command("keygen")
def keygen(
    file: Annotated[
        Path | None, typer.Argument(help="Where the key goes (default: VACATUR_AUDIT_KEY, or beside the register).")
    ] = None,
    register: RegisterOption = None,
) -> None:
    """Make the key that signs checkpoints, and print its public half. Without this, it is made at the first decision.

    Example:
      vacatur audit keygen /etc/vacatur/audit.key
    """
    from vacatur.review.signing import key_file, make_key

    if file is None:
        with opened(register) as opened_register:
            file = key_file(opened_register)
    signer = make_key(file)
    typer.echo(signer.public)
    typer.echo(f"private key in {file}, public key in {file}.pub; keep the first secret", err=True)


@audit.command("checkpoint")
def checkpoint(register: RegisterOption = None) -> None:
    """Sign the log as it is now and print the checkpoint: kept elsewhere, it proves later that nothing was cut off.

    Example:
      vacatur audit checkpoint > checkpoint.json
    """
    from vacatur.review.canonical import canonical
    from vacatur.review.log import sign_head
    from vacatur.review.signing import signer_of

    with opened(register) as opened_register:
        signer = signer_of(opened_register)
        with opened_register.writing() as connection:
            made = sign_head(connection, signer)
    if made is None:
        raise UsageError("the log is empty: there is nothing to sign")
    sys.stdout.write(canonical(made) + "\n")
