"""Keys to the service: who may ask it what. Only hashes are kept."""

from sqlalchemy import Column, String, Table

from vacatur.register.schema.core import metadata

service_keys = Table(
    "service_keys",
    metadata,
    Column("digest", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("scopes", String, nullable=False),
    Column("made", String, nullable=False),
    Column("revoked", String),
)
