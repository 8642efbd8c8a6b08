"""Our client against a stand-in that speaks the protocol, and the PyPI client against it, so that it is honest."""

import threading
from dataclasses import fields
from datetime import UTC, datetime

import httpx
import pytest
from replies.akismet_stand_in import KEY, SITE, Answer, StandIn
from replies.conftest import XIAOMI

from vacatur.errors import UserError
from vacatur.replies import akismet as module
from vacatur.replies.akismet import Akismet, AkismetError, Comment
from vacatur.replies.asking import SENT, Asker, comment_of
from vacatur.replies.model import Kind, Reply, State
from vacatur.replies.policy import Policy

DOCUMENTED = (
    "user_ip user_agent referrer permalink comment_type comment_author comment_author_email comment_author_url"
    " comment_content comment_date_gmt comment_post_modified_gmt comment_context blog_lang blog_charset user_role"
    " is_test recheck_reason honeypot_field_name"
).split()
"""Parameters of comment-check beside the key and the site, by Akismet's documentation."""

COMMENT = Comment(user_ip="192.0.2.1", comment_author="A reader", comment_content="A remark.")
SPAM = Comment(user_ip="192.0.2.1", comment_author="viagra-test-123", comment_content="Buy.")


# ---------------------------------------------------------------- the stand-in, by another's client


@pytest.fixture
def theirs(stand_in: StandIn) -> object:
    library = pytest.importorskip("akismet", reason="the PyPI client akismet is not installed")
    client = httpx.Client(transport=stand_in.transport(), timeout=5)
    return library.SyncClient.validated_client(config=library.Config(key=KEY, url=SITE), http_client=client)


def test_the_pypi_client_works_with_the_stand_in(theirs: object, stand_in: StandIn) -> None:
    import akismet

    client: akismet.SyncClient = theirs  # type: ignore[assignment]
    assert client.verify_key(KEY, SITE)
    assert not client.verify_key("another", SITE)
    assert client.comment_check("192.0.2.1", comment_content="A remark.") is akismet.CheckResponse.HAM
    assert client.comment_check("192.0.2.1", comment_author="viagra-test-123") is akismet.CheckResponse.SPAM
    assert client.submit_spam("192.0.2.1", comment_content="A remark.")
    assert client.submit_ham("192.0.2.1", comment_content="A remark.")
    assert client.usage_limit()["limit"] == 350000
    assert client.key_sites()
    stand_in.plan = [Answer("true", headers={"X-akismet-pro-tip": "discard"})]
    assert client.comment_check("192.0.2.1", comment_content="x") is akismet.CheckResponse.DISCARD
    stand_in.plan = [Answer("")]
    with pytest.raises(akismet.ProtocolError):
        client.comment_check("192.0.2.1", comment_content="x")


def test_the_pypi_client_and_ours_ask_the_same(theirs: object, akismet: Akismet, stand_in: StandIn) -> None:
    stand_in.asked.clear()
    theirs.comment_check(  # type: ignore[attr-defined]
        "192.0.2.1", comment_author="A reader", comment_content="A remark.", blog_charset="UTF-8"
    )
    akismet.check(COMMENT)
    assert stand_in.asked[0] == stand_in.asked[1]


# ---------------------------------------------------------------- our client


def test_every_documented_parameter_can_be_sent(akismet: Akismet, stand_in: StandIn) -> None:
    whole = Comment(
        user_ip="192.0.2.1",
        user_agent="Mozilla",
        referrer="https://elsewhere.example/",
        permalink="https://register.example/parties/xiaomi",
        comment_type="reply",
        comment_author="A",
        comment_author_email="a@b.example",
        comment_author_url="https://a.example",
        comment_content="Text",
        comment_date_gmt=datetime(2026, 3, 1, 12, tzinfo=UTC),
        comment_post_modified_gmt=datetime(2026, 2, 1, tzinfo=UTC),
        comment_context=("sanctions", "courts"),
        blog_lang="en, fr",
        user_role="guest",
        is_test=True,
        recheck_reason="edit",
        honeypot_field_name="remarks",
        honeypot_value="filled in",
        server={"HTTP_ACCEPT": "text/html"},
    )
    akismet.check(whole)
    (sent,) = stand_in.calls("comment-check")
    assert {field.name for field in fields(Comment)} - {"honeypot_value", "server"} == set(DOCUMENTED)
    assert {name.removesuffix("[]") for name in sent} >= {*DOCUMENTED, "api_key", "blog"}
    assert sent["comment_context[]"] == ["sanctions", "courts"]
    assert (sent["remarks"], sent["is_test"], sent["HTTP_ACCEPT"]) == (["filled in"], ["1"], ["text/html"])
    assert sent["comment_date_gmt"] == ["2026-03-01T12:00:00+00:00"]


def test_true_and_false_are_the_verdicts(akismet: Akismet) -> None:
    assert not akismet.check(COMMENT).spam
    assert akismet.check(SPAM).spam
    assert akismet.check(COMMENT).guid.startswith("guid-")


