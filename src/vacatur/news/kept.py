"""Articles that were read and kept: put away, found again, and set beside one another.

Kept are the text, where it came from, and whom its claims are about; never a verdict, which is computed when asked for.
Nothing is overwritten: an article whose text has changed is kept beside what it said before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Select, func, insert, select

from vacatur.errors import UserError
from vacatur.news.article import Article
from vacatur.news.page import make_article, parse_published
from vacatur.news.reading import Reading, published_text
from vacatur.news.related import Filed, Related, alike, related
from vacatur.register import Register
from vacatur.register.schema import article_parties, articles

LARGEST_KEPT = 1_000_000
"""Characters; a longer page is read but not kept."""

NEIGHBOURS = 500
"""The newest articles that one is compared with, and as many that share a party with it."""


class KeepError(UserError):
    """An article that is not kept; says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that was kept; `id` stays the same when its text changes, `read_at` is when this text was read."""

    id: str
    article: Article
    parties: frozenset[str]
    read_at: str


def article_id(article: Article) -> str:
    """By its address, or where it has none, by its title and text."""
    return sha256((article.url or f"{article.title}\n{article.text}").encode()).hexdigest()[:16]


def keep(register: Register, reading: Reading, actor: str) -> bool:
    """Keep what was read; False when the register has this article with this very text already.

    Raises:
        KeepError: the text is too long.
    """
    article = reading.article
    if len(article.text) > LARGEST_KEPT:
        raise KeepError(f"{article.title or 'article'}: {len(article.text):,} characters are read, but not kept")
    name, digest = article_id(article), _digest(article)
    with register.writing() as connection:
        if connection.scalar(_latest_digest(name)) == digest:
            return False
        row = connection.execute(
            insert(articles).values(
                article=name,
                digest=digest,
                url=article.url,
                title=article.title,
                author=article.author,
                published=published_text(article),
                published_basis=article.published.basis if article.published else None,
                text=article.text,
                read_at=datetime.now(UTC).isoformat(timespec="seconds"),
                actor=actor,
            )
        ).inserted_primary_key
        assert row is not None  # noqa: S101 - what an insert gives
        parties = sorted({party.key for party in reading.parties})
        if parties:
            connection.execute(insert(article_parties), [{"row": row[0], "party": party} for party in parties])
    return True


def holds(register: Register, article: Article) -> bool:
    """Whether the article is kept with this very text."""
    with register.engine.connect() as connection:
        return bool(connection.scalar(_latest_digest(article_id(article))) == _digest(article))


def find(register: Register, id: str) -> Kept | None:
    """One article as it was read last."""
    return next(iter(_load(register, _latest().where(articles.c.article == id))), None)


def newest(register: Register, limit: int = 50, offset: int = 0) -> list[Kept]:
    """The articles read last, each as it was read last."""
    return _load(register, _latest().limit(limit).offset(offset))


def count(register: Register) -> int:
    """How many articles are kept."""
    with register.engine.connect() as connection:
        return int(connection.scalar(select(func.count(articles.c.article.distinct()))) or 0)


def about(register: Register, parties: Iterable[str], limit: int = 20) -> list[Kept]:
    """Articles with a claim about one of `parties` (a party's id and those that it absorbed), the newest first."""
    ours = select(article_parties.c.row).where(article_parties.c.party.in_(sorted(set(parties))))
    return _load(register, _latest().where(articles.c.id.in_(ours)).limit(limit))


def with_related(register: Register, reading: Reading, limit: int = 5) -> Reading:
    """The reading with the kept articles that are on the same matter, or that are nearly the same text."""
    article = reading.article
    mine = Filed(article_id(article), article.title, article.text, frozenset(party.key for party in reading.parties))
    beside = {kept.id: kept for kept in (*about(register, mine.parties, NEIGHBOURS), *newest(register, NEIGHBOURS))}
    others = [Filed(kept.id, kept.article.title, kept.article.text, kept.parties) for kept in beside.values()]
    copies = alike(mine, [other for other in others if other.id != mine.id])
    found = {item.id: item for item in related(mine, others, limit)}
    for copy, likeness in copies.items():
        found[copy] = replace(found.get(copy, Related(copy, beside[copy].article.title, 0.0)), likeness=likeness)
    ranked = sorted(found.values(), key=lambda item: (-(item.likeness or 0), -item.score, item.id))[:limit]
    return replace(reading, related=tuple(replace(item, url=beside[item.id].article.url) for item in ranked))


def _digest(article: Article) -> str:
    return sha256(article.text.encode()).hexdigest()


def _latest_digest(name: str) -> Select[Any]:
    return select(articles.c.digest).where(articles.c.article == name).order_by(articles.c.id.desc()).limit(1)


def _latest() -> Select[Any]:
    """The newest row of every article, the article read last first."""
    rows = select(func.max(articles.c.id)).group_by(articles.c.article)
    return select(articles).where(articles.c.id.in_(rows)).order_by(articles.c.id.desc())


def _load(register: Register, wanted: Select[Any]) -> list[Kept]:
    with register.engine.connect() as connection:
        rows = connection.execute(wanted).all()
        whose = select(article_parties).where(article_parties.c.row.in_([row.id for row in rows]))
        parties: dict[int, set[str]] = {}
        for tie in connection.execute(whose):
            parties.setdefault(tie.row, set()).add(tie.party)
    return [_kept(row, frozenset(parties.get(row.id, ()))) for row in rows]


def _kept(row: Row[Any], parties: frozenset[str]) -> Kept:
    published = parse_published(row.published, row.published_basis or "stated")
    article = make_article(row.text, title=row.title, published=published, author=row.author, url=row.url)
    return Kept(row.article, article, parties, row.read_at)
