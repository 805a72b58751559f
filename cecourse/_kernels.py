"""Numerical kernels that several functions share, each once, with its reason and its source.

Inside, everything is float64 and the class axis is the last one. A pair (high, low) stands for the
unevaluated sum high + low, which carries about twice the digits of one number.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Pair = tuple[Array, Array]


# -log(0) is inf, inf - inf never leaves a kernel: NumPy's warnings would say nothing that the result does
# not say.
def quiet() -> np.errstate:
    """Silence NumPy's warnings inside a with-block."""
    return np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore")


def result(values: Array, dtype: np.dtype[Any]) -> Array:
    """`values` in the dtype of the caller's input; without axes, a NumPy scalar."""
    return values.astype(dtype, copy=False)[()]


def two_sum(a: Array, b: Array) -> Pair:
    """a + b and the rounding error of this sum, exactly (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = a + b
    share = total - a
    return total, (a - (total - share)) + (b - share)


def two_product(a: Array, b: Array) -> Pair:
    """a * b and the rounding error of this product, by halves (Dekker 1971, doi:10.1007/BF01397083)."""

    def halves(x: Array) -> Pair:
        high = 134217729.0 * x
        high = high - (high - x)
        return high, x - high

    product = a * b
    (a_high, a_low), (b_high, b_low) = halves(a), halves(b)
    return product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def pair_sum(terms: Array) -> Pair:
    """Sum over the last axis as a pair: halves are added by TwoSum, so that long rows lose no digits.

    Source: Ogita, Rump & Oishi (2005), doi:10.1137/030601818.
    """
    low = np.zeros(terms.shape[:-1])
    while terms.shape[-1] > 1:
        half = terms.shape[-1] // 2
        odd = terms[..., 2 * half :]
        terms, error = two_sum(terms[..., :half], terms[..., half : 2 * half])
        low += error.sum(axis=-1)
        terms = np.concatenate([terms, odd], axis=-1)
    return terms[..., 0], low


def exact_sum(terms: Array) -> Array:
    """Sum over the last axis, rounded once; inf where a term is."""
    high, low = pair_sum(terms)
    return np.where(np.isfinite(high), high + low, high)


def log(x: Any, base: float) -> Any:
    """Logarithm; NumPy's own log2 and log10 make the logarithms of powers of 2 and 10 exact."""
    if base == np.e:
        return np.log(x)
    if base == 10:
        return np.log10(x)
    return np.log2(x) / np.log2(base)


def atanh_tail(s: Array) -> Array:
    """atanh(s) - s = s^3/3 + s^5/5 + ... for |s| <= 1/2, where the subtraction would lose digits."""
    square, series = s * s, np.zeros_like(s)
    for k in range(55, 1, -2):  # (1/2)^54 is below the last digit
        series = series * square + 1 / k
    tail: Array = series * square * s
    return tail


def divergence(p: Array, q: Array, d: Array, base: float) -> Array:
    """Sum of p log(p/q) + (q - p), whose terms are all >= 0; d = q - p is given, with all its digits.

    With s = d/(p + q), log(q/p) = 2 atanh(s): where p and q are close, the term is d s - 2 p (atanh(s) -
    s), without the subtraction of near equals. (The series of the logarithm: Abramowitz & Stegun 1964,
    4.1.27.)
    """
    s = d / (p + q)
    ratio = p / q
    logarithm = np.where((ratio < np.inf) | (q == 0), log(ratio, base), log(p, base) - log(q, base))
    # A power of the base (the ratio 1 among them) has an exact logarithm.
    near = (np.abs(s) < 0.5) & (logarithm != np.rint(logarithm))
    tail = atanh_tail(np.where(near, s, 0.0))
    close = (d * s - 2 * p * tail) / np.log(base)
    far = np.where(p == 0, 0.0, p * logarithm)
    total: Array = exact_sum(np.where(near, close, far)) + exact_sum(np.where(near, 0.0, d)) / np.log(base)
    return total


def gaps(z: Array, top: Array, temperature: float = 1.0) -> Pair:
    """(top - z) / temperature as a pair: exp makes an absolute error of its argument a relative one, and a gap of
    700 has 10 bits less behind the point than a number below 1.

    Logits at +inf have the gap 0 and all others inf. The temperature is split into a power of two, which is
    exact, and a number in [1, 2).
    """
    z = np.where(top == np.inf, np.where(z == np.inf, 0.0, -np.inf), z)
    top = np.where(top == np.inf, 0.0, top)
    t, k = np.frexp(temperature)
    t, k = 2 * t, int(k) - 1
    high, low = two_sum(np.ldexp(top, -max(k, 0)), -np.ldexp(z, -max(k, 0)))
    high, low = np.ldexp(high, max(-k, 0)), np.ldexp(low, max(-k, 0))
    if t != 1:
        quotient = high / t
        product, error = two_product(quotient, np.asarray(t))
        high, low = quotient, ((high - product) - error + low) / t
    return high, np.where(high < 1000, low, 0.0)  # beyond, exp(-gap) is 0


def odds(z: Array, top: Array, temperature: float = 1.0) -> tuple[Array, Array, Array]:
    """exp(-gap) of every class, their sum without one largest class (whose exp is 1), and the gaps.

    The sum of the others keeps the digits that 1 + others would round away.
    """
    high, low = gaps(z, top, temperature)
    weights = np.exp(-high) * (1 - low)
    others = weights.copy()
    np.put_along_axis(others, np.argmax(z, axis=-1)[..., None], 0.0, axis=-1)
    return weights, others.sum(axis=-1, keepdims=True), high


def softplus(z: Array) -> Array:
    """log(1 + exp(z)), in a form that neither overflows nor loses the digits of a small result."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
