"""The decision log: appended to, never changed; chained by hashes; its head signed after every decision.

An entry is a document with its `sequence` (from 1), the time, who acted, and `previous`, the hash of the entry before
it (64 zeros for the first). Its hash is SHA-256 over its canonical JSON. A checkpoint is a signed statement that the
log had this hash at this sequence, so that who has no key can't write the chain anew.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from vacatur.register import Register
from vacatur.register.schema import checkpoints, decision_log
from vacatur.review.canonical import canonical, digest_of_text
from vacatur.review.signing import Signer

NOTHING_BEFORE = "0" * 64
FORMAT = "vacatur-decision-log/1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log as it was written: its content and its hash."""

    content: Mapping[str, Any]
    hash: str

    @property
    def sequence(self) -> int:
        """Its place in the log, from 1."""
        return int(self.content["sequence"])


def append(connection: Connection, signer: Signer, subject: str, content: Mapping[str, Any]) -> Entry:
    """Add an entry about `subject` (a case's or an act's id) and sign the new head.

    `connection` must be that of the one writer (`Register.writing` or a transaction): two can't append at once.
    """
    last = connection.execute(
        select(decision_log.c.sequence, decision_log.c.hash).order_by(decision_log.c.sequence.desc()).limit(1)
    ).first()
    sequence, previous = (last.sequence + 1, last.hash) if last else (1, NOTHING_BEFORE)
    whole = {**content, "sequence": sequence, "previous": previous, "at": now(), "subject": subject}
    text = canonical(whole)
    entry = Entry(whole, digest_of_text(text))
    connection.execute(insert(decision_log).values(sequence=sequence, subject=subject, entry=text, hash=entry.hash))
    sign_head(connection, signer)
    return entry


def sign_head(connection: Connection, signer: Signer) -> dict[str, Any] | None:
    """Sign the newest entry's hash; the checkpoint with its signature, None when the log is empty."""
    last = connection.execute(
        select(decision_log.c.sequence, decision_log.c.hash).order_by(decision_log.c.sequence.desc()).limit(1)
    ).first()
    if last is None:
        return None
    content = {"sequence": last.sequence, "hash": last.hash, "at": now(), "key": signer.public}
    data = canonical(content)
    signature = signer.sign(data)
    connection.execute(insert(checkpoints).values(sequence=last.sequence, data=data, signature=signature))
    return {"checkpoint": content, "signature": signature}


def entries_about(connection: Connection, subject: str) -> list[Entry]:
    """The entries about one case or act, in order."""
    rows = connection.execute(
        select(decision_log.c.entry, decision_log.c.hash)
        .where(decision_log.c.subject == subject)
        .order_by(decision_log.c.sequence)
    )
    return [Entry(json.loads(row.entry), row.hash) for row in rows]


def log_lines(register: Register) -> Iterator[str]:
    """The log as lines, each an entry with its hash or a checkpoint with its signature, in order."""
    with register.engine.connect() as connection:
        signed: dict[int, list[str]] = {}
        for row in connection.execute(select(checkpoints).order_by(checkpoints.c.id)):
            line = f'{{"checkpoint":{row.data},"signature":{json.dumps(row.signature)}}}'
            signed.setdefault(row.sequence, []).append(line)
        for row in connection.execute(select(decision_log).order_by(decision_log.c.sequence)):
            yield f'{{"entry":{row.entry},"hash":{json.dumps(row.hash)}}}'
            yield from signed.pop(row.sequence, ())
        for lines in signed.values():  # checkpoints of entries that are gone: the reader must see them
            yield from lines


def export_lines(register: Register, signer: Signer) -> Iterator[str]:
    """The log with a signed head line, which says how long it is: a file that proves itself."""
    lines = list(log_lines(register))
    count = sum(line.startswith('{"entry":') for line in lines)
    header = {"format": FORMAT, "exported": now(), "entries": count, "lines": len(lines), "key": signer.public}
    header["sha256"] = digest_of_text("".join(f"{line}\n" for line in lines))
    text = canonical(header)
    yield f'{{"header":{text},"signature":{json.dumps(signer.sign(text))}}}'
    yield from lines


def now() -> str:
    """This moment in UTC, as it is written everywhere in this room."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
