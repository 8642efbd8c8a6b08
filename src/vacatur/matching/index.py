"""The first matcher: right before it is fast. One JSON file of folded names, compared exhaustively."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from rapidfuzz import fuzz, process

from vacatur.errors import UserError
from vacatur.matching.compare import fold, score_names
from vacatur.matching.model import IndexedName, IndexedParty, Match, Query

FORMAT = "vacatur-index-1"


class IndexFileError(UserError):
    """The index file is not ours, cut, or of another version; it can be rebuilt from the register."""


def build_index(path: Path, parties: Iterable[IndexedParty], *, transaction: int) -> str:
    """Write the index beside `path` and rename it into place; returns its content hash."""
    rows = [asdict(party) for party in parties]
    for row in rows:
        for name in row["names"]:
            name["folded"] = fold(name["text"])
    body = json.dumps(rows, ensure_ascii=False)
    digest = hashlib.sha256(body.encode()).hexdigest()
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(json.dumps({"format": FORMAT, "transaction": transaction, "hash": digest}) + "\n" + body, "utf-8")
    os.replace(beside, path)
    return digest


class Index:
    """An open index."""

    def __init__(
        self,
        parties: list[IndexedParty],
        folded: list[str],
        owner: list[tuple[int, int]],
        transaction: int,
        content_hash: str,
    ) -> None:
        self.parties, self.folded, self.owner = parties, folded, owner
        self.transaction, self.content_hash = transaction, content_hash

    @classmethod
    def open(cls, path: Path) -> "Index":
        """Open the file; raises `IndexFileError`."""
        try:
            head, _, body = path.read_text("utf-8").partition("\n")
            meta = json.loads(head)
            rows = json.loads(body)
        except (UnicodeDecodeError, ValueError) as error:
            raise IndexFileError(f"{path}: not an index ({error})") from None
        parties, folded, owner = [], [], []
        for number, row in enumerate(rows):
            names = []
            for place, name in enumerate(row["names"]):
                folded.append(name.pop("folded"))
                owner.append((number, place))
                names.append(IndexedName(**name))
            parties.append(
                IndexedParty(
                    row["id"],
                    row["schema"],
                    tuple(names),
                    tuple(row["countries"]),
                    tuple(row["birth_dates"]),
                    tuple(row["genders"]),
                    tuple((kind, value) for kind, value in row["identifiers"]),
                )
            )
        return cls(parties, folded, owner, meta["transaction"], meta["hash"])

    def close(self) -> None:
        """Nothing is held."""

    def search(self, query: Query, limit: int = 10, threshold: float = 0.7) -> list[Match]:
        """Parties by falling score."""
        best: dict[int, Match] = {}
        wanted = {value.replace(" ", "").upper() for _, value in query.identifiers}
        if wanted:
            for party in self.parties:
                if any(value.replace(" ", "").upper() in wanted for _, value in party.identifiers):
                    match = score_names(query.name or party.names[0].text, party.names[0].text)
                    best[self.parties.index(party)] = Match(party.id, 1.0, party.names[0].text, match.evidence)
        if query.name:
            found = process.extract(
                fold(query.name), self.folded, scorer=fuzz.token_sort_ratio, limit=200, score_cutoff=50
            )
            for _, _, place in found:
                number, position = self.owner[place]
                party = self.parties[number]
                name = party.names[position]
                if name.known_from > query.known or name.recorded > query.recorded:
                    continue
                match = score_names(query.name, name.text)
                if match.score >= threshold and (number not in best or best[number].score < match.score):
                    best[number] = Match(party.id, match.score, name.text, match.evidence)
        return sorted(best.values(), key=lambda match: (-match.score, match.party))[:limit]
