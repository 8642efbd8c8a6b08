"""From rows to parties: which rows of an Entity List, UVL or MEU List are one party, and how it is called here.

The lists number nobody, so the id of a party is `<source>-<slug of the printed name>-<country>`. One party may stand
under several countries: rows of one name are one party where their country is the same or one of them refers to the
other's ("See alternate address under Pakistan"); its id has the alphabetically first of these codes, so that it does
not depend on which of the rows a file holds. A shared name alone joins nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vacatur.parties import Entry, Listing, make_party
from vacatur.sources._us_documents import slug
from vacatur.sources.bis_cells import Subject


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a list: who stands under which country (its code, None if unreadable), with what listing."""

    subject: Subject
    country: str | None
    listing: Listing

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the countries under which the row says the party stands."""
        return frozenset(filter(None, (self.country, *self.subject.mentions)))


def entries(source: str, places: Iterable[Place]) -> Iterator[Entry]:
    """One entry a party, in the order of first appearance; a listing for each of its rows that says something new."""
    by_name: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_name[slug(place.subject.name)].append(place)
    for name, namesakes in by_name.items():
        for group in same_party(namesakes):
            yield _entry(party_id(source, name, group), group)


def same_party(namesakes: Iterable[Place]) -> list[list[Place]]:
    """Rows of one name, parted into parties: rows are joined that share a country, their own or one referred to."""
    groups: list[tuple[set[str], list[Place]]] = []
    for place in namesakes:
        joined = [group for group in groups if group[0] & place.codes]
        codes = set(place.codes).union(*(group[0] for group in joined))
        rows = [row for group in joined for row in group[1]]
        groups = [group for group in groups if group not in joined]
        groups.append((codes, [*rows, place]))
    return [rows for _, rows in groups]


def party_id(source: str, name: str, rows: Iterable[Place]) -> str:
    """The id of the party that `rows` of the name with slug `name` are about."""
    codes = sorted(frozenset[str]().union(*(row.codes for row in rows)))
    return "-".join((source, name, *codes[:1]))


def _entry(id: str, rows: list[Place]) -> Entry:
    subjects = [row.subject for row in rows]
    properties: dict[str, list[str | None]] = {
        "name": [subject.name for subject in subjects],
        "alias": [alias for subject in subjects for alias in subject.aliases],
        "previousName": [name for subject in subjects for name in subject.former],
        "weakAlias": [short for subject in subjects for short in subject.weak],
        "country": [row.country for row in rows],
        "address": [address for subject in subjects for address in subject.addresses],
        "notes": [subject.note for subject in subjects],
    }
    return Entry(make_party(id, "LegalEntity", properties), tuple(dict.fromkeys(row.listing for row in rows)))
