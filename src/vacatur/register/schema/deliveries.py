"""Webhooks that were received: by their senders' keys, so that a repetition brings nothing anew."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from vacatur.register.schema.core import metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("sender", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("recorded", Integer, ForeignKey("transactions.id"), nullable=False),
)
