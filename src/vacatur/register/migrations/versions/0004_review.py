"""Cases, the log of decisions, and sessions that their persons signed out of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "service_signed_out",
        sa.Column("session", sa.String, primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("party", sa.String, nullable=False),
        sa.Column("caption", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("opened", sa.String, nullable=False),
        sa.Column("moved", sa.String, nullable=False),
    )
    op.create_index("ix_cases_party", "cases", ["party"])
    op.create_index("cases_by_state", "cases", ["state", "moved"])
    op.create_table(
        "case_answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case", sa.String, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
    )
    op.create_index("ix_case_answers_case", "case_answers", ["case"])
    op.create_table(
        "decision_log",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    op.create_index("ix_decision_log_subject", "decision_log", ["subject"])
    op.create_table(
        "checkpoints",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("signature", sa.String, nullable=False),
    )
