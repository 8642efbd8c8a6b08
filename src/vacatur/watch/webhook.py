"""A message to a web address, signed so that the receiver can tell that it is ours, whole, and not an old one again.

The form is that of Standard Webhooks (standardwebhooks.com): `webhook-id`, `webhook-timestamp` and `webhook-signature`,
the base64 of HMAC-SHA256 over `id.timestamp.body`. Where it goes is checked first: an address comes from outside, and
may point inside.
"""

import base64
import binascii
import hashlib
import hmac
import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from ssl import create_default_context
from urllib.parse import urlsplit

from vacatur.errors import UserError
from vacatur.fetching.addresses import FetchError, Resolve, is_public, resolve
from vacatur.watch.delivery import DeliveryError, Message, message_json

ATTEMPTS = 4
FIRST_PAUSE = 1.0
"""Seconds before the second attempt; twice as long before each one after."""

MOST_SECONDS = 20.0
SECRET_PREFIX = "whsec_"  # noqa: S105 - how a secret begins, not one


@dataclass(frozen=True, slots=True)
class Webhook:
    """A channel to a web address.

    `secret` signs; `inside` allows addresses that are not on the public internet. Loopback is allowed always, and only
    there plain http.
    """

    url: str
    secret: bytes
    inside: bool = False
    resolver: Resolve = resolve
    pause: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            usable = False
        if not usable:
            raise UserError(f"not the address of a webhook: {self.url!r}")

    @property
    def name(self) -> str:
        """What it is called on record: the address without what may be secret in it."""
        parts = urlsplit(self.url)
        return f"webhook {parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def deliver(self, message: Message) -> None:
        """Post it, again after a pause when the receiver is out of reach or says 5xx or 429; see `delivery.Channel`."""
        body = json.dumps(message_json(message), ensure_ascii=False).encode()
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            trouble, final = self._post(message.id, body)
            if not trouble:
                return
            if final or attempt == ATTEMPTS:
                raise DeliveryError(f"{self.name}: {trouble}")
            self.pause(pause)
            pause *= 2

    def _post(self, id: str, body: bytes) -> tuple[str, bool]:
        """What kept the receiver from taking it (nothing: it did), and whether trying again is of no use."""
        headers = {"Content-Type": "application/json", "User-Agent": "vacatur", **signed(self.secret, id, body)}
        try:
            connection = self._connection()
        except FetchError as error:
            return str(error), True
        except OSError as error:
            return str(error) or type(error).__name__, False
        try:
            parts = urlsplit(self.url)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, {"Host": parts.netloc.rpartition("@")[2], **headers})
            answer = connection.getresponse()
            answer.read(65_536)
        except (OSError, HTTPException) as error:
            return str(error) or type(error).__name__, False
        finally:
            connection.close()
        if 200 <= answer.status < 300:
            return "", True
        return f"answered {answer.status}", answer.status < 500 and answer.status != 429

    def _connection(self) -> HTTPConnection:
        """A connection to the very address that was checked.

        Raises:
            FetchError: the address is not allowed.
            OSError: it is out of reach.
        """
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        found = self.resolver(host, port)
        if not found:
            raise FetchError(f"{host}: no such host")
        addresses = [ip_address(item.partition("%")[0]) for item in found]
        loopback = all(item.is_loopback for item in addresses)
        if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
            raise FetchError("only https addresses are told, and http on this machine itself")
        if not (self.inside or loopback or all(map(is_public, found))):
            raise FetchError(f"{host} is {found[0]}, which is not on the public internet; --allow-inside allows it")
        if parts.scheme == "http":
            return HTTPConnection(found[0], port, timeout=MOST_SECONDS)
        return _encrypted(host, found[0], port)


def _encrypted(host: str, address: str, port: int) -> HTTPSConnection:
    """A connection to `address`, whose certificate must be that of `host`."""
    context = create_default_context()
    connection = HTTPSConnection(host, port, timeout=MOST_SECONDS, context=context)
    plain = socket.create_connection((address, port), timeout=MOST_SECONDS)
    try:
        connection.sock = context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
    return connection


def signed(secret: bytes, id: str, body: bytes, at: int | None = None) -> dict[str, str]:
    """The headers that identify, date and sign a message; `at` is in seconds since 1970 (default: now)."""
    stamp = str(int(time.time()) if at is None else at)
    digest = hmac.new(secret, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def read_secret(text: str) -> bytes:
    """The secret of `whsec_` and base64, at least 24 bytes of it.

    Raises:
        UserError: it is not one; the message does not repeat it.
    """
    try:
        secret = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not text.startswith(SECRET_PREFIX) or len(secret) < 24:
        raise UserError(
            "the secret of a webhook is whsec_ and the base64 of at least 24 random bytes; make one with:"
            " vacatur watch secret"
        )
    return secret
