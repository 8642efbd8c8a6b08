"""What an operator may set, read from the environment (`VACATUR_…`) once, at the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from vacatur.errors import UserError
from vacatur.register.register import default_url
from vacatur.replies.policy import Policy


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one service; each is the environment variable `VACATUR_<NAME>`.

    `rate` is requests a second and client, `burst` how many may come at once; `max_body` and `max_upload` are bytes;
    `request_seconds` bounds how long a request's body may take to arrive. `origins` (comma-separated) are the web
    origins that may call from a browser: none by default. `secret` signs the sessions of signed-in browsers, which last
    `session_hours`; where it is not set, the register's database keeps one. `court_secret` is the last part of the
    address at which webhooks are received: none are where it is not set. A screening of an uploaded file may take
    `job_seconds` of a processor and hold `job_rows` rows; it is removed after `keep_jobs_hours`.

    `operator` and `contact` are whom the notice to readers names. Settings named `replies…` are those of
    `replies.policy.Policy`; `replies_open` lets readers reply at all. `akismet_key` turns Akismet on.
    """

    register: str = field(default_factory=default_url)
    open_read: bool = True
    open_screen: bool = True
    rate: float = 200.0
    burst: int = 400
    max_body: int = 2_000_000
    max_upload: int = 50_000_000
    max_queries: int = 500
    request_seconds: float = 30.0
    refresh_seconds: float = 1.0
    origins: tuple[str, ...] = ()
    base_url: str = "http://localhost:8000"
    keep_jobs_hours: float = 72.0
    job_seconds: int = 3_600
    job_rows: int = 200_000
    secret: str = field(default="", repr=False)
    session_hours: float = 12.0
    court_secret: str = field(default="", repr=False)
    operator: str = ""
    contact: str = ""
    replies_open: bool = True
    replies_keep_address: bool = True
    replies_address_days: int = 30
    replies_spam_days: int = 15
    replies_hold_all: bool = False
    replies_per_hour: int = 10
    replies_flood: int = 60
    replies_least_seconds: float = 3.0
    akismet_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read every `VACATUR_<NAME>` that is set.

        Raises:
            UserError: a value is not of its kind; says which.
        """
        given = os.environ if environment is None else environment
        values = {}
        for item in fields(cls):
            name = f"VACATUR_{item.name.upper()}"
            if text := given.get(name):
                values[item.name] = _read(name, text, item.type)
        return cls(**values)

    def policy(self) -> Policy:
        """What is settled about replies.

        Raises:
            UserError: settings that contradict one another.
        """
        named = {item.name: getattr(self, f"replies_{item.name}", None) for item in fields(Policy)}
        return Policy(
            **{name: value for name, value in named.items() if value is not None},
            operator=self.operator,
            contact=self.contact,
            akismet_key=self.akismet_key,
            site=self.base_url,
        )


def _read(name: str, text: str, kind: object) -> Any:
    if kind is str:
        return text
    if kind is bool:
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if text.lower() not in words:
            raise UserError(f"{name}: expected true or false, got {text!r}")
        return words[text.lower()]
    if kind in (int, float):
        try:
            number = float(text)
        except ValueError:
            raise UserError(f"{name}: expected a number, got {text!r}") from None
        if not 0 < number < 1e12:
            raise UserError(f"{name}: expected a number above 0, got {text!r}")
        return int(number) if kind is int else number
    return tuple(part.strip() for part in text.split(",") if part.strip())
