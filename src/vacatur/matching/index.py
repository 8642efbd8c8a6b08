"""The index: one memory-mapped file with every version of every name, found by its words.

The kernel (`matching/kernel/`) builds and searches it; the plain scorer explains hits. See `docs/matching.md`,
"How names are found".
"""

import ctypes
import hashlib
import math
import mmap
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from vacatur.errors import UserError
from vacatur.matching.compare import mode_of
from vacatur.matching.context import Details, in_context
from vacatur.matching.kernel import wire
from vacatur.matching.kernel.library import (
    CUT,
    FINE,
    FOREIGN,
    NO_MEMORY,
    OTHER_FORMAT,
    OTHER_RULES,
    kernel,
)
from vacatur.matching.kernel.rules import Rules, rules
from vacatur.matching.model import Evidence, IndexedParty, Match, Query
from vacatur.matching.score import WHOLE, score_names

ADVICE = "Delete the file; the next command builds it anew from the register."
REASONS = {
    FOREIGN: "not an index",
    OTHER_FORMAT: "of another version of the format",
    OTHER_RULES: "built by another version of the rules for names",
    CUT: "cut",
}
AT_ONCE = 256
"""So many queries go to the kernel in one call."""

PARTIES_AT_ONCE = 4096


class IndexFileError(UserError):
    """The index file is not ours, cut, damaged or of another version; it can be rebuilt from the register."""


def build_index(path: Path, parties: Iterable[IndexedParty], *, transaction: int) -> str:
    """Write the index of `parties` beside `path` and rename it into place; its content hash (SHA-256).

    The same parties in the same order make the same bytes.

    Raises:
        OSError: the file can't be written.
        MemoryError: the parties are too many for this machine.
    """
    library, tables = kernel(), rules()
    builder = library.vacatur_builder_new(tables.handle)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    digest = hashlib.sha256()
    remaining = iter(parties)
    try:
        while message := b"".join(map(wire.party, islice(remaining, PARTIES_AT_ONCE))):
            digest.update(message)
            if library.vacatur_builder_add(builder, message, len(message)) != FINE:
                raise MemoryError("no memory left for the index")
        failed = library.vacatur_builder_write(builder, os.fsencode(beside), transaction, digest.digest())
        if failed < 0:
            raise MemoryError("no memory left for the index")
        if failed > 0:
            raise OSError(failed, os.strerror(failed), str(path))
        os.replace(beside, path)
    finally:
        library.vacatur_builder_free(builder)
        beside.unlink(missing_ok=True)
    return digest.hexdigest()


class _Mapped:
    """The mapped file and what the kernel keeps for it, until the last search that uses it is done."""

    def __init__(self, path: Path, tables: Rules) -> None:
        self.kernel = kernel()
        self.tables = tables  # must outlive what is open
        self.handle: int | None = None
        self.scratches: list[int] = []
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        self._view = ctypes.c_char.from_buffer(self._map)
        reason = ctypes.c_uint32(FINE)
        length = len(self._map)
        self.handle = self.kernel.vacatur_index_open(
            tables.handle, ctypes.addressof(self._view), length, ctypes.byref(reason)
        )
        if not self.handle:
            raise IndexFileError(f"{path}: {REASONS.get(reason.value, 'damaged')}. {ADVICE}")

    def scratch(self) -> int:
        """Working memory that no other thread uses; give it back by `scratches.append`."""
        try:
            return self.scratches.pop()
        except IndexError:
            made = self.kernel.vacatur_scratch_new(self.handle)
        if not made:
            raise MemoryError("no memory left to search")
        return int(made)

    def __del__(self) -> None:
        for scratch in self.scratches:
            self.kernel.vacatur_scratch_free(scratch)
        if self.handle:
            self.kernel.vacatur_index_close(self.handle)


