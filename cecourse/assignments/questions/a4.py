"""A4, binary cross-entropy and calibration: what decides about each question, and its mistakes."""

import numpy as np

import cecourse as ce

from .answers import gives, not_a_number, numbers, sign_changed
from .mistakes import (
    BITS_FOR_NATS,
    EPSILON,
    FROM_ONE,
    NAN_FOR_ZERO,
    NO_MINUS,
    ONE_TERM,
    SUM_FOR_MEAN,
    UNDERFLOW,
    Mistake,
)
from .question import Assignment, Question

LIKELIHOOD = Mistake(
    "likelihood instead of its logarithm",
    "Your number is the probability of the flips; asked is its natural logarithm.",
)
SURPRISE = Mistake(
    "negative log-likelihood",
    "You return the sum of the surprises, the log-likelihood with a minus sign: a logarithm of a probability "
    "is never above 0.",
)
MEAN_PER_FLIP = Mistake(
    "mean per flip", "You return the mean over the flips; the log-likelihood of all of them is the sum."
)
COMPLEMENT = Mistake(
    "target and its complement exchanged",
    "Your numbers come out where every y is replaced by 1 - y: q is the probability of a 1, so -ln q is paid "
    "where y is 1 and -ln(1 - q) where y is 0.",
)
SWAPPED_TARGETS = Mistake(
    "prediction and target exchanged",
    "You take the logarithm of the targets: it belongs to the prediction q, and the target y weighs it.",
)
HARD_TARGETS = Mistake(
    "soft targets rounded",
    "You treat a target between 0 and 1 as a plain yes or no: both terms count, weighed by y and by 1 - y.",
)
PER_SAMPLE = Mistake(
    "one loss per sample", "You return a number for each sample; asked is one number, their mean."
)
SKIPPED = Mistake(
    "samples left out of the mean",
    "You leave samples out and divide by the number of the others: a sample that costs 0 counts in the mean.",
)
SIGMOID_TWICE = Mistake(
    "sigmoid applied twice",
    "Your numbers are those of a sigmoid of a sigmoid: apply it once, to the logits, never to a probability.",
)
SIGMOID_OF_PROBABILITY = Mistake(
    "probabilities taken for logits",
    "You apply the sigmoid to q, but q is given as a probability already.",
)
LOGITS_AS_PROBABILITIES = Mistake(
    "logits taken for probabilities",
    "You take the logarithm of a logit: z is any real number, and sigmoid(z) is the probability.",
)
LARGE_EXPONENTIAL = Mistake(
    "overflow for large logits",
    "For large logits you return nan or inf where a finite number is right: np.exp overflows above 709, and "
    "1 - sigmoid(z) is rounded to 0 above 37. Use exp(-|z|), which is never above 1, and do not form q.",
)
MIRRORED = Mistake(
    "sign of the logit turned",
    "Your numbers are those of -z: the sigmoid rises from 0 to 1, and a large positive z gives nearly 1.",
)
PRECEDENCE = Mistake(
    "parentheses missing", "Python reads 1 / 1 + x as (1 / 1) + x: put the denominator in parentheses."
)
SOFTMAX_FOR_SIGMOID = Mistake(
    "softmax instead of the sigmoid",
    "Your probabilities share a sum of 1: that is one question with several answers. Each logit here is a "
    "question of its own and gets a sigmoid of its own.",
)
LOGARITHM = Mistake(
    "logarithm of the sigmoid", "You return the logarithm of the probability; asked is the probability."
)
DECISION = Mistake(
    "decisions instead of probabilities",
    "You return 0 or 1 for each logit, a decision; asked is the probability.",
)
NOT_DIVIDED = Mistake(
    "slope of the sum",
    "Your slopes are those of the sum of the losses: the loss is a mean, so each sample has the share 1/N.",
)
OTHER_WAY = Mistake(
    "slope with the wrong sign",
    "Your slopes have the wrong sign: raising the logit of a 1 makes the loss smaller, its slope is below 0.",
)
SLOPE_OF_SQUARES = Mistake(
    "slope of the sigmoid as a factor",
    "Your slopes have the factor q(1 - q), as those of the squared error do: here it cancels against the "
    "slope of the logarithm.",
)
SLOPE_IN_Q = Mistake(
    "slope in the probability",
    "Your slopes are those in q, with the denominator q(1 - q); asked are those in the logit z.",
)
NO_SIGMOID = Mistake(
    "logit minus target",
    "You subtract the target from the logit: the prediction is the sigmoid of the logit.",
)
ONE_SLOPE = Mistake(
    "one slope for all", "You return one number; asked is a slope for each logit, an array as long as z."
)
LOSS_FOR_SLOPE = Mistake(
    "loss instead of its slope", "You return the loss; asked are its slopes in the logits."
)
ALL_ENTRIES = Mistake(
    "mean over all entries",
    "You divide by the number of all entries: sum along each row, and take the mean over the N rows.",
)
BY_COLUMNS = Mistake(
    "divided by the number of columns",
    "You divide by the number of columns: sum along each row, and take the mean over the N rows.",
)
WEIGHT_ON_ZEROS = Mistake(
    "weight on the wrong class",
    "You multiply the loss of the samples with y = 0: the positive weight belongs to those with y = 1.",
)
WEIGHT_ON_ALL = Mistake(
    "weight on every sample",
    "You multiply every loss by v, which moves no minimum: only the samples with y = 1 get the weight.",
)
WEIGHT_IGNORED = Mistake(
    "weight ignored", "Your loss does not depend on v: multiply the losses of the ones by it."
)
WEIGHTED_MEAN = Mistake(
    "divided by the sum of the weights", "You divide by the sum of the weights; asked is to divide by N."
)
WEIGHT_ON_TARGET = Mistake(
    "weight on the target alone",
    "You put v y for y into the form with max(z, 0), in which the costs of a one and of a zero are merged. "
    "Write each as a term of its own, then weigh that of the ones.",
)
WEIGHT_ON_LOGIT = Mistake(
    "weight on the logit",
    "You change the logits by the weight. It does move the best logit, by ln v, but only because it "
    "multiplies the losses of the ones: multiply those.",
)
RIGHT_CLASS_ONLY = Mistake(
    "only the right class counted",
    "Your score looks at the probability of the right class alone: sum the squares over all classes.",
)
ABSOLUTE = Mistake(
    "absolute error",
    "You sum the sizes of the errors: the absolute error rewards a lie, the Brier score squares.",
)
ROOT = Mistake(
    "root taken", "You take the square root: the Brier score is the mean of the squared distances."
)
HALVED = Mistake(
    "half of the score",
    "Your numbers are half of the right ones: a certain, wrong prediction has the score 2.",
)
LOG_SCORE = Mistake("log score instead of Brier", "You return the cross-entropy; asked are squared errors.")
BINS_UNWEIGHTED = Mistake(
    "bins not weighted",
    "You count every bin alike: weigh its gap by its share of the samples, n_b / N.",
)
GAPS_CANCEL = Mistake(
    "gaps that cancel",
    "You add up the gaps with their signs, so that too sure in one bin makes up for not sure enough in "
    "another: take the size of each bin's gap first.",
)
NO_BINS = Mistake(
    "no bins",
    "You take the gap of each sample by itself: compare the share that is right in a bin with the mean "
    "confidence there.",
)
LARGEST_GAP = Mistake("largest gap", "You return the largest gap of the bins; asked is their weighted mean.")
SQUARED_GAPS = Mistake("gaps squared", "You square the gaps: the calibration error averages their sizes.")
LOWER_EDGE = Mistake(
    "samples on the edge of a bin",
    "A confidence on an edge belongs to the bin below it, and confidence 1 to the last bin: bins hold their "
    "upper edge, not the lower one.",
)
TEN_BINS = Mistake("always ten bins", "Your number of bins is fixed: use the argument `bins`.")
BINS_OF_THE_DATA = Mistake(
    "bins over the range of the data",
    "Your bins reach from the smallest to the largest confidence: they divide the interval from 0 to 1.",
)
EMPTY_BIN = Mistake(
    "nan for an empty bin", "You return nan: the mean of a bin without samples is nan. Leave such a bin out."
)
TRUE_CLASS = Mistake(
    "right class instead of the likeliest",
    "You take the probability of the right class: confidence is the largest probability of the row, right "
    "or not.",
)
ACCURACY = Mistake(
    "accuracy instead of calibration",
    "You return the share that is right or wrong: calibration compares it with the confidence, bin by bin.",
)

