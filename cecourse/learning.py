"""Linear models trained by full-batch gradient descent, with everything that happens on the way kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import nextafter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from . import _checks as check
from . import _kernels as kernel
from ._checks import Array
from ._kernels import Pair
from .losses import (
    binary_cross_entropy_from_logits_grad,
    binary_cross_entropy_from_logits_value_and_grad,
    cross_entropy_from_logits_grad,
    cross_entropy_from_logits_value_and_grad,
)
from .scores import binary_brier_score, brier_score
from .softmax import sigmoid, softmax

__all__ = [
    "Fit",
    "binary_squared_error_from_logits_grad",
    "fit_linear_regression",
    "fit_logistic_regression",
    "fit_softmax_regression",
    "fit_temperature",
    "squared_error_from_logits_grad",
    "standardize",
    "stratified_split",
]


class Fit(NamedTuple):
    """A trained model, whose logits are x @ weights + bias, and its way there from the start.

    `losses` (steps + 1,) holds the mean loss before the first step, ..., after the last one; `weights_path`
    and `bias_path` hold the parameters at the same moments, along their first axis.
    """

    weights: Array
    bias: Array
    losses: Array
    weights_path: Array
    bias_path: Array


def stratified_split(labels: ArrayLike, test_share: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Indices of a training and of a test part, with the same shares of each class.  (N,) -> (M,), (N - M,)

    Of a class with n samples, `test_share` * n, rounded, go to the test part; both parts are sorted. Raises
    `ValueError` where `labels` are no row of labels or `test_share` is not between 0 and 1.

    Args:
        labels: whole numbers, one per sample.
        test_share: the share of the test part, above 0 and below 1.
        rng: the generator that draws.

    >>> train, test = stratified_split([0, 0, 0, 0, 1, 1], 0.5, np.random.default_rng(0))
    >>> train.size, test.size
    (3, 3)
    """
    labels = check.array("labels", labels)
    if labels.ndim != 1:
        check.complain(
            f"`labels` has the shape {labels.shape}",
            "one label per sample (N,)",
            "Give np.ravel(labels) of a column, labels.argmax(axis=-1) of pmfs.",
        )
    share = check.number("test_share", test_share, "a share between 0 and 1", 0.0, nextafter(1, 0))
    if not isinstance(rng, np.random.Generator):
        check.complain(f"`rng` is {rng!r}", "a generator", "Give np.random.default_rng(seed).", TypeError)
    is_test = np.zeros(labels.shape, dtype=bool)
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        is_test[members[: round(share * members.size)]] = True
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def standardize(x: ArrayLike, *, like: ArrayLike | None = None) -> Array:
    """Features in standard deviations from the mean of `like`, the training part.  (N, D) -> (N, D)

    Without `like`, `x` is the training part itself. Raises `ValueError` for a feature that is constant there.

    Args:
        x: features, one row per sample.
        like: features of the training part.

    >>> standardize([[1.0], [3.0]]), standardize([[4.0]], like=[[1.0], [3.0]])
    (array([[-1.],
           [ 1.]]), array([[2.]]))
    """
    x = _features("x", x)
    train = x if like is None else _features("like", like)
    constant = train.max(axis=0) == train.min(axis=0)
    if constant.any():
        check.complain(
            f"the feature in column {constant.argmax()} has the same value in every sample",
            "features that vary",
            "Leave this column out: it cannot tell the classes apart.",
        )
    with kernel.no_warnings():
        # Powers of two change no digit, and keep squares from overflow and underflow.
        power = -np.frexp(np.abs(train).max(axis=0))[1]
        x, train = np.ldexp(x, power), np.ldexp(train, power)
        standardized: Array = (x - train.mean(axis=0)) / train.std(axis=0)
    return standardized


