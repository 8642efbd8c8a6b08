"""The tables of 0.1.0 before migrations: what `meta` called schema 1."""

import sqlalchemy as sa
from alembic import op

revision = "0000"
down_revision = None


def _recorded() -> "sa.Column[int]":
    return sa.Column("recorded", sa.Integer, sa.ForeignKey("transactions.id"), nullable=False)


def _retracted() -> "sa.Column[int]":
    return sa.Column("retracted", sa.Integer, sa.ForeignKey("transactions.id"))


def upgrade() -> None:
    """Make the first tables."""
    op.create_table("meta", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "transactions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    _lists()
    _acts()


def _lists() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("url", sa.Text),
        _recorded(),
    )
    op.create_table(
        "vintages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("sha256", sa.String, sa.ForeignKey("documents.sha256"), nullable=False),
        sa.Column("base", sa.Integer, sa.ForeignKey("vintages.id")),
        sa.Column("depth", sa.Integer, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("lists", sa.JSON, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        _recorded(),
        _retracted(),
    )
    op.create_index("vintages_by_source", "vintages", ["source", "day"])
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("party", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        _recorded(),
        sa.UniqueConstraint("source", "digest"),
    )
    op.create_index("ix_entries_party", "entries", ["party"])
    op.create_table(
        "presences",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entries.id"), primary_key=True),
        sa.Column("vintage", sa.Integer, sa.ForeignKey("vintages.id"), primary_key=True),
        sa.Column("present", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("presences_by_vintage", "presences", ["vintage"])
    op.create_table(
        "identifiers",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entries.id"), primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("value", sa.String, primary_key=True),
        sa.Column("party", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
    )
    op.create_index("identifiers_by_value", "identifiers", ["kind", "value"])
    op.create_table(
        "links",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("alias", sa.String, nullable=False),
        sa.Column("party", sa.String, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        _recorded(),
        _retracted(),
    )
    op.create_index("ix_links_alias", "links", ["alias"])
    op.create_index("ix_links_party", "links", ["party"])


def _acts() -> None:
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("measure", sa.String, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        _recorded(),
        _retracted(),
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        _recorded(),
        _retracted(),
    )
    op.create_index("ix_acts_act", "acts", ["act"])
    op.create_table(
        "act_parties",
        sa.Column("row", sa.Integer, sa.ForeignKey("acts.id"), primary_key=True),
        sa.Column("party", sa.String, primary_key=True),
    )
    op.create_index("act_parties_by_party", "act_parties", ["party"])
