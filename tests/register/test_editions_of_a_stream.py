"""A stream read by what differs: whatever was read before and in whatever order, as if it were read whole."""

import json
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from engines import NewUrl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from vacatur.law.status import State
from vacatur.register import Register
from vacatur.register.editions import newest_edition
from vacatur.register.presence import present_in
from vacatur.register.refresh import read_file
from vacatur.register.schema import entries
from vacatur.register.snapshot import Vintage
from vacatur.register.update import Updated
from vacatur.screening.standing import Asked, open_dossier
from vacatur.sources.base import ListDocument, Memory, SourceError
from vacatur.sources.ftm import FollowTheMoney

SOURCE = FollowTheMoney()
Entities = dict[str, dict[str, object]]


def entity(id: str, schema: str, **properties: list[object]) -> dict[str, object]:
    return {"id": id, "schema": schema, "datasets": ["d"], "properties": properties}


PEOPLE = st.sampled_from(["p-1", "p-2", "p-3"])
NAMES = st.sampled_from(["Anna", "Boris", "Carla"])
ADDRESSES = st.sampled_from(["a-1", "a-2"])


@st.composite
def one(draw: st.DrawFn) -> dict[str, object]:
    """An entity, alone or with others in it."""
    person, other, name, address = draw(PEOPLE), draw(PEOPLE), draw(NAMES), draw(ADDRESSES)
    number = draw(st.integers(1, 2))
    nested = {
        "sanctions": [entity("s-nested", "Sanction", program=[name])],
        "ownershipAsset": [
            entity("o-nested", "Ownership", owner=[entity(other, "Person", name=[name])], asset=[person])
        ],
        "addressEntity": [entity(address, "Address", full=[f"{name} Street"])],
    }
    return draw(
        st.sampled_from(
            [
                entity(person, "Person", name=[name], addressEntity=[address]),
                entity(person, "Person", name=[name], **nested),
                entity(f"s-{number}", "Sanction", entity=[person], program=[name]),
                entity(f"i-{number}", "Passport", holder=[person], number=[name]),
                entity(address, "Address", full=[f"{name} Road"]),
                entity("o-1", "Ownership", owner=[person], asset=[other]),
                entity(f"m-{number}", "Payment", purpose=[name]),
            ]
        )
    )


STREAM = st.lists(one(), max_size=8).map(lambda found: {str(item["id"]): item for item in found})
EDITIONS = st.lists(st.tuples(STREAM, st.integers(1, 4), st.booleans(), st.booleans()), min_size=2, max_size=6)
"""Streams, each with its day, whether it comes as a delta where it can, and whether what was kept is gone."""


def write(path: Path, stream: Entities, day: date) -> Path:
    anyone = {"p-0": entity("p-0", "Person", name=["Always There"])}
    lines = (json.dumps(item | {"last_seen": f"{day}T01:02:03"}) for item in (anyone | stream).values())
    path.write_text("\n".join(lines) + "\n")
    return path


def write_delta(path: Path, before: Entities, after: Entities) -> Path:
    changes = [{"op": "DEL", "entity": {"id": key}} for key in before if key not in after]
    for key, item in after.items():
        if before.get(key) != item:
            changes.append({"op": "MOD" if key in before else "ADD", "entity": item})
    path.write_text("".join(json.dumps(item) + "\n" for item in changes))
    return path


def shown(register: Register, vintage: Vintage) -> set[str]:
    with register.engine.connect() as connection:
        digests = select(entries.c.digest).where(entries.c.id.in_(present_in(connection, vintage.id)))
        return set(connection.scalars(digests))


