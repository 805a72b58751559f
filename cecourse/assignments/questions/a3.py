"""A3, softmax and the multiclass loss: what decides about each question, and its mistakes."""

import numpy as np

import cecourse as ce

from .answers import CLOSE, finite_for_infinite, gives, not_a_number, numbers, sign_changed
from .mistakes import (
    BITS_FOR_NATS,
    EPSILON,
    FROM_ONE,
    LOG_OF_THE_MEAN,
    MEAN_FOR_SUM,
    NAN_FOR_ZERO,
    NO_MINUS,
    OVERFLOW,
    SOFTMAX_TWICE,
    SUM_FOR_MEAN,
    SWAPPED,
    WRONG_AXIS,
    Mistake,
)
from .question import Assignment, Question

PROBABILITY_FOR_LOSS = Mistake(
    "probability instead of loss",
    "Your number is the probability of a class, not the surprise at it in nats.",
)
LOGIT_LEFT_OUT = Mistake(
    "right logit left out",
    "Your number is the log-sum-exp alone: the loss is how far the right logit lies below it.",
)
SAMPLES_FOR_CLASSES = Mistake(
    "samples for classes", "You count the images: what the model hesitates between are the classes."
)
CLASSES_DOWN = Mistake(
    "rows and columns exchanged", "Your classes stand in the rows: each sample is a row, each class a column."
)
CLASSES_SEEN = Mistake(
    "as many columns as labels seen",
    "You take the number of classes from the labels: a class that does not occur has its column too.",
)
NO_EXPONENTIAL = Mistake(
    "shares without exponentials",
    "You divide the scores themselves by their sum: take the exponential of each first.",
)
NOT_NORMALISED = Mistake(
    "exponentials not divided by their sum",
    "Exponentials are no probabilities yet: divide those of a row by their sum.",
)
ONE_SUM = Mistake(
    "one sum for the whole batch",
    "You divide by the sum over all samples at once: each row has a sum of its own.",
)
CLIPPED = Mistake(
    "scores clipped",
    "You cut large scores off, and with them the differences that count: subtract the largest of the row.",
)
NAN_REPLACED = Mistake(
    "nan replaced by a number",
    "You overwrite the nan that large scores give: subtract the largest score of the row, and none arises.",
)
SHIFTED_BY_ALL = Mistake(
    "largest score of the whole batch subtracted",
    "You subtract one number from all rows: a row far below it underflows. Each row needs its own largest.",
)
NO_LOGARITHM = Mistake(
    "probabilities instead of logarithms", "Your numbers are the probabilities: their logarithms are asked."
)
LOG_OF_ZERO = Mistake(
    "logarithm of a rounded probability",
    "Where a score trails far behind you return inf: its probability is rounded to 0 before the logarithm. "
    "Take the logarithm from the scores, z minus the log-sum-exp.",
)
MAX_NOT_ADDED = Mistake(
    "largest score not added again",
    "You subtract the largest score inside the log-sum-exp and do not add it outside again.",
)
NO_SOFTMAX = Mistake(
    "logits taken for probabilities", "You use the logits as if they were probabilities: softmax comes first."
)
NOT_AVERAGED = Mistake(
    "a loss per sample", "You return the loss of each sample: one number is asked, their mean."
)
COLUMNS = Mistake(
    "whole columns picked",
    "[:, labels] takes the columns of all labels for every row: pick one entry per row, at its own label.",
)
ENTROPY_FOR_LOSS = Mistake(
    "prediction in place of the target",
    "You weigh the logarithms with the prediction itself, which is its entropy: the target weighs them.",
)
TARGET_MINUS_PREDICTION = Mistake(
    "target minus prediction", "Your slopes have the wrong sign: they are prediction minus target."
)
SLOPES_OF_SUM = Mistake(
    "sum for mean",
    "You give what belongs to the sum of the losses: divide the slopes by the number of samples.",
)
SLOPES_OF_ALL_ENTRIES = Mistake(
    "mean over all entries", "You divide by N times C: the mean is over the N samples only."
)
ONE_FOR_ALL = Mistake(
    "slopes averaged over the samples",
    "You average the slopes: each sample has its own row, and 1/N of the mean loss in it.",
)
DIVIDED_TWICE = Mistake(
    "divided by the number of samples twice",
    "The slopes of the mean loss have been divided by N already: you divide by it once more.",
)
NO_TARGET = Mistake(
    "target left out", "Your slopes are the predictions alone: subtract the target, 1 at the right class."
)
LABEL_ALONE = Mistake(
    "slope at the label only",
    "In your answer only the right class has a slope: each wrong one has its probability as its slope.",
)
UPHILL = Mistake("a step uphill", "You add the slopes: the loss falls against them, so subtract.")
NO_RATE = Mistake("learning rate left out", "You subtract the slopes themselves: multiply them by the rate.")
SLOPES_FOR_WEIGHTS = Mistake(
    "slopes instead of weights", "You return the slopes: the weights after the step are asked."
)
STEP_ALONE = Mistake(
    "step instead of weights", "You return the change of the weights: add it to what they were."
)
NOT_SMOOTHED = Mistake(
    "label smoothing left out", "Your loss is that of the one-hot target: smooth the target first."
)
WITHOUT_THE_LABEL = Mistake(
    "spread over the wrong classes only",
    "You spread the smoothing over C - 1 classes: the uniform pmf gives the right class its share as well.",
)
TOO_MUCH = Mistake(
    "smoothed target above 1",
    "You add the uniform pmf and take nothing off the one-hot target: multiply that by 1 - smoothing.",
)
NOT_DIVIDED = Mistake(
    "smoothing not divided by C",
    "You give each class the whole smoothing: the uniform pmf has 1/C for each of them.",
)
EXCHANGED = Mistake(
    "weights of the mixture exchanged",
    "You give the uniform pmf the weight 1 - smoothing: with little smoothing the target is nearly one-hot.",
)
PREDICTION_SMOOTHED = Mistake(
    "prediction smoothed",
    "You mix the prediction with the uniform pmf: the target is smoothed, the prediction stays as it is.",
)

