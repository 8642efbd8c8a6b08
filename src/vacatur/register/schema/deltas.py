"""Editions that were recorded from a delta, and the edition that it was made for."""

from sqlalchemy import Column, ForeignKey, Integer, Table

from vacatur.register.schema.core import metadata

deltas = Table(
    "deltas",
    metadata,
    Column("vintage", Integer, ForeignKey("vintages.id"), primary_key=True, autoincrement=False),
    Column("follows", Integer, ForeignKey("vintages.id"), nullable=False),
)
