"""The ends of links between parties (Ownership, Directorship …), so that the links of a party are found at once."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from vacatur.register.schema.core import metadata

link_ends = Table(
    "link_ends",
    metadata,
    Column("entry", Integer, ForeignKey("entries.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("party", String, primary_key=True),
    Column("schema", String, nullable=False),
    Index("link_ends_by_party", "party", "schema"),
)