@given(editions=EDITIONS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_edition_is_as_if_it_were_read_whole(
    new_url: NewUrl, editions: list[tuple[Entities, int, bool, bool]]
) -> None:
    register = Register.open(new_url())
    expected: dict[int, set[str]] = {}
    newest: tuple[int, Entities] = (0, {})
    with TemporaryDirectory() as folder:
        for number, (stream, day, as_delta, forgotten) in enumerate(editions):
            if forgotten:
                for kept in register.folder.glob("*.memory"):
                    kept.unlink()
            vintage = date(2026, 1, day)
            whole = write(Path(folder) / f"{number}.json", stream, vintage)
            document = ListDocument(whole, vintage=vintage if number % 2 else None)
            if as_delta and day >= newest[0] > 0 and newest[1] != stream:
                delta = write_delta(Path(folder) / f"{number}.delta.json", newest[1], stream)
                document = ListDocument(delta, vintage=vintage)
            (updated,) = read_file(register, SOURCE, document, actor="test", accept_shrunken=True).updated
            assert updated.vintage == vintage
            if not updated.new:
                continue
            alone = SOURCE.read(ListDocument(whole))
            digests = {entry.digest for entry in alone.entries}
            assert (updated.entries, updated.skipped) == (len(digests), alone.skipped)
            newest_vintage = [item for item in register.snapshot().vintages if item.day == vintage][-1]
            assert shown(register, newest_vintage) == digests
            assert newest_vintage.lists == alone.lists
            assert set(newest_vintage.counts) == set(alone.lists)
            assert newest_vintage.entries == len(digests)
            if day >= newest[0]:
                newest = day, stream
            expected[newest_vintage.id] = digests
            for item in register.snapshot().vintages:
                assert shown(register, item) == expected[item.id]
    register.close()


class TestWhatIsKept:
    """The file beside the register by which a stream's next edition is read."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path

    def record(self, register: Register, path: Path, day: int) -> Updated:
        document = ListDocument(path, vintage=date(2026, 1, day))
        (updated,) = read_file(register, SOURCE, document, actor="test").updated
        return updated

    def touched(self, register: Register, path: Path) -> frozenset[str] | None:
        """Whom reading `path` now would look at; None for everyone."""
        with register.engine.connect() as connection:
            before = newest_edition(connection, "ftm")
        assert before is not None
        (kept,) = register.folder.glob("*.ftm.memory")
        copy = path.with_suffix(".copy")
        shutil.copyfile(kept, copy)
        with SOURCE.reading(ListDocument(path), Memory(copy, before.content, "after")) as reading:
            list(reading.entries)
            return reading.touched

    @pytest.fixture
    def stream(self) -> Entities:
        return {f"p-{number}": entity(f"p-{number}", "Person", name=[f"Name {number}"]) for number in range(1, 100)}

    def test_only_what_differs_is_looked_at(self, empty_register: Register, folder: Path, stream: Entities) -> None:
        self.record(empty_register, write(folder / "1.json", stream, date(2026, 1, 1)), 1)
        again = write(folder / "2.json", stream, date(2026, 1, 2))
        assert self.touched(empty_register, again) == set(), "when it was seen is no difference"
        stream["p-7"] = entity("p-7", "Person", name=["Somebody"])
        del stream["p-8"]
        changed = write(folder / "3.json", stream, date(2026, 1, 2))
        assert self.touched(empty_register, changed) == {"p-7", "p-8"}
        difference = self.record(empty_register, changed, 2).difference
        assert difference is not None
        assert (difference.added, difference.changed, difference.removed) == (0, 1, 1)

    def test_a_held_edition_changes_nothing_of_it(
        self, empty_register: Register, folder: Path, stream: Entities
    ) -> None:
        self.record(empty_register, write(folder / "1.json", stream, date(2026, 1, 1)), 1)
        sanctions = {f"s-{n}": entity(f"s-{n}", "Sanction", entity=[f"p-{n}"]) for n in range(1, 100)}
        listed = stream | sanctions
        self.record(empty_register, write(folder / "2.json", listed, date(2026, 1, 2)), 2)
        shrunken = write(folder / "3.json", stream, date(2026, 1, 3))
        document = ListDocument(shrunken, vintage=date(2026, 1, 3))
        held = read_file(empty_register, SOURCE, document, actor="test")
        assert (held.outcome.value, held.updated) == ("held", ())
        assert "d would fall from 99 entries (2026-01-02) to 0" in held.note
        assert self.touched(empty_register, write(folder / "4.json", listed, date(2026, 1, 3))) == set()

    @pytest.mark.parametrize("damage", [b"", b"no database", None])
    def test_a_damaged_or_foreign_one_is_made_anew(
        self, empty_register: Register, folder: Path, stream: Entities, damage: bytes | None
    ) -> None:
        self.record(empty_register, write(folder / "1.json", stream, date(2026, 1, 1)), 1)
        (kept,) = empty_register.folder.glob("*.ftm.memory")
        kept.write_bytes(kept.read_bytes()[:5000] if damage is None else damage)
        del stream["p-8"]
        updated = self.record(empty_register, write(folder / "2.json", stream, date(2026, 1, 2)), 2)
        assert updated.entries == 99
        assert self.touched(empty_register, write(folder / "3.json", stream, date(2026, 1, 2))) == set()

    def test_an_update_that_was_killed_leaves_none(
        self, empty_register: Register, folder: Path, stream: Entities
    ) -> None:
        self.record(empty_register, write(folder / "1.json", stream, date(2026, 1, 1)), 1)
        (kept,) = empty_register.folder.glob("*.ftm.memory")
        left = kept.rename(kept.with_name(f".{kept.name}.4711"))
        self.record(empty_register, write(folder / "2.json", stream | {}, date(2026, 1, 2)), 2)
        assert not left.exists()
        assert kept.exists()


def test_who_comes_and_goes_within_a_day_was_listed(empty_register: Register, tmp_path: Path) -> None:
    record = TestWhatIsKept().record
    person, kept = entity("p-1", "Person", name=["Anna"]), entity("s-0", "Sanction", entity=["p-0"])
    base, listed = {"p-1": person, "s-0": kept}, {"s-1": entity("s-1", "Sanction", entity=["p-1"])}
    record(empty_register, write(tmp_path / "0.json", base, date(2026, 1, 1)), 1)
    record(empty_register, write_delta(tmp_path / "1.json", base, base | listed), 2)
    record(empty_register, write_delta(tmp_path / "2.json", base | listed, base), 2)
    dossier = open_dossier(empty_register.snapshot(), "p-1")
    assert dossier is not None
    asked = Asked(date(2026, 1, 2), date(2026, 1, 3), empty_register.newest_transaction())
    (status,) = dossier.statuses(asked)
    assert (status.state, [act.kind for act in status.because]) == (
        State.ENDED,
        ["observed_listed", "observed_removed"],
    )


def test_the_same_delta_again_is_no_news(empty_register: Register, tmp_path: Path) -> None:
    record = TestWhatIsKept().record
    record(empty_register, write(tmp_path / "0.json", {}, date(2026, 1, 1)), 1)
    delta = write_delta(tmp_path / "1.json", {}, {"p-1": entity("p-1", "Person", name=["Anna"])})
    assert record(empty_register, delta, 2).new
    assert not record(empty_register, delta, 2).new


def test_a_delta_older_than_the_newest_edition_is_refused(empty_register: Register, tmp_path: Path) -> None:
    record = TestWhatIsKept().record
    record(empty_register, write(tmp_path / "0.json", {}, date(2026, 1, 5)), 5)
    delta = write_delta(tmp_path / "1.json", {}, {"p-1": entity("p-1", "Person", name=["Anna"])})
    with pytest.raises(SourceError, match="the newest edition is of 2026-01-05"):
        record(empty_register, delta, 4)
