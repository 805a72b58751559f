"""Brier's score and calibration."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
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


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("equal_mass", [False, True])
def test_every_edge_of_up_to_a_thousand_bins_belongs_to_the_bin_below(dtype: Any, equal_mass: bool):
    for bins in range(1, 1001):
        edges = (np.arange(1, bins + 1) / bins).astype(dtype)
        seen = ce.binary_reliability(edges, 1, bins=bins, equal_mass=equal_mass)
        assert (seen.samples == 1).all()
        assert (seen.confidence == edges).all()
        above = np.nextafter(edges[:-1], dtype(1))
        assert ce.binary_reliability(above, 1, bins=bins).samples.tolist() == [0] + [1] * (bins - 1)


def test_bins_of_equal_mass_hold_equally_many_samples_and_keep_equal_confidences_together():
    q = RNG.random(103)
    for bins in (1, 2, 7, 103):
        samples = ce.binary_reliability(q, 1, bins=bins, equal_mass=True).samples
        assert samples.max() - samples.min() <= 1
    seen = ce.binary_reliability([0.25, 0.25, 0.25, 0.75], 1, bins=4, equal_mass=True)
    assert sorted(seen.samples.tolist()) == [0, 0, 1, 3]
    order = RNG.permutation(200)
    for bins in (3, 10):
        one = ce.reliability(Q, LABELS, bins=bins, equal_mass=True)
        other = ce.reliability(Q[order], LABELS[order], bins=bins, equal_mass=True)
        assert one.samples.tolist() == other.samples.tolist()
        assert one.confidence == pytest.approx(other.confidence, nan_ok=True)


@pytest.mark.parametrize("strategy", ["uniform", "quantile"])
def test_scikit_learn_agrees_on_the_calibration_of_two_classes(strategy: str):
    q, y = RNG.random(500), RNG.integers(2, size=500)
    share, mean = calibration_curve(y, q, n_bins=10, strategy=strategy)
    seen = ce.binary_reliability(q, y, equal_mass=strategy == "quantile")
    assert seen.accuracy == pytest.approx(share)
    assert seen.confidence == pytest.approx(mean)
    assert ce.binary_brier_score(q, y) == pytest.approx(brier_score_loss(y, q), rel=1e-13)
    w = RNG.random(500)
    assert ce.binary_brier_score(q, y, weights=w) == pytest.approx(
        brier_score_loss(y, q, sample_weight=w), rel=1e-13
    )


@given(st.floats(0, 1), st.sampled_from([0, 1]))
def test_the_binary_score_is_half_of_that_of_two_classes(q: float, y: int):
    q = 1 - (1 - q)
    assert ce.binary_brier_score(q, y) == pytest.approx(ce.brier_score([1 - q, q], y) / 2, rel=1e-15)


def test_the_binary_calibration_error_is_the_gap_of_each_bin():
    assert ce.binary_expected_calibration_error([0.1, 0.3, 0.9, 0.9], [0, 1, 1, 0], bins=2) == pytest.approx(
        (2 * abs(0.2 - 0.5) + 2 * abs(0.9 - 0.5)) / 4
    )
    assert ce.binary_reliability(0.0, 0, bins=3).samples.tolist() == [1, 0, 0]
    with pytest.raises(ValueError, match=r"batch is empty.*Skip empty batches\.$"):
        ce.binary_expected_calibration_error([], [])
    assert ce.binary_reliability([], [], equal_mass=True).samples.tolist() == [0] * 10


@pytest.mark.parametrize("equal_mass", [False, True])
def test_a_weight_is_a_number_of_copies(equal_mass: bool):
    w = RNG.integers(0, 4, size=200)
    q, labels = np.repeat(Q, w, axis=0), np.repeat(LABELS, w)
    options = {"bins": 7, "equal_mass": equal_mass}
    for ours, copies in zip(
        ce.reliability(Q, LABELS, weights=w, **options), ce.reliability(q, labels, **options), strict=True
    ):
        assert ours == pytest.approx(copies, rel=1e-13, nan_ok=True)
    ours = ce.expected_calibration_error(Q, LABELS, weights=w, **options)
    assert ours == pytest.approx(ce.expected_calibration_error(q, labels, **options), rel=1e-12)
    assert ce.brier_score(Q, LABELS, weights=w) == pytest.approx(ce.brier_score(q, labels), rel=1e-13)
    each = ce.brier_score(Q, LABELS, weights=w, reduction="none")
    assert each == pytest.approx(w * ce.brier_score(Q, LABELS, reduction="none"), rel=1e-15)


def test_the_classes_may_stand_along_another_axis_and_come_as_counts():
    counts = np.moveaxis(RNG.integers(1, 9, size=(4, 5, 3)), -1, 1)
    labels = RNG.integers(3, size=(4, 5))
    q = np.moveaxis(counts, 1, -1) / counts.sum(axis=1)[..., None]
    for function in (
        ce.brier_score,
        ce.reliability,
        ce.expected_calibration_error,
        ce.cross_entropy_from_probs,
    ):
        given = function(counts.astype(np.float32), labels, axis=1, normalize=True)
        expected = function(q, labels)
        for one, other in zip(np.atleast_1d(given), np.atleast_1d(expected), strict=True):
            assert one == pytest.approx(other, rel=1e-6, nan_ok=True)
    soft = np.moveaxis(counts, 1, -1)[::-1]
    ours = ce.brier_score(counts, np.moveaxis(soft, -1, 1), axis=1, normalize=True)
    assert ours == pytest.approx(ce.brier_score(q, soft / soft.sum(axis=-1, keepdims=True)), rel=1e-14)


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
