"""A register with the packaged dossiers, and hits to decide on."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from vacatur.matching.index import Index
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.review.cases import Filter, list_cases, open_cases
from vacatur.screening.batch import BatchScreener, Result
from vacatur.screening.customers import Customer
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked

XIAOMI = {"id": "C-1", "name": "Xiaomi", "country": "cn"}
DAY = date(2021, 4, 1)


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register that holds the packaged dossiers; with its index beside it."""
    path = tmp_path_factory.mktemp("packaged") / "r.db"
    register = Register.open(f"sqlite:///{path}")
    ensure_dossiers(register)
    open_index(register).close()
    with register.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    register.close()
    return path


@pytest.fixture
def register(packaged: Path, tmp_path: Path) -> Iterator[Register]:
    """A register of the test's own."""
    for file in packaged.parent.glob("r.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    register = Register.open(f"sqlite:///{tmp_path / 'r.db'}")
    yield register
    register.close()


class Desk:
    """Screens customers against a register and opens cases for the hits, as a batch run does."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def index(self) -> Index:
        return open_index(self.register)

    def screen(self, fields: Mapping[str, str] = XIAOMI, on: date = DAY) -> Result:
        index = self.index()
        asked = Asked(on, date.today(), index.transaction)
        batch = BatchScreener(Screener(self.register, index, asked), limit=1, threshold=0.7)
        return next(iter(batch.screen([Customer(1, fields)])))

    def open(self, fields: Mapping[str, str] = XIAOMI, on: date = DAY) -> int:
        return open_cases(self.register, [self.screen(fields, on)], self.index().content_hash)

    def waiting(self) -> list[str]:
        return [case.id for case in list_cases(self.register, Filter())[1]]

    def case(self, fields: Mapping[str, str] = XIAOMI) -> str:
        """The id of the one case of a hit that was just opened."""
        self.open(fields)
        return self.waiting()[-1]


@pytest.fixture
def desk(register: Register) -> Desk:
    return Desk(register)
