"""Surprise and its averages, in bits unless `base` says otherwise.  p is the truth, q the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _checks as check
from . import _kernels as kernel
from ._checks import Array
from ._kernels import Pair

__all__ = [
    "binary_entropy",
    "conditional_entropy",
    "cross_entropy",
    "entropy",
    "information",
    "js_divergence",
    "kl_divergence",
    "mutual_information",
    "perplexity",
]


def _expected_information(p: Array, q: Array, base: float) -> Array:
    """-sum p log q over the last axis; an outcome that p excludes costs nothing."""
    with kernel.no_warnings():
        return 0.0 - kernel.exact_sum(kernel.times(p, kernel.log(q, base)))


def _pmf_alone(function: Callable[..., Array]) -> Callable[..., Array]:
    """The same function, with a message of the module for a second pmf or for an option without its name."""

    @wraps(function)
    def alone(*data: ArrayLike, **options: Any) -> Array:
        if len(data) > 1:
            check.complain(
                f"{function.__name__} was given {len(data)} arguments without a name",
                "one pmf",
                "For a truth and a model there are cross_entropy(p, q) and kl_divergence(p, q); "
                "options have names, such as base=2.",
                TypeError,
            )
        return function(*data, **options)

    return alone


def information(p: ArrayLike, *, base: float = 2) -> Array:
    """Information (surprise) in bits of an event of probability `p`.  (...) -> (...)

    0 for a certain event, inf for an impossible one. Raises ValueError for a `p` outside [0, 1].

    Args:
        p: probabilities of events.
        base: 2 for bits, np.e for nats, 10 for hartleys.

    >>> information([1.0, 0.5, 0.125])
    array([0., 1., 3.])

    Source: Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x.
    """
    p, base = check.probability("p", p, "softmax or sigmoid", "divide by their sum"), check.log_base(base)
    with kernel.no_warnings():
        return kernel.result(0.0 - kernel.log(p.astype(np.float64), base), p.dtype)


@_pmf_alone
def entropy(p: ArrayLike, *, base: float = 2, axis: int = -1, normalize: bool = False) -> Array:
    """Entropy in bits: the expected information of one draw from the pmf `p`.  (..., C) -> (...)

    0 for a certain outcome, log C for a uniform one. Raises ValueError unless the rows are pmfs.

    Args:
        p: pmf.
        base: 2 for bits, np.e for nats, 10 for hartleys.
        axis: where the classes stand.
        normalize: whether counts are taken too, and divided by their sum.

    >>> entropy([0.5, 0.25, 0.25])
    np.float64(1.5)

    Source: Cover & Thomas (2006), section 2.1.
    """
    return cross_entropy(p, p, base=base, axis=axis, normalize=normalize)


def binary_entropy(p: ArrayLike, *, base: float = 2) -> Array:
    """Entropy in bits of a coin that lands heads with probability `p`.  (...) -> (...)

    0 at both ends, 1 bit in the middle, the same for p and 1 - p. Raises ValueError for a `p` outside [0, 1].

    Args:
        p: probabilities of heads.
        base: 2 for bits, np.e for nats, 10 for hartleys.

    >>> binary_entropy([0.5, 1.0])
    array([1., 0.])

    Source: Cover & Thomas (2006), eq. 2.5.
    """
    p, base = check.probability("p", p, "softmax or sigmoid", "divide by their sum"), check.log_base(base)
    # Exact, and log1p(-rare) keeps every digit of log(1 - rare).
    rare = np.minimum(p, 1 - p.astype(np.float64))
    with kernel.no_warnings():
        likely = (1 - rare) * np.log1p(-rare) / np.log(base)
        return kernel.result(0.0 - kernel.times(rare, kernel.log(rare, base)) - likely, p.dtype)


def cross_entropy(
    p: ArrayLike, q: ArrayLike, *, base: float = 2, axis: int = -1, normalize: bool = False
) -> Array:
    """Cross-entropy in bits: the mean cost of draws from `p` in a code for `q`.  (..., C), (..., C) -> (...)

    inf where `q` excludes what `p` produces; H(p, p) is the entropy. Raises ValueError unless the rows are
    pmfs over the same classes.

    Args:
        p: the true pmf.
        q: the model's.
        base: 2 for bits, np.e for nats, 10 for hartleys.
        axis: where the classes stand.
        normalize: whether counts are taken too, and divided by their sum.

    >>> cross_entropy([0.5, 0.5], [0.25, 0.75])
    np.float64(1.207518749639422)

    Source: Goodfellow, Bengio & Courville (2016), Deep Learning, section 3.13.
    """
    dtype, (p, q) = check.pmfs(axis, normalize, p=p, q=q)
    return kernel.result(_expected_information(p, q, check.log_base(base)), dtype)


def kl_divergence(
    p: ArrayLike, q: ArrayLike, *, base: float = 2, axis: int = -1, normalize: bool = False
) -> Array:
    """Kullback-Leibler divergence in bits: what the wrong code adds.  (..., C), (..., C) -> (...)

    Never negative, 0 for q = p, inf where `q` excludes what `p` produces. Sums that miss 1 by rounding are
    taken as they are, unless that would drown a small divergence. Raises as cross_entropy does.

    Args:
        p: the true pmf.
        q: the model's.
        base: 2 for bits, np.e for nats, 10 for hartleys.
        axis: where the classes stand.
        normalize: whether counts are taken too, and divided by their sum.

    >>> kl_divergence([0.5, 0.25, 0.25], [0.25, 0.5, 0.25])
    np.float64(0.25)

    Source: Cover & Thomas (2006), section 2.3; it is >= 0 by theorem 2.6.3.
    """
    dtype, (p, q) = check.pmfs(axis, normalize, p=p, q=q)
    base = check.log_base(base)
    with kernel.no_warnings():
        d, logarithm = kernel.two_sum(q, -p), kernel.log_ratio(p, q, base)
        excess = 0.0 if normalize else kernel.exact_sum(np.concatenate(d, axis=-1))
        return _divergence(p, q, d, logarithm, excess, base, dtype)


def _divergence(
    p: Array, q: Array, d: Pair, logarithm: Array, excess: Any, base: float, dtype: np.dtype[Any]
) -> Array:
    """sum p log(p/q), given d = q - p and excess = sum d, which is 0 but for the rounding of p and q.

    The literal sum is divergence - excess. Where the excess is large against the divergence, it is noise that
    would drown the answer, or make it negative: then p and q count as pmfs that sum to 1, and it is left out.
    """
    far, near = kernel.divergence(p, q, d, logarithm)
    noise = np.abs(excess) > np.cbrt(np.finfo(dtype).eps) * np.abs(far * np.log(base) + near)
    return kernel.result(far + (near - np.where(noise, 0.0, excess)) / np.log(base), dtype)


def js_divergence(
    p: ArrayLike, q: ArrayLike, *, base: float = 2, axis: int = -1, normalize: bool = False
) -> Array:
    """Jensen-Shannon divergence in bits: mean divergence from the middle.  (..., C), (..., C) -> (...)

    Symmetric, from 0 (q = p) to 1 bit (nothing in common); its root is a metric. Raises as cross_entropy
    does.

    Args:
        p: one pmf.
        q: another.
        base: 2 for bits, np.e for nats, 10 for hartleys.
        axis: where the classes stand.
        normalize: whether counts are taken too, and divided by their sum.

    >>> js_divergence([1.0, 0.0], [0.0, 1.0])
    np.float64(1.0)

    Source: Lin (1991), doi:10.1109/18.61115.
    """
    dtype, (p, q) = check.pmfs(axis, normalize, p=p, q=q)
    base = check.log_base(base)
    with kernel.no_warnings():
        (d, low), middle = kernel.two_sum(q / 2, -p / 2), (p + q) / 2
        far_p, near_p = kernel.divergence(p, middle, (d, low), kernel.log_ratio(p, middle, base))
        far_q, near_q = kernel.divergence(q, middle, (-d, -low), kernel.log_ratio(q, middle, base))
        both = (far_p + far_q) + (near_p + near_q) / np.log(base)
        most = 2 * kernel.log(np.float64(2), base)  # which disjoint pmfs, their sums rounded up, could pass
        return kernel.result(np.where(both / most > 1, most, both) / 2, dtype)


def mutual_information(joint: ArrayLike, *, base: float = 2, normalize: bool = False) -> Array:
    """Mutual information in bits: what one variable tells about the other.  (..., A, B) -> (...)

    The divergence of `joint` from the product of its marginals; 0 for independent variables. Raises
    ValueError unless the last two axes together hold a pmf.

    Args:
        joint: P(first = row, second = column), or counts of the pairs with `normalize`.
        base: 2 for bits, np.e for nats, 10 for hartleys.
        normalize: whether `joint` may hold counts.

    >>> mutual_information([[0.5, 0.0], [0.0, 0.5]])
    np.float64(1.0)

    Source: Cover & Thomas (2006), section 2.3.
    """
    (dtype, p), base = check.joint("joint", joint, normalize), check.log_base(base)
    cells = (*p.shape[:-2], p.shape[-2] * p.shape[-1])
    with kernel.no_warnings():
        (x, x_low), (y, y_low) = kernel.pair_sum(p), kernel.pair_sum(np.swapaxes(p, -1, -2))
        q, error = kernel.two_product(x[..., :, None], y[..., None, :])
        low = error + x[..., :, None] * y_low[..., None, :] + x_low[..., :, None] * y[..., None, :]
        logarithm = kernel.log_ratio(p, q, base)
        # A product below 1e-290 has lost digits, or all of them.
        apart = kernel.log_ratio(p, x[..., :, None], base) - kernel.log(y, base)[..., None, :]
        logarithm = np.where(q < 1e-290, apart, logarithm)
        total, rest = kernel.pair_sum(p.reshape(cells))
        # The product of the marginals sums to total^2.
        excess = 0.0 if normalize else total * ((total - 1) + rest)
        high, error = kernel.two_sum(q, -p)
        terms = (p, q, *kernel.two_sum(high, error + low), logarithm)
        p, q, d, d_low, logarithm = (a.reshape(cells) for a in terms)
        return _divergence(p, q, (d, d_low), logarithm, excess, base, dtype)


def conditional_entropy(joint: ArrayLike, *, base: float = 2, normalize: bool = False) -> Array:
    """Conditional entropy in bits: what the second variable still tells once the first is known.

    (..., A, B) -> (...). The mean entropy of the rows, each made a pmf; 0 where the first variable decides
    the second. Raises ValueError unless the last two axes together hold a pmf.

    Args:
        joint: P(first = row, second = column), or counts of the pairs with `normalize`.
        base: 2 for bits, np.e for nats, 10 for hartleys.
        normalize: whether `joint` may hold counts.

    >>> conditional_entropy([[0.5, 0.0], [0.25, 0.25]])
    np.float64(0.5)

    Source: Cover & Thomas (2006), section 2.2.
    """
    (dtype, p), base = check.joint("joint", joint, normalize), check.log_base(base)
    with kernel.no_warnings():
        largest = np.arange(p.shape[-1]) == p.argmax(axis=-1)[..., None]
        odds = kernel.exact_sum(np.where(largest, 0.0, p)) / p.max(axis=-1)
        surprise = kernel.log_ratio(kernel.exact_sum(p)[..., None], p, base)
        # The logarithm of a quotient near 1 would lose the digits of a small surprise.
        small = largest & (odds[..., None] < 0.5)
        surprise = np.where(small, np.log1p(odds)[..., None] / np.log(base), surprise)
        terms = kernel.times(p, surprise).reshape(*p.shape[:-2], p.shape[-2] * p.shape[-1])
        return kernel.result(kernel.exact_sum(terms), dtype)


@_pmf_alone
def perplexity(p: ArrayLike, *, axis: int = -1, normalize: bool = False) -> Array:
    """Perplexity: the number of equally likely outcomes that would be as uncertain as `p`.  (..., C) -> (...)

    2 to the entropy in bits, from 1 (certain) to C (uniform). Raises ValueError unless the rows are pmfs.

    Args:
        p: pmf.
        axis: where the classes stand.
        normalize: whether counts are taken too, and divided by their sum.

    >>> perplexity([0.25, 0.25, 0.25, 0.25])
    np.float64(4.0)
    """
    dtype, (p,) = check.pmfs(axis, normalize, p=p)
    mantissa, exponent = np.frexp(p)  # -log2 p = -exponent - log2(mantissa): the larger part is exact
    with kernel.no_warnings():
        whole, error = kernel.two_product(p, exponent.astype(np.float64))
        part = kernel.times(p, np.log2(mantissa))
        high, low = kernel.pair_sum(np.concatenate([whole, error, part], axis=-1))
        return kernel.result(np.exp2(-high) * (1 - low * np.log(2)), dtype)
