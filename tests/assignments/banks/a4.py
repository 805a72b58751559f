"""Answers to A4."""

from cecourse.assignments.questions.a4 import (
    ABSOLUTE,
    ACCURACY,
    ALL_ENTRIES,
    BINS_OF_THE_DATA,
    BINS_UNWEIGHTED,
    BY_COLUMNS,
    COMPLEMENT,
    DECISION,
    EMPTY_BIN,
    GAPS_CANCEL,
    HALVED,
    HARD_TARGETS,
    LARGE_EXPONENTIAL,
    LARGEST_GAP,
    LIKELIHOOD,
    LOG_SCORE,
    LOGARITHM,
    LOGITS_AS_PROBABILITIES,
    LOSS_FOR_SLOPE,
    LOWER_EDGE,
    MEAN_PER_FLIP,
    MIRRORED,
    NO_BINS,
    NO_SIGMOID,
    NOT_DIVIDED,
    ONE_SLOPE,
    OTHER_WAY,
    PER_SAMPLE,
    PRECEDENCE,
    RIGHT_CLASS_ONLY,
    ROOT,
    SIGMOID_OF_PROBABILITY,
    SIGMOID_TWICE,
    SKIPPED,
    SLOPE_IN_Q,
    SLOPE_OF_SQUARES,
    SOFTMAX_FOR_SIGMOID,
    SQUARED_GAPS,
    SURPRISE,
    SWAPPED_TARGETS,
    TEN_BINS,
    TRUE_CLASS,
    WEIGHT_IGNORED,
    WEIGHT_ON_ALL,
    WEIGHT_ON_LOGIT,
    WEIGHT_ON_TARGET,
    WEIGHT_ON_ZEROS,
    WEIGHTED_MEAN,
)
from cecourse.assignments.questions.mistakes import (
    A_LIST,
    BITS_FOR_NATS,
    CHANGED_INPUT,
    EPSILON,
    FROM_ONE,
    NAN_FOR_ZERO,
    NO_MINUS,
    NO_RETURN,
    ONE_TERM,
    SUM_FOR_MEAN,
    UNDERFLOW,
    WRONG_SHAPE,
)

