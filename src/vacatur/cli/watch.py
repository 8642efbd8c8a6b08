"""`vacatur watch`: parties and customers to be told about, and the runs that tell."""

import getpass
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from vacatur.cli.common import (
    ExitCodeOption,
    JsonOption,
    RegisterOption,
    UnaskedRegisterOption,
    UsageError,
    opened,
    print_json,
    write_whole,
)

watch = typer.Typer(
    no_args_is_help=True,
    help="""Parties and customers to be told about, and runs that tell what changed.

    Example:
      vacatur watch add xiaomi huawei
    """,
)

ThresholdOption = Annotated[
    float | None, typer.Option(min=0.0, max=1.0, help="The lowest score that is a hit (default: 0.7).")
]


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(watch, name="watch")


@watch.command("add")
def add(
    parties: Annotated[list[str] | None, typer.Argument(help="Ids of parties of the register.")] = None,
    name: Annotated[str | None, typer.Option(help="The name of a customer.")] = None,
    key: Annotated[str | None, typer.Option("--id", help="Your own id of the customer.")] = None,
    schema: Annotated[str | None, typer.Option(help="Company, Person, Vessel …")] = None,
    country: Annotated[list[str] | None, typer.Option(metavar="CC", help="A country of the customer.")] = None,
    birth_date: Annotated[str | None, typer.Option(metavar="DATE", help="Birth date or year.")] = None,
    identifier: Annotated[list[str] | None, typer.Option(help="A registration number, LEI, ticker …")] = None,
    threshold: ThresholdOption = None,
    register: RegisterOption = None,
) -> None:
    """Watch parties by their id, or one customer by name or identifier.

    Examples:
      vacatur watch add xiaomi huawei
      vacatur watch add --name "Acme Trading" --country ru --id C-1001
    """
    from vacatur.screening.screen import DEFAULT_THRESHOLD
    from vacatur.watch.lists import watch_customers, watch_party

    if bool(parties) == bool(name or identifier):
        raise UsageError("give ids of parties, or --name or --identifier of a customer")
    with opened(register) as found:
        for party in parties or []:
            fresh = watch_party(found, party, actor=getpass.getuser())
            typer.echo(f"{party}: {'watched' if fresh else 'was watched already'}")
        if not parties:
            fields = {
                "name": name or "",
                "schema": schema or "",
                "country": ";".join(country or []),
                "birth_date": birth_date or "",
                "identifier": ";".join(identifier or []),
            }
            done = watch_customers(
                found, [(key, fields)], actor=getpass.getuser(), threshold=threshold or DEFAULT_THRESHOLD
            )
            typer.echo(_imported_words(done))


@watch.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="csv, xlsx, Parquet or jsonl, as for `screen --file`.")],
    map: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=HEADER", help="name=CustomerName …; repeatable.")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="Delimiter of a csv file (default: recognised).")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of a csv file (default: recognised).")] = None,
    threshold: ThresholdOption = None,
    prune: Annotated[bool, typer.Option("--prune", help="Stop watching customers that the file lacks.")] = False,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """Watch the customers of a file; columns id, name, schema, country, birth_date, identifier.

    A row whose id is known with other values replaces what was watched under it. A row that can't be read stops the
    import, and nothing is changed.

    Example:
      vacatur watch import customers.csv --map name=CustomerName --prune
    """
    from dataclasses import asdict

    from vacatur.cli.many import read_mapping
    from vacatur.screening.customers import CustomerFileError, read_customers
    from vacatur.screening.screen import DEFAULT_THRESHOLD
    from vacatur.watch.lists import watch_customers

    def rows() -> Iterator[tuple[str | None, Any]]:
        for customer in read_customers(file, read_mapping(map or []), delimiter=delimiter, encoding=encoding):
            if customer.error:
                raise CustomerFileError(f"{file}, row {customer.row}: {customer.error}; the watch list is as it was")
            yield customer.fields.get("id") or None, customer.fields

    with opened(register) as found:
        done = watch_customers(
            found, rows(), actor=getpass.getuser(), threshold=threshold or DEFAULT_THRESHOLD, prune=prune
        )
    if json:
        print_json(asdict(done))
    else:
        typer.echo(_imported_words(done))