LARGE = 30  # beyond it 1 - sigmoid(z) loses its digits, and soon is 0


def _plain_losses(q, y):
    """The loss of each sample as one writes it first: nan for 0 log 0."""
    return -(y * np.log(q) + (1 - y) * np.log(1 - q))


def _of_ones(q, y):
    """What the samples with y = 1 cost, or soft targets by their share of a 1; 0 for the others."""
    return np.where(y > 0, -y * np.log(q), 0)


def _costs(z, y, yes=1, no=1):
    """The loss of each sample from its logit, with a weight for a yes and for a no."""
    return -yes * y * ce.log_sigmoid(z) - no * (1 - y) * ce.log_sigmoid(-z)


def _rows(table):
    """Sums along the rows, their mean."""
    return table.sum(axis=-1).mean()


def _not_finite_for_large(seen):
    """nan or inf where a large logit has a finite loss or slope."""
    got = numbers(seen.got)
    return got is not None and np.abs(seen.arguments[0]).max() > LARGE and not np.isfinite(got).all()


def _epsilon(seen):
    """A finite number where a large or infinite one is right, and nearly the right number elsewhere."""
    got = numbers(seen.got)
    if got is None or got.size != 1 or not np.isfinite(got).all():
        return False
    return np.abs(seen.expected) > LARGE / 2 or np.allclose(got, seen.expected, rtol=1e-3, atol=1e-3)