RIGHT = {
    "log_likelihood": [
        """
import math

def log_likelihood(q, y):
    heads, tails = int(y.sum()), int((1 - y).sum())
    total = 0.0
    if heads:
        total += heads * (math.log(q) if q > 0 else -math.inf)
    if tails:
        total += tails * (math.log(1 - q) if q < 1 else -math.inf)
    return total
""",
        """
def log_likelihood(q, y):
    total = 0
    for flip in y:
        total += np.log(q) if flip == 1 else np.log(1 - q)
    return total
""",
        "def log_likelihood(q, y):\n    return np.nansum(y * np.log(q) + (1 - y) * np.log(1 - q))",
        """
def log_likelihood(q, y):
    p = np.array([1 - q, q], dtype=np.float32)
    return np.log(p)[y].sum()
""",
        """
from math import fsum

def log_likelihood(q, y):
    q = float(q)
    with np.errstate(divide='ignore'):
        return fsum(np.log(np.abs(1 - y - q)))
""",
    ],
    "sigmoid": [
        "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
        "def sigmoid(z):\n    return (1 + np.tanh(z / 2)) / 2",
        """
import math

def one(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))

def sigmoid(z):
    return np.array([one(x) for x in z.ravel()]).reshape(z.shape)
""",
        "def sigmoid(z):\n    return np.exp(-np.logaddexp(0, -z))",
        """
def sigmoid(z):
    z = z.astype(np.float32)
    q = np.empty_like(z)
    up = z > 0
    q[up] = 1 / (1 + np.exp(-z[up]))
    q[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return q
""",
        "sigmoid = np.vectorize(lambda x: 1 / (1 + np.exp(-x)))",
    ],
    "loss_from_probs": [
        """
def loss_from_probs(q, y):
    yes = np.where(y > 0, -y * np.log(np.where(y > 0, q, 1)), 0)
    no = np.where(y < 1, -(1 - y) * np.log(1 - np.where(y < 1, q, 0)), 0)
    return np.mean(yes + no)
""",
        "def loss_from_probs(q, y):\n"
        "    return np.nansum([-y * np.log(q), (y - 1) * np.log(1 - q)]) / len(y)",
        """
import math

def loss_from_probs(q, y):
    total = 0.0
    for belief, target in zip(q, y):
        if target > 0:
            total -= target * (math.log(belief) if belief > 0 else -math.inf)
        if target < 1:
            total -= (1 - target) * (math.log1p(-belief) if belief < 1 else -math.inf)
    return total / len(q)
""",
        """
def loss_from_probs(q, y):
    q, y = q.astype(np.float32), y.astype(np.float32)
    losses = np.zeros(len(q), np.float32)
    losses[y > 0] += -y[y > 0] * np.log(q[y > 0])
    losses[y < 1] += -(1 - y[y < 1]) * np.log1p(-q[y < 1])
    return losses.mean()
""",
        """
def loss_from_probs(q, y):
    p, model = np.stack([1 - y, y]), np.stack([1 - q, q])
    logs = np.log(model, out=np.zeros_like(model), where=p > 0)
    return -(p * logs).sum() / q.size
""",
    ],
    "loss_from_logits": [
        "def loss_from_logits(z, y):\n    return np.mean(np.logaddexp(0, z) - z * y)",
        "def loss_from_logits(z, y):\n    return np.logaddexp(0, np.where(y == 1, -z, z)).mean()",
        """
import math

def loss_from_logits(z, y):
    total = 0
    for score, target in zip(z.tolist(), y.tolist()):
        total += max(score, 0) - score * target + math.log(1 + math.exp(-abs(score)))
    return total / len(z)
""",
        """
def loss_from_logits(z, y):
    z, y = np.float32(z), np.float32(y)
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-abs(z)))).mean()
""",
        """
def loss_from_logits(z, y):
    rows = np.stack([np.zeros_like(z), z], axis=1)
    top = rows.max(axis=1)
    lse = top + np.log(np.exp(rows - top[:, None]).sum(axis=1))
    return np.mean(lse - rows[np.arange(len(z)), y.astype(int)])
""",
    ],
    "loss_slopes": [
        "def loss_slopes(z, y):\n    return (1 / (1 + np.exp(-z)) - y) / z.size",
        "def loss_slopes(z, y):\n    return np.where(y == 1, -sigmoid(-z), sigmoid(z)) / len(y)",
        """
def loss_slopes(z, y):
    result = []
    for score, target in zip(z, y):
        result.append((0.5 + 0.5 * np.tanh(score / 2) - target) / len(z))
    return np.array(result)
""",
        """
def loss_slopes(z, y):
    slopes = np.empty(len(z))
    for n in range(len(z)):
        def loss(score):
            return np.logaddexp(0, score) - score * y[n]
        slopes[n] = (loss(z[n] + 1e-4) - loss(z[n] - 1e-4)) / 2e-4 / len(z)
    return slopes
""",
        "def loss_slopes(z, y):\n    return ((sigmoid(z) - y) / len(z)).astype(np.float32)",
    ],
    "multi_label_loss": [
        "def multi_label_loss(z, y):\n    return z.shape[1] * loss_from_logits(z.ravel(), y.ravel())",
        "def multi_label_loss(z, y):\n    return np.sum(np.logaddexp(0, z) - z * y) / len(z)",
        """
def multi_label_loss(z, y):
    total = 0.0
    for scores, targets in zip(z, y):
        for score, target in zip(scores, targets):
            total += np.logaddexp(0, -score if target == 1 else score)
    return total / len(z)
""",
        """
def multi_label_loss(z, y):
    z, y = z.astype(np.float32), y.astype(np.float32)
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).sum(-1).mean()
""",
        "def multi_label_loss(z, y):\n"
        "    return sum(loss_from_logits(z[:, k], y[:, k]) for k in range(z.shape[1]))",
    ],
    "weighted_loss": [
        "def weighted_loss(z, y, v):\n"
        "    return np.mean(np.where(y == 1, v, 1) * np.logaddexp(0, np.where(y == 1, -z, z)))",
        """
def weighted_loss(z, y, v):
    ones, zeros = z[y == 1], z[y == 0]
    return (v * np.logaddexp(0, -ones).sum() + np.logaddexp(0, zeros).sum()) / len(z)
""",
        """
def weighted_loss(z, y, v):
    total = 0
    for score, target in zip(z, y):
        weight = v if target else 1
        total += weight * loss_from_logits(np.array([score]), np.array([target]))
    return total / len(z)
""",
        """
def weighted_loss(z, y, v):
    z, y = z.astype(np.float32), y.astype(np.float32)
    down = np.maximum(-z, 0) + np.log1p(np.exp(-np.abs(z)))
    return ((1 - y) * z + (1 + (np.float32(v) - 1) * y) * down).mean()
""",
    ],
    "brier_score": [
        """
def brier_score(q, labels):
    p = np.zeros_like(q)
    p[np.arange(len(q)), labels] = 1
    return ((q - p) ** 2).sum() / len(q)
""",
        """
def brier_score(q, labels):
    total = 0
    for row, label in zip(q, labels):
        for k, x in enumerate(row):
            total += (x - (k == label)) ** 2
    return total / len(q)
""",
        """
def brier_score(q, labels):
    of_right = q[np.arange(len(q)), labels]
    return np.mean((q**2).sum(axis=1) - 2 * of_right + 1)
""",
        """
def brier_score(q, labels):
    p = (labels[:, None] == np.arange(q.shape[1])).astype(np.float32)
    return np.mean(np.linalg.norm(q.astype(np.float32) - p, axis=1) ** 2)
""",
        "def brier_score(q, labels):\n    return q.shape[1] * np.mean((q - np.eye(q.shape[1])[labels]) ** 2)",
    ],
    "calibration_error": [
        """
def calibration_error(q, labels, bins):
    gap = (q.argmax(axis=1) == labels) - q.max(axis=1)
    bin_of = np.ceil(bins * q.max(axis=1))
    return sum(abs(gap[bin_of == b].sum()) for b in np.unique(bin_of)) / len(gap)
""",
        """
def calibration_error(q, labels, bins):
    confidence = q.max(axis=1)
    right = q.argmax(axis=1) == labels
    where = np.digitize(confidence, np.linspace(0, 1, bins + 1), right=True) - 1
    sure = np.bincount(where, confidence, bins)
    hits = np.bincount(where, right, bins)
    return np.abs(sure - hits).sum() / len(q)
""",
        """
def calibration_error(q, labels, bins):
    sums = {}
    for row, label in zip(q.tolist(), labels.tolist()):
        confidence = max(row)
        b = next(b for b in range(1, bins + 1) if confidence <= b / bins)
        n, hits, sure = sums.get(b, (0, 0, 0.0))
        sums[b] = n + 1, hits + (row.index(confidence) == label), sure + confidence
    return sum(n / len(q) * abs(hits / n - sure / n) for n, hits, sure in sums.values())
""",
        """
def calibration_error(q, labels, bins):
    q = q.astype(np.float32)
    confidence, right = q.max(axis=1), q.argmax(axis=1) == labels
    edges = np.linspace(0, 1, bins + 1, dtype=np.float32)
    where = np.searchsorted(edges, confidence, side='left')
    n = np.bincount(where, minlength=bins + 1)
    accuracy = np.bincount(where, right, bins + 1) / n
    sure = np.bincount(where, confidence, bins + 1) / n
    return np.nansum(n / n.sum() * np.abs(accuracy - sure))
""",
    ],
}

