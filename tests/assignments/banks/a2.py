"""Answers to A2."""

from cecourse.assignments.questions.a2 import (
    AGAINST_WHOLE_BITS,
    DIVIDED_BY_ALPHABET,
    ENTROPY_FOR_PRICE,
    EXPECTED_FOR_OBSERVED,
    EXTRA_FOR_PRICE,
    FOR_THE_OTHER,
    INFINITY_LEFT_OUT,
    LEAST_LIKELY,
    MEAN_FOR_TOTAL,
    MIDDLE_NOT_HALVED,
    MIXED_UNITS,
    NEAREST,
    NEGATIVE_TERMS_CHANGED,
    NO_INDEX,
    NO_LOGARITHM,
    NO_MIDDLE,
    NOT_HALVED,
    NOT_SUMMED,
    ONE_BELIEF_ALONE,
    ONE_SIDE,
    PRICE_FOR_EXTRA,
    ROWS_FROM_ONE,
    SHIFTED,
    SQUARE_ROOT,
    WASTE_FORGOTTEN,
)
from cecourse.assignments.questions.mistakes import (
    A_LIST,
    CHANGED_INPUT,
    EPSILON,
    LOG_OF_THE_MEAN,
    MEAN_FOR_SUM,
    NAN_FOR_ZERO,
    NATS_FOR_BITS,
    NO_MINUS,
    NO_RETURN,
    ROUNDED,
    SUM_FOR_MEAN,
    SWAPPED,
    UNDERFLOW,
    UNWEIGHTED,
    WHOLE_ARRAY,
    WRONG_AXIS,
    WRONG_SHAPE,
)

