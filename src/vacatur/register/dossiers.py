"""The packaged dossiers in the register: recorded in one transaction at first use and at each upgrade."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from vacatur.parties import Entry, entry_from_json
from vacatur.register.identity import record_crosswalk
from vacatur.register.record import StoredDocument, record_acts, record_measures, record_vintage
from vacatur.register.register import Register
from vacatur.register.schema import acts, entries, vintages
from vacatur.register.snapshot import DOSSIERS
from vacatur.register.staging import stage_entries
from vacatur.sources.dossiers import Dossiers, load, packaged_version


def ensure_dossiers(register: Register) -> bool:
    """Record the packaged dossiers if the register does not hold them as they are now; whether it had to."""
    version = packaged_version()
    with register.engine.connect() as connection:
        if _recorded_version(connection) == version:
            return False
    dossiers = load()
    with register.transaction("vacatur", f"packaged dossiers {version[:12]}") as writer:
        if _recorded_version(writer.connection) == version:
            return False
        record_measures(writer, dossiers.measures.values())
        record_acts(writer, dossiers.acts, origin=DOSSIERS, actor="vacatur", reason="packaged dossiers")
        _retract_dropped(writer.connection, writer.id, {act.id for act in dossiers.acts})
        tally = stage_entries(writer, DOSSIERS, (Entry(party) for party in dossiers.parties))
        document = StoredDocument(version, "packaged dossiers", 0)
        record_vintage(writer, DOSSIERS, datetime.now(UTC).date(), document, tally, {})
        record_crosswalk(writer, dict(crosswalk(dossiers, _listed_entries(writer.connection))))
    return True


def crosswalk(dossiers: Dossiers, listed: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """(id in the source, dossier party) of every entry that the reviewed crosswalk knows under another id."""
    for entry in listed:
        party = dossiers.party_of(entry)
        if party is not None and party != entry.party.id:
            yield entry.party.id, party


def _listed_entries(connection: Connection) -> Iterator[Entry]:
    for data in connection.scalars(select(entries.c.data).where(entries.c.source != DOSSIERS)):
        yield entry_from_json(json.loads(data))


def _recorded_version(connection: Connection) -> str | None:
    found = connection.scalar(
        select(vintages.c.sha256).where(vintages.c.source == DOSSIERS).order_by(vintages.c.id.desc()).limit(1)
    )
    return None if found is None else str(found)


def _retract_dropped(connection: Connection, transaction: int, kept: set[str]) -> None:
    """Take back acts that an earlier release shipped and this one does not."""
    held = connection.execute(
        select(acts.c.id, acts.c.act).where(acts.c.origin == DOSSIERS, acts.c.retracted.is_(None))
    )
    dropped = [row.id for row in held if row.act not in kept]
    if dropped:
        connection.execute(acts.update().where(acts.c.id.in_(dropped)).values(retracted=transaction))
