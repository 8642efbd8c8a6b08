"""docs/sources.md: its table names every source, and its example is a source that works."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world_readers import FUZZ, check_model, damaged, read_text, survives

from vacatur.sources.base import ListDocument, Source, SourceError
from vacatur.sources.custom import CustomList

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def example() -> Source:
    names: dict[str, object] = {}
    exec(compile(block("python"), "docs/sources.md", "exec"), names)  # noqa: S102  the page's code is ours
    return names["Example"]()  # type: ignore[operator, no-any-return]


EXAMPLE, SAMPLE = example(), block("csv")


def test_the_table_names_every_source():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    points = set(project["project"]["entry-points"]["vacatur.sources"])
    assert set(re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE)) == points


def test_the_example_reads_its_list(tmp_path):
    entries, reading = read_text(EXAMPLE, tmp_path, SAMPLE)
    assert [(entry.party.id, entry.party.caption, entry.party.countries) for entry in entries] == [
        ("example-17", "Example Optics GmbH", ("de",)),
        ("example-18", "Example Trading", ("cy",)),
    ]
    assert entries[0].listings[0].listed_on == date(2024, 2, 29)
    assert reading.lists == {"Example list": "example-measure"}
    check_model(entries)


def test_the_example_refuses_with_the_line(tmp_path):
    with pytest.raises(SourceError, match="line 3: no day"):
        read_text(EXAMPLE, tmp_path, SAMPLE.replace("2025-06-01", "soon"))


@FUZZ
@given(st.one_of(st.binary(max_size=300), damaged(SAMPLE.encode())))
def test_the_example_survives_any_bytes(data):
    survives(EXAMPLE, data)


def test_the_mapping_of_the_page_reads_a_list(tmp_path):
    (tmp_path / "house.yaml").write_text(block("yaml"), encoding="utf-8")
    path = tmp_path / "house.csv"
    path.write_text(
        "No,Company,Also called,Brand,Seat,Registered,Since\n17,Example Optics,EO,,Germany,HRB 1,29.02.2024\n"
    )
    source = CustomList()
    reading = source.read(ListDocument(path, source.companions(path)))
    (entry,) = reading.entries
    assert (entry.party.id, entry.party.names) == (
        "custom-customers-we-do-not-serve-17",
        ("Example Optics", "EO"),
    )
    assert reading.measures[0].id == "house-list"
