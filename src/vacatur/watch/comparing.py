"""One party then and now: what it reads like, where it stands, and what its owners make of it.

"Then" is the last run, or the moment at which the party was put on the list since.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from vacatur.law.moments import Instant
from vacatur.register import Register
from vacatur.screening.ownership import Ownership, above, opener, ownership_of
from vacatur.screening.screen import Hit, Screener
from vacatur.screening.standing import Asked, Dossier
from vacatur.watch.lists import Watched, list_watched
from vacatur.watch.notices import Notice, next_date, ownership_changes, party_changed, status_changes
from vacatur.watch.record import Run

MOST_NAMED = 100
"""Those named in a notice about a party that many are watched for."""

AT_ONCE = 500

Dismissed = Callable[[Mapping[str, str], Hit], bool]
"""Whether a person decided that a hit for a customer (its fields) is a false match, and nothing changed since."""


class Comparison:
    """Two states of the register, for the parties that are watched or that customers are hits for."""

    def __init__(
        self, register: Register, screener: Screener, before: Run | None, moment: datetime, dismissed: Dismissed
    ) -> None:
        self.register = register
        self.screener = screener
        self.before = before
        self.moment = moment
        self.dismissed = dismissed
        self._past = cache(lambda then: opener(register.snapshot(then.recorded), then))

    @property
    def asked(self) -> Asked:
        """The times of this run."""
        return self.screener.asked

    def changes(self, party: str, who: Sequence[Watched | int], *, read: bool) -> Iterator[Notice]:
        """What is to be told about a party, to those of `who` whom it concerns.

        Args:
            party: its canonical id.
            who: entries of the watch list, and numbers of customers.
            read: whether something was recorded about it, so that it may read otherwise.
        """
        now = self.screener.dossier(party)
        if now is None:
            return
        owned = ownership_of(now, self.screener.snapshot, self.asked, self.screener.dossier)
        watched, count = self._told(who, now, owned)
        if not count:
            return
        then = self._then(who)
        opened = self._past(then)
        before = opened(party)
        notices: list[Notice] = []
        if read and before is not None and (notice := party_changed(before.party, now.party, watched)) is not None:
            notices.append(notice)
        notices += status_changes(before, then, now, self.asked, watched)
        if owned.told:
            past = self.register.snapshot(then.recorded)
            was = ownership_of(before, past, then, opened) if before else None
            notices += ownership_changes(was, now, owned, watched)
        yield from (_counted(notice, count) for notice in notices)

    def next_date(self, party: str) -> Instant | None:
        """The next instant at which a status of the party may change without news, its owners' among them."""
        dossier = self.screener.dossier(party)
        if dossier is None:
            return None
        over = above(dossier.party.id, self.screener.snapshot, self.asked, self.screener.dossier)
        dossiers = [dossier, *filter(None, map(self.screener.dossier, sorted(over.owners)))]
        dates = [date for item in dossiers if (date := next_date(item, self.asked)) is not None]
        dates += [moment for moment in over.moments if moment > self.asked.at("UTC")]
        return min(dates, default=None)

    def is_dismissed(self, customer: Watched, party: str) -> bool:
        """Whether a person decided that the customer is not the party as it is now."""
        dossier = self.screener.dossier(party)
        if dossier is None:
            return False
        owned = ownership_of(dossier, self.screener.snapshot, self.asked, self.screener.dossier)
        return self.dismissed(fields_of(customer), self._hit(dossier, owned))

    def _hit(self, dossier: Dossier, owned: Ownership) -> Hit:
        statuses = tuple(dossier.statuses(self.asked))
        return Hit(dossier.party, dossier.referents, 1.0, dossier.party.caption, (), statuses, owned)

    def _then(self, who: Sequence[Watched | int]) -> Asked:
        """The times to compare with: those of the last run, or of putting a party on the list since."""
        fresh = [item for item in who if isinstance(item, Watched)]
        last = self.before.watched_to if self.before else 0
        if self.before is not None and (len(fresh) < len(who) or min(item.id for item in fresh) <= last):
            return Asked(self.before.moment, self.before.moment, self.before.transaction)
        first = min(fresh, key=lambda item: item.id)
        added = min(datetime.fromisoformat(first.added).replace(microsecond=0), self.moment)
        return Asked(added, added, min(first.since, self.asked.recorded))

    def _told(self, who: Sequence[Watched | int], now: Dossier, owned: Ownership) -> tuple[list[dict[str, Any]], int]:
        """The first of those whom it concerns, and how many they are; not those who were told apart from the party."""
        found = [item for item in who if isinstance(item, Watched)]
        numbers = [item for item in who if isinstance(item, int)]
        hit = self._hit(now, owned) if numbers else None
        count = len(found)
        for start in range(0, len(numbers), AT_ONCE):
            with self.register.engine.connect() as connection:
                customers = list(list_watched(connection, numbers[start : start + AT_ONCE]))
            concerned = [item for item in customers if hit is None or not self.dismissed(fields_of(item), hit)]
            count += len(concerned)
            found += concerned[: max(0, MOST_NAMED - len(found))]
        return list(map(customer_json, found)), count


def fields_of(customer: Watched) -> dict[str, str]:
    """The fields of a customer as screening a file has them, with its id."""
    return {**customer.fields, "id": customer.key} if customer.key else dict(customer.fields)


def customer_json(item: Watched) -> dict[str, Any]:
    """One that is watched, as a notice names it."""
    return {"id": item.id, "key": item.key, "label": item.label}


def _counted(notice: Notice, count: int) -> Notice:
    named = len(notice.data["watched"])
    return notice if count == named else Notice(notice.kind, notice.party, {**notice.data, "watched_count": count})
