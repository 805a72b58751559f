"""Answers to A3."""

from cecourse.assignments.questions.a3 import (
    CLASSES_DOWN,
    CLASSES_SEEN,
    CLIPPED,
    COLUMNS,
    DIVIDED_TWICE,
    ENTROPY_FOR_LOSS,
    EXCHANGED,
    LABEL_ALONE,
    LOG_OF_ZERO,
    LOGIT_LEFT_OUT,
    MAX_NOT_ADDED,
    NAN_REPLACED,
    NO_EXPONENTIAL,
    NO_LOGARITHM,
    NO_RATE,
    NO_SOFTMAX,
    NO_TARGET,
    NOT_AVERAGED,
    NOT_DIVIDED,
    NOT_NORMALISED,
    NOT_SMOOTHED,
    ONE_FOR_ALL,
    ONE_SUM,
    PREDICTION_SMOOTHED,
    PROBABILITY_FOR_LOSS,
    SAMPLES_FOR_CLASSES,
    SHIFTED_BY_ALL,
    SLOPES_FOR_WEIGHTS,
    SLOPES_OF_ALL_ENTRIES,
    SLOPES_OF_SUM,
    STEP_ALONE,
    TARGET_MINUS_PREDICTION,
    TOO_MUCH,
    UPHILL,
    WITHOUT_THE_LABEL,
)
from cecourse.assignments.questions.mistakes import (
    A_LIST,
    BITS_FOR_NATS,
    CHANGED_INPUT,
    EPSILON,
    FROM_ONE,
    LOG_OF_THE_MEAN,
    MEAN_FOR_SUM,
    NAN_FOR_ZERO,
    NO_MINUS,
    NO_RETURN,
    OVERFLOW,
    ROUNDED,
    SOFTMAX_TWICE,
    SUM_FOR_MEAN,
    SWAPPED,
    WRONG_AXIS,
    WRONG_SHAPE,
)