def _answers(rng, shape):
    """Zeros and ones as floats, some of both."""
    y = (rng.random(shape) < 0.4).astype(float)
    y.flat[:2] = rng.permutation([0.0, 1.0])
    return y


def _logits_and_answers(rng, *shapes):
    return [(rng.normal(0, 2, shape), _answers(rng, shape)) for shape in shapes]


def _large_logits(rng):
    """Sure and right, sure and wrong, and large enough to round 1 - q to 0 but not to overflow."""
    return [
        (np.array([1000.0, -1000.0, 0.5]), np.array([1.0, 0.0, 1.0])),
        (np.array([1000.0, -800.0, -0.5]), np.array([0.0, 1.0, 1.0])),
        (np.array([40.0, -41.0]), np.array([0.0, 0.0])),
    ]


def _flips(rng, *sizes):
    """An odd number of flips with heads and tails, so that exchanging these changes the likelihood."""
    for size in sizes:
        yield rng.uniform(0.6, 0.9), rng.permutation(np.arange(size) < rng.integers(1, size)).astype(int)


def _probabilities(q, y):
    return np.where(y == 1, q, 1 - q)


LOG_LIKELIHOOD = Question(
    "log_likelihood",
    points=2,
    answer=lambda q, y: -ce.binary_cross_entropy_from_probs(np.full(y.shape, q), y, reduction="sum"),
    typical=lambda rng: list(_flips(rng, 3, 9, 31)),
    special=lambda rng: [
        (0.7, (rng.random(2000) < 0.7).astype(int)),
        (1.0, np.array([1, 1, 1])),
        (1.0, np.array([1, 0, 1])),
        (0.0, np.array([0, 0])),
    ],
    mistakes={
        UNDERFLOW: gives(lambda q, y: np.log(np.prod(_probabilities(q, y)))),
        LIKELIHOOD: gives(lambda q, y: np.prod(_probabilities(q, y))),
        NAN_FOR_ZERO: not_a_number,
        BITS_FOR_NATS: gives(lambda q, y: np.log2(_probabilities(q, y)).sum()),
        SURPRISE: sign_changed,
        MEAN_PER_FLIP: gives(
            lambda q, y: np.log(_probabilities(q, y)).mean(),
            lambda q, y: -np.log(_probabilities(q, y)).mean(),
        ),
        COMPLEMENT: gives(lambda q, y: np.log(_probabilities(1 - q, y)).sum()),
        ONE_TERM: gives(lambda q, y: np.sum(y * np.log(q))),
        EPSILON: _epsilon,
    },
)

