"""Parties, measures, acts, presences and documents, and the transactions that recorded them.

A vintage's presences are kept as the difference to its `base`, the nearest vintage of its source when it was
recorded, so that an edition that changes little takes little room. Every row carries the transaction that recorded
it (`recorded`) and, where rows can be taken back, the one that retracted it.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _recorded() -> Column[int]:
    return Column("recorded", Integer, ForeignKey("transactions.id"), nullable=False)


def _retracted() -> Column[int]:
    return Column("retracted", Integer, ForeignKey("transactions.id"))


revisions = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""One row: the migration that the tables are at, where and as Alembic keeps it."""

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

transactions = Table(
    "transactions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)

documents = Table(
    "documents",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("url", Text),
    _recorded(),
)

vintages = Table(
    "vintages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("sha256", String, ForeignKey("documents.sha256"), nullable=False),
    Column("base", Integer, ForeignKey("vintages.id")),
    Column("depth", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("lists", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    _recorded(),
    _retracted(),
    Index("vintages_by_source", "source", "day"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("party", String, nullable=False, index=True),
    Column("digest", String, nullable=False),
    Column("data", Text, nullable=False),
    _recorded(),
    UniqueConstraint("source", "digest"),
)

presences = Table(
    "presences",
    metadata,
    Column("entry", Integer, ForeignKey("entries.id"), primary_key=True),
    Column("vintage", Integer, ForeignKey("vintages.id"), primary_key=True),
    Column("present", Boolean, nullable=False),
    Index("presences_by_vintage", "vintage"),
    sqlite_with_rowid=False,
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("entry", Integer, ForeignKey("entries.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("value", String, primary_key=True),
    Column("party", String, nullable=False),
    Column("source", String, nullable=False),
    Index("identifiers_by_value", "kind", "value"),
)

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alias", String, nullable=False, index=True),
    Column("party", String, nullable=False, index=True),
    Column("basis", String, nullable=False),
    Column("why", Text, nullable=False),
    _recorded(),
    _retracted(),
)

measures = Table(
    "measures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("measure", String, nullable=False),
    Column("data", Text, nullable=False),
    _recorded(),
    _retracted(),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("act", String, nullable=False, index=True),
    Column("origin", String, nullable=False),
    Column("data", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    _recorded(),
    _retracted(),
)

act_parties = Table(
    "act_parties",
    metadata,
    Column("row", Integer, ForeignKey("acts.id"), primary_key=True),
    Column("party", String, primary_key=True),
    Index("act_parties_by_party", "party"),
)

EVERYONE = "*"
"""In `act_parties`: the act reaches all parties."""


def by_code_point(column: ColumnElement[str], dialect: str) -> ColumnElement[str]:
    """The text in the order of its code points on both engines, whatever the locale of a PostgreSQL database.

    Args:
        column: what is sorted or compared.
        dialect: the name of the engine's dialect.
    """
    return column.collate("C") if dialect == "postgresql" else column
