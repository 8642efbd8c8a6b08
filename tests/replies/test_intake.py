"""A reply comes in, is judged, and stands where the gate put it; its author can change it for an hour."""

import pytest
from replies.conftest import POLICY, XIAOMI, Clock, send, with_policy
from sqlalchemy import select

from vacatur.register import Register
from vacatur.register.schema import replies
from vacatur.replies import authors, intake, moderation, reports, store
from vacatur.replies.gate import Form
from vacatur.replies.house import House
from vacatur.replies.model import (
    Move,
    Origin,
    ReplyError,
    State,
    Subject,
    SubjectKind,
    TooManyError,
    read_draft,
)

GENUINE = (
    "Judge Contreras signed the final order on 25 May 2021, not on the 12th: https://www.courtlistener.com/docket/1/"
)


@pytest.fixture
def either(empty_register: Register, clock: Clock) -> House:
    """A house on SQLite and one on PostgreSQL."""
    return House.open(empty_register, POLICY, clock=clock)


def test_a_plain_comment_is_published_at_once(either: House) -> None:
    receipt = send(either, "Is the docket number right?", name="A reader", email="a@b.example")
    assert receipt.reply is not None
    assert (receipt.reply.state, receipt.reply.decided) == (State.PUBLISHED, "gate")
    with either.register.engine.connect() as connection:
        (thread,) = store.threads(connection, XIAOMI, 10)
        assert thread.head == receipt.reply
        assert store.count_published(connection, XIAOMI) == (1, 1)


def test_a_correction_is_read_by_a_person_first(house: House) -> None:
    receipt = send(house, GENUINE, kind="correction")
    assert receipt.reply is not None
    assert receipt.reply.state is State.HELD


def test_threads_are_one_level_deep(either: House) -> None:
    head = send(either, "First things first.").reply
    assert head is not None
    answer = send(either, "An answer to it.", address="192.0.2.2", parent=str(head.id)).reply
    assert answer is not None
    deeper = send(either, "An answer to the answer.", address="192.0.2.3", parent=str(answer.id)).reply
    assert deeper is not None
    assert deeper.parent == head.id
    with either.register.engine.connect() as connection:
        (thread,) = store.threads(connection, XIAOMI, 10)
    assert [item.text for item in thread.answers] == ["An answer to it.", "An answer to the answer."]


def test_an_answer_belongs_under_the_same_subject(house: House) -> None:
    head = send(house, "Under Xiaomi.").reply
    assert head is not None
    with pytest.raises(ReplyError, match="no longer here"):
        send(house, "Elsewhere.", subject=Subject(SubjectKind.PARTY, "huawei"), parent=str(head.id))


def test_the_same_reply_sent_twice_is_one(house: House, clock: Clock) -> None:
    first = send(house, "Sent with a nervous finger.")
    clock.forward(minutes=1)
    assert send(house, "Sent with a nervous finger.") == first


def test_more_than_its_share_from_one_address_is_refused_and_not_kept(house: House, clock: Clock) -> None:
    strict = with_policy(house, per_hour=3)
    for number in range(3):
        send(strict, f"Remark number {number} about something else entirely {'abc'[number] * 9}.")
    with pytest.raises(TooManyError, match="Nothing was kept"):
        send(strict, "One more.")
    send(strict, "Another address may.", address="192.0.2.99")
    clock.forward(minutes=61)
    send(strict, "And so may the first, an hour later.")


def test_a_closed_house_takes_nothing(house: House) -> None:
    with pytest.raises(ReplyError, match="no replies"):
        send(with_policy(house, open=False), "Hello?")


def test_its_author_can_edit_it_for_an_hour(house: House, clock: Clock) -> None:
    receipt = send(house, "The day is wrong.")
    clock.forward(minutes=59)
    changed = intake.edit(house, receipt.token, read_draft({"text": "The month is wrong."}))
    assert (changed.text, changed.state, changed.edited) == ("The month is wrong.", State.PUBLISHED, clock.now)
    clock.forward(minutes=2)
    with pytest.raises(ReplyError, match="an hour"):
        intake.edit(house, receipt.token, read_draft({"text": "The year is wrong."}))
    with pytest.raises(ReplyError, match="an hour"):
        authors.withdraw(house, receipt.token)


