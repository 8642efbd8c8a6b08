"""Fetching an address, guarded: the one place of this room that touches the network.

An address comes from outside, so it may point inside: every one passes the guard (`fetching.addresses`), redirects
too, and the connection is made to the very address that was checked. Size, time and the site's robots.txt are
respected (RFC 9309).
"""

import socket
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ssl import create_default_context
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from vacatur.fetching.addresses import FetchError, Resolve, public_address, resolve

AGENT = "vacatur"
MOST_BYTES = 10_000_000
MOST_REDIRECTS = 5
MOST_SECONDS = 30.0
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: its address after redirects, its media type, its bytes."""

    url: str
    media_type: str
    body: bytes


def fetch(url: str, resolver: Resolve = resolve) -> Fetched:
    """Fetch one page within the limits above.

    Raises:
        FetchError: the guard, the site or its robots.txt refused it, or a limit was passed.
    """
    deadline = time.monotonic() + MOST_SECONDS
    asked: set[str] = set()
    for _ in range(MOST_REDIRECTS + 1):
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if site not in asked:
            _ask_robots(site, url, resolver, deadline)
            asked.add(site)
        status, headers, body = _get(url, resolver, deadline, MOST_BYTES)
        if status in (301, 302, 303, 307, 308) and headers.get("location"):
            url = urljoin(url, headers["location"])
            continue
        if status != 200:
            raise FetchError(f"{url}: the site answered {status}")
        return Fetched(url, headers.get("content-type", ""), body)
    raise FetchError(f"{url}: more than {MOST_REDIRECTS} redirects")


def _ask_robots(site: str, url: str, resolver: Resolve, deadline: float) -> None:
    status, _, body = _get(f"{site}/robots.txt", resolver, deadline, 500_000)
    if status >= 500:
        raise FetchError(f"{url}: robots.txt can't be read (the site answered {status}), so nothing is fetched")
    if status != 200:
        return
    rules = RobotFileParser()
    rules.parse(body.decode("utf-8", errors="replace").splitlines())
    if not rules.can_fetch(AGENT, url):
        raise FetchError(f"{url}: the site's robots.txt asks not to fetch it")


def _get(url: str, resolver: Resolve, deadline: float, most: int) -> tuple[int, dict[str, str], bytes]:
    address = public_address(url, resolver)
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"{url}: took more than {MOST_SECONDS:.0f} seconds")
    connection = _connection(parts.scheme, parts.hostname or "", address, left)
    try:
        connection.request(
            "GET", path, headers={"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "identity"}
        )
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return response.status, headers, _read(response, url, deadline, most)
    except (OSError, HTTPException) as error:
        raise FetchError(f"{url}: {error or type(error).__name__}") from None
    finally:
        connection.close()


def _read(response: HTTPResponse, url: str, deadline: float, most: int) -> bytes:
    body = bytearray()
    while chunk := response.read(_CHUNK):
        body += chunk
        if len(body) > most:
            raise FetchError(f"{url}: larger than {most:,} bytes")
        if time.monotonic() > deadline:
            raise FetchError(f"{url}: took more than {MOST_SECONDS:.0f} seconds")
    return bytes(body)


def _connection(scheme: str, host: str, address: str, seconds: float) -> HTTPConnection:
    """A connection to the address that was checked, under the name of the host that was asked for."""
    if scheme == "http":
        return HTTPConnection(address, 80, timeout=seconds)
    return connect_tls(host, address, 443, seconds)


def connect_tls(host: str, address: str, port: int, seconds: float) -> HTTPSConnection:
    """An encrypted connection to `address`, whose certificate must be that of `host`.

    Raises:
        OSError: it is out of reach, or its certificate is another's.
    """
    context = create_default_context()
    connection = HTTPSConnection(host, port, timeout=seconds, context=context)
    plain = socket.create_connection((address, port), timeout=seconds)
    try:
        connection.sock = context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
    return connection
