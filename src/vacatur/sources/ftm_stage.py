"""Where the entities of a FollowTheMoney stream wait for what is said of them: a temporary SQLite file.

A sanction, an address or a passport may come before or after the party that it belongs to, and streams have millions of
lines. So parties, and what completes them, are put in a file and taken out party by party: memory stays flat. Nothing
here knows what the statements mean.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

Entity: TypeAlias = dict[str, Any]

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE party (place INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, own INTEGER NOT NULL, entity TEXT NOT NULL);
CREATE TABLE said (party TEXT NOT NULL, id TEXT NOT NULL, own INTEGER NOT NULL, entity TEXT NOT NULL,
                   PRIMARY KEY (party, id)) WITHOUT ROWID;
CREATE TABLE address (id TEXT PRIMARY KEY, full TEXT NOT NULL) WITHOUT ROWID;
"""


class Stage:
    """The waiting room; made by `staging`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def put_party(self, entity: Entity, *, own: bool) -> bool:
        """Keep a party or link. One with a line of its `own` replaces one met nested in another.

        Returns:
            False when there is another of that id with a line of its own.
        """
        row = self.connection.execute("SELECT own FROM party WHERE id = ?", (entity["id"],)).fetchone()
        if row is None:
            self.connection.execute(
                "INSERT INTO party (id, own, entity) VALUES (?, ?, ?)", (entity["id"], own, json.dumps(entity))
            )
        elif own and row[0]:
            return False
        elif own:
            self.connection.execute(
                "UPDATE party SET own = 1, entity = ? WHERE id = ?", (json.dumps(entity), entity["id"])
            )
        return True

    def put_said(self, party: str, entity: Entity, *, own: bool) -> None:
        """Keep what completes a party; the same statement is kept once, in the form that has its `own` line."""
        self.connection.execute(
            "INSERT INTO said VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET own = excluded.own, entity = excluded.entity WHERE excluded.own > said.own",
            (party, entity["id"], own, json.dumps(entity)),
        )

    def put_address(self, id: str, full: str) -> None:
        """Keep an address."""
        self.connection.execute("INSERT OR REPLACE INTO address VALUES (?, ?)", (id, full))

    def parties(self) -> Iterator[tuple[Entity, list[Entity]]]:
        """Every party and link in the order in which they came, each with what is said of it, by id."""
        for party_id, entity in self.connection.execute("SELECT id, entity FROM party ORDER BY place"):
            said = self.connection.execute("SELECT entity FROM said WHERE party = ? ORDER BY id", (party_id,))
            yield json.loads(entity), [json.loads(row[0]) for row in said]

    def address(self, id: str) -> str | None:
        """The address of that id as one line."""
        row = self.connection.execute("SELECT full FROM address WHERE id = ?", (id,)).fetchone()
        return str(row[0]) if row else None

    def strangers(self) -> int:
        """How many statements are about parties that never came."""
        query = "SELECT count(*) FROM said WHERE NOT EXISTS (SELECT 1 FROM party WHERE party.id = said.party)"
        return int(self.connection.execute(query).fetchone()[0])


@contextmanager
def staging() -> Iterator[Stage]:
    """A stage in a temporary folder, which is deleted at the end."""
    with TemporaryDirectory(prefix="vacatur-ftm-") as folder:
        connection = sqlite3.connect(Path(folder) / "stage.db", isolation_level=None)
        try:
            connection.executescript(TABLES)
            connection.execute("BEGIN")
            yield Stage(connection)
        finally:
            connection.close()
