"""Moderators decide, undo, answer and complete; each decision is in the log and teaches."""

from datetime import date

import pytest
from replies.conftest import POLICY, Clock, send
from sqlalchemy import func, select

from vacatur.law.acts import Checked
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.schema import reply_lessons, reply_words
from vacatur.replies import authors, journal, learning, moderation, store
from vacatur.replies.house import House
from vacatur.replies.journal import Decision
from vacatur.replies.model import Claim, Move, Reply, ReplyError, State
from vacatur.sources.proposals import UNIDENTIFIED

SPAM = "Visit the best casino bonus games palace and win, number {}"
HAM = "The court's order about the listing was entered on another day, see page {}"


@pytest.fixture
def either(empty_register: Register, clock: Clock) -> House:
    return House.open(empty_register, POLICY, clock=clock)


def sent(house: House, text: str, **fields: str) -> Reply:
    found = send(house, text, **fields).reply
    assert found is not None
    return found


def now(house: House, id: int) -> Reply | None:
    with house.register.engine.connect() as connection:
        return store.get(connection, id)


def log(house: House, id: int) -> list[Decision]:
    with house.register.engine.connect() as connection:
        return journal.decisions(connection, [id])


def learnt(house: House) -> tuple[int, int]:
    with house.register.engine.connect() as connection:
        row = connection.execute(select(reply_words).where(reply_words.c.word == "")).first()
    return (row.spam, row.ham) if row else (0, 0)


def test_the_log_says_who_and_why(either: House) -> None:
    reply = sent(either, "An insult.")
    moderation.decide(either, [reply.id], Move.HOLD, actor="A. Lawyer", reason="insults a person")
    last = log(either, reply.id)[0]
    assert (last.actor, last.move, last.before, last.after) == ("A. Lawyer", "hold", "published", "held")
    assert last.reason == "insults a person"


def test_many_at_once_or_none(either: House) -> None:
    made = [sent(either, f"Text about {word}.") for word in ("one", "another", "a third")]
    with pytest.raises(ReplyError, match="no reply 999"):
        moderation.decide(either, [made[0].id, 999], Move.SPAM, actor="A")
    assert now(either, made[0].id) == made[0]
    moderation.decide(either, [item.id for item in made], Move.SPAM, actor="A")
    assert {reply.state for item in made if (reply := now(either, item.id))} == {State.SPAM}


def test_an_undone_decision_leaves_no_trace_but_in_the_log(either: House) -> None:
    reply = sent(either, "Something to decide on.")
    before = learnt(either)
    (line,) = moderation.decide(either, [reply.id], Move.SPAM, actor="A")
    assert learnt(either) == (before[0] + 1, before[1])
    restored = moderation.undo(either, line, actor="B")
    assert (restored.state, restored.decided) == (State.PUBLISHED, "gate")
    assert learnt(either) == before
    with either.register.engine.connect() as connection:
        assert connection.scalar(select(func.sum(reply_words.c.spam + reply_words.c.ham))) == 0
    assert [item.move for item in log(either, reply.id)] == ["undo", "spam", "publish"]
    with pytest.raises(ReplyError, match="undone"):
        moderation.undo(either, line, actor="B")


def test_undoing_restores_what_was_learnt_before(house: House) -> None:
    reply = sent(house, "Something to decide on twice.")
    moderation.decide(house, [reply.id], Move.PUBLISH, actor="A")
    (second,) = moderation.decide(house, [reply.id], Move.SPAM, actor="B")
    assert learnt(house) == (1, 0)
    assert moderation.undo(house, second, actor="A").decided == "A"
    assert learnt(house) == (0, 1)


def test_only_the_last_decision_can_be_undone(house: House) -> None:
    reply = sent(house, "Something to decide on twice.")
    (first,) = moderation.decide(house, [reply.id], Move.SPAM, actor="A")
    moderation.decide(house, [reply.id], Move.HOLD, actor="A")
    with pytest.raises(ReplyError, match="moved again"):
        moderation.undo(house, first, actor="A")


def test_deleting_removes_the_words_everywhere(house: House) -> None:
    reply = sent(house, "Personal data of somebody else.")
    (line,) = moderation.decide(house, [reply.id], Move.DELETE, actor="A", reason="personal data")
    assert now(house, reply.id) is None
    assert all(not item.findings for item in log(house, reply.id))
    with pytest.raises(ReplyError, match="gone"):
        moderation.undo(house, line, actor="A")


def test_the_classifier_learns_from_moderators_only(house: House) -> None:
    for number in range(12):
        sent(house, SPAM.format(number), address=f"192.0.2.{number}")
    assert learnt(house) == (0, 0)


def test_what_it_has_learnt_it_says_about_new_words(house: House) -> None:
    for number in range(10):
        spam = sent(house, f"Gilded palace of roulette wheels {number} {'z' * number}", address=f"192.0.2.{number}")
        ham = sent(house, HAM.format(number), address=f"198.51.100.{number}")
        moderation.decide(house, [spam.id], Move.SPAM, actor="A")
        moderation.decide(house, [ham.id], Move.PUBLISH, actor="A")
    with house.register.engine.connect() as connection:
        told = connection.scalars(select(reply_words.c.word)).all()
        assert learning.version(connection) == 20
    assert "roulette" not in told
    reply = sent(house, "My palace has wheels and roulette", address="203.0.113.9")
    (found,) = [item for item in log(house, reply.id)[0].findings if item["layer"] == "classifier"]
    assert "roulette" in found["words"]
    assert found["points"] > 2
    assert reply.state is State.HELD


