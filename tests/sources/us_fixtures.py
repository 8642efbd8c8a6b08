"""What the tests of the US lists share: reading a document, damaging its bytes, and what every reading must be."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import strategies as st
from machine import needs_model

from vacatur.parties import Entry
from vacatur.sources.base import ListDocument, Reading, Source, SourceError

FIXTURES = Path(__file__).parent / "fixtures"


def read(source: Source, path: Path, vintage: date | None = None) -> tuple[list[Entry], Reading]:
    reading = source.read(ListDocument(path, vintage=vintage))
    return list(reading.entries), reading


def fixture(source: Source, name: str, vintage: date | None = None) -> tuple[list[Entry], Reading]:
    return read(source, FIXTURES / name, vintage)


def listed(entries: list[Entry]) -> dict[str, Entry]:
    """The entries that are on the list, by party id; the ids must differ."""
    found = {entry.party.id: entry for entry in entries if entry.listings}
    assert len(found) == sum(1 for entry in entries if entry.listings)
    return found


def captions(entries: list[Entry]) -> set[str]:
    return {entry.party.caption for entry in entries if entry.listings}


def survives(source: Source, data: bytes) -> bool:
    """Whether `data` is read; a refusal must be a `SourceError` that names the file and gives a reason."""
    refused = None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.dat"
        path.write_bytes(data)
        try:
            entries, _ = read(source, path)
        except SourceError as refusal:
            refused = refusal
            entries = []
    if refused:
        assert refused.document == "list.dat"
        assert refused.reason
        return False
    assert all(isinstance(entry, Entry) and entry.party.id for entry in entries)
    assert entries
    return True


def damaged(valid: bytes) -> st.SearchStrategy[bytes]:
    """Valid bytes with a few places overwritten, taken out, or filled up with anything or with other parts of them."""
    place = st.integers(0, len(valid))
    part = st.builds(lambda start, length: valid[start : start + length], place, st.integers(1, 60))
    change = st.tuples(place, st.integers(0, 40), st.one_of(st.binary(max_size=12), part))

    def apply(changes: list[tuple[int, int, bytes]]) -> bytes:
        data = valid
        for start, length, filling in changes:
            data = data[:start] + filling + data[start + length :]
        return data

    return st.lists(change, min_size=1, max_size=4).map(apply)


def check_model(entries: list[Entry], but: tuple[str, ...] = ()) -> None:
    """Every schema and property is FollowTheMoney's, and its library accepts the values, those of `but` apart."""
    needs_model()
    from followthemoney import model

    for entry in entries:
        proxy = model.make_entity(entry.party.schema)
        proxy.id = entry.party.id
        for name, values in entry.party.properties.items():
            assert name in proxy.schema.properties, (entry.party.schema, name)
            proxy.add(name, values)
            assert name in but or proxy.get(name), (entry.party.id, name, values)
