"""What was tried and what waits: every check of a publisher, and the documents kept aside for a person.

These rows are about our own doings, not facts about parties: they are no part of any transaction and no snapshot
counts them. A check is written once; a held document is written once and decided once.
"""

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text

from vacatur.register.schema.core import metadata

checks = Table(
    "checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("at", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("outcome", String, nullable=False),
    Column("url", Text),
    Column("validators", JSON, nullable=False),
    Column("sha256", String),
    Column("note", Text, nullable=False),
    Index("checks_by_source", "source", "id"),
)

held = Table(
    "held",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("sha256", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("companions", JSON, nullable=False),
    Column("url", Text),
    Column("reasons", JSON, nullable=False),
    Column("at", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("outcome", String),
    Column("decided_at", String),
    Column("decided_by", Text),
    Column("decided_why", Text),
    Index("held_by_source", "source"),
)
