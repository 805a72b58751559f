"""The loss of a classifier and its slope, from probabilities and logits, for many classes or yes and no."""

import tracemalloc
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss

import cecourse as ce

inf = np.inf
RNG = np.random.default_rng(3)
Z = RNG.normal(size=(6, 4))
LABELS = np.array([0, 3, 1, 1, 2, 0])
SOFT = RNG.dirichlet([1, 1, 1, 1], 6)
WEIGHTS = np.array([1.0, 2.0, 0.0, 0.5])
OPTIONS: list[dict[str, Any]] = [
    {},
    {"label_smoothing": 0.2},
    {"class_weights": WEIGHTS},
    {"class_weights": WEIGHTS, "label_smoothing": 0.3},
    {"label_smoothing": 1.0},
]
logits = st.lists(st.floats(-50, 50), min_size=2, max_size=6).map(np.array)


def each_option(function: Any) -> Any:
    return pytest.mark.parametrize("options", OPTIONS, ids=str)(function)


def differences(loss: Callable[[np.ndarray], Any], z: np.ndarray, step: float = 1e-5) -> np.ndarray:
    """The slope of `loss` by central differences."""
    slopes = np.zeros_like(z)
    for i in np.ndindex(z.shape):
        d = np.zeros_like(z)
        d[i] = step
        slopes[i] = (loss(z + d) - loss(z - d)) / (2 * step)
    return slopes


# What is known by hand.


def test_one_hot_puts_everything_on_the_label():
    assert ce.one_hot([1, 2], 4).tolist() == [[0, 1, 0, 0], [0, 0, 1, 0]]
    assert ce.one_hot(0, 2).tolist() == [1, 0]
    assert ce.one_hot([[0], [1]], 2).tolist() == [[[1, 0]], [[0, 1]]]
    assert ce.one_hot([], 3).shape == (0, 3)
    assert ce.one_hot(np.array([1], np.uint8), 2).dtype == np.float64


def test_a_label_picks_one_term():
    q = [[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]]
    losses = ce.cross_entropy_from_probs(q, [1, 2], reduction="none")
    assert losses == pytest.approx([np.log(4), np.log(4 / 3)], rel=1e-15)
    assert ce.cross_entropy_from_probs(q, [1, 2]) == pytest.approx(np.log(16 / 3) / 2)
    assert ce.cross_entropy_from_probs(q, [1, 2], reduction="sum") == pytest.approx(np.log(16 / 3))


def test_a_model_that_knows_nothing_pays_log_c():
    for classes in (2, 3, 10):
        assert ce.cross_entropy_from_logits(np.zeros((5, classes)), [0] * 5) == pytest.approx(np.log(classes))


def test_a_sure_and_right_prediction_is_free():
    for loss in (
        ce.cross_entropy_from_probs([1.0, 0.0], 0),
        ce.cross_entropy_from_probs([1.0, 0.0], [1.0, 0.0]),
        ce.cross_entropy_from_logits([1e4, 0.0], 0),
        ce.cross_entropy_from_logits([1e4, 0.0], [1.0, 0.0]),
        ce.binary_cross_entropy_from_probs(1.0, 1),
        ce.binary_cross_entropy_from_probs(0.0, 0),
        ce.binary_cross_entropy_from_logits(1e4, 1),
        ce.binary_cross_entropy_from_logits(-inf, 0),
    ):
        assert loss == 0
        assert not np.signbit(loss)


def test_a_sure_and_wrong_prediction_is_infinite_not_clipped():
    assert ce.cross_entropy_from_probs([1.0, 0.0], 1) == inf
    assert ce.cross_entropy_from_probs([1.0, 0.0], [0.5, 0.5]) == inf
    assert ce.cross_entropy_from_probs([[1.0, 0.0], [0.5, 0.5]], [1, 1]) == inf
    assert ce.binary_cross_entropy_from_probs(0.0, 1) == inf
    assert ce.binary_cross_entropy_from_probs(1.0, 0.5) == inf
    assert ce.cross_entropy_from_probs([1 - 1e-17, 1e-17], 1) == -np.log(1e-17)  # scikit-learn clips at 2e-16
    assert ce.binary_cross_entropy_from_probs(1e-300, 1) == -np.log(1e-300)  # PyTorch stops at 100


