"""From scores (logits) to probabilities: softmax, the sigmoid and their logarithms (in nats)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from . import _checks as check
from . import _kernels as kernel
from ._checks import Array

__all__ = ["log_sigmoid", "log_softmax", "logsumexp", "sigmoid", "softmax"]


def logsumexp(z: ArrayLike, *, axis: int = -1, keepdims: bool = False) -> Array:
    """log(sum(exp(z))), the smooth maximum of `z`, without overflow.  (..., C) -> (...)

    -inf for no logits or only -inf, inf if one is, nan for nan: it raises nothing about values.

    Args:
        z: logits, or any numbers.
        axis: where the classes stand.
        keepdims: whether this axis stays, with the length 1.

    >>> logsumexp([1000.0, 1000.0])
    np.float64(1000.6931471805599)

    Source: Blanchard, Higham & Higham (2021), doi:10.1093/imanum/draa038.
    """
    values = check.last_axis("z", check.real("z", z), axis, empty=True)
    if values.shape[-1] == 0:
        total = np.full(values.shape[:-1], -np.inf)
    else:
        rows, moderate = kernel.as_rows(values), check.is_moderate(values)

        def sums(some: slice) -> Array:
            return kernel.log_sum(rows[some], moderate)

        total = kernel.reduce(sums, values.shape[:-1], rows.shape[1])
    return kernel.result(np.expand_dims(total, axis) if keepdims else total, values.dtype)


def softmax(z: ArrayLike, *, axis: int = -1, temperature: float = 1.0) -> Array:
    """Probabilities in proportion to exp(z / temperature).  (..., C) -> (..., C)

    Logits at +inf share the probability; no classes give no probabilities. Raises ValueError for nan, for a
    row of -inf only and for a temperature that is not positive.

    Args:
        z: logits, one per class.
        axis: where the classes stand.
        temperature: what the logits are divided by.

    >>> softmax([0.0, np.log(3.0)])
    array([0.25, 0.75])

    Source: Bridle (1990), doi:10.1007/978-3-642-76153-9_28.
    """
    (values, moderate), scale = check.logits("z", z, axis, empty=True), check.temperature(temperature)
    rows = kernel.as_rows(values)

    def pmfs(some: slice, out: Array) -> None:
        kernel.softmax(rows[some], moderate, scale, out)

    return np.moveaxis(kernel.by_rows(pmfs, values.shape, values.dtype), -1, axis)


def log_softmax(z: ArrayLike, *, axis: int = -1, temperature: float = 1.0) -> Array:
    """Logarithms of the probabilities of softmax, in nats, none of which underflows.  (..., C) -> (..., C)

    Never above 0 and 0.0 only where no other class counts. Raises as softmax does.

    Args:
        z: logits, one per class.
        axis: where the classes stand.
        temperature: what the logits are divided by.

    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])
    """
    (values, moderate), scale = check.logits("z", z, axis, empty=True), check.temperature(temperature)
    rows = kernel.as_rows(values)

    def logarithms(some: slice, out: Array) -> None:
        kernel.log_softmax(rows[some], kernel.peak(rows[some], moderate, scale), out)

    return np.moveaxis(kernel.by_rows(logarithms, values.shape, values.dtype), -1, axis)


def sigmoid(z: ArrayLike) -> Array:
    """Probability of the first of two classes whose logit is `z` ahead: 1 / (1 + exp(-z)).  (...) -> (...)

    0 at -inf and 1 at +inf. Raises ValueError for nan.

    Args:
        z: logits of a 1.

    >>> sigmoid([0.0, np.log(3.0)])
    array([0.5 , 0.75])
    """
    values, _ = check.scores("z", z)
    with kernel.no_warnings():
        return kernel.result(kernel.logistic(values.astype(np.float64))[0], values.dtype)


def log_sigmoid(z: ArrayLike) -> Array:
    """Logarithm of the sigmoid, in nats, which does not underflow.  (...) -> (...)

    -inf at -inf and 0.0 at +inf. Raises ValueError for nan.

    Args:
        z: logits of a 1.

    >>> log_sigmoid([-1000.0, 0.0])
    array([-1.00000000e+03, -6.93147181e-01])
    """
    values, _ = check.scores("z", z)
    with kernel.no_warnings():
        return kernel.result(0.0 - kernel.softplus(-values.astype(np.float64)), values.dtype)