LOGITS_TO_Q = "    q = 1 / (1 + np.exp(-z))\n"
STABLE = "np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))"


def _slopes(expression):
    return f"def loss_slopes(z, y):\n    return {expression}"


def _brier(expression):
    return (
        "def brier_score(q, labels):\n    p = np.eye(q.shape[1])[labels]\n"
        "    n = np.arange(len(q))\n"
        f"    return {expression}"
    )


def _calibration(combined, confidence="q.max(axis=1)", right="q.argmax(axis=1) == labels", bins="bins"):
    """A calibration error that makes something else of the gaps and the shares of the samples."""
    return f"""
def calibration_error(q, labels, bins):
    confidence, right = {confidence}, {right}
    bins = {bins}
    gaps, shares = [], []
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            gaps.append(right[inside].mean() - confidence[inside].mean())
            shares.append(inside.mean())
    gaps, shares = np.array(gaps), np.array(shares)
    return {combined}
"""


def _calibration_in_bins(inside, last=""):
    return f"""
def calibration_error(q, labels, bins):
    confidence, right = q.max(axis=1), q.argmax(axis=1) == labels
    error = 0
    for b in range(bins):
        low, high = b / bins, (b + 1) / bins
        inside = {inside}
        {last or "pass"}
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
"""


WRONG = {
    "log_likelihood": [
        (UNDERFLOW, "def log_likelihood(q, y):\n    return np.log(np.prod(np.where(y == 1, q, 1 - q)))"),
        (
            UNDERFLOW,
            "def log_likelihood(q, y):\n    product = 1.0\n    for flip in y:\n"
            "        product *= q if flip else 1 - q\n    return np.log(product)",
        ),
        (UNDERFLOW, "def log_likelihood(q, y):\n    return np.log(q ** y.sum() * (1 - q) ** (1 - y).sum())"),
        (LIKELIHOOD, "def log_likelihood(q, y):\n    return np.prod(np.where(y == 1, q, 1 - q))"),
        (
            NAN_FOR_ZERO,
            "def log_likelihood(q, y):\n    return np.sum(y * np.log(q) + (1 - y) * np.log(1 - q))",
        ),
        (
            EPSILON,
            "def log_likelihood(q, y):\n    return np.sum(np.log(np.where(y == 1, q, 1 - q) + 1e-12))",
        ),
        (EPSILON, "def log_likelihood(q, y):\n    return np.sum(np.log(np.where(y == 1, q, 1 - q) + 1e-5))"),
        (
            EPSILON,
            "def log_likelihood(q, y):\n    q = np.clip(q, 1e-15, 1 - 1e-15)\n"
            "    return np.sum(y * np.log(q) + (1 - y) * np.log(1 - q))",
        ),
        (BITS_FOR_NATS, "def log_likelihood(q, y):\n    return np.sum(np.log2(np.where(y == 1, q, 1 - q)))"),
        (SURPRISE, "def log_likelihood(q, y):\n    return -np.sum(np.log(np.where(y == 1, q, 1 - q)))"),
        (MEAN_PER_FLIP, "def log_likelihood(q, y):\n    return np.mean(np.log(np.where(y == 1, q, 1 - q)))"),
        (MEAN_PER_FLIP, "def log_likelihood(q, y):\n    return -np.mean(np.log(np.where(y == 1, q, 1 - q)))"),
        (COMPLEMENT, "def log_likelihood(q, y):\n    return np.sum(np.log(np.where(y == 0, q, 1 - q)))"),
        (ONE_TERM, "def log_likelihood(q, y):\n    return np.sum(y * np.log(q))"),
        (ONE_TERM, "def log_likelihood(q, y):\n    return y.sum() * np.log(q)"),
        (WRONG_SHAPE, "def log_likelihood(q, y):\n    return np.array([np.log(np.abs(1 - y - q)).sum()])"),
        (
            CHANGED_INPUT,
            "def log_likelihood(q, y):\n    y -= 1\n    return np.log(np.abs(-y - q)).sum()",
        ),
        (NO_RETURN, "def log_likelihood(q, y):\n    print(np.sum(np.log(np.where(y == 1, q, 1 - q))))"),
    ],
    "sigmoid": [
        (MIRRORED, "def sigmoid(z):\n    return 1 / (1 + np.exp(z))"),
        (PRECEDENCE, "def sigmoid(z):\n    return 1 / 1 + np.exp(-z)"),
        (SOFTMAX_FOR_SIGMOID, "def sigmoid(z):\n    return np.exp(z) / np.exp(z).sum()"),
        (
            SOFTMAX_FOR_SIGMOID,
            "def sigmoid(z):\n    e = np.exp(z - z.max(axis=-1, keepdims=True))\n"
            "    return e / e.sum(axis=-1, keepdims=True)",
        ),
        (SIGMOID_TWICE, "def sigmoid(z):\n    return 1 / (1 + np.exp(-1 / (1 + np.exp(-z))))"),
        (LOGARITHM, "def sigmoid(z):\n    return -np.logaddexp(0, -z)"),
        (DECISION, "def sigmoid(z):\n    return np.round(1 / (1 + np.exp(-z)))"),
        (DECISION, "def sigmoid(z):\n    return (z > 0).astype(float)"),
        (LARGE_EXPONENTIAL, "def sigmoid(z):\n    return np.exp(z) / (1 + np.exp(z))"),
        (A_LIST, "def sigmoid(z):\n    return (1 / (1 + np.exp(-z))).tolist()"),
        (WRONG_SHAPE, "def sigmoid(z):\n    return 1 / (1 + np.exp(-z.ravel()))[:, None]"),
        (CHANGED_INPUT, "def sigmoid(z):\n    z *= -1\n    return 1 / (1 + np.exp(z))"),
        (NO_RETURN, "def sigmoid(z):\n    q = 1 / (1 + np.exp(-z))"),
    ],
    "loss_from_probs": [
        (
            BITS_FOR_NATS,
            "def loss_from_probs(q, y):\n"
            "    return np.nansum([-y * np.log2(q), (y - 1) * np.log2(1 - q)]) / len(y)",
        ),
        (
            BITS_FOR_NATS,
            "def loss_from_probs(q, y):\n    return -np.mean(y * np.log2(q) + (1 - y) * np.log2(1 - q))",
        ),
        (NO_MINUS, "def loss_from_probs(q, y):\n    return np.mean(y * np.log(q) + (1 - y) * np.log(1 - q))"),
        (
            SUM_FOR_MEAN,
            "def loss_from_probs(q, y):\n    return np.nansum([-y * np.log(q), (y - 1) * np.log(1 - q)])",
        ),
        (PER_SAMPLE, "def loss_from_probs(q, y):\n    return -y * np.log(q) - (1 - y) * np.log(1 - q)"),
        (
            PER_SAMPLE,
            "def loss_from_probs(q, y):\n"
            "    return np.nansum([-y * np.log(q), (y - 1) * np.log(1 - q)], axis=0)",
        ),
        (ONE_TERM, "def loss_from_probs(q, y):\n    return -np.mean(y * np.log(q))"),
        (ONE_TERM, "def loss_from_probs(q, y):\n    return -np.log(q[y == 1]).mean()"),
        (
            COMPLEMENT,
            "def loss_from_probs(q, y):\n    return -np.mean((1 - y) * np.log(q) + y * np.log(1 - q))",
        ),
        (
            SWAPPED_TARGETS,
            "def loss_from_probs(q, y):\n    return -np.mean(q * np.log(y) + (1 - q) * np.log(1 - y))",
        ),
        (
            SIGMOID_OF_PROBABILITY,
            "def loss_from_probs(q, y):\n    s = sigmoid(q)\n"
            "    return -np.mean(y * np.log(s) + (1 - y) * np.log(1 - s))",
        ),
        (HARD_TARGETS, "def loss_from_probs(q, y):\n    return -np.log(np.where(y == 1, q, 1 - q)).mean()"),
        (HARD_TARGETS, "def loss_from_probs(q, y):\n    return -np.log(np.where(y >= 0.5, q, 1 - q)).mean()"),
        (HARD_TARGETS, "def loss_from_probs(q, y):\n    return -np.log(np.where(y, q, 1 - q)).mean()"),
        (
            SKIPPED,
            "def loss_from_probs(q, y):\n    return np.nanmean(-y * np.log(q) - (1 - y) * np.log(1 - q))",
        ),
        (
            SKIPPED,
            "def loss_from_probs(q, y):\n    keep = (q > 0) & (q < 1)\n    q, y = q[keep], y[keep]\n"
            "    return np.mean(-y * np.log(q) - (1 - y) * np.log(1 - q))",
        ),
        (
            NAN_FOR_ZERO,
            "def loss_from_probs(q, y):\n    return -np.mean(y * np.log(q) + (1 - y) * np.log(1 - q))",
        ),
        (
            EPSILON,
            "def loss_from_probs(q, y):\n"
            "    return -np.mean(y * np.log(q + 1e-5) + (1 - y) * np.log(1 - q + 1e-5))",
        ),
        (
            EPSILON,
            "def loss_from_probs(q, y):\n    q = np.clip(q, 1e-5, 1 - 1e-5)\n"
            "    return -np.mean(y * np.log(q) + (1 - y) * np.log(1 - q))",
        ),
        (
            EPSILON,
            "def loss_from_probs(q, y):\n"
            "    a, b = np.maximum(np.log(q), -100), np.maximum(np.log(1 - q), -100)\n"
            "    return -np.mean(y * a + (1 - y) * b)",
        ),
        (
            EPSILON,
            "def loss_from_probs(q, y):\n"
            "    return -np.mean(y * np.nan_to_num(np.log(q)) + (1 - y) * np.nan_to_num(np.log(1 - q)))",
        ),
        (
            WRONG_SHAPE,
            "def loss_from_probs(q, y):\n"
            "    losses = np.nansum([-y * np.log(q), (y - 1) * np.log(1 - q)], axis=0)\n"
            "    return losses.mean(keepdims=True)",
        ),
        (
            CHANGED_INPUT,
            "def loss_from_probs(q, y):\n    q[y == 0] = 1 - q[y == 0]\n    hard = (y == 0) | (y == 1)\n"
            "    soft = -y * np.log(q) - (1 - y) * np.log(1 - q)\n"
            "    return np.where(hard, -np.log(q), soft).mean()",
        ),
        (
            NO_RETURN,
            "def loss_from_probs(q, y):\n    print(-np.mean(y * np.log(q) + (1 - y) * np.log(1 - q)))",
        ),
    ],
    "loss_from_logits": [
        (BITS_FOR_NATS, f"def loss_from_logits(z, y):\n    return np.mean({STABLE}) / np.log(2)"),
        (
            BITS_FOR_NATS,
            f"def loss_from_logits(z, y):\n{LOGITS_TO_Q}"
            "    return -np.mean(y * np.log2(q) + (1 - y) * np.log2(1 - q))",
        ),
        (NO_MINUS, f"def loss_from_logits(z, y):\n    return -np.mean({STABLE})"),
        (SUM_FOR_MEAN, f"def loss_from_logits(z, y):\n    return np.sum({STABLE})"),
        (PER_SAMPLE, f"def loss_from_logits(z, y):\n    return {STABLE}"),
        (ONE_TERM, f"def loss_from_logits(z, y):\n{LOGITS_TO_Q}    return -np.mean(y * np.log(q))"),
        (COMPLEMENT, "def loss_from_logits(z, y):\n    return np.mean(np.logaddexp(0, z) - z * (1 - y))"),
        (
            COMPLEMENT,
            "def loss_from_logits(z, y):\n    return np.mean(np.logaddexp(0, np.where(y == 1, z, -z)))",
        ),
        (
            SIGMOID_TWICE,
            f"def loss_from_logits(z, y):\n    z = 1 / (1 + np.exp(-z))\n    return np.mean({STABLE})",
        ),
        (
            LOGITS_AS_PROBABILITIES,
            "def loss_from_logits(z, y):\n    return -np.mean(y * np.log(z) + (1 - y) * np.log(1 - z))",
        ),
        (LARGE_EXPONENTIAL, f"def loss_from_logits(z, y):\n{LOGITS_TO_Q}    return loss_from_probs(q, y)"),
        (
            LARGE_EXPONENTIAL,
            f"def loss_from_logits(z, y):\n{LOGITS_TO_Q}"
            "    return -np.mean(y * np.log(q) + (1 - y) * np.log(1 - q))",
        ),
        (
            LARGE_EXPONENTIAL,
            "def loss_from_logits(z, y):\n    q = np.exp(z) / (1 + np.exp(z))\n"
            "    return -np.mean(y * np.log(q) + (1 - y) * np.log(1 - q))",
        ),
        (LARGE_EXPONENTIAL, "def loss_from_logits(z, y):\n    return np.mean(np.log(1 + np.exp(z)) - z * y)"),
        (
            LARGE_EXPONENTIAL,
            "def loss_from_logits(z, y):\n    return np.log(1 + np.exp(np.where(y == 1, -z, z))).mean()",
        ),
        (
            EPSILON,
            f"def loss_from_logits(z, y):\n{LOGITS_TO_Q}"
            "    return -np.mean(y * np.log(q + 1e-12) + (1 - y) * np.log(1 - q + 1e-12))",
        ),
        (
            EPSILON,
            f"def loss_from_logits(z, y):\n{LOGITS_TO_Q}    q = np.clip(q, 1e-5, 1 - 1e-5)\n"
            "    return -np.mean(y * np.log(q) + (1 - y) * np.log(1 - q))",
        ),
        (
            EPSILON,
            f"def loss_from_logits(z, y):\n{LOGITS_TO_Q}"
            "    a, b = np.maximum(np.log(q), -100), np.maximum(np.log(1 - q), -100)\n"
            "    return -np.mean(y * a + (1 - y) * b)",
        ),
        (EPSILON, f"def loss_from_logits(z, y):\n    z = np.clip(z, -30, 30)\n    return np.mean({STABLE})"),
        (
            CHANGED_INPUT,
            "def loss_from_logits(z, y):\n    z[y == 1] *= -1\n    return np.logaddexp(0, z).mean()",
        ),
        (WRONG_SHAPE, f"def loss_from_logits(z, y):\n    return np.mean({STABLE}, keepdims=True)"),
        (NO_RETURN, f"def loss_from_logits(z, y):\n    print(np.mean({STABLE}))"),
    ],
    "loss_slopes": [
        (NOT_DIVIDED, _slopes("sigmoid(z) - y")),
        (OTHER_WAY, _slopes("(y - sigmoid(z)) / len(z)")),
        (OTHER_WAY, _slopes("y - sigmoid(z)")),
        (SLOPE_OF_SQUARES, _slopes("(sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)) / len(z)")),
        (SLOPE_OF_SQUARES, _slopes("2 * (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)) / len(z)")),
        (SLOPE_IN_Q, _slopes("(sigmoid(z) - y) / (sigmoid(z) * (1 - sigmoid(z))) / len(z)")),
        (SLOPE_IN_Q, _slopes("(-y / sigmoid(z) + (1 - y) / (1 - sigmoid(z))) / len(z)")),
        (NO_SIGMOID, _slopes("(z - y) / len(z)")),
        (SIGMOID_TWICE, _slopes("(sigmoid(sigmoid(z)) - y) / len(z)")),
        (SOFTMAX_FOR_SIGMOID, _slopes("(np.exp(z - z.max()) / np.exp(z - z.max()).sum() - y) / len(z)")),
        (SOFTMAX_FOR_SIGMOID, _slopes("np.exp(z - z.max()) / np.exp(z - z.max()).sum() - y")),
        (COMPLEMENT, _slopes("(sigmoid(z) - (1 - y)) / len(z)")),
        (ONE_SLOPE, _slopes("np.mean(sigmoid(z) - y)")),
        (ONE_SLOPE, _slopes("np.sum(sigmoid(z) - y)")),
        (LOSS_FOR_SLOPE, _slopes("loss_from_logits(z, y)")),
        (LOSS_FOR_SLOPE, _slopes(STABLE)),
        (LARGE_EXPONENTIAL, _slopes("(np.exp(z) / (1 + np.exp(z)) - y) / len(z)")),
        (A_LIST, _slopes("[(sigmoid(a) - b) / len(z) for a, b in zip(z, y)]")),
        (WRONG_SHAPE, _slopes("((sigmoid(z) - y) / len(z))[:, None]")),
        (CHANGED_INPUT, "def loss_slopes(z, y):\n    y -= sigmoid(z)\n    y /= -len(z)\n    return y"),
        (NO_RETURN, "def loss_slopes(z, y):\n    slopes = (sigmoid(z) - y) / len(z)"),
    ],
    "multi_label_loss": [
        (ALL_ENTRIES, f"def multi_label_loss(z, y):\n    return np.mean({STABLE})"),
        (SUM_FOR_MEAN, f"def multi_label_loss(z, y):\n    return np.sum({STABLE})"),
        (BY_COLUMNS, f"def multi_label_loss(z, y):\n    return ({STABLE}).sum(axis=0).mean()"),
        (PER_SAMPLE, f"def multi_label_loss(z, y):\n    return ({STABLE}).sum(axis=1)"),
        (PER_SAMPLE, f"def multi_label_loss(z, y):\n    return ({STABLE}).mean(axis=1)"),
        (PER_SAMPLE, f"def multi_label_loss(z, y):\n    return {STABLE}"),
        (
            SOFTMAX_FOR_SIGMOID,
            "def multi_label_loss(z, y):\n    s = z - z.max(axis=1, keepdims=True)\n"
            "    logs = s - np.log(np.exp(s).sum(axis=1, keepdims=True))\n"
            "    return -(y * logs).sum(axis=1).mean()",
        ),
        (
            SOFTMAX_FOR_SIGMOID,
            "def multi_label_loss(z, y):\n    q = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)\n"
            "    return -(y * np.log(q) + (1 - y) * np.log(1 - q)).sum(axis=1).mean()",
        ),
        (BITS_FOR_NATS, f"def multi_label_loss(z, y):\n    return ({STABLE}).sum(axis=1).mean() / np.log(2)"),
        (NO_MINUS, f"def multi_label_loss(z, y):\n    return -({STABLE}).sum(axis=1).mean()"),
        (
            ONE_TERM,
            f"def multi_label_loss(z, y):\n{LOGITS_TO_Q}    return -(y * np.log(q)).sum(axis=1).mean()",
        ),
        (
            COMPLEMENT,
            "def multi_label_loss(z, y):\n    return (np.logaddexp(0, z) - z * (1 - y)).sum(axis=1).mean()",
        ),
        (
            SIGMOID_TWICE,
            f"def multi_label_loss(z, y):\n    z = sigmoid(z)\n    return ({STABLE}).sum(axis=1).mean()",
        ),
        (
            LARGE_EXPONENTIAL,
            f"def multi_label_loss(z, y):\n{LOGITS_TO_Q}"
            "    return -(y * np.log(q) + (1 - y) * np.log(1 - q)).sum(axis=1).mean()",
        ),
        (
            LARGE_EXPONENTIAL,
            "def multi_label_loss(z, y):\n    return (np.log(1 + np.exp(z)) - z * y).sum(axis=1).mean()",
        ),
        (
            EPSILON,
            f"def multi_label_loss(z, y):\n{LOGITS_TO_Q}    q = np.clip(q, 1e-15, 1 - 1e-15)\n"
            "    return -(y * np.log(q) + (1 - y) * np.log(1 - q)).sum(axis=1).mean()",
        ),
        (
            CHANGED_INPUT,
            "def multi_label_loss(z, y):\n    z *= 1 - 2 * y\n"
            "    return np.logaddexp(0, z).sum(axis=1).mean()",
        ),
        (
            WRONG_SHAPE,
            f"def multi_label_loss(z, y):\n    return ({STABLE}).sum(axis=1, keepdims=True).mean(axis=0)",
        ),
    ],
    "weighted_loss": [
        (
            WEIGHT_ON_ZEROS,
            "def weighted_loss(z, y, v):\n"
            "    return np.mean(np.where(y == 0, v, 1) * np.logaddexp(0, z) - z * y)",
        ),
        (
            WEIGHT_ON_ZEROS,
            "def weighted_loss(z, y, v):\n"
            "    return np.mean(y * np.logaddexp(0, -z) + v * (1 - y) * np.logaddexp(0, z))",
        ),
        (WEIGHT_ON_ALL, f"def weighted_loss(z, y, v):\n    return v * np.mean({STABLE})"),
        (WEIGHT_IGNORED, f"def weighted_loss(z, y, v):\n    return np.mean({STABLE})"),
        (
            WEIGHTED_MEAN,
            "def weighted_loss(z, y, v):\n    w = np.where(y == 1, v, 1)\n"
            f"    return np.average({STABLE}, weights=w)",
        ),
        (
            WEIGHT_ON_TARGET,
            "def weighted_loss(z, y, v):\n"
            "    return np.mean(np.maximum(z, 0) - v * z * y + np.log1p(np.exp(-np.abs(z))))",
        ),
        (
            WEIGHT_ON_LOGIT,
            f"def weighted_loss(z, y, v):\n    z = z + np.log(v)\n    return np.mean({STABLE})",
        ),
        (WEIGHT_ON_LOGIT, f"def weighted_loss(z, y, v):\n    z = v * z\n    return np.mean({STABLE})"),
        (
            SUM_FOR_MEAN,
            f"def weighted_loss(z, y, v):\n    return np.sum(np.where(y == 1, v, 1) * ({STABLE}))",
        ),
        (PER_SAMPLE, f"def weighted_loss(z, y, v):\n    return np.where(y == 1, v, 1) * ({STABLE})"),
        (
            BITS_FOR_NATS,
            f"def weighted_loss(z, y, v):\n"
            f"    return np.mean(np.where(y == 1, v, 1) * ({STABLE})) / np.log(2)",
        ),
        (
            BITS_FOR_NATS,
            f"def weighted_loss(z, y, v):\n{LOGITS_TO_Q}"
            "    return -np.mean(v * y * np.log2(q) + (1 - y) * np.log2(1 - q))",
        ),
        (NO_MINUS, f"def weighted_loss(z, y, v):\n    return -np.mean(np.where(y == 1, v, 1) * ({STABLE}))"),
        (
            COMPLEMENT,
            "def weighted_loss(z, y, v):\n"
            "    return np.mean(v * (1 - y) * np.logaddexp(0, -z) + y * np.logaddexp(0, z))",
        ),
        (ONE_TERM, "def weighted_loss(z, y, v):\n    return np.mean(v * y * np.logaddexp(0, -z))"),
        (
            SIGMOID_TWICE,
            f"def weighted_loss(z, y, v):\n    z = sigmoid(z)\n"
            f"    return np.mean(np.where(y == 1, v, 1) * ({STABLE}))",
        ),
        (
            LARGE_EXPONENTIAL,
            f"def weighted_loss(z, y, v):\n{LOGITS_TO_Q}"
            "    return -np.mean(v * y * np.log(q) + (1 - y) * np.log(1 - q))",
        ),
        (
            EPSILON,
            f"def weighted_loss(z, y, v):\n{LOGITS_TO_Q}"
            "    return -np.mean(v * y * np.log(q + 1e-8) + (1 - y) * np.log(1 - q + 1e-8))",
        ),
        (
            CHANGED_INPUT,
            "def weighted_loss(z, y, v):\n    z[y == 1] *= -1\n"
            "    return np.mean(np.where(y == 1, v, 1) * np.logaddexp(0, z))",
        ),
        (
            WRONG_SHAPE,
            f"def weighted_loss(z, y, v):\n"
            f"    return np.array([np.mean(np.where(y == 1, v, 1) * ({STABLE}))])",
        ),
    ],
    "brier_score": [
        (ALL_ENTRIES, _brier("np.mean((q - p) ** 2)")),
        (SUM_FOR_MEAN, _brier("np.sum((q - p) ** 2)")),
        (BY_COLUMNS, _brier("((q - p) ** 2).sum(axis=0).mean()")),
        (PER_SAMPLE, _brier("((q - p) ** 2).sum(axis=1)")),
        (RIGHT_CLASS_ONLY, _brier("np.mean((1 - q[n, labels]) ** 2)")),
        (
            FROM_ONE,
            "def brier_score(q, labels):\n    p = np.eye(q.shape[1])[labels - 1]\n"
            "    return ((q - p) ** 2).sum(axis=1).mean()",
        ),
        (ABSOLUTE, _brier("np.abs(q - p).sum(axis=1).mean()")),
        (ROOT, _brier("np.linalg.norm(q - p, axis=1).mean()")),
        (ROOT, _brier("np.sqrt(((q - p) ** 2).sum(axis=1).mean())")),
        (HALVED, _brier("((q - p) ** 2).sum(axis=1).mean() / 2")),
        (NO_MINUS, _brier("-((q - p) ** 2).sum(axis=1).mean()")),
        (LOG_SCORE, _brier("-np.log(q[n, labels]).mean()")),
        (
            CHANGED_INPUT,
            "def brier_score(q, labels):\n    q[np.arange(len(q)), labels] -= 1\n"
            "    return (q**2).sum() / len(q)",
        ),
        (WRONG_SHAPE, _brier("((q - p) ** 2).sum(axis=1, keepdims=True).mean(axis=0)")),
        (NO_RETURN, "def brier_score(q, labels):\n    print(np.eye(q.shape[1])[labels])"),
    ],
    "calibration_error": [
        (BINS_UNWEIGHTED, _calibration("np.abs(gaps).mean()")),
        (BINS_UNWEIGHTED, _calibration("np.abs(gaps).sum() / bins")),
        (BINS_UNWEIGHTED, _calibration("np.abs(gaps).sum()")),
        (GAPS_CANCEL, _calibration("np.sum(shares * gaps)")),
        (GAPS_CANCEL, _calibration("abs(right.mean() - confidence.mean())")),
        (NO_BINS, _calibration("np.mean(np.abs(right - confidence))")),
        (LARGEST_GAP, _calibration("np.abs(gaps).max()")),
        (SQUARED_GAPS, _calibration("np.sum(shares * gaps**2)")),
        (SQUARED_GAPS, _calibration("np.sqrt(np.sum(shares * gaps**2))")),
        (TEN_BINS, _calibration("np.sum(shares * np.abs(gaps))", bins="10")),
        (LOWER_EDGE, _calibration_in_bins("(confidence >= low) & (confidence < high)")),
        (
            LOWER_EDGE,
            _calibration_in_bins(
                "(confidence >= low) & (confidence < high)", "inside |= (b == bins - 1) & (confidence == 1)"
            ),
        ),
        (
            LOWER_EDGE,
            """
def calibration_error(q, labels, bins):
    gap = (q.argmax(axis=1) == labels) - q.max(axis=1)
    bin_of = np.floor(bins * q.max(axis=1))
    return sum(abs(gap[bin_of == b].sum()) for b in np.unique(bin_of)) / len(gap)
""",
        ),
        (
            LOWER_EDGE,
            """
def calibration_error(q, labels, bins):
    confidence, right = q.max(axis=1), (q.argmax(axis=1) == labels).astype(float)
    sure, _ = np.histogram(confidence, bins, range=(0, 1), weights=confidence)
    hits, _ = np.histogram(confidence, bins, range=(0, 1), weights=right)
    return np.abs(sure - hits).sum() / len(q)
""",
        ),
        (
            BINS_OF_THE_DATA,
            """
def calibration_error(q, labels, bins):
    confidence, right = q.max(axis=1), (q.argmax(axis=1) == labels).astype(float)
    sure, edges = np.histogram(confidence, bins, weights=confidence)
    hits, _ = np.histogram(confidence, bins, weights=right)
    return np.abs(sure - hits).sum() / len(q)
""",
        ),
        (
            TRUE_CLASS,
            _calibration("np.sum(shares * np.abs(gaps))", confidence="q[np.arange(len(q)), labels]"),
        ),
        (
            FROM_ONE,
            _calibration("np.sum(shares * np.abs(gaps))", right="q.argmax(axis=1) + 1 == labels"),
        ),
        (ACCURACY, _calibration("right.mean()")),
        (ACCURACY, _calibration("1 - right.mean()")),
        (
            EMPTY_BIN,
            """
def calibration_error(q, labels, bins):
    confidence, right = q.max(axis=1), q.argmax(axis=1) == labels
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
""",
        ),
        (WRONG_SHAPE, _calibration("np.array([np.sum(shares * np.abs(gaps))])")),
        (
            CHANGED_INPUT,
            """
def calibration_error(q, labels, bins):
    top = q.argmax(axis=1)
    confidence = q.max(axis=1)
    labels -= top
    gap = (labels == 0) - confidence
    bin_of = np.ceil(bins * confidence)
    return sum(abs(gap[bin_of == b].sum()) for b in np.unique(bin_of)) / len(gap)
""",
        ),
        (NO_RETURN, _calibration("None")),
    ],
}
