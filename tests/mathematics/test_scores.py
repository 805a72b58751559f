"""Brier's score and calibration."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

import cecourse as ce

RNG = np.random.default_rng(4)
Q = RNG.dirichlet([1, 1, 1], 200)
LABELS = RNG.integers(3, size=200)


def test_brier_of_a_sure_prediction_is_zero_or_two():
    assert ce.brier_score([[1.0, 0.0], [0.0, 1.0]], [0, 0], reduction="none").tolist() == [0, 2]
    assert ce.brier_score([[0.5, 0.5]], [0]) == 0.5
    assert ce.brier_score([0.5, 0.5], [0.25, 0.75]) == 0.125


def test_brier_is_the_squared_error_of_the_pmf():
    squares = ((Q - ce.one_hot(LABELS, 3)) ** 2).sum(axis=-1)
    assert np.allclose(ce.brier_score(Q, LABELS, reduction="none"), squares, rtol=1e-14)
    assert ce.brier_score(Q, LABELS) == pytest.approx(squares.mean())
    assert ce.brier_score(Q, LABELS, reduction="sum") == pytest.approx(squares.sum())
    assert ce.brier_score(Q, ce.one_hot(LABELS, 3)) == ce.brier_score(Q, LABELS)
    assert ce.brier_score(Q.reshape(20, 10, 3), LABELS.reshape(20, 10), reduction="none").shape == (20, 10)


def test_scikit_learn_agrees():
    ours = ce.brier_score(Q, LABELS)
    assert ours == pytest.approx(brier_score_loss(LABELS, Q, scale_by_half=False, labels=[0, 1, 2]))


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_forecaster_gains_nothing_by_lying(truth: float, told: float):
    def expected(score: Any, q: float) -> float:
        return sum(p * score([1 - q, q], c) for c, p in enumerate([1 - truth, truth]) if p)

    for score in (ce.brier_score, ce.cross_entropy_from_probs):
        assert expected(score, truth) <= expected(score, told) + 1e-12


def test_reliability_counts_what_is_in_each_bin():
    q = [[0.9, 0.1], [0.3, 0.7], [0.45, 0.55], [0.0, 1.0]]
    confidence, accuracy, samples = ce.reliability(q, [0, 0, 1, 1], bins=4)
    assert samples.tolist() == [0, 0, 2, 2]
    assert np.isnan(confidence[:2]).all()
    assert np.isnan(accuracy[:2]).all()
    assert confidence[2:] == pytest.approx([0.625, 0.95])
    assert accuracy[2:].tolist() == [0.5, 1.0]


def test_a_bin_holds_its_upper_edge():
    assert ce.reliability([[0.5, 0.5]], [0], bins=2).samples.tolist() == [1, 0]
    assert ce.reliability([[0.5 + 1e-9, 0.5 - 1e-9]], [0], bins=2).samples.tolist() == [0, 1]
    assert ce.reliability([[1.0, 0.0]], [0], bins=2).samples.tolist() == [0, 1]
    assert ce.reliability([[1.0, 0.0]], [0], bins=1).samples.tolist() == [1]
    tiny = np.full((1, 1000), 0.001)
    assert ce.reliability(tiny, [0], bins=3).samples.tolist() == [1, 0, 0]


def test_batches_may_have_any_shape():
    for q, labels in (
        (Q.reshape(20, 10, 3), LABELS.reshape(20, 10)),
        (Q.reshape(4, 5, 10, 3), LABELS.reshape(4, 5, 10)),
    ):
        for ours, flat in zip(ce.reliability(q, labels), ce.reliability(Q, LABELS), strict=True):
            assert np.array_equal(ours, flat, equal_nan=True)
    assert ce.reliability(Q[0], LABELS[0]).samples.sum() == 1


def test_there_are_ten_bins_unless_told():
    assert ce.reliability(Q, LABELS).samples.size == 10
    same_bin_of_ten = [[0.52, 0.48], [0.58, 0.42]]
    assert ce.expected_calibration_error(same_bin_of_ten, [0, 1]) == pytest.approx(0.05)


def test_the_first_of_equal_classes_is_the_prediction():
    assert ce.reliability([[0.5, 0.5]], [0], bins=1).accuracy.tolist() == [1]
    assert ce.reliability([[0.5, 0.5]], [1], bins=1).accuracy.tolist() == [0]


def test_a_model_as_sure_as_it_is_right_is_calibrated():
    q = np.tile([0.75, 0.25], (4, 1))
    assert ce.expected_calibration_error(q, [0, 0, 0, 1]) == 0
    assert ce.expected_calibration_error(q, [1, 1, 1, 1]) == 0.75
    assert ce.expected_calibration_error([[1.0, 0.0]], [1]) == 1


@given(st.integers(1, 30))
def test_calibration_error_is_the_gap_weighted_by_samples(bins: int):
    confidence, right = Q.max(axis=-1), Q.argmax(axis=-1) == LABELS
    error = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        error += abs(confidence[inside].sum() - right[inside].sum()) / 200
    assert ce.expected_calibration_error(Q, LABELS, bins=bins) == pytest.approx(error, abs=1e-13)
    counted = ce.reliability(Q, LABELS, bins=bins)
    assert counted.samples.sum() == 200
    assert np.nansum(counted.accuracy * counted.samples) == pytest.approx(right.sum())
    assert np.nansum(counted.confidence * counted.samples) == pytest.approx(confidence.sum())


def test_the_dtype_is_that_of_the_model_and_nothing_is_touched():
    for dtype, answer in ((np.float32, np.float32), (np.float64, np.float64), (int, np.float64)):
        q, labels = np.array([[1, 0], [0, 1]], dtype), np.array([0, 0])
        q.flags.writeable = labels.flags.writeable = False
        assert type(ce.brier_score(q, labels)) is answer
        assert type(ce.expected_calibration_error(q, labels)) is answer
        assert ce.reliability(q, labels).accuracy.dtype == answer
        assert ce.reliability(q, labels).samples.dtype == np.int64
    assert ce.reliability(np.zeros((0, 2)), []).samples.tolist() == [0] * 10