@watch.command("list")
def list_(register: RegisterOption = None, json: JsonOption = False) -> None:
    """List who is watched.

    Example:
      vacatur watch list
    """
    from vacatur.cli import show
    from vacatur.watch.lists import list_watched

    with opened(register) as found, found.engine.connect() as connection:
        items = list(list_watched(connection))
    if json:
        print_json(
            [
                {
                    "number": item.id,
                    "party": item.party,
                    "id": item.key,
                    **item.fields,
                    "threshold": item.threshold,
                    "added": item.added,
                }
                for item in items
            ]
        )
        return
    for item in items:
        kind = "party" if item.party else f"customer {item.key or ''}".rstrip()
        typer.echo(show.safe(f"{item.id:>6}  {kind:<20} {item.label}"))


@watch.command("remove")
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of parties, your ids of customers, or numbers of `list`.")],
    register: RegisterOption = None,
) -> None:
    """Stop watching.

    Example:
      vacatur watch remove xiaomi C-1001
    """
    from vacatur.watch.lists import unwatch

    with opened(register) as found:
        unwatch(found, ids, actor=getpass.getuser())
    typer.echo(f"{len(ids)} removed")


@watch.command("run")
def run(
    all: Annotated[bool, typer.Option("--all", help="Screen every customer again, whatever changed.")] = False,
    webhook: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Post what changed here, signed with VACATUR_WEBHOOK_SECRET."),
    ] = None,
    mail: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Mail what changed to this address.")
    ] = None,
    atom: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the newest notices as an Atom feed.")] = None,
    json_feed: Annotated[Path | None, typer.Option(metavar="FILE", help="Write them as a JSON Feed.")] = None,
    smtp: Annotated[
        str, typer.Option(envvar="VACATUR_SMTP", metavar="URL", help="The mail server: smtp://… or smtps://….")
    ] = "smtp://localhost",
    sender: Annotated[
        str, typer.Option("--from", envvar="VACATUR_MAIL_FROM", metavar="ADDRESS", help="The sender of mails.")
    ] = "vacatur@localhost",
    secret: Annotated[str, typer.Option(envvar="VACATUR_WEBHOOK_SECRET", hidden=True)] = "",
    allow_inside: Annotated[
        bool, typer.Option("--allow-inside", help="Allow webhooks to addresses that are not on the public internet.")
    ] = False,
    register: RegisterOption = None,
    json: JsonOption = False,
    exit_code: ExitCodeOption = False,
) -> None:
    """Find and tell what changed since the last run for those who are watched.

    Examples:
      vacatur watch run
      vacatur watch run --mail compliance@example.com --atom /srv/feeds/watch.atom
    """
    from vacatur.review.remembered import dismissing
    from vacatur.screening.indexing import open_index
    from vacatur.watch.delivery import deliver_due, message_of
    from vacatur.watch.mail import Mail
    from vacatur.watch.runs import is_complete, run_watch
    from vacatur.watch.webhook import Webhook, read_secret

    channels: list[Any] = [Webhook(url, read_secret(secret), allow_inside) for url in webhook or []]
    channels += [Mail(address, smtp, sender) for address in mail or []]
    with opened(register) as found:
        index = open_index(found)
        names = [item.name for item in channels]
        dismissed = dismissing(found)
        parts: list[Any] = []
        with _progress() as progress:
            while not parts or not is_complete(found, parts[-1]):
                parts.append(
                    run_watch(
                        found, index, everyone=all and not parts, channels=names, progress=progress, dismissed=dismissed
                    )
                )
        delivered = list(deliver_due(found, channels))
        _write_feeds(found, parts[-1].at, atom, json_feed)
        with found.engine.connect() as connection:
            messages = [message_of(connection, part.id) for part in parts]
    _print_runs(messages, delivered, as_json=json)
    if exit_code and (any(part.notices for part in parts) or any(item.trouble for item in delivered)):
        raise typer.Exit(1)


