"""The watch list: parties by id, customers by key; an import twice changes nothing."""

import pytest

from vacatur.errors import UserError
from vacatur.register import Register
from vacatur.watch.lists import Imported, list_watched, unwatch, watch_customers, watch_party


def labels(register: Register) -> list[str]:
    with register.engine.connect() as connection:
        return [item.label for item in list_watched(connection)]


def test_a_party_is_watched_under_the_id_that_it_goes_by(filled_register: Register) -> None:
    assert watch_party(filled_register, "xiaomi", actor="ann")
    assert not watch_party(filled_register, "xiaomi", actor="bob")
    with pytest.raises(UserError, match="no party"):
        watch_party(filled_register, "nobody-at-all", actor="ann")
    assert labels(filled_register) == ["xiaomi"]


def test_the_same_file_again_changes_nothing(empty_register: Register) -> None:
    customers = [("C1", {"name": "Acme", "country": "ru"}), ("C2", {"identifier": "R1"}), (None, {"name": "Keyless"})]
    assert watch_customers(empty_register, customers, actor="ann") == Imported(3, 0, 0, 0)
    assert watch_customers(empty_register, customers, actor="ann") == Imported(0, 0, 3, 0)
    assert labels(empty_register) == ["Acme", "R1", "Keyless"]


def test_other_values_under_a_known_key_replace_what_was_watched(empty_register: Register) -> None:
    watch_customers(empty_register, [("C1", {"name": "Acme"}), ("C2", {"name": "Bolt"})], actor="ann")
    done = watch_customers(empty_register, [("C1", {"name": "Acme Ltd"})], actor="ann", prune=True)
    assert done == Imported(added=0, changed=1, unchanged=0, removed=1)
    assert labels(empty_register) == ["Acme Ltd"]


def test_a_row_that_says_nothing_stops_it_whole(empty_register: Register) -> None:
    with pytest.raises(UserError, match="name or an identifier"):
        watch_customers(empty_register, [("C1", {"name": "Acme"}), ("C2", {"country": "ru"})], actor="ann")
    assert labels(empty_register) == []


def test_removing_takes_a_party_a_key_or_a_number_and_all_or_none(filled_register: Register) -> None:
    watch_party(filled_register, "xiaomi", actor="ann")
    watch_customers(filled_register, [("C1", {"name": "Acme"}), (None, {"name": "Bolt"})], actor="ann")
    with pytest.raises(UserError, match="nothing was removed"):
        unwatch(filled_register, ["xiaomi", "C9"], actor="ann")
    unwatch(filled_register, ["xiaomi", "C1", "3"], actor="ann")
    assert labels(filled_register) == []
