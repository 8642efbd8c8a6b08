"""Documents that need the register: in-house lists side by side, deltas on the stream that they follow."""

import json
from datetime import date
from pathlib import Path

import pytest

from vacatur.register import Register
from vacatur.register.refresh import Refreshed, read_file
from vacatur.sources.base import ListDocument, SourceError
from vacatur.sources.catalog import UnknownSourceError, find_source

MAPPING = """\
list: {title}
measure: {{id: {id}, name: {title}, authority: Example AG, zone: UTC}}
schema: Company
columns: {{name: Name}}
"""


@pytest.fixture
def register(filled_register: Register) -> Register:
    return filled_register


def read(register: Register, name: str, path: Path, day: date | None = None) -> Refreshed:
    source = find_source(name)
    return read_file(register, source, ListDocument(path, source.companions(path), day), actor="test")


def house(folder: Path, id: str, *names: str) -> Path:
    (folder / f"{id}.yaml").write_text(MAPPING.format(title=f"List {id}", id=id))
    path = folder / f"{id}.csv"
    path.write_text("Name\n" + "".join(f"{name}\n" for name in names))
    return path


def test_two_lists_of_one_day_stand_side_by_side(register: Register, tmp_path: Path) -> None:
    day = date(2026, 1, 1)
    read(register, "custom", house(tmp_path, "north", "Alpha"), day)
    read(register, "custom", house(tmp_path, "south", "Bravo", "Charlie"), day)
    shown = {vintage.source: vintage.entries for vintage in register.snapshot().vintages}
    assert (shown["custom:list-north"], shown["custom:list-south"]) == (1, 2)
    assert register.snapshot().measures["north"].authority == "Example AG"
    assert find_source("custom:list-north").name == "custom:list-north"
    with pytest.raises(UnknownSourceError):
        find_source("un-sc:other")


def test_a_list_may_not_describe_a_measure_of_the_dossiers(register: Register, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="describes measure ofac-sdn, which is known"):
        read(register, "custom", house(tmp_path, "ofac-sdn", "Alpha"), date(2026, 1, 1))


def entity(id: str, name: str) -> dict[str, object]:
    return {"id": id, "schema": "Company", "properties": {"name": [name]}, "last_seen": "2026-01-01"}


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


class TestDeltas:
    @pytest.fixture
    def stream(self, register: Register, tmp_path: Path) -> Path:
        path = write(tmp_path / "entities.ftm.json", *(entity(f"NK-{n}", f"Company {n}") for n in (1, 2, 3)))
        read(register, "ftm", path, date(2026, 1, 1))
        return path

    def test_a_delta_adds_changes_and_deletes(self, register: Register, stream: Path, tmp_path: Path) -> None:
        delta = write(
            tmp_path / "entities.delta.json",
            {"op": "ADD", "entity": entity("NK-4", "Company 4")},
            {"op": "MOD", "entity": entity("NK-2", "Company Two")},
            {"op": "DEL", "entity": {"id": "NK-3"}},
        )
        (updated,) = read(register, "ftm", delta, date(2026, 1, 2)).updated
        difference = updated.difference
        assert difference is not None
        assert (difference.added, difference.changed, difference.removed) == (1, 1, 1)
        again = write(tmp_path / "entities.delta.json", {"op": "DEL", "entity": {"id": "NK-4"}})
        (updated,) = read(register, "ftm", again, date(2026, 1, 3)).updated
        assert updated.entries == 2, "the next delta follows on what the one before made"

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"op": "ADD", "entity": entity("NK-1", "x")}, "is there already"),
            ({"op": "DEL", "entity": {"id": "NK-9"}}, "is not there"),
            ({"op": "MOD", "entity": entity("NK-9", "x")}, "is not there"),
            ({"op": "PUT", "entity": entity("NK-9", "x")}, "no change of an entity"),
            ({"op": "ADD", "entity": []}, "no change of an entity"),
        ],
    )
    def test_one_of_another_version_is_refused(
        self, register: Register, stream: Path, tmp_path: Path, change: object, why: str
    ) -> None:
        before = register.newest_transaction()
        with pytest.raises(SourceError, match=why):
            read(register, "ftm", write(tmp_path / "entities.delta.json", change), date(2026, 1, 2))
        assert register.newest_transaction() == before

    def test_without_the_stream_before_it_is_refused(self, register: Register, tmp_path: Path) -> None:
        delta = write(tmp_path / "entities.delta.json", {"op": "ADD", "entity": entity("NK-1", "x")})
        with pytest.raises(SourceError, match="the edition that it follows is not here"):
            read(register, "ftm", delta)

    def test_the_real_deltas_of_a_day(self, register: Register, shared: Path) -> None:
        folder = shared / "lists/ftm/yente"
        read(register, "ftm", folder / "t1/entities.ftm.json", date(2024, 5, 27))
        counts = []
        for version in ("20240527194702-wnk", "20240528014702-pfh", "20240528074703-npf", "20240528134729-3iv"):
            (updated,) = read(register, "ftm", folder / "t2" / version / "entities.delta.json").updated
            counts.append((updated.vintage.isoformat(), updated.entries))
        assert counts == [("2024-05-27", 8), ("2024-05-28", 9), ("2024-05-28", 8), ("2024-05-28", 9)]
        snapshot = register.snapshot()
        assert [item.day.day for item in snapshot.vintages if item.source == "ftm"] == [27, 27, 28, 28, 28]
        assert snapshot.party("NK-500Poltergeist") is not None, "it came and went within a day"
