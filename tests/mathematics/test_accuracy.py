"""The last digits: every answer within 4 units of the last place of the exact one, half of them within 0.6.

A unit in the last place (ULP) is the distance between neighbouring floats at the exact answer. Two functions
pass through zero by the cancellation of what they are given, logsumexp and the slope for a soft target: there
the unit is that of their largest term. `python -m tests.mathematics.test_accuracy` prints the table.
"""

import math
from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecourse as ce
from tests.mathematics import oracles
from tests.mathematics.oracles import mp, ulps

WORST, MEDIAN = 4.0, 0.6
DTYPES = (np.float64, np.float32)
PMF_FAMILIES = ("generic", "sparse", "nearly deterministic", "mixed magnitudes")
LOGIT_FAMILIES = ("generic", "confident", "very confident", "offset", "mixed magnitudes", "wide")

Errors = dict[str, list[float]]


def keep(errors: Errors, name: str, values: Any, exact: Iterable[Any], scales: Any = None) -> None:
    """Add the errors of `values` to those of the function `name`; of many values, of a sample.

    All entries of a row share the error of its sum, so a few long rows must not make up most of a median.
    """
    values, exact = np.ravel(values), list(exact)
    scales = [0] * len(exact) if scales is None else scales
    triples = list(zip(values, exact, scales, strict=True))
    some = np.random.default_rng(0).permutation(len(triples))[:200]
    errors.setdefault(name, []).extend(ulps(*triples[i]) for i in some)


def flat(rows: Iterable[list[Any]]) -> list[Any]:
    return list(chain.from_iterable(rows))


def pmf_errors(family: str, dtype: Any, rng: np.random.Generator, rows: Any = ((2, 40), (10, 15), (1000, 1))):
    """Errors of everything that takes pmfs, on one family."""
    errors: Errors = {}
    eps = float(np.finfo(dtype).eps)
    for classes, count in rows:
        p, q, other = (
            oracles.pmfs(name, classes, count, rng).astype(dtype) for name in (family, family, "generic")
        )
        labels = rng.integers(classes, size=count)
        some = p.ravel()[:50]
        lists = p.tolist()
        keep(errors, "information", ce.information(some), (-oracles.log(x, 2) for x in some.tolist()))
        keep(errors, "binary_entropy", ce.binary_entropy(some), map(oracles.binary_entropy, some.tolist()))
        for base in (2, np.e, 10):
            keep(errors, "entropy", ce.entropy(p, base=base), (oracles.entropy(row, base) for row in lists))
        keep(errors, "perplexity", ce.perplexity(p), map(oracles.perplexity, lists))
        for a, b in ((p, q), (other, p), (p, other)):
            pairs = (a.tolist(), b.tolist())
            keep(errors, "cross_entropy", ce.cross_entropy(a, b), map(oracles.cross_entropy, *pairs))
            exact = (oracles.kl_divergence(*pair, 2, eps) for pair in zip(*pairs, strict=True))
            keep(errors, "kl_divergence", ce.kl_divergence(a, b), exact)
            keep(errors, "js_divergence", ce.js_divergence(a, b), map(oracles.js_divergence, *pairs))
        one_hot = ce.one_hot(labels, classes)
        for targets, soft in ((labels, one_hot), (other, other)):
            costs = (oracles.cross_entropy(t, row, np.e) for t, row in zip(soft.tolist(), lists, strict=True))
            keep(
                errors,
                "cross_entropy_from_probs",
                ce.cross_entropy_from_probs(p, targets, reduction="none"),
                costs,
            )
            exact = map(oracles.brier_score, lists, soft.tolist())
            keep(errors, "brier_score", ce.brier_score(p, targets, reduction="none"), exact)
        for y in (0, 1, 0.25):
            exact = [oracles.binary_loss_from_probs(x, y) for x in some.tolist()]
            keep(
                errors,
                "binary_cross_entropy_from_probs",
                ce.binary_cross_entropy_from_probs(some, y, reduction="none"),
                exact,
            )
    for shape, count in (((2, 2), 25), ((3, 4), 15), ((20, 30), 1)):
        joint = oracles.pmfs(family, math.prod(shape), count, rng).astype(dtype).reshape(count, *shape)
        exact = (oracles.mutual_information(table, 2, eps) for table in joint)
        keep(errors, "mutual_information", ce.mutual_information(joint), exact)
        exact = map(oracles.conditional_entropy, joint)
        keep(errors, "conditional_entropy", ce.conditional_entropy(joint), exact)
    return errors


