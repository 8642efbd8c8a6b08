"""What stands before every request: size, time and rate limits, keys and sessions, security headers, metrics, the log.

The log and the metrics hold the route's pattern, never the address asked for: no name, query, key or client.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote

import orjson
import structlog
from prometheus_client import Counter, Histogram
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vacatur.service.session import COOKIE, Actor, Sessions, from_here, may_write
from vacatur.service.settings import Settings

HEADERS = {
    b"content-security-policy": b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    b"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
SCREENING = ("/match", "/search", "/reconcile", "/screening", "/api/v1/screen", "/api/v1/jobs", "/read", "/api/v1/read")
REVIEWING = ("/review", "/moderation", "/api/v1/review")
KEYLESS = ("/static/", "/webhooks/")
"""What needs no key: files of the package, and addresses that are a secret themselves."""
OPEN = ("/healthz", "/readyz", "/sign-in", "/sign-out")
UPLOADS = ("/screening", "/api/v1/jobs")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
LINGER_BYTES = 64_000_000
LINGER_SECONDS = 5.0
"""How much of a body that was refused is still taken off the line, so that its sender gets to read the answer."""
KEPT_CLIENTS = 10_000

requests_total = Counter("vacatur_requests_total", "Requests answered", ("method", "route", "status"))
request_seconds = Histogram("vacatur_request_seconds", "Time to answer", ("route",))
log = structlog.get_logger("vacatur.service")


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request that is not let through: status, what to do, and for a person in a browser, the page to do it on."""

    def __init__(self, status: int, detail: str, page: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.page = page


class Buckets:
    """A token bucket a client: `rate` tokens a second, at most `burst`."""

    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> bool:
        """Whether a request of `client` at `now` (seconds) may pass."""
        tokens, before = self._held.pop(client, (float(self.burst), now))
        tokens = min(self.burst, tokens + (now - before) * self.rate)
        passes = tokens >= 1
        self._held[client] = (tokens - 1 if passes else tokens, now)
        if len(self._held) > KEPT_CLIENTS:
            self._held.popitem(last=False)
        return passes

    def give_back(self, client: str) -> None:
        """Undo the last `take` of `client`, which turned out to cost nothing."""
        if client in self._held:
            tokens, before = self._held[client]
            self._held[client] = (tokens + 1, before)


ErrorPage = Callable[[int, str, str], str]
"""The page for a person of a status, what was wrong, and the path asked for."""


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings, state: Any, error_page: ErrorPage) -> None:
        self.app = app
        self.settings = settings
        self.state = state
        self.error_page = error_page
        self.buckets = Buckets(settings.rate, settings.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, started = time.perf_counter(), 500, False

        async def dressed(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                held = {name for name, _ in message["headers"]}
                if b"content-security-policy" in held:  # its frame-ancestors says who may frame the page
                    held.add(b"x-frame-options")
                message["headers"] = [*message["headers"], *((k, v) for k, v in HEADERS.items() if k not in held)]
            await send(message)

        try:
            actor = await self._admitted(scope, receive)
            body = await self._body(scope, receive)
            if body is not None:
                _check_origin(scope, actor, body)
                await self.app(scope, _replay(body, receive), dressed)
        except Refused as refused:
            await self._refuse(scope, dressed, refused)
        except Exception as error:
            log.error("failed", kind=type(error).__name__, route=_route(scope))
            if not started:
                await self._refuse(scope, dressed, Refused(500, "the service failed; the operator's log says where"))
        finally:
            seconds = time.perf_counter() - began
            route = _route(scope)
            requests_total.labels(_method(scope), route, str(status)).inc()
            request_seconds.labels(route).observe(seconds)
            log.info("request", method=_method(scope), route=route, status=status, ms=round(seconds * 1000, 1))

    async def _refuse(self, scope: Scope, send: Send, refused: Refused) -> None:
        if refused.page is not None:
            headers = [(b"location", refused.page.encode()), (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": 303, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        if wants_page(scope):
            kind, body = (
                b"text/html; charset=utf-8",
                self.error_page(refused.status, refused.detail, scope["path"]).encode(),
            )
        else:
            kind, body = b"application/json", orjson.dumps({"detail": refused.detail})
        length = str(len(body)).encode()
        headers = [(b"content-type", kind), (b"content-length", length), (b"connection", b"close")]
        if refused.status == 429:
            headers.append((b"retry-after", b"1"))
        if refused.status == 401:
            headers.append((b"www-authenticate", b"Bearer"))
        await send({"type": "http.response.start", "status": refused.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _admitted(self, scope: MutableMapping[str, Any], receive: Receive) -> Actor | None:
        """Admit, and take the body off the line when that fails: refused, or with the keys out of reach."""
        try:
            return await self._admit(scope)
        except Exception:
            await _drain_unsent(scope, receive)
            raise

    async def _admit(self, scope: MutableMapping[str, Any]) -> Actor | None:
        client = (scope.get("client") or ("local", 0))[0]
        if not self.buckets.take(client, time.monotonic()):
            raise Refused(429, f"too many requests: at most {self.settings.rate:g} a second")
        path, headers = scope["path"], dict(scope["headers"])
        actor = await self._actor(headers)
        scope.setdefault("state", {})["actor"] = actor
        if path in OPEN or path.startswith(KEYLESS):
            return actor
        wanted = wanted_scope(path)
        if not may(actor, wanted, self.settings):
            raise Refused(401 if actor is None else 403, f"this needs a key with the scope {wanted!r}", _sign_in(scope))
        return actor

    async def _actor(self, headers: dict[bytes, bytes]) -> Actor | None:
        sessions: Sessions = self.state.sessions
        words = headers.get(b"authorization", b"").decode("latin-1").split()
        if len(words) == 2 and words[0].lower() in ("bearer", "apikey"):
            actor = await run_in_threadpool(sessions.of_key, words[1])
            if actor is None:
                raise Refused(401, "this key is not known here, or was revoked")
            return actor
        cookie = session_cookie(headers)
        return await run_in_threadpool(sessions.of_cookie, cookie) if cookie else None

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The body, taken in whole within its limits before any work begins; None when the client went away."""
        limit = self.settings.max_upload if scope["path"] in UPLOADS else self.settings.max_body
        parts: list[bytes] = []
        size = 0
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared[:20]) > limit:
            await _drain_unsent(scope, receive)
            raise Refused(413, f"the request is larger than {limit:,} bytes")
        try:
            async with asyncio.timeout(self.settings.request_seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > limit:
                        await _drain(receive)
                        raise Refused(413, f"the request is larger than {limit:,} bytes")
                    more = message.get("more_body", False)
        except TimeoutError:
            raise Refused(408, "the request took too long to arrive") from None
        return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


def session_cookie(headers: dict[bytes, bytes]) -> str:
    """The cookie of a signed-in browser, or nothing."""
    try:
        found = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _check_origin(scope: Scope, actor: Actor | None, body: bytes) -> None:
    """Refuse what another site makes a browser send: in the name of one who signed in, or a sign-in itself."""
    if scope["method"] in SAFE_METHODS:
        return
    headers = dict(scope["headers"])
    if actor is not None and actor.csrf is not None and not may_write(actor, headers, body):
        raise Refused(403, "this request does not come from a page of this service: open the page again and resend")
    if actor is None and scope["path"] in (*OPEN, *UPLOADS) and not from_here(headers):
        raise Refused(403, "this is done on a page of this service, not from another one")


def wants_page(scope: Scope) -> bool:
    """Whether a browser asks for a page; programs get JSON."""
    return b"text/html" in dict(scope["headers"]).get(b"accept", b"") and not scope["path"].startswith("/api/")


def _sign_in(scope: Scope) -> str | None:
    """Where a person in a browser signs in; None for a program. What a form held is not kept."""
    if not wants_page(scope):
        return None
    if scope["method"] != "GET":
        return "/sign-in"
    address = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return f"/sign-in?next={quote(address, safe='/')}"


def may(actor: Actor | None, wanted: str, settings: Settings) -> bool:
    """Whether a request of `actor` (None: nobody signed in) may do what needs the scope `wanted`."""
    is_open = {"read": settings.open_read, "screen": settings.open_screen}.get(wanted, False)
    return is_open or (actor is not None and actor.may(wanted))


def wanted_scope(path: str) -> str:
    """The scope that a path needs."""
    if path == "/metrics" or path.startswith("/api/v1/admin"):
        return "admin"
    if path.startswith(REVIEWING):
        return "review"
    return "screen" if path.startswith(SCREENING) else "read"


def _route(scope: Scope) -> str:
    return getattr(scope.get("route"), "path", "other")


def _method(scope: Scope) -> str:
    known = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")
    return scope["method"] if scope["method"] in known else "other"


async def _drain_unsent(scope: Scope, receive: Receive) -> None:
    """Drain a body none of which was read yet, unless its sender waits to be told to go on."""
    if dict(scope["headers"]).get(b"expect", b"").lower() != b"100-continue":
        await _drain(receive)


async def _drain(receive: Receive) -> None:
    """Take off the line what a client still sends: closing on it would reset the connection before it reads why."""
    taken = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while taken < LINGER_BYTES:
                message = await receive()
                taken += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
