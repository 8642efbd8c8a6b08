"""The entries of an edition on their way into the register: new ones recorded, and which are meant noted beside.

What is noted lives in temporary tables, for the length of one transaction.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import Column, Connection, Integer, MetaData, Select, Table, func, insert, select

from vacatur.parties import LINK_ENDS, STRONG_IDENTIFIERS, Entry, digest_of_text
from vacatur.register.register import Writer
from vacatur.register.schema import entries, identifiers, link_ends

BATCH = 2_000
T = TypeVar("T")

_incoming = Table("incoming", MetaData(), Column("entry", Integer, nullable=False), prefixes=["TEMPORARY"])


@dataclass(slots=True)
class Tally:
    """What streamed by while a reading was recorded: entries, and entries on each of the publisher's lists.

    Entries that were new to the register have numbers above `newest_before`.
    """

    entries: int = 0
    lists: Counter[str] = field(default_factory=Counter)
    newest_before: int = 0


def stage_entries(writer: Writer, source: str, stream: Iterable[Entry]) -> Tally:
    """Record the entries that are new and note in a temporary table which ones this edition shows."""
    connection = writer.connection
    _incoming.drop(connection, checkfirst=True)
    _incoming.create(connection)
    tally = Tally(newest_before=connection.scalar(select(func.max(entries.c.id))) or 0)
    for batch in _batches(stream):
        tally.entries += len(batch)
        tally.lists.update(listing.list for entry in batch for listing in entry.listings)
        wanted = {digest_of_text(text): (entry, text) for entry in batch for text in (entry.text,)}
        numbers = _known(connection, source, list(wanted))
        fresh = {digest: wanted[digest] for digest in wanted if digest not in numbers}
        if fresh:
            numbers |= _record_entries(writer, source, fresh)
        connection.execute(insert(_incoming), [{"entry": numbers[digest]} for digest in wanted])
    return tally


def _batches(stream: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(stream)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _known(connection: Connection, source: str, digests: Sequence[str]) -> dict[str, int]:
    """{digest: number} of those entries that the register has."""
    found = select(entries.c.digest, entries.c.id).where(entries.c.source == source, entries.c.digest.in_(digests))
    return {row.digest: row.id for row in connection.execute(found)}


def _record_entries(writer: Writer, source: str, fresh: Mapping[str, tuple[Entry, str]]) -> dict[str, int]:
    """Record entries that the register has not, {digest: (entry, its text)}; {digest: number}."""
    connection = writer.connection
    newest = connection.scalar(select(func.max(entries.c.id))) or 0
    connection.execute(
        insert(entries),
        [
            {"source": source, "party": entry.party.id, "digest": digest, "data": text, "recorded": writer.id}
            for digest, (entry, text) in fresh.items()
        ],
    )
    # There is one writer at a time, so that these are the only ones with higher numbers.
    made = select(entries.c.digest, entries.c.id).where(entries.c.id > newest)
    numbers = {row.digest: row.id for row in connection.execute(made)}
    strong = [
        {"entry": numbers[digest], "kind": kind, "value": value, "party": entry.party.id, "source": source}
        for digest, (entry, _) in fresh.items()
        for kind, values in entry.party.properties.items()
        if kind in STRONG_IDENTIFIERS
        for value in values
    ]
    if strong:
        connection.execute(insert(identifiers), strong)
    ends = [
        {"entry": numbers[digest], "role": role, "party": party, "schema": entry.party.schema}
        for digest, (entry, _) in fresh.items()
        for role in LINK_ENDS.get(entry.party.schema, ())
        for party in entry.party.get(role)
    ]
    if ends:
        connection.execute(insert(link_ends), ends)
    return numbers


def drop_staged(connection: Connection) -> None:
    """Forget what was noted."""
    _incoming.drop(connection)


def staged() -> Select[int]:
    """The entries that the edition being recorded shows."""
    return select(_incoming.c.entry).distinct()


def parties_staged(connection: Connection) -> dict[int, str]:
    """{number: party} of the entries that the edition being recorded shows."""
    rows = connection.execute(select(entries.c.id, entries.c.party).join(_incoming, _incoming.c.entry == entries.c.id))
    return {row.id: row.party for row in rows}
