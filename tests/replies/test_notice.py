"""Text and behaviour hold together: what the notice says is what is stored, sent and dropped."""

from dataclasses import replace

import pytest
from replies.conftest import POLICY, Clock, send, with_policy
from sqlalchemy import select

from vacatur.errors import UserError
from vacatur.register.schema import metadata, replies
from vacatur.replies import retention
from vacatur.replies.asking import SENT
from vacatur.replies.house import House
from vacatur.replies.notice import Notice, notice
from vacatur.replies.policy import Policy


def said(told: Notice) -> str:
    return "\n".join(f"{item.what} {item.why} {item.until}" for item in told.kept)


def columns(told: Notice) -> set[str]:
    return {column for item in told.kept for column in item.columns}


def stored(house: House) -> set[str]:
    """The columns of the only reply in which there is something."""
    with house.register.engine.connect() as connection:
        row = connection.execute(select(replies)).mappings().one()
    return {name for name, value in row.items() if value is not None and value != ""}


def test_every_column_and_table_is_spoken_of() -> None:
    told = columns(notice(Policy()))
    assert {column.name for column in replies.columns} - {"id"} <= told
    assert told <= {column.name for column in replies.columns} | set(metadata.tables)


@pytest.mark.parametrize("keep", [True, False])
def test_what_is_stored_is_what_is_said(house: House, keep: bool) -> None:
    asked = with_policy(house, keep_address=keep)
    send(asked, "A text.", name="Name", email="e@mail.example", link="https://a.example/")
    assert stored(asked) - {"id"} <= columns(notice(asked.policy))
    assert ("address" in stored(asked)) is keep is ("IP address and the name" in said(notice(asked.policy)))


@pytest.mark.parametrize("days", [1, 30, 90])
def test_addresses_are_dropped_when_it_says(house: House, clock: Clock, days: int) -> None:
    asked = with_policy(house, address_days=days)
    assert f"{days} days; spam" in said(notice(asked.policy))
    send(asked, "A text.")
    clock.forward(days=days, seconds=-1)
    assert retention.run(asked).addresses == 0
    clock.forward(seconds=1)
    assert retention.run(asked).addresses == 1


@pytest.mark.parametrize("days", [1, 15, 60])
def test_spam_is_deleted_when_it_says(house: House, clock: Clock, days: int) -> None:
    asked = with_policy(house, spam_days=days)
    assert notice(asked.policy).spam_days == days
    assert f"spam: {days} days" in said(notice(asked.policy))
    send(asked, "Best online casino bonus.")
    clock.forward(days=days, seconds=-1)
    assert retention.run(asked).spam == 0
    clock.forward(seconds=1)
    assert retention.run(asked).spam == 1


def test_akismet_is_named_only_when_it_is_asked(house: House, checked: House) -> None:
    assert house.asker is None
    assert notice(house.policy).sent == ()
    assert "Akismet" not in said(notice(house.policy))
    assert checked.asker is not None
    assert notice(checked.policy).sent == tuple(SENT.values())
    assert "Akismet" in said(notice(checked.policy))


def test_akismet_without_addresses_is_refused() -> None:
    with pytest.raises(UserError, match="KEEP_ADDRESS"):
        replace(POLICY, akismet_key="key", keep_address=False)
