"""Telling: real receivers on this machine, which fail, come back, and check what they are told."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from xml.etree import ElementTree

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from vacatur.errors import UserError
from vacatur.fetching.addresses import Resolve
from vacatur.register import Register
from vacatur.screening.indexing import open_index
from vacatur.watch import feeds
from vacatur.watch.delivery import Channel, deliver_due, message_of, waiting
from vacatur.watch.lists import watch_customers
from vacatur.watch.mail import Mail
from vacatur.watch.record import newest_notices
from vacatur.watch.runs import run_watch
from vacatur.watch.webhook import Webhook, read_secret, signed

SECRET = bytes(range(32))
HOSTILE = "Xiaomi\r\nBcc: all@example.com\x1b[31m <script>"


def run(register: Register, *channels: Channel) -> int:
    index = open_index(register)
    done = run_watch(register, index, now=datetime(2021, 2, 1, tzinfo=UTC), channels=[item.name for item in channels])
    index.close()
    return done.id


@pytest.fixture
def register(filled_register: Register) -> Register:
    watch_customers(filled_register, [("C1", {"name": "Xiaomi Corporation"})], actor="ann")
    return filled_register


class Receiver:
    """An HTTP server that answers as told, and keeps what it got."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


def webhook(url: str, *, inside: bool = False, addresses: Resolve | None = None) -> Webhook:
    pauses: Callable[[float], None] = lambda _: None  # noqa: E731
    return Webhook(url, SECRET, inside, addresses, pauses) if addresses else Webhook(url, SECRET, inside, pause=pauses)


class TestWebhook:
    def test_it_is_signed_over_id_time_and_body(self, register: Register, receiver: Receiver) -> None:
        channel = webhook(receiver.url)
        run(register, channel)
        assert [item.trouble for item in deliver_due(register, [channel])] == [""]
        ((headers, body),) = receiver.got
        said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.new(SECRET, said, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        document = json.loads(body)
        assert document["id"] == headers["webhook-id"]
        assert [item["kind"] for item in document["notices"]] == ["new_hit"]

    def test_the_signature_is_that_of_standard_webhooks(self) -> None:
        """The example of the specification's libraries."""
        secret = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        headers = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', 1614265330)
        assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_it_is_tried_again_under_the_same_id(self, register: Register, receiver: Receiver) -> None:
        receiver.answers = [503, 429, 200]
        channel = webhook(receiver.url)
        run(register, channel)
        assert [item.trouble for item in deliver_due(register, [channel])] == [""]
        assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
        assert len(receiver.got) == 3

    def test_what_was_not_taken_waits_for_the_next_run(self, register: Register, receiver: Receiver) -> None:
        receiver.answers = [400]
        channel = webhook(receiver.url)
        first = run(register, channel)
        assert [item.trouble for item in deliver_due(register, [channel])] == [f"{channel.name}: answered 400"]
        with register.engine.connect() as connection:
            assert waiting(connection) == [(first, channel.name, f"{channel.name}: answered 400")]
        run(register, channel)
        assert [(item.run, item.trouble) for item in deliver_due(register, [channel])] == [(first, "")]
        assert list(deliver_due(register, [channel])) == []
        with register.engine.connect() as connection:
            assert waiting(connection) == []

    def test_a_redirect_is_not_followed(self, register: Register, receiver: Receiver) -> None:
        receiver.answers = [302]
        channel = webhook(receiver.url)
        run(register, channel)
        (done,) = deliver_due(register, [channel])
        assert "answered 302" in done.trouble

    @pytest.mark.parametrize("address", ["10.0.0.5", "169.254.169.254", "192.168.1.1", "fd00::1", "0.0.0.0"])  # noqa: S104
    def test_an_address_inside_is_refused(self, register: Register, address: str) -> None:
        channel = webhook("https://hook.example.com/", addresses=lambda *_: [address])
        run(register, channel)
        (done,) = deliver_due(register, [channel])
        assert "not on the public internet" in done.trouble

    def test_plain_http_goes_to_this_machine_only(self, register: Register) -> None:
        channel = webhook("http://hook.example.com/", addresses=lambda *_: ["93.184.216.34"])
        run(register, channel)
        (done,) = deliver_due(register, [channel])
        assert "only https" in done.trouble

    @pytest.mark.parametrize("url", ["ftp://example.com", "https://", "https://host:port/", "file:///etc/passwd"])
    def test_what_is_no_address_is_refused(self, url: str) -> None:
        with pytest.raises(UserError, match="not the address"):
            webhook(url)

    @pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "hunter2-hunter2-hunter2-hunter2"])
    def test_a_weak_secret_is_refused_and_not_repeated(self, secret: str) -> None:
        with pytest.raises(UserError) as refused:
            read_secret(secret)
        assert "hunter2" not in str(refused.value)

    def test_what_may_be_secret_in_the_address_is_not_on_record(self) -> None:
        assert webhook("https://user:pass@example.com/hook?token=t").name == "webhook https://example.com/hook"


