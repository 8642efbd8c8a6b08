"""`vacatur review …`: open hits as cases: list, show, decide, report."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from vacatur.cli.common import JsonOption, RegisterOption, UsageError, opened, print_json, write_whole

review = typer.Typer(
    no_args_is_help=True,
    help="""Decide open hits, with who, when and why.

    Example:
      vacatur review list --state open
    """,
)

ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides (default: your login name).")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the log for ever.")]
CaseArgument = Annotated[str, typer.Argument(help="Id of a case.")]


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(review, name="review")


@review.command("list")
def list_(
    state: Annotated[list[str] | None, typer.Option(help="open, more, second or decided; repeatable.")] = None,
    party: Annotated[str | None, typer.Option(help="Only cases about this party (id).")] = None,
    text: Annotated[str, typer.Option(help="Words in the name of customer or party.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="Most cases to show.")] = 50,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """List cases that wait for a person, those that have waited longest first.

    Example:
      vacatur review list --state open
    """
    from vacatur.cli import show
    from vacatur.review.cases import STATES, Filter, list_cases
    from vacatur.review.plain import case_json

    if unknown := [name for name in state or () if name not in STATES]:
        raise UsageError(f"--state: no state is called {unknown[0]!r}; there are: {', '.join(STATES)}")
    wanted = Filter(tuple(state or Filter().states), party, text, limit)
    with opened(register) as opened_register:
        total, found = list_cases(opened_register, wanted)
    if json:
        print_json({"total": total, "cases": [case_json(case) for case in found]})
        return
    for case in found:
        outcome = f" ({case.outcome.replace('_', ' ')})" if case.outcome else ""
        name = case.fields.get("name") or case.fields.get("identifier", "")
        typer.echo(show.safe(f"{case.id}  {case.state}{outcome}  {name} → {case.caption} [{case.party}]"))
    typer.echo(f"{len(found)} of {total} cases", err=True)


@review.command("show")
def show_(case: CaseArgument, register: RegisterOption = None, json: JsonOption = False) -> None:
    """Show a case: customer, party, score word by word, statuses, decisions.

    Example:
      vacatur review show 3f2a9c0d1b7e4a55
    """
    from vacatur.cli import show
    from vacatur.review.cases import open_case
    from vacatur.review.plain import opened_json
    from vacatur.review.report import report_lines

    with opened(register) as opened_register:
        found = open_case(opened_register, case)
    if json:
        print_json(opened_json(found))
        return
    for line in report_lines(found):
        typer.echo(show.safe(line))


@review.command("decide")
def decide(
    case: CaseArgument,
    outcome: Annotated[str, typer.Argument(help="true_match, false_match or need_more.")],
    reason: ReasonOption,
    by: ByOption = None,
    register: RegisterOption = None,
) -> None:
    """Decide a case. A false match is remembered until the party, its status or the customer changes.

    Example:
      vacatur review decide 3f2a9c0d1b7e4a55 false_match --reason "another company: other country, other trade"
    """
    from vacatur.review.decide import By
    from vacatur.review.decide import decide as take

    with opened(register) as opened_register:
        entry = take(opened_register, case, outcome, reason=reason, by=By(by or getpass.getuser()))
    waits = "; waits for a second person" if entry.content["stage"] == "first" else ""
    typer.echo(f"entry {entry.sequence} of the log, hash {entry.hash}{waits}")


@review.command("report")
def report(
    case: CaseArgument,
    out: Annotated[Path, typer.Option(help="Where the report goes: .pdf or .html.")],
    register: RegisterOption = None,
) -> None:
    """Write a case as one report that an auditor can read alone.

    Example:
      vacatur review report 3f2a9c0d1b7e4a55 --out case.pdf
    """
    from vacatur.review.cases import open_case
    from vacatur.review.html import report_html
    from vacatur.review.pdf import report_pdf
    from vacatur.review.report import report_of

    if out.suffix.lower() not in (".pdf", ".html"):
        raise UsageError(f"--out: a report is a .pdf or .html file, not {out.suffix or 'a file without ending'!r}")
    with opened(register) as opened_register:
        content = report_of(open_case(opened_register, case))
    write_whole(out, report_pdf(content) if out.suffix.lower() == ".pdf" else report_html(content).encode())
    typer.echo(f"written to {out}", err=True)


@review.command("recheck")
def recheck(register: RegisterOption = None) -> None:
    """Open again every decided case whose party or status is not as it was. The service does this after each update.

    Example:
      vacatur review recheck
    """
    from vacatur.review.recheck import recheck as run
    from vacatur.screening.indexing import open_index

    with opened(register) as opened_register:
        index = open_index(opened_register)
        count = run(opened_register, index, index.transaction)
    typer.echo(f"{count} cases came back")


@review.command("rules")
def rules(
    two_persons: Annotated[bool, typer.Option("--two-persons/--one-person", help="How many persons a decision takes.")],
    by: ByOption = None,
    register: RegisterOption = None,
) -> None:
    """Say how many persons a decision about a hit takes; the log keeps who said so.

    Example:
      vacatur review rules --two-persons
    """
    from vacatur.review.decide import By, demand_four_eyes

    with opened(register) as opened_register:
        demand_four_eyes(opened_register, wanted=two_persons, by=By(by or getpass.getuser()))
    typer.echo("a decision takes two persons" if two_persons else "one person is enough")
