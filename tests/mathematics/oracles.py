"""Exact answers, by mpmath, to what the module computes, and the families of inputs for the comparison.

An oracle takes the binary numbers that the function got, as they are, and follows the definition with 340 or
400 digits, enough for 1 + exp(-745) and for the difference of 1e308 and 0.1.
"""

from functools import cache
from typing import Any

import mpmath
import numpy as np

mp = mpmath.mp.clone()
mp.dps = 400
short = mpmath.mp.clone()  # for probabilities, the smallest of which is 1e-308
short.dps = 340


def ulps(value: Any, exact: Any, scale: Any = 0) -> float:
    """Distance of a float from the exact number, in units of the last digit of it, or of a larger `scale`."""
    kind = type(value)
    limit = mp.mpf(float(np.finfo(kind).max))
    if not np.isfinite(value) or abs(exact) > limit:
        same = np.isinf(value) and (exact == mp.inf or exact > limit or exact == -mp.inf or exact < -limit)
        return 0.0 if same and (value > 0) == (exact > 0) else np.inf
    size = max(abs(mp.mpf(exact)), abs(mp.mpf(scale)))
    unit = np.spacing(kind(min(size, limit)))
    return float(abs(mp.mpf(float(value)) - exact) / mp.mpf(float(unit)))


# The definitions, one row at a time.


def log(x: float, base: float) -> Any:
    return short.log(x) / short.log(base) if x else -short.inf


def cross_entropy(p: Any, q: Any, base: float = 2) -> Any:
    return -short.fsum(short.mpf(a) * log(b, base) for a, b in zip(p, q, strict=True) if a)


def entropy(p: Any, base: float = 2) -> Any:
    return cross_entropy(p, p, base)


def binary_entropy(p: float, base: float = 2) -> Any:
    x = mp.mpf(p)
    return -mp.fsum(a * mp.log(a) for a in (x, 1 - x) if a) / mp.log(base)


def literal(p: Any, q: Any, base: float) -> Any:
    terms = (
        short.mpf(a) * short.log(short.mpf(a) / b) if b else short.inf for a, b in zip(p, q, strict=True) if a
    )
    return short.fsum(terms) / short.log(base)


def kl_divergence(p: Any, q: Any, base: float = 2, eps: float = 2.0**-52) -> Any:
    """The literal sum, but where the rounding of the two sums of probabilities would drown it: there the pmfs
    count as normalised, which adds the difference of the sums (and changes the 16th digit beyond that)."""
    excess = (short.fsum(q) - short.fsum(p)) / short.log(base)
    value = literal(p, q, base)
    return value if abs(excess) < eps ** (1 / 3) * abs(value + excess) else value + excess


def js_divergence(p: Any, q: Any, base: float = 2) -> Any:
    middle = [(short.mpf(a) + b) / 2 for a, b in zip(p, q, strict=True)]
    return (literal(p, middle, base) + literal(q, middle, base)) / 2


def mutual_information(joint: Any, base: float = 2, eps: float = 2.0**-52) -> Any:
    rows = [short.fsum(map(short.mpf, row)) for row in joint.tolist()]
    columns = [short.fsum(map(short.mpf, column)) for column in joint.T.tolist()]
    product = [a * b for a in rows for b in columns]
    return kl_divergence(joint.ravel().tolist(), product, base, eps)


def conditional_entropy(joint: Any, base: float = 2) -> Any:
    rows = [[short.mpf(a) for a in row] for row in joint.tolist()]
    terms = (-a * short.log(a / short.fsum(row)) for row in rows for a in row if a)
    return short.fsum(terms) / short.log(base)


def perplexity(p: Any) -> Any:
    return short.power(2, entropy(p))


def exp(x: Any) -> Any:
    """exp(x), or 0 where that has thousands of zeros behind the point."""
    return mp.exp(x) if x > -(10**4) else mp.mpf(0)


def softmax(z: Any, temperature: float = 1.0) -> tuple[list[Any], list[Any], Any]:
    """The probabilities, their logarithms, and the logarithm of the sum of exp."""
    z = [mp.mpf(x) / mp.mpf(temperature) for x in z]
    top = max(z)
    e = [exp(x - top) for x in z]
    total = mp.fsum(e)
    log_total = mp.log(total)
    return [x / total for x in e], [x - top - log_total for x in z], top + log_total


