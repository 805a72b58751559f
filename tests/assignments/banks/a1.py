"""Answers to A1."""

from cecourse.assignments.questions.a1 import (
    ENTROPY_FOR_LENGTH,
    NOT_A_PREFIX_CODE,
    NOT_NORMALISED,
    PROBABILITY_FOR_INFORMATION,
    ROUNDED_DOWN,
    ROUNDED_TO_NEAREST,
    WITH_REPLACEMENT,
    WRONG_LENGTHS,
)
from cecourse.assignments.questions.mistakes import (
    A_LIST,
    BITS_FOR_NATS,
    CHANGED_INPUT,
    EPSILON,
    MEAN_FOR_SUM,
    NAN_FOR_ZERO,
    NATS_FOR_BITS,
    NO_MINUS,
    NO_RETURN,
    ONE_TERM,
    ROUNDED,
    SUM_FOR_MEAN,
    UNWEIGHTED,
    WHOLE_ARRAY,
    WRONG_AXIS,
    WRONG_SHAPE,
)

RIGHT = {
    "two_aces": [
        "two_aces = -np.log2(4 / 52) - np.log2(3 / 51)",
        "import math\ntwo_aces = math.log2(math.comb(52, 2) / math.comb(4, 2))",
        "two_aces = np.float32(np.log(221) / np.log(2))",
        "two_aces = np.array(7.787902559391432)",
    ],
    "information": [
        "def information(p):\n    return np.log2(1 / p)",
        """
def information(p):
    result = np.empty(len(p))
    for i, x in enumerate(p):
        result[i] = np.inf if x == 0 else -np.log(x) / np.log(2)
    return result
""",
        "def information(p):\n    return -np.log2(p.astype(np.float32))",
        """
import math

def information(p):
    return np.array([math.inf if x == 0 else math.log2(1 / x) for x in p.tolist()])
""",
        "information = lambda p: -np.log10(p) / np.log10(2)",
    ],
    "entropy": [
        """
def entropy(p):
    total = 0
    for x in p:
        if x > 0:
            total -= x * np.log2(x)
    return total
""",
        "def entropy(p):\n    return float(np.sum(p * np.log2(1 / np.where(p > 0, p, 1))))",
        """
def entropy(p):
    p = p.astype(np.float32)
    q = p[p != 0]
    return -(q * np.log2(q)).sum()
""",
        "def entropy(p):\n    return np.nansum(-p * np.log2(p))",
        """
from math import fsum
from cmath import log as complex_log

def log(x, base):
    return (complex_log(x) / complex_log(base)).real

def entropy(p):
    return fsum(-x * log(x, 2) for x in p if x)
""",
        "def entropy(p):\n    p = p[np.nonzero(p)]\n    return -p @ np.log(p) / np.log(2)",
    ],
    "entropies": [
        "def entropies(p):\n    return np.array([entropy(row) for row in p])",
        "def entropies(p):\n    return -np.sum(p * np.log2(np.where(p == 0, 1, p)), axis=-1)",
        """
def entropies(p):
    result = []
    for row in p:
        bits = 0.0
        for x in row:
            if x > 0:
                bits += x * np.log(1 / x) / np.log(2)
        result.append(bits)
    return np.array(result)
""",
        "def entropies(p):\n    return np.nansum(-p * np.log2(p), axis=1).astype(np.float32)",
        """
def entropies(p):
    logs = np.log2(p, out=np.zeros_like(p), where=p > 0)
    return -np.einsum('nc,nc->n', p, logs)
""",
    ],
    "entropy_of_counts": [
        """
def entropy_of_counts(counts):
    n = counts.sum()
    c = counts[counts > 0]
    return np.log(n) - (c * np.log(c)).sum() / n
""",
        """
def entropy_of_counts(counts):
    total = sum(counts)
    result = 0
    for c in counts:
        if c:
            result += c / total * np.log(total / c)
    return result
""",
        "def entropy_of_counts(counts):\n    p = counts / counts.sum()\n    return np.nansum(-p * np.log(p))",
        """
def entropy_of_counts(counts):
    p = np.float32(counts) / np.float32(counts.sum())
    p = p[p > 0]
    return -np.sum(p * np.log(p))
""",
    ],
    "binary_entropy": [
        """
def binary_entropy(p):
    q = 1 - p
    return -p * np.log2(np.where(p > 0, p, 1)) - q * np.log2(np.where(q > 0, q, 1))
""",
        """
def h(x):
    if x in (0, 1):
        return 0.0
    return -x * np.log2(x) - (1 - x) * np.log2(1 - x)

def binary_entropy(p):
    return np.array([h(x) for x in p.ravel()]).reshape(p.shape)
""",
        "def binary_entropy(p):\n    return np.nansum([-p * np.log2(p), (p - 1) * np.log2(1 - p)], axis=0)",
        """
def binary_entropy(p):
    p = p.astype(np.float32)
    bits = np.zeros_like(p)
    inside = (p > 0) & (p < 1)
    x = p[inside]
    bits[inside] = -(x * np.log(x) + (1 - x) * np.log1p(-x)) / np.log(np.float32(2))
    return bits
""",
    ],
    "shannon_lengths": [
        "def shannon_lengths(p):\n    return np.ceil(np.log2(1 / p)).astype(int)",
        """
from dataclasses import dataclass
from fractions import Fraction
import statistics, itertools, functools, decimal, typing, string, re, bisect

@dataclass
class Symbol:
    share: Fraction

def shannon_lengths(p):
    lengths = []
    for x in p:
        n = 0
        while 2.0 ** -n > x:
            n += 1
        lengths.append(n)
    return np.array(lengths)
""",
        "def shannon_lengths(p):\n    return -np.floor(np.log2(p))",
        "def shannon_lengths(p):\n    return np.ceil(-np.log2(p)).astype(np.float32)",
    ],
    "prefix_code": [
        """
def prefix_code(lengths):
    code = [None] * len(lengths)
    word, last = 0, 0
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        word <<= int(lengths[i]) - last
        last = int(lengths[i])
        code[i] = bin(word)[2:].zfill(last)
        word += 1
    return code
""",
        """
from itertools import product

def prefix_code(lengths):
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    words = {}
    for i in order:
        for bits in product('10', repeat=int(lengths[i])):
            word = ''.join(bits)
            if not any(word.startswith(w) for w in words.values()):
                words[i] = word
                break
    return [words[i] for i in range(len(lengths))]
""",
        """
def prefix_code(lengths):
    free, code = [''], [''] * len(lengths)
    for i in np.argsort(lengths, kind='stable'):
        free.sort(key=len, reverse=True)
        node = next(f for f in free if len(f) <= lengths[i])
        free.remove(node)
        while len(node) < lengths[i]:
            free.append(node + '1')
            node += '0'
        code[i] = node
    return tuple(code)
""",
    ],
    "expected_length": [
        "def expected_length(p, code):\n    return sum(x * len(word) for x, word in zip(p, code))",
        "def expected_length(p, code):\n    return np.average([len(word) for word in code], weights=p)",
        "def expected_length(p, code):\n"
        "    return np.dot(p.astype(np.float32), np.float32(list(map(len, code))))",
    ],
}

