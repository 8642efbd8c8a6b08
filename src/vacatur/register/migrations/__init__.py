"""The history of the tables: a register made by any released Vacatur is brought to the tables of this one.

One file a step in `versions/`, named after its revision; the steps form one line. A new register gets its tables from
`register.schema` at once and is stamped with the newest revision; a test holds both ways to the same tables. Nothing
here is imported while a register is up to date, so that a command starts at once.
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection

FOLDER = Path(__file__).parent
FIRST = "0000"
"""The revision of registers from before there were revisions: `meta` calls them schema 1."""


@cache
def packaged() -> tuple[str, ...]:
    """The revisions that this Vacatur knows, the oldest first."""
    return tuple(sorted(path.name.split("_", 1)[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py")))


def upgrade(connection: Connection, stored: str) -> None:
    """Bring the tables from revision `stored` to the newest, within the transaction that `connection` is in."""
    from alembic import command  # noqa: PLC0415 - heavy, and needed once a release
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    if stored == FIRST:
        command.stamp(config, FIRST)
    command.upgrade(config, "head")
