"""Losses of a classifier, in nats: the cross-entropy of the true pmf and the predicted one.

What a model gives says the name: probabilities `_from_probs`, logits `_from_logits`. Targets are integer
labels (...,), counted from 0, or pmfs (..., C).
"""

from typing import Any

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
    pmfs: Array = np.eye(num_classes)[check.labels("labels", labels, num_classes)]
    return pmfs


def _reduce(losses: Array, how: str, dtype: np.dtype[Any], weights: Array | None = None) -> Array:
    """The losses themselves, their sum, or their (weighted) mean."""
    check.batch(losses, how)
    if how == "none":
        return kernel.result(losses, dtype)
    divisor = 1.0 if how == "sum" else losses.size if weights is None else check.total_weight(weights.sum())
    return kernel.result(np.asarray(losses.sum() / divisor), dtype)


def cross_entropy_from_probs(q: ArrayLike, targets: ArrayLike, reduction: str = "mean") -> Array:
    """Cross-entropy in nats of the targets and the pmfs `q`: -log q_c for a label.  (..., C) -> (...)

    inf where the model excludes what happened. Raises ValueError unless the rows of `q` are pmfs.

    >>> cross_entropy_from_probs([[0.5, 0.5], [0.25, 0.75]], [0, 1], "none")
    array([0.69314718, 0.28768207])

    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 6.2.1.1.
    """
    q, how = check.pmf("q", q), check.reduction(reduction)
    t, hard = check.targets("targets", targets, q.shape)
    double = q.astype(np.float64)
    with kernel.quiet():
        if hard:
            losses = 0.0 - np.log(np.take_along_axis(double, t[..., None], axis=-1)[..., 0])
        else:
            losses = kernel.exact_sum(np.where(t == 0, 0.0, -t.astype(np.float64) * np.log(double))) + 0.0
        return _reduce(losses, how, q.dtype)


def _weighted_targets(
    values: Array, targets: ArrayLike, class_weights: ArrayLike | None, label_smoothing: float
) -> tuple[Array, Array, Array]:
    """Targets as pmfs, smoothed and weighted; each sample's weight; whether any weights are given."""
    classes = values.shape[-1]
    smoothing = check.number(
        "label_smoothing", label_smoothing, "a number from 0 to 1", 0.0, 1.0, open_=False
    )
    t, hard = check.targets("targets", targets, values.shape)
    weights = check.class_weights(class_weights, classes)
    pmfs = np.eye(classes)[t] if hard else t.astype(np.float64)
    sample = weights[t] if hard else pmfs @ weights
    smooth = (1 - smoothing) * pmfs + smoothing / classes
    return weights * smooth, sample, np.asarray(class_weights is not None)


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
    original, how = check.last_axis("z", check.real("z", z)), check.reduction(reduction)
    t, sample, weighted = _weighted_targets(original, targets, class_weights, label_smoothing)
    values = original.astype(np.float64)
    with kernel.quiet():
        _, others, gap = kernel.odds(values, check.logits("z", values))
        losses = kernel.exact_sum(np.where(t == 0, 0.0, t * (gap + np.log1p(others))))
        return _reduce(losses, how, original.dtype, sample if weighted else None)


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
    original, how = check.last_axis("z", check.real("z", z)), check.reduction(reduction)
    t, sample, weighted = _weighted_targets(original, targets, class_weights, label_smoothing)
    check.batch(sample, how)
    values = original.astype(np.float64)
    if values.size == 0:
        return original.copy()
    divisor = 1.0 if how != "mean" else check.total_weight(sample.sum()) if weighted else sample.size
    with kernel.quiet():
        e, others, _ = kernel.odds(values, check.logits("z", values))
        total = 1 + others
        # q - t, with the label's own 1 - q as the sum of the others, which keeps the digits of a small slope.
        one = t == t.sum(axis=-1, keepdims=True)
        rest = np.where(one, 0.0, e).sum(axis=-1, keepdims=True)
        q = e / total
        slope = np.where(one, -t * (rest / total), t.sum(axis=-1, keepdims=True) * q - t)
        return kernel.result(slope / divisor, original.dtype)


def binary_cross_entropy_from_probs(q: ArrayLike, y: ArrayLike, reduction: str = "mean") -> Array:
    """Cross-entropy in nats of binary targets `y` and probabilities `q` of a 1.  (...) -> () or (...)

    inf where the model excludes what happened. Raises ValueError for a `q` or `y` outside [0, 1].

    >>> binary_cross_entropy_from_probs([0.5, 1.0], [0, 1], "none")
    array([0.69314718, 0.        ])
    """
    q, how = check.probability("q", q), check.reduction(reduction)
    y = check.binary_targets("y", y, q.shape).astype(np.float64)
    double = q.astype(np.float64)
    with kernel.quiet():
        heads = np.where(y == 0, 0.0, y * np.log(double))
        tails = np.where(y == 1, 0.0, (1 - y) * np.log1p(-double))
        return _reduce(0.0 - heads - tails, how, q.dtype)


def binary_cross_entropy_from_logits(
    z: ArrayLike, y: ArrayLike, reduction: str = "mean", pos_weight: float = 1.0
) -> Array:
    """Cross-entropy in nats of binary targets `y` and sigmoid(z), every digit kept.  (...) -> () or (...)

    `pos_weight` multiplies the cost of the positives. Raises ValueError for nan and for a `y` outside [0, 1].

    >>> binary_cross_entropy_from_logits([0.0, 800.0], [1, 0], "none")
    array([6.93147181e-01, 8.00000000e+02])
    """
    values, how = check.scores("z", z), check.reduction(reduction)
    y = check.binary_targets("y", y, values.shape).astype(np.float64)
    weight = check.number("pos_weight", pos_weight, "a number from 0 on", 0.0, open_=False)
    double = values.astype(np.float64)
    with kernel.quiet():
        positive = np.where(y == 0, 0.0, weight * y * kernel.softplus(-double))
        negative = np.where(y == 1, 0.0, (1 - y) * kernel.softplus(double))
        return _reduce(positive + negative, how, values.dtype)


def binary_cross_entropy_from_logits_grad(
    z: ArrayLike, y: ArrayLike, reduction: str = "mean", pos_weight: float = 1.0
) -> Array:
    """Slope of binary_cross_entropy_from_logits in every logit: sigmoid(z) - y.  (...) -> (...)

    With "none" each entry is the slope of its own loss. Raises as binary_cross_entropy_from_logits does.

    >>> binary_cross_entropy_from_logits_grad([0.0, 40.0], [1, 1], "none")
    array([-5.00000000e-01, -4.24835426e-18])
    """
    values, how = check.scores("z", z), check.reduction(reduction)
    y = check.binary_targets("y", y, values.shape).astype(np.float64)
    weight = check.number("pos_weight", pos_weight, "a number from 0 on", 0.0, open_=False)
    check.batch(values, how)
    small = np.exp(-np.abs(values.astype(np.float64)))
    up, down = np.where(values < 0, small, 1.0) / (1 + small), np.where(values < 0, 1.0, small) / (1 + small)
    slope = (1 - y) * up - weight * y * down
    return kernel.result(slope / (values.size if how == "mean" else 1), values.dtype)