SIGMOID = Question(
    "sigmoid",
    points=2,
    answer=ce.sigmoid,
    typical=lambda rng: [(rng.uniform(-5, 5, shape),) for shape in (3, 8, (2, 4))],
    special=lambda rng: [(np.array([-1000.0, -40.0, 0.0, 40.0, 1000.0]),)],
    mistakes={
        MIRRORED: gives(lambda z: ce.sigmoid(-z)),
        PRECEDENCE: gives(lambda z: 1 / 1 + np.exp(-z)),
        SOFTMAX_FOR_SIGMOID: gives(
            ce.softmax, lambda z: np.exp(z) / np.exp(z).sum(), lambda z: ce.softmax(z, axis=0)
        ),
        SIGMOID_TWICE: gives(lambda z: ce.sigmoid(ce.sigmoid(z))),
        LOGARITHM: gives(ce.log_sigmoid, lambda z: -ce.log_sigmoid(z)),
        DECISION: gives(lambda z: z > 0, lambda z: z >= 0),
        LARGE_EXPONENTIAL: _not_finite_for_large,
    },
)

LOSS_FROM_PROBS = Question(
    "loss_from_probs",
    points=4,
    answer=ce.binary_cross_entropy_from_probs,
    typical=lambda rng: [(rng.uniform(0.05, 0.95, size), _answers(rng, size)) for size in (3, 8, 20)],
    special=lambda rng: [
        (np.array([1.0, 0.0, 0.4, 0.8]), np.array([1.0, 0.0, 1.0, 1.0])),
        (np.array([1.0, 0.3]), np.array([0.0, 0.0])),
        (rng.uniform(0.05, 0.95, 6), rng.permutation([0.1, 0.3, 0.45, 0.6, 0.7, 0.95])),
    ],
    mistakes={
        BITS_FOR_NATS: gives(lambda q, y: ce.binary_cross_entropy_from_probs(q, y) / np.log(2)),
        NO_MINUS: sign_changed,
        SUM_FOR_MEAN: gives(lambda q, y: ce.binary_cross_entropy_from_probs(q, y, reduction="sum")),
        PER_SAMPLE: gives(
            lambda q, y: ce.binary_cross_entropy_from_probs(q, y, reduction="none"), _plain_losses
        ),
        ONE_TERM: gives(
            lambda q, y: _of_ones(q, y).mean(), lambda q, y: _of_ones(q, y).sum() / np.sum(y > 0)
        ),
        COMPLEMENT: gives(lambda q, y: ce.binary_cross_entropy_from_probs(q, 1 - y)),
        NAN_FOR_ZERO: not_a_number,
        SWAPPED_TARGETS: gives(lambda q, y: _plain_losses(y, q).mean()),
        SIGMOID_OF_PROBABILITY: gives(ce.binary_cross_entropy_from_logits),
        HARD_TARGETS: gives(
            *(
                lambda q, y, hard=hard: ce.binary_cross_entropy_from_probs(q, hard(y).astype(float))
                for hard in (np.round, np.floor, np.ceil)
            )
        ),
        SKIPPED: gives(
            lambda q, y: np.nanmean(_plain_losses(q, y)),
            lambda q, y: _plain_losses(q, y)[(q > 0) & (q < 1)].mean(),
        ),
        EPSILON: _epsilon,
    },
)

