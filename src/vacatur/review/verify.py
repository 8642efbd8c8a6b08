"""Is the log what was written? Answered from its lines alone: no register, no network, no key but public ones.

A line must be canonical to the byte, so that a change of any byte shows; the first line that is wrong is named with
what is wrong, and nothing after it counts.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from vacatur.review.canonical import canonical, digest
from vacatur.review.log import FORMAT, NOTHING_BEFORE
from vacatur.review.signing import is_signed

KINDS: dict[tuple[str, ...], str] = {
    ("entry", "hash"): "entry",
    ("checkpoint", "signature"): "checkpoint",
    ("header", "signature"): "header",
}
"""What a line is, by its keys."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that is wrong: at which entry (the one expected there, where it can't be read), and what."""

    entry: int
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found. `signed_to` is the last entry that a checkpoint covers; `keys` signed, in base64."""

    entries: int
    checkpoints: int
    signed_to: int
    keys: tuple[str, ...]
    head: str
    broken: Broken | None = None
    notes: tuple[str, ...] = field(default=())


class _Wrong(Exception):  # noqa: N818 - a finding, not a fault
    """What is wrong with a line."""


def verify_lines(
    lines: Iterable[bytes], *, trusted: Sequence[str] = (), expected: dict[str, Any] | None = None
) -> Verdict:
    """Check a log line by line.

    Args:
        lines: of an export or of `log_lines`, without line ends.
        trusted: public keys (base64) that alone may have signed; any when empty.
        expected: a checkpoint kept elsewhere, which the log must still contain.
    """
    reader = _Reader(trusted)
    number = 0
    try:
        for number, raw in enumerate(lines, start=1):
            reader.read(number, raw)
        number += 1
        reader.finish(expected)
    except _Wrong as wrong:
        return reader.verdict(Broken(reader.at_entry, number, str(wrong)))
    return reader.verdict(None)


class _Reader:
    def __init__(self, trusted: Sequence[str]) -> None:
        self.trusted = frozenset(trusted)
        self.hashes: list[str] = []
        self.checkpoints = 0
        self.signed_to = 0
        self.keys: dict[str, None] = {}
        self.header: dict[str, Any] | None = None
        self.lines = 0
        self.seen = sha256()
        self.at_entry = 1

    def read(self, number: int, raw: bytes) -> None:
        """Take one line.

        Raises:
            _Wrong: it is not what was written.
        """
        self.at_entry = len(self.hashes) + 1
        line = _parsed(raw)
        kind = KINDS.get(tuple(line))
        if kind == "header":
            if number != 1:
                raise _Wrong("a second head line")
            self._header(line["header"], line["signature"])
            return
        self.lines += 1
        self.seen.update(raw + b"\n")
        if kind == "entry":
            self._entry(line["entry"], line["hash"])
        elif kind == "checkpoint":
            self.at_entry = len(self.hashes)
            self._checkpoint(line["checkpoint"], line["signature"])
        else:
            raise _Wrong("neither an entry nor a checkpoint")

    def _header(self, header: Any, signature: Any) -> None:
        if not isinstance(header, dict) or header.get("format") != FORMAT:
            raise _Wrong(f"not a log of the form {FORMAT}")
        self._signed(header, signature, "the head line")
        self.header = header

    def _entry(self, entry: Any, given: Any) -> None:
        expected = len(self.hashes) + 1
        if not isinstance(entry, dict):
            raise _Wrong("the entry is no document")
        if entry.get("sequence") != expected:
            raise _Wrong(f"expected entry {expected}, found {_short(entry.get('sequence'))}: one is missing or added")
        if entry.get("previous") != (self.hashes[-1] if self.hashes else NOTHING_BEFORE):
            raise _Wrong("it does not follow the entry before it: the hash that it holds of that one differs")
        if digest(entry) != given:
            raise _Wrong("its content is not what was written: its hash differs")
        self.hashes.append(given)

    def _checkpoint(self, checkpoint: Any, signature: Any) -> None:
        if not isinstance(checkpoint, dict):
            raise _Wrong("the checkpoint is no document")
        self._signed(checkpoint, signature, "the checkpoint")
        self._contains(checkpoint)
        self.checkpoints += 1
        self.signed_to = max(self.signed_to, int(checkpoint["sequence"]))

    def _signed(self, content: dict[str, Any], signature: Any, what: str) -> None:
        key = content.get("key")
        if not isinstance(key, str) or not isinstance(signature, str):
            raise _Wrong(f"{what} is not signed")
        if self.trusted and key not in self.trusted:
            raise _Wrong(f"{what} is signed by another key than the ones you trust: {_short(key)}")
        if not is_signed(canonical(content), signature, key):
            raise _Wrong(f"the signature of {what} is not that of its content")
        self.keys[key] = None

    def _contains(self, checkpoint: dict[str, Any]) -> None:
        sequence = checkpoint.get("sequence")
        if not isinstance(sequence, int) or not 1 <= sequence <= len(self.hashes):
            raise _Wrong(f"a checkpoint was signed at entry {_short(sequence)}, but there are {len(self.hashes)}")
        if checkpoint.get("hash") != self.hashes[sequence - 1]:
            self.at_entry = sequence
            raise _Wrong("it is not the entry that was signed: the chain was written anew")

    def finish(self, expected: dict[str, Any] | None) -> None:
        """Check what only the whole log can show."""
        if self.signed_to < len(self.hashes):
            self.at_entry = self.signed_to + 1
            raise _Wrong("it is not signed, as every entry is when it is written")
        self.at_entry = len(self.hashes) + 1
        if self.header is not None:
            entries, lines = self.header.get("entries"), self.header.get("lines")
            if (entries, lines) != (len(self.hashes), self.lines):
                said = f"{_short(entries)} entries in {_short(lines)} lines"
                raise _Wrong(
                    f"the file was cut: its head line says {said}, there are {len(self.hashes)} in {self.lines}"
                )
            if self.header.get("sha256") != self.seen.hexdigest():
                raise _Wrong("its lines are not in the order in which they were exported")
        if expected is not None:
            checkpoint = expected.get("checkpoint")
            if not isinstance(checkpoint, dict):
                raise _Wrong("what was expected is no checkpoint")
            self._signed(checkpoint, expected.get("signature"), "the checkpoint that was kept elsewhere")
            self._contains(checkpoint)

    def verdict(self, broken: Broken | None) -> Verdict:
        """What was found so far."""
        notes = []
        if broken is None and not self.trusted and self.keys:
            notes.append("compare the signing key with the one that you were given, or name it with --key")
        head = self.hashes[-1] if self.hashes else NOTHING_BEFORE
        return Verdict(len(self.hashes), self.checkpoints, self.signed_to, tuple(self.keys), head, broken, tuple(notes))


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode()
        line = json.loads(text)
        written = canonical(line)
    except (ValueError, RecursionError):
        raise _Wrong("it can't be read") from None
    if not isinstance(line, dict):
        raise _Wrong("it is no document")
    if written != text:
        raise _Wrong("it is not written as it was: its bytes are not canonical")
    return line


def _short(value: Any) -> str:
    return repr(value)[:80]