THRESHOLDS = (50, 88, 100, 200, 300, 500, 600, 700, 709)


# What is given


def _logits(rng, *shapes):
    return [(rng.normal(0, 2, shape),) for shape in shapes]


def _at_heights(rng, *heights, classes=4):
    """Rows of scores around these heights, in quarters: exact in float32."""
    return np.array(heights)[:, None] + rng.integers(-6, 7, (len(heights), classes)) / 4


def _huge(rng):
    in_one_row = rng.permuted([[1000.0, -1000.0, 999.5, 998.25], [-1000.0, 1000.0, -999.0, 999.25]], axis=1)
    return [(_at_heights(rng, 1000.0),), (_at_heights(rng, 0.0, -1000.0, 1000.0),), (in_one_row,)]


FAR_BEHIND = np.array([[2.0, -800.0, 1.0], [0.0, 1.0, 2.5]])


def _all_classes(rng, samples, classes):
    """Labels among which every class occurs, where there are enough of them."""
    return rng.permutation(np.arange(samples) % classes)


def _labelled(rng, *shapes):
    return [(z, _all_classes(rng, *z.shape)) for (z,) in _logits(rng, *shapes)]


def _huge_labelled(rng):
    return [
        (_at_heights(rng, 1000.0, 900.0), np.array([2, 0])),
        (_at_heights(rng, -1000.0, 0.0, 1000.0), np.array([0, 1, 3])),
        (FAR_BEHIND, np.array([1, 0])),
    ]


# What goes wrong


def _own(table, labels):
    """The entry of each row at its label."""
    return table[np.arange(len(labels)), labels]


def _mean_loss(log_q, labels):
    return -_own(log_q, labels).mean()


def _one_beside(labels, classes):
    """The one-hot targets of who takes label 1 for the first column, and 0 for the last."""
    return np.eye(classes)[labels - 1]


def _none_for_zero(labels, classes):
    """The one-hot targets of who takes label 1 for the first column, and has none for 0."""
    return np.eye(classes + 1)[labels][:, 1:]


def _from_one(answer):
    """Recognises labels counted from 1, for an answer that gets one-hot targets in place of labels."""

    def counted(targets):
        return lambda z, labels, *rest: answer(z, targets(labels, z.shape[1]), *rest)

    return gives(counted(_one_beside), counted(_none_for_zero))


