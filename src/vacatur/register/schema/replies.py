"""What readers wrote, what was decided about it, and what is still to be asked.

Unlike the register's acts, these rows are changed and deleted: they hold what belongs to persons. `replies` is the
only table with a reader's words, name or address; `reply_words` holds keyed hashes of words, which can't be read back.
Times are UTC in ISO 8601 with microseconds, so that they compare as text.
"""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from vacatur.register.schema.core import metadata

replies = Table(
    "replies",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subject_kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("parent", Integer, ForeignKey("replies.id")),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("claim", JSON),
    Column("house", Boolean, nullable=False),
    Column("made", String, nullable=False),
    Column("edited", String),
    Column("address", Text),
    Column("agent", Text),
    Column("client", String),
    Column("fingerprint", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("decided", String),
    Column("act", String),
    Index("replies_by_subject", "subject_kind", "subject", "state"),
    Index("replies_by_state", "state", "made"),
    Index("replies_by_client", "client", "made"),
    Index("replies_by_time", "made"),
    sqlite_autoincrement=True,
)

reply_decisions = Table(
    "reply_decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("reply", Integer, nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("move", String, nullable=False),
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("undone", Integer),
    sqlite_autoincrement=True,
)

reply_reports = Table(
    "reply_reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("reply", Integer, ForeignKey("replies.id"), nullable=False),
    Column("client", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String, nullable=False),
    UniqueConstraint("reply", "client"),
)

reply_tasks = Table(
    "reply_tasks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("reply", Integer, ForeignKey("replies.id"), nullable=False, index=True),
    Column("task", String, nullable=False),
    Column("due", String, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
)

reply_lessons = Table(
    "reply_lessons",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("reply", Integer, nullable=False, index=True),
    Column("decision", Integer, nullable=False),
    Column("spam", Boolean, nullable=False),
    Column("words", JSON, nullable=False),
    sqlite_autoincrement=True,
)

reply_words = Table(
    "reply_words",
    metadata,
    Column("word", String, primary_key=True),
    Column("spam", Integer, nullable=False),
    Column("ham", Integer, nullable=False),
)
"""How many lessons of each label hold a word; the row of the empty word counts the lessons themselves."""
