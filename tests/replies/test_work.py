"""Behind the pages: Akismet asked again and told, and what was kept long enough dropped, on a clock that is moved."""

import json

import pytest
from replies.akismet_stand_in import Answer, StandIn
from replies.conftest import POLICY, XIAOMI, Clock, send, with_policy
from sqlalchemy import select

from vacatur.register import Register
from vacatur.register.schema import metadata, replies, reply_reports
from vacatur.replies import authors, intake, journal, moderation, reports, retention, store, tasks, work
from vacatur.replies.house import House
from vacatur.replies.model import Move, Origin, Reply, ReplyError, State, read_draft
from vacatur.replies.tasks import TaskKind
from vacatur.replies.work import Worker

OUTAGE = Answer("", status=503)
DISCARD = Answer("true", headers={"X-akismet-pro-tip": "discard"})


def now(house: House, id: int) -> Reply | None:
    with house.register.engine.connect() as connection:
        return store.get(connection, id)


def waiting(house: House) -> dict[TaskKind, int]:
    with house.register.engine.connect() as connection:
        return tasks.waiting(connection)


def sent(house: House, text: str, **fields: str) -> Reply:
    found = send(house, text, **fields).reply
    assert found is not None
    return found


# ---------------------------------------------------------------- Akismet


def test_its_verdict_is_one_of_the_findings(checked: House) -> None:
    assert sent(checked, "A remark.").state is State.PUBLISHED
    assert sent(checked, "Another remark altogether.", name="viagra-test-123").state is State.SPAM


def test_what_it_would_discard_is_not_kept(checked: House, stand_in: StandIn) -> None:
    stand_in.plan = [DISCARD]
    assert send(checked, "The worst kind.").reply is None
    with checked.register.engine.connect() as connection:
        assert connection.execute(select(replies)).all() == []
        (line,) = journal.decisions(connection)
    assert (line.move, line.reason, line.findings) == ("delete", "discarded on Akismet's word", ())


def test_not_even_it_can_discard_a_correction_that_points_to_an_official_site(
    checked: House, stand_in: StandIn
) -> None:
    stand_in.plan = [DISCARD]
    assert sent(checked, "Wrong day: https://www.courtlistener.com/x", kind="correction").state is State.HELD


@pytest.mark.parametrize("answer", [OUTAGE, Answer("perhaps"), Answer("", cut=True)], ids=str)
def test_in_an_outage_the_local_verdict_holds_pending(
    checked: House, stand_in: StandIn, clock: Clock, answer: Answer
) -> None:
    stand_in.plan = [answer]
    fine = sent(checked, "A remark.")
    assert (fine.state, fine.pending) == (State.PUBLISHED, True)
    assert waiting(checked) == {TaskKind.CHECK: 1}
    assert work.run_due(checked) == 0, "not due yet"
    clock.forward(minutes=2)
    checked.asker._paused_until = 0.0  # type: ignore[union-attr]
    stand_in.plan = [Answer("true")]
    assert work.run_due(checked) == 1
    again = now(checked, fine.id)
    assert again is not None
    assert (again.state, again.pending) == (State.SPAM, False)
    assert stand_in.calls("comment-check")[-1]["recheck_reason"] == ["recheck"]
    assert waiting(checked) == {}


def test_an_outage_that_lasts_is_given_up_in_the_end(checked: House, stand_in: StandIn, clock: Clock) -> None:
    stand_in.plan = [OUTAGE] * 100
    reply = sent(checked, "A remark.")
    for _ in range(30):
        clock.forward(hours=13)
        checked.asker._paused_until = 0.0  # type: ignore[union-attr]
        work.run_due(checked)
    given_up = now(checked, reply.id)
    assert given_up is not None
    assert (given_up.state, given_up.pending) == (State.PUBLISHED, False)
    with checked.register.engine.connect() as connection:
        assert journal.decisions(connection, [reply.id])[0].move == "give up"


