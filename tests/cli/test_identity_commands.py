"""`vacatur merge` and `vacatur split` as a user runs them."""

import json

from cli.conftest import Run


def test_a_merge_needs_a_reason_and_is_shown_in_the_history(own_vacatur: Run) -> None:
    assert own_vacatur("merge", "xiaomi", "luokung").returncode == 2
    done = own_vacatur("merge", "xiaomi", "luokung", "--by", "ann", "--reason", "only a test", "--json")
    assert json.loads(done.stdout) == {"party": "xiaomi", "absorbed": "luokung"}
    history = own_vacatur("history", "xiaomi").stdout
    assert "luokung taken for xiaomi: only a test (person)" in history
    assert own_vacatur("split", "luokung", "--reason", "the test is over").returncode == 0
    assert "taken back by" in own_vacatur("history", "luokung").stdout
    again = own_vacatur("split", "luokung", "--reason", "once more")
    assert (again.returncode, again.stderr) == (2, "vacatur: luokung goes by its own id already\n")


def test_suggestions_join_nothing(own_vacatur: Run) -> None:
    done = own_vacatur("merge", "--suggest", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    assert own_vacatur("merge", "--suggest", "a", "b").returncode == 2
    assert own_vacatur("merge").returncode == 2
