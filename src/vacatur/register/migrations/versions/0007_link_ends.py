"""The ends of links between parties, also of those that the register has already."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"

ENDS = {
    "Ownership": ("owner", "asset"),
    "Control": ("controller", "controlled"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "UnknownLink": ("subject", "object"),
}


def upgrade() -> None:
    """Make the table, and fill it from the links among the entries."""
    ends = op.create_table(
        "link_ends",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entries.id"), primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("party", sa.String, primary_key=True),
        sa.Column("schema", sa.String, nullable=False),
    )
    op.create_index("link_ends_by_party", "link_ends", ["party", "schema"])
    connection = op.get_bind()
    entries = sa.table("entries", sa.column("id"), sa.column("data"))
    for schema, roles in ENDS.items():
        held = sa.select(entries).where(entries.c.data.contains(f'"schema": "{schema}"'))
        for entry, data in connection.execute(held).all():
            link = json.loads(data)
            rows = [
                {"entry": entry, "role": role, "party": party, "schema": schema}
                for role in roles
                for party in link["properties"].get(role, ())
                if link["schema"] == schema
            ]
            if rows:
                op.bulk_insert(ends, rows)
