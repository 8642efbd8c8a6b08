"""New registers on each of the engines that a register may live in."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

ENGINES = ("sqlite", "postgresql")

NewUrl = Callable[[], str]


@contextmanager
def new_databases(request: pytest.FixtureRequest, folder: Path) -> Iterator[NewUrl]:
    """Makes the URL of a new, empty register on the engine `request.param`; databases are dropped at the end."""
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{folder / uuid.uuid4().hex / 'register.db'}"
        return
    server: str = request.getfixturevalue("postgresql_server")
    made: list[str] = []
    with psycopg.connect(server, autocommit=True) as connection, pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", str(folder))  # where the files of such a register are kept

        def make() -> str:
            made.append(f"vacatur_{uuid.uuid4().hex}")
            connection.execute(f"CREATE DATABASE {made[-1]}")
            return server.replace("/postgres?", f"/{made[-1]}?")

        yield make
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