class Index:
    """An open index. Searching is safe from many threads and processes at once, which share the file's memory."""

    def __init__(self, mapped: _Mapped) -> None:
        self._open: _Mapped | None = mapped
        facts = (ctypes.c_uint64 * 8)()
        mapped.kernel.vacatur_facts(mapped.handle, facts)
        self.name_count, self.party_count = facts[0], facts[1]
        self.transaction = ctypes.c_int64(facts[3]).value
        self.content_hash = bytes(facts)[32:].hex()
        self.weigh = lru_cache(65_536)(self._weigh)
        self._party = lru_cache(16_384)(self._read_party)

    @classmethod
    def open(cls, path: Path) -> "Index":
        """Map the file.

        Raises:
            IndexFileError: it is missing, foreign, cut, damaged or of another version.
        """
        try:
            return cls(_Mapped(path, rules()))
        except FileNotFoundError:
            raise IndexFileError(f"{path}: no such index. {ADVICE}") from None
        except (OSError, ValueError) as error:
            if isinstance(error, UserError):
                raise
            raise IndexFileError(f"{path}: not an index ({error}). {ADVICE}") from None

    def close(self) -> None:
        """Let the file go, once searches that are under way are done."""
        self._open = None

    @property
    def _mapped(self) -> _Mapped:
        if self._open is None:
            raise ValueError("the index is closed")
        return self._open

    def search(self, query: Query, limit: int = 10, threshold: float = 0.7) -> list[Match]:
        """The parties that `query` may mean, by falling score; ties by how canonical the name is, then by id."""
        (matches,) = self.search_many((query,), limit, threshold)
        return matches

    def search_many(
        self, queries: Iterable[Query], limit: int = 10, threshold: float = 0.7, *, every_name: bool = False
    ) -> Iterator[list[Match]]:
        """`search` for each query, in order; much faster than one by one.

        `every_name` scores all names of the list, which is slow, and shows what the search leaves out.
        """
        remaining = iter(queries)
        least = min(WHOLE + 1, max(0, math.ceil(threshold * WHOLE - 1e-6)))
        while some := tuple(islice(remaining, AT_ONCE)):
            yield from self._search(some, max(0, limit), least, every_name)

    def _search(
        self, queries: tuple[Query, ...], limit: int, threshold: int, every_name: bool
    ) -> Iterator[list[Match]]:
        mapped = self._mapped
        limit = min(limit, self.party_count)
        message = b"".join(map(wire.query, queries))
        into = (ctypes.c_uint32 * (len(queries) * (1 + 3 * limit)))()
        scratch = mapped.scratch()
        try:
            length = mapped.kernel.vacatur_search(
                scratch, message, len(message), limit, threshold, every_name, into, len(into)
            )
        finally:
            mapped.scratches.append(scratch)
        if length < 0:
            raise MemoryError("no memory left to search") if -length == NO_MEMORY else ValueError("no such query")
        at = 0
        for query in queries:
            count = into[at]
            found = into[at + 1 : at + 1 + 3 * count]
            at += 1 + 3 * count
            yield [self._match(query, *found[i : i + 3]) for i in range(0, 3 * count, 3)] if count else []

    def _match(self, query: Query, party: int, name: int, score: int) -> Match:
        text, kind, _, _ = self._name(name)
        party_id, details = self._party(party)
        explain = partial(self._explain, query, text, kind, details)
        return Match(party_id, score / WHOLE, text, explain)

    def _explain(self, query: Query, text: str, kind: str, details: Details) -> tuple[Evidence, ...]:
        """What the plain scorer says of a hit."""
        mode = mode_of(details.schema, query.schema)
        scored = score_names(query.name, text, self.weigh, mode=mode, weak=kind == "weakAlias")
        return in_context(query, details, scored.score, scored.evidence)[1]

    def names(self, *, known: int, recorded: int) -> Iterator[tuple[str, str, str]]:
        """Every (name, party id, property) that counts at that state of knowledge and of the register."""
        for number in range(self.name_count):
            text, kind, party, (since, first, until) = self._name(number)
            if since <= known and first <= recorded < until:
                yield text, party, kind

    def _weigh(self, token: str) -> int:
        """What a token weighs in this list, in thousandths."""
        encoded = token.encode()
        mapped = self._mapped
        return int(mapped.kernel.vacatur_weight(mapped.handle, encoded, len(encoded)))

    def _message(self, function: str, number: int) -> wire.Reader:
        mapped = self._mapped
        ask = getattr(mapped.kernel, function)
        room = ctypes.create_string_buffer(1024)
        length = ask(mapped.handle, number, room, len(room))
        if length > len(room):
            room = ctypes.create_string_buffer(length)
            ask(mapped.handle, number, room, len(room))
        return wire.Reader(room.raw[:length])

    def _name(self, number: int) -> tuple[str, str, str, tuple[int, int, int]]:
        message = self._message("vacatur_name", number)
        return message.text(), message.text(), message.text(), message.times()

    def _read_party(self, number: int) -> tuple[str, Details]:
        message = self._message("vacatur_party", number)
        party, schema = message.text(), message.text()
        countries, births, genders = message.texts(), message.texts(), message.texts()
        identifiers = tuple((message.text(), message.text()) for _ in range(message.number()))
        return party, Details(schema, countries, births, genders, identifiers)
