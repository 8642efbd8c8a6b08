"""The csv files in which the Entity List and the Unverified List were published before the regulation was read itself.

Entity List: the columns of the Consolidated Screening List's early form, a row for each pair of address and alias.
Unverified List: COUNTRY, NAME, ADDRESS and nameless columns, a row for each pair of name and address.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from vacatur.parties import Listing, clean
from vacatur.sources._us_documents import KEPT, read_day, read_table
from vacatur.sources.base import SourceError
from vacatur.sources.bis_cells import Subject, destination_code, is_reserved, read_names
from vacatur.sources.bis_places import Place

ENTITY_COLUMNS = ("source list", "name", "country", "federal register notice", "effective date", "license requirement")
UNVERIFIED_COLUMNS = ("country", "name", "address")


def read_entity_csv(path: Path, listing: Listing) -> Iterator[Place]:
    """The rows of an `el.csv`; its "Effective Date" is stated, so it is the day of listing.

    Raises:
        SourceError: another file, a row of another list, a row without name or with a date that is none.
    """
    for line, row in read_table(path, ENTITY_COLUMNS):
        if row["source list"] != "EL" or not row["name"]:
            reason = f"a row of the list {row['source list'][:40]!r}" if row["name"] else "a row without a name"
            raise SourceError(path.name, reason, line=line, advice=KEPT)
        day = read_day(row["effective date"])
        if row["effective date"] and day is None:
            raise SourceError(path.name, f"no date: {row['effective date'][:40]!r}", line=line, advice=KEPT)
        address = ", ".join(filter(None, (row[k] for k in ("address", "city", "postal code", "country") if k in row)))
        names = read_names(row["name"])
        aliases = (*names.aliases, row["alternate name"]) if row.get("alternate name") else names.aliases
        remarks = (row["license requirement"], row.get("license policy"), row.get("remarks/notes"))
        yield Place(
            replace(names, aliases=aliases, addresses=(address,)),
            destination_code(row["country"]),
            replace(
                listing,
                listed_on=day,
                effective=day,
                citation=clean(row["federal register notice"]) or None,
                remarks=" ".join(filter(None, remarks)) or None,
                url=row.get("web link") or None,
            ),
        )


def read_unverified_csv(path: Path, listing: Listing) -> Iterator[Place]:
    """The rows of a `uvl.csv`.

    Raises:
        SourceError: another file, or a row without name or country.
    """
    for line, row in read_table(path, UNVERIFIED_COLUMNS):
        code = destination_code(row["country"])
        if is_reserved(row["name"]) or code is None:
            raise SourceError(path.name, "a row without a name or a country", line=line, advice=KEPT)
        subject: Subject = read_names(row["name"])
        yield Place(replace(subject, addresses=(row["address"],)), code, listing)
