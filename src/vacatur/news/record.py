"""What this room needs of a register: the `Record` protocol, and one held in memory.

The register offers the same questions over its store; tests, benchmarks and a reading of the packaged dossiers alone
use `MemoryRecord`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from vacatur.law.acts import Act, Measure
from vacatur.law.moments import Instant
from vacatur.parties import NAME_PROPERTIES, Party


class Record(Protocol):
    """The part of a register that articles are held against."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure by id."""
        ...

    def names(self) -> Iterable[tuple[str, str, str]]:
        """Every (name, party id, FollowTheMoney property that it stands in)."""
        ...

    def party(self, id: str) -> Party:
        """One party; KeyError when there is none of that id."""
        ...

    def acts_of(self, party_id: str, known: Instant) -> Sequence[Act]:
        """The accepted acts that reach a party, as far as they were public by `known`."""
        ...


@dataclass(frozen=True, slots=True)
class MemoryRecord:
    """Parties and acts held in memory, as the `Record` of a reading."""

    parties: Mapping[str, Party]
    acts: tuple[Act, ...]
    measures: Mapping[str, Measure]

    def names(self) -> Iterable[tuple[str, str, str]]:
        """See `Record.names`."""
        for party in self.parties.values():
            for kind in NAME_PROPERTIES:
                for name in party.get(kind):
                    yield name, party.id, kind

    def party(self, id: str) -> Party:
        """See `Record.party`."""
        return self.parties[id]

    def acts_of(self, party_id: str, known: Instant) -> Sequence[Act]:
        """See `Record.acts_of`."""
        return [act for act in self.acts if act.known_from <= known and not act.proposed and act.reaches(party_id)]


def memory_record(parties: Iterable[Party], acts: Iterable[Act], measures: Mapping[str, Measure]) -> MemoryRecord:
    """A record of what is given."""
    return MemoryRecord({party.id: party for party in parties}, tuple(acts), measures)