RIGHT = {
    "untrained_loss": [
        "untrained_loss = -np.log(1 / 26)",
        "import math\nuntrained_loss = math.log(sum(math.exp(5) for _ in range(26))) - 5",
        "untrained_loss = np.mean([np.log(np.exp(np.full(26, 5)).sum()) - 5] * 40)",
        "untrained_loss = np.float32(np.log2(26) * np.log(2))",
    ],
    "one_hot": [
        """
def one_hot(labels, num_classes):
    p = np.zeros((len(labels), num_classes))
    p[np.arange(len(labels)), labels] = 1
    return p
""",
        """
def one_hot(labels, num_classes):
    rows = []
    for label in labels:
        row = [0] * num_classes
        row[label] = 1
        rows.append(row)
    return np.array(rows)
""",
        "def one_hot(labels, num_classes):\n"
        "    return (labels[:, None] == np.arange(num_classes)).astype(np.float32)",
        "def one_hot(labels, num_classes):\n"
        "    return np.equal.outer(labels, np.arange(num_classes)).astype(int)",
    ],
    "softmax": [
        """
def softmax(z):
    m = np.amax(z, axis=-1)[:, None]
    e = np.exp(z - m)
    return e / np.sum(e, axis=-1)[:, None]
""",
        """
import math

def softmax(z):
    result = np.empty(z.shape)
    for n, row in enumerate(z):
        top = max(row)
        e = [math.exp(x - top) for x in row]
        total = math.fsum(e)
        for k, x in enumerate(e):
            result[n, k] = x / total
    return result
""",
        """
def softmax(z):
    z = z.astype(np.float32)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
""",
        "def softmax(z):\n    return np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))",
        """
def softmax(z):
    with np.errstate(over='ignore'):
        return 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)
""",
    ],
    "log_softmax": [
        "def log_softmax(z):\n    return z - np.logaddexp.reduce(z, axis=1)[:, np.newaxis]",
        """
def logsumexp(z):
    top = z.max(axis=-1)
    return top + np.log(np.exp(z - top[..., None]).sum(axis=-1))

def log_softmax(z):
    return np.stack([row - logsumexp(row) for row in z])
""",
        """
import math

def log_softmax(z):
    rows = []
    for row in z.tolist():
        top = max(row)
        lse = top + math.log(sum(math.exp(x - top) for x in row))
        rows.append([x - lse for x in row])
    return np.array(rows)
""",
        """
def log_softmax(z):
    z = np.float32(z)
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))
""",
        """
def log_softmax(z):
    with np.errstate(over='ignore'):
        gaps = z[:, None, :] - z[:, :, None]
    top = gaps.max(axis=2)
    return -top - np.log(np.exp(gaps - top[:, :, None]).sum(axis=2))
""",
    ],
    "loss_from_probabilities": [
        "def loss_from_probabilities(q, labels):\n"
        "    return np.mean(-np.log(np.take_along_axis(q, labels[:, None], axis=1)))",
        """
import math

def loss_from_probabilities(q, labels):
    total = 0
    for row, c in zip(q, labels):
        total += math.inf if row[c] == 0 else -math.log(row[c])
    return total / len(labels)
""",
        """
def loss_from_probabilities(q, labels):
    p = one_hot(labels, q.shape[1])
    return -np.log((p * q).sum(axis=1)).mean()
""",
        """
def loss_from_probabilities(q, labels):
    q = q.astype(np.float32)
    return np.log2(1 / q[range(len(q)), labels]).mean() * np.log(np.float32(2))
""",
        """
def loss_from_probabilities(q, labels):
    p = np.eye(q.shape[1])[labels]
    with np.errstate(all='ignore'):
        return np.nansum(-p * np.log(q)) / len(q)
""",
        "def loss_from_probabilities(q, labels):\n    return np.diag(-np.log(q[:, labels])).mean()",
    ],
    "loss_from_logits": [
        """
def loss_from_logits(z, labels):
    top = z.max(axis=1)
    lse = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
    return np.mean(lse - z[np.arange(len(z)), labels])
""",
        """
def loss_from_logits(z, labels):
    return -(one_hot(labels, z.shape[1]) * log_softmax(z)).sum() / len(labels)
""",
        """
import math

def loss_from_logits(z, labels):
    losses = []
    for row, c in zip(z.tolist(), labels):
        top = max(row)
        losses.append(top + math.log(math.fsum(math.exp(x - top) for x in row)) - row[c])
    return sum(losses) / len(losses)
""",
        """
def loss_from_logits(z, labels):
    z = z.astype(np.float32)
    own = np.take_along_axis(z, labels[:, None], axis=1)
    return np.logaddexp.reduce(z - own, axis=1).mean()
""",
        """
def loss_from_logits(z, labels):
    own = z[np.arange(len(z)), labels]
    others = np.logaddexp.reduce(z, axis=1, where=one_hot(labels, z.shape[1]) == 0, initial=-np.inf)
    return np.logaddexp(0, others - own).mean()
""",
    ],
    "loss_slopes": [
        """
def loss_slopes(z, labels):
    slopes = softmax(z)
    slopes[np.arange(len(labels)), labels] -= 1
    return slopes / len(labels)
""",
        """
def loss_slopes(z, labels):
    N, C = z.shape
    slopes = np.zeros((N, C))
    for n in range(N):
        e = np.exp(z[n] - max(z[n]))
        q = e / sum(e)
        for k in range(C):
            slopes[n, k] = (q[k] - (k == labels[n])) / N
    return slopes
""",
        """
def loss_slopes(z, labels):
    p = np.eye(z.shape[1], dtype=np.float32)[labels]
    z = z.astype(np.float32)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - p) / np.float32(len(p))
""",
        """
def loss_slopes(z, labels):
    q, p = np.exp(log_softmax(z)), one_hot(labels, z.shape[1])
    jacobians = q[:, :, None] * (np.eye(z.shape[1]) - q[:, None, :])
    with np.errstate(all='ignore'):
        outer = np.where(p > 0, -1 / q, 0)
    return np.einsum('nk,nki->ni', outer, jacobians) / len(z)
""",
    ],
    "one_step": [
        """
def one_step(x, labels, weights, rate):
    error = (softmax(x @ weights) - one_hot(labels, weights.shape[1])) / len(x)
    return weights - rate * (x.T @ error)
""",
        """
def one_step(x, labels, weights, rate):
    new = weights.copy()
    slopes = loss_slopes(x @ weights, labels)
    for n in range(len(x)):
        new -= rate * np.outer(x[n], slopes[n])
    return new
""",
        """
def one_step(x, labels, weights, rate):
    x, weights = x.astype(np.float32), weights.astype(np.float32)
    slopes = np.float32(loss_slopes(x @ weights, labels))
    return weights - np.float32(rate) * np.einsum('nd,nc->dc', x, slopes)
""",
        """
def one_step(x, labels, weights, rate):
    N, D = x.shape
    C = weights.shape[1]
    new = np.array(weights)
    for n in range(N):
        z = [sum(x[n, d] * weights[d, k] for d in range(D)) for k in range(C)]
        e = [np.exp(score - max(z)) for score in z]
        for k in range(C):
            error = e[k] / sum(e) - (1 if k == labels[n] else 0)
            for d in range(D):
                new[d, k] -= rate * x[n, d] * error / N
    return new
""",
    ],
    "smoothed_loss": [
        """
def smoothed_loss(z, labels, smoothing):
    log_q = log_softmax(z)
    own = log_q[np.arange(len(z)), labels]
    return -((1 - smoothing) * own + smoothing * log_q.mean(axis=1)).mean()
""",
        """
def smoothed_loss(z, labels, smoothing):
    N, C = z.shape
    total = 0.0
    for n in range(N):
        log_q = z[n] - z[n].max()
        log_q = log_q - np.log(sum(np.exp(log_q)))
        for k in range(C):
            target = smoothing / C + (1 - smoothing) * (k == labels[n])
            total -= target * log_q[k]
    return total / N
""",
        """
def smoothed_loss(z, labels, smoothing):
    t = np.full(z.shape, smoothing / z.shape[1])
    t[np.arange(len(t)), labels] += 1 - smoothing
    lse = np.logaddexp.reduce(z, axis=1)
    return np.mean(lse - np.einsum('nk,nk->n', t, z))
""",
        """
def smoothed_loss(z, labels, smoothing):
    every = [loss_from_logits(z, np.full(len(z), k)) for k in range(z.shape[1])]
    return (1 - smoothing) * loss_from_logits(z, labels) + smoothing * np.mean(every)
""",
        """
def smoothed_loss(z, labels, smoothing):
    t = np.float32((1 - smoothing) * np.eye(z.shape[1])[labels] + smoothing / z.shape[1])
    return -np.sum(t * log_softmax(np.float32(z)), axis=1).mean()
""",
    ],
}


