"""The size of a measure over time as a picture."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from vacatur.exports.chart import sizes_svg
from vacatur.law.status import State

DAY = 86_400


def test_it_says_in_words_what_it_draws() -> None:
    sizes = ((0, {State.IN_FORCE: 3}), (400 * DAY, {State.IN_FORCE: 2, State.SUSPENDED: 1}))
    svg = sizes_svg("A list <of> them", sizes, 800 * DAY, 500 * DAY)
    texts = " ".join(element.text or "" for element in ElementTree.fromstring(svg).iter())
    assert "A list <of> them: size over time" in texts
    assert "From 1970-01-01; at most 3 at once; 2 in force, 1 suspended since 1971-02-05." in texts
    assert "1971" in texts


@pytest.mark.parametrize("most", [0, 1, 4, 5, 79, 80, 81, 15_553])
def test_rules_stand_at_whole_numbers_above_the_most(most: int) -> None:
    svg = sizes_svg("List", ((0, {State.IN_FORCE: most}),), 100 * DAY, 50 * DAY)
    marks = [
        int((element.text or "").replace(",", ""))
        for element in ElementTree.fromstring(svg).iter()
        if element.get("text-anchor") == "end"
    ]
    assert len(marks) == 5
    assert marks[0] == 0
    assert marks[4] >= most
    assert len({second - first for first, second in pairwise(marks)}) == 1


def test_nobody_ever_is_drawn_too() -> None:
    assert "Nobody has been under it." in sizes_svg("List", (), 100 * DAY, 50 * DAY)
