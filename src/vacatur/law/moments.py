"""Legal time: days and times of a place, as instants that compare.

A legal day is a `datetime.date`; a legal time is a `datetime` with its zone. A day means something only in a place:
it begins at midnight there. Inside `law` every moment becomes an *instant*, whole seconds since 1970-01-01 UTC,
so that acts of Washington, Luxembourg and New York stand on one line. No clock is read here.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Moment: TypeAlias = date | datetime
"""A legal day (`date`), or a time with its zone (aware `datetime`)."""

Instant: TypeAlias = int
"""Seconds since 1970-01-01T00:00:00Z."""

NEVER: Instant = 2**62
"""Later than any moment that can be asked about."""

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=65_536)
def starts(moment: Moment, zone: str = "UTC") -> Instant:
    """The first instant of `moment`: midnight of a day in `zone`, or the time itself.

    Raises:
        ValueError: a time without a zone, or a zone that does not exist.
    """
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise ValueError(f"time without a zone: {moment.isoformat()}")
        return int(moment.timestamp())
    return int(datetime.combine(moment, time.min, place(zone)).timestamp())


@lru_cache(maxsize=65_536)
def closes(moment: Moment, zone: str = "UTC") -> Instant:
    """The last instant of `moment`: the final second of a day in `zone`, or the time itself.

    The last day that there is (9999-12-31, which lists print for "without end") closes NEVER.
    """
    if isinstance(moment, datetime):
        return starts(moment)
    if moment == date.max:
        return NEVER
    return starts(moment + ONE_DAY, zone) - 1


def day_of(instant: Instant, zone: str = "UTC") -> date:
    """The legal day in `zone` on which `instant` falls; the last day that there is for NEVER."""
    return date.max if instant >= NEVER else datetime.fromtimestamp(instant, place(zone)).date()


def time_of(instant: Instant, zone: str = "UTC") -> datetime:
    """`instant` as a time of `zone`; the last moment that there is for NEVER."""
    return (
        datetime.max.replace(tzinfo=place(zone)) if instant >= NEVER else datetime.fromtimestamp(instant, place(zone))
    )


@lru_cache(maxsize=256)
def place(zone: str) -> ZoneInfo:
    """The IANA time zone called `zone`; `ValueError` when there is none."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {zone!r}") from error


def parse_moment(text: str) -> Moment:
    """Read an ISO 8601 day (`2021-03-12`) or time (`2021-03-12T16:15-05:00`, `…Z`); a time without zone is UTC.

    Raises:
        ValueError: the text is neither.
    """
    text = text.strip()
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"not a day or time: {text!r} (expected 2021-03-12 or 2021-03-12T16:15-05:00)") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