def test_a_tiny_loss_keeps_its_digits():
    for margin in (40.0, 100.0, 700.0, 740.0):
        tiny = np.exp(-margin)
        assert ce.cross_entropy_from_logits([margin, 0.0], 0) == pytest.approx(tiny, rel=1e-15, abs=5e-324)
        assert ce.binary_cross_entropy_from_logits(margin, 1) == pytest.approx(tiny, rel=1e-15, abs=5e-324)
        slope = ce.cross_entropy_from_logits_grad([margin, 0.0], 0)
        assert slope == pytest.approx([-tiny, tiny], rel=1e-15, abs=5e-324)
        assert ce.cross_entropy_from_logits_grad([margin, 0.0], [1.0, 0.0]).tolist() == slope.tolist()
        assert ce.binary_cross_entropy_from_logits_grad(margin, 1) == pytest.approx(
            -tiny, rel=1e-15, abs=5e-324
        )
    assert ce.binary_cross_entropy_from_probs(2.0**-60, 0) == 2.0**-60


def test_a_large_loss_is_the_margin():
    assert ce.cross_entropy_from_logits([0.0, 800.0], 0) == 800
    assert ce.cross_entropy_from_logits([0.0, 1e300], 0) == 1e300
    assert ce.binary_cross_entropy_from_logits(-800.0, 1) == 800
    assert ce.cross_entropy_from_logits([-1e308, 1e308], 0) == inf  # 2e308 is no float
    assert ce.cross_entropy_from_logits([[-8e307, 8e307]] * 2, [0, 0]) == 1.6e308  # their sum is no float
    assert ce.cross_entropy_from_logits([[-8e307, 8e307]] * 2, [0, 0], reduction="sum") == inf


def test_logits_may_be_infinite():
    assert ce.cross_entropy_from_logits([0.0, 0.0, -inf], [0.5, 0.5, 0.0]) == pytest.approx(np.log(2))
    assert ce.cross_entropy_from_logits([0.0, -inf], 1) == inf
    assert ce.cross_entropy_from_logits([0.0, -inf], [0.5, 0.5]) == inf
    assert ce.cross_entropy_from_logits([inf, inf, 0.0], 0) == np.log(2)
    assert ce.cross_entropy_from_logits([inf, inf, 0.0], 2) == inf
    assert ce.cross_entropy_from_logits_grad([inf, 0.0], 0).tolist() == [0, 0]
    assert ce.cross_entropy_from_logits_grad([inf, 0.0], 1).tolist() == [1, -1]
    assert ce.cross_entropy_from_logits_grad([inf, -inf, inf], [0.5, 0, 0.5]).tolist() == [0, 0, 0]
    z = [-inf, -inf, inf, inf]
    assert ce.binary_cross_entropy_from_logits(z, [0, 1, 0, 1], reduction="none").tolist() == [0, inf, inf, 0]
    assert ce.binary_cross_entropy_from_logits(z, [0.5] * 4, reduction="none").tolist() == [inf] * 4
    assert ce.binary_cross_entropy_from_logits_grad(z, [0, 1, 0, 1], reduction="none").tolist() == [
        0,
        -1,
        1,
        0,
    ]


def test_a_class_without_weight_costs_nothing_even_where_it_is_excluded():
    assert ce.cross_entropy_from_logits([[0.0, -inf], [0.0, 0.0]], [1, 0], class_weights=[1, 0]) == np.log(2)


