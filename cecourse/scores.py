"""Scores of predicted probabilities beside the loss: Brier's, and how well they are calibrated."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from . import _checks as check
from . import _kernels as kernel
from ._checks import Array
from .losses import one_hot

__all__ = ["Reliability", "brier_score", "expected_calibration_error", "reliability"]


class Reliability(NamedTuple):
    """What a reliability diagram shows, bin by bin; nan where a bin is empty."""

    confidence: Array
    accuracy: Array
    samples: Array


def brier_score(q: ArrayLike, targets: ArrayLike, reduction: str = "mean") -> Array:
    """Brier score: squared error of the predicted pmf, summed over the classes.  (..., C) -> () or (...)

    0 for a certain, right prediction and 2 for a certain, wrong one. Raises as cross_entropy_from_probs does.

    >>> brier_score([[0.5, 0.5], [1.0, 0.0]], [0, 1], "none")
    array([0.5, 2. ])

    Source: Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
    """
    q, how = check.pmf("q", q), check.reduction(reduction)
    t, divisor = check.targets("targets", targets, q.shape), check.divisor(how, math.prod(q.shape[:-1]))
    truth = one_hot(t, q.shape[-1]) if t.ndim < q.ndim else t
    squares = kernel.exact_sum((q.astype(np.float64) - truth) ** 2)
    return kernel.result(squares if how == "none" else np.asarray(squares.sum() / divisor), q.dtype)


def reliability(q: ArrayLike, labels: ArrayLike, bins: int = 10) -> Reliability:
    """Confidence (largest probability), accuracy and count of each bin.  (..., C), (...) -> 3 x (bins,)

    The bins have equal width; bin b holds the confidences in (b / bins, (b + 1) / bins]. An empty bin has
    nan for confidence and accuracy. Raises as cross_entropy_from_probs does, for labels.

    >>> reliability([[0.9, 0.1], [0.3, 0.7]], [0, 0], bins=2).accuracy
    array([nan, 0.5])

    Source: Guo, Pleiss, Sun & Weinberger (2017), section 2; arXiv:1706.04599.
    """
    q, bins = check.pmf("q", q), check.count("bins", bins)
    truth = check.labels("labels", labels, q.shape[-1], q.shape[:-1])
    confidence = q.max(axis=-1).astype(np.float64).ravel()
    right = (q.argmax(axis=-1) == truth).ravel()
    where = np.ceil(confidence * bins).astype(int) - 1
    count, hits, sure = (np.bincount(where, w, bins) for w in (None, right, confidence))
    with kernel.quiet():
        return Reliability(kernel.result(sure / count, q.dtype), kernel.result(hits / count, q.dtype), count)


def expected_calibration_error(q: ArrayLike, labels: ArrayLike, bins: int = 10) -> Array:
    """Expected calibration error: the mean gap of confidence and accuracy over the samples' bins.

    (..., C), (...) -> (). 0 for a calibrated model, below 1 always. Raises as reliability does, and
    ValueError for an empty batch.

    >>> expected_calibration_error([[0.75, 0.25], [0.75, 0.25], [0.75, 0.25], [0.75, 0.25]], [0, 0, 0, 1])
    np.float64(0.0)

    Source: Naeini, Cooper & Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602.
    """
    confidence, accuracy, count = reliability(q, labels, bins)
    check.divisor("mean", int(count.sum()))
    filled = count > 0
    gaps = np.abs(confidence - accuracy)[filled] * count[filled]
    return kernel.result(np.asarray(gaps.sum() / count.sum()), confidence.dtype)