LOSS_FROM_LOGITS = Question(
    "loss_from_logits",
    points=4,
    answer=ce.binary_cross_entropy_from_logits,
    typical=lambda rng: _logits_and_answers(rng, 3, 8, 20),
    special=_large_logits,
    mistakes={
        BITS_FOR_NATS: gives(lambda z, y: _costs(z, y).mean() / np.log(2)),
        NO_MINUS: sign_changed,
        SUM_FOR_MEAN: gives(lambda z, y: _costs(z, y).sum()),
        PER_SAMPLE: gives(_costs),
        ONE_TERM: gives(lambda z, y: np.mean(-y * ce.log_sigmoid(z))),
        COMPLEMENT: gives(lambda z, y: _costs(z, 1 - y).mean()),
        SIGMOID_TWICE: gives(lambda z, y: _costs(ce.sigmoid(z), y).mean()),
        LOGITS_AS_PROBABILITIES: gives(lambda z, y: _plain_losses(z, y).mean()),
        LARGE_EXPONENTIAL: _not_finite_for_large,
        EPSILON: _epsilon,
    },
)

LOSS_SLOPES = Question(
    "loss_slopes",
    points=4,
    answer=ce.binary_cross_entropy_from_logits_grad,
    typical=lambda rng: _logits_and_answers(rng, 3, 7, 12),
    special=_large_logits,
    mistakes={
        NOT_DIVIDED: gives(lambda z, y: ce.sigmoid(z) - y),
        OTHER_WAY: gives(lambda z, y: (y - ce.sigmoid(z)) / z.size, lambda z, y: y - ce.sigmoid(z)),
        SLOPE_OF_SQUARES: gives(
            *(
                lambda z, y, factor=factor: (
                    factor * (ce.sigmoid(z) - y) * ce.sigmoid(z) * ce.sigmoid(-z) / z.size
                )
                for factor in (1, 2)
            )
        ),
        SLOPE_IN_Q: gives(lambda z, y: (ce.sigmoid(z) - y) / (ce.sigmoid(z) * ce.sigmoid(-z)) / z.size),
        NO_SIGMOID: gives(lambda z, y: (z - y) / z.size),
        SIGMOID_TWICE: gives(lambda z, y: (ce.sigmoid(ce.sigmoid(z)) - y) / z.size),
        SOFTMAX_FOR_SIGMOID: gives(lambda z, y: (ce.softmax(z) - y) / z.size, lambda z, y: ce.softmax(z) - y),
        COMPLEMENT: gives(lambda z, y: (ce.sigmoid(z) - (1 - y)) / z.size),
        ONE_SLOPE: gives(
            lambda z, y: np.mean(ce.sigmoid(z) - y),
            lambda z, y: np.sum(ce.sigmoid(z) - y),
        ),
        LOSS_FOR_SLOPE: gives(
            ce.binary_cross_entropy_from_logits, _costs, lambda z, y: _costs(z, y) / z.size
        ),
        LARGE_EXPONENTIAL: _not_finite_for_large,
    },
)


def _large_tables(rng):
    return [
        (np.array([[1000.0, -1000.0, 0.5], [-1000.0, 2.0, 1000.0]]), np.array([[1.0, 0, 0], [0, 1, 1]])),
        (np.array([[1000.0, -1000.0, 0.5], [3.0, 1000.0, -2.0]]), np.array([[0.0, 1, 1], [0, 0, 0]])),
        (np.array([[40.0, 0.5, -1.0, -41.0], [1.0, 0.0, 2.0, -0.5]]), np.zeros((2, 4))),
    ]


