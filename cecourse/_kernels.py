"""Numerical kernels that several functions share, each once, with its reason and its source.

Inside, everything is float64 and the class axis is the last one. A pair (high, low) stands for the
unevaluated sum high + low, which carries about twice the digits of one number.
"""

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Pair = tuple[Array, Array]
# From a total to what a row of slopes is divided by: times the samples, over the weight of the row.
Per = Callable[[Any], Any]
# What is added to logits that are not moderate, of which the largest is 0.
LIFT = 300.0


# -log(0) is inf, inf - inf never leaves a kernel: NumPy's warnings would say nothing that the result does
# not say.
def no_warnings() -> np.errstate:
    """Silence NumPy's warnings inside a with-block."""
    return np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore")


def result(values: Array, dtype: np.dtype[Any]) -> Array:
    """`values` in the dtype of the caller's input; without axes, a NumPy scalar."""
    with no_warnings():
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


def log_ratio(p: Array, q: Array, base: float) -> Array:
    """log(p/q), also where the quotient overflows; inf for q = 0."""
    ratio = p / q
    finite = (ratio < np.inf) | (q == 0)
    logarithm: Array = np.where(finite, log(ratio, base), log(p, base) - log(q, base))
    return logarithm


def atanh_tail(s: Array) -> Array:
    """atanh(s) - s = s^3/3 + s^5/5 + ... for |s| <= 0.8, where the subtraction would lose digits.

    atanh(s) = 2 atanh(h) with h = s/(1 + sqrt(1 - s^2)), so that tail(s) = s h^2 + 2 tail(h); halved twice,
    16 terms are enough. The series: NIST Digital Library of Mathematical Functions, 4.38.5.
    """
    h = s / (1 + np.sqrt(1 - s * s))
    k = h / (1 + np.sqrt(1 - h * h))
    square, series = k * k, np.zeros_like(s)
    for power in range(33, 1, -2):
        series = series * square + 1 / power
    tail: Array = s * h * h + 2 * (h * square + 2 * series * square * k)
    return tail


def divergence(p: Array, q: Array, d: Pair, logarithm: Array) -> Pair:
    """Sum of p log(p/q) + (q - p), whose terms are all >= 0, given d = q - p as a pair, and log(p/q).

    It comes in two parts to be added: the first is in the unit of the logarithm, the second in nats. With s =
    d/(p + q), log(q/p) = 2 atanh(s): where p and q are near, the term is d s - 2 p (atanh(s) - s), without
    the subtraction of near equals. The logarithm of a power of two is exact and needs no such help.
    """
    (gap, gap_low), (total, total_low) = d, two_sum(p, q)
    s = gap / total
    near = (np.abs(s) < 0.8) & ((np.frexp(p)[0] != np.frexp(q)[0]) | (q - p != gap))
    product, error = two_product(s, total)
    s_low = (gap - product - error - s * total_low + gap_low) / total  # what was rounded off
    low = gap * s_low / (1 + s)  # the slope of the term in s is d / (1 + s)
    close = gap * s - (2 * p * atanh_tail(np.where(near, s, 0.0)) - low)
    rest = np.concatenate([np.where(near, close, gap), np.where(near, 0.0, gap_low)], axis=-1)
    return exact_sum(np.where(near, 0.0, times(p, logarithm))), exact_sum(rest)


def times(weight: Array, cost: Array) -> Array:
    """weight * cost, where nothing times infinity is nothing: 0 log 0 = 0."""
    return np.where(weight == 0, 0.0, weight * cost)


