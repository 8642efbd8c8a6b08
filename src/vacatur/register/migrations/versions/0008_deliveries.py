"""Webhooks that were received."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "deliveries",
        sa.Column("sender", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("recorded", sa.Integer, sa.ForeignKey("transactions.id"), nullable=False),
    )