def test_the_house_answers_in_the_thread(house: House) -> None:
    head = sent(house, "Is this still right?")
    moderation.answer(house, head.id, "It is, see the **order**.", actor="A. Lawyer")
    with house.register.engine.connect() as connection:
        (thread,) = store.threads(connection, head.subject, 10)
    assert [(item.house, item.text) for item in thread.answers] == [(True, "It is, see the **order**.")]
    assert learnt(house) == (0, 0)


@pytest.fixture
def told(house: House) -> House:
    ensure_dossiers(house.register)
    return house


def test_a_correction_that_a_person_publishes_becomes_a_proposed_act_with_its_author_as_source(told: House) -> None:
    reply = sent(
        told,
        "The judge vacated the listing.",
        name="Jane Doe",
        kind="correction",
        link="https://www.courtlistener.com/docket/1/order.pdf",
        act_kind="vacated",
        measure="ccmc-1237",
        day="2021-05-25",
    )
    assert not [item for item in told.register.snapshot().acts() if item.act.id == f"reply-{reply.id}"]
    moderation.decide(told, [reply.id], Move.PUBLISH, actor="A. Lawyer")
    (item,) = [item for item in told.register.snapshot().acts() if item.act.id == f"reply-{reply.id}"]
    assert item.act.proposed
    assert (item.act.kind, item.act.measures, item.act.effective) == ("vacated", ("ccmc-1237",), date(2021, 5, 25))
    assert item.act.parties == frozenset({"xiaomi"})
    assert (item.actor, item.origin) == (f"reader of reply {reply.id}", "replies")
    assert item.act.documents[0].url == "https://www.courtlistener.com/docket/1/order.pdf"
    assert item.act.checked is Checked.RECALLED
    assert "Jane" not in f"{item}"


def test_one_that_says_too_little_is_a_lead_until_a_reviewer_completes_it(told: House) -> None:
    reply = sent(told, "There is an order that you lack.", kind="document", link="https://www.dcd.uscourts.gov/x.pdf")
    moderation.decide(told, [reply.id], Move.PUBLISH, actor="A")
    with told.register.engine.connect() as connection:
        assert [item.id for item in store.leads(connection, 10)] == [reply.id]
    with pytest.raises(ReplyError, match="which day"):
        moderation.complete(told, reply.id, Claim("vacated"), actor="A")
    moderation.complete(told, reply.id, Claim("vacated", None, date(2021, 5, 25)), actor="A")
    with told.register.engine.connect() as connection:
        assert store.leads(connection, 10) == []
    (act,) = [item.act for item in told.register.snapshot().acts() if item.act.id == f"reply-{reply.id}"]
    assert act.measures == (UNIDENTIFIED,)


def test_a_proposed_act_changes_no_status(told: House) -> None:
    before = told.register.snapshot().acts_about(["xiaomi"])
    reply = sent(told, "Gone!", kind="correction", act_kind="vacated", measure="ccmc-1237", day="2020-12-01")
    moderation.decide(told, [reply.id], Move.PUBLISH, actor="A")
    after = told.register.snapshot().acts_about(["xiaomi"])
    assert [act for act in after if not act.proposed] == [act for act in before if not act.proposed]


def test_the_queue_shows_first_what_is_worth_a_persons_time(either: House) -> None:
    order = [
        sent(either, "You lack this order.", kind="document", link="https://www.courtlistener.com/1").id,
        sent(either, "A remark with https://one.example/ https://two.example/ https://three.example/").id,
        sent(either, "Write to me on whatsapp now, click here, and sign up now https://bit.ly/x").id,
    ]
    moderation.decide(either, order, Move.HOLD, actor="A")
    with either.register.engine.connect() as connection:
        assert [item.reply.id for item in store.queue(connection, State.HELD, 10)] == order


def test_copies_of_one_text_wait_as_one_are_decided_together_and_teach_once(either: House) -> None:
    ids = [sent(either, "The very same words, again.", address=f"192.0.2.{n}").id for n in range(5)]
    moderation.decide(either, ids, Move.HOLD, actor="A")
    with either.register.engine.connect() as connection:
        (waiting,) = store.queue(connection, State.HELD, 10)
        assert (waiting.reply.id, waiting.copies, store.count_waiting(connection, State.HELD)) == (ids[0], 5, 1)
    assert moderation.with_copies(either, [ids[0]]) == ids
    lines = moderation.decide(either, ids, Move.SPAM, actor="A")
    assert (len(lines), learnt(either)) == (5, (1, 0))


def test_its_author_may_erase_what_a_moderator_published(told: House) -> None:
    receipt = send(told, "Signed with my full name.", name="Jane Doe", kind="correction")
    assert receipt.reply is not None
    moderation.decide(told, [receipt.reply.id], Move.PUBLISH, actor="A")
    authors.erase(told, receipt.token)
    assert now(told, receipt.reply.id) is None
    with told.register.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(reply_lessons)) == 0
    assert learnt(told) == (0, 0)