def row_sum(terms: Array, dtype: np.dtype[Any]) -> Array:
    """Sum of each row of numbers >= 0.

    einsum does not pay NumPy's price for the start of every short row. In a long row every quotient shares
    the error of the sum, most of which comes from its last additions: there the parts of a row are cut at one
    digit, so that the sum of their high parts is exact (Rump, Ogita & Oishi 2008, doi:10.1137/050645671). An
    answer in float32 has digits to spare.
    """
    count, width = terms.shape
    if width <= 128 or dtype == np.float32:
        return np.einsum("ij->i", terms)  # type: ignore[no-any-return]
    even = width - width % 16
    parts = np.empty((count, 17))
    np.einsum("ijk->ij", terms[:, :even].reshape(count, 16, even // 16), out=parts[:, :16])
    terms[:, even:].sum(axis=-1, out=parts[:, 16])
    unit = np.ldexp(2.0, np.frexp(parts.sum(axis=-1))[1])[:, None]
    high = (parts + unit) - unit
    return high.sum(axis=-1) + (parts - high).sum(axis=-1)  # type: ignore[no-any-return]


def blocks(rows: int, width: int) -> Iterator[slice]:
    """Slices of rows that stay in the processor's cache, in a work space of a few hundredths of the input;
    but not so short that Python's calls take most of the time. A row has a few numbers of its own."""
    step = 2**14 if width <= 1 else min(max(rows * width // 48, 2**10), 2**15) // (width + 8)
    return (slice(start, start + max(step, 1)) for start in range(0, rows, max(step, 1)))


def as_rows(z: Array) -> Array:
    """`z` as a matrix with the classes in its columns."""
    return z.reshape(math.prod(z.shape[:-1]), z.shape[-1])


def by_rows(
    function: Callable[[slice, Array], object], shape: tuple[int, ...], dtype: np.dtype[Any]
) -> Array:
    """An array of the given shape, whose rows `function` writes block by block."""
    out = np.empty(shape, dtype)
    if out.size:
        rows = as_rows(out)
        with no_warnings():
            for some in blocks(*rows.shape):
                function(some, rows[some])
    return out


def reduce(
    function: Callable[[slice], Array],
    shape: tuple[int, ...],
    width: int,
    how: str = "none",
    divisor: float = 1.0,
) -> Array:
    """The losses that `function` gives for each block of rows, or their sum over `divisor`."""
    rows = math.prod(shape)
    with no_warnings():
        if how == "none":
            return np.concatenate([np.zeros(0), *map(function, blocks(rows, width))]).reshape(shape)
        totals = [float(function(some).sum()) for some in blocks(rows, width)]
        if max(totals, default=0.0) < 2.0**960:
            return np.asarray(math.fsum(totals) / divisor)
        # Perhaps the sum alone overflows, and the mean does not.
        totals = [float((function(some) * 2.0**-64).sum()) for some in blocks(rows, width)]
        return np.asarray(np.float64(math.fsum(totals) / divisor) * 2.0**64)


def weighted(costs: Array, weights: Array | None, some: slice) -> Array:
    """The costs of some samples times their weights, if there are any."""
    return costs if weights is None else times(weights[some], costs)


def evaluate(
    function: Callable[[slice, Per, Any], Any],
    shape: tuple[int, ...],
    dtype: np.dtype[Any],
    how: str,
    divisor: float,
    weights: Array | None,
    want: str,
) -> Pair:
    """The loss and the slopes, as far as wanted, which `function` gives and writes for blocks of rows."""
    slopes = np.empty(shape if want != "loss" else (*(0 for _ in shape[:-1]), shape[-1]), dtype)
    rows = as_rows(slopes)

    def losses(some: slice) -> Any:
        def per(total: Any) -> Any:
            return total * divisor if weights is None else total * divisor / weights[some]

        costs = function(some, per, None if want == "loss" else rows[some])
        return costs if want == "slope" else weighted(costs, weights, some)

    if want != "slope":
        return reduce(losses, shape[:-1], shape[-1], how, divisor), slopes
    with no_warnings():
        for some in blocks(*rows.shape):
            losses(some)
    return np.zeros(()), slopes


def gaps_to_largest(z: Array, temperature: float = 1.0) -> Pair:
    """(largest of z - z) / temperature as a pair: exp makes the absolute error of its argument a relative
    one, and a gap of 700 has 10 bits less behind the point than a number below 1.

    Logits at +inf have the gap 0 and all others inf. The temperature is split into a power of two, which is
    exact, and a number in [1, 2).
    """
    z = z.astype(np.float64, order="C")
    top = z.max(axis=-1, keepdims=True)
    z = np.where(top == np.inf, np.where(z == np.inf, 0.0, -np.inf), z)
    top = np.where(top == np.inf, 0.0, top)
    fraction, power = math.frexp(temperature)
    before, after = max(power - 1, 0), max(1 - power, 0)
    high, low = two_sum(np.ldexp(top, -before), -np.ldexp(z, -before))
    high, low = np.ldexp(high, after), np.ldexp(low, after)
    if fraction != 0.5:
        quotient = high / (2 * fraction)
        product, error = two_product(quotient, np.asarray(2 * fraction))
        high, low = quotient, ((high - product) - error + low) / (2 * fraction)
    return high, low


def exponentials(
    z: Array, moderate: bool, temperature: float = 1.0, out: Array | None = None
) -> tuple[Array, Array | None]:
    """Numbers in proportion to exp(z / temperature), each right to its last digits, and the gaps if needed.

    Without a shift there is no rounding before exp; only logits that are not `moderate` pay for it. The
    rows lie one after the other in memory, whatever the order of z. The shift by the largest logit:
    Blanchard, Higham & Higham (2021), doi:10.1093/imanum/draa038.
    """
    if moderate and temperature == 1:
        if out is None or out.dtype != np.float64:
            out = z.astype(np.float64, order="C")
            return np.exp(out, out=out), None
        return np.exp(z, out=out), None
    high, low = gaps_to_largest(z, temperature)
    lifted, rest = two_sum(np.asarray(LIFT), -high)  # so that the sum of numbers near 1e-308 keeps its digits
    error = np.where(high < 1100, rest - low, 0.0)  # beyond, the exponential is 0
    return np.exp(lifted) * (1 + error), high


def at(labels: Array, width: int) -> Array:
    """Where the entries at the labels stand in a flattened matrix of `width` columns."""
    return np.arange(0, len(labels) * width, width) + labels


def split_off(weights: Array, places: Array, dtype: np.dtype[Any]) -> Pair:
    """The entries at `places`, one a row, which become 0, and each row's sum of the others.

    Subtracting the entry from the sum of all would lose the digits of small others.
    """
    flat = weights.reshape(-1)
    own = flat.take(places)
    flat[places] = 0.0
    return own, row_sum(weights, dtype)


class Peak(NamedTuple):
    """Exponentials of rows of logits, from which the one of the largest logit is taken out (and is 0)."""

    weights: Array
    gaps: Array | None
    places: Array
    own: Array
    others: Array


def peak(z: Array, moderate: bool, temperature: float = 1.0) -> Peak:
    """The exponentials, the one of the largest logit apart: what is small beside it keeps its digits."""
    places = at(z.argmax(axis=-1), z.shape[-1])
    weights, gap = exponentials(z, moderate, temperature)
    return Peak(weights, gap, places, *split_off(weights, places, z.dtype))


def softmax(z: Array, moderate: bool, temperature: float, out: Array) -> None:
    """Writes exp(z / temperature), each row over its sum."""
    weights, _ = exponentials(z, moderate, temperature, out)
    divide(weights, row_sum(weights, z.dtype), out)


def divide(weights: Array, totals: Array, out: Array) -> None:
    """Writes the weights, each row over its total; where digits are to spare, as a product."""
    if out.dtype == np.float32:
        np.multiply(weights, (1 / totals)[:, None], out=out, casting="same_kind")
    else:
        np.divide(weights, totals[:, None], out=out)


def log_softmax(z: Array, top: Peak, out: Array) -> Array:
    """Minus the gap to the largest logit, minus log1p of the odds against it: both keep their digits."""
    odds, largest = np.log1p(top.others / top.own), z.reshape(-1).take(top.places).astype(np.float64)
    if top.gaps is not None:
        np.subtract(0.0 - top.gaps, odds[:, None], out=out, casting="same_kind")
    elif z.dtype == np.float32:  # which has no digits for the rounding of largest + odds
        out[...] = np.subtract(z.astype(np.float64), (largest + odds)[:, None], out=top.weights)
        out.reshape(-1)[top.places] = 0.0 - odds
    else:
        np.subtract(z, largest[:, None], out=out)
        out -= odds[:, None]
    return out


def log_sum(z: Array, moderate: bool) -> Array:
    """Logarithm of each row's sum of exp, whatever z holds: the largest plus log1p of the odds against it.

    Of two or more moderate logits, none is so near 0 that the logarithm of the sum would lose its digits.
    """
    if moderate and z.shape[-1] > 1:
        total: Array = np.log(row_sum(exponentials(z, moderate)[0], z.dtype))
        return total
    top, largest = peak(z, moderate), z.max(axis=-1).astype(np.float64)
    total = largest + np.log1p(top.others / top.own)
    return np.where(np.abs(largest) < np.inf, total, largest)


def label_loss(z: Array, labels: Array, moderate: bool, per: Per, out: Array | None) -> Array:
    """-log softmax(z) at the labels; writes its slopes softmax(z) - one_hot(labels).

    The loss is log1p of the odds against the label, so that a tiny one keeps its digits; where they overflow,
    it is the gap to the largest logit and more. At the label the slope is minus the share of the others.
    """
    (weights, gap), places = exponentials(z, moderate, out=out), at(labels, z.shape[-1])
    own, others = split_off(weights, places, z.dtype)
    cost = np.log1p(others / own)
    if gap is not None:
        far = gap.reshape(-1).take(places)
        cost = np.where(far < 700, cost, far + (np.log(own + others) - LIFT))
    if out is not None:
        total = per(own + others)
        divide(weights, total, out)
        out.reshape(-1)[places] = -others / total
    return cost


def soft_loss(z: Array, t: Array, moderate: bool, per: Per, out: Array | None) -> Array:
    """-sum t log softmax(z); writes its slopes q sum(t) - t, as q (all other t) - t (all other q).

    For the largest q, all other q are summed: 1 - q would lose the digits of a small slope.
    """
    top = peak(z, moderate)
    if out is not None:
        total = top.own + top.others
        q = top.weights / total[:, None]
        rest = 1 - q
        q.reshape(-1)[top.places] = top.own / total
        rest.reshape(-1)[top.places] = top.others / total
        out[...] = (q * (exact_sum(t)[:, None] - t) - t * rest) / np.reshape(per(1.0), (-1, 1))
    return 0.0 - exact_sum(times(t, log_softmax(z, top, top.weights)))


def softplus(z: Array) -> Array:
    """log(1 + exp(z)), in a form that neither overflows nor loses the digits of a small result."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def logistic(z: Array) -> Pair:
    """1/(1 + exp(-z)) and 1/(1 + exp(z)), neither of them 1 minus the other."""
    small = np.exp(-np.abs(z))
    total = 1 + small
    near, far = 1 / total, small / total
    up = z >= 0
    return np.where(up, near, far), np.where(up, far, near)


def binary_loss(z: Array, y: Array, positive: float, finite: bool, per: Per, out: Array | None) -> Array:
    """positive y softplus(-z) + (1 - y) softplus(z); writes its slopes.

    Both share log1p(exp(-|z|)). The slope is (1 - y) sigmoid(z) - positive y sigmoid(-z), whose numerators
    exp(min(z, 0)) and exp(-max(z, 0)) neither overflow nor lose digits, and have the product exp(-|z|).
    """
    low, high, tails = np.minimum(z, 0), np.maximum(z, 0), 1 - y
    heads = y if positive == 1 else positive * y
    if out is None:
        small = np.exp(low - high)
    else:
        up, down = np.exp(low), np.exp(-high)
        small = up * down
        up *= tails
        down *= heads
        up -= down
        np.divide(up, per(1 + small), out=out, casting="same_kind")
    cost: Array = np.log1p(small)
    if positive != 1:
        cost *= heads + tails
    product = np.multiply if finite else times
    cost += product(tails, high)
    cost -= product(heads, low)
    return cost
