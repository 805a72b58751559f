"""Scores of predicted probabilities beside the loss: Brier's, and how well they are calibrated."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from . import _checks as check
from . import _kernels as kernel
from ._checks import Array
from .losses import one_hot

__all__ = [
    "Reliability",
    "binary_brier_score",
    "binary_expected_calibration_error",
    "binary_reliability",
    "brier_score",
    "expected_calibration_error",
    "reliability",
]


class Reliability(NamedTuple):
    """What a reliability diagram shows, bin by bin; nan where a bin is empty."""

    confidence: Array
    accuracy: Array
    samples: Array


def brier_score(
    q: ArrayLike,
    targets: ArrayLike,
    *,
    reduction: str = "mean",
    weights: ArrayLike | None = None,
    axis: int = -1,
    normalize: bool = False,
) -> Array:
    """Brier score: squared error of the predicted pmf, summed over the classes.  (..., C) -> () or (...)

    0 for a certain, right prediction and 2 for a certain, wrong one. Raises as cross_entropy_from_probs does.

    Args:
        q: predicted pmfs.
        targets: labels (...,) or pmfs of the shape of `q`.
        reduction: "mean", "sum" or "none".
        weights: one per sample.
        axis: where the classes stand.
        normalize: whether `q`, and targets of its shape, may be counts.

    >>> brier_score([[0.5, 0.5], [1.0, 0.0]], [0, 1], reduction="none")
    array([0.5, 2. ])

    Source: Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
    """
    given, t = check.array("q", q), check.array("targets", targets)
    check.per_class("q", given, "targets", t, axis, "binary_brier_score")
    t = check.targets("targets", t, given.shape, axis, normalize)
    q = check.pmf("q", given, axis, normalize).astype(np.float64)
    with kernel.no_warnings():
        squares = kernel.exact_sum((q - (one_hot(t, q.shape[-1]) if t.ndim < q.ndim else t)) ** 2)
    return _reduce(squares, reduction, weights, check.real("q", given).dtype)


def binary_brier_score(
    q: ArrayLike, y: ArrayLike, *, reduction: str = "mean", weights: ArrayLike | None = None
) -> Array:
    """Squared error of the predicted probability of a 1.  (...) -> () or (...)

    From 0 to 1: half of what brier_score says of the same predictions as pmfs of two classes. Raises
    ValueError for a `q` or `y` outside [0, 1].

    Args:
        q: predicted probabilities of a 1.
        y: targets from 0 to 1, or one for all.
        reduction: "mean", "sum" or "none".
        weights: one per sample.

    >>> binary_brier_score([0.5, 1.0], [1, 0], reduction="none")
    array([0.25, 1.  ])

    Source: Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
    """
    q = check.binary_model("q", q, "y", y)
    y = check.binary_targets("y", y, q)
    with kernel.no_warnings():
        return _reduce((q.astype(np.float64) - y) ** 2, reduction, weights, q.dtype)


def _reduce(squares: Array, reduction: str, weights: ArrayLike | None, dtype: np.dtype[Any]) -> Array:
    """The squares of the samples, reduced, in the dtype of the answer."""
    each = None if weights is None else check.weights("weights", weights, squares.shape, "sample")
    divisor = check.divisor(check.reduction(reduction), squares.size, each)
    if each is not None:
        squares = squares * each
    return kernel.result(squares if reduction == "none" else np.asarray(squares.sum() / divisor), dtype)


def reliability(
    q: ArrayLike,
    labels: ArrayLike,
    *,
    bins: int = 10,
    equal_mass: bool = False,
    weights: ArrayLike | None = None,
    axis: int = -1,
    normalize: bool = False,
) -> Reliability:
    """Confidence (largest probability), accuracy and count of each bin.  (..., C), (...) -> 3 x (bins,)

    Bin b holds the confidences in (b / bins, (b + 1) / bins], exactly, in the dtype of `q`. An empty bin has
    nan for confidence and accuracy. With weights, the means are weighted and the counts are sums of weights.
    Raises as cross_entropy_from_probs does, for labels.

    Args:
        q: predicted pmfs.
        labels: integers from 0 to C - 1.
        bins: how many bins.
        equal_mass: whether the bins hold equally many samples (equal confidences stay together).
        weights: one per sample.
        axis: where the classes stand.
        normalize: whether `q` may hold counts.

    >>> reliability([[0.9, 0.1], [0.3, 0.7]], [0, 0], bins=2).accuracy
    array([nan, 0.5])

    Source: Guo, Pleiss, Sun & Weinberger (2017), section 2; arXiv:1706.04599.
    """
    dtype, confidence, right = _predictions(q, labels, axis, normalize, "binary_reliability")
    return _bins(confidence, right, bins, equal_mass, weights, dtype)


def _predictions(
    q: ArrayLike, labels: ArrayLike, axis: int, normalize: bool, twin: str
) -> tuple[np.dtype[Any], Array, Array]:
    """The dtype of the answer, the largest probability of each sample, and whether it is the label's."""
    given, t = check.array("q", q), check.array("labels", labels)
    check.per_class("q", given, "labels", t, axis, twin)
    pmfs = check.pmf("q", given, axis, normalize)
    t = check.labels("labels", t, pmfs.shape[-1], pmfs.shape[:-1])
    return check.real("q", given).dtype, pmfs.max(axis=-1), pmfs.argmax(axis=-1) == t