def close_errors(family: str, dtype: Any, rng: np.random.Generator):
    """Errors of the divergences of pmfs that differ by a power of two in two classes."""
    errors: Errors = {}
    for classes, count in ((2, 40), (10, 20), (1000, 1)):
        p, q = oracles.nearly_identical(classes, count, rng, dtype)
        pairs = (p.tolist(), q.tolist())
        keep(errors, "kl_divergence", ce.kl_divergence(p, q), map(oracles.kl_divergence, *pairs))
        keep(errors, "js_divergence", ce.js_divergence(p, q), map(oracles.js_divergence, *pairs))
    for _ in range(40):
        joint = np.outer([0.25, 0.75], [0.5, 0.125, 0.375])
        d = 2.0 ** -rng.integers(5, 14 if dtype == np.float32 else 44)
        joint += np.array([[d, -d, 0], [-d, d, 0]])
        joint = joint.astype(dtype)
        keep(
            errors,
            "mutual_information",
            ce.mutual_information(joint),
            [oracles.mutual_information(joint)],
        )
    return errors


def logit_errors(
    family: str, dtype: Any, rng: np.random.Generator, rows: Any = ((2, 24), (10, 8), (1000, 3))
):
    """Errors of everything that takes logits, on one family."""
    errors: Errors = {}
    for classes, count in rows:
        z = oracles.logits(family, classes, count, rng)
        z = np.clip(z, -3e38, 3e38).astype(dtype) if dtype == np.float32 else z
        labels = rng.integers(classes, size=count)
        labels[::2] = z[::2].argmax(axis=-1)  # half of the predictions are right
        one_hot = ce.one_hot(labels, classes)
        soft = oracles.pmfs("sparse", classes, count, rng).astype(dtype)
        exact = [oracles.softmax(row) for row in z.tolist()]
        q, logs, total = (list(part) for part in zip(*exact, strict=True))
        keep(errors, "softmax", ce.softmax(z), flat(q))
        keep(errors, "log_softmax", ce.log_softmax(z), flat(logs))
        keep(errors, "logsumexp", ce.logsumexp(z), total, [abs(row).max() for row in z.astype(float)])
        for temperature in (0.3, 1e3) if classes < 1000 else ():
            heated = [oracles.softmax(row, temperature) for row in z.tolist()]
            keep(
                errors,
                "softmax, temperature",
                ce.softmax(z, temperature=temperature),
                flat(h[0] for h in heated),
            )
            value = ce.log_softmax(z, temperature=temperature)
            keep(errors, "log_softmax, temperature", value, flat(h[1] for h in heated))
        weights = rng.uniform(0.1, 3, classes)
        smooth = 0.875 * one_hot + 0.125 / classes
        for name, targets, pmfs, options in (
            ("", labels, one_hot, {}),
            ("", one_hot, one_hot, {}),
            (", soft", soft, soft, {}),
            (", weighted", labels, one_hot * weights, {"class_weights": weights}),
            (", smoothed", labels, smooth, {"label_smoothing": 0.125}),
        ):
            losses = ce.cross_entropy_from_logits(z, targets, reduction="none", **options)
            keep(errors, "cross_entropy_from_logits" + name, losses, map(oracles.loss, logs, pmfs.tolist()))
            slopes = ce.cross_entropy_from_logits_grad(z, targets, reduction="none", **options)
            exact = flat(map(oracles.slope, q, pmfs.tolist()))
            terms = None if not name else np.maximum(flat(q), pmfs.ravel())
            keep(errors, "cross_entropy_from_logits_grad" + name, slopes, exact, terms)
    x = z.ravel()[:80]
    numbers = x.tolist()
    hard, soft = rng.integers(2, size=x.size), rng.random(x.size)
    keep(errors, "sigmoid", ce.sigmoid(x), map(oracles.sigmoid, numbers))
    keep(errors, "log_sigmoid", ce.log_sigmoid(x), map(oracles.log_sigmoid, numbers))
    for name, y in (("", hard), (", soft", soft)):
        for weight in (1.0, 2.5):
            exact = [oracles.binary_loss(a, b, weight) for a, b in zip(numbers, y.tolist(), strict=True)]
            losses = ce.binary_cross_entropy_from_logits(x, y, reduction="none", pos_weight=weight)
            keep(errors, "binary_cross_entropy_from_logits" + name, losses, exact)
            exact = [oracles.binary_slope(a, b, weight) for a, b in zip(numbers, y.tolist(), strict=True)]
            terms = [
                weight * max(b, float(oracles.sigmoid(a))) for a, b in zip(numbers, y.tolist(), strict=True)
            ]
            slopes = ce.binary_cross_entropy_from_logits_grad(x, y, reduction="none", pos_weight=weight)
            keep(
                errors, "binary_cross_entropy_from_logits_grad" + name, slopes, exact, terms if name else None
            )
    return errors


CASES = [
    *((pmf_errors, family) for family in PMF_FAMILIES),
    (close_errors, "nearly identical"),
    *((logit_errors, family) for family in LOGIT_FAMILIES),
]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("measure", "family"), CASES)
def test_every_answer_keeps_its_last_digits(measure: Any, family: str, dtype: Any):
    with np.errstate(under="ignore"):
        errors = measure(family, dtype, np.random.default_rng(7))
    worst = {name: max(e) for name, e in errors.items() if max(e) > WORST}
    assert not worst
    median = {name: float(np.median(e)) for name, e in errors.items() if np.median(e) > MEDIAN}
    assert not median


