"""`vacatur acts …`: acts as work: list, propose, import, accept, reject, retract, with who, when and why."""

import getpass
from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import JsonOption, RegisterOption, UsageError, opened, print_json

acts = typer.Typer(
    no_args_is_help=True,
    help="""List, propose, accept, reject, retract and import acts.

    Example:
      vacatur acts list --proposed
    """,
)

ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it (default: your login name).")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the register.")]
ActArgument = Annotated[str, typer.Argument(help="Id of an act.")]


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(acts, name="acts")


@acts.command("list")
def list_acts(
    party: Annotated[str | None, typer.Option(help="Only acts that reach this party (id).")] = None,
    measure: Annotated[str | None, typer.Option(help="Only acts under this measure (id).")] = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="Only acts that wait for a decision.")] = False,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """List acts with who recorded them.

    Example:
      vacatur acts list --proposed
    """
    from vacatur.cli import show
    from vacatur.screening.plain import act_json

    with opened(register) as opened_register:
        found = [
            item
            for item in opened_register.snapshot().acts()
            if (not proposed or item.act.proposed)
            and (not measure or measure in item.act.measures)
            and (not party or item.act.parties is None or party in item.act.parties)
        ]
    if json:
        print_json([{**act_json(item.act), **_record_json(item)} for item in found])
        return
    for item in found:
        mark = "proposed" if item.act.proposed else "accepted"
        typer.echo(show.safe(f"{mark}  {item.act.id}  {', '.join(item.act.measures)}: {show.act_words(item.act)}"))


def _record_json(item: Any) -> dict[str, Any]:
    return {
        "measures": list(item.act.measures),
        "parties": "all" if item.act.parties is None else sorted(item.act.parties),
        "proposed": item.act.proposed,
        "origin": item.origin,
        "actor": item.actor,
        "reason": item.reason,
        "recorded": item.recorded,
    }


@acts.command()
def propose(
    file: Annotated[Path, typer.Argument(help="Acts as YAML, in the form of docs/acts.md.")],
    reason: ReasonOption = "proposed for review",
    by: ByOption = None,
    register: RegisterOption = None,
) -> None:
    """Record acts as proposed: shown as reported, unconfirmed; counted in no status until accepted.

    Example:
      vacatur acts propose case.yaml --reason "order seen on the docket"
    """
    _record(file, reason, by, register, as_proposals=True)


@acts.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Acts as YAML, in the form of docs/acts.md.")],
    reason: ReasonOption = "imported",
    by: ByOption = None,
    register: RegisterOption = None,
) -> None:
    """Record documented acts at once as accepted; mistakes are named by line, and then nothing is recorded.

    Example:
      vacatur acts import case.yaml --by "A. Lawyer" --reason "read in the docket"
    """
    _record(file, reason, by, register, as_proposals=False)


def _record(file: Path, reason: str, by: str | None, url: str | None, *, as_proposals: bool) -> None:
    from vacatur.register import review
    from vacatur.sources.acts_yaml import read_acts

    try:
        text = file.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"can't read {file}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"can't read {file}: not UTF-8 ({error.reason} at byte {error.start})") from None
    with opened(url) as register:
        snapshot = register.snapshot()
        known = {item.act.id for item in snapshot.acts()}
        found = read_acts(text, file.name, snapshot.measures, acts=known)
        record = review.propose if as_proposals else review.import_acts
        count = record(register, found, origin=file.name, actor=by or getpass.getuser(), reason=reason)
    typer.echo(f"{count} acts {'proposed' if as_proposals else 'recorded'}")


