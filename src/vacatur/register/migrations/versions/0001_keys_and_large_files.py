"""The keys of the service become a table like the others; documents may be larger than 2 GiB."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = "0000"


def upgrade() -> None:
    """Make `service_keys` where the service has not yet, and widen the size of documents."""
    op.create_table(
        "service_keys",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("scopes", sa.String, nullable=False),
        sa.Column("made", sa.String, nullable=False),
        sa.Column("revoked", sa.String),
        if_not_exists=True,
    )
    if op.get_bind().dialect.name == "postgresql":  # SQLite's integers have 64 bits as they are
        op.alter_column("documents", "size", type_=sa.BigInteger)
    op.execute("DELETE FROM meta WHERE key = 'schema'")  # the revision says it from now on