RIGHT = {
    "wrong_code": [
        "wrong_code = -0.2 * np.log2(0.6) - 0.3 * np.log2(0.3) - 0.5 * np.log2(0.1)",
        """
import math

days = [(0.2, 0.6), (0.3, 0.3), (0.5, 0.1)]
wrong_code = math.fsum(p * math.log2(1 / q) for p, q in days)
""",
        """
p, q = np.float32([0.2, 0.3, 0.5]), np.float32([0.6, 0.3, 0.1])
wrong_code = -(p * np.log(q)).sum() / np.log(np.float32(2))
""",
        """
p, q = np.array([0.2, 0.3, 0.5]), np.array([0.6, 0.3, 0.1])
wrong_code = np.array(-p @ np.log2(p) + p @ np.log2(p / q))
""",
    ],
    "cross_entropy": [
        """
def cross_entropy(p, q):
    total = 0.0
    for x, y in zip(p, q):
        if x > 0:
            total += x * np.log2(1 / y)
    return total
""",
        "def cross_entropy(p, q):\n    return np.nansum(-p * np.log2(q))",
        """
def cross_entropy(p, q):
    p, q = p.astype(np.float32), q.astype(np.float32)
    return -np.sum(p[p != 0] * np.log(q[p != 0])) / np.log(np.float32(2))
""",
        """
import math

def cross_entropy(p, q):
    if any(x > 0 and y == 0 for x, y in zip(p, q)):
        return math.inf
    return -sum(x * math.log2(y) for x, y in zip(p.tolist(), q.tolist()) if x)
""",
        "def cross_entropy(p, q):\n    return -np.sum(p * np.log2(q, out=np.zeros_like(q), where=p > 0))",
    ],
    "cross_entropies": [
        "def cross_entropies(p, q):\n    return -np.sum(p * np.log2(np.where(p > 0, q, 1)), axis=1)",
        "def cross_entropies(p, q):\n    return np.array([cross_entropy(p, row) for row in q])",
        """
def cross_entropies(p, q):
    prices = np.zeros(len(q))
    for n in range(q.shape[0]):
        for c in range(q.shape[1]):
            if p[c] > 0:
                prices[n] += p[c] * (np.inf if q[n, c] == 0 else -np.log(q[n, c]) / np.log(2))
    return prices
""",
        "def cross_entropies(p, q):\n    return np.nansum(-p * np.log2(q), axis=-1).astype(np.float32)",
        "def cross_entropies(p, q):\n    return -np.log2(q.T[p > 0].T) @ p[p > 0]",
        "def cross_entropies(p, q):\n    return np.apply_along_axis(lambda row: cross_entropy(p, row), 1, q)",
    ],
    "bits_per_letter": [
        """
def bits_per_letter(text, alphabet, q):
    total = 0
    for letter in text:
        total -= np.log2(q[alphabet.index(letter)])
    return total / len(text)
""",
        """
from collections import Counter

def bits_per_letter(text, alphabet, q):
    bits = dict(zip(alphabet, -np.log2(q)))
    return sum(n / len(text) * bits[letter] for letter, n in Counter(text).items())
""",
        """
def bits_per_letter(text, alphabet, q):
    shares = np.array([text.count(letter) for letter in alphabet]) / len(text)
    return cross_entropy(shares, q)
""",
        """
def bits_per_letter(text, alphabet, q):
    surprise = -np.log(q.astype(np.float32)) / np.log(np.float32(2))
    return np.mean([surprise[alphabet.find(letter)] for letter in text])
""",
        """
def bits_per_letter(text, alphabet, q):
    counts = np.array([text.count(letter) for letter in alphabet])
    return np.nansum(-counts * np.log2(q)) / counts.sum()
""",
    ],
    "kl_divergence": [
        """
def kl_divergence(p, q):
    total = 0.0
    for x, y in zip(p, q):
        if x > 0:
            total += x * (np.log2(x) - np.log2(y))
    return total
""",
        "def kl_divergence(p, q):\n    return np.nansum(p * np.log2(p / q))",
        """
def kl_divergence(p, q):
    p, q = p[p > 0].astype(np.float32), q[p > 0].astype(np.float32)
    return np.sum(p * np.log2(p / q))
""",
        "def kl_divergence(p, q):\n    return cross_entropy(p, q) - cross_entropy(p, p)",
        """
def kl_divergence(p, q):
    r = (q[p > 0] - p[p > 0]) / p[p > 0]
    rest = q[p == 0].sum()
    return (np.sum(p[p > 0] * (r - np.log1p(r))) + rest) / np.log(2)
""",
    ],
    "extra_bits": [
        """
def extra_bits(p, lengths):
    extra = 0.0
    for x, n in zip(p, lengths):
        if x > 0:
            extra += x * (n + np.log2(x))
    return extra
""",
        "def extra_bits(p, lengths):\n    return np.nansum(p * np.log2(p / 2.0 ** -lengths))",
        "def extra_bits(p, lengths):\n    return np.average(lengths, weights=p) - np.nansum(-p * np.log2(p))",
        """
def extra_bits(p, lengths):
    p, lengths = p.astype(np.float32), lengths.astype(np.float32)
    return p @ lengths + np.sum(p * np.log(np.where(p > 0, p, 1))) / np.log(np.float32(2))
""",
        "def extra_bits(p, lengths):\n    return cross_entropy(p, 0.5 ** lengths) - cross_entropy(p, p)",
    ],
    "js_divergence": [
        """
def js_divergence(p, q):
    total = 0.0
    for x, y in zip(p, q):
        m = (x + y) / 2
        if x > 0:
            total += x * np.log2(x / m) / 2
        if y > 0:
            total += y * np.log2(y / m) / 2
    return total
""",
        """
def js_divergence(p, q):
    m = (p + q) / 2
    return (kl_divergence(p, m) + kl_divergence(q, m)) / 2
""",
        """
def h(p):
    p = p[p > 0]
    return -np.sum(p * np.log2(p))

def js_divergence(p, q):
    return h((p + q) / 2) - (h(p) + h(q)) / 2
""",
        """
def js_divergence(p, q):
    p, q = np.float32(p), np.float32(q)
    m = p / 2 + q / 2
    return 0.5 * np.nansum(p * np.log2(p / m)) + 0.5 * np.nansum(q * np.log2(q / m))
""",
        """
def js_divergence(p, q):
    both = np.stack([p, q])
    return float(np.nansum(both * np.log2(both / both.mean(axis=0))) / 2)
""",
    ],
    "evidence": [
        """
def evidence(outcomes, p, q):
    bits = 0.0
    for i in outcomes:
        bits += np.log2(p[i]) - np.log2(q[i])
    return bits
""",
        "def evidence(outcomes, p, q):\n    return np.log2(p / q)[outcomes].sum()",
        """
def evidence(outcomes, p, q):
    counts = np.bincount(outcomes, minlength=len(p))
    came = counts > 0
    return counts[came] @ np.log2(p[came] / q[came])
""",
        """
def evidence(outcomes, p, q):
    p, q = p.astype(np.float32), q.astype(np.float32)
    return np.sum(np.log(p[outcomes] / q[outcomes])) / np.log(np.float32(2))
""",
        """
import math

def evidence(outcomes, p, q):
    total = 0
    for i in outcomes.tolist():
        if q[i] == 0:
            return math.inf
        if p[i] == 0:
            return -math.inf
        total += math.log(p[i] / q[i], 2)
    return total
""",
    ],
    "most_likely": [
        """
def most_likely(counts, q):
    prices = []
    for row in q:
        came = counts > 0
        prices.append(-np.sum(counts[came] * np.log2(row[came])))
    return int(np.argmin(prices))
""",
        "def most_likely(counts, q):\n    return np.nansum(counts * np.log(q), axis=1).argmax()",
        "def most_likely(counts, q):\n    return np.argmin(cross_entropies(counts / counts.sum(), q))",
        """
import math

def most_likely(counts, q):
    def extra(row):
        f = counts / counts.sum()
        return sum(math.inf if y == 0 else x * math.log2(x / y) for x, y in zip(f, row) if x > 0)
    return min(range(len(q)), key=lambda n: extra(q[n]))
""",
        """
def most_likely(counts, q):
    f, q = np.float32(counts / counts.sum()), np.float32(q)
    return np.sum(f * np.log(np.where(f > 0, q, 1)), axis=1).argmax()
""",
        """
from decimal import Decimal
from math import prod

def most_likely(counts, q):
    likelihoods = [prod(Decimal(x) ** n for x, n in zip(row, counts.tolist()) if n) for row in q.tolist()]
    return likelihoods.index(max(likelihoods))
""",
    ],
}

