"""Dates ahead as iCalendar (RFC 5545): expiries, effective dates, deadlines of consequences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from vacatur.law.report import Status


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date on which something begins or ends for a party (its id and its name) under a measure (likewise)."""

    party: str
    caption: str
    measure: str
    measure_name: str
    day: date
    what: str


def deadlines_of(caption: str, statuses: Iterable[Status]) -> list[Deadline]:
    """What is coming under the statuses of one party."""
    return [
        Deadline(status.party, caption, status.measure.id, status.measure.name, coming.day, coming.what)
        for status in statuses
        for coming in status.next
    ]


def calendar_ics(title: str, deadlines: Iterable[Deadline], made: datetime) -> bytes:
    """One all-day event a deadline; `made` is the calendar's own time stamp."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - only where a calendar is asked for

    calendar = Calendar()
    calendar.add("prodid", "-//Vacatur//legal status//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{title}: legal deadlines")
    for item in deadlines:
        event = Event()
        uid = sha256(f"{item.party}|{item.measure}|{item.day}|{item.what}".encode()).hexdigest()[:32]
        event.add("uid", f"{uid}@vacatur")
        event.add("dtstamp", made.astimezone(UTC))
        event.add("dtstart", item.day)
        event.add("dtend", item.day + timedelta(days=1))
        event.add("summary", f"{item.caption}: {item.what} ({item.measure_name})")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def deadlines_ics(caption: str, statuses: Iterable[Status], made: datetime) -> bytes:
    """The deadlines of one party as a calendar."""
    return calendar_ics(caption, deadlines_of(caption, statuses), made)