def test_label_smoothing_has_a_floor_that_is_an_entropy():
    smooth = 0.8 * ce.one_hot(0, 4) + 0.2 / 4
    at_best = ce.cross_entropy_from_logits(np.log(smooth), 0, label_smoothing=0.2)
    assert at_best == pytest.approx(ce.entropy(smooth, base=np.e))
    assert np.abs(ce.cross_entropy_from_logits_grad(np.log(smooth), 0, label_smoothing=0.2)).max() < 1e-15


def test_positive_weights_move_the_odds_of_the_minimum():
    y, weight = np.array([1, 0, 0, 0]), 3.0
    slope = ce.binary_cross_entropy_from_logits_grad(np.full(4, np.log(weight / 3)), y, pos_weight=weight)
    assert slope.sum() == pytest.approx(0, abs=1e-16)


# Laws.


@given(logits, st.integers(0, 5))
def test_the_loss_of_logits_is_the_loss_of_their_probabilities(z: np.ndarray, c: int):
    c %= z.size
    loss = ce.cross_entropy_from_logits(z, c)
    assert loss >= 0
    assert loss == pytest.approx(ce.logsumexp(z) - z[c], abs=1e-13)
    q = ce.softmax(z)
    assert loss == pytest.approx(ce.cross_entropy_from_probs(q / q.sum(), c), rel=1e-12, abs=1e-14)
    assert loss == pytest.approx(ce.cross_entropy_from_logits(z, ce.one_hot(c, z.size)), rel=1e-14)


@given(logits, st.integers(0, 5))
def test_the_slope_is_q_minus_p(z: np.ndarray, c: int):
    p = ce.one_hot(c % z.size, z.size)
    slope = ce.cross_entropy_from_logits_grad(z, c % z.size)
    assert slope == pytest.approx(ce.softmax(z) - p, abs=1e-15)
    assert slope.sum() == pytest.approx(0, abs=1e-15)


@given(st.floats(-50, 50), st.floats(0, 1))
def test_two_classes_are_yes_and_no(z: float, y: float):
    loss = ce.binary_cross_entropy_from_logits(z, y)
    assert loss == pytest.approx(ce.cross_entropy_from_logits([z, 0.0], [y, 1 - y]), rel=1e-14)
    slope = ce.binary_cross_entropy_from_logits_grad(z, y)
    assert slope == pytest.approx(ce.cross_entropy_from_logits_grad([z, 0.0], [y, 1 - y])[0], abs=1e-15)
    assert slope == pytest.approx(ce.sigmoid(z) - y, abs=1e-15)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_binary_loss_of_probabilities_is_a_cross_entropy(q: float, y: float):
    q = 1 - (1 - q)  # so that 1 - q is exact
    expected = ce.cross_entropy([y, 1 - y], [q, 1 - q], base=np.e)
    assert ce.binary_cross_entropy_from_probs(q, y) == pytest.approx(expected, rel=1e-14)


# The slope.


@each_option
@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("targets", [LABELS, SOFT], ids=["labels", "pmfs"])
@pytest.mark.parametrize("scale", [1.0, 200.0])
def test_gradient_is_the_slope(options: dict[str, Any], reduction: str, targets: np.ndarray, scale: float):
    z = scale * Z
    slope = ce.cross_entropy_from_logits_grad(z, targets, reduction=reduction, **options)
    expected = differences(
        lambda x: ce.cross_entropy_from_logits(x, targets, reduction=reduction, **options), z
    )
    assert np.allclose(slope, expected, atol=1e-6 if scale > 1 else 1e-9)