MULTI_LABEL_LOSS = Question(
    "multi_label_loss",
    points=4,
    answer=lambda z, y: ce.binary_cross_entropy_from_logits(z, y, reduction="sum") / len(z),
    typical=lambda rng: _logits_and_answers(rng, (4, 3), (3, 5), (7, 4)),
    special=_large_tables,
    mistakes={
        ALL_ENTRIES: gives(lambda z, y: _costs(z, y).mean()),
        SUM_FOR_MEAN: gives(lambda z, y: _costs(z, y).sum()),
        BY_COLUMNS: gives(lambda z, y: _costs(z, y).sum() / z.shape[1]),
        PER_SAMPLE: gives(
            lambda z, y: _costs(z, y).sum(axis=1), lambda z, y: _costs(z, y).mean(axis=1), _costs
        ),
        SOFTMAX_FOR_SIGMOID: gives(
            lambda z, y: _rows(-y * ce.log_softmax(z)),
            lambda z, y: _rows(-y * ce.log_softmax(z)) / z.shape[1],
            lambda z, y: _rows(-y / np.maximum(y.sum(axis=1, keepdims=True), 1) * ce.log_softmax(z)),
            lambda z, y: _rows(_plain_losses(ce.softmax(z), y)),
            lambda z, y: _plain_losses(ce.softmax(z), y).mean(),
        ),
        BITS_FOR_NATS: gives(lambda z, y: _rows(_costs(z, y)) / np.log(2)),
        NO_MINUS: sign_changed,
        ONE_TERM: gives(lambda z, y: _rows(-y * ce.log_sigmoid(z))),
        COMPLEMENT: gives(lambda z, y: _rows(_costs(z, 1 - y))),
        SIGMOID_TWICE: gives(lambda z, y: _rows(_costs(ce.sigmoid(z), y))),
        LARGE_EXPONENTIAL: _not_finite_for_large,
        EPSILON: _epsilon,
    },
)


def _weighted(rng, *pairs):
    return [(*inputs, v) for size, v in pairs for inputs in _logits_and_answers(rng, size)]


WEIGHTED_LOSS = Question(
    "weighted_loss",
    points=4,
    answer=lambda z, y, v: ce.binary_cross_entropy_from_logits(z, y, pos_weight=v),
    typical=lambda rng: _weighted(rng, (4, 3.0), (9, rng.uniform(4, 9)), (20, 0.4)),
    special=lambda rng: [(z, y, 5.0) for z, y in _large_logits(rng)],
    mistakes={
        WEIGHT_ON_ZEROS: gives(lambda z, y, v: _costs(z, y, no=v).mean()),
        WEIGHT_ON_ALL: gives(lambda z, y, v: v * _costs(z, y).mean()),
        WEIGHT_IGNORED: gives(lambda z, y, v: _costs(z, y).mean()),
        WEIGHTED_MEAN: gives(lambda z, y, v: _costs(z, y, v).sum() / np.sum(v * y + 1 - y)),
        WEIGHT_ON_TARGET: gives(
            lambda z, y, v: np.mean(np.maximum(z, 0) - z * v * y + np.log1p(np.exp(-np.abs(z))))
        ),
        WEIGHT_ON_LOGIT: gives(
            lambda z, y, v: _costs(z + np.log(v), y).mean(),
            lambda z, y, v: _costs(z - np.log(v), y).mean(),
            lambda z, y, v: _costs(v * z, y).mean(),
        ),
        SUM_FOR_MEAN: gives(lambda z, y, v: _costs(z, y, v).sum()),
        PER_SAMPLE: gives(_costs),
        BITS_FOR_NATS: gives(lambda z, y, v: _costs(z, y, v).mean() / np.log(2)),
        NO_MINUS: sign_changed,
        COMPLEMENT: gives(lambda z, y, v: _costs(z, 1 - y, v).mean()),
        ONE_TERM: gives(lambda z, y, v: np.mean(-v * y * ce.log_sigmoid(z))),
        SIGMOID_TWICE: gives(lambda z, y, v: _costs(ce.sigmoid(z), y, v).mean()),
        LARGE_EXPONENTIAL: _not_finite_for_large,
        EPSILON: _epsilon,
    },
)


