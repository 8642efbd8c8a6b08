"""Sessions that their persons signed out of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "service_signed_out",
        sa.Column("session", sa.String, primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
