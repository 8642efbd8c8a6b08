"""Many questions at once have the answers that each has by itself; what was opened is remembered within a bound."""

from collections.abc import Collection

import pytest

from vacatur.law.moments import parse_moment
from vacatur.matching.model import Query
from vacatur.register import Register
from vacatur.screening.indexing import open_index
from vacatur.screening.recent import Recent
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked, open_dossier, open_dossiers

DAYS = ("2021-04-01", "2024-06-01")


@pytest.mark.parametrize("day", DAYS)
def test_a_batch_is_answered_as_its_queries_one_by_one(filled_register: Register, day: str) -> None:
    index, known = open_index(filled_register), parse_moment("2026-01-01")
    asked = Asked(parse_moment(day), known, index.transaction)
    queries = [Query(name=name) for name in ("Xiaomi Corporation", "nobody at all", "Huawei", "Luokung", "Xiaomi")]
    together = Screener(filled_register, index, asked).screen_many(queries, asked, 5, 0.5)
    one_by_one = [Screener(filled_register, index, asked).screen_as_of(query, asked, 5, 0.5) for query in queries]
    assert together == one_by_one
    assert [bool(answer.hits) for answer in together] == [True, False, True, True, True]


def test_dossiers_opened_together_are_those_opened_one_by_one(filled_register: Register) -> None:
    snapshot = filled_register.snapshot()
    parties = [*{version.party.id for version in snapshot.versions()}, *snapshot.aliases(), "no such party"]
    together = open_dossiers(snapshot, parties)
    assert together == {party: open_dossier(snapshot, party) for party in parties}
    assert together["no such party"] is None


def test_what_was_used_last_is_remembered_and_the_rest_made_again() -> None:
    made: list[str] = []

    def make(keys: Collection[str]) -> dict[str, str]:
        made.extend(keys)
        return {key: key.upper() for key in keys}

    recent = Recent(2, make)
    assert recent.of_many(["a", "b"]) == {"a": "A", "b": "B"}
    assert recent.of_many(["a"]) == {"a": "A"}
    assert recent.of_many(["c", "a"]) == {"c": "C", "a": "A"}
    recent.of_many(["b"])
    assert made == ["a", "b", "c", "b"]