@each_option
@pytest.mark.parametrize("targets", [LABELS, SOFT], ids=["labels", "pmfs"])
def test_without_a_reduction_each_row_has_its_own_slope(options: dict[str, Any], targets: np.ndarray):
    slopes = ce.cross_entropy_from_logits_grad(Z, targets, reduction="none", **options)
    for row, t, slope in zip(Z, targets, slopes, strict=True):
        assert slope == pytest.approx(
            ce.cross_entropy_from_logits_grad(row, t, reduction="sum", **options), rel=1e-13
        )
    assert np.allclose(
        slopes, ce.cross_entropy_from_logits_grad(Z, targets, reduction="sum", **options), rtol=1e-15
    )


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("weight", [1.0, 2.5, 0.0])
@pytest.mark.parametrize("y", [(LABELS[:, None] == np.arange(4)).astype(int), SOFT], ids=["hard", "soft"])
def test_the_binary_gradient_is_the_slope(reduction: str, weight: float, y: np.ndarray):
    slope = ce.binary_cross_entropy_from_logits_grad(Z, y, reduction=reduction, pos_weight=weight)
    expected = differences(
        lambda x: ce.binary_cross_entropy_from_logits(x, y, reduction=reduction, pos_weight=weight), Z
    )
    assert np.allclose(slope, expected, atol=1e-9)
    alone = ce.binary_cross_entropy_from_logits_grad(Z, y, reduction="none", pos_weight=weight)
    assert np.allclose(alone, slope * (Z.size if reduction == "mean" else 1), rtol=1e-14)


@each_option
@pytest.mark.parametrize("how", ["mean", "sum", "none"])
@pytest.mark.parametrize("targets", [LABELS, SOFT], ids=["labels", "pmfs"])
@pytest.mark.parametrize("scale", [1.0, 500.0])
def test_value_and_gradient_in_one_are_the_value_and_the_gradient(
    options: dict[str, Any], how: str, targets: np.ndarray, scale: float
):
    for weights in (None, np.arange(6)):
        options = options | {"reduction": how, "weights": weights}
        value, slope = ce.cross_entropy_from_logits_value_and_grad(scale * Z, targets, **options)
        assert np.array_equal(value, ce.cross_entropy_from_logits(scale * Z, targets, **options))
        assert np.array_equal(slope, ce.cross_entropy_from_logits_grad(scale * Z, targets, **options))


@pytest.mark.parametrize("how", ["mean", "sum", "none"])
@pytest.mark.parametrize(
    "y", [(LABELS[:, None] == np.arange(4)).astype(int), SOFT, 1], ids=["hard", "soft", "one"]
)
def test_binary_value_and_gradient_in_one_are_the_value_and_the_gradient(how: str, y: Any):
    for z in (Z, 500 * Z, np.where(Z > 1, inf, Z), Z.astype(np.float32)):
        for options in ({}, {"weights": np.arange(24).reshape(6, 4), "pos_weight": 2.5}):
            value, slope = ce.binary_cross_entropy_from_logits_value_and_grad(z, y, reduction=how, **options)
            assert np.array_equal(value, ce.binary_cross_entropy_from_logits(z, y, reduction=how, **options))
            assert np.array_equal(
                slope, ce.binary_cross_entropy_from_logits_grad(z, y, reduction=how, **options)
            )


# Weights of samples.


@each_option
@pytest.mark.parametrize("how", ["mean", "sum"])
@pytest.mark.parametrize("targets", [LABELS, SOFT], ids=["labels", "pmfs"])
def test_a_weight_is_a_number_of_copies(options: dict[str, Any], how: str, targets: np.ndarray):
    w = np.array([3, 0, 1, 2, 1, 1])
    copies = np.repeat(Z, w, axis=0), np.repeat(targets, w, axis=0)
    options = options | {"reduction": how}
    ours, slope = ce.cross_entropy_from_logits_value_and_grad(Z, targets, weights=w, **options)
    assert ours == pytest.approx(ce.cross_entropy_from_logits(*copies, **options), rel=1e-13)
    slopes = ce.cross_entropy_from_logits_grad(*copies, **options)
    by_row = [slopes[np.repeat(np.arange(6), w) == row].sum(axis=0) for row in range(6)]
    assert np.allclose(slope, by_row, rtol=1e-13, atol=1e-16)
    if not options.keys() - {"reduction"}:
        q = ce.softmax(Z)
        ours = ce.cross_entropy_from_probs(q, targets, weights=w, **options)
        expected = ce.cross_entropy_from_probs(np.repeat(q, w, axis=0), copies[1], **options)
        assert ours == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("how", ["mean", "sum"])
