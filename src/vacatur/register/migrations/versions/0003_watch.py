"""Who is watched, and what the runs of the watch found, told and delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "watched",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("party", sa.String),
        sa.Column("key", sa.String, index=True),
        sa.Column("query", sa.Text),
        sa.Column("threshold", sa.Float, nullable=False),
        sa.Column("added", sa.String, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("removed", sa.String),
        sa.Column("removed_by", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("watched_by_party", "watched", ["party"])
    op.create_table(
        "watch_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("since", sa.String),
        sa.Column("transaction", sa.Integer, nullable=False),
        sa.Column("after", sa.Integer, nullable=False),
        sa.Column("index", sa.String, nullable=False),
        sa.Column("watched_to", sa.Integer, nullable=False),
        sa.Column("parties", sa.Integer, nullable=False),
        sa.Column("customers", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("screened", sa.Integer, nullable=False),
        sa.Column("judged", sa.Integer, nullable=False),
        sa.Column("notices", sa.Integer, nullable=False),
        sa.Column("coverage", sa.JSON, nullable=False),
    )
    op.create_table(
        "watch_hits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("watched", sa.Integer, sa.ForeignKey("watched.id"), nullable=False, index=True),
        sa.Column("party", sa.String, nullable=False, index=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("found", sa.Integer, sa.ForeignKey("watch_runs.id"), nullable=False),
        sa.Column("lost", sa.Integer, sa.ForeignKey("watch_runs.id")),
    )
    op.create_table(
        "watch_dates",
        sa.Column("party", sa.String, primary_key=True),
        sa.Column("due", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "watch_notices",
        sa.Column("run", sa.Integer, sa.ForeignKey("watch_runs.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("party", sa.String, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run", "number"),
    )
    op.create_table(
        "watch_deliveries",
        sa.Column("run", sa.Integer, sa.ForeignKey("watch_runs.id"), nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("delivered", sa.String),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run", "channel"),
    )
