"""Messages between Python and the kernel: little-endian numbers, and texts with their length before them."""

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache

from vacatur.matching.compare import OPEN
from vacatur.matching.context import DECIDING, PERSONS, THINGS, plain_identifier
from vacatur.matching.model import IndexedName, IndexedParty, Query
from vacatur.names.folding import tokens, words

U32 = struct.Struct("<I")
TIMES = struct.Struct("<qqq")
FOREVER = 2**62
"""The end of what is not retracted; also the farthest that a time may lie ahead or back."""

_EMPTY = U32.pack(0)


def text(value: str) -> bytes:
    """A text; what is no Unicode (a lone surrogate) is written as a question mark."""
    encoded = value.encode("utf-8", "replace")
    return U32.pack(len(encoded)) + encoded


def texts(values: Sequence[str]) -> bytes:
    """Texts after their number."""
    return U32.pack(len(values)) + b"".join(map(text, values))


def cut(name: str) -> bytes:
    """The words and the tokens of a name; none of both for an ASCII name, which the kernel cuts itself."""
    if name.isascii():
        return _EMPTY + _EMPTY
    return text(" ".join(words(name))) + text(" ".join(tokens(name)))


@lru_cache(maxsize=1024)
def schema(name: str) -> bytes:
    """A schema, and what it says of whose names they are: a person's, a thing's, anybody's."""
    return text(name) + U32.pack((name in PERSONS) | (name in THINGS) << 1 | (name in OPEN) << 2)


def party(value: IndexedParty) -> bytes:
    """A party with every version of every name."""
    identifiers = b"".join(
        text(kind) + text(found) + text(plain_identifier(found)) + U32.pack(kind in DECIDING)
        for kind, found in value.identifiers
    )
    return b"".join(
        (
            text(value.id),
            schema(value.schema),
            texts(value.countries),
            texts(value.birth_dates),
            texts(value.genders),
            U32.pack(len(value.identifiers)),
            identifiers,
            U32.pack(len(value.names)),
            *map(_name, value.names),
        )
    )


def _name(name: IndexedName) -> bytes:
    return text(name.text) + cut(name.text) + _version(name.kind, name.known_from, name.recorded, name.retracted)


@lru_cache(maxsize=65_536)
def _version(kind: str, known: int, recorded: int, retracted: int | None) -> bytes:
    until = FOREVER if retracted is None else retracted
    return text(kind) + TIMES.pack(_within(known), recorded, until)


def _within(time: int) -> int:
    return max(-FOREVER, min(FOREVER, time))


def query(value: Query) -> bytes:
    """A query; what it asks beside the name is often the same for many."""
    asked = _asked(
        value.schema,
        value.countries,
        value.birth_date,
        value.gender,
        value.identifiers,
        value.known,
        value.recorded,
    )
    return text(value.name) + cut(value.name) + asked


@lru_cache(maxsize=4096)
def _asked(
    kind: str | None,
    countries: tuple[str, ...],
    birth_date: str | None,
    gender: str | None,
    identifiers: tuple[tuple[str, str], ...],
    known: int,
    recorded: int,
) -> bytes:
    listed = b"".join(
        text(name) + text(plain_identifier(value)) + U32.pack(name in DECIDING) for name, value in identifiers
    )
    kinds = schema(kind or "")
    return b"".join(
        (
            kinds[-4:],
            kinds[:-4],
            text(birth_date or ""),
            text(gender or ""),
            struct.pack("<qq", _within(known), recorded),
            texts(countries),
            U32.pack(len(identifiers)),
            listed,
        )
    )


class Reader:
    """Reads a message of the kernel."""

    def __init__(self, message: bytes) -> None:
        self._message = message
        self._at = 0

    def number(self) -> int:
        """The next number."""
        (value,) = U32.unpack_from(self._message, self._at)
        self._at += U32.size
        return int(value)

    def text(self) -> str:
        """The next text."""
        length = self.number()
        self._at += length
        return self._message[self._at - length : self._at].decode("utf-8", "replace")

    def texts(self) -> tuple[str, ...]:
        """The texts that follow their number."""
        return tuple(self.text() for _ in range(self.number()))

    def times(self) -> tuple[int, int, int]:
        """When a version of a name counts: known, recorded, retracted."""
        known, recorded, retracted = TIMES.unpack_from(self._message, self._at)
        self._at += TIMES.size
        return known, recorded, retracted


def joined(messages: Iterable[bytes]) -> bytes:
    """Several messages as one."""
    return b"".join(messages)
