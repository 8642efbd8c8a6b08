"""Lists and queries for the benchmarks of matching: the real lists, and generated ones of any size."""

import csv
import random
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path

from vacatur.matching.model import IndexedName, IndexedParty
from vacatur.parties import NAME_PROPERTIES, Party
from vacatur.sources.base import ListDocument

LISTS = (
    ("ofac-sdn", "ofac_sdn/2024-02-23/sdn.csv.gz"),
    ("csl", "csl/2022-05-16/consolidated.csv.gz"),
    ("uk", "uk_ofsi/2018-04-13/sanctionsconlist.csv.gz"),
    ("eu-fsf", "eu_fsf/2018-07-04_short/EUSanctionsShort.csv"),
    ("un-sc", "un_sc/2026-02-27/consolidated.xml.gz"),
)
"""The newest edition of each list among the shared files."""

LINKS = frozenset({"Ownership", "Directorship", "UnknownLink", "Sanction"})


def real_parties(lists: Path) -> Iterator[IndexedParty]:
    """Every entry of the real lists as a party of its own."""
    loaders = {point.name: point for point in entry_points(group="vacatur.sources")}
    for source, path in LISTS:
        loader = loaders[source].load()()
        document = ListDocument(lists / path, loader.companions(lists / path))
        for entry in loader.read(document).entries:
            if entry.party.schema not in LINKS and entry.party.names:
                yield _indexed(f"{source}/{entry.party.id}", entry.party)


def _indexed(id: str, party: Party) -> IndexedParty:
    return IndexedParty(
        id,
        party.schema,
        tuple(IndexedName(text, kind) for kind in NAME_PROPERTIES for text in party.get(kind)),
        tuple(party.countries),
        tuple(party.get("birthDate")),
        tuple(party.get("gender")),
        tuple(party.identifiers),
    )


def customers(lists: Path) -> list[str]:
    """Names of real companies and of made-up people, who are on no list."""
    found = []
    for file, column in (
        ("sec_registrants_28k.csv", "name"),
        ("synthetic_people_negatives_global_10k.csv", "full_name"),
    ):
        with (lists / "customers" / file).open(encoding="utf-8", newline="") as lines:
            found += [row[column] for row in csv.DictReader(lines)]
    random.Random(4).shuffle(found)
    return found


def generated(real: Sequence[IndexedParty], count: int) -> Iterator[IndexedParty]:
    """A list of `count` parties: the real ones, then others of their words and of new ones, two names each.

    New words come in as they do in a language: the more words are used, the rarer a new one (Heaps' law, exponent 0.7).
    """
    source = random.Random(9)
    names = [(party.schema, name.text) for party in real for name in party.names]
    stream = [word for _, text in names if text.isascii() for word in text.split()]
    known, used = len(set(stream)), len(stream)
    scale = known / used**0.7
    for number in range(count):
        if number < len(real):
            yield real[number]
            continue
        schema, _ = source.choice(names)
        texts = []
        for kind in ("name", "alias"):
            words = []
            for _ in range(source.choice((2, 2, 3, 3, 3, 4, 5))):
                used += 1
                if scale * used**0.7 > known:
                    known += 1
                    stream.append(_new_word(source, stream))
                words.append(source.choice(stream))
                if source.random() < 0.3:
                    stream.append(words[-1])  # what was used is used again
            texts.append(IndexedName(" ".join(words), kind))
        born = (f"{source.randrange(1930, 2005)}",) if schema == "Person" else ()
        yield IndexedParty(f"g{number}", schema, tuple(texts), (source.choice(("ru", "cn", "ir", "sy", "us")),), born)


def _new_word(source: random.Random, stream: Sequence[str]) -> str:
    """The beginning of one word with the end of another."""
    one, other = source.choice(stream), source.choice(stream)
    return one[: max(2, len(one) // 2 + 1)] + other[len(other) // 2 :]