def test_a_binary_weight_is_a_number_of_copies(how: str):
    z, y, w = Z[:, 0], LABELS > 1, np.array([3, 0, 1, 2, 1, 1])
    copies = np.repeat(z, w), np.repeat(y, w)
    ours, slope = ce.binary_cross_entropy_from_logits_value_and_grad(z, y, reduction=how, weights=w)
    assert ours == pytest.approx(ce.binary_cross_entropy_from_logits(*copies, reduction=how), rel=1e-14)
    expected = differences(lambda x: ce.binary_cross_entropy_from_logits(x, y, reduction=how, weights=w), z)
    assert np.allclose(slope, expected, atol=1e-9)
    ours = ce.binary_cross_entropy_from_probs(ce.sigmoid(z), y, reduction=how, weights=w)
    expected = ce.binary_cross_entropy_from_probs(ce.sigmoid(copies[0]), copies[1], reduction=how)
    assert ours == pytest.approx(expected, rel=1e-14)


def test_a_sample_without_weight_costs_nothing_even_where_its_loss_is_infinite():
    assert ce.cross_entropy_from_logits([[0.0, -inf], [0.0, 0.0]], [1, 0], weights=[0, 1]) == np.log(2)
    assert ce.cross_entropy_from_probs([[1.0, 0.0], [0.5, 0.5]], [1, 0], weights=[0, 1]) == np.log(2)
    assert ce.binary_cross_entropy_from_logits([-inf, 0.0], [1, 1], weights=[0, 1]) == np.log(2)
    slopes = ce.cross_entropy_from_logits_grad([[0.0, -inf], [0.0, 0.0]], [1, 0], weights=[0, 1])
    assert slopes.tolist() == [[0, 0], [-0.5, 0.5]]


@pytest.mark.parametrize("axis", [0, 1, -2])
def test_the_classes_may_stand_along_another_axis(axis: int):
    z, labels, soft = (a.reshape(2, 3, *a.shape[1:]) for a in (Z, LABELS, SOFT))
    moved = np.moveaxis(z, -1, axis)
    for targets, as_given in ((labels, labels), (soft, np.moveaxis(soft, -1, axis))):
        ours, slope = ce.cross_entropy_from_logits_value_and_grad(moved, as_given, axis=axis)
        assert ours == ce.cross_entropy_from_logits(z, targets)
        assert np.array_equal(np.moveaxis(slope, axis, -1), ce.cross_entropy_from_logits_grad(z, targets))
        q = ce.softmax(moved, axis=axis)
        ours = ce.cross_entropy_from_probs(q, as_given, axis=axis)
        assert ours == ce.cross_entropy_from_probs(ce.softmax(z), targets)
    assert np.array_equal(ce.one_hot(labels, 4, axis=axis), np.moveaxis(ce.one_hot(labels, 4), -1, axis))


# Reductions.


@each_option
@pytest.mark.parametrize("targets", [LABELS, SOFT], ids=["labels", "pmfs"])
def test_the_mean_is_over_samples_or_their_weights(options: dict[str, Any], targets: np.ndarray):
    losses = ce.cross_entropy_from_logits(Z, targets, reduction="none", **options)
    assert losses.shape == (6,)
    assert ce.cross_entropy_from_logits(Z, targets, reduction="sum", **options) == pytest.approx(losses.sum())
    pmfs = targets if targets.ndim == 2 else ce.one_hot(targets, 4)
    samples = (pmfs @ options.get("class_weights", np.ones(4))).sum()
    assert ce.cross_entropy_from_logits(Z, targets, **options) == pytest.approx(losses.sum() / samples)