def _forecasts(rng, samples, classes, sharpness=1.0):
    """Predicted pmfs and labels, about half of them the likeliest class; the first label is 0."""
    q = rng.dirichlet(np.full(classes, sharpness), size=samples)
    labels = np.where(rng.random(samples) < 0.5, q.argmax(axis=1), rng.integers(classes, size=samples))
    labels[0] = 0
    return q, labels


def _squares(q, labels):
    return (q - np.eye(q.shape[1])[labels]) ** 2


def _of_right_class(q, labels):
    return q[np.arange(len(q)), labels]


BRIER_SCORE = Question(
    "brier_score",
    points=2,
    answer=ce.brier_score,
    typical=lambda rng: [_forecasts(rng, *shape) for shape in ((5, 3), (4, 6), (20, 4))],
    special=lambda rng: [
        (np.eye(3), np.array([0, 1, 2])),
        (np.array([[1, 0, 0], [0.2, 0.3, 0.5]]), np.array([2, 0])),
    ],
    mistakes={
        ALL_ENTRIES: gives(lambda q, labels: _squares(q, labels).mean()),
        SUM_FOR_MEAN: gives(lambda q, labels: _squares(q, labels).sum()),
        BY_COLUMNS: gives(lambda q, labels: _squares(q, labels).sum() / q.shape[1]),
        PER_SAMPLE: gives(
            lambda q, labels: _squares(q, labels).sum(axis=1),
            lambda q, labels: _squares(q, labels).mean(axis=1),
        ),
        RIGHT_CLASS_ONLY: gives(lambda q, labels: np.mean((1 - _of_right_class(q, labels)) ** 2)),
        FROM_ONE: gives(lambda q, labels: _rows(_squares(q, labels - 1))),
        ABSOLUTE: gives(lambda q, labels: _rows(np.sqrt(_squares(q, labels)))),
        ROOT: gives(
            lambda q, labels: np.sqrt(_squares(q, labels).sum(axis=1)).mean(),
            lambda q, labels: np.sqrt(_rows(_squares(q, labels))),
            lambda q, labels: np.sqrt(_squares(q, labels).mean()),
        ),
        HALVED: gives(lambda q, labels: _rows(_squares(q, labels)) / 2),
        NO_MINUS: sign_changed,
        LOG_SCORE: gives(ce.cross_entropy_from_probs),
    },
)


def _calls(q, labels):
    """Confidence, and whether the likeliest class is right."""
    return q.max(axis=1), q.argmax(axis=1) == labels


def _gaps(bin_of, confidence, right):
    """Share that is right minus mean confidence in each bin that is not empty, and the bin's samples."""
    bins, counts = np.unique(bin_of, return_counts=True)
    return np.array([right[bin_of == b].mean() - confidence[bin_of == b].mean() for b in bins]), counts


def _error(bin_of, confidence, right):
    gaps, counts = _gaps(bin_of, confidence, right)
    return np.sum(np.abs(gaps) * counts) / len(confidence)


def _upper(confidence, bins):
    """The bin of each confidence, counted from 1, upper edges inside."""
    return np.ceil(confidence * bins)


def _with_gaps(combine):
    """A wrong calibration error: what `combine` makes of gaps, counts and the number of bins."""

    def wrong(q, labels, bins):
        confidence, right = _calls(q, labels)
        return combine(*_gaps(_upper(confidence, bins), confidence, right), bins)

    return wrong


def _lower_edges(q, labels, bins):
    confidence, right = _calls(q, labels)
    return _error(np.floor(confidence * bins), confidence, right)


def _lower_edges_but_the_last(q, labels, bins):
    confidence, right = _calls(q, labels)
    return _error(np.minimum(np.floor(confidence * bins), bins - 1), confidence, right)


def _certain_ones_lost(q, labels, bins):
    confidence, right = _calls(q, labels)
    inside = confidence < 1
    gaps, counts = _gaps(np.floor(confidence * bins)[inside], confidence[inside], right[inside])
    return np.abs(gaps) @ counts / len(q)


