"""Fetching an address, guarded: the one place of this room that touches the network.

An address comes from outside, so it may point inside: every one passes the guard (`fetching.addresses`), redirects
too, and the connection is made to the very address that was checked. Size, time and the site's robots.txt are
respected (RFC 9309).
"""

import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ssl import create_default_context
from threading import Timer
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from vacatur.fetching.addresses import PORTS, FetchError, Resolve, public_address, resolve

AGENT = "vacatur"
MOST_REDIRECTS = 5
LARGEST_ROBOTS = 500_000
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: its address after redirects, its media type, its bytes."""

    url: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pages within limits: bytes of a page, seconds for it with all its redirects.

    `trusted` are hosts with their port (`news.example:8080`) that may be private and on any port: a site of one's own.
    """

    size: int = 10_000_000
    seconds: float = 30.0
    trusted: frozenset[str] = frozenset()
    resolver: Resolve = resolve

    def fetch(self, url: str) -> Fetched:
        """Fetch one page.

        Raises:
            FetchError: the guard, the site or its robots.txt refused it, or a limit was passed.
        """
        deadline = time.monotonic() + self.seconds
        asked: set[str] = set()
        for _ in range(MOST_REDIRECTS + 1):
            site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
            if site not in asked:
                self._ask_robots(site, url, deadline)
                asked.add(site)
            status, headers, body = self._get(url, deadline, self.size)
            if status in (301, 302, 303, 307, 308) and headers.get("location"):
                url = urljoin(url, headers["location"])
                continue
            if status != 200:
                raise FetchError(f"{url}: the site answered {status}")
            return Fetched(url, headers.get("content-type", ""), body)
        raise FetchError(f"{url}: more than {MOST_REDIRECTS} redirects")

    def _ask_robots(self, site: str, url: str, deadline: float) -> None:
        status, _, body = self._get(f"{site}/robots.txt", deadline, LARGEST_ROBOTS)
        if status >= 500:
            raise FetchError(f"{url}: robots.txt can't be read (the site answered {status}), so nothing is fetched")
        if status != 200:
            return
        rules = RobotFileParser()
        rules.parse(body.decode("utf-8", errors="replace").splitlines())
        if not rules.can_fetch(AGENT, url):
            raise FetchError(f"{url}: the site's robots.txt asks not to fetch it")

    def _get(self, url: str, deadline: float, most: int) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        too_slow = FetchError(f"{url}: took more than {self.seconds:.0f} seconds")
        connection = self._connection(url, deadline - time.monotonic(), too_slow)
        cut = Timer(max(0.0, deadline - time.monotonic()), _hang_up, [connection.sock])
        cut.daemon = True
        cut.start()
        try:
            headers = {"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "identity"}
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            body = _read(response, url, most)
            answer = response.status, {name.lower(): value for name, value in response.getheaders()}, body
        except (OSError, HTTPException) as error:
            if time.monotonic() >= deadline:
                raise too_slow from None
            raise FetchError(f"{url}: {error or type(error).__name__}") from None
        finally:
            cut.cancel()
            connection.close()
        if time.monotonic() >= deadline:
            raise too_slow
        return answer

    def _connection(self, url: str, seconds: float, too_slow: FetchError) -> HTTPConnection:
        """An open connection to the address that was checked, under the name of the host that was asked for."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme in PORTS and parts.netloc in self.trusted:
            address, port = host, parts.port or PORTS[parts.scheme]
        else:
            address, port = public_address(url, self.resolver), PORTS.get(parts.scheme, 0)
        if seconds <= 0:
            raise too_slow
        connection = HTTPSConnection(host, port) if parts.scheme == "https" else HTTPConnection(host, port)
        try:
            plain = socket.create_connection((address, port), timeout=seconds)
            secure = parts.scheme == "https"
            connection.sock = create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        except OSError as error:
            raise FetchError(f"{url}: {error or type(error).__name__}") from None
        return connection


def fetch(url: str) -> Fetched:
    """Fetch one page of the public internet within the usual limits; see `Fetcher.fetch`."""
    return Fetcher().fetch(url)


def _read(response: HTTPResponse, url: str, most: int) -> bytes:
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > most:
            raise FetchError(f"{url}: larger than {most:,} bytes")
    return bytes(body)


def _hang_up(connected: socket.socket) -> None:
    """End a conversation whose time is up, whatever the other side is still sending."""
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
