"""Articles that were read and kept, and whom they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("article", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("published", sa.String),
        sa.Column("published_basis", sa.String),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("read_at", sa.String, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("articles_by_article", "articles", ["article", "id"])
    op.create_table(
        "article_parties",
        sa.Column("row", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("party", sa.String, primary_key=True),
    )
    op.create_index("article_parties_by_party", "article_parties", ["party"])
