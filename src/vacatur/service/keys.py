"""Keys to the service: only their hashes are kept, in the register's database."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from vacatur.errors import UserError
from vacatur.register import Register
from vacatur.register.schema import service_keys as keys

SCOPES = ("read", "screen", "review", "admin")
ID_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it may be shown: the first eight signs of its hash, never the key."""

    id: str
    name: str
    scopes: tuple[str, ...]
    made: str
    revoked: str | None


def add_key(register: Register, name: str, scopes: tuple[str, ...]) -> str:
    """A new key, shown this once (256 random bits).

    Raises:
        UserError: a scope that there is not.
    """
    for scope in scopes:
        if scope not in SCOPES:
            raise UserError(f"no scope is called {scope!r}; there are: {', '.join(SCOPES)}")
    key = f"vac_{secrets.token_urlsafe(32)}"
    with register.writing() as connection:
        connection.execute(
            insert(keys).values(digest=_digest(key), name=name, scopes=" ".join(scopes or ("read",)), made=_now())
        )
    return key


def list_keys(register: Register) -> list[Key]:
    """Every key that was made, the oldest first."""
    with register.engine.connect() as connection:
        rows = connection.execute(select(keys).order_by(keys.c.made)).all()
    return [_key(row) for row in rows]


def revoke_key(register: Register, id: str) -> None:
    """Make a key worthless, by the id that the list shows.

    Raises:
        UserError: no valid key has that id.
    """
    if id not in [key.id for key in list_keys(register) if key.revoked is None]:
        raise UserError(f"no valid key has the id {id!r}; see: vacatur keys list")
    with register.writing() as connection:
        connection.execute(update(keys).where(keys.c.digest.startswith(id, autoescape=True)).values(revoked=_now()))


def find_key(register: Register, key: str) -> Key | None:
    """The key's entry; None when it is not known or was revoked. Looking up a hash leaks no timing of the key."""
    return _standing(register, keys.c.digest == _digest(key))


def standing_key(register: Register, id: str) -> Key | None:
    """The entry of the key with that id, unless it was revoked."""
    return _standing(register, keys.c.digest.startswith(id, autoescape=True)) if len(id) == ID_SIGNS else None


def _standing(register: Register, condition: ColumnElement[bool]) -> Key | None:
    with register.engine.connect() as connection:
        row = connection.execute(select(keys).where(condition, keys.c.revoked.is_(None))).first()
    return None if row is None else _key(row)


def _key(row: Row[Any]) -> Key:
    return Key(row.digest[:ID_SIGNS], row.name, tuple(row.scopes.split()), row.made, row.revoked)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
