"""Every check of a publisher is written down, and documents may be kept aside for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make `checks` and `held`."""
    op.create_table(
        "checks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("validators", sa.JSON, nullable=False),
        sa.Column("sha256", sa.String),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("checks_by_source", "checks", ["source", "id"])
    op.create_table(
        "held",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("companions", sa.JSON, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("decided_at", sa.String),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_why", sa.Text),
    )
    op.create_index("held_by_source", "held", ["source"])
