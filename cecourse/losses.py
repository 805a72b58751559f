"""Losses of a classifier, in nats: the cross-entropy of the true pmf and the predicted one.

What a model gives says the name: probabilities `_from_probs`, logits `_from_logits`. Targets are integer
labels (...,), counted from 0, or pmfs (..., C).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from . import _checks as check
from . import _kernels as kernel
from ._checks import Array

__all__ = [
    "binary_cross_entropy_from_logits",
    "binary_cross_entropy_from_logits_grad",
    "binary_cross_entropy_from_probs",
    "cross_entropy_from_logits",
    "cross_entropy_from_logits_grad",
    "cross_entropy_from_probs",
    "one_hot",
]


def one_hot(labels: ArrayLike, num_classes: int) -> Array:
    """The pmf that puts everything on the label, for each label.  (...) -> (..., C)

    Raises TypeError or ValueError for labels that are not integers from 0 to C - 1.

    >>> one_hot([1, 2], 4)
    array([[0., 1., 0., 0.],
           [0., 0., 1., 0.]])
    """
    num_classes = check.count("num_classes", num_classes)
    places = check.labels("labels", labels, num_classes)
    pmfs = np.zeros((*places.shape, num_classes))
    np.put_along_axis(pmfs, places[..., None], 1.0, axis=-1)
    return pmfs


def cross_entropy_from_probs(q: ArrayLike, targets: ArrayLike, reduction: str = "mean") -> Array:
    """Cross-entropy in nats of the targets and the pmfs `q`: -log q_c for a label.  (..., C) -> () or (...)

    inf where the model excludes what happened. Raises ValueError unless the rows of `q` are pmfs.

    >>> cross_entropy_from_probs([[0.5, 0.5], [0.25, 0.75]], [0, 1], "none")
    array([0.69314718, 0.28768207])

    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 6.2.1.1.
    """
    q, how = check.pmf("q", q), check.reduction(reduction)
    t = check.targets("targets", targets, q.shape)
    divisor = _divisor(how, t, q.shape, None)
    rows, t = kernel.as_rows(q), _rows_of_targets(t, q.ndim)

    def losses(some: slice) -> Array:
        if t.ndim == 1:
            own = np.take_along_axis(rows[some], t[some][:, None], axis=-1)[:, 0]
            return 0.0 - np.log(own, dtype=np.float64)  # type: ignore[no-any-return]
        return kernel.exact_sum(kernel.times(t[some], 0.0 - np.log(rows[some], dtype=np.float64)))

    return kernel.result(kernel.reduce(losses, q.shape[:-1], q.shape[-1], how, divisor), q.dtype)


def _prepare(
    z: ArrayLike, targets: ArrayLike, class_weights: ArrayLike | None, label_smoothing: float
) -> tuple[Array, Array, Array | None, float]:
    """The arguments of the two functions below, checked."""
    values = check.logits("z", z)
    weights = None if class_weights is None else check.class_weights(class_weights, values.shape[-1])
    smoothing = check.number(
        "label_smoothing", label_smoothing, "a number from 0 to 1", 0.0, 1.0, open_=False
    )
    return values, check.targets("targets", targets, values.shape), weights, smoothing


def _divisor(how: str, t: Array, shape: tuple[int, ...], weights: Array | None) -> float:
    """What the sum is divided by: for a mean the number of samples, or the sum of their class weights."""
    samples = check.divisor(how, math.prod(shape[:-1]))
    if how != "mean" or weights is None:
        return samples
    return check.total_weight(float((weights[t] if t.ndim < len(shape) else t @ weights).sum()))


def _rows_of_targets(t: Array, ndim: int) -> Array:
    """Labels in one row, or pmfs in a matrix, for values with `ndim` axes."""
    return kernel.as_rows(t) if t.ndim == ndim else t.reshape(-1)


def _weighted(t: Array, classes: int, weights: Array | None, smoothing: float) -> Array:
    """Rows of targets as pmfs, smoothed towards the uniform pmf, then weighted by class."""
    pmfs = one_hot(t, classes) if t.ndim == 1 else t.astype(np.float64)
    pmfs = (1 - smoothing) * pmfs + smoothing / classes
    return pmfs if weights is None else pmfs * weights


def cross_entropy_from_logits(
    z: ArrayLike,
    targets: ArrayLike,
    reduction: str = "mean",
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
) -> Array:
    """Cross-entropy in nats of the targets and softmax(z), every digit kept.  (..., C) -> () or (...)

    A class at -inf costs nothing where its target is 0 and inf elsewhere. The mean divides by the number of
    samples, or by the sum of their class weights. Raises ValueError for nan, targets that do not fit and an
    empty mean.

    >>> cross_entropy_from_logits([[0.0, 0.0], [40.0, 0.0]], [0, 0], "none")
    array([6.93147181e-01, 4.24835426e-18])
    """
    values, t, weights, smoothing = _prepare(z, targets, class_weights, label_smoothing)
    divisor = _divisor(check.reduction(reduction), t, values.shape, weights)
    rows, t, easy = kernel.as_rows(values), _rows_of_targets(t, values.ndim), kernel.tame(values)

    def losses(some: slice) -> Array:
        if t.ndim == 1 and weights is None and not smoothing:
            return kernel.label_surprises(rows[some], t[some], easy)
        pmfs = _weighted(t[some], rows.shape[1], weights, smoothing)
        return 0.0 - kernel.exact_sum(kernel.times(pmfs, kernel.log_softmax(rows[some], easy)))

    return kernel.result(
        kernel.reduce(losses, values.shape[:-1], rows.shape[1], reduction, divisor), values.dtype
    )


def cross_entropy_from_logits_grad(
    z: ArrayLike,
    targets: ArrayLike,
    reduction: str = "mean",
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
) -> Array:
    """Slope of cross_entropy_from_logits in every logit: softmax(z) - p over the batch.  (..., C) -> (..., C)

    With "none" each row is the slope of its own loss. Raises as cross_entropy_from_logits does.

    >>> cross_entropy_from_logits_grad([[0.0, 0.0]], [0])
    array([[-0.5,  0.5]])
    """
    values, t, weights, smoothing = _prepare(z, targets, class_weights, label_smoothing)
    divisor = _divisor(check.reduction(reduction), t, values.shape, weights)
    rows, t, easy = kernel.as_rows(values), _rows_of_targets(t, values.ndim), kernel.tame(values)

    def slopes(some: slice) -> Array:
        if t.ndim == 1 and weights is None and not smoothing:
            return kernel.label_slopes(rows[some], t[some], easy, divisor)
        pmfs = _weighted(t[some], rows.shape[1], weights, smoothing)
        return kernel.slopes(rows[some], pmfs, easy) / divisor

    return kernel.result(kernel.by_rows(slopes, values.shape, values.dtype), values.dtype)


def binary_cross_entropy_from_probs(q: ArrayLike, y: ArrayLike, reduction: str = "mean") -> Array:
    """Cross-entropy in nats of binary targets `y` and probabilities `q` of a 1.  (...) -> () or (...)

    inf where the model excludes what happened. Raises ValueError for a `q` or `y` outside [0, 1].

    >>> binary_cross_entropy_from_probs([0.5, 1.0], [0, 1], "none")
    array([0.69314718, 0.        ])
    """
    q, how = check.probability("q", q), check.reduction(reduction)
    y, divisor = check.binary_targets("y", y, q.shape), check.divisor(how, q.size)
    model, truth = q.reshape(-1), y.reshape(-1)

    def losses(some: slice) -> Array:
        p, t = model[some].astype(np.float64), truth[some].astype(np.float64)
        return kernel.times(t, 0.0 - np.log(p)) + kernel.times(1 - t, 0.0 - np.log1p(-p))

    return kernel.result(kernel.reduce(losses, q.shape, 1, how, divisor), q.dtype)


def binary_cross_entropy_from_logits(
    z: ArrayLike, y: ArrayLike, reduction: str = "mean", pos_weight: float = 1.0
) -> Array:
    """Cross-entropy in nats of binary targets `y` and sigmoid(z), every digit kept.  (...) -> () or (...)

    `pos_weight` multiplies the cost of the positives. Raises ValueError for nan and for a `y` outside [0, 1].

    >>> binary_cross_entropy_from_logits([0.0, 800.0], [1, 0], "none")
    array([6.93147181e-01, 8.00000000e+02])
    """
    values, how = check.scores("z", z), check.reduction(reduction)
    y, divisor = check.binary_targets("y", y, values.shape), check.divisor(how, values.size)
    scores, truth, weight = values.reshape(-1), y.reshape(-1), check.pos_weight(pos_weight)

    def losses(some: slice) -> Array:
        x, t = scores[some].astype(np.float64), truth[some].astype(np.float64)
        return kernel.binary_surprises(x, weight * t, 1 - t)

    return kernel.result(kernel.reduce(losses, values.shape, 1, how, divisor), values.dtype)


def binary_cross_entropy_from_logits_grad(
    z: ArrayLike, y: ArrayLike, reduction: str = "mean", pos_weight: float = 1.0
) -> Array:
    """Slope of binary_cross_entropy_from_logits in every logit: sigmoid(z) - y.  (...) -> (...)

    With "none" each entry is the slope of its own loss. Raises as binary_cross_entropy_from_logits does.

    >>> binary_cross_entropy_from_logits_grad([0.0, 40.0], [1, 1], "none")
    array([-5.00000000e-01, -4.24835426e-18])
    """
    values, how = check.scores("z", z), check.reduction(reduction)
    y, divisor = check.binary_targets("y", y, values.shape), check.divisor(how, values.size)
    scores, truth, weight = values.reshape(-1), y.reshape(-1), check.pos_weight(pos_weight)

    def slopes(some: slice) -> Array:
        up, down = kernel.logistic(scores[some].astype(np.float64))
        t = truth[some].astype(np.float64)
        return ((1 - t) * up - weight * t * down)[:, None] / divisor

    return kernel.result(kernel.by_rows(slopes, (*values.shape, 1), values.dtype)[..., 0], values.dtype)
