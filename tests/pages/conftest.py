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
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from machine import REPOSITORY, absent
from playwright.sync_api import Browser, Page, expect, sync_playwright

from vacatur.law.acts import Measure
from vacatur.parties import Entry, Listing, make_party
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.record import StoredDocument, record_measures, record_vintage
from vacatur.register.staging import stage_entries
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
expect.set_options(timeout=30_000)


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


@pytest.fixture(scope="session")
def site_register(site_settings: Settings, site: str) -> Iterator[Register]:
    """The register behind `site`."""
    register = Register.open(site_settings.register)
    yield register
    register.close()


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


HOSTILE = "<img src=x onerror=alert(1)>\"'&{{7*7}}</script><script>alert(2)</script>"
"""A name that wants to be more than text."""


def record_list(register: Register, day: date, names: dict[str, str], source: str = "test") -> None:
    """Record one edition of a list: {id: name}, under the measure `test-list`."""
    entries = [
        Entry(make_party(party, "Company", {"name": [name], "country": ["cn"]}), (Listing("test-list", list="T"),))
        for party, name in names.items()
    ]
    with register.transaction("test", f"edition of {day}") as writer:
        record_measures(writer, [Measure("test-list", f"A list {HOSTILE}", "An authority", zone="UTC")])
        tally = stage_entries(writer, source, iter(entries))
        record_vintage(writer, source, day, StoredDocument(f"{source}-{day}", "t.csv", 1), tally, {"T": "test-list"})


@pytest.fixture(scope="session")
def listed_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that has two editions of a list besides: 250 names, one of them hostile."""
    url = f"sqlite:///{tmp_path_factory.mktemp('listed') / 'r.db'}"
    register = Register.open(url)
    ensure_dossiers(register)
    names = {f"test-{number}": f"Listed Company {number}" for number in range(250)}
    record_list(register, date(2022, 1, 1), names | {"test-hostile": HOSTILE, "test-gone": "Gone Trading Ltd"})
    record_list(register, date(2023, 1, 1), names | {"test-hostile": HOSTILE, "test-new": "Newly Listed GmbH"})
    register.close()
    with serving(Settings(register=url, rate=1e6, burst=10**6, refresh_seconds=0.1)) as address:
        yield address
