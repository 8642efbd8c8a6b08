"""Sign-in of browsers: a key given once becomes a signed cookie that names the key's id and runs out.

Who acts is an `Actor`, whether a program sent its key in a header or a person signed in. Every unsafe request of a
signed-in browser must carry its session's CSRF token, which only a page that we served can know. A session ends when it
runs out, when its person signs out, or when its key is revoked.
"""

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import orjson
from fastapi import Depends, Request
from markupsafe import Markup
from sqlalchemy import delete, insert, select

from vacatur.errors import UserError
from vacatur.register import Register
from vacatur.register.schema import meta
from vacatur.register.schema import service_signed_out as signed_out
from vacatur.service.keys import Key, find_key, standing_key

COOKIE = "vacatur_session"
CSRF_FIELD = "csrf"
CSRF_HEADER = b"x-csrf-token"
KEPT_SECONDS = 5.0
KEPT_ACTORS = 10_000


class ForbiddenError(UserError):
    """The key that was given does not allow this."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a key's id, name and scopes; `csrf` is the token of the session when it is a signed-in browser."""

    key: str
    name: str
    scopes: frozenset[str]
    csrf: str | None = None

    def may(self, scope: str) -> bool:
        """Whether the key has the scope; `admin` has them all."""
        return scope in self.scopes or "admin" in self.scopes


class Sessions:
    """Actors by what requests carry; what was looked up is remembered for a few seconds."""

    def __init__(self, register: Register, secret: str, hours: float) -> None:
        self.register = register
        self.seconds = int(hours * 3600)
        self._signing = hmac.digest((secret or _kept_secret(register)).encode(), b"vacatur session", "sha256")
        self._kept: OrderedDict[str, tuple[float, Actor | None]] = OrderedDict()

    def of_key(self, key: str) -> Actor | None:
        """The actor of a key sent with the request; None when it is not known or was revoked."""
        return self._remembered("key " + key, lambda: _actor(find_key(self.register, key)))

    def of_cookie(self, cookie: str) -> Actor | None:
        """The actor of a signed-in browser; None when the cookie is forged, ran out or was signed out."""
        read = self._read(cookie)
        if read is None:
            return None
        key, session, _ = read
        return self._remembered(session, lambda: self._standing(key, session))

    def begin(self, key: str) -> str | None:
        """A cookie for a key, or None when the key is not known or was revoked."""
        found = find_key(self.register, key)
        if found is None:
            return None
        content = orjson.dumps([found.id, secrets.token_urlsafe(16), int(time.time()) + self.seconds])
        return f"{_text(content)}.{_text(self._signature(content))}"

    def end(self, cookie: str) -> None:
        """Sign out: the session of this cookie is worth nothing from now on, wherever the cookie went."""
        read = self._read(cookie)
        if read is None:
            return
        _, session, until = read
        self._kept.pop(_digest(session), None)
        with self.register.writing() as connection:
            connection.execute(delete(signed_out).where(signed_out.c.until < int(time.time())))
            if connection.scalar(select(signed_out.c.until).where(signed_out.c.session == session)) is None:
                connection.execute(insert(signed_out).values(session=session, until=until))

    def _standing(self, key: str, session: str) -> Actor | None:
        with self.register.engine.connect() as connection:
            if connection.scalar(select(signed_out.c.until).where(signed_out.c.session == session)):
                return None
        token = _text(hmac.digest(self._signing, b"csrf " + session.encode(), "sha256"))
        return _actor(standing_key(self.register, key), token)

    def _read(self, cookie: str) -> tuple[str, str, int] | None:
        """Key id, session and end of a cookie that we signed and that has not run out."""
        text, dot, signature = cookie.partition(".")
        try:
            content, given = urlsafe_b64decode(text + "=="), urlsafe_b64decode(signature + "==")
        except (NotBase64, ValueError):
            return None
        if not dot or not hmac.compare_digest(given, self._signature(content)):
            return None
        key, session, until = orjson.loads(content)
        return (key, session, until) if until > time.time() else None

    def _signature(self, content: bytes) -> bytes:
        return hmac.digest(self._signing, content, "sha256")

    def _remembered(self, of: str, find: Callable[[], Actor | None]) -> Actor | None:
        now, digest = time.monotonic(), _digest(of)
        held = self._kept.get(digest)
        if held is None or now - held[0] > KEPT_SECONDS:
            held = self._kept[digest] = (now, find())
            if len(self._kept) > KEPT_ACTORS:
                self._kept.popitem(last=False)
        return held[1]


def may_write(actor: Actor, headers: dict[bytes, bytes], body: bytes) -> bool:
    """Whether an unsafe request of a signed-in browser comes from a page of ours.

    The token is secret and bound to the session, so that whoever could write it anywhere into the request, be it a
    field of a form of any encoding or the header, has read a page that we served to this person.
    """
    token = (actor.csrf or "no session").encode()
    return from_here(headers) and (hmac.compare_digest(headers.get(CSRF_HEADER, b""), token) or token in body)


def from_here(headers: dict[bytes, bytes]) -> bool:
    """Whether the browser says that a page of ours sent the request; one that says nothing passes."""
    return headers.get(b"sec-fetch-site", b"same-origin") in (b"same-origin", b"none")


def actor_of(request: Request) -> Actor | None:
    """Who sent the request; None without a key."""
    actor: Actor | None = getattr(request.state, "actor", None)
    return actor


ActorOf = Annotated[Actor | None, Depends(actor_of)]


def signed_in(scope: str) -> Callable[[Request], Actor]:
    """A dependency that gives the actor of a request and refuses one whose key lacks `scope`.

    Use it as `actor: Annotated[Actor, Depends(signed_in("review"))]`; `actor.name` is who did it.
    """

    def demanded(request: Request) -> Actor:
        actor = actor_of(request)
        if actor is None or not actor.may(scope):
            raise ForbiddenError(f"this needs a key with the scope {scope!r}")
        return actor

    return demanded


def csrf_field(request: Request) -> Markup:
    """The hidden field that every form of a page must hold; empty for one who is not signed in."""
    actor = actor_of(request)
    if actor is None or actor.csrf is None:
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(CSRF_FIELD, actor.csrf)


def _actor(key: Key | None, csrf: str | None = None) -> Actor | None:
    return None if key is None else Actor(key.id, key.name, frozenset(key.scopes), csrf)


def _digest(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


SECRET = "service_secret"  # noqa: S105 - the name it is kept under


def _kept_secret(register: Register) -> str:
    """The secret of the register's database, made at the first use; every worker reads the same one."""
    wanted = select(meta.c.value).where(meta.c.key == SECRET)
    with register.engine.connect() as connection:
        found = connection.scalar(wanted)
    if found is None:
        with register.writing() as connection:
            found = connection.scalar(wanted)
            if found is None:
                found = secrets.token_urlsafe(32)
                connection.execute(insert(meta).values(key=SECRET, value=found))
    return str(found)
