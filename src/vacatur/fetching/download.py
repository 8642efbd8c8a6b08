"""One address into one file: conditions, redirects, retries, limits, and a look at how the answer begins.

HTTP semantics are RFC 9110: conditional requests (§13), Retry-After (§10.2.3), redirects (§15.4). Official addresses
often lead on to short-lived ones, so every address on the way passes the guard, and what is remembered is the one
that was asked for.
"""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from vacatur import __version__
from vacatur.fetching.addresses import FetchError, LookupFailedError, Resolve, public_address, resolve
from vacatur.fetching.patience import Patience, retry_after

AGENT = f"vacatur/{__version__}"
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (408, 425, 429, 500, 502, 503, 504)
"""Answers after which asking again may help."""
BEGINNINGS = {
    ".pdf": (b"%PDF-",),
    ".xml": (b"<",),
    ".json": (b"{", b"["),
    ".zip": (b"PK",),
}
"""How a file with such a name begins, white space and byte-order marks aside."""
PACKED = (b"\x1f\x8b", b"PK\x03\x04")
DATA = frozenset({*BEGINNINGS, ".csv", ".txt", ".tsv"})
"""Names of files that are data: a web page in their place is an error page."""

Progress = Callable[[int, int | None], None]
"""Called with the bytes received so far and the number announced, if any."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one download: bytes (as sent, and unpacked), seconds in all, seconds without a byte."""

    size: int = 2 * 2**30
    seconds: float = 900.0
    idle: float = 30.0
    ratio: int = 500
    """Largest number of unpacked bytes for one that was sent; lists shrink to a tenth or twentieth."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a publisher gave to ask again by: its ETag and Last-Modified, word for word."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that came: where it lies, the address asked for, and what to ask again by."""

    path: Path
    url: str
    size: int
    validators: Validators


@dataclass(slots=True)
class Downloader:
    """Fetches addresses within limits; `trusted` hosts (a company's mirror) may be private and on any port."""

    trusted: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)
    resolver: Resolve = resolve
    sleep: Callable[[float], None] = time.sleep
    chance: Random = field(default_factory=Random)

    def get(
        self, url: str, into: Path, known: Validators | None = None, progress: Progress | None = None
    ) -> Downloaded | None:
        """Fetch `url` into the file `into`; None when it has not changed since `known`.

        Raises:
            FetchError: refused by the guard or the publisher, beyond a limit, of the wrong kind, or out of reach
                after every attempt; says which address and why. No file is left.
        """
        deadline = time.monotonic() + self.limits.seconds
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._attempt(url, into, known, progress, deadline)
            except _TryAgain as again:
                into.unlink(missing_ok=True)
                wait = self.patience.wait(attempt, self.chance, again.asked)
                if wait is None or time.monotonic() + wait > deadline:
                    later = f"; it asks to come back in {again.asked:.0f} seconds" if again.asked else ""
                    raise FetchError(
                        f"{url}: {again.why} (attempt {attempt} of {self.patience.attempts}){later}"
                    ) from None
                self.sleep(wait)
            except BaseException:
                into.unlink(missing_ok=True)
                raise

    def _attempt(
        self, asked: str, into: Path, known: Validators | None, progress: Progress | None, deadline: float
    ) -> Downloaded | None:
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        url = asked
        for _ in range(MOST_REDIRECTS + 1):
            with self._opened(url, headers) as response:
                if response.status_code in REDIRECTS and (target := response.headers.get("location")):
                    url = self._followed(url, target)
                    continue
                if response.status_code == 304 and known:
                    return None
                if response.status_code in BUSY:
                    raise _TryAgain(_answer(response), retry_after(response.headers.get("retry-after")))
                if response.status_code != 200:
                    raise FetchError(f"{asked}: {_answer(response)}")
                size = self._save(response, asked, into, progress, deadline)
                kept = Validators(response.headers.get("etag"), response.headers.get("last-modified"))
                return Downloaded(into, asked, size, kept)
        raise FetchError(f"{asked}: more than {MOST_REDIRECTS} redirects")

    def _followed(self, url: str, target: str) -> str:
        following = urljoin(url, target)
        if urlsplit(url).scheme == "https" and urlsplit(following).scheme != "https":
            raise FetchError(f"{url}: leads from https to {urlsplit(following).scheme}, which is not followed")
        return following

    @contextmanager
    def _opened(self, url: str, headers: dict[str, str]) -> Iterator[Any]:
        """The answer of one address, its connection made to what the guard checked (or by the proxy there is)."""
        import httpx  # noqa: PLC0415 - heavy, and needed for fetching alone

        parts = urlsplit(url)
        trusted = parts.netloc in self.trusted
        proxied = parts.scheme in getproxies() and not proxy_bypass(parts.hostname or "")
        target, extensions = url, {}
        if not trusted and not proxied:
            address = self._address(url)
            target = parts._replace(netloc=f"[{address}]" if ":" in address else address).geturl()
            headers = {**headers, "Host": parts.netloc}
            extensions = {"sni_hostname": parts.hostname}
        timeout = httpx.Timeout(self.limits.idle)
        try:
            with (
                httpx.Client(verify=_certificates(), timeout=timeout, trust_env=proxied) as client,
                client.stream("GET", target, headers=headers, extensions=extensions) as response,
            ):
                yield response
        except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError) as error:
            raise _TryAgain(_in_words(error)) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.DecodingError) as error:
            raise FetchError(f"{url}: {_in_words(error)}") from None

    def _address(self, url: str) -> str:
        """The public address of a host; one that is not found may be there again in a moment."""
        try:
            return public_address(url, self.resolver)
        except LookupFailedError as error:
            raise _TryAgain(str(error)) from None

    def _save(self, response: Any, asked: str, into: Path, progress: Progress | None, deadline: float) -> int:
        announced = _whole_number(response.headers.get("content-length"))
        if announced is not None and announced > self.limits.size:
            raise FetchError(f"{asked}: announces {announced:,} bytes, more than any list has")
        size = 0
        with into.open("wb") as file:
            for chunk in response.iter_bytes():
                if size == 0:
                    refuse_wrong_kind(asked, response.headers.get("content-type", ""), chunk)
                size += len(chunk)
                sent = response.num_bytes_downloaded
                if size > max(sent * self.limits.ratio, 2**20):
                    raise FetchError(f"{asked}: unpacks to more than any list does; refused as a compression bomb")
                if size > self.limits.size:
                    raise FetchError(f"{asked}: is larger than {self.limits.size:,} bytes; it was not kept")
                if time.monotonic() > deadline:
                    raise FetchError(f"{asked}: took more than {self.limits.seconds:.0f} seconds; it was not kept")
                file.write(chunk)
                if progress:
                    progress(sent, announced)
        if size == 0:
            raise FetchError(f"{asked}: the publisher sent an empty file")
        return size