def _plain_softmax(z):
    """Softmax as one writes it first: nan where the exponentials overflow, or all are 0."""
    exponentials = np.exp(z)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def _shifted_by_all(z):
    below = z - z.max()
    return below - np.log(np.exp(below).sum(axis=1, keepdims=True))


def _clipped(threshold):
    return lambda z: ce.log_softmax(np.clip(z, -threshold, threshold))


WRONG_LOGARITHMS = {
    WRONG_AXIS: [lambda z: ce.log_softmax(z, axis=0)],
    SOFTMAX_TWICE: [lambda z: ce.log_softmax(ce.softmax(z))],
    ONE_SUM: [lambda z: z - ce.logsumexp(z.ravel())],
    MAX_NOT_ADDED: [lambda z: ce.log_softmax(z) + z.max(axis=1, keepdims=True)],
    SHIFTED_BY_ALL: [_shifted_by_all],
    LOG_OF_ZERO: [lambda z: np.log(ce.softmax(z))],
    CLIPPED: [_clipped(threshold) for threshold in THRESHOLDS],
}
WRONG_PREDICTIONS = {
    SHIFTED_BY_ALL: [lambda z: _plain_softmax(z - z.max())],
    **{
        mistake: [lambda z, wrong=wrong: np.exp(wrong(z)) for wrong in WRONG_LOGARITHMS[mistake]]
        for mistake in (WRONG_AXIS, SOFTMAX_TWICE, ONE_SUM, CLIPPED)
    },
}


def _then(answer, wrong):
    """Tests for answers that go on from these wrong functions of the scores."""
    return {
        mistake: gives(*(lambda z, *rest, f=f: answer(f(z), *rest) for f in functions))
        for mistake, functions in wrong.items()
    }


def _overflowed(seen):
    """nan or inf where a number is right."""
    got, expected = numbers(seen.got), np.asarray(seen.expected)
    if got is None or got.size != expected.size:
        return False
    return bool((~np.isfinite(got.ravel()) & np.isfinite(expected.ravel())).any())


def _bounded(seen):
    """Large surprises that are too small, and nothing else wrong: what an epsilon or a clip does."""
    got, expected = numbers(seen.got), np.asarray(seen.expected)
    if got is None or got.size != expected.size:
        return False
    got, expected = np.abs(got.ravel()), np.abs(expected.ravel())
    smaller = (expected > 50) & (got < expected)
    return smaller.any() and np.allclose(got[~smaller], expected[~smaller], **CLOSE)


NOT_FINITE = {OVERFLOW: _overflowed}
# Whoever adds an epsilon may overflow elsewhere too.
WITH_EPSILON = {EPSILON: lambda seen: _bounded(seen) or _overflowed(seen)}


UNTRAINED_LOSS = Question(
    "untrained_loss",
    points=2,
    answer=lambda: ce.cross_entropy_from_logits(np.full((40, 26), 5.0), np.arange(40) % 26),
    mistakes={
        BITS_FOR_NATS: gives(lambda: np.log2(26)),
        NO_MINUS: sign_changed,
        SUM_FOR_MEAN: gives(lambda: 40 * np.log(26)),
        MEAN_FOR_SUM: gives(lambda: np.log(26) / 26),
        PROBABILITY_FOR_LOSS: gives(lambda: 1 / 26),
        LOGIT_LEFT_OUT: gives(lambda: 5 + np.log(26)),
        SAMPLES_FOR_CLASSES: gives(lambda: np.log(40)),
    },
)

ONE_HOT = Question(
    "one_hot",
    points=2,
    answer=ce.one_hot,
    typical=lambda rng: [(_all_classes(rng, n, c), c) for n, c in ((5, 3), (4, 4), (12, 7))],
    special=lambda rng: [(np.array([2, 0, 2]), 5), (np.array([1]), 4)],
    mistakes={
        FROM_ONE: gives(_one_beside, _none_for_zero),
        CLASSES_DOWN: gives(lambda labels, c: ce.one_hot(labels, c).T),
        CLASSES_SEEN: lambda seen: np.array_equal(
            seen.got, ce.one_hot(seen.arguments[0], seen.arguments[0].max() + 1)
        ),
    },
)