def test_a_provisional_pass_is_held_until_it_is_confirmed(checked: House, stand_in: StandIn, clock: Clock) -> None:
    stand_in.plan = [Answer("false", headers={"X-akismet-recheck-after": "120"})]
    reply = sent(checked, "A remark with something to look up.")
    assert (reply.state, reply.pending) == (State.HELD, True)
    clock.forward(seconds=100)
    assert work.run_due(checked) == 0
    clock.forward(seconds=30)
    assert work.run_due(checked) == 1
    confirmed = now(checked, reply.id)
    assert confirmed is not None
    assert confirmed.state is State.PUBLISHED


def test_no_machine_overrules_a_person(checked: House, stand_in: StandIn, clock: Clock) -> None:
    stand_in.plan = [OUTAGE]
    reply = sent(checked, "A remark.")
    moderation.decide(checked, [reply.id], Move.PUBLISH, actor="A")
    with checked.register.writing() as connection:
        tasks.add(connection, reply.id, TaskKind.CHECK, clock.now)
    checked.asker._paused_until = 0.0  # type: ignore[union-attr]
    stand_in.plan = [Answer("true")]
    work.run_due(checked)
    stays = now(checked, reply.id)
    assert stays is not None
    assert (stays.state, stays.decided) == (State.PUBLISHED, "A")


def test_decisions_are_told_after_a_while_and_undone_ones_never(
    checked: House, stand_in: StandIn, clock: Clock
) -> None:
    one, two = sent(checked, "First remark."), sent(checked, "Quite another, second one.")
    moderation.decide(checked, [one.id], Move.SPAM, actor="A")
    (line,) = moderation.decide(checked, [two.id], Move.SPAM, actor="A")
    moderation.undo(checked, line, actor="A")
    clock.forward(minutes=5)
    work.run_due(checked)
    (told,) = stand_in.calls("submit-spam")
    assert told["comment_content"] == ["First remark."]
    (line,) = moderation.decide(checked, [one.id], Move.PUBLISH, actor="A")
    clock.forward(minutes=5)
    work.run_due(checked)
    moderation.undo(checked, line, actor="A")
    clock.forward(minutes=5)
    work.run_due(checked)
    assert (len(stand_in.calls("submit-ham")), len(stand_in.calls("submit-spam"))) == (1, 2)


def test_an_edit_is_checked_as_an_edit(checked: House, stand_in: StandIn) -> None:
    receipt = send(checked, "A remark.")
    intake.edit(checked, receipt.token, read_draft({"text": "A better remark."}))
    assert stand_in.calls("comment-check")[-1]["recheck_reason"] == ["edit"]


def test_of_two_workers_one_does_a_task(checked: House, stand_in: StandIn, clock: Clock) -> None:
    reply = sent(checked, "A remark.")
    moderation.decide(checked, [reply.id], Move.SPAM, actor="A")
    clock.forward(minutes=5)
    with checked.register.engine.connect() as connection:
        (task,) = tasks.due(connection, clock.now)
    with checked.register.writing() as connection:
        assert tasks.take(connection, task, clock.now)
        assert not tasks.take(connection, task, clock.now)


# ---------------------------------------------------------------- retention


@pytest.fixture
def either(empty_register: Register, clock: Clock) -> House:
    return House.open(empty_register, POLICY, clock=clock)


def test_addresses_are_dropped_after_thirty_days_and_their_hash_is_kept(either: House, clock: Clock) -> None:
    reply = sent(either, "A remark.")
    clock.forward(days=29, hours=23)
    assert retention.run(either).addresses == 0
    clock.forward(hours=1)
    assert retention.run(either).addresses == 1
    kept = now(either, reply.id)
    assert kept is not None
    assert (kept.address, kept.agent) == (None, None)
    assert kept.client == either.client("192.0.2.1")
    assert retention.run(either).addresses == 0


