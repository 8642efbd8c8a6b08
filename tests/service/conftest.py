"""A real server on loopback over a register with the packaged dossiers."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from engines import ENGINES, new_databases
from httpx import Client

from vacatur.register import Register
from vacatur.service.app import create_app
from vacatur.service.keys import add_key
from vacatur.service.settings import Settings


@pytest.fixture(scope="session", params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with new_databases(request, tmp_path_factory.mktemp("service")) as new_url:
        yield Settings(register=new_url(), rate=1e6, burst=10**6, refresh_seconds=0.1)


@contextmanager
def serving(settings: Settings) -> Iterator[Client]:
    """A client of a service on a free port of loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        with Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[Client]:
    with serving(settings) as client:
        yield client


@pytest.fixture
def hasty_client(tmp_path: Path) -> Iterator[Client]:
    """A client of a service that waits half a second for a request, and no longer."""
    with serving(Settings(register=f"sqlite:///{tmp_path / 'r.db'}", request_seconds=0.5)) as client:
        yield client


@pytest.fixture(scope="session")
def register(settings: Settings, client: Client) -> Register:
    return Register.open(settings.register)


@pytest.fixture
def key(register: Register) -> str:
    return add_key(register, "test", ("read",))