def fit_linear_regression(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Weights and bias for which x @ weights + bias has the least squared error.  (N, D), (N,) -> (D,), ()

    With targets (N, C), one model per column: (D, C), (C,).

    Args:
        x: features, one row per sample.
        y: targets (N,) or (N, C).

    >>> weights, bias = fit_linear_regression([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0])
    >>> weights.round(9), bias.round(9)
    (array([2.]), np.float64(1.0))
    """
    x, y = _features("x", x), check.real("y", y)
    _expect_rows(x, y, "y")
    solution = np.linalg.lstsq(np.column_stack([x, np.ones(len(x))]), y)[0]
    return solution[:-1], solution[-1]


def fit_softmax_regression(
    x: ArrayLike,
    targets: ArrayLike,
    *,
    steps: int = 1000,
    learning_rate: float = 1.0,
    loss: str = "cross_entropy",
    start: tuple[ArrayLike, ArrayLike] | None = None,
    **options: Any,
) -> Fit:
    """Softmax regression by gradient descent on the mean loss: weights (D, C) and a bias (C,).

    There are as many classes as the largest label says; give `one_hot(labels, C)` where a class may be
    missing. Raises `ValueError` for features, targets, steps or a start that do not fit, and where the loss
    ends above its start.

    Args:
        x: features (N, D).
        targets: labels (N,) or pmfs (N, C).
        steps: how many steps down the slope.
        learning_rate: the length of a step over the slope.
        loss: "cross_entropy" (nats) or "squared_error" (of the probabilities: Brier's score).
        start: (weights, bias), zeros unless given.
        options: of the cross-entropy: `weights`, `class_weights` and `label_smoothing`.

    >>> fit = fit_softmax_regression([[-1.0], [1.0]], [0, 1], steps=1)
    >>> fit.weights, fit.losses.round(3)
    (array([[-0.5,  0.5]]), array([0.693, 0.313]))
    """
    x, t = _features("x", x), check.array("targets", targets)
    if t.ndim != 2 or t.shape[1] == 1:
        t = check.labels("targets", t, np.iinfo(np.int32).max, x.shape[:1])
    _expect_rows(x, t, "targets")
    outputs = (t.shape[1] if t.ndim == 2 else int(t.max()) + 1,)
    if outputs == (1,):
        check.complain(
            "`targets` holds only the label 0",
            "at least two classes",
            "Give one_hot(targets, C) for C classes.",
        )
    value_and_grad = _loss(_SOFTMAX_LOSSES, loss, options)
    return _descend(x, t, value_and_grad, _start(start, x, outputs), steps, learning_rate)


def fit_logistic_regression(
    x: ArrayLike,
    y: ArrayLike,
    *,
    steps: int = 1000,
    learning_rate: float = 1.0,
    loss: str = "cross_entropy",
    start: tuple[ArrayLike, ArrayLike] | None = None,
    **options: Any,
) -> Fit:
    """Logistic regression by gradient descent on the mean loss: weights (D,) and a bias ().

    Raises `ValueError` for features, targets, steps or a start that do not fit, and where the loss ends above
    its start.

    Args:
        x: features (N, D).
        y: targets (N,) from 0 to 1.
        steps: how many steps down the slope.
        learning_rate: the length of a step over the slope.
        loss: "cross_entropy" (nats) or "squared_error" (of the probability of a 1).
        start: (weights, bias), zeros unless given.
        options: of the cross-entropy: `weights` and `pos_weight`.

    >>> fit = fit_logistic_regression([[-1.0], [1.0]], [0, 1], steps=1)
    >>> fit.weights, fit.losses.round(3)
    (array([0.5]), array([0.693, 0.474]))
    """
    x, t = _features("x", x), check.real("y", y)
    _expect_rows(x, t, "y")
    value_and_grad = _loss(_LOGISTIC_LOSSES, loss, options)
    return _descend(x, t, value_and_grad, _start(start, x, ()), steps, learning_rate)


def fit_temperature(z: ArrayLike, labels: ArrayLike) -> np.float64:
    """The temperature at which softmax(z, temperature) has the least cross-entropy.  (N, C), (N,) -> ()

    Above 1 the model was too sure of itself. Raises `ValueError` where no such temperature exists: every
    label has the highest logit (the colder, the better), or the logits are no better than none (the hotter,
    the better).

    Args:
        z: logits (N, C).
        labels: integers from 0 to C - 1, one per sample.

    >>> fit_temperature(np.log([[0.9, 0.1]] * 4), [0, 0, 0, 1]).round(3)
    np.float64(2.0)

    Source: Guo, Pleiss, Sun & Weinberger (2017), arXiv:1706.04599.
    """
    values = _features("z", z)
    labels = check.labels("labels", labels, values.shape[1], values.shape[:1])
    # Powers of two change no digit, and keep the gaps from overflow and underflow.
    power = int(np.frexp(np.abs(values).max())[1])
    gaps = np.ldexp(values, -power)
    gaps -= gaps.max(axis=-1, keepdims=True)

    def slope(coldness: float) -> float:
        """Derivative of the loss of softmax(coldness * z), which rises with coldness = 1 / T."""
        with kernel.no_warnings():
            return float(np.sum(cross_entropy_from_logits_grad(coldness * gaps, labels) * gaps))

    if values.shape[1] == 1 or slope(0.0) >= 0:
        check.complain(
            "the logits do not favour the labels",
            "logits that are better than none",
            "Check that labels and classes are in the same order: no finite temperature is best.",
        )
    if not np.take_along_axis(gaps, labels[:, None], axis=-1).any():
        check.complain(
            "every label has the highest logit",
            "at least one wrong prediction",
            "Fit the temperature on samples that the model has not seen: no positive temperature is best.",
        )
    low, high = 1.0, 1.0
    while slope(low) > 0:
        low /= 2
    while slope(high) < 0:
        high *= 2
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    with kernel.no_warnings():
        temperature = np.ldexp(1 / high, power)
    if not 0 < temperature < np.inf:
        check.complain(
            f"the best temperature would be {temperature:g}",
            "one that a float can hold",
            "Divide the logits by their largest.",
        )
    return np.float64(temperature)


def squared_error_from_logits_grad(z: ArrayLike, targets: ArrayLike, *, reduction: str = "mean") -> Array:
    """Slope of the squared error brier_score(softmax(z), targets) in every logit.  (..., C) -> (..., C)

    It is the slope of the cross-entropy, pulled through softmax once more: small wherever the model is sure,
    right or wrong. Raises as cross_entropy_from_logits_grad does.

    Args:
        z: logits, one per class.
        targets: labels (...,) or pmfs of the shape of `z`.
        reduction: "mean", "sum" or "none".

    >>> squared_error_from_logits_grad([[0.0, 0.0]], [0])
    array([[-0.5,  0.5]])
    """
    q, error = softmax(z), cross_entropy_from_logits_grad(z, targets, reduction=reduction)
    with kernel.no_warnings():
        slope: Array = 2 * q * (error - (q * error).sum(axis=-1, keepdims=True))
    return slope


def binary_squared_error_from_logits_grad(z: ArrayLike, y: ArrayLike, *, reduction: str = "mean") -> Array:
    """Slope of the squared error (sigmoid(z) - y)^2 in every logit.  (...) -> (...)

    It is the slope of the cross-entropy, sigmoid(z) - y, times 2 q (1 - q): next to nothing wherever the
    model is sure, right or wrong. Raises as binary_cross_entropy_from_logits_grad does.

    Args:
        z: logits of a 1.
        y: targets from 0 to 1, or one for all.
        reduction: "mean", "sum" or "none".

    >>> binary_squared_error_from_logits_grad([0.0, 40.0], [1, 0], reduction="none")
    array([-2.50000000e-01,  8.49670851e-18])
    """
    z = check.real("z", z)
    error = binary_cross_entropy_from_logits_grad(z, y, reduction=reduction)
    with kernel.no_warnings():
        slope: Array = 2 * sigmoid(z) * sigmoid(-z) * error
    return slope


def _squared_error(z: Array, targets: Array) -> Pair:
    return brier_score(softmax(z), targets), squared_error_from_logits_grad(z, targets)


def _binary_squared_error(z: Array, y: Array) -> Pair:
    return binary_brier_score(sigmoid(z), y), binary_squared_error_from_logits_grad(z, y)


# The value and the slope of a loss, as a function of logits and targets, and the options that it takes.
_Loss = Callable[..., Pair]
_SOFTMAX_LOSSES: dict[str, tuple[_Loss, tuple[str, ...]]] = {
    "cross_entropy": (
        cross_entropy_from_logits_value_and_grad,
        ("weights", "class_weights", "label_smoothing"),
    ),
    "squared_error": (_squared_error, ()),
}
_LOGISTIC_LOSSES: dict[str, tuple[_Loss, tuple[str, ...]]] = {
    "cross_entropy": (binary_cross_entropy_from_logits_value_and_grad, ("weights", "pos_weight")),
    "squared_error": (_binary_squared_error, ()),
}


def _loss(losses: dict[str, tuple[_Loss, tuple[str, ...]]], name: str, options: dict[str, Any]) -> _Loss:
    if name not in losses:
        check.complain(f"`loss` is {name!r}", f"one of {', '.join(losses)}", "Choose one of these.")
    value_and_grad, known = losses[name]
    for option in options:
        if option not in known:
            check.complain(
                f"`{option}` is no option of the loss {name!r}",
                " or ".join(known) or "no option",
                f"Leave `{option}` out.",
                TypeError,
            )
    return partial(value_and_grad, **options)


def _start(
    start: tuple[ArrayLike, ArrayLike] | None, x: Array, outputs: tuple[int, ...]
) -> tuple[Array, Array]:
    """Weights and bias to start from: zeros, unless others are given."""
    shapes = x.shape[1:] + outputs, outputs
    if start is None:
        return np.zeros(shapes[0]), np.zeros(shapes[1])
    weights, bias = (check.real("start", part).astype(np.float64) for part in start)
    if (weights.shape, bias.shape) != shapes:
        check.complain(
            f"`start` has the shapes {weights.shape} and {bias.shape}",
            f"weights of shape {shapes[0]} and a bias of shape {shapes[1]}",
            "Give one row of weights per feature and one column per class.",
        )
    return weights, bias


def _descend(
    x: Array, targets: Array, value_and_grad: _Loss, start: Pair, steps: int, learning_rate: float
) -> Fit:
    """Step after step down the slope of the mean loss of all samples."""
    rate = check.number("learning_rate", learning_rate, "a positive number", 0.0)

    def diverged(what: str) -> None:
        # With the longest row squared for a bound of the curvature, the loss falls at every step.
        safe = 1 / (1 + np.square(x).sum(axis=1).max())
        remedy = f"Choose a smaller learning_rate, such as {safe:.2g}."
        check.complain(f"{what} with the learning_rate {rate:g}", "a loss that falls", remedy)

    path, losses = [start], []
    for step in range(check.count("steps", steps) + 1):
        weights, bias = path[-1]
        with kernel.no_warnings():
            z = x @ weights + bias
            if not np.isfinite(z).all():
                diverged(f"after step {step} the logits are no longer finite")
            loss, error = value_and_grad(z, targets)
            losses.append(loss)
            path.append((weights - rate * x.T @ error, bias - rate * error.sum(axis=0)))
    path.pop()
    if losses[-1] > losses[0] + 1e-9:
        step = int(np.argmax(np.array(losses) > losses[0] + 1e-9))
        grew = f"the loss grew from {losses[0]:.3g} to {losses[step]:.3g} at step {step}"
        diverged(f"{grew} and is {losses[-1]:.3g} at the end")
    return Fit(*path[-1], np.array(losses), *(np.array(history) for history in zip(*path, strict=True)))


def _features(name: str, x: ArrayLike) -> Array:
    """Finite numbers (N, D) with at least one sample and one feature, as float64."""
    values = check.real(name, x).astype(np.float64)
    if values.ndim != 2 or values.size == 0:
        check.complain(
            f"`{name}` has the shape {values.shape}",
            "one row per sample and one column per feature",
            f"Use {name}[:, None] for a single feature.",
        )
    bad = ~np.isfinite(values)
    if bad.any():
        check.complain(
            f"`{name}` holds {check.first(values, bad)}", "finite numbers", "Leave this sample out."
        )
    return values


def _expect_rows(x: Array, targets: Array, name: str) -> None:
    if targets.shape[:1] != x.shape[:1]:
        check.complain(
            f"`x` has the shape {x.shape} and `{name}` {targets.shape}",
            "one target per sample",
            "Take both from the same rows.",
        )
