"""Writing: a reading becomes a vintage with its presences; acts and measures become versions."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Connection,
    Select,
    Subquery,
    except_,
    func,
    insert,
    literal,
    select,
    update,
)

from vacatur.law.acts import Act, Measure
from vacatur.law.plain import act_from_json, to_json
from vacatur.register.presence import present_in
from vacatur.register.register import Writer
from vacatur.register.schema import (
    EVERYONE,
    act_parties,
    acts,
    deltas,
    documents,
    entries,
    links,
    measures,
    presences,
    vintages,
)
from vacatur.register.staging import Tally, drop_staged, parties_staged, staged


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A file as the register keeps it: its hash, what it was called, how long it is, where it came from."""

    sha256: str
    name: str
    size: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A vintage against its base: parties that came, went, or whose entry reads otherwise."""

    added: int
    removed: int
    changed: int
    base: date | None


@dataclass(frozen=True, slots=True)
class Follows:
    """That an edition was read by what it differs in from the newest one, whole or by a delta to it.

    The staged entries are then those about some parties, of which the edition before shows the entries `shown`
    ({number: party}); all others are as in that one.
    """

    vintage: int
    day: date
    by_delta: bool
    shown: Mapping[int, str]


def has_vintage(connection: Connection, source: str, day: date, sha256: str) -> bool:
    """Whether this very file is already recorded as this edition."""
    found = select(vintages.c.id).where(
        vintages.c.source == source,
        vintages.c.day == day,
        vintages.c.sha256 == sha256,
        vintages.c.retracted.is_(None),
    )
    return connection.scalar(found) is not None


def record_vintage(
    writer: Writer,
    source: str,
    day: date,
    document: StoredDocument,
    tally: Tally,
    lists: Mapping[str, str],
    notes: Sequence[str] = (),
    follows: Follows | None = None,
) -> Difference:
    """Turn the staged entries into a vintage, kept as the difference to the nearest one that the register has.

    An edition of the same source and day that is already there is retracted, as this one corrects it; but not when the
    document is a delta to it.

    Args:
        writer: the open transaction.
        source: the name of the source.
        day: that of the edition.
        document: the file.
        tally: how many entries the edition shows, in all and by list.
        lists: the publisher's lists that it covers, with their measures.
        notes: what its reader should know.
        follows: what it was compared with, when it was not read as a whole.
    """
    connection = writer.connection
    base = _base_of(connection, source, day)
    _record_document(writer, document)
    if follows is None or not follows.by_delta:
        connection.execute(
            update(vintages)
            .where(vintages.c.source == source, vintages.c.day == day, vintages.c.retracted.is_(None))
            .values(retracted=writer.id)
        )
    made = connection.execute(
        insert(vintages).values(
            source=source,
            day=day,
            sha256=document.sha256,
            base=base.id if base else None,
            depth=base.depth + 1 if base else 0,
            entries=tally.entries,
            lists=dict(lists),
            counts=dict(tally.lists),
            notes=list(notes),
            recorded=writer.id,
        )
    )
    vintage = int(made.inserted_primary_key[0])  # type: ignore[index]
    if follows is not None and follows.by_delta:
        connection.execute(insert(deltas).values(vintage=vintage, follows=follows.vintage))
    if follows is not None:
        difference = _presences_of(connection, vintage, follows)
    else:
        difference = _presences(connection, vintage, base)
    drop_staged(connection)
    return difference


def _presences_of(connection: Connection, vintage: int, follows: Follows) -> Difference:
    """Record what came and went among the parties that were read anew, and count them."""
    before, now = follows.shown, parties_staged(connection)
    came, went = now.keys() - before.keys(), before.keys() - now.keys()
    rows = [{"entry": entry, "vintage": vintage, "present": entry in came} for entry in sorted(came | went)]
    if rows:
        connection.execute(insert(presences), rows)
    touched = {now[entry] for entry in came} | {before[entry] for entry in went}
    had, present = touched.intersection(before.values()), touched.intersection(now.values())
    return Difference(len(present - had), len(had - present), len(had & present), follows.day)


def _presences(connection: Connection, vintage: int, base: "_Base | None") -> Difference:
    """Record what came and went since `base`, and count the parties."""
    incoming = staged()
    before = present_in(connection, base.id) if base else None
    came = except_(incoming, before).subquery() if before is not None else incoming.subquery()
    _insert_presences(connection, vintage, came, present=True)
    if before is not None:
        went = except_(before, incoming).subquery()
        _insert_presences(connection, vintage, went, present=False)
    return _difference(connection, vintage, incoming, before, base.day if base else None)


def _record_document(writer: Writer, document: StoredDocument) -> None:
    known = select(documents.c.sha256).where(documents.c.sha256 == document.sha256)
    if writer.connection.scalar(known) is None:
        writer.connection.execute(
            insert(documents).values(
                sha256=document.sha256,
                name=document.name,
                size=document.size,
                url=document.url,
                recorded=writer.id,
            )
        )


@dataclass(frozen=True, slots=True)
class _Base:
    id: int
    day: date
    depth: int


def _base_of(connection: Connection, source: str, day: date) -> _Base | None:
    """The vintage to count from: the same day's or the nearest earlier one, else the nearest later one."""
    rows = [
        _Base(row.id, row.day, row.depth)
        for row in connection.execute(
            select(vintages.c.id, vintages.c.day, vintages.c.depth).where(
                vintages.c.source == source, vintages.c.retracted.is_(None)
            )
        )
    ]
    earlier = [row for row in rows if row.day <= day]
    if earlier:
        return max(earlier, key=lambda row: (row.day, row.id))
    return min(rows, key=lambda row: (row.day, row.id), default=None)


