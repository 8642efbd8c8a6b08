"""The index: one file with every version of every name, found by its words.

The file is an SQLite database opened read-only and memory-mapped, so that all workers of a machine share it. A query
meets names in two steps: each of its words is compared with the *vocabulary* (far smaller than the names), and the
names that hold the words met are reached through posting lists; only those are scored. See `docs/matching.md`.
"""

import hashlib
import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vacatur.errors import UserError
from vacatur.law.moments import NEVER
from vacatur.matching.compare import mode_of
from vacatur.matching.context import Details, in_context, plain_identifier
from vacatur.matching.likeness import likeness
from vacatur.matching.model import IndexedParty, Match, Query
from vacatur.matching.score import SHORTEST_ACRONYM, NameScore, score_names
from vacatur.matching.words import weight_in_list, word_of
from vacatur.names.folding import initials, latin, tokens, words
from vacatur.names.forms import is_form
from vacatur.names.kinds import BY_SENSE, Kind
from vacatur.names.phonetics import skeleton

FORMAT = "vacatur-index-5"
ADVICE = "Delete the file; the next command builds it anew from the register."
FOREVER = 2**62

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE party (id INTEGER PRIMARY KEY, party TEXT NOT NULL, schema TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, party INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
                   place INTEGER NOT NULL, known INTEGER NOT NULL,
                   recorded INTEGER NOT NULL, retracted INTEGER NOT NULL);
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, names INTEGER NOT NULL, sound TEXT NOT NULL,
                   joined INTEGER NOT NULL);
CREATE INDEX words_by_sound ON word (sound);
CREATE TABLE posting (word INTEGER NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (word, name)) WITHOUT ROWID;
CREATE TABLE identifier (value TEXT NOT NULL, kind TEXT NOT NULL, party INTEGER NOT NULL,
                         PRIMARY KEY (value, kind, party)) WITHOUT ROWID;
"""

CANDIDATE_SHARE = 0.4
"""A name is scored when the words met carry at least this share of the weight of the query's words."""

LONGEST_JOINED = 10
"""Adjacent words written as one are looked for with edits up to this length; longer ones only exactly or by sound."""


class IndexFileError(UserError):
    """The index file is not ours, cut, or of another version; it can be rebuilt from the register."""


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    kind: str
    place: int


@dataclass(frozen=True, slots=True)
class _Party:
    id: str
    details: Details


def build_index(path: Path, parties: Iterable[IndexedParty], *, transaction: int) -> str:
    """Write the index of `parties` beside `path` and rename it into place; its content hash (SHA-256)."""
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    connection = sqlite3.connect(beside)
    digest = hashlib.sha256()
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
        _write_parties(connection, parties, digest)
        content = digest.hexdigest()
        facts = {"format": FORMAT, "transaction": str(transaction), "hash": content}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        connection.commit()
    finally:
        connection.close()
    os.replace(beside, path)
    return content


def _write_parties(connection: sqlite3.Connection, parties: Iterable[IndexedParty], digest: "hashlib._Hash") -> None:
    ids: dict[str, int] = {}
    counts: dict[str, int] = defaultdict(int)
    whole: set[str] = set()
    name_id = 0
    for party_id, party in enumerate(parties, start=1):
        details = [party.countries, party.birth_dates, party.genders, party.identifiers]
        data = json.dumps(details, ensure_ascii=False)
        connection.execute("INSERT INTO party VALUES (?, ?, ?, ?)", (party_id, party.id, party.schema, data))
        digest.update(f"{party.id}|{party.schema}|{data}\n".encode())
        connection.executemany(
            "INSERT OR IGNORE INTO identifier VALUES (?, ?, ?)",
            [(plain_identifier(value), kind, party_id) for kind, value in party.identifiers],
        )
        for place, name in enumerate(party.names):
            name_id += 1
            retracted = FOREVER if name.retracted is None else name.retracted
            known = max(name.known_from, -FOREVER)
            row = (name_id, party_id, name.text, name.kind, place, known, name.recorded, retracted)
            connection.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            digest.update(repr(row[2:]).encode())
            whole.update(map(latin, tokens(name.text)))
            held = set(_indexed_words(name.text))
            for word in held:
                counts[word] += 1
                ids.setdefault(word, len(ids) + 1)
            connection.executemany("INSERT INTO posting VALUES (?, ?)", [(ids[word], name_id) for word in sorted(held)])
    rows = [(ids[word], word, counts[word], skeleton(word) if _spelt(word) else "", word not in whole) for word in ids]
    connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?, ?)", rows)


