"""`vacatur audit` by itself: contradictions in the legal record, and what to do about each."""

import typer

from vacatur.cli.common import (
    ExitCodeOption,
    JsonOption,
    KnownOption,
    OnOption,
    RecordedOption,
    RegisterOption,
    opened,
    print_json,
    read_asked,
)


def contradictions(
    context: typer.Context,
    on: OnOption = None,
    known: KnownOption = None,
    recorded: RecordedOption = None,
    register: RegisterOption = None,
    exit_code: ExitCodeOption = False,
    json: JsonOption = False,
) -> None:
    """Find contradictions in the record: acts without their target, open designations, stays of what has ended.

    Example:
      vacatur audit --exit-code
    """
    if context.invoked_subcommand is not None:
        return
    from vacatur.cli import show
    from vacatur.screening.audit import audit

    with opened(register) as opened_register:
        asked = read_asked(opened_register, on, known, recorded)
        findings = list(audit(opened_register.snapshot(asked.recorded), asked))
    if json:
        keys = ("kind", "what", "advice", "acts", "party", "measure")
        print_json({"findings": [{key: getattr(item, key) for key in keys} for item in findings]})
    else:
        out = show.console()
        for item in findings:
            where = " · ".join(name for name in (item.party, item.measure) if name)
            out.print(show.safe(f"{item.kind}: {item.what}" + (f"   {where}" if where else "")), style="bold")
            out.print(show.safe(f"  {item.advice}"), style="dim")
        out.print("no contradiction in the record" if not findings else f"{len(findings)} to look at", style="dim")
    if findings and exit_code:
        raise typer.Exit(1)
