"""From register to index: every party with every version of every name, written to one file beside the register."""

import fcntl
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vacatur.law.moments import NEVER, starts
from vacatur.matching.index import Index, IndexFileError, build_index
from vacatur.matching.model import IndexedName, IndexedParty
from vacatur.parties import NAME_PROPERTIES, Party
from vacatur.register import Register, Snapshot
from vacatur.register.snapshot import DOSSIERS, NamedVersion


def index_path(register: Register) -> Path:
    """Where the index of `register` lives."""
    return register.folder / f"{register.stem}.index"


def rebuild_index(register: Register) -> str:
    """Write the index anew for the register as it is now; its content hash."""
    snapshot = register.snapshot()
    return build_index(index_path(register), indexed_parties(snapshot), transaction=snapshot.recorded)


def open_index(register: Register) -> Index:
    """The index of the register as it is now, rebuilt first when it is missing, behind, damaged or of another kind."""
    if (current := _current_index(register)) is not None:
        return current
    with alone(index_path(register)):
        if (current := _current_index(register)) is not None:  # built while we waited
            return current
        rebuild_index(register)
        return Index.open(index_path(register))


def _current_index(register: Register) -> Index | None:
    try:
        index = Index.open(index_path(register))
    except IndexFileError:
        return None
    if index.transaction == register.newest_transaction():
        return index
    index.close()
    return None


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process or thread of a machine builds the index at `path` while the others wait for it."""
    with path.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def names_in(snapshot: Snapshot, index: Index) -> dict[str, set[str]]:
    """Every name but weak aliases, with the parties that bear it: what readers of documents look for."""
    found: dict[str, set[str]] = {}
    for name, party, kind in index.names(known=NEVER, recorded=snapshot.recorded):
        if kind != "weakAlias":
            found.setdefault(name, set()).add(snapshot.canonical(party))
    return found


def indexed_parties(snapshot: Snapshot) -> Iterator[IndexedParty]:
    """Every party under its canonical id, with the names of all its entries; links and sanctions are no parties."""
    aliases = snapshot.aliases()
    joined = set(aliases) | set(aliases.values())
    waiting: dict[str, list[NamedVersion]] = defaultdict(list)
    current: list[NamedVersion] = []
    for version in snapshot.versions():
        if version.party.id in joined:
            waiting[aliases.get(version.party.id, version.party.id)].append(version)
            continue
        if current and current[0].party.id != version.party.id:
            yield from _indexed(current[0].party.id, current)
            current = []
        current.append(version)
    if current:
        yield from _indexed(current[0].party.id, current)
    for canonical, versions in sorted(waiting.items()):
        yield from _indexed(canonical, versions)


def _indexed(canonical: str, versions: list[NamedVersion]) -> Iterator[IndexedParty]:
    versions.sort(key=lambda version: (version.source != DOSSIERS, version.recorded))
    parties = [version.party for version in versions]
    names = tuple(dict.fromkeys(name for version in versions for name in _names(version)))
    if names:
        yield IndexedParty(
            id=canonical,
            schema=parties[0].schema,
            names=names,
            countries=tuple(dict.fromkeys(code for party in parties for code in party.countries)),
            birth_dates=_values(parties, "birthDate"),
            genders=_values(parties, "gender"),
            identifiers=tuple(dict.fromkeys(pair for party in parties for pair in party.identifiers)),
        )


def _values(parties: list[Party], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for party in parties for value in party.get(name)))


def _names(version: NamedVersion) -> Iterator[IndexedName]:
    known = starts(version.first_seen) if version.first_seen else -NEVER
    for kind in NAME_PROPERTIES:
        for text in version.party.get(kind):
            yield IndexedName(text, kind, known_from=known, recorded=version.recorded)
