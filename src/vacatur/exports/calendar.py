"""Dates ahead as iCalendar (RFC 5545): expiries, effective dates, deadlines of consequences."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from vacatur.law.report import Status


def deadlines_ics(caption: str, statuses: Iterable[Status], made: datetime) -> bytes:
    """One all-day event for each date that is coming under a status; `made` is the calendar's own time stamp."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - only where a calendar is asked for

    calendar = Calendar()
    calendar.add("prodid", "-//Vacatur//legal status//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{caption}: legal deadlines")
    for status in statuses:
        for coming in status.next:
            event = Event()
            what = f"{caption}: {coming.what} ({status.measure.name})"
            uid = sha256(f"{status.party}|{status.measure.id}|{coming.day}|{coming.what}".encode()).hexdigest()[:32]
            event.add("uid", f"{uid}@vacatur")
            event.add("dtstamp", made.astimezone(UTC))
            event.add("dtstart", coming.day)
            event.add("dtend", coming.day + timedelta(days=1))
            event.add("summary", what)
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return bytes(calendar.to_ical())
