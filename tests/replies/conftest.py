"""A house over an empty register, with a clock that tests move."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from replies.akismet_stand_in import KEY, SITE, StandIn, serving

from vacatur.register import Register
from vacatur.replies import intake
from vacatur.replies.akismet import Akismet
from vacatur.replies.gate import Form
from vacatur.replies.house import House
from vacatur.replies.intake import Receipt
from vacatur.replies.model import Origin, Subject, SubjectKind, read_draft
from vacatur.replies.policy import Policy

XIAOMI = Subject(SubjectKind.PARTY, "xiaomi")
POLICY = Policy(site="https://register.example", per_hour=1000, flood=1000)
PERSON = Form(bait="", age=60.0)
"""A form as a person sends it back."""


class Clock:
    """The present, which tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = Register.open(f"sqlite:///{tmp_path / 'register.db'}")
    yield register
    register.close()


@pytest.fixture
def house(register: Register, clock: Clock) -> House:
    return House.open(register, POLICY, clock=clock)


def with_policy(house: House, **changes: Any) -> House:
    return replace(house, policy=replace(house.policy, **changes))


Send = Callable[..., Receipt]


def send(
    house: House,
    text: str,
    *,
    subject: Subject = XIAOMI,
    address: str = "192.0.2.1",
    form: Form = PERSON,
    **fields: str,
) -> Receipt:
    """Hand a reply in, as the form does."""
    origin = Origin(address, "Mozilla/5.0 (a reader)", "https://elsewhere.example/")
    return intake.submit(house, subject, read_draft({"text": text, **fields}), origin, form)


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    """Akismet, as far as we can tell."""
    with serving(tmp_path) as running:
        yield running


@pytest.fixture
def akismet(stand_in: StandIn) -> Iterator[Akismet]:
    """Our client of it."""
    with httpx.Client(transport=stand_in.transport(), timeout=30) as client:
        yield Akismet(KEY, SITE, client=client)


@pytest.fixture
def checked(register: Register, clock: Clock, akismet: Akismet) -> House:
    """A house whose replies Akismet checks."""
    return House.open(register, replace(POLICY, akismet_key=KEY), akismet=akismet, clock=clock)