def test_spam_is_deleted_after_fifteen_days_and_what_was_learnt_of_it_stays(either: House, clock: Clock) -> None:
    spam, fine = sent(either, "Best online casino bonus, click here."), sent(either, "A remark.")
    moderation.decide(either, [spam.id], Move.SPAM, actor="A", reason="advertisement")
    clock.forward(days=14, hours=23)
    assert retention.run(either).spam == 0
    clock.forward(hours=1)
    assert retention.run(either).spam == 1
    assert (now(either, spam.id), now(either, fine.id) is None) == (None, False)
    with either.register.engine.connect() as connection:
        log = journal.decisions(connection, [spam.id])
        words = connection.execute(select(metadata.tables["reply_words"])).all()
    assert [(item.move, item.actor) for item in log][:2] == [("expire", "retention"), ("spam", "A")]
    assert all(item.findings == () for item in log)
    assert sum(row.spam for row in words) > 1


def test_a_policy_of_other_days_drops_on_other_days(house: House, clock: Clock) -> None:
    short = with_policy(house, address_days=2, spam_days=1)
    sent(short, "Best online casino bonus, click here.")
    sent(short, "A remark.")
    clock.forward(days=1, minutes=1)
    assert retention.run(short).spam == 1
    clock.forward(days=1)
    assert retention.run(short).addresses == 1


def test_a_house_that_keeps_no_addresses_stores_none(house: House) -> None:
    reply = sent(with_policy(house, keep_address=False), "A remark.")
    assert (reply.address, reply.agent) == (None, None)
    assert reply.client is not None


def test_the_worker_drops_once_a_day(house: House, clock: Clock) -> None:
    sent(house, "A remark.")
    worker = Worker(house, every=0.01)
    clock.forward(days=31)
    worker.start()
    for _ in range(500):
        if now(house, 1).address is None:  # type: ignore[union-attr]
            break
        worker._stopped.wait(0.01)
    worker.close()
    assert now(house, 1).address is None  # type: ignore[union-attr]


# ---------------------------------------------------------------- what is the author's


def test_everything_is_exported(house: House) -> None:
    receipt = send(house, "A remark.", name="Jane", email="jane@doe.example", link="https://court.example/x")
    assert receipt.reply is not None
    moderation.decide(house, [receipt.reply.id], Move.PUBLISH, actor="M. Oderator", reason="fine")
    reports.report(house, receipt.reply.id, Origin("198.51.100.1"), "I disagree")
    told = authors.export(house, receipt.token)
    assert set(told["reply"]) == {column.name for column in replies.columns}
    assert told["reply"]["email"] == "jane@doe.example"
    assert told["reports"] == ["I disagree"]
    assert [item["by"] for item in told["decisions"]] == ["a moderator", "gate"]
    json.dumps(told)


def test_what_is_erased_is_nowhere_any_more(either: House, clock: Clock) -> None:
    words = ("zanzibarium.example", "Jane Q. Doe", "jane@doe.example", "https://unique.example/x", "192.0.2.77")
    receipt = send(either, f"{words[0]} remark [b]!!", name=words[1], email=words[2], link=words[3], address=words[4])
    assert receipt.reply is not None
    with either.register.engine.connect() as connection:
        assert "BBCode" in journal.last_reason(connection, receipt.reply.id)
    moderation.decide(either, [receipt.reply.id], Move.PUBLISH, actor="A")
    reports.report(either, receipt.reply.id, Origin("198.51.100.1"), "a report")
    authors.erase(either, receipt.token)
    with either.register.engine.connect() as connection:
        everything = "\n".join(
            str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)).all()
        )
        assert connection.execute(select(reply_reports)).all() == []
    assert not [word for word in (*words, "BBCode", either.client(words[4])) if word in everything]
    with pytest.raises(ReplyError, match="erased"):
        authors.owned(either, receipt.token)


def test_the_place_of_an_erased_reply_stays_while_others_answered_it(house: House) -> None:
    receipt = send(house, "A remark.", name="Jane")
    assert receipt.reply is not None
    sent(house, "An answer.", address="192.0.2.2", parent=str(receipt.reply.id))
    authors.erase(house, receipt.token)
    with house.register.engine.connect() as connection:
        (thread,) = store.threads(connection, XIAOMI, 10)
    assert (thread.head.state, thread.head.name, thread.head.client) == (State.WITHDRAWN, "", None)
    assert [item.text for item in thread.answers] == ["An answer."]