SOFTMAX = Question(
    "softmax",
    points=4,
    answer=ce.softmax,
    typical=lambda rng: _logits(rng, (4, 3), (3, 5), (1, 4), (6, 2)),
    special=_huge,
    mistakes={
        **_then(lambda q: q, WRONG_PREDICTIONS),
        NO_EXPONENTIAL: gives(lambda z: z / z.sum(axis=1, keepdims=True)),
        NOT_NORMALISED: gives(np.exp, lambda z: np.exp(z - z.max(axis=1, keepdims=True))),
        NAN_REPLACED: gives(lambda z: np.nan_to_num(_plain_softmax(z))),
        **NOT_FINITE,
    },
)

LOG_SOFTMAX = Question(
    "log_softmax",
    points=4,
    answer=ce.log_softmax,
    typical=lambda rng: _logits(rng, (3, 4), (5, 3), (1, 6), (4, 2)),
    special=lambda rng: [*_huge(rng), (FAR_BEHIND,)],
    mistakes={
        BITS_FOR_NATS: gives(lambda z: ce.log_softmax(z) / np.log(2)),
        NO_MINUS: sign_changed,
        NO_LOGARITHM: gives(ce.softmax),
        **_then(lambda log_q: log_q, WRONG_LOGARITHMS),
        **NOT_FINITE,
        **WITH_EPSILON,
    },
)


def _predicted(rng, *shapes):
    return [(rng.dirichlet(np.ones(c), n), _all_classes(rng, n, c)) for n, c in shapes]


def _with_zeros(rng):
    """A zero at a wrong class, then one at the label too."""
    share = rng.uniform(0.1, 0.4)
    harmless = np.array([[0.0, share, 1 - share], [1 - share, 0.0, share]])
    excluded = np.array([[share, 1 - share, 0.0], [0.0, 1 - share, share]])
    return [(harmless, np.array([2, 0])), (excluded, np.array([1, 0]))]


def _mistakes_of_losses(surprises):
    """Tests for the mistakes that all losses of a batch share, from a function that gives each sample's
    own."""
    return {
        BITS_FOR_NATS: gives(lambda z, *rest: surprises(z, *rest).mean() / np.log(2)),
        NO_MINUS: sign_changed,
        SUM_FOR_MEAN: gives(lambda z, *rest: surprises(z, *rest).sum()),
        MEAN_FOR_SUM: gives(lambda z, *rest: surprises(z, *rest).mean() / z.shape[1]),
        NOT_AVERAGED: gives(surprises),
    }


def _mistakes_of_picking(logarithms):
    """Tests for answers that pick other entries than the label's, from a function that gives the table."""
    return {
        FROM_ONE: _from_one(lambda z, p: -np.sum(logarithms(z), axis=1, where=p > 0).mean()),
        COLUMNS: gives(lambda z, labels: -logarithms(z)[:, labels].mean()),
        LOG_OF_THE_MEAN: gives(lambda z, labels: -np.log(np.exp(_own(logarithms(z), labels)).mean())),
    }


LOSS_FROM_PROBABILITIES = Question(
    "loss_from_probabilities",
    points=4,
    answer=ce.cross_entropy_from_probs,
    typical=lambda rng: _predicted(rng, (4, 3), (3, 3), (12, 5)),
    special=_with_zeros,
    mistakes={
        NAN_FOR_ZERO: not_a_number,
        **_mistakes_of_losses(lambda q, labels: -np.log(_own(q, labels))),
        **_mistakes_of_picking(np.log),
        SOFTMAX_TWICE: gives(ce.cross_entropy_from_logits),
        SWAPPED: gives(lambda q, labels: -(q * np.log(ce.one_hot(labels, q.shape[1]))).sum() / len(q)),
        ENTROPY_FOR_LOSS: gives(lambda q, labels: -np.nansum(q * np.log(q)) / len(q)),
        NO_LOGARITHM: gives(
            lambda q, labels: _own(q, labels).mean(), lambda q, labels: -_own(q, labels).mean()
        ),
        EPSILON: finite_for_infinite,
    },
)

