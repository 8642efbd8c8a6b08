"""Reading every party of a register at once, for what would be slow party by party: lists with all their members."""

import json
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from vacatur.parties import entry_from_json
from vacatur.register.schema import entries, presences
from vacatur.register.snapshot import Seen, Snapshot


def everyone(snapshot: Snapshot) -> Iterator[tuple[str, tuple[Seen, ...]]]:
    """Every party under its canonical id, with every version of its entries as `Snapshot.seen` gives them."""
    aliases = snapshot.aliases()
    joined = set(aliases) | set(aliases.values())
    waiting: dict[str, list[Seen]] = defaultdict(list)
    current: list[Seen] = []
    before = ""
    for party, seen in _versions(snapshot):
        if party in joined:
            waiting[aliases.get(party, party)].append(seen)
            continue
        if current and party != before:
            yield before, tuple(current)
            current = []
        before = party
        current.append(seen)
    if current:
        yield before, tuple(current)
    for canonical, found in sorted(waiting.items()):
        yield canonical, tuple(sorted(found, key=lambda item: item.id))


def _versions(snapshot: Snapshot) -> Iterator[tuple[str, Seen]]:
    with snapshot.engine.connect() as connection:
        changes: dict[int, dict[int, bool]] = defaultdict(dict)
        for entry, vintage, present in connection.execute(select(presences)):
            changes[entry][vintage] = present
        rows = connection.execution_options(stream_results=True, max_row_buffer=5_000).execute(
            select(entries.c.id, entries.c.source, entries.c.party, entries.c.data, entries.c.recorded)
            .where(entries.c.recorded <= snapshot.recorded)
            .order_by(entries.c.party, entries.c.id)
        )
        for row in rows:
            entry = entry_from_json(json.loads(row.data))
            yield row.party, Seen(row.id, row.source, entry, row.recorded, changes[row.id])