def refuse_wrong_kind(url: str, media_type: str, start: bytes) -> None:
    """Raise `FetchError` when an answer can't be what the address's name says, by its type and its first bytes."""
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    if suffix not in DATA or start.startswith(PACKED):
        return
    begins = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:64].lower()
    page = begins.startswith((b"<!doctype html", b"<html")) or (
        media_type.lower().startswith("text/html") and begins.startswith(b"<")
    )
    if page:
        raise FetchError(f"{url}: the publisher sent a web page in place of the file")
    wanted = BEGINNINGS.get(suffix)
    if wanted and begins and not begins.startswith(tuple(beginning.lower() for beginning in wanted)):
        raise FetchError(f"{url}: what the publisher sent is no {suffix[1:]} file (it says {media_type or 'nothing'})")


class _TryAgain(Exception):  # noqa: N818 - a turn of the loop, no error that leaves it
    """An attempt that failed in a way that may pass; `asked` is what the publisher's Retry-After says, in seconds."""

    def __init__(self, why: str, asked: float | None = None) -> None:
        self.why, self.asked = why, asked
        super().__init__(why)


def _answer(response: Any) -> str:
    return f"the publisher answered {response.status_code} {response.reason_phrase}".strip()


def _in_words(error: Exception) -> str:
    """An error of the library as a person would say it."""
    name = type(error).__name__
    words = {
        "ConnectTimeout": "no connection in time",
        "ReadTimeout": "it stopped sending",
        "ConnectError": "no connection",
        "RemoteProtocolError": "the answer was cut off",
        "ReadError": "the answer was cut off",
        "DecodingError": "the answer can't be unpacked",
    }
    return ": ".join(dict.fromkeys(filter(None, (words.get(name, name), str(error)))))


def _whole_number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 20 else None


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to believe: the system's authorities (a company's own among them) and those of the library."""
    import certifi  # noqa: PLC0415 - comes with the library, needed for fetching alone

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