class Mails(MessageHandler):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[str] = []

    def handle_message(self, message: object) -> None:
        self.got.append(str(message))


@pytest.fixture
def mails() -> Iterator[tuple[Mails, str]]:
    handler = Mails()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]  # the controller looks for itself there, so it must be told a number
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()


class TestMail:
    def test_it_says_what_changed_and_why(self, register: Register, mails: tuple[Mails, str]) -> None:
        handler, server = mails
        channel = Mail("compliance@example.com", server, "vacatur@example.com")
        first = run(register, channel)
        assert [item.trouble for item in deliver_due(register, [channel])] == [""]
        (mail,) = handler.got
        with register.engine.connect() as connection:
            assert f"Message-ID: <{message_of(connection, first).id}@example.com>" in mail
        assert "Subject: Vacatur: New hit: Xiaomi Corporation [C1] may be Xiaomi Corporation" in mail.replace(
            "\n ", " "
        )

    def test_a_hostile_name_adds_no_header(self, filled_register: Register, mails: tuple[Mails, str]) -> None:
        handler, server = mails
        watch_customers(filled_register, [("C1", {"name": HOSTILE})], actor="ann")
        channel = Mail("compliance@example.com", server, "vacatur@example.com")
        run(filled_register, channel)
        assert [item.trouble for item in deliver_due(filled_register, [channel])] == [""] * len(handler.got)
        assert all("\nBcc:" not in mail and "\x1b" not in mail for mail in handler.got)

    def test_a_server_that_is_down_leaves_it_due(self, register: Register) -> None:
        channel = Mail("compliance@example.com", "smtp://127.0.0.1:1", "vacatur@example.com")
        run(register, channel)
        (done,) = deliver_due(register, [channel])
        assert done.trouble.startswith("mail compliance@example.com: ")

    def test_no_password_goes_over_a_connection_that_is_not_encrypted(
        self, register: Register, mails: tuple[Mails, str]
    ) -> None:
        handler, server = mails
        channel = Mail("a@example.com", server.replace("//", "//user:pass@"), "vacatur@example.com")
        run(register, channel)
        (done,) = deliver_due(register, [channel])
        assert "no encryption" in done.trouble
        assert handler.got == []

    @pytest.mark.parametrize("address", ["nobody", "a@b\r\nBcc: c@d", ""])
    def test_what_is_no_address_is_refused(self, address: str) -> None:
        with pytest.raises(UserError, match="not an e-mail address"):
            Mail(address, "smtp://localhost", "vacatur@example.com")


class TestFeeds:
    def test_both_have_every_notice_under_an_id_that_stays(self, register: Register) -> None:
        run(register)
        with register.engine.connect() as connection:
            told = list(newest_notices(connection, 10))
        document = json.loads(feeds.json_feed(told, "vacatur-1"))
        feed = ElementTree.fromstring(feeds.atom(told, "vacatur-1", "2021-02-01T00:00:00+00:00"))
        ids = [item.text for item in feed.iterfind(f"{{{feeds.ATOM}}}entry/{{{feeds.ATOM}}}id")]
        assert ids == [item["id"] for item in document["items"]] == ["urn:vacatur:vacatur-1:1-1"]

    def test_a_hostile_name_is_only_text(self, filled_register: Register) -> None:
        watch_customers(filled_register, [("C1", {"name": HOSTILE})], actor="ann")
        run(filled_register)
        with filled_register.engine.connect() as connection:
            told = list(newest_notices(connection, 10))
        ElementTree.fromstring(feeds.atom(told, "vacatur-1", "2021-02-01T00:00:00+00:00"))
        assert b"<script>" not in feeds.atom(told, "vacatur-1", "2021-02-01T00:00:00+00:00")