@each_option
def test_the_definition_of_smoothing_and_weights(options: dict[str, Any]):
    smoothing, weights = options.get("label_smoothing", 0.0), options.get("class_weights", np.ones(4))
    for targets, pmfs in ((LABELS, ce.one_hot(LABELS, 4)), (SOFT, SOFT)):
        t = weights * ((1 - smoothing) * pmfs + smoothing / 4)
        expected = -(t * ce.log_softmax(Z)).sum(axis=-1)
        assert ce.cross_entropy_from_logits(Z, targets, reduction="none", **options) == pytest.approx(
            expected, rel=1e-13
        )


def test_labels_and_their_one_hot_pmfs_cost_the_same():
    for options in OPTIONS:
        for targets in (
            ce.one_hot(LABELS, 4),
            ce.one_hot(LABELS, 4).astype(int),
            ce.one_hot(LABELS, 4).tolist(),
        ):
            expected = ce.cross_entropy_from_logits(Z, LABELS, **options)
            assert ce.cross_entropy_from_logits(Z, targets, **options) == pytest.approx(expected, rel=1e-14)


def test_batches_may_have_any_shape():
    z, labels = Z.reshape(2, 3, 4), LABELS.reshape(2, 3)
    q = ce.softmax(Z)
    for soft in (labels, SOFT.reshape(2, 3, 4)):
        flat = soft.reshape(6, *soft.shape[2:])
        for how in ("mean", "sum", "none"):
            losses = ce.cross_entropy_from_logits(z, soft, reduction=how)
            assert np.array_equal(
                np.ravel(losses), np.ravel(ce.cross_entropy_from_logits(Z, flat, reduction=how))
            )
            losses = ce.cross_entropy_from_probs(q.reshape(2, 3, 4), soft, reduction=how)
            assert np.array_equal(
                np.ravel(losses), np.ravel(ce.cross_entropy_from_probs(q, flat, reduction=how))
            )
        assert ce.cross_entropy_from_logits(z, soft, reduction="none").shape == (2, 3)
        assert ce.cross_entropy_from_logits_grad(z, soft).shape == (2, 3, 4)
    assert ce.binary_cross_entropy_from_logits(z, 1, reduction="none").shape == (2, 3, 4)
    assert ce.binary_cross_entropy_from_logits_grad(z, 1).shape == (2, 3, 4)


@pytest.mark.parametrize("scale", [1.0, 1e3])
def test_the_order_in_memory_changes_nothing(scale: float):
    z = scale * Z
    for other in (np.asfortranarray(z), np.repeat(z, 2, axis=1)[:, ::2], z[::-1][::-1]):
        assert np.array_equal(ce.softmax(other), ce.softmax(z))
        assert np.array_equal(ce.log_softmax(other), ce.log_softmax(z))
        assert np.array_equal(ce.logsumexp(other), ce.logsumexp(z))
        for targets in (LABELS, SOFT, np.asfortranarray(SOFT)):
            ours = ce.cross_entropy_from_logits(other, targets, reduction="none")
            assert np.array_equal(ours, ce.cross_entropy_from_logits(z, targets, reduction="none"))
            slopes = ce.cross_entropy_from_logits_grad(other, targets)
            assert np.array_equal(slopes, ce.cross_entropy_from_logits_grad(z, targets))
        assert ce.binary_cross_entropy_from_logits(other, SOFT) == ce.binary_cross_entropy_from_logits(
            z, SOFT
        )