def loss(logs: Any, t: Any) -> Any:
    """The loss for the target t, from the logarithms of the probabilities."""
    return -mp.fsum(mp.mpf(a) * b for a, b in zip(t, logs, strict=True) if a)


def slope(q: Any, t: Any) -> list[Any]:
    """The slope of that loss in the logits, from the probabilities."""
    total = mp.fsum(map(mp.mpf, t))
    return [x * total - a for x, a in zip(q, t, strict=True)]


@cache
def sigmoid(z: float) -> Any:
    return softmax([z, 0])[0][0]


@cache
def log_sigmoid(z: float) -> Any:
    return softmax([z, 0])[1][0]


def binary_loss(z: float, y: float, weight: float = 1.0) -> Any:
    y = mp.mpf(y)
    return -(weight * y * log_sigmoid(z) if y else 0) - ((1 - y) * log_sigmoid(-z) if y != 1 else 0)


def binary_slope(z: float, y: float, weight: float = 1.0) -> Any:
    y = mp.mpf(y)
    return (1 - y) * sigmoid(z) - weight * y * sigmoid(-z)


def binary_loss_from_probs(q: float, y: float) -> Any:
    y, q = mp.mpf(y), mp.mpf(q)
    return -(y * mp.log(q) if y else 0) - ((1 - y) * mp.log(1 - q) if y != 1 else 0)


def brier_score(q: Any, t: Any) -> Any:
    return short.fsum((short.mpf(a) - b) ** 2 for a, b in zip(q, t, strict=True))


# The families of inputs.


def pmfs(family: str, classes: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` rows of a family of pmfs."""
    p = rng.dirichlet(np.full(classes, 1.0), count)
    if family == "sparse":
        p = p * (rng.random((count, classes)) < 0.3)
        p[np.arange(count), rng.integers(classes, size=count)] += 0.1
        p /= p.sum(axis=-1, keepdims=True)
    if family == "nearly deterministic":
        p *= 10.0 ** rng.uniform(-300, -1, (count, 1))
        p[np.arange(count), rng.integers(classes, size=count)] = 0
        p[p.argmin(axis=-1)[:, None] == np.arange(classes)] = 1 - p.sum(axis=-1)
    if family == "mixed magnitudes":
        p = 10.0 ** rng.uniform(-307, 0, (count, classes))
        p /= p.sum(axis=-1, keepdims=True)
    return p


def nearly_identical(classes: int, count: int, rng: np.random.Generator, dtype: type) -> tuple[Any, Any]:
    """Pairs of pmfs that differ by a power of two, moved from one class to another: their sums agree."""
    bits = 20 if dtype == np.float32 else 50
    p = np.floor(rng.dirichlet(np.full(classes, 5.0), count) * 2.0**bits * 0.4) + 2.0 ** (bits - 11)
    p = p / 2.0**bits
    q, rows = p.copy(), np.arange(count)
    d = 2.0 ** -rng.integers(13, bits - 4, count)
    q[rows, 0] += d
    q[rows, classes - 1] -= d
    rest = 1 - p.sum(axis=-1)
    p[:, 0] += rest
    q[:, 0] += rest
    return p.astype(dtype), q.astype(dtype)


def logits(family: str, classes: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` rows of a family of logits."""
    z = rng.normal(size=(count, classes)) * 3
    if family == "confident":
        z[np.arange(count), rng.integers(classes, size=count)] += rng.uniform(30, 120, count)
    if family == "very confident":
        z[np.arange(count), rng.integers(classes, size=count)] += rng.uniform(120, 745, count)
    if family == "offset":
        z += rng.choice([-1e6, 1e6], (count, 1))
    if family == "mixed magnitudes":
        z = rng.choice([-1.0, 1.0], z.shape) * 10.0 ** rng.uniform(-307, 308, z.shape)
    if family == "wide":
        z = rng.uniform(-700, 100, z.shape)
    return z