def test_new_words_pass_the_gate_as_the_old_ones_did(house: House) -> None:
    receipt = send(house, "A harmless remark.")
    changed = intake.edit(house, receipt.token, read_draft({"text": "Buy cheap viagra online now [url=x]here[/url]"}))
    assert changed.state is State.SPAM


def test_what_is_withdrawn_is_gone_at_once_and_its_place_stays_while_it_is_answered(either: House) -> None:
    receipt = send(either, "I take this back.", name="Somebody", email="some@body.example")
    assert receipt.reply is not None
    send(either, "But I answered it.", address="192.0.2.2", parent=str(receipt.reply.id))
    authors.withdraw(either, receipt.token)
    with either.register.engine.connect() as connection:
        (thread,) = store.threads(connection, XIAOMI, 10)
        row = connection.execute(select(replies).where(replies.c.id == receipt.reply.id)).one()
    assert thread.head.state is State.WITHDRAWN
    assert (row.text, row.name, row.email, row.address, row.agent) == ("", "", "", None, None)
    with pytest.raises(ReplyError, match="withdrawn"):
        intake.edit(either, receipt.token, read_draft({"text": "After all."}))


@pytest.mark.parametrize("token", ["", ".", "1", "1.forged", "x.y.z", "1." + "A" * 24])
def test_nobody_else_is_its_author(house: House, token: str) -> None:
    send(house, "Mine.")
    with pytest.raises(ReplyError, match="leads to no reply"):
        authors.owned(house, token)


def test_a_token_of_a_form_is_no_token_of_an_author(house: House) -> None:
    with pytest.raises(ReplyError, match="leads to no reply"):
        authors.owned(house, house.form_token(XIAOMI))


def test_a_form_has_an_age_for_its_own_subject_only(house: House, clock: Clock) -> None:
    token = house.form_token(XIAOMI)
    clock.forward(seconds=7)
    assert house.form_age(XIAOMI, token) == pytest.approx(7, abs=0.01)
    assert house.form_age(Subject(SubjectKind.PARTY, "huawei"), token) is None
    assert house.form_age(XIAOMI, token[:-2] + "xx") is None


def test_a_filled_in_bait_is_spam_and_a_hasty_form_is_held(house: House) -> None:
    bait = send(house, "A plain text.", form=Form("filled", 60)).reply
    hasty = send(house, "Another plain text of somebody in a hurry.", form=Form("", 0.5)).reply
    assert bait is not None
    assert hasty is not None
    assert (bait.state, hasty.state) == (State.SPAM, State.HELD)


def test_several_readers_hold_what_no_person_has_decided_on(either: House) -> None:
    one = send(either, "An opinion.").reply
    two = send(either, "A different view of the whole affair.", address="192.0.2.2").reply
    assert one is not None
    assert two is not None
    moderation.decide(either, [two.id], Move.PUBLISH, actor="M. Oderator")
    for reply in (one, two):
        for host in (1, 1, 2, 3):
            if host < 3 or reply is two:
                reports.report(either, reply.id, Origin(f"198.51.100.{host}"), "not true")
    with either.register.engine.connect() as connection:
        first, second = store.get(connection, one.id), store.get(connection, two.id)
    assert first is not None
    assert second is not None
    assert (first.state, first.reports) == (State.PUBLISHED, 2)
    assert (second.state, second.reports) == (State.PUBLISHED, 3)
    reports.report(either, one.id, Origin("198.51.100.9"), "not true")
    with either.register.engine.connect() as connection:
        held = store.get(connection, one.id)
    assert held is not None
    assert held.state is State.HELD


def test_one_address_can_not_report_everything(house: House) -> None:
    strict = with_policy(house, per_hour=2)
    made = [send(house, f"A text about {word}.", address=f"192.0.2.{n}").reply for n, word in enumerate("abc")]
    first, second, third = [reply.id for reply in made if reply is not None]
    for reply in (first, second):
        reports.report(strict, reply, Origin("198.51.100.1"), "")
    with pytest.raises(TooManyError):
        reports.report(strict, third, Origin("198.51.100.1"), "")
