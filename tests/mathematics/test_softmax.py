"""From scores to probabilities without overflow, underflow or wrap-around."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

import cecourse as ce

logits = st.lists(st.floats(-50, 50), min_size=1, max_size=8).map(np.array)
finite = st.floats(-1e300, 1e300)
any_logits = st.lists(finite, min_size=1, max_size=8).map(np.array)
inf = np.inf


def test_softmax_makes_a_pmf():
    assert ce.softmax([0.0, 0.0]).tolist() == [0.5, 0.5]
    assert ce.softmax([0.0, np.log(3.0)]) == pytest.approx([0.25, 0.75], rel=3e-16)
    assert ce.softmax([5.0]).tolist() == [1.0]


@given(any_logits)
def test_probabilities_lie_between_zero_and_one_and_sum_to_one(z: np.ndarray):
    q = ce.softmax(z)
    assert (q >= 0).all()
    assert (q <= 1).all()
    assert q.sum() == pytest.approx(1, rel=1e-14)
    assert q[z.argmax()] == q.max()


@given(logits, st.floats(-20, 20))
def test_a_shift_of_all_logits_changes_nothing(z: np.ndarray, shift: float):
    assert ce.softmax(z + shift) == pytest.approx(ce.softmax(z), rel=1e-12)


def test_softmax_at_a_thousand_does_not_overflow():
    assert ce.softmax([1000.0, 1000.0]).tolist() == [0.5, 0.5]
    assert ce.softmax([1e308, -1e308]).tolist() == [1.0, 0.0]
    assert ce.softmax([-1e308, -1e308]).tolist() == [0.5, 0.5]
    assert ce.softmax([340.0, 341.0]) == pytest.approx(ce.softmax([0.0, 1.0]), rel=1e-15)
    assert ce.softmax([-340.0, -341.0]) == pytest.approx(ce.softmax([1.0, 0.0]), rel=1e-15)


def test_softmax_of_uint8_does_not_wrap_around():
    z = np.array([250, 255, 0], np.uint8)
    assert ce.softmax(z).tolist() == ce.softmax([250.0, 255.0, 0.0]).tolist()
    assert ce.softmax(z).dtype == np.float64
    assert ce.softmax(np.array([True, False])).tolist() == ce.softmax([1.0, 0.0]).tolist()


def test_a_class_at_minus_infinity_has_no_probability():
    assert ce.softmax([0.0, -inf, 0.0]).tolist() == [0.5, 0.0, 0.5]
    assert ce.log_softmax([0.0, -inf]).tolist() == [0.0, -inf]


def test_classes_at_infinity_share_the_probability():
    assert ce.softmax([inf, 0.0, inf, inf, inf]).tolist() == [0.25, 0, 0.25, 0.25, 0.25]
    assert ce.log_softmax([inf, 0.0, inf]) == pytest.approx([-np.log(2), -inf, -np.log(2)], rel=1e-15)
    assert ce.softmax([[inf, -inf], [0.0, 0.0]]).tolist() == [[1, 0], [0.5, 0.5]]


def test_temperature_leads_from_the_largest_to_the_uniform():
    z = [1.0, 2.0, 3.0]
    assert ce.softmax(z, temperature=1e-3).tolist() == [0, 0, 1]
    assert ce.softmax(z, temperature=1e300) == pytest.approx([1 / 3] * 3)
    assert ce.softmax([1e308, -1e308], temperature=1e308) == pytest.approx(ce.softmax([1.0, -1.0]), rel=1e-15)
    assert ce.softmax([1e-308, 0.0], temperature=1e-308) == pytest.approx(ce.softmax([1.0, 0.0]), rel=1e-15)
    assert ce.log_softmax([1e308, -1e308], temperature=4.0)[1] == -5e307


@given(logits, st.floats(0.1, 10))
def test_a_temperature_divides_the_logits(z: np.ndarray, temperature: float):
    assert ce.softmax(z, temperature=temperature) == pytest.approx(ce.softmax(z / temperature), rel=1e-11)
    expected = ce.log_softmax(z / temperature)
    assert ce.log_softmax(z, temperature=temperature) == pytest.approx(expected, rel=1e-11, abs=1e-11)


def test_a_temperature_of_a_power_of_two_is_exact():
    z = np.array([0.3, -1.7, 2.9])
    for temperature in (0.25, 0.5, 2.0, 64.0):
        assert ce.log_softmax(z, temperature=temperature) == pytest.approx(
            ce.log_softmax(z / temperature), rel=4e-16
        )


def test_log_softmax_is_not_the_log_of_softmax():
    assert ce.log_softmax([0.0, -1000.0])[1] == -1000
    assert ce.log_softmax([50.0, 0.0])[0] == pytest.approx(-np.exp(-50.0), rel=3e-16)
    assert ce.log_softmax([0.0, -800.0]).tolist() == [0.0, -800.0]
    assert not np.signbit(ce.log_softmax([0.0, -800.0])[0])
    assert not np.signbit(ce.log_softmax([1e6, -1e6])[0])
    assert not np.signbit(ce.log_softmax([3.0])[0])


@given(any_logits)
def test_log_softmax_is_never_positive(z: np.ndarray):
    assert (ce.log_softmax(z) <= 0).all()


@given(logits)
def test_scipy_agrees(z: np.ndarray):
    assert ce.softmax(z) == pytest.approx(special.softmax(z), rel=1e-12)
    assert ce.log_softmax(z) == pytest.approx(special.log_softmax(z), rel=1e-12, abs=1e-14)
    assert ce.logsumexp(z) == pytest.approx(special.logsumexp(z), rel=1e-12, abs=1e-14)
    assert ce.sigmoid(z) == pytest.approx(special.expit(z), rel=1e-13)
    assert ce.log_sigmoid(z) == pytest.approx(special.log_expit(z), rel=1e-13)


def test_logsumexp_is_a_smooth_maximum():
    assert ce.logsumexp([1000.0, 1000.0]) == 1000 + np.log(2)
    assert ce.logsumexp([0.0, -1e300]) == 0
    assert ce.logsumexp([-1e308]) == -1e308


def test_logsumexp_takes_every_row():
    assert ce.logsumexp([]) == -inf
    assert ce.logsumexp([-inf, -inf]) == -inf
    assert ce.logsumexp([inf, 0.0, -inf]) == inf
    assert np.isnan(ce.logsumexp([np.nan, 0.0]))
    assert np.isnan(ce.logsumexp([np.nan, inf]))
    rows = ce.logsumexp([[0.0, 0.0], [-inf, -inf], [inf, 1.0], [800.0, -800.0]])
    assert rows.tolist() == [np.log(2), -inf, inf, 800]
    assert ce.logsumexp(np.zeros((3, 0))).tolist() == [-inf] * 3
    assert ce.logsumexp(np.zeros((0, 3))).shape == (0,)


@given(logits)
def test_a_sigmoid_is_a_softmax_of_two(z: np.ndarray):
    two = np.stack([z, np.zeros_like(z)], axis=-1)
    assert ce.sigmoid(z) == pytest.approx(ce.softmax(two)[:, 0], rel=1e-14)
    assert ce.log_sigmoid(z) == pytest.approx(ce.log_softmax(two)[:, 0], rel=1e-14)


def test_a_sigmoid_is_total():
    assert ce.sigmoid([-inf, -800.0, 0.0, 800.0, inf]).tolist() == [0, 0, 0.5, 1, 1]
    assert ce.log_sigmoid([-inf, -800.0, 800.0, inf]).tolist() == [-inf, -800, 0, 0]
    assert not np.signbit(ce.log_sigmoid(inf))
    assert ce.sigmoid(-740.0) == np.exp(-740.0)
    assert ce.log_sigmoid(40.0) == -np.exp(-40.0)


@given(logits)
def test_the_jacobian_has_rows_that_sum_to_zero(z: np.ndarray):
    q = ce.softmax(z)
    jacobian = np.diag(q) - np.outer(q, q)
    assert jacobian.sum(axis=-1) == pytest.approx(np.zeros(z.size), abs=1e-15)
    step = 1e-6 * np.eye(z.size)
    slopes = (ce.softmax(z + step) - ce.softmax(z - step)) / 2e-6
    assert np.allclose(slopes, jacobian, atol=1e-8)


# Shapes, dtypes and blocks.

FUNCTIONS = [ce.softmax, ce.log_softmax, ce.logsumexp, ce.sigmoid, ce.log_sigmoid]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("scale", [1.0, 1e4])
def test_the_dtype_is_that_of_the_input_and_the_input_is_not_touched(function: Any, scale: float):
    z = scale * np.random.default_rng(0).normal(size=(3, 4)).astype(np.float16)
    for dtype, answer in ((np.float32, np.float32), (np.float64, np.float64), (np.float16, np.float64)):
        given_ = z.astype(dtype)
        before = given_.copy()
        given_.flags.writeable = False
        assert function(given_).dtype == answer
        assert np.array_equal(given_, before)
        assert np.allclose(function(given_), function(given_.astype(float)), rtol=1e-6, atol=1e-30)


def test_a_number_is_a_numpy_scalar():
    assert type(ce.logsumexp(np.zeros(2, np.float32))) is np.float32
    assert type(ce.logsumexp([])) is np.float64
    assert type(ce.sigmoid(0)) is np.float64
    assert type(ce.log_sigmoid(np.float32(1))) is np.float32


@pytest.mark.parametrize("axis", [0, 1, -1, -2, -3])
def test_the_class_axis_may_be_another(axis: int):
    z = np.random.default_rng(0).normal(size=(2, 3, 4))
    for function, other in ((ce.softmax, special.softmax), (ce.log_softmax, special.log_softmax)):
        assert np.allclose(function(z, axis=axis), other(z, axis=axis), rtol=1e-13)
    for keepdims in (False, True):
        value = ce.logsumexp(z, axis=axis, keepdims=keepdims)
        expected = special.logsumexp(z, axis=axis, keepdims=keepdims)
        assert value.shape == expected.shape
        assert np.allclose(value, expected, rtol=1e-13)


def test_no_classes_give_no_probabilities():
    for function in (ce.softmax, ce.log_softmax):
        for shape in ((0,), (3, 0), (0, 3)):
            assert function(np.zeros(shape)).shape == shape
            assert function(np.zeros(shape, np.float32)).dtype == np.float32


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(40_000, 3), (300, 200), (2, 50_000), (5, 7000, 2)])
def test_a_large_batch_is_done_row_by_row(shape: tuple[int, ...], dtype: Any):
    z = np.random.default_rng(0).normal(size=shape).astype(dtype)
    rtol = 1e-13 if dtype == np.float64 else 1e-6
    for values in (z, 1e3 * z):
        assert np.allclose(
            ce.softmax(values), special.softmax(values.astype(float), -1), rtol=rtol, atol=1e-40
        )
        assert np.allclose(
            ce.log_softmax(values), special.log_softmax(values.astype(float), -1), rtol=rtol, atol=1e-9
        )
        assert np.allclose(ce.logsumexp(values), special.logsumexp(values.astype(float), -1), rtol=rtol)


def test_no_warning_says_what_the_answer_says():
    with warnings.catch_warnings(), np.errstate(all="warn"):
        warnings.simplefilter("error")
        for z in ([0.0, 1e308, -1e308], [inf, -inf], [-800.0, 0.0], [[0.0, -800.0], [-1e5, 1.0]]):
            for function in FUNCTIONS:
                function(z)
        ce.logsumexp([np.nan, -inf])
        ce.softmax([1e308, -1e308], temperature=3e-308)
        ce.softmax(np.array([3e38, -3e38], np.float32))
        ce.log_softmax(np.array([3e38, -3e38], np.float32))
