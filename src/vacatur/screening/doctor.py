"""What may be wrong with a register, its index and its sources, and how to mend it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.exc import SQLAlchemyError

from vacatur.errors import UserError
from vacatur.fetching.mirrors import Mirrors
from vacatur.law.rule import find_cycle
from vacatur.matching.index import Index
from vacatur.register import Register
from vacatur.register.aside import waiting
from vacatur.register.checks import Outcome, confirmed, last_checks
from vacatur.register.refresh import can_be_fetched
from vacatur.register.snapshot import DOSSIERS
from vacatur.screening.indexing import index_path
from vacatur.screening.screen import STALE_AFTER
from vacatur.sources.catalog import find_source


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what, whether it is well, and what to do when it is not."""

    what: str
    well: bool
    advice: str = ""


def examine(register: Register, today: date | None = None) -> list[Finding]:
    """Look at everything; `today` decides what is stale (default: the present day in UTC)."""
    day = today or datetime.now(UTC).date()
    return [*_database(register), *_index(register), *_acts(register), *_vintages(register, day), *_held(register)]


def _database(register: Register) -> Iterator[Finding]:
    name = register.url.render_as_string(hide_password=True)
    if register.engine.dialect.name != "sqlite":
        yield Finding(f"register {name} answers", well=True)
        return
    try:
        with register.engine.connect() as connection:
            said = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())
    except SQLAlchemyError as error:
        said = str(error.__cause__ or error)
    advice = "" if said == "ok" else f"{said}: restore the file from a backup, or load the lists into a new register"
    yield Finding(f"register {name} is whole", well=said == "ok", advice=advice)


def _index(register: Register) -> Iterator[Finding]:
    path = index_path(register)
    try:
        index = Index.open(path)
    except UserError as error:
        yield Finding(f"index {path} is whole", well=False, advice=str(error))
        return
    current = index.transaction == register.newest_transaction()
    index.close()
    advice = "" if current else "it is behind the register: the next command that searches builds it anew"
    yield Finding(f"index {path} is current", well=current, advice=advice)


def _acts(register: Register) -> Iterator[Finding]:
    acts = [item.act for item in register.snapshot().acts()]
    circle = find_cycle(acts)
    advice = f"retract one of {' → '.join(circle)}" if circle else ""
    yield Finding("targets of acts form no circle", well=circle is None, advice=advice)
    known = {act.id for act in acts}
    for act in acts:
        missing = [target for target in act.targets if target not in known]
        if missing:
            yield Finding(f"act {act.id} has its target", well=False, advice=f"record or correct {', '.join(missing)}")


def _vintages(register: Register, today: date) -> Iterator[Finding]:
    newest: dict[str, date] = {}
    for vintage in register.snapshot().vintages:
        newest[vintage.source] = max(vintage.day, newest.get(vintage.source, vintage.day))
    lists = {source: day for source, day in newest.items() if source != DOSSIERS}
    if not lists:
        yield Finding("a list was read", well=False, advice="vacatur update; see: vacatur sources")
    confirmations = confirmed(register.engine, today)
    for source, day in sorted(lists.items()):
        fresh = max(day, confirmations.get(source, day))
        stale = today - fresh > STALE_AFTER
        said = f", confirmed {fresh}" if fresh > day else ""
        yield Finding(
            f"{source}: newest edition {day}{said}", well=not stale, advice=_how_to_update(source) if stale else ""
        )
    for source, check in sorted(last_checks(register).items()):
        if check.outcome is Outcome.FAILED:
            yield Finding(f"{source} was reached", well=False, advice=f"on {check.at:%Y-%m-%d}: {check.note}")


def _how_to_update(name: str) -> str:
    """The command that brings a source up to date: with a file, where it has no address to fetch from."""
    general = name.partition(":")[0]
    try:
        is_fetched = can_be_fetched(find_source(general), Mirrors.of(os.environ))
    except UserError:
        is_fetched = False
    return f"vacatur update {general}" if is_fetched else f"vacatur update {general} --from FILE"


def _held(register: Register) -> Iterator[Finding]:
    for item in waiting(register):
        yield Finding(
            f"{item.source}: the edition of {item.day} is recorded",
            well=False,
            advice=f"held since {item.at:%Y-%m-%d}: {'; '.join(item.reasons)}: "
            f"vacatur update --accept-held {item.source}, or --drop-held",
        )