def _allowed_edits(length: int) -> int:
    """How many edits a word of so many letters may be away: none below 4, one to 6, two to 10, three beyond."""
    return 0 if length < 4 else 1 if length < 7 else 2 if length < 11 else 3


def _spelt(word: str) -> bool:
    """Whether a word may be misspelt: letters only, three or more."""
    return len(word) >= 3 and word.isalpha()


def _indexed_words(text: str) -> Iterator[str]:
    """The words under which a name is found: its own, adjacent ones joined, and its initials."""
    found = [latin(token) for token in tokens(text)]
    yield from found
    for first, second in pairwise(found):
        if not is_form(first) and not is_form(second):
            yield first + second
    whole = words(text)
    if len(whole) >= SHORTEST_ACRONYM:
        yield initials(whole)
        yield initials(tuple(word for word in whole if word_of(word).kind is not Kind.STOP))


class Index:
    """An open index. Reading is safe from several processes at once; in a process, from one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, transaction: int, content_hash: str) -> None:
        self._connection = connection
        self.transaction = transaction
        self.content_hash = content_hash
        rows = connection.execute("SELECT text, id, names, joined FROM word ORDER BY id").fetchall()
        self._ids = {text: number for text, number, _, _ in rows}
        self._counts = {text: count for text, _, count, _ in rows}
        self._total = max(2, connection.execute("SELECT COUNT(*) FROM name").fetchone()[0])
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for text, _, _, joined in rows:
            if _spelt(text) and (not joined or len(text) <= LONGEST_JOINED):
                self._by_length[len(text)].append(text)
        self.weigh = lru_cache(262_144)(self._weight)
        self._alike = lru_cache(65_536)(self._alike_words)
        self._party = lru_cache(65_536)(self._read_party)

    @classmethod
    def open(cls, path: Path) -> "Index":
        """Open the file read-only.

        Raises:
            IndexFileError: it is missing, foreign, cut, or of another version.
        """
        if not path.is_file():
            raise IndexFileError(f"{path}: no such index. {ADVICE}")
        try:
            connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            connection.execute("PRAGMA mmap_size = 1073741824")
            meta = dict(connection.execute("SELECT key, value FROM meta"))
            if meta.get("format") != FORMAT:
                raise IndexFileError(f"{path}: of another version ({meta.get('format')}, not {FORMAT}). {ADVICE}")
            return cls(connection, int(meta["transaction"]), meta["hash"])
        except (sqlite3.DatabaseError, KeyError, ValueError) as error:
            if isinstance(error, IndexFileError):
                raise
            raise IndexFileError(f"{path}: not an index, or cut ({error}). {ADVICE}") from None

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def search(self, query: Query, limit: int = 10, threshold: float = 0.7) -> list[Match]:
        """The parties that `query` may mean, by falling score; ties by how canonical the name is, then by id."""
        wanted = {plain_identifier(value) for _, value in query.identifiers} - {""}
        best: dict[int, tuple[NameScore, _Name]] = {}
        for party in self._with_identifiers(query, wanted):
            best[party] = self._by_identifier(query, party)
        if query.name.strip():
            self._score_candidates(query, best)
        matches = []
        for party, (scored, name) in best.items():
            held = self._party(party)
            score, evidence = in_context(query, held.details, scored.score, scored.evidence)
            match = Match(held.id, score, name.text, evidence)
            if match.score >= threshold:
                exact = name.text.casefold() != query.name.strip().casefold()
                matches.append((-match.score, exact, name.kind != "name", name.place, match.party, match))
        matches.sort(key=lambda ranked: ranked[:5])
        return [ranked[-1] for ranked in matches[:limit]]

    def names(self, *, known: int, recorded: int) -> Iterator[tuple[str, str, str]]:
        """Every (name, party id, property) that counts at that state of knowledge and of the register."""
        return self._connection.execute(
            "SELECT name.text, party.party, name.kind FROM name JOIN party ON party.id = name.party"
            " WHERE known <= ? AND recorded <= ? AND retracted > ? ORDER BY name.id",
            (min(known, FOREVER), recorded, recorded),
        )

    def search_many(self, queries: Iterable[Query], limit: int = 10, threshold: float = 0.7) -> Iterator[list[Match]]:
        """`search` for each query, in order."""
        return (self.search(query, limit, threshold) for query in queries)

    def _weight(self, token: str) -> int:
        """What a word tells in this list, in thousandths."""
        word = word_of(token)
        return weight_in_list(word, self._counts.get(word.latin, 1), self._total)

    def _alike_words(self, word: str) -> tuple[tuple[str, int], ...]:
        """The words of the vocabulary that `word` may mean, with their likeness."""
        if is_form(word) or not _spelt(word):
            return ((word, 1000),) if word in self._ids else ()
        edits = _allowed_edits(len(word) + 1)
        near: set[str] = set()
        for length in range(len(word) - edits, len(word) + edits + 1):
            alike = self._by_length.get(length, ())
            near.update(
                text for text, _, _ in process.extract_iter(word, alike, scorer=OSA.distance, score_cutoff=edits)
            )
        near.update(self._variants(word))
        sounding = self._connection.execute("SELECT text FROM word WHERE sound = ?", (skeleton(word),))
        near.update(text for (text,) in sounding)
        scored = ((text, likeness(word, text, person=False).score) for text in near)
        found = {text: score for text, score in scored if score}
        if word in self._ids:
            found[word] = 1000
        return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def _variants(self, word: str) -> Iterator[str]:
        """Words of the vocabulary that say the same."""
        for sense in word_of(word).senses:
            yield from (other for other in BY_SENSE[sense] if other in self._ids)

    def _score_candidates(self, query: Query, best: dict[int, tuple[NameScore, _Name]]) -> None:
        rows = self._names(self._candidates(query.name))
        for party, text, kind, place, known, recorded, retracted in rows:
            if known > min(query.known, NEVER) or recorded > query.recorded or retracted <= query.recorded:
                continue
            mode = mode_of(self._party(party).details.schema, query.schema)
            scored = score_names(query.name, text, self.weigh, mode=mode, weak=kind == "weakAlias")
            held = best.get(party)
            if scored.score and (held is None or scored.score > held[0].score):
                best[party] = (scored, _Name(text, kind, place))

    def _candidates(self, name: str) -> list[int]:
        """Names whose words carry enough of the query's weight; a word too common to decide alone adds no name."""
        plain = [latin(token) for token in tokens(name)]
        joined = [a + b for a, b in pairwise(plain) if not is_form(a) and not is_form(b)]
        wanted = sorted(dict.fromkeys(plain), key=self.weigh, reverse=True)
        whole = sum(self.weigh(word) for word in wanted) or 1
        carried: dict[int, float] = defaultdict(float)
        rest = whole
        for word in wanted:
            open_to_new = rest >= CANDIDATE_SHARE * whole
            for number, score in self._reached(word).items():
                if open_to_new or number in carried:
                    carried[number] += score * self.weigh(word) / 1000
            rest -= self.weigh(word)
        for word in joined:
            for number, score in self._reached(word).items():
                carried[number] = max(carried[number], score * whole * CANDIDATE_SHARE * 1.5 / 1000)
        return [number for number, weight in carried.items() if weight >= CANDIDATE_SHARE * whole]

    def _reached(self, word: str) -> dict[int, int]:
        """{name: likeness} of the names that hold a word alike `word`."""
        found: dict[int, int] = {}
        for text, score in reversed(self._alike(word)):
            for (number,) in self._connection.execute("SELECT name FROM posting WHERE word = ?", (self._ids[text],)):
                found[number] = score
        return found

    def _names(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, str, int, int, int, int]]:
        for start in range(0, len(numbers), 500):
            chunk = numbers[start : start + 500]
            marks = ",".join("?" * len(chunk))
            yield from self._connection.execute(
                f"SELECT party, text, kind, place, known, recorded, retracted FROM name WHERE id IN ({marks})",  # noqa: S608
                chunk,
            )

    def _read_party(self, number: int) -> _Party:
        party, schema, data = self._connection.execute(
            "SELECT party, schema, data FROM party WHERE id = ?", (number,)
        ).fetchone()
        countries, births, genders, identifiers = json.loads(data)
        pairs = tuple((kind, value) for kind, value in identifiers)
        return _Party(party, Details(schema, tuple(countries), tuple(births), tuple(genders), pairs))

    def _with_identifiers(self, query: Query, wanted: set[str]) -> Iterator[int]:
        kinds = {plain_identifier(value): kind for kind, value in query.identifiers}
        for value in sorted(wanted):
            for kind, party in self._connection.execute("SELECT kind, party FROM identifier WHERE value = ?", (value,)):
                if not kinds[value] or kinds[value] == kind:
                    yield party

    def _by_identifier(self, query: Query, party: int) -> tuple[NameScore, _Name]:
        row = self._connection.execute(
            "SELECT text, kind, place FROM name WHERE party = ? AND known <= ? AND recorded <= ?"
            " ORDER BY place LIMIT 1",
            (party, min(query.known, FOREVER), query.recorded),
        ).fetchone()
        return NameScore(0.0, ()), _Name(*(row or ("", "name", 0)))
