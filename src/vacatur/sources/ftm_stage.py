"""The pieces of a FollowTheMoney stream, each under the party that it is about: a SQLite file.

A sanction, an address or a passport may come before or after the party that it belongs to, and streams have millions of
lines. So lines are cut into pieces, put in a file, and taken out party by party: memory stays flat. Where the file is
kept, the next edition of the stream costs no more than the lines in which it differs. Nothing here knows what the
pieces mean, and what a stage holds depends on the lines of the stream, not on their order.
"""

import os
import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from vacatur import __version__
from vacatur.sources.base import SourceError

TABLES = """
CREATE TABLE line (number INTEGER PRIMARY KEY, print INTEGER NOT NULL, id TEXT NOT NULL);
CREATE TABLE piece (place INTEGER PRIMARY KEY, about TEXT NOT NULL, kind INTEGER NOT NULL, own INTEGER NOT NULL,
                    said TEXT NOT NULL);
CREATE TABLE left_out (reason TEXT PRIMARY KEY, lines INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX line_by_print ON line (print);
CREATE INDEX line_by_id ON line (id);
CREATE INDEX piece_by_about ON piece (about);
"""
WITHIN = 1 << 24
"""The places of a line's pieces are its number times this, and on: no line has the bytes for as many pieces."""

FORMAT = f"1 {__version__}"
"""A stage that another version filled is not gone on with: that version may have understood the lines otherwise."""

CACHE_KIB = 65_536
BATCH = 20_000


class Kind(IntEnum):
    """What a piece is, and what it is about."""

    PARTY = 0
    """A party itself."""
    SAID = 1
    """What completes a party, about that party."""
    ADDRESS = 2
    """An address as one line of text."""
    LIVES = 3
    """The id of a party that an address belongs to, about the address."""
    LEFT_OUT = 4
    """Nothing that is read: about the reason."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What an entity says `about` something; `own` when it has a line of its own, else it was met nested in another."""

    about: str
    kind: Kind
    own: bool = True
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a stream: the id of its entity, its fingerprint (see `ftm_lines`), and its pieces."""

    id: str
    print: int
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class About:
    """All that a stream says about one party: it (None where it never came), and what completes it.

    The form with a line of its own counts before one met nested, and the fuller of two before the other.
    """

    id: str
    party: str | None
    said: tuple[str, ...]
    lines: tuple[int, ...]
    """The numbers of the lines that the party has to itself; more than one is a mistake of the stream."""


class Prints:
    """The fingerprints of all lines, of which those that are met again are struck out; 17 bytes a line."""

    def __init__(self, rows: Iterable[tuple[int, int]]) -> None:
        self._prints, self._numbers = array("q"), array("q")
        for fingerprint, number in rows:
            self._prints.append(fingerprint)
            self._numbers.append(number)
        self._met = bytearray(len(self._prints))

    def __len__(self) -> int:
        return len(self._prints)

    def strike(self, fingerprint: int) -> bool:
        """Strike out one line with that fingerprint; False when there is none left."""
        at = bisect_left(self._prints, fingerprint)
        while at < len(self._prints) and self._prints[at] == fingerprint:
            if not self._met[at]:
                self._met[at] = 1
                return True
            at += 1
        return False

    @property
    def left(self) -> list[int]:
        """The numbers of the lines that were not met again."""
        return [self._numbers[at] for at, met in enumerate(self._met) if not met]


class Stage:
    """An open stage; `is_new` until it has been filled. See `staging` and `kept_stage`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_new = not path.exists()
        self._open()

    def _open(self) -> None:
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        # A stage that fails while it is made is thrown away; one that was filled must come back as it was.
        self.connection.executescript(
            f"PRAGMA journal_mode = {'OFF' if self.is_new else 'MEMORY'}; PRAGMA synchronous = OFF;"
            f" PRAGMA cache_size = -{CACHE_KIB};"
        )
        if self.is_new:
            self.connection.executescript(TABLES)
        self.connection.execute("BEGIN")

    def empty(self) -> None:
        """Begin anew."""
        self.connection.close()
        self.path.unlink()
        self.is_new = True
        self._open()

    def fill(self, lines: Iterable[Line]) -> None:
        """Put the lines of a whole stream into a new stage."""
        self.put(lines)
        for statement in INDEXES.strip().splitlines():
            self.connection.execute(statement)

    def put(self, lines: Iterable[Line]) -> None:
        """Add lines, whatever they say."""
        number = int(self.connection.execute("SELECT coalesce(max(number), 0) FROM line").fetchone()[0])
        rows: list[tuple[int, int, str]] = []
        pieces: list[tuple[int, str, int, bool, str]] = []
        left_out: Counter[str] = Counter()
        for line in lines:
            number += 1
            rows.append((number, line.print, line.id))
            for place, piece in enumerate(line.pieces, start=number * WITHIN):
                pieces.append((place, piece.about, piece.kind, piece.own, piece.said))
                if piece.kind is Kind.LEFT_OUT:
                    left_out[piece.about] += 1
            if len(pieces) >= BATCH:
                self._insert(rows, pieces)
        self._insert(rows, pieces)
        self._count(left_out)

    def _insert(self, rows: list[tuple[int, int, str]], pieces: list[tuple[int, str, int, bool, str]]) -> None:
        self.connection.executemany("INSERT INTO line VALUES (?, ?, ?)", rows)
        self.connection.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?)", pieces)
        rows.clear()
        pieces.clear()

    def _count(self, left_out: Counter[str]) -> None:
        self.connection.executemany(
            "INSERT INTO left_out VALUES (?, ?) ON CONFLICT DO UPDATE SET lines = lines + excluded.lines",
            left_out.items(),
        )

    def drop(self, numbers: Iterable[int]) -> None:
        """Take lines out again."""
        left_out: Counter[str] = Counter()
        for number in numbers:
            left_out.update({about: -1 for about, kind in self.pieces_of(number) if kind is Kind.LEFT_OUT})
            self.connection.execute("DELETE FROM piece WHERE place BETWEEN ? AND ?", _places(number))
            self.connection.execute("DELETE FROM line WHERE number = ?", (number,))
        self._count(left_out)

    def prints(self) -> Prints:
        """The fingerprints of all lines."""
        return Prints(self.connection.execute("SELECT print, number FROM line ORDER BY print"))

    def lines_of(self, id: str) -> list[int]:
        """The numbers of the lines whose entity has that id."""
        return [number for (number,) in self.connection.execute("SELECT number FROM line WHERE id = ?", (id,))]

    def pieces_of(self, number: int) -> list[tuple[str, Kind]]:
        """The pieces of a line: what each is about, and its kind."""
        rows = self.connection.execute("SELECT about, kind FROM piece WHERE place BETWEEN ? AND ?", _places(number))
        return [(about, Kind(kind)) for about, kind in rows]

    def everything(self) -> Iterator[About]:
        """All that the stream says about anyone, by id."""
        rows = self.connection.execute(
            "SELECT about, place, kind, own, said FROM piece INDEXED BY piece_by_about WHERE kind < 2 ORDER BY about"
        )
        return (_about(party, found) for party, found in groupby(rows, key=itemgetter(0)))

    def about(self, id: str) -> About:
        """All that the stream says about one party."""
        return _about(
            id,
            self.connection.execute(
                "SELECT about, place, kind, own, said FROM piece WHERE about = ? AND kind < 2", (id,)
            ),
        )

    def address(self, id: str) -> str | None:
        """The address of that id as one line of text."""
        found = [str(said) for said in self._said(id, Kind.ADDRESS)]
        return max(found, key=_fullness, default=None)

    def living_at(self, address: str) -> list[str]:
        """The ids of the parties that an address belongs to."""
        return self._said(address, Kind.LIVES)

    def _said(self, about: str, kind: Kind) -> list[str]:
        rows = self.connection.execute("SELECT said FROM piece WHERE about = ? AND kind = ?", (about, kind))
        return [said for (said,) in rows]

    def left_out(self) -> dict[str, int]:
        """How many entities were left out, by reason."""
        return dict(self.connection.execute("SELECT reason, lines FROM left_out WHERE lines > 0 ORDER BY reason"))

    def note(self, key: str, value: str) -> None:
        """Keep a word about the stream as a whole."""
        self.connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))

    def noted(self, key: str) -> str:
        """What was noted under `key`; empty for nothing."""
        row = self.connection.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""


