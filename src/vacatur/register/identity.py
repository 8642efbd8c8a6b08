"""One party from several sources: joined by a shared strong identifier or the reviewed crosswalk, never by name.

A link says that an id is another party; it is recorded like everything else, with its basis and reason, and a person
can take it back (`split`) or make one (`merge`). A person's word outlasts every update: what was split is not joined
again by a machine, and what was merged is not linked elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, or_, select

from vacatur.errors import UserError
from vacatur.register.record import record_link, retract_link
from vacatur.register.register import Register, Writer
from vacatur.register.schema import entries, identifiers, links, transactions
from vacatur.register.snapshot import DOSSIERS, Snapshot

PERSON = "person"
"""The basis of a link that a person made."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One link as recorded: that `alias` is `party`, why, by whom and when; and who took it back, when and why."""

    alias: str
    party: str
    basis: str
    why: str
    recorded: int
    at: str
    actor: str
    retracted: int | None
    retracted_by: str | None
    retracted_because: str | None


class IdentityError(UserError):
    """Two parties that can't be merged, or one that can't be split off; says why."""


def join_parties(writer: Writer, newest_before: int = 0) -> int:
    """Link parties of different sources that share a strong identifier; how many links are new.

    Two entries of one source stay apart whatever they share: their publisher keeps them apart. What a person split
    stays split.

    Args:
        writer: the open transaction.
        newest_before: entries up to this number were looked at when they were recorded, and are not again.
    """
    fresh, other = identifiers.alias("fresh"), identifiers.alias("other")
    met = writer.connection.execute(
        select(fresh.c.kind, fresh.c.value, fresh.c.party, fresh.c.source, other.c.party, other.c.source)
        .join(other, (fresh.c.kind == other.c.kind) & (fresh.c.value == other.c.value))
        .where(fresh.c.entry > newest_before, fresh.c.source != other.c.source, fresh.c.party != other.c.party)
        .distinct()
    )
    pairs = set()
    for kind, value, *sides in met:
        (party, _), (following, source) = sorted((tuple(sides[:2]), tuple(sides[2:])))
        pairs.add((party, following, source, kind, value))
    rows = writer.connection.execute(select(links).order_by(links.c.id)).all()
    current = {row.alias: row.party for row in rows if row.retracted is None}
    split = _split_pairs(rows)
    joined = 0
    for party, other, source, kind, value in sorted(pairs):
        first, second = _root(party, current), _root(other, current)
        if source == DOSSIERS:
            first, second = second, first
        if first == second or _was_split({first, second}, split, current):
            continue
        joined += record_link(writer, second, first, basis="identifier", why=f"same {kind} {value}")
        current[second] = first
    return joined


def record_crosswalk(writer: Writer, crosswalk: Mapping[str, str]) -> int:
    """Record the reviewed crosswalk of the dossiers: {id in a source: party}; how many links are new.

    Where a person linked the id otherwise, or split it from that party, the person's word stands.
    """
    if not crosswalk:
        return 0
    rows = writer.connection.execute(select(links).order_by(links.c.id)).all()
    judged = {row.alias for row in rows if row.retracted is None and row.basis == PERSON}
    split = _split_pairs(rows)
    return sum(
        record_link(writer, alias, party, basis="crosswalk", why="reviewed crosswalk of the dossiers")
        for alias, party in sorted(crosswalk.items())
        if alias not in judged and frozenset((alias, party)) not in split
    )


def merge(register: Register, first: str, second: str, *, actor: str, reason: str) -> tuple[str, str]:
    """Record a person's judgement that two ids are one party; (the id it goes by now, the id absorbed).

    The party of the dossiers keeps its id, else that of `first`.

    Raises:
        IdentityError: an id is unknown, or they are one party already.
    """
    with register.transaction(actor, f"merge {first} and {second}: {reason}") as writer:
        current = _current(writer)
        for party in (first, second):
            _check_known(writer, party, current)
        kept, absorbed = _root(first, current), _root(second, current)
        if kept == absorbed:
            raise IdentityError(f"{first} and {second} are one party already: {kept}")
        if _is_of_dossiers(writer, absorbed) and not _is_of_dossiers(writer, kept):
            kept, absorbed = absorbed, kept
        record_link(writer, absorbed, kept, basis=PERSON, why=reason)
    return kept, absorbed


