"""Surprise, entropy, cross-entropy and their divergences, sentence by sentence."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

import cecourse as ce
from tests.mathematics import oracles

counts = st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)
pmfs = counts.map(lambda c: np.array(c) / sum(c))
pairs = (
    st.integers(1, 8)
    .flatmap(lambda n: st.tuples(*[st.lists(st.integers(1, 1000), min_size=n, max_size=n)] * 2))
    .map(lambda two: tuple(np.array(c) / sum(c) for c in two))
)
probabilities = st.floats(0, 1)
bases = st.sampled_from([2, np.e, 10, 3, 256, 1.5])


# What is known by hand.


def test_a_fair_coin_is_one_bit():
    assert ce.entropy([0.5, 0.5]) == 1
    assert ce.binary_entropy(0.5) == 1


def test_a_certain_event_tells_nothing():
    for nothing in (
        ce.information(1),
        ce.entropy([1, 0]),
        ce.binary_entropy(1),
        ce.cross_entropy([1, 0], [1, 0]),
    ):
        assert nothing == 0
        assert not np.signbit(nothing)


def test_an_impossible_event_is_infinitely_surprising():
    assert ce.information(0) == np.inf
    assert ce.cross_entropy([0.5, 0.5], [1, 0]) == np.inf
    assert ce.kl_divergence([0.5, 0.5], [1, 0]) == np.inf
    assert ce.kl_divergence([0.25, 0.75], [5e-324, 1]) < 300


def test_nothing_of_an_impossible_outcome_is_nothing():
    assert ce.entropy([0, 0.5, 0.5]) == 1
    assert ce.cross_entropy([0, 1], [0, 1]) == 0
    assert ce.kl_divergence([0, 1], [0, 1]) == 0
    assert ce.js_divergence([0, 1, 0], [0, 0, 1]) == 1


def test_powers_of_the_base_are_exact():
    assert [ce.information(2.0**-k) for k in range(1075)] == list(range(1075))
    assert [ce.information(10.0**-k, base=10) for k in range(300)] == list(range(300))
    assert [ce.information(4.0**-k, base=4) for k in range(500)] == list(range(500))
    assert ce.information(0.5, base=0.5) == -1
    assert ce.information(1, base=0.5) == 0
    assert not np.signbit(ce.information(1, base=0.5))
    for size in (2, 4, 1024):
        uniform, first = np.full(size, 1 / size), np.eye(size)[0]
        assert ce.entropy(uniform) == np.log2(size)
        assert ce.kl_divergence(first, uniform) == np.log2(size)
        assert ce.perplexity(uniform) == size
    assert ce.entropy(np.full(10, 0.1), base=10) == 1
    assert ce.kl_divergence(np.eye(10)[0], np.full(10, 0.1), base=10) == 1
    assert ce.kl_divergence([0.5, 0.25, 0.25], [0.25, 0.5, 0.25]) == 0.25


def test_the_lecture_units_are_bits_and_others_a_word_away():
    assert ce.entropy([0.5, 0.5], base=np.e) == np.log(2)
    assert ce.kl_divergence([1, 0], [0.5, 0.5], base=np.e) == np.log(2)
    assert ce.js_divergence([1, 0], [0, 1], base=np.e) == np.log(2)
    assert ce.js_divergence([1, 0], [0, 1], base=4) == 0.5
    assert ce.js_divergence([1, 0], [0, 1], base=0.5) == -1
    assert ce.mutual_information([[0.5, 0], [0, 0.5]], base=np.e) == pytest.approx(np.log(2), rel=4e-16)


def test_two_copies_of_a_bit_share_a_bit():
    assert ce.mutual_information([[0.5, 0.0], [0.0, 0.5]]) == 1
    assert ce.mutual_information(np.eye(8) / 8) == 3


def test_independent_variables_share_nothing():
    assert ce.mutual_information(np.outer([0.25, 0.75], [0.5, 0.125, 0.375])) == 0
    assert ce.mutual_information([[1.0]]) == 0


def test_mutual_information_of_tables_whose_marginals_multiply_to_nothing():
    tiny = 1e-250
    table = [[1.0, 0.0], [0.0, tiny]]
    assert ce.mutual_information(table) == pytest.approx(-tiny * np.log2(tiny) + tiny / np.log(2), rel=1e-15)


def test_conditional_entropy_is_what_the_second_variable_still_tells():
    assert ce.conditional_entropy([[0.5, 0.0], [0.0, 0.5]]) == 0
    assert not np.signbit(ce.conditional_entropy([[1.0]], base=0.5))
    assert ce.conditional_entropy(np.full((2, 4), 1 / 8)) == 2
    assert ce.conditional_entropy([[0.5, 0.0], [0.25, 0.25]]) == 0.5
    assert ce.conditional_entropy([[0.5, 0.25], [0.0, 0.25]]) == pytest.approx(
        0.75 * ce.binary_entropy(1 / 3)
    )
    assert ce.conditional_entropy([[4, 0], [2, 2]], normalize=True) == 0.5
    tiny = 2.0**-60
    expected = -0.5 * tiny * np.log2(tiny) + 0.5 * tiny / np.log(2)
    assert ce.conditional_entropy([[0.5, 0.5 * tiny], [0.0, 0.5]]) == pytest.approx(expected, rel=1e-15)


def test_counts_are_normalised_in_float64_whatever_their_dtype():
    # scipy#20083: a divergence of 5e-8 that float32 would lose after three digits.
    p, q = [0.027501475, 0.055202297], [0.027537677, 0.055334348]
    pair = [np.float32(x).astype(float).tolist() for x in (p, q)]
    exact = [[oracles.short.mpf(a) / oracles.short.fsum(x) for a in x] for x in pair]
    for dtype in (np.float32, np.float64):
        a, b = (np.array(x, dtype) for x in pair)
        js = ce.js_divergence(a, b, normalize=True)
        assert js == pytest.approx(
            float(oracles.js_divergence(*exact)), rel=1e-7 if dtype == np.float32 else 1e-10
        )
        kl = ce.kl_divergence(a, b, normalize=True)
        kl_exact = float(oracles.literal(*exact, 2))
        assert kl == pytest.approx(kl_exact, rel=1e-7 if dtype == np.float32 else 1e-10)
    joint = np.outer(p, q)
    assert ce.mutual_information(np.float32(joint), normalize=True) < 1e-15


@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.uint8, np.int64, bool])
def test_counts_of_every_dtype_are_taken_in_silence(dtype: Any):
    counts = np.array([[1, 0, 1], [1, 1, 0]], dtype)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        assert ce.entropy(counts, normalize=True).tolist() == [1, 1]
        assert ce.perplexity(counts, normalize=True) == pytest.approx([2, 2])
        assert ce.cross_entropy(counts, counts, normalize=True).tolist() == [1, 1]
        assert ce.js_divergence(counts[:1], counts[1:], normalize=True) == 0.5
        assert ce.mutual_information(counts, normalize=True) == 0.5
        assert ce.conditional_entropy(counts, normalize=True) == 1
        for bad in (np.inf, -1, np.nan):
            with pytest.raises(ValueError, match=r"`p` holds .* at index 0; expected counts"):
                ce.entropy(np.float32([bad, 1]), normalize=True)


def test_the_divergence_of_close_pmfs_keeps_its_digits():
    # KL is about d^2 / (2 p ln 2) and a subtraction of entropies gives noise, or less than 0.
    d = 2.0**-40
    p, q = np.array([0.5, 0.5]), np.array([0.5 + d, 0.5 - d])
    assert ce.kl_divergence(p, q) == pytest.approx(2 * d**2 / np.log(2), rel=1e-15)
    assert ce.js_divergence(p, q) == pytest.approx(d**2 / 2 / np.log(2), rel=1e-15)


def test_rounding_of_the_sums_does_not_drown_a_small_divergence():
    # The two rows sum to 1 with errors of 1e-16, a million times their divergence.
    q = np.array([0.1, 0.2, 0.7])
    p = q + np.array([1e-11, -1e-11, 0])
    exact = 1e-22 * (1 / 0.1 + 1 / 0.2) / 2 / np.log(2)
    assert ce.kl_divergence(p, q) == pytest.approx(exact, rel=1e-4)
    assert ce.kl_divergence(q, p) == pytest.approx(exact, rel=1e-4)


def test_a_literal_sum_counts_the_sums_as_they_are():
    p, q = np.array([0.5, 0.5]), np.array([0.25, 0.75 - 4e-9])
    assert ce.kl_divergence(p, q) == pytest.approx(
        float(stats.entropy(p, q, 2)) + np.log2(1 / (1 - 4e-9)), rel=1e-14
    )


def test_the_sums_count_until_they_are_a_few_millionths_of_the_divergence():
    # A divergence of 5.2e-4 bits, which the rounding of sums by 2.8e-9 would change in the sixth digit.
    p = np.array([1e-4, 1 - 1e-4])
    for excess, literal in ((1.5e-9, True), (2.8e-9, False)):
        q = np.array([1e-6, 1 - 1e-6 + excess])
        terms = float(np.sum(p * np.log2(p / q)))
        expected = terms if literal else terms + excess / np.log(2)
        assert ce.kl_divergence(p, q) == pytest.approx(expected, rel=1e-9)


def test_perplexity_counts_equally_likely_outcomes():
    assert ce.perplexity([1.0, 0.0]) == 1
    assert ce.perplexity([0.25, 0.25, 0.5]) == pytest.approx(2**1.5, rel=1e-15)
    assert ce.perplexity(np.full(1000, 0.001)) == pytest.approx(1000, rel=1e-15)


def test_perplexity_keeps_what_the_sum_of_its_entropy_rounds_off():
    rng = np.random.default_rng(0)
    errors = [oracles.ulps(ce.perplexity(p), oracles.perplexity(p)) for p in rng.dirichlet(np.ones(1000), 12)]
    assert max(errors) < 1


# Laws.


@given(probabilities, bases)
def test_surprise_is_never_negative_and_never_minus_zero(p: float, base: float):
    assert ce.information(p, base=base) >= 0
    assert not np.signbit(ce.information(p, base=base))


@given(st.floats(1e-100, 1), st.floats(1e-100, 1))
def test_independent_surprises_add(p: float, q: float):
    assert ce.information(p * q) == pytest.approx(ce.information(p) + ce.information(q), abs=1e-12)


@given(pmfs, bases)
def test_entropy_lies_between_certainty_and_the_uniform_pmf(p: np.ndarray, base: float):
    assert 0 <= ce.entropy(p, base=base) <= np.log(p.size) / np.log(base) * (1 + 1e-15)


@given(probabilities)
def test_a_coin_is_a_pmf_of_two(p: float):
    p = 1 - (1 - p)  # so that 1 - p is exact
    assert ce.binary_entropy(p) == ce.binary_entropy(1 - p)
    assert ce.binary_entropy(p) == pytest.approx(ce.entropy([p, 1 - p]), rel=1e-15)


@given(pairs, bases)
def test_gibbs_inequality(pair: Any, base: float):
    p, q = pair
    assert ce.kl_divergence(p, q, base=base) >= 0
    assert ce.cross_entropy(p, q, base=base) >= ce.entropy(p, base=base) * (1 - 1e-15)


@given(pairs, bases)
def test_cross_entropy_is_entropy_and_extra_bits(pair: Any, base: float):
    p, q = pair
    total = ce.entropy(p, base=base) + ce.kl_divergence(p, q, base=base)
    assert ce.cross_entropy(p, q, base=base) == pytest.approx(total, rel=1e-12, abs=1e-12)


@given(pmfs, bases)
def test_a_model_equal_to_the_truth_costs_nothing_extra(p: np.ndarray, base: float):
    assert ce.kl_divergence(p, p, base=base) == 0
    assert ce.js_divergence(p, p, base=base) == 0
    assert ce.cross_entropy(p, p, base=base) == ce.entropy(p, base=base)
    for zero in (
        ce.kl_divergence(p, p, base=base),
        ce.kl_divergence(p, p, base=1 / base),
        ce.js_divergence(p, p, base=1 / base),
    ):
        assert zero == 0
        assert not np.signbit(zero)


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6), st.integers(0, 60))
def test_close_pmfs_never_have_a_negative_or_undefined_divergence(weights: list[float], bits: int):
    p = np.array(weights) / sum(weights)
    q = p * (1 + 2.0**-bits * np.resize([1, -1], p.size))
    q /= q.sum()
    for one, other in ((p, q), (q, p), (p.astype(np.float32), q.astype(np.float32))):
        assert ce.kl_divergence(one, other) >= 0
        assert ce.js_divergence(one, other) >= 0


@given(pairs)
def test_js_is_symmetric_and_at_most_one_bit(pair: Any):
    p, q = pair
    assert 0 <= ce.js_divergence(p, q) <= 1
    assert ce.js_divergence(p, q) == ce.js_divergence(q, p)
    middle = (p + q) / 2
    mean = (ce.kl_divergence(p, middle) + ce.kl_divergence(q, middle)) / 2
    assert ce.js_divergence(p, q) == pytest.approx(mean, rel=1e-13, abs=1e-15)


@given(pairs)
def test_js_of_disjoint_pmfs_is_one_bit_however_their_sums_were_rounded(pair: Any):
    p, q = pair
    nothing = np.zeros_like(p)
    assert 1 - 1e-15 <= ce.js_divergence([*p, *nothing], [*nothing, *q]) <= 1


@pytest.mark.parametrize(
    ("base", "most"), [(2, 1), (np.e, np.log(2)), (10, np.log10(2)), (4, 0.5), (0.5, -1)]
)
def test_no_pmf_that_sums_to_a_little_more_passes_the_bound(base: float, most: float):
    p, q = [0.5 + 1e-9, 0.5, 0, 0], [0, 0, 0.5, 0.5 + 1e-9]
    assert ce.js_divergence(p, q, base=base) == most
    assert ce.js_divergence([0.5 + 1e-9, 0.5], [0.5, 0.5], base=base) / most == pytest.approx(0, abs=1e-15)


def test_cross_entropy_is_not_symmetric():
    assert ce.cross_entropy([0.5, 0.5], [0.25, 0.75]) != ce.cross_entropy([0.25, 0.75], [0.5, 0.5])
    assert ce.kl_divergence([0.5, 0.5], [0.25, 0.75]) != ce.kl_divergence([0.25, 0.75], [0.5, 0.5])


@given(pairs)
def test_mutual_information_is_entropy_shared(pair: Any):
    joint = np.outer(*pair) + np.eye(pair[0].size)
    joint /= joint.sum()
    # The chain rule: the second variable's entropy is what the first tells of it, and the rest.
    told, rest = ce.mutual_information(joint), ce.conditional_entropy(joint)
    assert told + rest == pytest.approx(ce.entropy(joint.sum(axis=0)), abs=1e-13)
    rows = joint / joint.sum(axis=1, keepdims=True)
    assert rest == pytest.approx((joint.sum(axis=1) * ce.entropy(rows)).sum(), abs=1e-13)
    entropies = ce.entropy(joint.sum(axis=0)) + ce.entropy(joint.sum(axis=1)) - ce.entropy(joint.ravel())
    assert ce.mutual_information(joint) == pytest.approx(entropies, abs=1e-13)
    assert ce.mutual_information(joint.T) == pytest.approx(ce.mutual_information(joint), rel=1e-13, abs=1e-18)
    assert ce.mutual_information(np.outer(*pair)) >= 0


# Other libraries.


@given(pairs, bases)
def test_scipy_agrees(pair: Any, base: float):
    p, q = pair
    assert ce.entropy(p, base=base) == pytest.approx(stats.entropy(p, base=base), rel=1e-13, abs=1e-15)
    assert ce.kl_divergence(p, q, base=base) == pytest.approx(
        stats.entropy(p, q, base=base), rel=1e-9, abs=1e-14
    )
    assert ce.kl_divergence(p, q, base=np.e) == pytest.approx(special.kl_div(p, q).sum(), rel=1e-9, abs=1e-14)


# Shapes and dtypes.

MEASURES = [
    lambda p: ce.information(p),
    lambda p: ce.binary_entropy(p),
    lambda p: ce.entropy(p),
    lambda p: ce.cross_entropy(p, p[..., ::-1]),
    lambda p: ce.kl_divergence(p, p[..., ::-1]),
    lambda p: ce.js_divergence(p, p[..., ::-1]),
    lambda p: ce.perplexity(p),
    lambda p: ce.mutual_information(p / 2),
    lambda p: ce.conditional_entropy(p / 2),
]


@pytest.mark.parametrize("measure", MEASURES)
def test_the_dtype_is_that_of_the_input_and_the_input_is_not_touched(measure: Any):
    p = np.array([[0.25, 0.75], [0.5, 0.5]])
    for dtype, answer in ((np.float32, np.float32), (np.float64, np.float64), (np.float16, np.float64)):
        given_ = p.astype(dtype)
        given_.flags.writeable = False
        value = measure(given_)
        assert value.dtype == answer
        assert np.array_equal(given_, p)
        assert np.allclose(value, measure(p), rtol=1e-6, atol=0)


def test_a_number_is_a_numpy_scalar():
    row = np.array([0.5, 0.5], np.float32)
    for value in (ce.entropy(row), ce.information(row[0]), ce.kl_divergence(row, row), ce.perplexity(row)):
        assert type(value) is np.float32
    assert type(ce.mutual_information([[0.5, 0.5]])) is np.float64
    assert type(ce.entropy([1, 0])) is np.float64
    assert ce.cross_entropy(row, row.astype(float)).dtype == np.float64


def test_the_class_axis_may_be_another():
    p = np.random.default_rng(0).dirichlet([1, 1, 1], (4, 5))
    q = p[::-1]
    moved = [np.moveaxis(a, -1, 0) for a in (p, q)]
    for function in (ce.cross_entropy, ce.kl_divergence, ce.js_divergence):
        assert np.array_equal(function(p, q), function(*moved, axis=0))
    assert np.array_equal(ce.entropy(p), ce.entropy(moved[0], axis=0))
    assert np.array_equal(ce.perplexity(p), ce.perplexity(moved[0], axis=0))
    assert ce.entropy(p).shape == (4, 5)
    assert ce.mutual_information(p[:, :, None, :]).shape == (4, 5)
    assert ce.mutual_information(p / 5).shape == (4,)


def test_an_empty_batch_has_no_entropies():
    assert ce.entropy(np.zeros((0, 3))).shape == (0,)
    assert ce.kl_divergence(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0,)
    assert ce.perplexity(np.zeros((0, 3))).shape == (0,)
    assert ce.mutual_information(np.zeros((0, 3, 2))).shape == (0,)
    assert ce.conditional_entropy(np.zeros((0, 3, 2))).shape == (0,)
    assert ce.information([]).shape == (0,)
    assert ce.binary_entropy([]).shape == (0,)
    assert ce.entropy(np.zeros((0, 3)), normalize=True).shape == (0,)


def test_no_warning_says_what_the_answer_says():
    with warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("error")
        ce.information([0, 1])
        ce.kl_divergence([0.5, 0.5, 0], [1, 0, 0])
        ce.js_divergence([1, 0, 0], [0, 1, 0])
        ce.mutual_information([[1, 0], [0, 0]])
        ce.kl_divergence([1, 0], [5e-324, 1])
        ce.binary_entropy([0, 1])
        ce.perplexity([1, 0])