@watch.command("runs")
def runs(
    run: Annotated[int | None, typer.Option(metavar="NUMBER", help="Show this run with its notices.")] = None,
    register: RegisterOption = None,
    json: JsonOption = False,
) -> None:
    """List the runs on record, the newest first: what each compared, how many were watched, what is undelivered.

    Example:
      vacatur watch runs --json
    """
    from vacatur.watch.delivery import message_of, run_json, waiting
    from vacatur.watch.record import list_runs

    with opened(register) as found:
        items = list_runs(found)
        with found.engine.connect() as connection:
            due = waiting(connection)
            if run is not None:
                if run not in [item.id for item in items]:
                    raise UsageError(f"there is no run {run}; see: vacatur watch runs")
                message = message_of(connection, run)
    if run is not None:
        _print_runs([message], [], as_json=json)
    elif json:
        print_json(
            [
                run_json(item)
                | {"undelivered": [{"channel": name, "trouble": why} for number, name, why in due if number == item.id]}
                for item in items
            ]
        )
    else:
        for item in items:
            typer.echo(_run_words(item))
            for number, name, why in due:
                if number == item.id:
                    typer.echo(f"        not delivered: {name}{': ' + why if why else ''}")


@watch.command("secret")
def secret(_register: UnaskedRegisterOption = None) -> None:
    """Print a new secret for webhooks, to be set as VACATUR_WEBHOOK_SECRET and given to the receiver.

    Example:
      vacatur watch secret
    """
    import base64

    typer.echo(f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}")


@contextmanager
def _progress() -> Iterator[Any]:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from vacatur.cli import show

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=show.console(stderr=True), transient=True) as shown:
        tasks: dict[str, Any] = {}

        def tell(what: str, count: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=None)
            shown.update(tasks[what], completed=count)

        yield tell


def _write_feeds(register: Any, updated: str, atom: Path | None, json_feed: Path | None) -> None:
    from vacatur.watch import feeds
    from vacatur.watch.delivery import register_id
    from vacatur.watch.record import newest_notices

    if atom is None and json_feed is None:
        return
    with register.engine.connect() as connection:
        told, name = list(newest_notices(connection, feeds.MOST_NOTICES)), register_id(connection)
    if atom is not None:
        write_whole(atom, feeds.atom(told, name, updated))
    if json_feed is not None:
        write_whole(json_feed, feeds.json_feed(told, name))


def _print_runs(messages: list[Any], delivered: list[Any], *, as_json: bool) -> None:
    """Print what the parts of a run told; as JSON under the last of them, with the others as `earlier`."""
    from vacatur.cli import show
    from vacatur.watch.delivery import message_json
    from vacatur.watch.words import details, headline

    if as_json:
        told = [{"run": item.run, "channel": item.channel, "trouble": item.trouble or None} for item in delivered]
        *earlier, last = map(message_json, messages)
        notices = [notice for message in (*earlier, last) for notice in message["notices"]]
        runs = {"earlier": [message["run"] for message in earlier]} if earlier else {}
        print_json(last | runs | {"notices": notices, "delivered": told})
        return
    for message in messages:
        for notice in message.notices:
            typer.echo(show.safe(headline(notice.kind, notice.data)))
            for line in details(notice.kind, notice.data):
                typer.echo(f"    {show.safe(line)}")
        typer.echo(_run_words(message.run))
    for item in delivered:
        outcome = f"not delivered: {item.trouble}; the next run tries again" if item.trouble else "delivered"
        typer.echo(show.safe(f"run {item.run}, {item.channel}: {outcome}"))


def _run_words(run: Any) -> str:
    told = _many(run.notices, "notice", "notices") if run.notices else "no change"
    return (
        f"run {run.id}  {run.at}  transactions {run.after}–{run.transaction}, index {run.index[:12]}:"
        f" {_many(run.parties, 'party', 'parties')} and {_many(run.customers, 'customer', 'customers')} watched,"
        f" {_many(run.changed, 'party', 'parties')} changed,"
        f" {_many(run.screened, 'customer', 'customers')} screened,"
        f" statuses of {_many(run.judged, 'party', 'parties')} compared: {told}"
    )


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _imported_words(done: Any) -> str:
    return f"{done.added:,} added, {done.changed:,} changed, {done.unchanged:,} unchanged, {done.removed:,} removed"