@acts.command("read")
def read_documents(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="JSON of an API, or a court's RSS feed.")],
    measure: Annotated[
        list[str] | None, typer.Option(help="A measure that the court's case is about (id); may be repeated.")
    ] = None,
    record: Annotated[bool, typer.Option("--propose", help="Record what is found as proposed acts.")] = False,
    by: ByOption = None,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """Read documents of the Federal Register or of courts, and say which acts they suggest.

    Reads the Federal Register's API (documents, searches, public inspection) and CourtListener's (dockets, entries,
    searches, webhooks), RECAP dockets and the RSS feeds of courts. Nothing is recorded without --propose, and nothing
    counts before a person accepts it.

    Examples:
      vacatur acts read documents.json
      vacatur acts read docket.json --measure 1260h --propose
    """
    from vacatur.cli import show
    from vacatur.register import review
    from vacatur.screening.indexing import names_in, open_index
    from vacatur.sources.documents import act_of, read_document
    from vacatur.sources.proposals import PartyNames

    with opened(register) as opened_register:
        names = PartyNames(names_in(opened_register.snapshot(), open_index(opened_register)))
        known = opened_register.snapshot().measures
        if unknown := [name for name in measure or () if name not in known]:
            raise UsageError(f"--measure: no measure is called {unknown[0]!r}")
        found = [
            proposal for file in files for proposal in read_document(_bytes_of(file), file.name, names, measure or ())
        ]
        if record:
            actor = by or getpass.getuser()
            wanted = [act_of(item) for item in found]
            origin = ", ".join(file.name for file in files)
            count = review.propose(opened_register, wanted, origin=origin, actor=actor, reason="read from documents")
    if json:
        print_json([_proposal_json(item) for item in found])
        return
    for item in found:
        who = ", ".join(sorted(item.act.parties or ())) or "no party of the register"
        typer.echo(show.safe(f"{item.confidence:.2f}  {', '.join(item.act.measures)}: {show.act_words(item.act)}"))
        typer.echo(show.safe(f"      reaches {who}; because {item.why}"))
        typer.echo(show.safe(f"      {item.act.id}"))
    typer.echo(f"{len(found)} acts suggested" + (f", {count} proposed" if record else "; --propose records them"))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"can't read {file}: {error.strerror}") from None


def _proposal_json(item: Any) -> dict[str, Any]:
    from vacatur.screening.plain import act_json

    return {
        **act_json(item.act),
        "measures": list(item.act.measures),
        "parties": sorted(item.act.parties or ()),
        "confidence": item.confidence,
        "evidence": item.evidence,
        "why": item.why,
        "named": list(item.named),
        "citations": list(item.citations),
    }


@acts.command()
def accept(
    act: ActArgument,
    reason: ReasonOption,
    measure: Annotated[list[str] | None, typer.Option(help="The measure it is under, where it was not known.")] = None,
    party: Annotated[list[str] | None, typer.Option(help="The party it reaches, where it was not known.")] = None,
    target: Annotated[list[str] | None, typer.Option(help="The act it works on, where it was not known.")] = None,
    by: ByOption = None,
    register: RegisterOption = None,
) -> None:
    """Accept a proposed act: from now on it counts; the past does not learn of it.

    Examples:
      vacatur acts accept xiaomi-2021-05-25-vacated --reason "final order read"
      vacatur acts accept court-dcd-1:21-cv-00280-8-vacated --measure ccmc-1237 --party xiaomi --reason "order read"
    """
    from vacatur.review.decide import By, decide_act

    with opened(register) as opened_register:
        entry = decide_act(
            opened_register,
            act,
            "accepted",
            reason=reason,
            by=By(by or getpass.getuser()),
            measures=measure or (),
            parties=party or (),
            targets=target or (),
        )
    typer.echo(f"accepted in transaction {entry.content['recorded']}")


@acts.command()
def reject(act: ActArgument, reason: ReasonOption, by: ByOption = None, register: RegisterOption = None) -> None:
    """Reject a proposed act.

    Example:
      vacatur acts reject blog-rumour-1 --reason "no such order on the docket"
    """
    from vacatur.review.decide import By, decide_act

    with opened(register) as opened_register:
        entry = decide_act(opened_register, act, "rejected", reason=reason, by=By(by or getpass.getuser()))
    typer.echo(f"rejected in transaction {entry.content['recorded']}")


@acts.command()
def retract(act: ActArgument, reason: ReasonOption, by: ByOption = None, register: RegisterOption = None) -> None:
    """Take back an act that was our mistake; `--recorded` still shows it as it was.

    Example:
      vacatur acts retract wrong-act --reason "wrong party"
    """
    from vacatur.register import review

    with opened(register) as opened_register:
        transaction = review.retract(opened_register, act, actor=by or getpass.getuser(), reason=reason)
    typer.echo(f"retracted in transaction {transaction}")


@acts.command()
def rules(
    two_persons: Annotated[
        bool, typer.Option("--two-persons/--one-person", help="Whether a proposer may accept the own proposal.")
    ],
    register: RegisterOption = None,
) -> None:
    """Say how many persons an acceptance takes.

    Example:
      vacatur acts rules --two-persons
    """
    from vacatur.register import review

    with opened(register) as opened_register:
        review.demand_two_persons(opened_register, wanted=two_persons)
    typer.echo("an act is accepted by another person than its proposer" if two_persons else "one person is enough")