def _insert_presences(connection: Connection, vintage: int, found: Subquery, *, present: bool) -> None:
    connection.execute(
        insert(presences).from_select(
            ["entry", "vintage", "present"], select(found.c.entry, literal(vintage), literal(present))
        )
    )


def _difference(
    connection: Connection, vintage: int, now: Select[int], before: Select[int] | None, base: date | None
) -> Difference:
    """Count the parties of the entries that came or went, by whether they had any entry before and have any now."""
    touched = (
        select(entries.c.party)
        .join(presences, presences.c.entry == entries.c.id)
        .where(presences.c.vintage == vintage)
        .distinct()
    )

    def count(query: Select[str]) -> int:
        return int(connection.scalar(select(func.count()).select_from(query.subquery())) or 0)

    def having_any(of: Select[int]) -> Select[str]:
        """Those of the touched parties with an entry among `of`.

        An outer join, as a database that meets two conditions on one table may try every pair of their values.
        """
        held = of.subquery()
        return (
            select(entries.c.party)
            .outerjoin(held, held.c.entry == entries.c.id)
            .where(entries.c.party.in_(touched))
            .group_by(entries.c.party)
            .having(func.count(held.c.entry) > 0)
        )

    total = count(touched)
    if before is None:
        return Difference(added=total, removed=0, changed=0, base=base)
    present = count(having_any(now))
    had = count(having_any(before))
    return Difference(added=total - had, removed=total - present, changed=had + present - total, base=base)


def record_measures(writer: Writer, wanted: Iterable[Measure]) -> int:
    """Record measures that are new or read otherwise than before; how many."""
    held = {
        row.measure: row for row in writer.connection.execute(select(measures).where(measures.c.retracted.is_(None)))
    }
    written = 0
    for measure in wanted:
        data = json.dumps(to_json(measure), ensure_ascii=False, sort_keys=True)
        old = held.get(measure.id)
        if old is not None and old.data == data:
            continue
        if old is not None:
            writer.connection.execute(update(measures).where(measures.c.id == old.id).values(retracted=writer.id))
        writer.connection.execute(insert(measures).values(measure=measure.id, data=data, recorded=writer.id))
        written += 1
    return written


def record_acts(writer: Writer, wanted: Iterable[Act], *, origin: str, actor: str, reason: str) -> int:
    """Record acts that are new or read otherwise than before, under where they come from, by whom and why; how many.

    An act that already stands under the same id with other content is retracted and recorded anew.
    """
    connection = writer.connection
    held = {row.act: row for row in connection.execute(select(acts).where(acts.c.retracted.is_(None)))}
    written = 0
    for act in wanted:
        data = json.dumps(to_json(act), ensure_ascii=False, sort_keys=True)
        old = held.get(act.id)
        if old is not None and old.data == data:
            continue
        if old is not None:
            retract_act(writer, old.id)
        made = connection.execute(
            insert(acts).values(act=act.id, origin=origin, data=data, actor=actor, reason=reason, recorded=writer.id)
        )
        row = int(made.inserted_primary_key[0])  # type: ignore[index]
        reached = [EVERYONE] if act.parties is None else sorted(act.parties)
        if reached:
            connection.execute(insert(act_parties), [{"row": row, "party": party} for party in reached])
        written += 1
    return written


def load_act(data: str) -> Act:
    """An act from the text of its row."""
    return act_from_json(json.loads(data))


def retract_act(writer: Writer, row: int) -> None:
    """Take back one version of an act; it still shows as recorded before this transaction."""
    writer.connection.execute(update(acts).where(acts.c.id == row).values(retracted=writer.id))


def record_link(writer: Writer, alias: str, party: str, *, basis: str, why: str) -> bool:
    """Record that `alias` is `party`; False when that is what the register already says."""
    old = writer.connection.execute(select(links).where(links.c.alias == alias, links.c.retracted.is_(None))).first()
    if old is not None and old.party == party:
        return False
    if old is not None:
        retract_link(writer, old.id)
    writer.connection.execute(insert(links).values(alias=alias, party=party, basis=basis, why=why, recorded=writer.id))
    return True


def retract_link(writer: Writer, link: int) -> None:
    """Take back a link: the two are parties of their own again."""
    writer.connection.execute(update(links).where(links.c.id == link).values(retracted=writer.id))