PLAIN = "e = np.exp(z)\n    q = e / e.sum(axis=1, keepdims=True)"
WRONG = {
    "untrained_loss": [
        (ROUNDED, "untrained_loss = 3.26"),
        (BITS_FOR_NATS, "untrained_loss = np.log2(26)"),
        (NO_MINUS, "untrained_loss = np.log(1 / 26)"),
        (SUM_FOR_MEAN, "untrained_loss = -sum(np.log(1 / 26) for _ in range(40))"),
        (MEAN_FOR_SUM, "untrained_loss = np.mean([0] * 25 + [np.log(26)])"),
        (PROBABILITY_FOR_LOSS, "untrained_loss = np.exp(5) / (26 * np.exp(5))"),
        (LOGIT_LEFT_OUT, "untrained_loss = np.log(26 * np.exp(5))"),
        (SAMPLES_FOR_CLASSES, "untrained_loss = np.log(40)"),
        (WRONG_SHAPE, "untrained_loss = np.log([26])"),
        (WRONG_SHAPE, "untrained_loss = [float(np.log(26))]"),
    ],
    "one_hot": [
        (FROM_ONE, "def one_hot(labels, num_classes):\n    return np.eye(num_classes)[labels - 1]"),
        (
            FROM_ONE,
            "def one_hot(labels, num_classes):\n"
            "    return np.array([[int(c == k) for k in range(1, num_classes + 1)] for c in labels])",
        ),
        (CLASSES_DOWN, "def one_hot(labels, num_classes):\n    return np.eye(num_classes)[:, labels]"),
        (
            CLASSES_DOWN,
            "def one_hot(labels, num_classes):\n"
            "    p = np.zeros((num_classes, len(labels)))\n"
            "    p[labels, range(len(labels))] = 1\n    return p",
        ),
        (CLASSES_SEEN, "def one_hot(labels, num_classes):\n    return np.eye(labels.max() + 1)[labels]"),
        (
            A_LIST,
            "def one_hot(labels, num_classes):\n"
            "    return [[int(c == k) for k in range(num_classes)] for c in labels]",
        ),
        (WRONG_SHAPE, "def one_hot(labels, num_classes):\n    return np.eye(num_classes)[labels].ravel()"),
        (NO_RETURN, "def one_hot(labels, num_classes):\n    p = np.eye(num_classes)[labels]"),
    ],
    "softmax": [
        (OVERFLOW, f"def softmax(z):\n    {PLAIN}\n    return q"),
        (OVERFLOW, "def softmax(z):\n    return np.array([np.exp(row) / sum(np.exp(row)) for row in z])"),
        (
            OVERFLOW,
            "def softmax(z):\n    z = z - z.min(axis=1, keepdims=True) + 1000\n"
            "    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
        ),
        (
            OVERFLOW,
            "def softmax(z):\n    e = np.exp(z - z.mean(axis=1, keepdims=True))\n"
            "    return e / e.sum(axis=1, keepdims=True)",
        ),
        (
            SHIFTED_BY_ALL,
            "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum(axis=1, keepdims=True)",
        ),
        (
            SHIFTED_BY_ALL,
            "def softmax(z):\n    e = np.exp(z - np.max(z))\n    return (e.T / e.sum(axis=1)).T",
        ),
        (
            CLIPPED,
            "def softmax(z):\n    e = np.exp(np.clip(z, -700, 700))\n"
            "    return e / e.sum(axis=1, keepdims=True)",
        ),
        (NAN_REPLACED, f"def softmax(z):\n    {PLAIN}\n    return np.nan_to_num(q)"),
        (
            WRONG_AXIS,
            "def softmax(z):\n    e = np.exp(z - z.max(axis=0))\n    return e / e.sum(axis=0)",
        ),
        (WRONG_AXIS, "def softmax(z):\n    return np.exp(z) / sum(np.exp(z))"),
        (ONE_SUM, "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()"),
        (ONE_SUM, "def softmax(z):\n    return np.exp(z) / np.sum(np.exp(z))"),
        (
            SOFTMAX_TWICE,
            "def once(z):\n    e = np.exp(z - z.max(axis=1, keepdims=True))\n"
            "    return e / e.sum(axis=1, keepdims=True)\n\ndef softmax(z):\n    return once(once(z))",
        ),
        (NO_EXPONENTIAL, "def softmax(z):\n    return z / z.sum(axis=1, keepdims=True)"),
        (NOT_NORMALISED, "def softmax(z):\n    return np.exp(z)"),
        (NOT_NORMALISED, "def softmax(z):\n    return np.exp(z - z.max(axis=1, keepdims=True))"),
        (
            CHANGED_INPUT,
            "def softmax(z):\n    z -= z.max(axis=1, keepdims=True)\n"
            "    e = np.exp(z)\n    return e / e.sum(axis=1, keepdims=True)",
        ),
        (
            A_LIST,
            "def softmax(z):\n    rows = []\n    for row in z:\n        e = np.exp(row - row.max())\n"
            "        rows.append(e / e.sum())\n    return rows",
        ),
        (
            WRONG_SHAPE,
            "def softmax(z):\n    e = np.exp(z - z.max(axis=1, keepdims=True))\n"
            "    return (e / e.sum(axis=1, keepdims=True)).ravel()",
        ),
        (NO_RETURN, f"def softmax(z):\n    {PLAIN}\n    print(q)"),
    ],
    "log_softmax": [
        (OVERFLOW, f"def log_softmax(z):\n    {PLAIN}\n    return np.log(q)"),
        (OVERFLOW, "def log_softmax(z):\n    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))"),
        (LOG_OF_ZERO, "def log_softmax(z):\n    return np.log(softmax(z))"),
        (EPSILON, "def log_softmax(z):\n    return np.log(softmax(z) + 1e-12)"),
        (EPSILON, "def log_softmax(z):\n    return np.log(np.clip(softmax(z), 1e-15, 1))"),
        (EPSILON, "def log_softmax(z):\n    return np.log(np.maximum(softmax(z), np.finfo(float).tiny))"),
        (EPSILON, f"def log_softmax(z):\n    {PLAIN}\n    return np.log(q + 1e-10)"),
        (
            MAX_NOT_ADDED,
            "def log_softmax(z):\n    below = z - z.max(axis=1, keepdims=True)\n"
            "    return z - np.log(np.exp(below).sum(axis=1, keepdims=True))",
        ),
        (
            SHIFTED_BY_ALL,
            "def log_softmax(z):\n    z = z - z.max()\n"
            "    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))",
        ),
        (
            CLIPPED,
            "def log_softmax(z):\n    z = np.clip(z, -500, 500)\n"
            "    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))",
        ),
        (BITS_FOR_NATS, "def log_softmax(z):\n    return np.log2(softmax(z))"),
        (
            BITS_FOR_NATS,
            "def log_softmax(z):\n    return (z - np.logaddexp.reduce(z, axis=1)[:, None]) / np.log(2)",
        ),
        (NO_MINUS, "def log_softmax(z):\n    return np.logaddexp.reduce(z, axis=1)[:, None] - z"),
        (NO_LOGARITHM, "def log_softmax(z):\n    return softmax(z)"),
        (WRONG_AXIS, "def log_softmax(z):\n    return z - np.logaddexp.reduce(z, axis=0)"),
        (WRONG_AXIS, "def log_softmax(z):\n    return z - np.log(np.exp(z).sum(axis=0))"),
        (ONE_SUM, "def log_softmax(z):\n    return z - np.log(np.exp(z).sum())"),
        (
            SOFTMAX_TWICE,
            "def log_softmax(z):\n    q = softmax(z)\n"
            "    return q - np.log(np.exp(q).sum(axis=1, keepdims=True))",
        ),
        (
            CHANGED_INPUT,
            "def log_softmax(z):\n    z -= z.max(axis=1, keepdims=True)\n"
            "    z -= np.log(np.exp(z).sum(axis=1, keepdims=True))\n    return z",
        ),
        (A_LIST, "def log_softmax(z):\n    return [row - np.logaddexp.reduce(row) for row in z]"),
        (WRONG_SHAPE, "def log_softmax(z):\n    return (z.T - np.logaddexp.reduce(z, axis=1)).ravel('F')"),
        (NO_RETURN, "def log_softmax(z):\n    print(np.log(softmax(z)))"),
    ],
    "loss_from_probabilities": [
        (
            BITS_FOR_NATS,
            "def loss_from_probabilities(q, labels):\n"
            "    return -np.log2(q[np.arange(len(q)), labels]).mean()",
        ),
        (
            NO_MINUS,
            "def loss_from_probabilities(q, labels):\n    return np.log(q[np.arange(len(q)), labels]).mean()",
        ),
        (
            SUM_FOR_MEAN,
            "def loss_from_probabilities(q, labels):\n    return -np.log(q[np.arange(len(q)), labels]).sum()",
        ),
        (
            SUM_FOR_MEAN,
            "def loss_from_probabilities(q, labels):\n    p = one_hot(labels, q.shape[1])\n"
            "    return -np.sum(p * np.log(q))",
        ),
        (
            MEAN_FOR_SUM,
            "def loss_from_probabilities(q, labels):\n    p = one_hot(labels, q.shape[1])\n"
            "    return np.mean(-p * np.log(q))",
        ),
        (
            MEAN_FOR_SUM,
            "def loss_from_probabilities(q, labels):\n"
            "    return -np.log(q[np.arange(len(q)), labels]).sum() / q.size",
        ),
        (
            NOT_AVERAGED,
            "def loss_from_probabilities(q, labels):\n    return -np.log(q[np.arange(len(q)), labels])",
        ),
        (
            NAN_FOR_ZERO,
            "def loss_from_probabilities(q, labels):\n    p = one_hot(labels, q.shape[1])\n"
            "    return -(p * np.log(q)).sum(axis=1).mean()",
        ),
        (
            NAN_FOR_ZERO,
            "def loss_from_probabilities(q, labels):\n    p = np.eye(q.shape[1])[labels]\n"
            "    return -np.trace(p @ np.log(q).T) / len(q)",
        ),
        (
            EPSILON,
            "def loss_from_probabilities(q, labels):\n"
            "    return -np.log(q[np.arange(len(q)), labels] + 1e-12).mean()",
        ),
        (
            EPSILON,
            "def loss_from_probabilities(q, labels):\n    q = np.clip(q, 1e-7, 1 - 1e-7)\n"
            "    return -np.log(q[np.arange(len(q)), labels]).mean()",
        ),
        (
            EPSILON,
            "def loss_from_probabilities(q, labels):\n    p = one_hot(labels, q.shape[1])\n"
            "    return -np.sum(p * np.log(q + 1e-15)) / len(q)",
        ),
        (
            FROM_ONE,
            "def loss_from_probabilities(q, labels):\n"
            "    return -np.log(q[np.arange(len(q)), labels - 1]).mean()",
        ),
        (
            FROM_ONE,
            "def loss_from_probabilities(q, labels):\n    total = 0\n    for row, c in zip(q, labels):\n"
            "        for k, x in enumerate(row, start=1):\n            if k == c:\n"
            "                total -= np.log(x)\n    return total / len(q)",
        ),
        (COLUMNS, "def loss_from_probabilities(q, labels):\n    return np.mean(-np.log(q[:, labels]))"),
        (
            LOG_OF_THE_MEAN,
            "def loss_from_probabilities(q, labels):\n"
            "    return -np.log(q[np.arange(len(q)), labels].mean())",
        ),
        (
            SOFTMAX_TWICE,
            "def loss_from_probabilities(q, labels):\n"
            "    return -np.log(softmax(q)[np.arange(len(q)), labels]).mean()",
        ),
        (
            SOFTMAX_TWICE,
            "def loss_from_probabilities(q, labels):\n"
            "    return -log_softmax(q)[np.arange(len(q)), labels].mean()",
        ),
        (
            SWAPPED,
            "def loss_from_probabilities(q, labels):\n    p = one_hot(labels, q.shape[1])\n"
            "    return -np.mean(np.sum(q * np.log(p), axis=1))",
        ),
        (
            ENTROPY_FOR_LOSS,
            "def loss_from_probabilities(q, labels):\n    return -np.sum(q * np.log(q), axis=1).mean()",
        ),
        (
            NO_LOGARITHM,
            "def loss_from_probabilities(q, labels):\n    return q[np.arange(len(q)), labels].mean()",
        ),
        (
            NO_LOGARITHM,
            "def loss_from_probabilities(q, labels):\n"
            "    return -(one_hot(labels, q.shape[1]) * q).sum(axis=1).mean()",
        ),
        (
            WRONG_SHAPE,
            "def loss_from_probabilities(q, labels):\n"
            "    own = np.take_along_axis(q, labels[:, None], axis=1)\n    return -np.log(own).mean(axis=0)",
        ),
        (
            CHANGED_INPUT,
            "def loss_from_probabilities(q, labels):\n    np.log(q, out=q)\n"
            "    return -q[np.arange(len(q)), labels].mean()",
        ),
        (
            NO_RETURN,
            "def loss_from_probabilities(q, labels):\n"
            "    print(-np.log(q[np.arange(len(q)), labels]).mean())",
        ),
    ],
    "loss_from_logits": [
        (
            OVERFLOW,
            f"def loss_from_logits(z, labels):\n    {PLAIN}\n"
            "    return -np.log(q[np.arange(len(z)), labels]).mean()",
        ),
        (
            OVERFLOW,
            "def loss_from_logits(z, labels):\n"
            "    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels])",
        ),
        (
            LOG_OF_ZERO,
            "def loss_from_logits(z, labels):\n    return loss_from_probabilities(softmax(z), labels)",
        ),
        (
            LOG_OF_ZERO,
            "def loss_from_logits(z, labels):\n"
            "    return -np.log(softmax(z)[np.arange(len(z)), labels]).mean()",
        ),
        (
            EPSILON,
            "def loss_from_logits(z, labels):\n"
            "    return -np.log(softmax(z)[np.arange(len(z)), labels] + 1e-12).mean()",
        ),
        (
            EPSILON,
            "def loss_from_logits(z, labels):\n    q = np.clip(softmax(z), 1e-8, 1)\n"
            "    return -np.log(q[np.arange(len(z)), labels]).mean()",
        ),
        (
            EPSILON,
            f"def loss_from_logits(z, labels):\n    {PLAIN}\n"
            "    return -np.log(q[np.arange(len(z)), labels] + 1e-9).mean()",
        ),
        (
            MAX_NOT_ADDED,
            "def loss_from_logits(z, labels):\n"
            "    lse = np.log(np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1))\n"
            "    return np.mean(lse - z[np.arange(len(z)), labels])",
        ),
        (
            SHIFTED_BY_ALL,
            "def loss_from_logits(z, labels):\n    z = z - z.max()\n"
            "    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels])",
        ),
        (
            CLIPPED,
            "def loss_from_logits(z, labels):\n    z = np.clip(z, -100, 100)\n"
            "    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels])",
        ),
        (
            BITS_FOR_NATS,
            "def loss_from_logits(z, labels):\n"
            "    return -log_softmax(z)[np.arange(len(z)), labels].mean() / np.log(2)",
        ),
        (
            BITS_FOR_NATS,
            "def loss_from_logits(z, labels):\n"
            "    return -np.log2(softmax(z)[np.arange(len(z)), labels]).mean()",
        ),
        (
            NO_MINUS,
            "def loss_from_logits(z, labels):\n    return log_softmax(z)[np.arange(len(z)), labels].mean()",
        ),
        (
            SUM_FOR_MEAN,
            "def loss_from_logits(z, labels):\n    return -log_softmax(z)[np.arange(len(z)), labels].sum()",
        ),
        (
            MEAN_FOR_SUM,
            "def loss_from_logits(z, labels):\n"
            "    return np.mean(-one_hot(labels, z.shape[1]) * log_softmax(z))",
        ),
        (
            NOT_AVERAGED,
            "def loss_from_logits(z, labels):\n    return -log_softmax(z)[np.arange(len(z)), labels]",
        ),
        (
            FROM_ONE,
            "def loss_from_logits(z, labels):\n"
            "    return -log_softmax(z)[np.arange(len(z)), labels - 1].mean()",
        ),
        (
            FROM_ONE,
            "def loss_from_logits(z, labels):\n    p = labels[:, None] == np.arange(1, z.shape[1] + 1)\n"
            "    return -(p * log_softmax(z)).sum() / len(z)",
        ),
        (COLUMNS, "def loss_from_logits(z, labels):\n    return -log_softmax(z)[:, labels].mean()"),
        (
            LOG_OF_THE_MEAN,
            "def loss_from_logits(z, labels):\n"
            "    return -np.log(softmax(z)[np.arange(len(z)), labels].mean())",
        ),
        (
            LOGIT_LEFT_OUT,
            "def loss_from_logits(z, labels):\n    return np.logaddexp.reduce(z, axis=1).mean()",
        ),
        (
            NO_SOFTMAX,
            "def loss_from_logits(z, labels):\n    return -np.log(z[np.arange(len(z)), labels]).mean()",
        ),
        (NO_SOFTMAX, "def loss_from_logits(z, labels):\n    return loss_from_probabilities(z, labels)"),
        (
            SOFTMAX_TWICE,
            "def loss_from_logits(z, labels):\n"
            "    return -np.log(softmax(softmax(z))[np.arange(len(z)), labels]).mean()",
        ),
        (
            SOFTMAX_TWICE,
            "def loss_from_logits(z, labels):\n"
            "    return -log_softmax(softmax(z))[np.arange(len(z)), labels].mean()",
        ),
        (
            WRONG_AXIS,
            "def loss_from_logits(z, labels):\n    log_q = z - np.logaddexp.reduce(z, axis=0)\n"
            "    return -log_q[np.arange(len(z)), labels].mean()",
        ),
        (
            WRONG_AXIS,
            "def loss_from_logits(z, labels):\n    q = np.exp(z) / np.exp(z).sum(axis=0)\n"
            "    return -np.log(q[np.arange(len(z)), labels]).mean()",
        ),
        (
            ONE_SUM,
            "def loss_from_logits(z, labels):\n    log_q = z - np.logaddexp.reduce(z, axis=None)\n"
            "    return -log_q[np.arange(len(z)), labels].mean()",
        ),
        (
            WRONG_SHAPE,
            "def loss_from_logits(z, labels):\n"
            "    return -log_softmax(z)[np.arange(len(z)), labels].mean(keepdims=True)",
        ),
        (
            CHANGED_INPUT,
            "def loss_from_logits(z, labels):\n    z -= z.max(axis=1, keepdims=True)\n"
            "    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels])",
        ),
        (
            NO_RETURN,
            "def loss_from_logits(z, labels):\n    -log_softmax(z)[np.arange(len(z)), labels].mean()",
        ),
    ],
    "loss_slopes": [
        (
            TARGET_MINUS_PREDICTION,
            "def loss_slopes(z, labels):\n    return (one_hot(labels, z.shape[1]) - softmax(z)) / len(z)",
        ),
        (
            SLOPES_OF_SUM,
            "def loss_slopes(z, labels):\n    return softmax(z) - one_hot(labels, z.shape[1])",
        ),
        (
            SLOPES_OF_ALL_ENTRIES,
            "def loss_slopes(z, labels):\n    return (softmax(z) - one_hot(labels, z.shape[1])) / z.size",
        ),
        (
            FROM_ONE,
            "def loss_slopes(z, labels):\n    slopes = softmax(z)\n"
            "    slopes[np.arange(len(z)), labels - 1] -= 1\n    return slopes / len(z)",
        ),
        (
            FROM_ONE,
            "def loss_slopes(z, labels):\n    p = labels[:, None] == np.arange(1, z.shape[1] + 1)\n"
            "    return (softmax(z) - p) / len(z)",
        ),
        (
            COLUMNS,
            "def loss_slopes(z, labels):\n    slopes = softmax(z)\n    slopes[:, labels] -= 1\n"
            "    return slopes / len(z)",
        ),
        (
            ONE_FOR_ALL,
            "def loss_slopes(z, labels):\n"
            "    return np.mean(softmax(z) - one_hot(labels, z.shape[1]), axis=0)",
        ),
        (NO_TARGET, "def loss_slopes(z, labels):\n    return softmax(z) / len(z)"),
        (
            LABEL_ALONE,
            "def loss_slopes(z, labels):\n    slopes, rows = np.zeros(z.shape), np.arange(len(z))\n"
            "    slopes[rows, labels] = softmax(z)[rows, labels] - 1\n    return slopes / len(z)",
        ),
        (NO_SOFTMAX, "def loss_slopes(z, labels):\n    return (z - one_hot(labels, z.shape[1])) / len(z)"),
        (
            SOFTMAX_TWICE,
            "def loss_slopes(z, labels):\n"
            "    return (softmax(softmax(z)) - one_hot(labels, z.shape[1])) / len(z)",
        ),
        (
            OVERFLOW,
            f"def loss_slopes(z, labels):\n    {PLAIN}\n"
            "    return (q - one_hot(labels, z.shape[1])) / len(z)",
        ),
        (
            WRONG_AXIS,
            "def loss_slopes(z, labels):\n    q = softmax(z.T).T\n"
            "    return (q - one_hot(labels, z.shape[1])) / len(z)",
        ),
        (
            WRONG_AXIS,
            "def loss_slopes(z, labels):\n    q = np.exp(z) / np.exp(z).sum(axis=0)\n"
            "    return (q - one_hot(labels, z.shape[1])) / len(z)",
        ),
        (
            ONE_SUM,
            "def loss_slopes(z, labels):\n    q = np.exp(z - z.max())\n    q = q / q.sum()\n"
            "    return (q - one_hot(labels, z.shape[1])) / len(z)",
        ),
        (
            SHIFTED_BY_ALL,
            "def loss_slopes(z, labels):\n    e = np.exp(z - z.max())\n"
            "    q = e / e.sum(axis=1, keepdims=True)\n"
            "    return (q - one_hot(labels, z.shape[1])) / len(z)",
        ),
        (
            CLIPPED,
            "def loss_slopes(z, labels):\n    q = softmax(np.clip(z, -50, 50))\n"
            "    return (q - one_hot(labels, z.shape[1])) / len(z)",
        ),
        (
            CHANGED_INPUT,
            "def loss_slopes(z, labels):\n    z -= z.max(axis=1, keepdims=True)\n    np.exp(z, out=z)\n"
            "    z /= z.sum(axis=1, keepdims=True)\n    z[np.arange(len(z)), labels] -= 1\n"
            "    return z / len(z)",
        ),
        (
            A_LIST,
            "def loss_slopes(z, labels):\n"
            "    return list((softmax(z) - one_hot(labels, z.shape[1])) / len(z))",
        ),
        (
            WRONG_SHAPE,
            "def loss_slopes(z, labels):\n"
            "    return ((softmax(z) - one_hot(labels, z.shape[1])) / len(z)).reshape(-1)",
        ),
        (
            NO_RETURN,
            "def loss_slopes(z, labels):\n    slopes = (softmax(z) - one_hot(labels, z.shape[1])) / len(z)",
        ),
    ],
    "one_step": [
        (
            UPHILL,
            "def one_step(x, labels, weights, rate):\n"
            "    return weights + rate * x.T @ loss_slopes(x @ weights, labels)",
        ),
        (
            NO_RATE,
            "def one_step(x, labels, weights, rate):\n"
            "    return weights - x.T @ loss_slopes(x @ weights, labels)",
        ),
        (
            SLOPES_FOR_WEIGHTS,
            "def one_step(x, labels, weights, rate):\n    return x.T @ loss_slopes(x @ weights, labels)",
        ),
        (
            STEP_ALONE,
            "def one_step(x, labels, weights, rate):\n"
            "    return -rate * x.T @ loss_slopes(x @ weights, labels)",
        ),
        (
            DIVIDED_TWICE,
            "def one_step(x, labels, weights, rate):\n"
            "    return weights - rate * x.T @ loss_slopes(x @ weights, labels) / len(x)",
        ),
        (
            SLOPES_OF_SUM,
            "def one_step(x, labels, weights, rate):\n"
            "    error = softmax(x @ weights) - one_hot(labels, weights.shape[1])\n"
            "    return weights - rate * x.T @ error",
        ),
        (
            SLOPES_OF_ALL_ENTRIES,
            "def one_step(x, labels, weights, rate):\n"
            "    error = softmax(x @ weights) - one_hot(labels, weights.shape[1])\n"
            "    return weights - rate * x.T @ error / error.size",
        ),
        (
            FROM_ONE,
            "def one_step(x, labels, weights, rate):\n"
            "    return weights - rate * x.T @ loss_slopes(x @ weights, labels - 1)",
        ),
        (
            FROM_ONE,
            "def one_step(x, labels, weights, rate):\n"
            "    p = labels[:, None] == np.arange(1, weights.shape[1] + 1)\n"
            "    return weights - rate * x.T @ (softmax(x @ weights) - p) / len(x)",
        ),
        (
            COLUMNS,
            "def one_step(x, labels, weights, rate):\n    error = softmax(x @ weights)\n"
            "    error[:, labels] -= 1\n    return weights - rate * x.T @ error / len(x)",
        ),
        (
            NO_TARGET,
            "def one_step(x, labels, weights, rate):\n"
            "    return weights - rate * x.T @ softmax(x @ weights) / len(x)",
        ),
        (
            LABEL_ALONE,
            "def one_step(x, labels, weights, rate):\n    p = one_hot(labels, weights.shape[1])\n"
            "    return weights - rate * x.T @ (p * loss_slopes(x @ weights, labels))",
        ),
        (
            NO_SOFTMAX,
            "def one_step(x, labels, weights, rate):\n    p = one_hot(labels, weights.shape[1])\n"
            "    return weights - rate * x.T @ (x @ weights - p) / len(x)",
        ),
        (
            SOFTMAX_TWICE,
            "def one_step(x, labels, weights, rate):\n"
            "    return weights - rate * x.T @ loss_slopes(softmax(x @ weights), labels)",
        ),
        (
            OVERFLOW,
            f"def one_step(x, labels, weights, rate):\n    z = x @ weights\n    {PLAIN}\n"
            "    return weights - rate * x.T @ (q - one_hot(labels, z.shape[1])) / len(x)",
        ),
        (
            WRONG_AXIS,
            "def one_step(x, labels, weights, rate):\n    q = softmax((x @ weights).T).T\n"
            "    return weights - rate * x.T @ (q - one_hot(labels, weights.shape[1])) / len(x)",
        ),
        (
            ONE_SUM,
            "def one_step(x, labels, weights, rate):\n    z = x @ weights\n    q = np.exp(z - z.max())\n"
            "    q = q / q.sum()\n"
            "    return weights - rate * x.T @ (q - one_hot(labels, weights.shape[1])) / len(x)",
        ),
        (
            SHIFTED_BY_ALL,
            "def one_step(x, labels, weights, rate):\n    z = x @ weights\n    e = np.exp(z - z.max())\n"
            "    q = e / e.sum(axis=1, keepdims=True)\n"
            "    return weights - rate * x.T @ (q - one_hot(labels, weights.shape[1])) / len(x)",
        ),
        (
            CLIPPED,
            "def one_step(x, labels, weights, rate):\n    z = np.clip(x @ weights, -200, 200)\n"
            "    return weights - rate * x.T @ loss_slopes(z, labels)",
        ),
        (
            CHANGED_INPUT,
            "def one_step(x, labels, weights, rate):\n"
            "    weights -= rate * x.T @ loss_slopes(x @ weights, labels)\n    return weights",
        ),
        (
            A_LIST,
            "def one_step(x, labels, weights, rate):\n"
            "    return (weights - rate * x.T @ loss_slopes(x @ weights, labels)).tolist()",
        ),
        (
            WRONG_SHAPE,
            "def one_step(x, labels, weights, rate):\n"
            "    return (weights - rate * x.T @ loss_slopes(x @ weights, labels)).flatten()",
        ),
        (
            NO_RETURN,
            "def one_step(x, labels, weights, rate):\n"
            "    weights = weights - rate * x.T @ loss_slopes(x @ weights, labels)",
        ),
    ],
    "smoothed_loss": [
        (NOT_SMOOTHED, "def smoothed_loss(z, labels, smoothing):\n    return loss_from_logits(z, labels)"),
        *(
            (
                mistake,
                "def smoothed_loss(z, labels, smoothing):\n    C = z.shape[1]\n    p = one_hot(labels, C)\n"
                f"    t = {target}\n    return -(t * log_softmax(z)).sum(axis=1).mean()",
            )
            for mistake, target in (
                (WITHOUT_THE_LABEL, "np.where(p == 1, 1 - smoothing, smoothing / (C - 1))"),
                (TOO_MUCH, "p + smoothing / C"),
                (NOT_DIVIDED, "(1 - smoothing) * p + smoothing"),
                (EXCHANGED, "smoothing * p + (1 - smoothing) / C"),
                (FROM_ONE, "(1 - smoothing) * one_hot(labels - 1, C) + smoothing / C"),
                (
                    FROM_ONE,
                    "(1 - smoothing) * (labels[:, None] == np.arange(1, C + 1)) + smoothing / C",
                ),
            )
        ),
        (
            PREDICTION_SMOOTHED,
            "def smoothed_loss(z, labels, smoothing):\n"
            "    q = (1 - smoothing) * softmax(z) + smoothing / z.shape[1]\n"
            "    return -np.log(q[np.arange(len(q)), labels]).mean()",
        ),
        *(
            (
                mistake,
                "def smoothed_loss(z, labels, smoothing):\n    C = z.shape[1]\n"
                "    t = (1 - smoothing) * one_hot(labels, C) + smoothing / C\n"
                f"    {body}",
            )
            for mistake, body in (
                (BITS_FOR_NATS, "return -(t * log_softmax(z)).sum(axis=1).mean() / np.log(2)"),
                (BITS_FOR_NATS, "return -(t * np.log2(softmax(z))).sum(axis=1).mean()"),
                (NO_MINUS, "return (t * log_softmax(z)).sum(axis=1).mean()"),
                (SUM_FOR_MEAN, "return -(t * log_softmax(z)).sum()"),
                (MEAN_FOR_SUM, "return np.mean(-t * log_softmax(z))"),
                (NOT_AVERAGED, "return -(t * log_softmax(z)).sum(axis=1)"),
                (WRONG_AXIS, "return -(t * log_softmax(z.T).T).sum(axis=1).mean()"),
                (ONE_SUM, "return -(t * (z - np.logaddexp.reduce(z, axis=None))).sum(axis=1).mean()"),
                (SOFTMAX_TWICE, "return -(t * np.log(softmax(softmax(z)))).sum(axis=1).mean()"),
                (
                    MAX_NOT_ADDED,
                    "lse = np.log(np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))\n"
                    "    return -(t * (z - lse)).sum(axis=1).mean()",
                ),
                (
                    SHIFTED_BY_ALL,
                    "z = z - z.max()\n    log_q = z - np.log(np.exp(z).sum(axis=1, keepdims=True))\n"
                    "    return -(t * log_q).sum(axis=1).mean()",
                ),
                (LOG_OF_ZERO, "return -(t * np.log(softmax(z))).sum(axis=1).mean()"),
                (CLIPPED, "return -(t * log_softmax(np.clip(z, -300, 300))).sum(axis=1).mean()"),
                (OVERFLOW, f"{PLAIN}\n    return -(t * np.log(q)).sum(axis=1).mean()"),
                (EPSILON, "return -(t * np.log(softmax(z) + 1e-12)).sum(axis=1).mean()"),
                (EPSILON, "return -(t * np.log(np.maximum(softmax(z), 1e-15))).sum(axis=1).mean()"),
                (WRONG_SHAPE, "return -(t * log_softmax(z)).sum(axis=1).mean(keepdims=True)"),
                (
                    CHANGED_INPUT,
                    "z -= z.max(axis=1, keepdims=True)\n    return -(t * log_softmax(z)).sum(axis=1).mean()",
                ),
                (NO_RETURN, "print(-(t * log_softmax(z)).sum(axis=1).mean())"),
            )
        ),
    ],
}
