"""Losses of a classifier, in nats: the cross-entropy of the true pmf and the predicted one.

What a model gives says the name: probabilities `_from_probs`, logits `_from_logits`. Targets are integer
labels (...,), counted from 0, or pmfs (..., C). In all of them:

- `reduction` is "mean" (over the samples), "sum" or "none" (one number per sample);
- `weights` holds one number per sample, which multiplies its loss; the mean is then the weighted mean;
- `axis` says where the classes stand.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from . import _checks as check
from . import _kernels as kernel
from ._checks import Array
from ._kernels import Pair

__all__ = [
    "binary_cross_entropy_from_logits",
    "binary_cross_entropy_from_logits_grad",
    "binary_cross_entropy_from_logits_value_and_grad",
    "binary_cross_entropy_from_probs",
    "cross_entropy_from_logits",
    "cross_entropy_from_logits_grad",
    "cross_entropy_from_logits_value_and_grad",
    "cross_entropy_from_probs",
    "one_hot",
]


def one_hot(labels: ArrayLike, num_classes: int, *, axis: int = -1) -> Array:
    """The pmf that puts everything on the label, for each label.  (...) -> (..., C)

    Raises TypeError or ValueError for labels that are not integers from 0 to C - 1.

    Args:
        labels: integers from 0 to C - 1.
        num_classes: C.
        axis: where the classes shall stand.

    >>> one_hot([1, 2], 4)
    array([[0., 1., 0., 0.],
           [0., 0., 1., 0.]])
    """
    num_classes = check.count("num_classes", num_classes)
    places = check.labels("labels", labels, num_classes)
    pmfs = np.zeros((*places.shape, num_classes))
    np.put_along_axis(pmfs, places[..., None], 1.0, axis=-1)
    check.last_axis("the result", pmfs, axis)
    return np.moveaxis(pmfs, -1, axis)


def cross_entropy_from_probs(
    q: ArrayLike,
    targets: ArrayLike,
    *,
    reduction: str = "mean",
    weights: ArrayLike | None = None,
    axis: int = -1,
    normalize: bool = False,
) -> Array:
    """Cross-entropy in nats of the targets and the pmfs `q`: -log q_c for a label.  (..., C) -> () or (...)

    inf where the model excludes what happened. Raises ValueError unless the rows of `q` are pmfs.

    Args:
        q: predicted pmfs.
        targets: labels (...,) or pmfs of the shape of `q`.
        reduction: "mean", "sum" or "none".
        weights: one per sample.
        axis: where the classes stand.
        normalize: whether `q`, and targets of its shape, may be counts.

    >>> cross_entropy_from_probs([[0.5, 0.5], [0.25, 0.75]], [0, 1], reduction="none")
    array([0.69314718, 0.28768207])

    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 6.2.1.1.
    """
    given, t = check.array("q", q), check.array("targets", targets)
    check.per_class("q", given, "targets", t, axis, "binary_cross_entropy_from_probs")
    t = check.targets("targets", t, given.shape, axis, normalize)
    q = check.pmf("q", given, axis, normalize, "softmax, or go to cross_entropy_from_logits")
    how, each = check.reduction(reduction), _sample_weights(weights, q.shape[:-1])
    divisor = check.divisor(how, math.prod(q.shape[:-1]), each)
    rows, t = kernel.as_rows(q), _rows_of_targets(t, q.ndim)

    def losses(some: slice) -> Array:
        if t.ndim == 1:
            own = np.take_along_axis(rows[some], t[some][:, None], axis=-1)[:, 0]
            cost = 0.0 - np.log(own, dtype=np.float64)
        else:
            cost = kernel.exact_sum(kernel.times(t[some], 0.0 - np.log(rows[some], dtype=np.float64)))
        return kernel.weighted(cost, each, some)

    value = kernel.reduce(losses, q.shape[:-1], q.shape[-1], how, divisor)
    return kernel.result(value, check.real("q", given).dtype)


def _sample_weights(weights: ArrayLike | None, shape: tuple[int, ...]) -> Array | None:
    """One weight per sample in one row, or None."""
    return None if weights is None else check.weights("weights", weights, shape, "sample").reshape(-1)


def _rows_of_targets(t: Array, ndim: int) -> Array:
    """Labels in one row, or pmfs in a matrix, for values with `ndim` axes."""
    return kernel.as_rows(t) if t.ndim == ndim else t.reshape(-1)


def _loss(
    z: ArrayLike,
    targets: ArrayLike,
    reduction: str,
    weights: ArrayLike | None,
    class_weights: ArrayLike | None,
    label_smoothing: float,
    axis: int,
    want: str,
) -> Pair:
    """What is wanted of loss, slope or both; the exponentials are taken once."""
    given, t = check.array("z", z), check.array("targets", targets)
    check.per_class("z", given, "targets", t, axis, "binary_cross_entropy_from_logits")
    values, moderate = check.logits("z", given, axis)
    *samples, classes = values.shape
    t = _rows_of_targets(check.targets("targets", t, given.shape, axis), values.ndim)
    how, each = check.reduction(reduction), _sample_weights(weights, values.shape[:-1])
    smoothing = check.number(
        "label_smoothing", label_smoothing, "a number from 0 to 1", 0.0, 1.0, open_=False
    )
    of_class = None
    total = each
    if class_weights is not None:
        of_class = check.weights("class_weights", class_weights, (classes,), "class")
        total = (of_class[t] if t.ndim == 1 else t @ of_class) * (1.0 if each is None else each)
    divisor = check.divisor(how, math.prod(samples), total)
    hard = t.ndim == 1 and not smoothing
    factors = total if hard else each
    rows = kernel.as_rows(values)

    def of_rows(some: slice, per: kernel.Per, out: Array | None) -> Array:
        if hard:
            return kernel.label_loss(rows[some], t[some], moderate, per, out)
        pmfs = one_hot(t[some], classes) if t.ndim == 1 else t[some].astype(np.float64)
        if smoothing:
            pmfs = (1 - smoothing) * pmfs + smoothing / classes
        return kernel.soft_loss(rows[some], pmfs if of_class is None else pmfs * of_class, moderate, per, out)

    value, slope = kernel.evaluate(of_rows, values.shape, values.dtype, how, divisor, factors, want)
    return kernel.result(value, values.dtype), np.moveaxis(slope, -1, axis)


def cross_entropy_from_logits(
    z: ArrayLike,
    targets: ArrayLike,
    *,
    reduction: str = "mean",
    weights: ArrayLike | None = None,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Array:
    """Cross-entropy in nats of the targets and softmax(z), every digit kept.  (..., C) -> () or (...)

    A class at -inf costs nothing where its target is 0 and inf elsewhere. The mean divides by the number of
    samples, or by the sum of their weights (of sample times class). Raises ValueError for nan, targets that
    do not fit, a single class and an empty mean.

    Args:
        z: logits, one per class.
        targets: labels (...,) or pmfs of the shape of `z`.
        reduction: "mean", "sum" or "none".
        weights: one per sample.
        class_weights: one per class (C,), times each target of that class.
        label_smoothing: the share of each target that goes to the uniform pmf.
        axis: where the classes stand.

    >>> cross_entropy_from_logits([[0.0, 0.0], [40.0, 0.0]], [0, 0], reduction="none")
    array([6.93147181e-01, 4.24835426e-18])
    """
    return _loss(z, targets, reduction, weights, class_weights, label_smoothing, axis, "loss")[0]


def cross_entropy_from_logits_grad(
    z: ArrayLike,
    targets: ArrayLike,
    *,
    reduction: str = "mean",
    weights: ArrayLike | None = None,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Array:
    """Slope of cross_entropy_from_logits in every logit: softmax(z) - p over the batch.  (..., C) -> (..., C)

    With "none" each row is the slope of its own loss. Arguments and errors are those of
    cross_entropy_from_logits.

    >>> cross_entropy_from_logits_grad([[0.0, 0.0]], [0])
    array([[-0.5,  0.5]])
    """
    return _loss(z, targets, reduction, weights, class_weights, label_smoothing, axis, "slope")[1]


def cross_entropy_from_logits_value_and_grad(
    z: ArrayLike,
    targets: ArrayLike,
    *,
    reduction: str = "mean",
    weights: ArrayLike | None = None,
    class_weights: ArrayLike | None = None,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Pair:
    """The cross-entropy and its slope, the exponentials taken once: what a training step needs.

    (..., C) -> () or (...), (..., C). Arguments and errors are those of cross_entropy_from_logits.

    >>> cross_entropy_from_logits_value_and_grad([[0.0, 0.0]], [0])
    (np.float64(0.6931471805599453), array([[-0.5,  0.5]]))
    """
    return _loss(z, targets, reduction, weights, class_weights, label_smoothing, axis, "both")


def binary_cross_entropy_from_probs(
    q: ArrayLike, y: ArrayLike, *, reduction: str = "mean", weights: ArrayLike | None = None
) -> Array:
    """Cross-entropy in nats of binary targets `y` and probabilities `q` of a 1.  (...) -> () or (...)

    inf where the model excludes what happened. Raises ValueError for a `q` or `y` outside [0, 1].

    Args:
        q: predicted probabilities of a 1.
        y: targets from 0 to 1, or one for all.
        reduction: "mean", "sum" or "none".
        weights: one per sample.

    >>> binary_cross_entropy_from_probs([0.5, 1.0], [0, 1], reduction="none")
    array([0.69314718, 0.        ])
    """
    q, how = check.binary_model("q", q, "y", y), check.reduction(reduction)
    y, each = check.binary_targets("y", y, q), _sample_weights(weights, q.shape)
    divisor = check.divisor(how, q.size, each)
    model, truth = q.reshape(-1), y.reshape(-1)

    def losses(some: slice) -> Array:
        p, t = model[some].astype(np.float64), truth[some].astype(np.float64)
        cost = kernel.times(t, 0.0 - np.log(p)) + kernel.times(1 - t, 0.0 - np.log1p(-p))
        return kernel.weighted(cost, each, some)

    return kernel.result(kernel.reduce(losses, q.shape, 1, how, divisor), q.dtype)


def _binary_loss(
    z: ArrayLike,
    y: ArrayLike,
    reduction: str,
    weights: ArrayLike | None,
    pos_weight: float,
    want: str,
) -> Pair:
    """What is wanted of loss, slope or both; the exponential is taken once."""
    (values, finite), how = check.scores("z", z), check.reduction(reduction)
    y, each = check.binary_targets("y", y, values), _sample_weights(weights, values.shape)
    divisor = check.divisor(how, values.size, each)
    scores, truth, positive = values.reshape(-1), y.reshape(-1), check.pos_weight(pos_weight)

    def of_samples(some: slice, per: kernel.Per, out: Array | None) -> Array:
        x, t = scores[some].astype(np.float64, copy=False), truth[some].astype(np.float64, copy=False)
        return kernel.binary_loss(x, t, positive, finite, per, None if out is None else out[:, 0])

    value, slope = kernel.evaluate(of_samples, (*values.shape, 1), values.dtype, how, divisor, each, want)
    return kernel.result(value, values.dtype), kernel.result(slope[..., 0], values.dtype)


def binary_cross_entropy_from_logits(
    z: ArrayLike,
    y: ArrayLike,
    *,
    reduction: str = "mean",
    weights: ArrayLike | None = None,
    pos_weight: float = 1.0,
) -> Array:
    """Cross-entropy in nats of binary targets `y` and sigmoid(z), every digit kept.  (...) -> () or (...)

    Raises ValueError for nan and for a `y` outside [0, 1].

    Args:
        z: logits of a 1.
        y: targets from 0 to 1, or one for all.
        reduction: "mean", "sum" or "none".
        weights: one per sample.
        pos_weight: what multiplies the cost of the positives.

    >>> binary_cross_entropy_from_logits([0.0, 800.0], [1, 0], reduction="none")
    array([6.93147181e-01, 8.00000000e+02])
    """
    return _binary_loss(z, y, reduction, weights, pos_weight, "loss")[0]


def binary_cross_entropy_from_logits_grad(
    z: ArrayLike,
    y: ArrayLike,
    *,
    reduction: str = "mean",
    weights: ArrayLike | None = None,
    pos_weight: float = 1.0,
) -> Array:
    """Slope of binary_cross_entropy_from_logits in every logit: sigmoid(z) - y.  (...) -> (...)

    With "none" each entry is the slope of its own loss. Arguments and errors are those of
    binary_cross_entropy_from_logits.

    >>> binary_cross_entropy_from_logits_grad([0.0, 40.0], [1, 1], reduction="none")
    array([-5.00000000e-01, -4.24835426e-18])
    """
    return _binary_loss(z, y, reduction, weights, pos_weight, "slope")[1]


def binary_cross_entropy_from_logits_value_and_grad(
    z: ArrayLike,
    y: ArrayLike,
    *,
    reduction: str = "mean",
    weights: ArrayLike | None = None,
    pos_weight: float = 1.0,
) -> Pair:
    """The binary cross-entropy and its slope, the exponentials taken once.  (...) -> () or (...), (...)

    Arguments and errors are those of binary_cross_entropy_from_logits.

    >>> binary_cross_entropy_from_logits_value_and_grad([0.0], [1])
    (np.float64(0.6931471805599453), array([-0.5]))
    """
    return _binary_loss(z, y, reduction, weights, pos_weight, "both")
