"""Signed words and keyed hashes: what the house wrote, and what it can recognise without knowing it.

HMAC-SHA256 (RFC 2104) under one secret of the register. Each use has a purpose of its own, so that a token made for
one is worth nothing for another.
"""

import base64
import hashlib
import hmac
import secrets

from sqlalchemy import insert, select

from vacatur.register.register import Register
from vacatur.register.schema import meta

_SECRET = "replies_secret"  # noqa: S105 - the name of a row, not a secret


class Signer:
    """Signs and recognises under one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, purpose: str, *parts: str) -> str:
        """A token that carries `parts`, which may hold no dot."""
        body = ".".join(parts)
        return f"{body}.{self._mac(purpose, body)}"

    def read(self, purpose: str, token: str) -> tuple[str, ...] | None:
        """The parts of a token that was signed for `purpose`; None for any other text."""
        body, _, given = token.rpartition(".")
        if not body or not hmac.compare_digest(self._mac(purpose, body).encode(), given.encode()):
            return None
        return tuple(body.split("."))

    def hash(self, purpose: str, value: str) -> str:
        """A keyed hash, as 32 hexadecimal signs: equal for equal values, and not to be reversed without the key."""
        return self._digest(purpose, value).hex()[:32]

    def _mac(self, purpose: str, body: str) -> str:
        return base64.urlsafe_b64encode(self._digest(purpose, body)[:18]).decode()

    def _digest(self, purpose: str, value: str) -> bytes:
        return hmac.new(self._key, f"{purpose}\0{value}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def signer_of(register: Register) -> Signer:
    """The signer of a register; its secret is made at the first use and shared by all who use the register."""
    wanted = select(meta.c.value).where(meta.c.key == _SECRET)
    with register.engine.connect() as connection:
        key = connection.scalar(wanted)
    if key is None:
        with register.writing() as connection:
            key = connection.scalar(wanted)
            if key is None:
                key = secrets.token_hex(32)
                connection.execute(insert(meta).values(key=_SECRET, value=key))
    return Signer(bytes.fromhex(key))
