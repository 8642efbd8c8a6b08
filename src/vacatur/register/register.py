"""Opening a register and writing to it in transactions."""

import os
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from vacatur.errors import UserError
from vacatur.law.moments import Moment, closes
from vacatur.register import migrations
from vacatur.register.schema import meta, metadata, revisions, transactions
from vacatur.register.snapshot import Snapshot

BUSY_SECONDS = 600
"""How long a writer waits for another to finish; reading a list of millions takes minutes."""

WRITERS_LOCK = 0x76616361747572
"""The number of the advisory lock that writers take turns on in PostgreSQL: the letters of our name."""


class RegisterError(UserError):
    """The register can't be opened or is not one of ours; says what to do."""


@dataclass(frozen=True, slots=True)
class Writer:
    """An open transaction: everything written through `connection` is recorded under `id`, or not at all."""

    connection: Connection
    id: int


class Register:
    """A register of parties, measures, acts and presences behind one database URL."""

    def __init__(self, engine: Engine, url: URL) -> None:
        self.engine = engine
        self.url = url
        self.upgraded_from: str | None = None
        """The revision of the tables that opening found and brought up to date; None when there was nothing to do."""

    @classmethod
    def open(cls, url: str) -> "Register":
        """Open `sqlite:///…` or `postgresql://…`, making its tables or bringing them up to date.

        Raises:
            RegisterError: the URL is wrong, the database is out of reach, or a newer Vacatur wrote it.
        """
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise RegisterError(
                f"not a register URL: {url!r} (expected sqlite:///path/to/file.db or postgresql://…)"
            ) from None
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise RegisterError(
                f"no register on {parsed.drivername}: expected sqlite:///path/to/file.db or postgresql://…"
            )
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            _refuse_foreign(Path(parsed.database))
        engine = create_engine(parsed, pool_pre_ping=not parsed.drivername.startswith("sqlite"))
        if parsed.drivername.startswith("sqlite"):
            _prepare_sqlite(engine)
        else:
            _prepare_postgresql(engine)
        register = cls(engine, parsed)
        try:
            register.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RegisterError(f"can't make the folder of the register, {register.folder}: {error.strerror}") from None
        register._create_or_upgrade()
        return register

    def _create_or_upgrade(self) -> None:
        """Make the tables of a new register; bring those of an older Vacatur up to date, whole or not at all."""
        newest = migrations.packaged()[-1]
        try:
            with self.engine.connect() as connection:
                if _stored_revision(connection) == newest:
                    return
            with self.writing(foreign_keys=False) as connection:
                stored = _stored_revision(connection)
                if stored is None:
                    metadata.create_all(connection)
                    connection.execute(insert(revisions).values(version_num=newest))
                elif stored not in migrations.packaged():
                    raise RegisterError(
                        f"the register {self.url} was written by a newer Vacatur (schema {stored}); upgrade Vacatur"
                    )
                elif stored != newest:
                    migrations.upgrade(connection, stored)
                    self.upgraded_from = stored
        except SQLAlchemyError as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            raise RegisterError(f"can't open the register {self.url}: {cause}. It is as it was.") from error

    @contextmanager
    def writing(self, *, foreign_keys: bool = True) -> Iterator[Connection]:
        """Be the one writer, until the end of the block: for what has no history of its own, like settings and keys.

        Raises:
            RegisterError: another process has been writing for too long.
        """
        with self.engine.connect().execution_options(writes=True) as connection:
            if not foreign_keys and self.engine.dialect.name == "sqlite":
                # A table that a migration makes anew is dropped in between, which would count as losing its rows.
                connection.detach()
                connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            try:
                transaction = connection.begin()
            except OperationalError as error:
                raise RegisterError(
                    f"can't write to the register {self.url}: {error.orig}. Nothing was recorded; if another process"
                    f" has been writing for over {BUSY_SECONDS} seconds, try again when it is done."
                ) from error
            with transaction:
                yield connection

    @property
    def folder(self) -> Path:
        """Where files that belong to the register live: beside a SQLite file, else in the user's data folder."""
        if self.url.drivername.startswith("sqlite") and self.url.database:
            return Path(self.url.database).resolve().parent
        from platformdirs import user_data_path  # noqa: PLC0415 - only for server databases

        place = f"{self.url.host or 'local'}-{self.url.port or 5432}-{self.url.database}"
        return user_data_path("vacatur") / re.sub(r"[^\w.-]", "_", place)

    @property
    def stem(self) -> str:
        """What the names of files that belong to the register begin with."""
        return Path(self.url.database or "register").stem

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def transaction(self, actor: str, reason: str) -> Iterator[Writer]:
        """One transaction of the register: all that is written inside is recorded at once, or nothing is."""
        with self.writing() as connection:
            row = connection.execute(
                insert(transactions).values(
                    at=datetime.now(UTC).isoformat(timespec="microseconds"), actor=actor, reason=reason
                )
            )
            yield Writer(connection, int(row.inserted_primary_key[0]))  # type: ignore[index]

    def newest_transaction(self) -> int:
        """The id of the last transaction; 0 when there is none."""
        with self.engine.connect() as connection:
            return int(connection.scalar(select(func.max(transactions.c.id))) or 0)

    def transaction_at(self, moment: Moment) -> int:
        """The id of the last transaction recorded by `moment` (a day: by its end in UTC); 0 when there is none."""
        until = datetime.fromtimestamp(closes(moment) + 1, UTC).isoformat(timespec="microseconds")
        with self.engine.connect() as connection:
            return int(connection.scalar(select(func.max(transactions.c.id)).where(transactions.c.at < until)) or 0)

    def recorded_at(self, ids: Iterable[int]) -> dict[int, str]:
        """When the transactions `ids` were recorded: ISO 8601 in UTC."""
        wanted = select(transactions.c.id, transactions.c.at).where(transactions.c.id.in_(sorted(set(ids))))
        with self.engine.connect() as connection:
            return {row.id: row.at for row in connection.execute(wanted)}

    def snapshot(self, recorded: int | None = None) -> Snapshot:
        """The register as it stood after transaction `recorded` (default: now)."""
        return Snapshot(self.engine, self.newest_transaction() if recorded is None else recorded)


