"""How long to wait for a publisher that is busy or out of reach: exponential back-off with jitter, and Retry-After."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random


@dataclass(frozen=True, slots=True)
class Patience:
    """Attempts and waits. Times are seconds; `longest` bounds one wait, also one that the publisher asks for."""

    attempts: int = 4
    first: float = 1.0
    longest: float = 60.0

    def wait(self, attempt: int, chance: Random, asked: float | None = None) -> float | None:
        """Seconds to wait after the failed attempt number `attempt` (from 1); None to give up.

        Half of the wait is certain and half is chance, so that many clients do not come back at the same moment.
        `asked` is what the publisher's Retry-After says (RFC 9110 §10.2.3): never come back before it, give up when
        it is longer than `longest`.
        """
        if attempt >= self.attempts or (asked is not None and asked > self.longest):
            return None
        most = min(self.longest, self.first * 2.0 ** (attempt - 1))
        own = most * (0.5 + 0.5 * chance.random())
        return own if asked is None else max(own, asked)


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """The seconds that a Retry-After header asks for, given as such or as a date; None when it says nothing usable."""
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
