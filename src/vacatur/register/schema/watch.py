"""Who is watched, what every run of the watch found and told, and what is still to be delivered."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from vacatur.register.schema.core import metadata

watched = Table(
    "watched",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("party", String),
    Column("key", String, index=True),
    Column("query", Text),
    Column("threshold", Float, nullable=False),
    Column("added", String, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("removed", String),
    Column("removed_by", Text),
    Index("watched_by_party", "party"),
    sqlite_autoincrement=True,
)
"""A party by its id, or a customer by a `query` (JSON) under a `key` of the user's own.

`since` is the register's newest transaction when it was added.
"""

watch_runs = Table(
    "watch_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("since", String),
    Column("transaction", Integer, nullable=False),
    Column("after", Integer, nullable=False),
    Column("index", String, nullable=False),
    Column("watched_to", Integer, nullable=False),
    Column("parties", Integer, nullable=False),
    Column("customers", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("screened", Integer, nullable=False),
    Column("judged", Integer, nullable=False),
    Column("notices", Integer, nullable=False),
    Column("coverage", JSON, nullable=False),
)
"""The proof that a run took place: the register's transaction, the hash of the index, how many were watched, when."""

watch_hits = Table(
    "watch_hits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("watched", Integer, ForeignKey("watched.id"), nullable=False, index=True),
    Column("party", String, nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("name", Text, nullable=False),
    Column("found", Integer, ForeignKey("watch_runs.id"), nullable=False),
    Column("lost", Integer, ForeignKey("watch_runs.id")),
)

watch_dates = Table(
    "watch_dates",
    metadata,
    Column("party", String, primary_key=True),
    Column("due", BigInteger, nullable=False, index=True),
)
"""The next instant at which a party's statuses may change without news."""

watch_notices = Table(
    "watch_notices",
    metadata,
    Column("run", Integer, ForeignKey("watch_runs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("party", String, nullable=False),
    Column("data", Text, nullable=False),
    PrimaryKeyConstraint("run", "number"),
)

watch_deliveries = Table(
    "watch_deliveries",
    metadata,
    Column("run", Integer, ForeignKey("watch_runs.id"), nullable=False),
    Column("channel", String, nullable=False),
    Column("delivered", String),
    Column("attempts", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    PrimaryKeyConstraint("run", "channel"),
)