@pytest.mark.parametrize("scale", [1.0, 1e3])
def test_a_large_batch_is_done_row_by_row(scale: float):
    z = scale * RNG.normal(size=(50_000, 3))
    labels = RNG.integers(3, size=50_000)
    losses = ce.cross_entropy_from_logits(z, labels, reduction="none")
    some = np.r_[:10, 24_990:25_010, 49_990:50_000]
    assert np.array_equal(losses[some], ce.cross_entropy_from_logits(z[some], labels[some], reduction="none"))
    assert ce.cross_entropy_from_logits(z, labels) == pytest.approx(losses.mean(), rel=1e-13)
    slopes = ce.cross_entropy_from_logits_grad(z, labels, reduction="none")
    assert np.array_equal(
        slopes[some], ce.cross_entropy_from_logits_grad(z[some], labels[some], reduction="none")
    )
    y = (labels == 0)[:, None] * np.ones(3)
    losses = ce.binary_cross_entropy_from_logits(z, y, reduction="none")
    assert np.array_equal(
        losses[some], ce.binary_cross_entropy_from_logits(z[some], y[some], reduction="none")
    )
    slopes = ce.binary_cross_entropy_from_logits_grad(z, y, reduction="none")
    assert np.array_equal(
        slopes[some], ce.binary_cross_entropy_from_logits_grad(z[some], y[some], reduction="none")
    )


@pytest.mark.parametrize(
    ("shape", "dtype"), [((100_000, 20), np.float64), ((10_000, 10), np.float32), ((10_000, 10), np.float64)]
)
def test_a_batch_needs_little_work_space(shape: tuple[int, int], dtype: Any):
    z, labels = RNG.normal(size=shape).astype(dtype), RNG.integers(shape[1], size=shape[0])
    for function, limit in (
        (lambda: ce.softmax(z), 1.1),
        (lambda: ce.cross_entropy_from_logits_grad(z, labels), 1.1),
        (lambda: ce.cross_entropy_from_logits(z, labels), 0.05),
    ):
        function()
        tracemalloc.start()
        function()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < limit * z.nbytes


# Other libraries.


def test_scikit_learn_agrees():
    q = ce.softmax(Z)
    assert ce.cross_entropy_from_logits(Z, LABELS) == pytest.approx(log_loss(LABELS, q), rel=1e-13)
    y = LABELS > 1
    assert ce.binary_cross_entropy_from_probs(q[:, 0], y.astype(int)) == pytest.approx(
        log_loss(y, q[:, 0]), rel=1e-13
    )


