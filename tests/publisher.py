"""A publisher for tests: a real HTTP server on this machine that answers as told, and remembers what was asked."""

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """One answer: status, headers, body, and how it is sent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: bool = False
    gzipped: bool = False
    cut_at: int | None = None
    """Close the connection after so many bytes, though all were announced."""
    endless: bool = False
    drip: float | None = None
    """Seconds between one byte and the next."""
    silent: float | None = None
    """Seconds before anything is sent."""


@dataclass
class Publisher:
    """What is where, and every request as (path, headers)."""

    base: str = ""
    pages: dict[str, list[Page]] = field(default_factory=dict)
    """For each path the answers in turn; the last is given for ever."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, *pages: Page) -> str:
        """Set the answers of a path; its address."""
        self.pages[path] = list(pages)
        return self.base + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    @property
    def host(self) -> str:
        return self.base.removeprefix("http://")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: Publisher) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site, self.stopped = site, threading.Event()
        site.base = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.server.site.asked.append((self.path, dict(self.headers.items())))
        answers = self.server.site.pages.get(self.path, [Page(b"no such page", 404)])
        page = answers.pop(0) if len(answers) > 1 else answers[0]
        if page.silent:
            self.server.stopped.wait(page.silent)
        tag = f'"{sha256(page.body).hexdigest()[:16]}"'
        if page.etag and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        body = gzip.compress(page.body) if page.gzipped else page.body
        headers = {
            **page.headers,
            **({"ETag": tag} if page.etag else {}),
            **({"Content-Encoding": "gzip"} if page.gzipped else {}),
            **({"Connection": "close"} if page.endless else {"Content-Length": str(len(body))}),
        }
        self.send_response(page.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self._send(page, body)
        except OSError:
            self.close_connection = True

    def _send(self, page: Page, body: bytes) -> None:
        while page.endless and not self.server.stopped.is_set():
            self.wfile.write(b"<a/>\n" * 10_000)
        if page.drip is not None:
            for byte in body:
                self.wfile.write(bytes([byte]))
                if self.server.stopped.wait(page.drip):
                    break
        elif page.cut_at is not None:
            self.wfile.write(body[: page.cut_at])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.wfile.write(body)


@contextmanager
def publisher() -> Iterator[Publisher]:
    """A publisher on a free port; everything else is answered 404."""
    site = Publisher()
    server = Server(site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield site
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
