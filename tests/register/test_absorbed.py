"""Ids that absorbed others: asked for many at once, and the same as one by one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from vacatur.register import Register
from vacatur.register.schema import links

IDS = list("abcdef")
PAIRS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=8)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return Register.open(f"sqlite:///{tmp_path_factory.mktemp('links') / 'r.db'}")


def record(register: Register, pairs: list[tuple[str, str]]) -> None:
    with register.transaction("test", "links") as writer:
        writer.connection.execute(delete(links))
        rows = [{"alias": a, "party": p, "basis": "test", "why": "", "recorded": writer.id} for a, p in pairs]
        if rows:
            writer.connection.execute(insert(links), rows)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=PAIRS)
def test_many_at_once_are_as_one_by_one(register: Register, pairs: list[tuple[str, str]]) -> None:
    record(register, pairs)
    snapshot = register.snapshot()
    many, taken_in = snapshot.canonicals(IDS), snapshot.referents_of(IDS)
    assert many == {party: snapshot.canonical(party) for party in IDS}
    assert taken_in == {party: snapshot.referents(party) for party in IDS}
    assert snapshot.aliases() == {alias: many[alias] for alias, _ in pairs}


def test_links_are_followed_to_their_end_and_the_newest_of_two_counts(register: Register) -> None:
    record(register, [("a", "x"), ("b", "a"), ("c", "b"), ("a", "d")])
    snapshot = register.snapshot()
    assert snapshot.canonicals(["c", "a", "d", "unheard"]) == {"c": "d", "a": "d", "d": "d", "unheard": "unheard"}
    assert snapshot.referents("d") == ("a", "b", "c")


def test_more_than_one_statement_takes_is_answered(register: Register) -> None:
    record(register, [(f"old-{number}", f"new-{number}") for number in range(1_200)])
    found = register.snapshot().canonicals([f"old-{number}" for number in range(1_200)])
    assert found == {f"old-{number}": f"new-{number}" for number in range(1_200)}
