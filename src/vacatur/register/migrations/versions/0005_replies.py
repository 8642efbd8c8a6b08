"""What readers wrote, what was decided about it, what is still to be asked, and what was learnt."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("subject_kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("parent", sa.Integer, sa.ForeignKey("replies.id")),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("claim", sa.JSON),
        sa.Column("house", sa.Boolean, nullable=False),
        sa.Column("made", sa.String, nullable=False),
        sa.Column("edited", sa.String),
        sa.Column("address", sa.Text),
        sa.Column("agent", sa.Text),
        sa.Column("client", sa.String),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("pending", sa.Boolean, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("decided", sa.String),
        sa.Column("act", sa.String),
        sqlite_autoincrement=True,
    )
    op.create_index("replies_by_subject", "replies", ["subject_kind", "subject", "state"])
    op.create_index("replies_by_state", "replies", ["state", "made"])
    op.create_index("replies_by_client", "replies", ["client", "made"])
    op.create_index("replies_by_time", "replies", ["made"])
    op.create_table(
        "reply_decisions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("reply", sa.Integer, nullable=False, index=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("move", sa.String, nullable=False),
        sa.Column("before", sa.String, nullable=False),
        sa.Column("after", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("undone", sa.Integer),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reply_reports",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("reply", sa.Integer, sa.ForeignKey("replies.id"), nullable=False),
        sa.Column("client", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.UniqueConstraint("reply", "client"),
    )
    op.create_table(
        "reply_tasks",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("reply", sa.Integer, sa.ForeignKey("replies.id"), nullable=False, index=True),
        sa.Column("task", sa.String, nullable=False),
        sa.Column("due", sa.String, nullable=False, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
    )
    op.create_table(
        "reply_lessons",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("reply", sa.Integer, nullable=False, index=True),
        sa.Column("decision", sa.Integer, nullable=False),
        sa.Column("spam", sa.Boolean, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reply_words",
        sa.Column("word", sa.String, primary_key=True),
        sa.Column("spam", sa.Integer, nullable=False),
        sa.Column("ham", sa.Integer, nullable=False),
    )
