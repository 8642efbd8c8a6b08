"""Keys to the service: who may ask it what. Only hashes are kept."""

from sqlalchemy import BigInteger, Column, String, Table

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

service_signed_out = Table(
    "service_signed_out",
    metadata,
    Column("session", String, primary_key=True),
    Column("until", BigInteger, nullable=False),
)
"""Sessions that their persons ended before they ran out; `until` is when they would have (seconds since 1970)."""