def _over_the_data(q, labels, bins):
    confidence, right = _calls(q, labels)
    edges = np.linspace(confidence.min(), confidence.max(), bins + 1)
    return _error(np.digitize(confidence, edges[1:-1]), confidence, right)


def _sorted_by_right_class(q, labels, bins):
    sure = _of_right_class(q, labels)
    return _error(_upper(sure, bins), sure, _calls(q, labels)[1])


def _counted_from_one(q, labels, bins):
    confidence = q.max(axis=1)
    return _error(_upper(confidence, bins), confidence, q.argmax(axis=1) + 1 == labels)


def _on_the_edges(rng):
    """Confidences on the edges of four bins and between them; the mistakes differ in what they make of it."""
    confidence = np.array([0.375, 0.5, 0.625, 0.6875, 0.75, 0.75, 0.875, 0.9375, 1.0, 1.0])
    labels = np.array([0, 0, 1, 0, 0, 0, 0, 1, 1, 0])
    rest = 1 - confidence
    q = np.stack([confidence, 0.45 * rest, 0.55 * rest], axis=1)
    return [(q, labels, 4), (np.eye(3), np.array([0, 1, 0]), 5)]


CALIBRATION_ERROR = Question(
    "calibration_error",
    points=4,
    answer=lambda q, labels, bins: ce.expected_calibration_error(q, labels, bins=bins),
    typical=lambda rng: [
        (*_forecasts(rng, 60, 3), 4),
        (*_forecasts(rng, 80, 4, 0.5), 6),
        (*_forecasts(rng, 120, 3, 0.7), 10),
    ],
    special=_on_the_edges,
    mistakes={
        BINS_UNWEIGHTED: gives(
            _with_gaps(lambda gaps, counts, bins: np.abs(gaps).mean()),
            _with_gaps(lambda gaps, counts, bins: np.abs(gaps).sum() / bins),
            _with_gaps(lambda gaps, counts, bins: np.abs(gaps).sum()),
        ),
        GAPS_CANCEL: gives(
            *(
                _with_gaps(lambda gaps, counts, bins, turned=turned: turned(gaps @ counts / counts.sum()))
                for turned in (np.positive, np.negative, np.abs)
            )
        ),
        NO_BINS: gives(lambda q, labels, bins: np.mean(np.abs(np.subtract(*_calls(q, labels))))),
        LARGEST_GAP: gives(_with_gaps(lambda gaps, counts, bins: np.abs(gaps).max())),
        SQUARED_GAPS: gives(
            _with_gaps(lambda gaps, counts, bins: gaps**2 @ counts / counts.sum()),
            _with_gaps(lambda gaps, counts, bins: np.sqrt(gaps**2 @ counts / counts.sum())),
        ),
        TEN_BINS: gives(lambda q, labels, bins: ce.expected_calibration_error(q, labels, bins=10)),
        BINS_OF_THE_DATA: gives(_over_the_data),
        LOWER_EDGE: gives(_lower_edges, _lower_edges_but_the_last, _certain_ones_lost),
        TRUE_CLASS: gives(_sorted_by_right_class),
        FROM_ONE: gives(_counted_from_one),
        ACCURACY: gives(
            lambda q, labels, bins: _calls(q, labels)[1].mean(),
            lambda q, labels, bins: 1 - _calls(q, labels)[1].mean(),
        ),
        EMPTY_BIN: not_a_number,
    },
)

ASSIGNMENT = Assignment(
    "a4",
    "Binary cross-entropy and calibration",
    "a4_binary_cross_entropy_and_calibration.ipynb",
    (
        LOG_LIKELIHOOD,
        SIGMOID,
        LOSS_FROM_PROBS,
        LOSS_FROM_LOGITS,
        LOSS_SLOPES,
        MULTI_LABEL_LOSS,
        WEIGHTED_LOSS,
        BRIER_SCORE,
        CALIBRATION_ERROR,
    ),
    words_points=4,
)
