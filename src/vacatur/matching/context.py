"""What is known beside the name: identifiers decide, details adjust, visibly and in this order.

`Details` are those of the list's party; what the query does not tell, and what the party does not tell, counts nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vacatur.matching.model import Evidence, Query

OTHER_IDENTIFIER = 0.2
OTHER_COUNTRY = 0.06
OTHER_BIRTH_DATE = 0.2
OTHER_GENDER = 0.2
OTHER_KIND = 0.12
"""What a contradicted detail takes off the score."""

PERSONS = frozenset({"Person"})
THINGS = frozenset({"Vessel", "Airplane", "Vehicle", "Security", "CryptoWallet"})
DECIDING = frozenset({"leiCode", "imoNumber", "uscCode", "isin", "ogrnCode", "passportNumber"})
"""Identifiers of which a party has one, so that two different ones speak against a match."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a list tells of a party beside its names; identifiers are (FollowTheMoney property, value)."""

    schema: str
    countries: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


def plain_identifier(value: str) -> str:
    """An identifier without spaces, punctuation and case; an exchange after a ticker ("1810.HK") stays."""
    return "".join(c for c in value.upper() if c.isalnum())


def same_identifier(query: Query, pair: tuple[str, str]) -> bool:
    """Whether a party's identifier (property, value) is one of the query's; the property counts where both tell it."""
    plain = plain_identifier(pair[1])
    return plain != "" and any(
        plain == plain_identifier(value) and kind in ("", pair[0]) for kind, value in query.identifiers
    )


def in_context(
    query: Query, party: Details, score: float, evidence: Sequence[Evidence]
) -> tuple[float, tuple[Evidence, ...]]:
    """The score of a name, and its evidence, with what identifiers and details add or take."""
    shared = next((pair for pair in party.identifiers if same_identifier(query, pair)), None)
    if shared is not None:
        return 1.0, (Evidence(shared[1], shared[1], "identifier", 1.0, f"same {shared[0]}"),)
    details = list(_details(query, party))
    adjusted = round(max(0.0, min(1.0, score + sum(item.score for item in details))), 3)
    return adjusted, (*evidence, *_kept(details, adjusted - score))


def _kept(details: list[Evidence], change: float) -> list[Evidence]:
    """The details with the last one trimmed, so that all lines sum to a score that stays within 0 and 1."""
    surplus = round(change - sum(item.score for item in details), 3)
    if details and surplus:
        details[-1] = replace(details[-1], score=round(details[-1].score + surplus, 3))
    return details


def _details(query: Query, party: Details) -> Iterator[Evidence]:
    theirs = {kind: plain_identifier(value) for kind, value in party.identifiers}
    for kind, value in query.identifiers:
        if kind in DECIDING and kind in theirs and theirs[kind] != plain_identifier(value):
            yield Evidence(value, theirs[kind], "identifier", -OTHER_IDENTIFIER, f"another {kind}")
    if query.countries and party.countries and set(query.countries).isdisjoint(party.countries):
        countries = " ".join(query.countries), " ".join(party.countries)
        yield Evidence(*countries, "country", -OTHER_COUNTRY, "no country in common")
    if (
        query.birth_date
        and party.birth_dates
        and not any(_same_birth(query.birth_date, day) for day in party.birth_dates)
    ):
        births = query.birth_date, " ".join(party.birth_dates)
        yield Evidence(*births, "birth_date", -OTHER_BIRTH_DATE, "another birth date")
    if query.gender and party.genders and query.gender not in party.genders:
        yield Evidence(query.gender, " ".join(party.genders), "gender", -OTHER_GENDER, "another gender")
    if query.schema and _apart(query.schema, party.schema):
        yield Evidence(query.schema, party.schema, "schema", -OTHER_KIND, "another kind of party")


def _same_birth(left: str, right: str) -> bool:
    """Whether two dates agree as far as both are precise; a bare year also agrees with its neighbours."""
    if len(left) == 4 or len(right) == 4:
        return left[:4].isdigit() and right[:4].isdigit() and abs(int(left[:4]) - int(right[:4])) <= 1
    length = min(len(left), len(right))
    return left[:length] == right[:length]


def _apart(asked: str, schema: str) -> bool:
    """Whether nothing can be both: a person and a company, a vessel and its owner."""
    if asked == schema or "LegalEntity" in (asked, schema) or "Thing" in (asked, schema):
        return False
    return (asked in PERSONS) != (schema in PERSONS) or (asked in THINGS) != (schema in THINGS)