LOSS_FROM_LOGITS = Question(
    "loss_from_logits",
    points=4,
    answer=ce.cross_entropy_from_logits,
    typical=lambda rng: _labelled(rng, (5, 3), (4, 4), (12, 6)),
    special=_huge_labelled,
    mistakes={
        NO_SOFTMAX: gives(lambda z, labels: -np.log(_own(z, labels)).mean()),
        **_mistakes_of_losses(lambda z, labels: -_own(ce.log_softmax(z), labels)),
        **_mistakes_of_picking(ce.log_softmax),
        LOGIT_LEFT_OUT: gives(lambda z, labels: ce.logsumexp(z).mean()),
        **_then(_mean_loss, WRONG_LOGARITHMS),
        **NOT_FINITE,
        **WITH_EPSILON,
    },
)


def _slopes(q, labels):
    return (q - ce.one_hot(labels, q.shape[1])) / len(q)


def _all_columns_less_one(q, labels):
    q[:, labels] -= 1
    return q / len(q)


def _mistakes_of_slopes(finish):
    """Tests for wrong slopes, where `finish` makes an answer of them and what comes after z and labels."""

    def after(wrong):
        return lambda z, labels, *rest: finish(wrong(ce.softmax(z), labels), *rest)

    return {
        SLOPES_OF_SUM: gives(after(lambda q, labels: _slopes(q, labels) * len(q))),
        SLOPES_OF_ALL_ENTRIES: gives(after(lambda q, labels: _slopes(q, labels) / q.shape[1])),
        FROM_ONE: _from_one(lambda z, p, *rest: finish((ce.softmax(z) - p) / len(z), *rest)),
        COLUMNS: gives(after(_all_columns_less_one)),
        NO_TARGET: gives(after(lambda q, labels: q / len(q))),
        LABEL_ALONE: gives(after(lambda q, labels: _slopes(q, labels) * ce.one_hot(labels, q.shape[1]))),
        NO_SOFTMAX: gives(lambda z, labels, *rest: finish(_slopes(z, labels), *rest)),
        **_then(lambda q, labels, *rest: finish(_slopes(q, labels), *rest), WRONG_PREDICTIONS),
        **NOT_FINITE,
    }


LOSS_SLOPES = Question(
    "loss_slopes",
    points=4,
    answer=ce.cross_entropy_from_logits_grad,
    typical=lambda rng: _labelled(rng, (4, 3), (3, 3), (8, 5)),
    special=lambda rng: _huge_labelled(rng)[:2],
    mistakes={
        TARGET_MINUS_PREDICTION: sign_changed,
        ONE_FOR_ALL: gives(lambda z, labels: _slopes(ce.softmax(z), labels).sum(axis=0)),
        **_mistakes_of_slopes(lambda slopes: slopes),
    },
)


def _after_step(slopes, x, weights, rate):
    return weights - rate * x.T @ slopes


def _step(change):
    """Recognises other ways to end the step, by the slopes of the weights, the weights and the rate."""

    def end(z, labels, x, weights, rate):
        return change(x.T @ _slopes(ce.softmax(z), labels), weights, rate)

    return gives(end)


def _through_scores(explains):
    """The same test for arguments (x, labels, weights, rate) in place of (z, labels, x, weights, rate)."""

    def looked(seen):
        x, labels, weights, rate = seen.arguments
        return explains(seen._replace(arguments=(x @ weights, labels, x, weights, rate)))

    return looked


def _layers(rng, *sizes):
    for samples, features, classes in sizes:
        x, weights = rng.normal(0, 1, (samples, features)), rng.normal(0, 1, (features, classes))
        yield x, _all_classes(rng, samples, classes), weights, rng.uniform(0.3, 0.8)


def _huge_layer(rng):
    x = np.array([[1000.0, 0.0], [0.0, -1000.0], [1.0, 0.5], [0.5, 2.0]])
    return [(x, np.array([2, 0, 1, 1]), rng.permuted([[0.25, 0.75, 1.0], [0.5, 0.25, 1.0]], axis=1), 0.5)]


