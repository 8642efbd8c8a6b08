"""A register as the `Record` that articles are held against.

Of parties known only from lists, names of one word are left out: a list holds thousands that are ordinary words.
"""

from collections.abc import Iterable, Mapping, Sequence

from vacatur.law.acts import Act, Measure
from vacatur.law.moments import Instant
from vacatur.matching.index import Index
from vacatur.names.folding import words
from vacatur.parties import Party
from vacatur.register.snapshot import DOSSIERS
from vacatur.screening.screen import Screener


class RegisteredRecord:
    """Answers `Record`'s questions from a register and its index."""

    def __init__(self, screener: Screener, index: Index) -> None:
        self._screener = screener
        self._index = index

    @property
    def measures(self) -> Mapping[str, Measure]:
        """See `Record.measures`."""
        return self._screener.snapshot.measures

    def names(self) -> Iterable[tuple[str, str, str]]:
        """See `Record.names`."""
        asked = self._screener.asked
        curated = self._screener.snapshot.parties_of(DOSSIERS)
        for name, party, kind in self._index.names(known=asked.known_at(), recorded=asked.recorded):
            if party in curated or (len(words(name)) > 1 and kind != "weakAlias"):
                yield name, party, kind

    def party(self, id: str) -> Party:
        """See `Record.party`."""
        dossier = self._screener.dossier(id)
        if dossier is None:
            raise KeyError(id)
        return dossier.party

    def acts_of(self, party_id: str, known: Instant) -> Sequence[Act]:
        """See `Record.acts_of`; acts observed on lists are among them."""
        dossier = self._screener.dossier(party_id)
        if dossier is None:
            return ()
        observed = (
            act for measure in dossier.sightings for act in dossier.case(measure, self._screener.asked).observed.acts
        )
        return [act for act in (*dossier.acts, *observed) if act.known_from <= known and not act.proposed]