def default_url() -> str:
    """`VACATUR_REGISTER`, else a SQLite file in the user's data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415 - keeps the import of this room light

    return os.environ.get("VACATUR_REGISTER") or f"sqlite:///{user_data_path('vacatur') / 'register.db'}"


def _stored_revision(connection: Connection) -> str | None:
    """The migration that the tables are at; None where there are none."""
    tables = inspect(connection)
    if tables.has_table(revisions.name):
        return connection.scalar(select(revisions.c.version_num))
    if not tables.has_table(meta.name):
        return None
    return migrations.FIRST if connection.scalar(select(meta.c.value).where(meta.c.key == "schema")) == "1" else None


def _refuse_foreign(path: Path) -> None:
    """Leave alone, to the last byte, a SQLite file in which another program keeps its tables."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return  # there is no file yet, or none that can be read now: opening it says so
    if tables and tables.isdisjoint({revisions.name, meta.name}):
        raise RegisterError(f"{path} is no register but a database of another program. It is as it was.")


def _prepare_sqlite(engine: Engine) -> None:
    """Readers go on while one writes (WAL); a writer takes the lock at once, so that two can't deadlock."""

    @event.listens_for(engine, "connect")
    def _connected(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turn the file to WAL once; while another process does so SQLite is "locked" at once, whatever the timeout."""
    waited_until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > waited_until:
                raise
            time.sleep(0.01)


def _prepare_postgresql(engine: Engine) -> None:
    """Readers go on while one writes; a writer waits for the one before it, as on SQLite."""
    from psycopg.types.string import StrDumperUnknown  # noqa: PLC0415 - only for server databases

    class WithoutNul(StrDumperUnknown):
        """PostgreSQL's text can't hold U+0000: it is kept, and asked for, as U+FFFD."""

        def dump(self, obj: str) -> bytes:
            return obj.replace("\0", "\ufffd").encode()

    @event.listens_for(engine, "connect")
    def _connected(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.adapters.register_dumper(str, WithoutNul)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