logits = st.lists(st.floats(-1e308, 1e308) | st.floats(-800, 800) | st.floats(-5, 5), min_size=2, max_size=6)


@given(logits, st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_no_logits_lose_the_digits_of_a_loss(z: list[float], c: int):
    c %= len(z)
    q, logs, _ = oracles.softmax(z)
    assert ulps(ce.cross_entropy_from_logits(z, c), -logs[c]) <= WORST
    assert max(map(ulps, ce.softmax(z), q)) <= WORST
    slope = oracles.slope(q, ce.one_hot(c, len(z)).tolist())
    assert max(map(ulps, ce.cross_entropy_from_logits_grad(z, c), slope)) <= WORST


@pytest.mark.parametrize("classes", [2, 10, 100, 1000])
def test_a_loss_near_the_smallest_float_keeps_its_digits(classes: int):
    # The losses are sums of numbers that are themselves too small to have all their digits.
    rng = np.random.default_rng(6)
    count = 4 if classes == 1000 else 30
    z, labels, rows = rng.normal(size=(count, classes)), rng.integers(classes, size=count), np.arange(count)
    z[rows, labels] += rng.uniform(700, 748, count)
    exact = [-oracles.softmax(row)[1][c] for row, c in zip(z.tolist(), labels, strict=True)]
    assert max(map(ulps, ce.cross_entropy_from_logits(z, labels, reduction="none"), exact)) <= WORST
    for targets in (labels, ce.one_hot(labels, classes)):
        slopes = ce.cross_entropy_from_logits_grad(z, targets, reduction="none")[rows, labels]
        assert max(map(ulps, slopes, [mp.expm1(-x) for x in exact])) <= WORST


dyadic_pmfs = st.lists(st.integers(0, 2**40), min_size=2, max_size=5).map(
    lambda parts: np.diff(np.sort([0, *parts, 2**40])) / 2.0**40
)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_pmfs_lose_the_digits_of_a_divergence(data: Any):
    p = data.draw(dyadic_pmfs)
    q = data.draw(dyadic_pmfs.filter(lambda q: len(q) == len(p)))
    pair = p.tolist(), q.tolist()
    assert ulps(ce.entropy(p), oracles.entropy(pair[0])) <= WORST
    assert ulps(ce.kl_divergence(p, q), oracles.kl_divergence(*pair)) <= WORST
    assert ulps(ce.js_divergence(p, q), oracles.js_divergence(*pair)) <= WORST


@pytest.mark.parametrize(
    ("p", "q"),
    [
        ([0.23527087845772154, 0.7647291215422786], [0.02690002988526166, 0.9730999701147384]),
        ([0.043463321562709406, 0.9565366784372905], [0.36716260763941755, 0.6328373923605825]),
        ([0.8301008150718289, 0.1698991849281711], [0.9670297484720937, 0.03297025152790624]),
        ([0.8533707174747767, 0.14662928252522334], [0.9796054401934349, 0.02039455980656514]),
    ],
)
def test_the_rounding_of_the_difference_of_two_pmfs_is_carried_along(p: list[float], q: list[float]):
    # Found by a search: without what q - p and its quotient round off these are 4 to 7 ULP away.
    assert ulps(ce.kl_divergence(p, q), oracles.kl_divergence(p, q)) <= WORST


def test_no_rare_coincidence_loses_the_digits_of_the_information_it_carries():
    rng = np.random.default_rng(5)
    for _ in range(60):
        a, b, times = 10.0 ** rng.uniform([-7, -7, 1], [-3, -3, 3])
        joint = np.array([[a * b * times, a], [b, 1 - a - b - a * b * times]])
        assert ulps(ce.mutual_information(joint), oracles.mutual_information(joint)) <= WORST


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("samples", "classes"), [(100_000, 2), (3_000, 200)])
def test_the_mean_of_a_large_batch_is_rounded_a_few_times(samples: int, classes: int, dtype: Any):
    # Within a block the sum is right but for its last digit, and so is the sum of the blocks: 2 ULP from the
    # exact sum of the rows' losses. These are >= 0, so each brings its own relative error at most.
    rng = np.random.default_rng(8)
    z, labels = rng.normal(size=(samples, classes)).astype(dtype), rng.integers(classes, size=samples)
    losses = ce.cross_entropy_from_logits(z.astype(np.float64), labels, reduction="none")
    total = math.fsum(losses)
    assert ulps(ce.cross_entropy_from_logits(z, labels, reduction="sum"), mp.mpf(total)) <= 2
    assert ulps(ce.cross_entropy_from_logits(z, labels), mp.mpf(total) / samples) <= 2


def table() -> None:
    """Print the worst and the median error of each function and family."""
    for measure, family in CASES:
        for dtype in DTYPES:
            with np.errstate(under="ignore"):
                errors = measure(family, dtype, np.random.default_rng(1))
            for name, e in errors.items():
                print(
                    f"{name:40} {family:22} {dtype.__name__:8} {max(e):6.2f} {np.median(e):6.2f} {len(e):6}"
                )


if __name__ == "__main__":
    table()