def split(register: Register, party: str, *, actor: str, reason: str) -> str:
    """Record a person's judgement that an id is a party of its own; the id that it had been taken for.

    Raises:
        IdentityError: the id was not taken for another.
    """
    with register.transaction(actor, f"split {party}: {reason}") as writer:
        row = writer.connection.execute(
            select(links).where(links.c.alias == party, links.c.retracted.is_(None)).order_by(links.c.id.desc())
        ).first()
        if row is None:
            current = _current(writer)
            absorbed = sorted(alias for alias, other in current.items() if other == party)
            hint = f"; it has absorbed {', '.join(absorbed)}: split one of those" if absorbed else ""
            raise IdentityError(f"{party} goes by its own id already{hint}")
        retract_link(writer, row.id)
        return str(row.party)


def judgements(snapshot: Snapshot, ids: Sequence[str]) -> tuple[Judgement, ...]:
    """Every link to or from one of `ids` that was recorded by then, those taken back included."""
    made, back = transactions.alias("made"), transactions.alias("back")
    query = (
        select(links, made.c.at, made.c.actor, back.c.actor.label("back_actor"), back.c.reason.label("back_reason"))
        .join(made, made.c.id == links.c.recorded)
        .outerjoin(back, (back.c.id == links.c.retracted) & (back.c.id <= snapshot.recorded))
        .where(or_(links.c.alias.in_(ids), links.c.party.in_(ids)), links.c.recorded <= snapshot.recorded)
        .order_by(links.c.id)
    )
    with snapshot.engine.connect() as connection:
        return tuple(
            Judgement(
                row.alias,
                row.party,
                row.basis,
                row.why,
                row.recorded,
                row.at,
                row.actor,
                row.retracted if row.back_actor is not None else None,
                row.back_actor,
                row.back_reason,
            )
            for row in connection.execute(query)
        )


def split_pairs(register: Register) -> set[frozenset[str]]:
    """The pairs of ids that a person has told apart and nobody joined since."""
    with register.engine.connect() as connection:
        return _split_pairs(connection.execute(select(links).order_by(links.c.id)).all())


def _split_pairs(rows: Sequence[Row[Any]]) -> set[frozenset[str]]:
    """Pairs whose link was taken back, and not for the alias's link to another party in the same transaction."""
    moved = {(row.alias, row.recorded) for row in rows}
    joined = {frozenset((row.alias, row.party)) for row in rows if row.retracted is None}
    return {
        frozenset((row.alias, row.party))
        for row in rows
        if row.retracted is not None and (row.alias, row.retracted) not in moved
    } - joined


def _was_split(roots: set[str], split: Iterable[frozenset[str]], current: Mapping[str, str]) -> bool:
    return any({_root(party, current) for party in pair} == roots for pair in split)


def _current(writer: Writer) -> dict[str, str]:
    rows = writer.connection.execute(
        select(links.c.alias, links.c.party).where(links.c.retracted.is_(None)).order_by(links.c.id)
    )
    return {row.alias: row.party for row in rows}


def _check_known(writer: Writer, party: str, current: Mapping[str, str]) -> None:
    known = select(entries.c.id).where(entries.c.party == party).limit(1)
    if party not in current and writer.connection.scalar(known) is None:
        raise IdentityError(f"the register has no party {party}: give ids, as `vacatur screen NAME` shows them")


def _is_of_dossiers(writer: Writer, party: str) -> bool:
    found = select(entries.c.id).where(entries.c.party == party, entries.c.source == DOSSIERS).limit(1)
    return writer.connection.scalar(found) is not None


def _root(party: str, current: Mapping[str, str]) -> str:
    """The id at the end of the links from `party`; links form no circle, as each joins two different ends."""
    while party in current:
        party = current[party]
    return party
