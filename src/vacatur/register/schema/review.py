"""Hits and proposed acts as cases for a person, and the log of what was decided.

`decision_log` is append-only and chained: `hash` is that of `entry`, which holds the hash before it. What a case was
decided on stays in `case_answers` for ever; `cases.state` and `outcome` say what the log amounts to, so that a queue is
a query. None of it is a transaction of the register: a decision changes no answer.
"""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from vacatur.register.schema.core import metadata

cases = Table(
    "cases",
    metadata,
    Column("id", String, primary_key=True),
    Column("party", String, nullable=False, index=True),
    Column("caption", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("state", String, nullable=False),
    Column("outcome", String),
    Column("opened", String, nullable=False),
    Column("moved", String, nullable=False),
    Index("cases_by_state", "state", "moved"),
)

case_answers = Table(
    "case_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("data", Text, nullable=False),
    Column("changes", JSON, nullable=False),
)

decision_log = Table(
    "decision_log",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("subject", String, nullable=False, index=True),
    Column("entry", Text, nullable=False),
    Column("hash", String, nullable=False),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Column("signature", String, nullable=False),
)
