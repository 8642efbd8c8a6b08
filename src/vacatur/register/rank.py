"""Which of two documents of one edition counts: an official one outranks an arrangement of it by others.

Neither wins in silence: where they name other parties, what is recorded says which.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, select

from vacatur.parties import entry_from_json
from vacatur.register.presence import present_in
from vacatur.register.schema import entries, vintages
from vacatur.sources.base import ARRANGEMENT

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Rival:
    """The edition of the same source and day, but of other rank, that the register has; and who is on one only."""

    arranged: bool
    """Whether the edition that the register has is the arrangement."""
    only_new: tuple[str, ...]
    only_old: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """Who is on one of the two only."""
        if not self.only_new and not self.only_old:
            return "both list the same parties"
        return f"only in the new document: {_named(self.only_new)}; only in the old: {_named(self.only_old)}"


def rival(connection: Connection, source: str, day: date, incoming: Select[int], *, arranged: bool) -> Rival | None:
    """The edition of other rank that `incoming` (entry ids) would take the place of; None when there is none.

    `arranged` says whether the incoming document is an arrangement.
    """
    row = connection.execute(
        select(vintages.c.id, vintages.c.notes).where(
            vintages.c.source == source, vintages.c.day == day, vintages.c.retracted.is_(None)
        )
    ).first()
    if row is None or (ARRANGEMENT in row.notes) == arranged:
        return None
    new, old = _listed(connection, incoming), _listed(connection, present_in(connection, row.id))
    return Rival(
        ARRANGEMENT in row.notes,
        tuple(sorted(new[party] for party in new.keys() - old.keys())),
        tuple(sorted(old[party] for party in old.keys() - new.keys())),
    )


def _listed(connection: Connection, ids: Select[int]) -> dict[str, str]:
    """{party: caption} of the entries among `ids` that are on a list."""
    found = (entry_from_json(json.loads(data)) for data in connection.scalars(_data_of(ids)))
    return {entry.party.id: entry.party.caption for entry in found if entry.listings}


def _data_of(ids: Select[int]) -> Select[str]:
    return select(entries.c.data).where(entries.c.id.in_(ids))


def _named(captions: Iterable[str]) -> str:
    known = list(captions)
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return "; ".join(known[:MOST_NAMED]) + more or "nobody"
