"""Acts as work: proposed by anyone, accepted or rejected by a person, retracted when they were our mistake.

A proposal is an act that counts in no status. Accepting it retracts the proposal and records the act anew, so that
the past does not learn of it. Who did it, when and why stays in the register.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from vacatur.errors import UserError
from vacatur.law.acts import Act
from vacatur.law.rule import find_cycle
from vacatur.register.record import load_act, record_acts, retract_act
from vacatur.register.register import Register, Writer
from vacatur.register.schema import acts, deliveries, meta
from vacatur.register.snapshot import Snapshot

TWO_PERSONS = "two_persons"

Then = Callable[[Writer, Act], None]
"""What is recorded together with a decision on an act."""


class ReviewError(UserError):
    """A decision on an act that can't be taken; says why."""


def demand_two_persons(register: Register, *, wanted: bool) -> None:
    """Whether the person who proposed an act may not be the one who accepts it."""
    with register.writing() as connection:
        if connection.scalar(select(meta.c.value).where(meta.c.key == TWO_PERSONS)) is None:
            connection.execute(insert(meta).values(key=TWO_PERSONS, value=str(int(wanted))))
        else:
            connection.execute(update(meta).where(meta.c.key == TWO_PERSONS).values(value=str(int(wanted))))


def demands_two_persons(connection: Connection) -> bool:
    """Whether the register demands two persons for an acceptance."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == TWO_PERSONS)) == "1"


def propose(register: Register, proposals: Iterable[Act], *, origin: str, actor: str, reason: str) -> int:
    """Record acts as proposed; how many are new or read otherwise.

    Raises:
        ReviewError: an accepted act stands under the same id.
    """
    wanted = [replace(act, proposed=True) for act in proposals]
    with register.transaction(actor, f"propose {len(wanted)} acts") as writer:
        for act in wanted:
            if _stands_accepted(writer.connection, act.id):
                raise ReviewError(f"act {act.id} stands already as accepted; retract it first")
        return record_acts(writer, wanted, origin=origin, actor=actor, reason=reason)


def propose_delivered(register: Register, proposals: Iterable[Act], *, sender: str, key: str, reason: str) -> int:
    """Record what a webhook brought as proposed acts, once for each `key` of its sender; how many are new.

    What a person has accepted already is left as it stands, and a repetition of a delivery brings back nothing that a
    person has rejected since.
    """
    with register.transaction(sender, f"webhook {key}") as writer:
        seen = select(deliveries.c.key).where(deliveries.c.sender == sender, deliveries.c.key == key)
        if writer.connection.scalar(seen) is not None:
            writer.connection.rollback()
            return 0
        writer.connection.execute(insert(deliveries).values(sender=sender, key=key, recorded=writer.id))
        wanted = [replace(act, proposed=True) for act in proposals if not _stands_accepted(writer.connection, act.id)]
        return record_acts(writer, wanted, origin=sender, actor=sender, reason=reason)


def _stands_accepted(connection: Connection, act_id: str) -> bool:
    row = _standing(connection, act_id)
    return row is not None and not load_act(row.data).proposed


def accept(
    register: Register,
    act_id: str,
    *,
    actor: str,
    reason: str,
    measures: Sequence[str] = (),
    parties: Sequence[str] = (),
    targets: Sequence[str] = (),
    then: Then | None = None,
) -> int:
    """Accept a proposed act: from this transaction on it counts; the transaction's id.

    Args:
        register: where the proposal stands.
        act_id: the proposal.
        actor: who accepts.
        reason: why.
        measures: ids to put in place of the proposal's, which a machine may not have known.
        parties: as `measures`, the parties that it reaches.
        targets: as `measures`, the acts that it works on; its effect is then that of its kind.
        then: called with the transaction and the act as accepted, to record more in the same transaction.

    Raises:
        ReviewError: there is no such proposal, its proposer may not accept it, it names a measure, party or act that
            the register does not know, or it would close a circle of targets.
    """
    snapshot = register.snapshot()
    with register.transaction(actor, f"accept {act_id}: {reason}") as writer:
        row = _proposal(writer.connection, act_id)
        if demands_two_persons(writer.connection) and row.actor == actor:
            raise ReviewError(f"act {act_id} was proposed by {actor}: this register wants another person to accept it")
        act = _completed(replace(load_act(row.data), proposed=False), measures, parties, targets)
        _check_known(snapshot, act, parties)
        check_acyclic(writer.connection, [act])
        record_acts(writer, [act], origin=row.origin, actor=actor, reason=reason)
        if then is not None:
            then(writer, act)
        return writer.id


def _completed(act: Act, measures: Sequence[str], parties: Sequence[str], targets: Sequence[str]) -> Act:
    act = replace(act, measures=tuple(measures) or act.measures)
    if parties:
        act = replace(act, parties=frozenset(parties))
    return replace(act, targets=tuple(targets), effect=None) if targets else act


def _check_known(snapshot: Snapshot, act: Act, parties: Sequence[str]) -> None:
    unknown = [name for name in act.measures if name not in snapshot.measures]
    if unknown:
        raise ReviewError(f"act {act.id} names no measure of the register ({', '.join(unknown)}): give --measure")
    strangers = [party for party in parties if not snapshot.seen((party,))]
    if strangers:
        raise ReviewError(f"the register has no party {', '.join(strangers)}: give the id of one that it has")
    if act.parties is not None and not act.parties:
        raise ReviewError(f"act {act.id} reaches no party that the register knows: give --party")
    standing = {item.act.id for item in snapshot.acts() if not item.act.proposed} if act.targets else set()
    if missing := [target for target in act.targets if target not in standing]:
        raise ReviewError(f"act {act.id} works on {', '.join(missing)}, which the register has not accepted")


def reject(register: Register, act_id: str, *, actor: str, reason: str, then: Then | None = None) -> int:
    """Reject a proposed act; the transaction's id. Raises `ReviewError` when there is no such proposal.

    `then` is that of `accept`.
    """
    with register.transaction(actor, f"reject {act_id}: {reason}") as writer:
        row = _proposal(writer.connection, act_id)
        retract_act(writer, row.id)
        if then is not None:
            then(writer, load_act(row.data))
        return writer.id


def proposed(connection: Connection, act_id: str) -> Act:
    """The proposed act; raises `ReviewError` when there is none."""
    return load_act(_proposal(connection, act_id).data)


def retract(register: Register, act_id: str, *, actor: str, reason: str) -> int:
    """Take back an act that was our mistake; the transaction's id. An authority's withdrawal is an act of its own.

    Raises:
        ReviewError: no such act stands.
    """
    with register.transaction(actor, f"retract {act_id}: {reason}") as writer:
        row = _standing(writer.connection, act_id)
        if row is None:
            raise ReviewError(f"no act {act_id} stands")
        retract_act(writer, row.id)
        return writer.id


def import_acts(register: Register, wanted: Sequence[Act], *, origin: str, actor: str, reason: str) -> int:
    """Record documented acts at once as accepted; how many are new or read otherwise.

    Raises:
        ReviewError: the register demands two persons (import them as proposals), or targets would form a circle.
    """
    with register.transaction(actor, f"import {len(wanted)} acts: {reason}") as writer:
        if demands_two_persons(writer.connection):
            raise ReviewError("this register demands two persons: import with --propose and let another person accept")
        check_acyclic(writer.connection, wanted)
        return record_acts(writer, wanted, origin=origin, actor=actor, reason=reason)


def check_acyclic(connection: Connection, added: Sequence[Act]) -> None:
    """Raise `ReviewError` when `added` would close a circle of targets among the acts that stand."""
    rows = connection.scalars(select(acts.c.data).where(acts.c.retracted.is_(None)))
    standing = {act.id: act for act in map(load_act, rows)}
    circle = find_cycle(list((standing | {act.id: act for act in added}).values()))
    if circle:
        raise ReviewError(f"acts would target one another in a circle: {' → '.join(circle)}")


def _standing(connection: Connection, act_id: str) -> Row[Any] | None:
    return connection.execute(select(acts).where(acts.c.act == act_id, acts.c.retracted.is_(None))).first()


def _proposal(connection: Connection, act_id: str) -> Row[Any]:
    row = _standing(connection, act_id)
    if row is None or not load_act(row.data).proposed:
        raise ReviewError(f"no act {act_id} is proposed")
    return row