WRONG_STEPS = {
    UPHILL: _step(lambda slopes, weights, rate: weights + rate * slopes),
    NO_RATE: _step(lambda slopes, weights, rate: weights - slopes),
    SLOPES_FOR_WEIGHTS: _step(lambda slopes, weights, rate: slopes),
    STEP_ALONE: _step(lambda slopes, weights, rate: -rate * slopes),
    DIVIDED_TWICE: gives(
        lambda z, labels, *rest: _after_step(_slopes(ce.softmax(z), labels) / len(z), *rest)
    ),
    **_mistakes_of_slopes(_after_step),
}

ONE_STEP = Question(
    "one_step",
    points=4,
    answer=lambda x, labels, weights, rate: (
        weights - rate * x.T @ ce.cross_entropy_from_logits_grad(x @ weights, labels)
    ),
    typical=lambda rng: list(_layers(rng, (5, 2, 3), (4, 3, 4), (12, 4, 5))),
    special=_huge_layer,
    mistakes={mistake: _through_scores(explains) for mistake, explains in WRONG_STEPS.items()},
)


def _smoothed(labels, classes, smoothing):
    return (1 - smoothing) * ce.one_hot(labels, classes) + smoothing / classes


def _smoothed_surprises(log_q, labels, smoothing):
    return -(_smoothed(labels, log_q.shape[1], smoothing) * log_q).sum(axis=1)


def _with_target(mixed):
    """An answer that makes the target otherwise, from one-hot targets, the smoothing and the classes."""

    def loss(z, p, smoothing):
        return -(mixed(p, smoothing, z.shape[1]) * ce.log_softmax(z)).sum(axis=1).mean()

    return loss


def _other_target(mixed):
    loss = _with_target(mixed)
    return gives(lambda z, labels, smoothing: loss(z, ce.one_hot(labels, z.shape[1]), smoothing))


def _loss_of_smoothed_prediction(z, labels, smoothing):
    return -np.log((1 - smoothing) * _own(ce.softmax(z), labels) + smoothing / z.shape[1]).mean()


SMOOTHED_LOSS = Question(
    "smoothed_loss",
    points=4,
    answer=lambda z, labels, smoothing: ce.cross_entropy_from_logits(z, labels, label_smoothing=smoothing),
    typical=lambda rng: [
        (*given, rng.uniform(0.1, 0.4)) for given in _labelled(rng, (5, 3), (4, 4), (12, 6))
    ],
    special=lambda rng: [
        *((*given, 0.25) for given in _huge_labelled(rng)),
        (FAR_BEHIND, np.array([0, 2]), 0.0),
    ],
    mistakes={
        NOT_SMOOTHED: _other_target(lambda p, s, c: p),
        WITHOUT_THE_LABEL: _other_target(lambda p, s, c: (1 - s) * p + s / (c - 1) * (1 - p)),
        TOO_MUCH: _other_target(lambda p, s, c: p + s / c),
        NOT_DIVIDED: _other_target(lambda p, s, c: (1 - s) * p + s),
        EXCHANGED: _other_target(lambda p, s, c: s * p + (1 - s) / c),
        PREDICTION_SMOOTHED: gives(_loss_of_smoothed_prediction),
        **_mistakes_of_losses(lambda z, *rest: _smoothed_surprises(ce.log_softmax(z), *rest)),
        FROM_ONE: _from_one(_with_target(lambda p, s, c: (1 - s) * p + s / c)),
        **_then(lambda log_q, *rest: _smoothed_surprises(log_q, *rest).mean(), WRONG_LOGARITHMS),
        **NOT_FINITE,
        **WITH_EPSILON,
    },
)

ASSIGNMENT = Assignment(
    "a3",
    "Softmax and the multiclass loss",
    "a3_softmax_and_multiclass_loss.ipynb",
    (
        UNTRAINED_LOSS,
        ONE_HOT,
        SOFTMAX,
        LOG_SOFTMAX,
        LOSS_FROM_PROBABILITIES,
        LOSS_FROM_LOGITS,
        LOSS_SLOPES,
        ONE_STEP,
        SMOOTHED_LOSS,
    ),
    words_points=4,
)