@contextmanager
def staging() -> Iterator[Stage]:
    """A new stage in a temporary folder, which is deleted at the end."""
    with TemporaryDirectory(prefix="vacatur-ftm-") as folder:
        stage = Stage(Path(folder) / "stage.db")
        try:
            yield stage
        finally:
            stage.connection.close()


@contextmanager
def kept_stage(path: Path, before: str | None, after: str) -> Iterator[Stage]:
    """The stage that is kept at `path` if it holds the stream called `before`, else a new one; kept as `after`.

    While it is worked on it has another name: one that was left by a crash is not found again, and where the block
    raises it is put back as it was. Only one process may do this at a time.
    """
    for left in path.parent.glob(f".{path.name}.*"):
        left.unlink()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    if path.exists():
        os.rename(path, beside)
    stage = _opened(beside, before)
    try:
        yield stage
        stage.note("format", FORMAT)
        stage.note("stream", after)
        stage.connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise SourceError(
            path.name, f"is damaged ({error}) and was thrown away", advice="Read the list again"
        ) from error
    except BaseException:
        if not stage.is_new:
            stage.connection.execute("ROLLBACK")
            stage.connection.close()
            os.rename(beside, path)
        raise
    else:
        stage.connection.close()
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        os.rename(beside, path)
    finally:
        stage.connection.close()
        beside.unlink(missing_ok=True)


def _opened(path: Path, stream: str | None) -> Stage:
    """The stage at `path` if it holds that stream, else a new one in its place."""
    try:
        stage = Stage(path)
        if stage.is_new or (stage.noted("format"), stage.noted("stream")) == (FORMAT, stream):
            return stage
        stage.connection.close()
    except sqlite3.DatabaseError:
        pass
    path.unlink()
    return Stage(path)


def _places(number: int) -> tuple[int, int]:
    return number * WITHIN, (number + 1) * WITHIN - 1


def _about(id: str, rows: Iterable[tuple[str, int, int, bool, str]]) -> About:
    parties: list[tuple[bool, int, str]] = []
    said: list[tuple[bool, int, str]] = []
    lines: list[int] = []
    for _, place, kind, own, text in rows:
        (said if kind else parties).append((own, len(text), text))
        if own and not kind:
            lines.append(place // WITHIN)
    party = max(parties)[2] if parties else None
    said.sort(reverse=True)
    return About(id, party, tuple(text for _, _, text in said), tuple(lines))


def _fullness(text: str) -> tuple[int, str]:
    return len(text), text
