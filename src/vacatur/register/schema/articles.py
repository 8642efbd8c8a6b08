"""Articles that a person had read and wanted kept: a copy for their own use, and the parties that each is about.

A row is never changed: an article whose text has changed since is a row of its own. What its claims are worth is not
stored, as it is computed anew from the register whenever the article is shown.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from vacatur.register.schema.core import metadata

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("article", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("url", Text),
    Column("title", Text, nullable=False),
    Column("author", Text),
    Column("published", String),
    Column("published_basis", String),
    Column("text", Text, nullable=False),
    Column("read_at", String, nullable=False),
    Column("actor", Text, nullable=False),
    Index("articles_by_article", "article", "id"),
    sqlite_autoincrement=True,
)

article_parties = Table(
    "article_parties",
    metadata,
    Column("row", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("party", String, primary_key=True),
    Index("article_parties_by_party", "party"),
)
"""`party` is the register's id, or for a party that it does not know, `?` and its name in small letters."""