WRONG = {
    "two_aces": [
        (ROUNDED, "two_aces = 7.79"),
        (NATS_FOR_BITS, "two_aces = -np.log(4 / 52 * 3 / 51)"),
        (NO_MINUS, "two_aces = np.log2(4 / 52 * 3 / 51)"),
        (WITH_REPLACEMENT, "two_aces = 2 * np.log2(13)"),
        (PROBABILITY_FOR_INFORMATION, "two_aces = 4 / 52 * 3 / 51"),
        (WRONG_SHAPE, "two_aces = -np.log2([4 / 52 * 3 / 51])"),
        (WRONG_SHAPE, "two_aces = [float(-np.log2(4 / 52 * 3 / 51))]"),
    ],
    "information": [
        (NATS_FOR_BITS, "def information(p):\n    return -np.log(p)"),
        (NO_MINUS, "def information(p):\n    return np.log2(p)"),
        (EPSILON, "def information(p):\n    return -np.log2(p + 1e-12)"),
        (EPSILON, "def information(p):\n    return -np.log2(np.clip(p, 1e-15, 1))"),
        (EPSILON, "def information(p):\n    return -np.log2(np.maximum(p, np.finfo(float).eps))"),
        (EPSILON, "def information(p):\n    return np.nan_to_num(-np.log2(p))"),
        (A_LIST, "def information(p):\n    return list(-np.log2(p))"),
        (WRONG_SHAPE, "def information(p):\n    return -np.log2(p)[:, None]"),
        (CHANGED_INPUT, "def information(p):\n    np.log2(p, out=p)\n    p *= -1\n    return p"),
        (NO_RETURN, "def information(p):\n    print(-np.log2(p))"),
    ],
    "entropy": [
        (NATS_FOR_BITS, "def entropy(p):\n    q = p[p > 0]\n    return -np.sum(q * np.log(q))"),
        (NATS_FOR_BITS, "def entropy(p):\n    return -np.sum(p * np.log(p + 1e-12))"),
        (NO_MINUS, "def entropy(p):\n    q = p[p > 0]\n    return np.sum(q * np.log2(q))"),
        (MEAN_FOR_SUM, "def entropy(p):\n    return -np.mean(p * np.log2(np.where(p > 0, p, 1)))"),
        (NAN_FOR_ZERO, "def entropy(p):\n    return -np.sum(p * np.log2(p))"),
        (CHANGED_INPUT, "def entropy(p):\n    p[p == 0] = 1\n    p *= -np.log2(p)\n    return p.sum()"),
        (WRONG_SHAPE, "def entropy(p):\n    q = p[p > 0]\n    return np.array([-np.sum(q * np.log2(q))])"),
        (NO_RETURN, "def entropy(p):\n    print(-np.sum(p * np.log2(p)))"),
    ],
    "entropies": [
        (NATS_FOR_BITS, "def entropies(p):\n    return -np.sum(p * np.log(np.where(p > 0, p, 1)), axis=1)"),
        (NO_MINUS, "def entropies(p):\n    return np.sum(p * np.log2(np.where(p > 0, p, 1)), axis=1)"),
        (WRONG_AXIS, "def entropies(p):\n    return -np.sum(p * np.log2(np.where(p > 0, p, 1)), axis=0)"),
        (WHOLE_ARRAY, "def entropies(p):\n    return -np.sum(p * np.log2(np.where(p > 0, p, 1)))"),
        (MEAN_FOR_SUM, "def entropies(p):\n    return -np.mean(p * np.log2(np.where(p > 0, p, 1)), axis=1)"),
        (NAN_FOR_ZERO, "def entropies(p):\n    return -np.sum(p * np.log2(p), axis=1)"),
        (
            A_LIST,
            """
def entropies(p):
    result = []
    for row in p:
        q = row[row > 0]
        result.append(-np.sum(q * np.log2(q)))
    return result
""",
        ),
        (
            WRONG_SHAPE,
            "def entropies(p):\n"
            "    return -np.sum(p * np.log2(np.where(p > 0, p, 1)), axis=1, keepdims=True)",
        ),
        (CHANGED_INPUT, "def entropies(p):\n    p[p == 0] = 1\n    return -np.sum(p * np.log2(p), axis=1)"),
    ],
    "entropy_of_counts": [
        (
            BITS_FOR_NATS,
            "def entropy_of_counts(c):\n    p = c[c > 0] / c.sum()\n    return -np.sum(p * np.log2(p))",
        ),
        (NO_MINUS, "def entropy_of_counts(c):\n    p = c[c > 0] / c.sum()\n    return np.sum(p * np.log(p))"),
        (NOT_NORMALISED, "def entropy_of_counts(c):\n    return -np.sum(c * np.log(np.where(c > 0, c, 1)))"),
        (
            MEAN_FOR_SUM,
            "def entropy_of_counts(c):\n    p = c / c.sum()\n"
            "    return -np.mean(p * np.log(np.where(p > 0, p, 1)))",
        ),
        (NAN_FOR_ZERO, "def entropy_of_counts(c):\n    p = c / c.sum()\n    return -np.sum(p * np.log(p))"),
        (
            CHANGED_INPUT,
            "def entropy_of_counts(c):\n    c /= c.sum()\n    p = c[c > 0]\n"
            "    return -np.sum(p * np.log(p))",
        ),
    ],
    "binary_entropy": [
        (
            NATS_FOR_BITS,
            "def binary_entropy(p):\n    return np.nansum([-p * np.log(p), (p - 1) * np.log(1 - p)], axis=0)",
        ),
        (
            NO_MINUS,
            "def binary_entropy(p):\n"
            "    return np.nansum([p * np.log2(p), (1 - p) * np.log2(1 - p)], axis=0)",
        ),
        (ONE_TERM, "def binary_entropy(p):\n    return -p * np.log2(p)"),
        (NAN_FOR_ZERO, "def binary_entropy(p):\n    return -p * np.log2(p) - (1 - p) * np.log2(1 - p)"),
        (
            WRONG_SHAPE,
            "def binary_entropy(p):\n    p = p.ravel()\n"
            "    return np.nansum([-p * np.log2(p), (p - 1) * np.log2(1 - p)], axis=0)",
        ),
        (
            A_LIST,
            "def binary_entropy(p):\n"
            "    return np.nansum([-p * np.log2(p), (p - 1) * np.log2(1 - p)], axis=0).tolist()",
        ),
    ],
    "shannon_lengths": [
        (ROUNDED_DOWN, "def shannon_lengths(p):\n    return np.floor(-np.log2(p))"),
        (ROUNDED_DOWN, "def shannon_lengths(p):\n    return (-np.log2(p)).astype(int)"),
        (ROUNDED_TO_NEAREST, "def shannon_lengths(p):\n    return np.round(-np.log2(p))"),
        (NATS_FOR_BITS, "def shannon_lengths(p):\n    return np.ceil(-np.log(p))"),
        (NO_MINUS, "def shannon_lengths(p):\n    return np.ceil(np.log2(p))"),
        (A_LIST, "def shannon_lengths(p):\n    return [int(np.ceil(-np.log2(x))) for x in p]"),
    ],
    "prefix_code": [
        (
            NOT_A_PREFIX_CODE,
            "def prefix_code(lengths):\n    return [format(i, f'0{n}b')[-n:] for i, n in enumerate(lengths)]",
        ),
        (NOT_A_PREFIX_CODE, "def prefix_code(lengths):\n    return ['0' * n for n in lengths]"),
        (WRONG_LENGTHS, "def prefix_code(lengths):\n    return ['1' * i + '0' for i in range(len(lengths))]"),
    ],
    "expected_length": [
        (UNWEIGHTED, "def expected_length(p, code):\n    return np.mean([len(word) for word in code])"),
        (SUM_FOR_MEAN, "def expected_length(p, code):\n    return sum(len(word) for word in code)"),
        (ENTROPY_FOR_LENGTH, "def expected_length(p, code):\n    return -np.nansum(p * np.log2(p))"),
        (
            MEAN_FOR_SUM,
            "def expected_length(p, code):\n    return np.mean([x * len(w) for x, w in zip(p, code)])",
        ),
        (
            WRONG_SHAPE,
            "def expected_length(p, code):\n    return np.array([p @ [len(word) for word in code]])",
        ),
    ],
}
