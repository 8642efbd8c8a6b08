"""Editions that were recorded from a delta."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "deltas",
        sa.Column("vintage", sa.Integer, sa.ForeignKey("vintages.id"), primary_key=True, autoincrement=False),
        sa.Column("follows", sa.Integer, sa.ForeignKey("vintages.id"), nullable=False),
    )
