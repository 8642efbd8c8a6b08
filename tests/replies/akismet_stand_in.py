"""A local server that speaks Akismet's protocol over HTTPS: its verdicts, its errors, its alerts, its delays.

After https://akismet.com/developers/: the documented test values decide (`viagra-test-123`,
`akismet-guaranteed-spam@example.com`, `user_role=administrator`, `test_discard`), and `plan` scripts the next answers
in their place. A client that asks `https://rest.akismet.com` through `transport` gets here, certificate and all.
"""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "rest.akismet.com"
KEY = "123YourAPIKey"
SITE = "https://register.example"
THANKS = "Thanks for making the web a better place."


@dataclass(frozen=True)
class Answer:
    """A scripted answer; `delay` seconds pass before it, `drip` seconds between its bytes; `cut` closes without one."""

    body: str = "false"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    cut: bool = False


@dataclass
class StandIn:
    """The server as tests see it: what was asked, and what it is to answer next."""

    port: int
    trusted: ssl.SSLContext
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    plan: list[Answer] = field(default_factory=list)

    def transport(self) -> httpx.BaseTransport:
        """For an `httpx.Client`: the host's name and certificate are checked, the connection goes to loopback."""
        return _ToLoopback(self.port, self.trusted)

    def calls(self, name: str) -> list[dict[str, list[str]]]:
        """The parameters of every call of that name."""
        return [parameters for call, parameters in self.asked if call.endswith(name)]


class _ToLoopback(httpx.HTTPTransport):
    def __init__(self, port: int, trusted: ssl.SSLContext) -> None:
        super().__init__(verify=trusted)
        self.port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == HOST
        request.extensions = {**request.extensions, "sni_hostname": HOST}
        request.url = request.url.copy_with(host="127.0.0.1", port=self.port)
        return super().handle_request(request)


@contextmanager
def serving(folder: Path) -> Iterator[StandIn]:
    """A stand-in on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    certificate, key = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    stand_in = StandIn(server.server_address[1], ssl.create_default_context(cafile=str(certificate)))
    server.stand_in = stand_in  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        self._reply(parse_qs(self.rfile.read(length).decode(), keep_blank_values=True))

    def do_GET(self) -> None:
        self._reply(parse_qs(urlsplit(self.path).query, keep_blank_values=True))

    def _reply(self, given: dict[str, list[str]]) -> None:
        stand_in: StandIn = self.server.stand_in  # type: ignore[attr-defined]
        call = urlsplit(self.path).path.lstrip("/")
        stand_in.asked.append((call, given))
        single = {name: said[0] for name, said in given.items()}
        answer = stand_in.plan.pop(0) if stand_in.plan else CALLS.get(call, _nothing)(single)
        time.sleep(answer.delay)
        if answer.cut:
            self.close_connection = True
            return
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in {"Content-Type": "text/plain", "Content-Length": str(len(body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # the client may have gone
            for place in range(len(body)) if answer.drip else ():
                self.wfile.write(body[place : place + 1])
                self.wfile.flush()
                time.sleep(answer.drip)
            if not answer.drip:
                self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _verify_key(given: dict[str, str]) -> Answer:
    if "blog" not in given:
        return Answer("invalid", headers={"X-akismet-debug-help": 'Empty "blog" value'})
    return Answer("valid" if given.get("api_key", given.get("key")) == KEY else "invalid")


def _usage_limit(given: dict[str, str]) -> Answer:
    known = given.get("api_key") == KEY
    return Answer('{"limit":350000,"usage":7463,"percentage":"2.13","throttled":false}' if known else "invalid")


def _key_sites(_given: dict[str, str]) -> Answer:
    return Answer(json.dumps({"2026-03": [{"site": "register.example", "api_calls": "3"}]}))


def _lacking(given: dict[str, str]) -> Answer | None:
    if given.get("api_key") != KEY:
        return Answer("invalid", headers={"X-akismet-debug-help": "We were unable to verify the key."})
    needed = next((name for name in ("blog", "user_ip") if not given.get(name)), None)
    return Answer("invalid", headers={"X-akismet-debug-help": f'Empty "{needed}" value'}) if needed else None


def _comment_check(given: dict[str, str]) -> Answer:
    if lacking := _lacking(given):
        return lacking
    guaranteed = "akismet-guaranteed-spam@example.com"
    named = "viagra-test-123" in given.get("comment_author", "") or given.get("comment_author_email") == guaranteed
    spam = named and given.get("user_role") != "administrator"
    headers = {"X-akismet-guid": f"guid-{int(time.time() * 1000)}"}
    if spam and given.get("test_discard"):
        headers["X-akismet-pro-tip"] = "discard"
    return Answer("true" if spam else "false", headers=headers)


def _submit(given: dict[str, str]) -> Answer:
    return _lacking(given) or Answer(THANKS)


def _nothing(_given: dict[str, str]) -> Answer:
    return Answer("Not found", 404)


CALLS = {
    "1.1/verify-key": _verify_key,
    "1.1/comment-check": _comment_check,
    "1.1/submit-spam": _submit,
    "1.1/submit-ham": _submit,
    "1.2/usage-limit": _usage_limit,
    "1.2/key-sites": _key_sites,
}


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files
