"""A threshold in figures: precision, recall and F1 on labelled pairs."""

from vacatur.matching.calibration import measure, recommended

SCORED = [(1.0, True), (0.9, True), (0.72, True), (0.75, False), (0.3, False), (0.1, True)]


def test_hits_at_a_threshold_are_counted_against_the_labels() -> None:
    at_70 = next(one for one in measure(SCORED) if one.threshold == 0.7)
    assert (at_70.true_hits, at_70.false_hits, at_70.missed) == (3, 1, 1)
    assert (at_70.precision, at_70.recall, at_70.f1) == (0.75, 0.75, 0.75)


def test_the_table_goes_from_half_to_ninety_five() -> None:
    thresholds = [one.threshold for one in measure(SCORED)]
    assert (thresholds[0], thresholds[-1], len(thresholds)) == (0.5, 0.95, 10)


def test_without_hits_there_is_no_precision() -> None:
    only_low = measure([(0.2, True), (0.1, False)])[0]
    assert (only_low.precision, only_low.recall, only_low.f1) == (None, 0.0, 0.0)


def test_of_equally_good_thresholds_the_lowest_is_recommended() -> None:
    assert recommended([(0.9, True), (0.55, False)]).threshold == 0.56
