"""What the classifier has learnt, kept in the register's database: lessons can be unlearnt as they were learnt.

A lesson keeps the keyed hashes of a reply's words while the reply is here, so that it can be taken back. The model's
version is the id of its last lesson.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from vacatur.register.schema import reply_lessons, reply_words
from vacatur.replies.classifier import Model, Opinion, features, opinion
from vacatur.replies.model import Draft
from vacatur.replies.signing import Signer

TOTAL = ""
"""The word under which the lessons themselves are counted."""


def learn(connection: Connection, signer: Signer, reply: int, decision: int, draft: Draft, *, spam: bool) -> None:
    """Learn from a person's decision; an earlier lesson about the same reply is unlearnt first."""
    unlearn(connection, reply)
    words = [_hashed(signer, word) for word in features(draft)]
    connection.execute(insert(reply_lessons).values(reply=reply, decision=decision, spam=spam, words=words))
    _count(connection, [*words, TOTAL], spam=spam, by=1)


def unlearn(connection: Connection, reply: int) -> None:
    """Take back what was learnt from a reply."""
    for row in connection.execute(select(reply_lessons).where(reply_lessons.c.reply == reply)).all():
        _count(connection, [*row.words, TOTAL], spam=row.spam, by=-1)
        connection.execute(delete(reply_lessons).where(reply_lessons.c.id == row.id))


def settle(connection: Connection, replies: Sequence[int]) -> None:
    """Forget from which replies was learnt, and keep what was learnt: the replies are gone."""
    connection.execute(delete(reply_lessons).where(reply_lessons.c.reply.in_(replies)))


def version(connection: Connection) -> int:
    """The id of the last lesson; 0 before the first."""
    return int(connection.scalar(select(func.max(reply_lessons.c.id))) or 0)


def lessons(connection: Connection) -> tuple[int, int]:
    """How many decisions were learnt from: for spam, and against."""
    row = connection.execute(select(reply_words).where(reply_words.c.word == TOTAL)).first()
    return (row.spam, row.ham) if row is not None else (0, 0)


def ask(connection: Connection, signer: Signer, draft: Draft) -> Opinion | None:
    """What the classifier makes of a draft; None while it has learnt too little."""
    told = features(draft)
    hashed = {_hashed(signer, word): word for word in told}
    rows = connection.execute(select(reply_words).where(reply_words.c.word.in_([*hashed, TOTAL]))).all()
    counts = {row.word: (row.spam, row.ham) for row in rows}
    spam, ham = counts.pop(TOTAL, (0, 0))
    return opinion(told, Model(spam, ham, {hashed[word]: count for word, count in counts.items()}))


def _count(connection: Connection, words: Sequence[str], *, spam: bool, by: int) -> None:
    known = set(connection.scalars(select(reply_words.c.word).where(reply_words.c.word.in_(words))))
    if new := [word for word in words if word not in known]:
        connection.execute(insert(reply_words), [{"word": word, "spam": 0, "ham": 0} for word in new])
    column = reply_words.c.spam if spam else reply_words.c.ham
    connection.execute(update(reply_words).where(reply_words.c.word.in_(words)).values({column: column + by}))


def _hashed(signer: Signer, word: str) -> str:
    return signer.hash("word", word)[:16]