def test_what_comes_in_headers(akismet: Akismet, stand_in: StandIn) -> None:
    stand_in.plan = [
        Answer("true", headers={"X-akismet-pro-tip": "discard"}),
        Answer("false", headers={"X-akismet-pro-tip": "discard"}),
        Answer("false", headers={"X-akismet-recheck-after": "120"}),
        Answer("false", headers={"X-akismet-recheck-after": "soon"}),
        Answer(
            "true",
            headers={
                "X-akismet-alert-code": "30001",
                "X-akismet-alert-msg": "Your subscription needs to be upgraded.",
                "X-akismet-debug-help": "none",
            },
        ),
    ]
    worst, not_spam, later, never, alert = (akismet.check(COMMENT) for _ in range(5))
    assert (worst.spam, worst.discard, not_spam.discard) == (True, True, False)
    assert (later.recheck_after, never.recheck_after) == (120, None)
    assert alert.alert is not None
    assert (alert.alert.code, alert.debug) == ("30001", "none")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(""),
        Answer("TRUE"),
        Answer("true\n"),
        Answer(" false"),
        Answer("<html>true</html>"),
        Answer("invalid", headers={"X-akismet-debug-help": 'Empty "blog" value'}),
        Answer("true", 500),
        Answer("false", 503),
        Answer("false", 302, {"Location": "https://elsewhere.example/"}),
        Answer("false", 429),
        Answer("false" * 100_000),
        Answer("", cut=True),
        Answer("invalid", headers={"X-akismet-alert-code": "10403", "X-akismet-alert-msg": "Revoked."}),
    ],
    ids=lambda answer: f"{answer.status} {answer.body[:12]!r}",
)
def test_anything_but_true_and_false_is_an_error_never_ham(akismet: Akismet, stand_in: StandIn, answer: Answer) -> None:
    stand_in.plan = [answer]
    with pytest.raises(AkismetError) as error:
        akismet.check(COMMENT)
    for said in answer.headers.values():
        assert said in str(error.value) or said.startswith("https:")


@pytest.mark.parametrize("answer", [Answer(delay=1.0), Answer("false", drip=0.2)], ids=["late", "dripping"])
def test_a_slow_answer_is_an_error(stand_in: StandIn, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.5)
    stand_in.plan = [answer]
    with httpx.Client(transport=stand_in.transport(), timeout=0.5) as client, pytest.raises(AkismetError):
        Akismet(KEY, SITE, client=client).check(COMMENT)


def test_a_certificate_of_another_is_not_accepted(stand_in: StandIn) -> None:
    with httpx.Client(timeout=2) as client, pytest.raises(AkismetError, match="could not be asked"):
        Akismet(KEY, SITE, address=f"https://127.0.0.1:{stand_in.port}", client=client).check(COMMENT)
    assert stand_in.asked == []


@pytest.mark.parametrize("address", ["http://rest.akismet.com", "rest.akismet.com", "ftp://x"])
def test_https_only(address: str) -> None:
    with pytest.raises(UserError, match="HTTPS only"):
        Akismet(KEY, SITE, address=address)


def test_the_other_calls(akismet: Akismet, stand_in: StandIn) -> None:
    assert akismet.verify_key()
    assert not Akismet("another", SITE, client=akismet._client).verify_key()
    akismet.submit_spam(COMMENT)
    akismet.submit_ham(COMMENT)
    usage = akismet.usage()
    assert (usage.limit, usage.usage, usage.percentage, usage.throttled) == (350000, 7463, 2.13, False)
    stand_in.plan = [Answer('{"limit":"none","usage":1,"percentage":"0","throttled":true}')]
    assert akismet.usage().limit is None
    for call in (akismet.submit_ham, akismet.submit_spam):
        stand_in.plan = [Answer("Thanks.")]
        with pytest.raises(AkismetError):
            call(COMMENT)
    stand_in.plan = [Answer("[]"), Answer("maybe")]
    with pytest.raises(AkismetError):
        akismet.usage()
    with pytest.raises(AkismetError):
        akismet.verify_key()


# ---------------------------------------------------------------- asking with patience


def test_after_an_outage_it_is_left_in_peace_for_a_while(akismet: Akismet, stand_in: StandIn) -> None:
    asker = Asker(akismet)
    stand_in.plan = [Answer(status=503)]
    first, second = asker.ask(COMMENT), asker.ask(COMMENT)
    assert (first.finding.points, first.again_after is None) == (0, False)
    assert "pending" in second.finding.words
    assert len(stand_in.asked) == 1


def test_few_questions_are_open_at_once(akismet: Akismet, stand_in: StandIn) -> None:
    asker = Asker(akismet)
    stand_in.plan = [Answer(delay=0.5)] * 4
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(asker.ask(COMMENT).finding.words)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum("too many replies" in words for words in found) >= 4


def test_what_is_sent_about_a_reply_is_what_the_notice_lists(akismet: Akismet, stand_in: StandIn) -> None:
    reply = Reply(
        1,
        XIAOMI,
        Kind.COMMENT,
        State.HELD,
        "Text",
        "Name",
        "a@b.example",
        "https://court.example/",
        datetime(2026, 3, 1, tzinfo=UTC),
        address="192.0.2.1",
        agent="Mozilla",
    )
    akismet.check(comment_of(reply, Policy(site=SITE), referrer="https://x.example/", bait="filled", reason="edit"))
    (sent,) = stand_in.calls("comment-check")
    assert {name.removesuffix("[]") for name in sent} - {"api_key", "remarks"} == set(SENT)