@each_option
def test_pytorch_agrees_where_it_is_installed(options: dict[str, Any]):
    torch = pytest.importorskip("torch")
    theirs = {k: torch.tensor(v) if k == "class_weights" else v for k, v in options.items()}
    theirs = {("weight" if k == "class_weights" else k): v for k, v in theirs.items()}
    for targets in (LABELS, SOFT):
        for reduction in ("none", "sum", *(["mean"] if targets is LABELS or "weight" not in theirs else [])):
            z = torch.tensor(Z, requires_grad=True)
            loss = torch.nn.functional.cross_entropy(z, torch.tensor(targets), reduction=reduction, **theirs)
            loss.sum().backward()
            ours = ce.cross_entropy_from_logits(Z, targets, reduction=reduction, **options)
            assert np.allclose(ours, loss.detach().numpy(), rtol=1e-13)
            slope = ce.cross_entropy_from_logits_grad(Z, targets, reduction=reduction, **options)
            assert np.allclose(slope, z.grad.numpy(), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("weight", [1.0, 2.5])
def test_pytorch_agrees_on_two_classes_where_it_is_installed(weight: float):
    torch = pytest.importorskip("torch")
    z, y = torch.tensor(Z, requires_grad=True), torch.tensor(SOFT)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(z, y, pos_weight=torch.tensor(weight))
    loss.backward()
    assert ce.binary_cross_entropy_from_logits(Z, SOFT, pos_weight=weight) == pytest.approx(
        loss.item(), rel=1e-13
    )
    slope = ce.binary_cross_entropy_from_logits_grad(Z, SOFT, pos_weight=weight)
    assert np.allclose(slope, z.grad.numpy(), rtol=1e-12, atol=1e-15)


# Dtypes.

LOSSES: list[Callable[..., Any]] = [
    lambda z, how: ce.cross_entropy_from_probs(z, [0, 1], reduction=how),
    lambda z, how: ce.cross_entropy_from_probs(z, [[0.5, 0.5], [1, 0]], reduction=how),
    lambda z, how: ce.cross_entropy_from_logits(z, [0, 1], reduction=how),
    lambda z, how: ce.cross_entropy_from_logits(z, [[0.5, 0.5], [1, 0]], reduction=how),
    lambda z, how: ce.cross_entropy_from_logits_grad(z, [0, 1], reduction=how),
    lambda z, how: ce.cross_entropy_from_logits_grad(z, [[0.5, 0.5], [1, 0]], reduction=how),
    lambda z, how: ce.binary_cross_entropy_from_probs(z, [[0, 1], [0.5, 1]], reduction=how),
    lambda z, how: ce.binary_cross_entropy_from_logits(z, [[0, 1], [0.5, 1]], reduction=how),
    lambda z, how: ce.binary_cross_entropy_from_logits_grad(z, [[0, 1], [0.5, 1]], reduction=how),
]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("how", ["mean", "sum", "none"])
def test_the_dtype_is_that_of_the_model_and_nothing_is_touched(loss: Callable[..., Any], how: str):
    for dtype, answer in ((np.float32, np.float32), (np.float64, np.float64), (np.float16, np.float64)):
        z = np.array([[0.25, 0.75], [0.5, 0.5]], dtype)
        before = z.copy()
        z.flags.writeable = False
        value = loss(z, how)
        assert value.dtype == answer
        assert isinstance(value, np.generic) == (value.ndim == 0)
        assert np.array_equal(z, before)
        assert np.allclose(value, loss(before.tolist(), how), rtol=1e-6)


def test_a_float32_loss_is_the_exact_one_rounded_once():
    q = ce.softmax(5 * RNG.normal(size=(300, 4))).astype(np.float32)
    labels, soft = RNG.integers(4, size=300), RNG.dirichlet([1, 1, 1, 1], 300)
    for targets, pmfs in ((labels, ce.one_hot(labels, 4)), (soft, soft)):
        exact = -(pmfs * np.log(q.astype(np.float64))).sum(axis=-1)
        ours = ce.cross_entropy_from_probs(q, targets, reduction="none")
        assert (np.abs(ours - exact) <= 0.51 * np.spacing(np.abs(ours))).all()


def test_targets_and_weights_are_not_touched():
    targets, weights, y = SOFT.copy(), WEIGHTS.copy(), LABELS.copy()
    for array in (targets, weights, y):
        array.flags.writeable = False
    ce.cross_entropy_from_logits_grad(
        Z, targets, reduction="mean", class_weights=weights, label_smoothing=0.1
    )
    ce.cross_entropy_from_logits(Z, y, reduction="mean", class_weights=weights, label_smoothing=0.1)
    ce.binary_cross_entropy_from_logits_grad(Z, targets, pos_weight=2)
    assert np.array_equal(targets, SOFT)
    assert np.array_equal(weights, WEIGHTS)


def test_float32_beyond_its_range_is_infinite_without_a_warning():
    z = np.array([[-3e38, 3e38]], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ce.cross_entropy_from_logits(z, [0]) == inf
        assert ce.log_softmax(z)[0, 0] == -inf
        assert ce.cross_entropy_from_logits_grad(z, [0]).tolist() == [[-1, 1]]


def test_no_warning_says_what_the_answer_says():
    with warnings.catch_warnings(), np.errstate(all="warn"):
        warnings.simplefilter("error")
        for z in ([0.0, -inf], [inf, 0.0], [1e308, -1e308], [-800.0, 800.0]):
            for t in (0, 1, [0.5, 0.5]):
                ce.cross_entropy_from_logits(z, t)
                ce.cross_entropy_from_logits_grad(z, t)
            ce.binary_cross_entropy_from_logits(z, [0, 1])
            ce.binary_cross_entropy_from_logits_grad(z, [0.5, 1])
        ce.cross_entropy_from_probs([1.0, 0.0], 1)
        ce.binary_cross_entropy_from_probs([0.0, 1.0], [1, 0.5])