WRONG = {
    "wrong_code": [
        (ROUNDED, "wrong_code = 2.33"),
        (NATS_FOR_BITS, "wrong_code = -0.2 * np.log(0.6) - 0.3 * np.log(0.3) - 0.5 * np.log(0.1)"),
        (SWAPPED, "wrong_code = -0.6 * np.log2(0.2) - 0.3 * np.log2(0.3) - 0.1 * np.log2(0.5)"),
        (NO_MINUS, "wrong_code = np.dot([0.2, 0.3, 0.5], np.log2([0.6, 0.3, 0.1]))"),
        (UNWEIGHTED, "wrong_code = -np.mean(np.log2([0.6, 0.3, 0.1]))"),
        (UNWEIGHTED, "wrong_code = -np.sum(np.log2([0.6, 0.3, 0.1]))"),
        (ENTROPY_FOR_PRICE, "p = np.array([0.2, 0.3, 0.5])\nwrong_code = -p @ np.log2(p)"),
        (ENTROPY_FOR_PRICE, "q = np.array([0.6, 0.3, 0.1])\nwrong_code = -q @ np.log2(q)"),
        (
            EXTRA_FOR_PRICE,
            "p, q = np.array([0.2, 0.3, 0.5]), np.array([0.6, 0.3, 0.1])\nwrong_code = p @ np.log2(p / q)",
        ),
        (MEAN_FOR_SUM, "wrong_code = -np.mean(np.array([0.2, 0.3, 0.5]) * np.log2([0.6, 0.3, 0.1]))"),
        (WRONG_SHAPE, "wrong_code = [-np.dot([0.2, 0.3, 0.5], np.log2([0.6, 0.3, 0.1]))]"),
        (
            WRONG_SHAPE,
            "wrong_code = -np.sum([[0.2, 0.3, 0.5]] * np.log2([[0.6, 0.3, 0.1]]), axis=1)",
        ),
    ],
    "cross_entropy": [
        (NAN_FOR_ZERO, "def cross_entropy(p, q):\n    return -np.sum(p * np.log2(q))"),
        (NAN_FOR_ZERO, "def cross_entropy(p, q):\n    return -np.log2(q) @ p"),
        (
            NATS_FOR_BITS,
            "def cross_entropy(p, q):\n    return -np.sum(p[p > 0] * np.log(q[p > 0]))",
        ),
        (NATS_FOR_BITS, "def cross_entropy(p, q):\n    return -np.sum(p * np.log(q + 1e-12))"),
        (SWAPPED, "def cross_entropy(p, q):\n    return -np.sum(q[q > 0] * np.log2(p[q > 0]))"),
        (SWAPPED, "def cross_entropy(p, q):\n    return -np.sum(q * np.log2(p))"),
        (NO_MINUS, "def cross_entropy(p, q):\n    return np.sum(p[p > 0] * np.log2(q[p > 0]))"),
        (
            INFINITY_LEFT_OUT,
            "def cross_entropy(p, q):\n    return -np.sum(p * np.log2(np.where(q > 0, q, 1)))",
        ),
        (
            INFINITY_LEFT_OUT,
            "def cross_entropy(p, q):\n"
            "    return sum(-x * np.log2(y) for x, y in zip(p, q) if x > 0 and y > 0)",
        ),
        (EPSILON, "def cross_entropy(p, q):\n    return -np.sum(p * np.log2(q + 1e-12))"),
        (EPSILON, "def cross_entropy(p, q):\n    return -np.sum(p * np.log2(q + 1e-7))"),
        (EPSILON, "def cross_entropy(p, q):\n    return -np.sum(p * np.log2(q + 1e-3))"),
        (EPSILON, "def cross_entropy(p, q):\n    return -np.sum(p * np.log2(np.clip(q, 1e-15, 1)))"),
        (EPSILON, "def cross_entropy(p, q):\n    return -np.sum(p * np.log2(np.maximum(q, 1e-2)))"),
        (EPSILON, "def cross_entropy(p, q):\n    return np.sum(np.nan_to_num(-p * np.log2(q)))"),
        (MEAN_FOR_SUM, "def cross_entropy(p, q):\n    return -np.mean(p * np.log2(np.where(p > 0, q, 1)))"),
        (ENTROPY_FOR_PRICE, "def cross_entropy(p, q):\n    return -np.nansum(p * np.log2(p))"),
        (ENTROPY_FOR_PRICE, "def cross_entropy(p, q):\n    return -np.nansum(q * np.log2(q))"),
        (EXTRA_FOR_PRICE, "def cross_entropy(p, q):\n    return np.nansum(p * np.log2(p / q))"),
        (
            WRONG_SHAPE,
            "def cross_entropy(p, q):\n    return np.nansum(-p * np.log2(q), keepdims=True)",
        ),
        (
            CHANGED_INPUT,
            "def cross_entropy(p, q):\n    q[p == 0] = 1\n    return -np.sum(p * np.log2(q))",
        ),
        (NO_RETURN, "def cross_entropy(p, q):\n    print(-np.sum(p * np.log2(q)))"),
    ],
    "cross_entropies": [
        (NAN_FOR_ZERO, "def cross_entropies(p, q):\n    return -np.sum(p * np.log2(q), axis=1)"),
        (NAN_FOR_ZERO, "def cross_entropies(p, q):\n    return -np.log2(q) @ p"),
        (NATS_FOR_BITS, "def cross_entropies(p, q):\n    return np.nansum(-p * np.log(q), axis=1)"),
        (SWAPPED, "def cross_entropies(p, q):\n    return -np.sum(q * np.log2(p), axis=1)"),
        (NO_MINUS, "def cross_entropies(p, q):\n    return np.nansum(p * np.log2(q), axis=1)"),
        (
            INFINITY_LEFT_OUT,
            "def cross_entropies(p, q):\n"
            "    return -np.sum(p * np.log2(q, out=np.zeros_like(q), where=q > 0), axis=1)",
        ),
        (EPSILON, "def cross_entropies(p, q):\n    return -np.log2(q + 1e-9) @ p"),
        (EPSILON, "def cross_entropies(p, q):\n    return -np.log2(np.clip(q, 1e-4, None)) @ p"),
        (EPSILON, "def cross_entropies(p, q):\n    return -np.log2(q + 1e-5) @ p"),
        (WRONG_AXIS, "def cross_entropies(p, q):\n    return -np.sum(p * np.log2(q), axis=0)"),
        (WHOLE_ARRAY, "def cross_entropies(p, q):\n    return -np.sum(p * np.log2(q))"),
        (WHOLE_ARRAY, "def cross_entropies(p, q):\n    return -np.mean(np.sum(p * np.log2(q), axis=1))"),
        (MEAN_FOR_SUM, "def cross_entropies(p, q):\n    return np.nanmean(-p * np.log2(q), axis=1)"),
        (MEAN_FOR_SUM, "def cross_entropies(p, q):\n    return -np.mean(p * np.log2(q), axis=1)"),
        (ENTROPY_FOR_PRICE, "def cross_entropies(p, q):\n    return -np.nansum(q * np.log2(q), axis=1)"),
        (A_LIST, "def cross_entropies(p, q):\n    return [np.nansum(-p * np.log2(row)) for row in q]"),
        (
            WRONG_SHAPE,
            "def cross_entropies(p, q):\n    return np.nansum(-p * np.log2(q), axis=1, keepdims=True)",
        ),
        (
            CHANGED_INPUT,
            "def cross_entropies(p, q):\n    q[:, p == 0] = 1\n    return -np.log2(q) @ p",
        ),
        (
            NO_RETURN,
            "def cross_entropies(p, q):\n    for row in q:\n        print(-np.sum(p * np.log2(row)))",
        ),
    ],
    "bits_per_letter": [
        (
            UNDERFLOW,
            """
def bits_per_letter(text, alphabet, q):
    chosen = np.array([q[alphabet.index(letter)] for letter in text])
    return -np.log2(np.prod(chosen)) / len(text)
""",
        ),
        (
            NAN_FOR_ZERO,
            """
def bits_per_letter(text, alphabet, q):
    shares = np.array([text.count(letter) for letter in alphabet]) / len(text)
    return -np.sum(shares * np.log2(q))
""",
        ),
        (
            NATS_FOR_BITS,
            "def bits_per_letter(text, alphabet, q):\n"
            "    return -np.mean([np.log(q[alphabet.index(letter)]) for letter in text])",
        ),
        (
            SWAPPED,
            """
def bits_per_letter(text, alphabet, q):
    shares = np.array([text.count(letter) for letter in alphabet]) / len(text)
    return -np.sum(q * np.log2(shares))
""",
        ),
        (
            NO_MINUS,
            "def bits_per_letter(text, alphabet, q):\n"
            "    return np.mean([np.log2(q[alphabet.index(letter)]) for letter in text])",
        ),
        (
            SUM_FOR_MEAN,
            "def bits_per_letter(text, alphabet, q):\n"
            "    return -sum(np.log2(q[alphabet.index(letter)]) for letter in text)",
        ),
        (
            INFINITY_LEFT_OUT,
            """
def bits_per_letter(text, alphabet, q):
    known = [q[alphabet.index(letter)] for letter in text]
    return -np.mean(np.log2([x for x in known if x > 0]))
""",
        ),
        (
            INFINITY_LEFT_OUT,
            """
def bits_per_letter(text, alphabet, q):
    total = 0
    for letter in text:
        x = q[alphabet.index(letter)]
        if x > 0:
            total -= np.log2(x)
    return total / len(text)
""",
        ),
        *(
            (
                EPSILON,
                "def bits_per_letter(text, alphabet, q):\n"
                f"    return -np.mean([np.log2({probability}) for letter in text])",
            )
            for probability in (
                "q[alphabet.index(letter)] + 1e-10",
                "q[alphabet.index(letter)] + 1e-4",
                "max(q[alphabet.index(letter)], 1e-6)",
            )
        ),
        (UNWEIGHTED, "def bits_per_letter(text, alphabet, q):\n    return -np.mean(np.log2(q))"),
        (
            UNWEIGHTED,
            "def bits_per_letter(text, alphabet, q):\n"
            "    return -np.mean([np.log2(q[alphabet.index(letter)]) for letter in sorted(set(text))])",
        ),
        (
            DIVIDED_BY_ALPHABET,
            "def bits_per_letter(text, alphabet, q):\n"
            "    return -sum(np.log2(q[alphabet.index(letter)]) for letter in text) / len(alphabet)",
        ),
        (
            DIVIDED_BY_ALPHABET,
            """
def bits_per_letter(text, alphabet, q):
    shares = np.array([text.count(letter) for letter in alphabet]) / len(text)
    return np.nanmean(-shares * np.log2(q))
""",
        ),
        (
            LOG_OF_THE_MEAN,
            "def bits_per_letter(text, alphabet, q):\n"
            "    return -np.log2(np.mean([q[alphabet.index(letter)] for letter in text]))",
        ),
        (
            ENTROPY_FOR_PRICE,
            """
def bits_per_letter(text, alphabet, q):
    shares = np.array([text.count(letter) for letter in alphabet]) / len(text)
    return np.nansum(-shares * np.log2(shares))
""",
        ),
        (ENTROPY_FOR_PRICE, "def bits_per_letter(text, alphabet, q):\n    return np.nansum(-q * np.log2(q))"),
        (
            WRONG_SHAPE,
            "def bits_per_letter(text, alphabet, q):\n"
            "    return np.array([-np.mean([np.log2(q[alphabet.index(letter)]) for letter in text])])",
        ),
        (
            CHANGED_INPUT,
            """
def bits_per_letter(text, alphabet, q):
    np.log2(q, out=q)
    return -np.mean([q[alphabet.index(letter)] for letter in text])
""",
        ),
        (
            NO_RETURN,
            "def bits_per_letter(text, alphabet, q):\n"
            "    bits = -np.mean([np.log2(q[alphabet.index(letter)]) for letter in text])",
        ),
    ],
    "kl_divergence": [
        (NAN_FOR_ZERO, "def kl_divergence(p, q):\n    return np.sum(p * np.log2(p / q))"),
        (NAN_FOR_ZERO, "def kl_divergence(p, q):\n    return p @ (np.log2(p) - np.log2(q))"),
        (
            NATS_FOR_BITS,
            "def kl_divergence(p, q):\n    return np.nansum(p * np.log(p / q))",
        ),
        (SWAPPED, "def kl_divergence(p, q):\n    return np.nansum(q * np.log2(q / p))"),
        (SWAPPED, "def kl_divergence(p, q):\n    return np.sum(q * np.log2(q / p))"),
        (NO_MINUS, "def kl_divergence(p, q):\n    return np.nansum(p * np.log2(q / p))"),
        (
            INFINITY_LEFT_OUT,
            """
def kl_divergence(p, q):
    both = (p > 0) & (q > 0)
    return np.sum(p[both] * np.log2(p[both] / q[both]))
""",
        ),
        (EPSILON, "def kl_divergence(p, q):\n    return np.sum(p * np.log2((p + 1e-12) / (q + 1e-12)))"),
        (EPSILON, "def kl_divergence(p, q):\n    return np.sum(p * np.log2((p + 1e-4) / (q + 1e-4)))"),
        (EPSILON, "def kl_divergence(p, q):\n    return np.nansum(p * np.log2(p / (q + 1e-10)))"),
        (EPSILON, "def kl_divergence(p, q):\n    return np.nansum(p * np.log2(p / (q + 1e-3)))"),
        (
            EPSILON,
            "def kl_divergence(p, q):\n"
            "    p, q = np.clip(p, 1e-7, 1), np.clip(q, 1e-7, 1)\n    return np.sum(p * np.log2(p / q))",
        ),
        (MEAN_FOR_SUM, "def kl_divergence(p, q):\n    return np.mean(p * np.log2(p / q))"),
        (PRICE_FOR_EXTRA, "def kl_divergence(p, q):\n    return np.nansum(-p * np.log2(q))"),
        (
            NEGATIVE_TERMS_CHANGED,
            "def kl_divergence(p, q):\n    return np.nansum(np.abs(p * np.log2(p / q)))",
        ),
        (
            NEGATIVE_TERMS_CHANGED,
            """
def kl_divergence(p, q):
    total = 0.0
    for x, y in zip(p, q):
        if x > y:
            total += x * np.log2(x / y)
    return total
""",
        ),
        (
            WRONG_SHAPE,
            "def kl_divergence(p, q):\n    return np.nansum((p * np.log2(p / q))[None], axis=1)",
        ),
        (
            CHANGED_INPUT,
            "def kl_divergence(p, q):\n    p[p == 0] = 1e-300\n    return np.nansum(p * np.log2(p / q))",
        ),
        (NO_RETURN, "def kl_divergence(p, q):\n    np.sum(p * np.log2(p / q))"),
    ],
    "extra_bits": [
        (NAN_FOR_ZERO, "def extra_bits(p, lengths):\n    return p @ lengths + np.sum(p * np.log2(p))"),
        (NATS_FOR_BITS, "def extra_bits(p, lengths):\n    return np.nansum(p * np.log(p / 2.0 ** -lengths))"),
        (
            SWAPPED,
            "def extra_bits(p, lengths):\n    q = 0.5 ** lengths\n    return np.sum(q * np.log2(q / p))",
        ),
        (NO_MINUS, "def extra_bits(p, lengths):\n    return np.nansum(-p * np.log2(p)) - p @ lengths"),
        (PRICE_FOR_EXTRA, "def extra_bits(p, lengths):\n    return p @ lengths"),
        (MIXED_UNITS, "def extra_bits(p, lengths):\n    return p @ lengths + np.nansum(p * np.log(p))"),
        (UNWEIGHTED, "def extra_bits(p, lengths):\n    return lengths.mean() + np.nansum(p * np.log2(p))"),
        (
            AGAINST_WHOLE_BITS,
            "def extra_bits(p, lengths):\n    return np.nansum(p * (lengths - np.ceil(-np.log2(p))))",
        ),
        (
            AGAINST_WHOLE_BITS,
            """
import heapq

def extra_bits(p, lengths):
    heap = p.tolist()
    heapq.heapify(heap)
    paid = 0
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        paid += both
        heapq.heappush(heap, both)
    return p @ lengths - paid
""",
        ),
        (
            MEAN_FOR_SUM,
            "def extra_bits(p, lengths):\n    return np.mean(p * (lengths + np.log2(np.where(p > 0, p, 1))))",
        ),
        (
            WASTE_FORGOTTEN,
            """
def extra_bits(p, lengths):
    q = 2.0 ** -lengths
    q = q / q.sum()
    return np.nansum(p * np.log2(p / q))
""",
        ),
        (
            WRONG_SHAPE,
            "def extra_bits(p, lengths):\n    return p[None] @ lengths + np.nansum(p * np.log2(p))",
        ),
        (
            CHANGED_INPUT,
            "def extra_bits(p, lengths):\n    p[p == 0] = 1e-300\n    return p @ (lengths + np.log2(p))",
        ),
        (NO_RETURN, "def extra_bits(p, lengths):\n    print(p @ lengths + np.nansum(p * np.log2(p)))"),
    ],
    "js_divergence": [
        (
            NAN_FOR_ZERO,
            """
def js_divergence(p, q):
    m = (p + q) / 2
    return np.sum(p * np.log2(p / m)) / 2 + np.sum(q * np.log2(q / m)) / 2
""",
        ),
        (
            NATS_FOR_BITS,
            """
def js_divergence(p, q):
    m = (p + q) / 2
    return np.nansum(p * np.log(p / m)) / 2 + np.nansum(q * np.log(q / m)) / 2
""",
        ),
        (
            NO_MINUS,
            """
def js_divergence(p, q):
    m = (p + q) / 2
    return np.nansum(p * np.log2(m / p)) / 2 + np.nansum(q * np.log2(m / q)) / 2
""",
        ),
        *(
            (
                SQUARE_ROOT,
                f"""
def js_divergence(p, q):
    m = (p + q) / 2
    return np.sqrt(np.nansum(p * np.{log}(p / m)) / 2 + np.nansum(q * np.{log}(q / m)) / 2)
""",
            )
            for log in ("log2", "log")
        ),
        (
            NOT_HALVED,
            """
def js_divergence(p, q):
    m = (p + q) / 2
    return np.nansum(p * np.log2(p / m)) + np.nansum(q * np.log2(q / m))
""",
        ),
        (
            NO_MIDDLE,
            "def js_divergence(p, q):\n"
            "    return (np.nansum(p * np.log2(p / q)) + np.nansum(q * np.log2(q / p))) / 2",
        ),
        (NO_MIDDLE, "def js_divergence(p, q):\n    return np.sum((p - q) * np.log2(p / q))"),
        (
            MIDDLE_NOT_HALVED,
            """
def js_divergence(p, q):
    m = p + q
    return np.nansum(p * np.log2(p / m)) / 2 + np.nansum(q * np.log2(q / m)) / 2
""",
        ),
        (ONE_SIDE, "def js_divergence(p, q):\n    return np.nansum(p * np.log2(p / ((p + q) / 2)))"),
        (ONE_SIDE, "def js_divergence(p, q):\n    return np.nansum(q * np.log2(q / ((p + q) / 2)))"),
        (
            SWAPPED,
            """
def js_divergence(p, q):
    m = (p + q) / 2
    return (np.nansum(m * np.log2(m / p)) + np.nansum(m * np.log2(m / q))) / 2
""",
        ),
        (
            PRICE_FOR_EXTRA,
            "def js_divergence(p, q):\n    m = (p + q) / 2\n    return np.nansum(-m * np.log2(m))",
        ),
        (
            MEAN_FOR_SUM,
            """
def js_divergence(p, q):
    m = (p + q) / 2
    return np.mean(p * np.log2(p / m)) / 2 + np.mean(q * np.log2(q / m)) / 2
""",
        ),
        (
            WRONG_SHAPE,
            """
def js_divergence(p, q):
    both = np.stack([p, q])
    return np.nansum(both * np.log2(both / both.mean(axis=0)), keepdims=True) / 2
""",
        ),
        (
            CHANGED_INPUT,
            """
def js_divergence(p, q):
    m = (p + q) / 2
    p[p == 0] = 1e-300
    q[q == 0] = 1e-300
    return np.nansum(p * np.log2(p / m)) / 2 + np.nansum(q * np.log2(q / m)) / 2
""",
        ),
        (NO_RETURN, "def js_divergence(p, q):\n    m = (p + q) / 2"),
    ],
    "evidence": [
        (
            UNDERFLOW,
            "def evidence(outcomes, p, q):\n    return np.log2(np.prod(p[outcomes]) / np.prod(q[outcomes]))",
        ),
        (UNDERFLOW, "def evidence(outcomes, p, q):\n    return np.log2(np.prod(p[outcomes] / q[outcomes]))"),
        (
            UNDERFLOW,
            "def evidence(outcomes, p, q):\n"
            "    return np.log2(np.prod(p[outcomes])) - np.log2(np.prod(q[outcomes]))",
        ),
        (
            NAN_FOR_ZERO,
            "def evidence(outcomes, p, q):\n"
            "    return np.bincount(outcomes, minlength=len(p)) @ np.log2(p / q)",
        ),
        (NATS_FOR_BITS, "def evidence(outcomes, p, q):\n    return np.log(p / q)[outcomes].sum()"),
        (FOR_THE_OTHER, "def evidence(outcomes, p, q):\n    return np.log2(q / p)[outcomes].sum()"),
        (MEAN_FOR_TOTAL, "def evidence(outcomes, p, q):\n    return np.log2(p / q)[outcomes].mean()"),
        (
            EXPECTED_FOR_OBSERVED,
            "def evidence(outcomes, p, q):\n    return len(outcomes) * np.nansum(p * np.log2(p / q))",
        ),
        (EXPECTED_FOR_OBSERVED, "def evidence(outcomes, p, q):\n    return np.nansum(p * np.log2(p / q))"),
        (ONE_BELIEF_ALONE, "def evidence(outcomes, p, q):\n    return np.log2(p[outcomes]).sum()"),
        (ONE_BELIEF_ALONE, "def evidence(outcomes, p, q):\n    return -np.log2(q)[outcomes].sum()"),
        (NO_LOGARITHM, "def evidence(outcomes, p, q):\n    return np.prod(p[outcomes] / q[outcomes])"),
        (NOT_SUMMED, "def evidence(outcomes, p, q):\n    return np.log2(p / q)[outcomes]"),
        (NOT_SUMMED, "def evidence(outcomes, p, q):\n    return np.log2(p / q)[outcomes].cumsum()"),
        (SHIFTED, "def evidence(outcomes, p, q):\n    return np.log2(p / q)[outcomes - 1].sum()"),
        (
            INFINITY_LEFT_OUT,
            """
def evidence(outcomes, p, q):
    ratios = np.log2(p / q)[outcomes]
    return ratios[np.isfinite(ratios)].sum()
""",
        ),
        (
            INFINITY_LEFT_OUT,
            """
def evidence(outcomes, p, q):
    for_p = np.log2(p, out=np.zeros_like(p), where=p > 0)
    for_q = np.log2(q, out=np.zeros_like(q), where=q > 0)
    return (for_p - for_q)[outcomes].sum()
""",
        ),
        *(
            (
                EPSILON,
                f"def evidence(outcomes, p, q):\n    p, q = p + {e}, q + {e}\n"
                "    return np.log2(p / q)[outcomes].sum()",
            )
            for e in ("1e-12", "1e-8", "1e-3")
        ),
        (
            EPSILON,
            "def evidence(outcomes, p, q):\n    p, q = np.clip(p, 1e-5, 1), np.clip(q, 1e-5, 1)\n"
            "    return np.log2(p / q)[outcomes].sum()",
        ),
        (
            WRONG_SHAPE,
            "def evidence(outcomes, p, q):\n    return np.log2(p / q)[outcomes].sum(keepdims=True)",
        ),
        (
            CHANGED_INPUT,
            "def evidence(outcomes, p, q):\n    p /= q\n    return np.log2(p)[outcomes].sum()",
        ),
        (NO_RETURN, "def evidence(outcomes, p, q):\n    print(np.log2(p / q)[outcomes].sum())"),
    ],
    "most_likely": [
        (
            ROWS_FROM_ONE,
            "def most_likely(counts, q):\n    return np.nansum(counts * np.log2(q), axis=1).argmax() + 1",
        ),
        (
            LEAST_LIKELY,
            "def most_likely(counts, q):\n    return np.nansum(counts * np.log2(q), axis=1).argmin()",
        ),
        (
            LEAST_LIKELY,
            "def most_likely(counts, q):\n    return np.argmax(-np.log2(q) @ (counts / counts.sum()))",
        ),
        (
            SWAPPED,
            "def most_likely(counts, q):\n    f = counts / counts.sum()\n"
            "    return np.nansum(q * np.log2(q / f), axis=1).argmin()",
        ),
        (
            SWAPPED,
            "def most_likely(counts, q):\n    f = counts / counts.sum()\n"
            "    return np.nansum(-q * np.log2(f), axis=1).argmin()",
        ),
        (
            NEAREST,
            "def most_likely(counts, q):\n"
            "    return np.linalg.norm(q - counts / counts.sum(), axis=1).argmin()",
        ),
        (
            NEAREST,
            "def most_likely(counts, q):\n    return np.abs(q - counts / counts.sum()).sum(axis=1).argmin()",
        ),
        (UNWEIGHTED, "def most_likely(counts, q):\n    return np.log2(q).sum(axis=1).argmax()"),
        (UNWEIGHTED, "def most_likely(counts, q):\n    return np.prod(q, axis=1).argmax()"),
        (
            NO_INDEX,
            "def most_likely(counts, q):\n    return q[np.nansum(counts * np.log2(q), axis=1).argmax()]",
        ),
        (NO_INDEX, "def most_likely(counts, q):\n    return np.max(np.log2(q) @ counts)"),
        (NO_INDEX, "def most_likely(counts, q):\n    return np.min(-np.log2(q) @ (counts / counts.sum()))"),
        (UNDERFLOW, "def most_likely(counts, q):\n    return np.prod(q ** counts, axis=1).argmax()"),
        (
            UNDERFLOW,
            """
def most_likely(counts, q):
    best, most = 0, 0.0
    for n, row in enumerate(q):
        likelihood = 1.0
        for x, k in zip(row, counts):
            likelihood *= x ** k
        if likelihood > most:
            best, most = n, likelihood
    return best
""",
        ),
        (
            NAN_FOR_ZERO,
            "def most_likely(counts, q):\n    return np.argmax((counts * np.log2(q)).sum(axis=1))",
        ),
        (NAN_FOR_ZERO, "def most_likely(counts, q):\n    return np.argmin(-np.log2(q) @ counts)"),
        (
            NAN_FOR_ZERO,
            "def most_likely(counts, q):\n    f = counts / counts.sum()\n"
            "    return np.argmin(np.sum(f * np.log2(f / q), axis=1))",
        ),
        (EPSILON, "def most_likely(counts, q):\n    return np.argmax(np.log2(q + 1e-12) @ counts)"),
        (EPSILON, "def most_likely(counts, q):\n    return np.argmax(np.log2(q + 1e-4) @ counts)"),
        (
            EPSILON,
            "def most_likely(counts, q):\n    return np.argmax(np.log2(np.clip(q, 1e-15, 1)) @ counts)",
        ),
        (
            INFINITY_LEFT_OUT,
            "def most_likely(counts, q):\n"
            "    return np.argmax(np.log2(q, out=np.zeros_like(q), where=q > 0) @ counts)",
        ),
        (
            WRONG_SHAPE,
            "def most_likely(counts, q):\n"
            "    return np.nansum(counts * np.log2(q), axis=1).argmax(keepdims=True)",
        ),
        (
            CHANGED_INPUT,
            "def most_likely(counts, q):\n    q[:, counts == 0] = 1\n"
            "    return np.argmax(np.log2(q) @ counts)",
        ),
        (
            NO_RETURN,
            "def most_likely(counts, q):\n    print(np.nansum(counts * np.log2(q), axis=1).argmax())",
        ),
    ],
}