def binary_reliability(
    q: ArrayLike,
    y: ArrayLike,
    *,
    bins: int = 10,
    equal_mass: bool = False,
    weights: ArrayLike | None = None,
) -> Reliability:
    """Predicted probability of a 1, share of 1s and count of each bin.  (...), (...) -> 3 x (bins,)

    The fields are those of reliability: the mean probability stands as `confidence`, the share of 1s as
    `accuracy`. The first bin holds the probability 0, too. Raises ValueError for a `q` or `y` outside [0, 1].

    Args:
        q: predicted probabilities of a 1.
        y: targets from 0 to 1, or one for all.
        bins: how many bins.
        equal_mass: whether the bins hold equally many samples (equal probabilities stay together).
        weights: one per sample.

    >>> binary_reliability([0.1, 0.3, 0.9], [0, 1, 1], bins=2).accuracy
    array([0.5, 1. ])
    """
    q = check.binary_model("q", q, "y", y)
    return _bins(q, check.binary_targets("y", y, q), bins, equal_mass, weights, q.dtype)


def _bins(
    stated: Array,
    happened: Array,
    bins: int,
    equal_mass: bool,
    weights: ArrayLike | None,
    dtype: np.dtype[Any],
) -> Reliability:
    """The means of what was stated and of what happened, and the count, bin by bin."""
    bins = check.count("bins", bins)
    each = None if weights is None else check.weights("weights", weights, stated.shape, "sample").ravel()
    stated, happened = stated.ravel(), happened.ravel()
    edges = (np.arange(1, bins) / bins).astype(stated.dtype)
    if equal_mass and stated.size:
        order = np.argsort(stated, kind="stable")
        mass = np.arange(1, stated.size + 1) if each is None else np.cumsum(each[order])
        edges = stated[order][np.searchsorted(mass * bins, np.arange(1, bins) * mass[-1])]
    where = np.searchsorted(edges, stated)
    parts = (each, *(x if each is None else x * each for x in (happened, stated.astype(np.float64))))
    count, hits, sure = (np.bincount(where, part, bins) for part in parts)
    with kernel.no_warnings():
        return Reliability(kernel.result(sure / count, dtype), kernel.result(hits / count, dtype), count)


def expected_calibration_error(
    q: ArrayLike,
    labels: ArrayLike,
    *,
    bins: int = 10,
    equal_mass: bool = False,
    weights: ArrayLike | None = None,
    axis: int = -1,
    normalize: bool = False,
) -> Array:
    """Expected calibration error: the mean gap of confidence and accuracy over the samples' bins.

    (..., C), (...) -> (). 0 for a calibrated model, below 1 always. Arguments and errors are those of
    reliability, and an empty batch is refused.

    >>> expected_calibration_error([[0.75, 0.25], [0.75, 0.25], [0.75, 0.25], [0.75, 0.25]], [0, 0, 0, 1])
    np.float64(0.0)

    Source: Naeini, Cooper & Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602.
    """
    twin = "binary_expected_calibration_error"
    dtype, confidence, right = _predictions(q, labels, axis, normalize, twin)
    return _mean_gap(_bins(confidence, right, bins, equal_mass, weights, dtype))


def binary_expected_calibration_error(
    q: ArrayLike,
    y: ArrayLike,
    *,
    bins: int = 10,
    equal_mass: bool = False,
    weights: ArrayLike | None = None,
) -> Array:
    """Expected calibration error of the probability of a 1: its mean gap to the share of 1s over the bins.

    (...), (...) -> (). Arguments and errors are those of binary_reliability, and an empty batch is refused.

    >>> binary_expected_calibration_error([0.25, 0.25, 0.25, 0.25], [0, 0, 0, 1])
    np.float64(0.0)
    """
    return _mean_gap(binary_reliability(q, y, bins=bins, equal_mass=equal_mass, weights=weights))


def _mean_gap(seen: Reliability) -> Array:
    """The gap of each bin, weighted by its samples."""
    filled = seen.samples > 0
    samples = filled.size if seen.samples.dtype.kind == "f" else int(seen.samples.sum())
    total = check.divisor("mean", samples, seen.samples, otherwise="")
    with kernel.no_warnings():
        gaps = np.abs(seen.confidence - seen.accuracy)[filled] * (seen.samples[filled] / total)
    return kernel.result(np.asarray(gaps.sum()), seen.confidence.dtype)
