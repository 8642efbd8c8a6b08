"""Migrations: a register of any released Vacatur opens with nothing lost; old and new ways give the same tables."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect, text, update
from sqlalchemy.schema import CreateTable

from vacatur.law.acts import Act
from vacatur.register import Register, RegisterError, migrations
from vacatur.register.review import demands_two_persons
from vacatur.register.schema import metadata, revisions
from vacatur.service.keys import add_key, list_keys

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src"


def engine_of(url: str) -> Engine:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True)
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def make_schema_1(url: str) -> None:
    """A register as 0.1.0 left it before it had migrations, by the statements that it ran."""
    engine = engine_of(url)
    with engine.begin() as connection:
        for name in (engine.dialect.name, "rows"):
            for statement in (HERE / "schema_1" / f"{name}.sql").read_text().splitlines():
                connection.exec_driver_sql(statement)
    engine.dispose()


def tables(engine: Engine) -> dict[str, object]:
    """Every table as the database describes it."""
    found = MetaData()
    found.reflect(engine)
    described = inspect(engine)
    return {
        table.name: (
            str(CreateTable(table).compile(engine)),
            sorted(str(index) for index in described.get_indexes(table.name)),
        )
        for table in found.sorted_tables
    }


def test_a_register_of_schema_1_opens_with_nothing_lost(register_url: str) -> None:
    make_schema_1(register_url)
    register = Register.open(register_url)
    assert register.upgraded_from == "0000"
    snapshot = register.snapshot()
    assert (snapshot.recorded, list(snapshot.measures), snapshot.canonical("test-2")) == (2, ["test-list"], "test-1")
    (vintage,) = snapshot.vintages
    assert (vintage.day, vintage.lists, vintage.notes) == (date(2026, 1, 5), {"T": "test-list"}, ("a note",))
    (seen,) = snapshot.seen(["test-1"])
    assert snapshot.holds(seen, vintage.id)
    assert [version.party.caption for version in snapshot.versions()] == ["Company 1"]
    assert snapshot.acts_about(["test-1"]) == (
        Act(
            id="test-act",
            kind="delisted",
            measures=("test-list",),
            effective=date(2026, 1, 6),
            published=date(2026, 1, 6),
            parties=frozenset({"test-1"}),
        ),
    )
    with register.engine.connect() as connection:
        assert demands_two_persons(connection)
    add_key(register, "works", ("read",))
    with register.transaction("test", "the next number") as writer:
        assert writer.id == 3
    register.close()


def test_keys_that_the_service_made_before_stay(register_url: str) -> None:
    make_schema_1(register_url)
    engine = create_engine(register_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        metadata.tables["service_keys"].create(connection)
        connection.execute(text("INSERT INTO service_keys VALUES ('abcdefgh', 'old', 'read', '2026-01-01', NULL)"))
    engine.dispose()
    register = Register.open(register_url)
    assert [key.name for key in list_keys(register)] == ["old"]
    register.close()


def test_an_upgraded_register_and_a_new_one_have_the_same_tables(new_url: object) -> None:
    old, new = new_url(), new_url()  # type: ignore[operator]
    make_schema_1(old)
    upgraded, made = Register.open(old), Register.open(new)
    assert tables(upgraded.engine) == tables(made.engine)
    assert made.upgraded_from is None
    upgraded.close()
    made.close()


def test_the_steps_from_nothing_make_the_same_tables_too(new_url: object) -> None:
    stepwise = engine_of(new_url())  # type: ignore[operator]
    with stepwise.begin() as connection:
        migrations.upgrade(connection, "")
    made = Register.open(new_url())  # type: ignore[operator]
    assert tables(stepwise) == tables(made.engine)
    stepwise.dispose()
    made.close()


def test_a_register_of_a_newer_vacatur_is_refused_and_left_alone(empty_register: Register, register_url: str) -> None:
    with empty_register.engine.begin() as connection:
        connection.execute(update(revisions).values(version_num="9999"))
    with pytest.raises(RegisterError, match="newer Vacatur"):
        Register.open(register_url)


def test_an_upgrade_that_fails_leaves_the_register_as_it_was(
    register_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_schema_1(register_url)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "upgrade", upgrade_and_fail)
        with pytest.raises(RegisterError, match="as it was"):
            Register.open(register_url)
    engine = create_engine(register_url.replace("postgresql://", "postgresql+psycopg://"))
    assert not inspect(engine).has_table("service_keys")
    engine.dispose()
    register = Register.open(register_url)
    assert register.upgraded_from == "0000"
    register.close()


def upgrade_and_fail(connection: object, stored: str) -> None:
    REAL_UPGRADE(connection, stored)  # type: ignore[arg-type]
    connection.exec_driver_sql("SELECT * FROM no_such_table")  # type: ignore[attr-defined]


REAL_UPGRADE = migrations.upgrade

OPEN = "import sys; from vacatur.register import Register; Register.open(sys.argv[1]).close()"


@pytest.mark.parametrize("old", [True, False], ids=["an old register", "a new register"])
def test_many_processes_may_open_it_at_once(register_url: str, old: bool) -> None:
    if old:
        make_schema_1(register_url)
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, register_url], env={"PYTHONPATH": str(SOURCE)}) for _ in range(5)
    ]
    assert [process.wait(60) for process in started] == [0] * 5
    register = Register.open(register_url)
    assert register.upgraded_from is None
    register.close()


def test_a_register_that_is_up_to_date_opens_without_alembic(empty_register: Register, register_url: str) -> None:
    code = f"{OPEN}; assert not [name for name in sys.modules if name.startswith('alembic')]"
    environment = {"PYTHONPATH": str(SOURCE)}
    assert subprocess.run([sys.executable, "-c", code, register_url], env=environment, check=False).returncode == 0


def test_the_names_of_the_files_tell_the_order_of_the_steps() -> None:
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(migrations.FOLDER)).walk_revisions()
    assert tuple(step.revision for step in steps)[::-1] == migrations.packaged()
