"""A real headless Chromium on pages that a real server on loopback serves.

`open_page(path, …)` gives a page in a context of its own; `accessible(page)` fails with axe's findings;
`keep(page, name)` leaves a screenshot under `artefacts/screenshots/`.
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from machine import REPOSITORY, absent
from playwright.sync_api import Browser, Page, sync_playwright

from vacatur.service.app import create_app
from vacatur.service.settings import Settings

SCREENSHOTS = REPOSITORY / "artefacts/screenshots"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OpenPage = Callable[..., Page]


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """A service on a free port of loopback; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def site_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("pages")
    return Settings(register=f"sqlite:///{folder / 'r.db'}", rate=1e6, burst=10**6, refresh_seconds=0.1)


@pytest.fixture(scope="session")
def site(site_settings: Settings) -> Iterator[str]:
    """The address of a service over the packaged dossiers."""
    with serving(site_settings) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; closed after each module, as Playwright's event loop would stand in the way of others."""
    chromium = os.environ.get("VACATUR_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        absent("there is no Chromium on this machine (apt install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Open a path of the site; keywords are those of a browser context (`viewport`, `color_scheme`, …)."""
    contexts = []

    def open_(path: str, **options: Any) -> Page:
        context = browser.new_context(base_url=site, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()


def accessible(page: Page) -> None:
    """Fail with every serious or critical finding of axe."""
    found = Axe().run(page).response["violations"]
    grave = [item for item in found if item["impact"] in ("serious", "critical")]
    said = [f"{item['id']}: {item['help']}: {[node['html'][:200] for node in item['nodes']]}" for item in grave]
    assert not grave, "\n".join(said)


def keep(page: Page, name: str) -> None:
    """A screenshot of the whole page as a build artefact."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
