"""One party from several sources: joined by a shared strong identifier or the reviewed crosswalk, never by name.

A link says that an id is another party; it is recorded like everything else, with its basis and reason, and a person
can take it back.
"""

from collections.abc import Mapping

from sqlalchemy import select

from vacatur.register.record import record_link
from vacatur.register.register import Writer
from vacatur.register.schema import by_code_point, identifiers, links
from vacatur.register.snapshot import DOSSIERS


def join_parties(writer: Writer) -> int:
    """Link parties of different sources that share a strong identifier; how many links are new.

    Two entries of one source stay apart whatever they share: their publisher keeps them apart. What a person split
    stays split.
    """
    dialect = writer.connection.dialect.name
    left, right = identifiers.alias("left_side"), identifiers.alias("right_side")
    pairs = writer.connection.execute(
        select(left.c.party, right.c.party.label("other"), right.c.source, left.c.kind, left.c.value)
        .join(right, (left.c.kind == right.c.kind) & (left.c.value == right.c.value))
        .where(by_code_point(left.c.party, dialect) < right.c.party, left.c.source != right.c.source)
        .distinct()
    ).all()
    rows = writer.connection.execute(select(links).order_by(links.c.id)).all()
    current = {row.alias: row.party for row in rows if row.retracted is None}
    split = {frozenset((row.alias, row.party)) for row in rows if row.retracted is not None}
    joined = 0
    for party, other, source, kind, value in sorted(pairs):
        first, second = _root(party, current), _root(other, current)
        if source == DOSSIERS:
            first, second = second, first
        if first == second or frozenset((first, second)) in split:
            continue
        joined += record_link(writer, second, first, basis="identifier", why=f"same {kind} {value}")
        current[second] = first
    return joined


def record_crosswalk(writer: Writer, crosswalk: Mapping[str, str]) -> int:
    """Record the reviewed crosswalk of the dossiers: {id in a source: party}; how many links are new."""
    return sum(
        record_link(writer, alias, party, basis="crosswalk", why="reviewed crosswalk of the dossiers")
        for alias, party in sorted(crosswalk.items())
    )


def _root(party: str, current: Mapping[str, str]) -> str:
    """The id at the end of the links from `party`; links form no circle, as each joins two different ends."""
    while party in current:
        party = current[party]
    return party
