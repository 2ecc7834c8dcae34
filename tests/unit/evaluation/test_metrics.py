import numpy as np
import pytest

from holdspace.evaluation._metrics import best_threshold, calibration_error, correlation, label_counts, share

pytestmark = pytest.mark.unit


def test_label_counts_give_f1_precision_and_recall() -> None:
    said = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], dtype=bool)
    gold = np.array([[1, 0], [0, 0], [1, 1], [0, 1]], dtype=bool)

    counts = label_counts(said, gold)

    assert [round(m.value, 3) for m in counts.f1()] == [0.5, 0.667]
    assert [round(m.value, 3) for m in counts.precision()] == [0.5, 1.0]
    assert [round(m.value, 3) for m in counts.recall()] == [0.5, 0.5]
    assert round(counts.macro_f1().value, 3) == 0.583


def test_label_counts_intervals_hold_the_value_and_narrow_with_more_rows() -> None:
    rng = np.random.default_rng(1)
    gold = rng.random((2000, 1)) < 0.3
    said = gold ^ (rng.random((2000, 1)) < 0.1)

    few, many = label_counts(said[:100], gold[:100]).f1()[0], label_counts(said, gold).f1()[0]

    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low


def test_calibration_error_is_zero_for_honest_and_large_for_boastful_answers() -> None:
    rng = np.random.default_rng(2)
    probability = rng.random(20_000)
    gold = rng.random(20_000) < probability

    assert calibration_error(probability, gold) < 0.02
    assert calibration_error(np.full(100, 0.9), np.zeros(100, dtype=bool)) == pytest.approx(0.9)


def test_best_threshold_separates_what_can_be_separated() -> None:
    cut = best_threshold(np.array([0.1, 0.2, 0.8, 0.9]), np.array([False, False, True, True]))

    assert 0.2 < cut < 0.8


def test_share_has_the_wilson_interval() -> None:
    metric = share(8, 10)

    assert (metric.value, round(metric.low, 3), round(metric.high, 3)) == (0.8, 0.49, 0.943)


def test_correlation_of_a_line_is_one() -> None:
    line = np.arange(50, dtype=np.float64)

    assert correlation(line, 2 * line + 1).value == pytest.approx(1.0)
