"""A1, information and entropy: what decides about each question, and its mistakes."""

import numpy as np

import cecourse as ce

from .answers import finite_for_infinite, gives, not_a_number, sign_changed
from .mistakes import (
    BITS_FOR_NATS,
    EPSILON,
    MEAN_FOR_SUM,
    NAN_FOR_ZERO,
    NATS_FOR_BITS,
    NO_MINUS,
    ONE_TERM,
    SUM_FOR_MEAN,
    UNWEIGHTED,
    WHOLE_ARRAY,
    WRONG_AXIS,
    Mistake,
)
from .question import Assignment, Question

WITH_REPLACEMENT = Mistake(
    "cards put back",
    "You count both cards from a full deck: after the first ace, 3 of the 51 cards that are left are aces.",
)
PROBABILITY_FOR_INFORMATION = Mistake(
    "probability instead of information",
    "Your number is the probability of the event, not its surprise in bits.",
)
NOT_NORMALISED = Mistake(
    "counts not divided by their sum", "Counts are no probabilities yet: divide them by their sum first."
)
ROUNDED_DOWN = Mistake(
    "rounded down", "You round the information down: then there may be no prefix code, Kraft's sum exceeds 1."
)
ROUNDED_TO_NEAREST = Mistake(
    "rounded to the nearest", "You round to the nearest whole number: round up, or Kraft's sum may exceed 1."
)
ENTROPY_FOR_LENGTH = Mistake(
    "entropy instead of length", "You return the entropy, what the source has; asked is what this code pays."
)
NOT_A_PREFIX_CODE = Mistake(
    "one codeword begins another",
    "The lengths are right, but a codeword begins another: count upwards in binary, the shortest first.",
)
WRONG_LENGTHS = Mistake(
    "codewords of other lengths", "A codeword has another length than asked for: keep zeros at its front."
)


def _pmfs(rng, *sizes):
    return [(rng.dirichlet(np.ones(size)),) for size in sizes]


def _tables(rng, *shapes):
    return [(rng.dirichlet(np.ones(classes), size=rows),) for rows, classes in shapes]


def _with_zeros(rng, rows, classes):
    table = rng.dirichlet(np.ones(classes), size=rows)
    table[np.arange(rows), rng.integers(classes, size=rows)] = 0
    return table / table.sum(axis=1, keepdims=True)


def _plain_terms(p, log=np.log2):
    """p log p as one writes it first: nan for p = 0."""
    return p * log(p)


TWO_ACES = Question(
    "two_aces",
    points=2,
    answer=lambda: ce.information(4 / 52 * 3 / 51),
    mistakes={
        NATS_FOR_BITS: gives(lambda: -np.log(4 / 52 * 3 / 51)),
        NO_MINUS: sign_changed,
        WITH_REPLACEMENT: gives(lambda: -2 * np.log2(1 / 13)),
        PROBABILITY_FOR_INFORMATION: gives(lambda: 4 / 52 * 3 / 51),
    },
)

INFORMATION = Question(
    "information",
    points=2,
    answer=ce.information,
    typical=lambda rng: [(rng.uniform(0.001, 1, size),) for size in (1, 5, 12)],
    special=lambda rng: [(np.array([1.0, 0.0, 0.5]),)],
    mistakes={
        NATS_FOR_BITS: gives(lambda p: -np.log(p)),
        NO_MINUS: sign_changed,
        EPSILON: finite_for_infinite,
    },
)


ENTROPY = Question(
    "entropy",
    points=4,
    answer=ce.entropy,
    typical=lambda rng: _pmfs(rng, 2, 3, 7, 26),
    special=lambda rng: [(_with_zeros(rng, 1, 5)[0],), (np.array([0.0, 1.0, 0.0]),)],
    mistakes={
        NAN_FOR_ZERO: not_a_number,
        NATS_FOR_BITS: gives(lambda p: ce.entropy(p, base=np.e)),
        NO_MINUS: sign_changed,
        MEAN_FOR_SUM: gives(lambda p: ce.entropy(p) / p.size),
    },
)

ENTROPIES = Question(
    "entropies",
    points=4,
    answer=ce.entropy,
    typical=lambda rng: _tables(rng, (4, 4), (3, 6), (1, 5), (8, 2)),
    special=lambda rng: [(_with_zeros(rng, 5, 5),), (np.eye(3),)],
    mistakes={
        NAN_FOR_ZERO: not_a_number,
        NATS_FOR_BITS: gives(lambda p: ce.entropy(p, base=np.e)),
        NO_MINUS: sign_changed,
        WRONG_AXIS: gives(lambda p: -_plain_terms(p).sum(axis=0)),
        WHOLE_ARRAY: gives(lambda p: -_plain_terms(p).sum()),
        MEAN_FOR_SUM: gives(lambda p: -_plain_terms(p).mean(axis=1)),
    },
)

ENTROPY_OF_COUNTS = Question(
    "entropy_of_counts",
    points=4,
    answer=lambda counts: ce.entropy(counts, base=np.e, normalize=True),
    typical=lambda rng: [(rng.integers(1, 40, size).astype(float),) for size in (2, 5, 26)],
    special=lambda rng: [(np.array([3.0, 0.0, 5.0]),), (np.array([0.0, 7.0]),)],
    mistakes={
        NAN_FOR_ZERO: not_a_number,
        BITS_FOR_NATS: gives(lambda counts: ce.entropy(counts, normalize=True)),
        NO_MINUS: sign_changed,
        NOT_NORMALISED: gives(lambda counts: -_plain_terms(counts, np.log).sum()),
        MEAN_FOR_SUM: gives(lambda c: ce.entropy(c, base=np.e, normalize=True) / c.size),
    },
)

BINARY_ENTROPY = Question(
    "binary_entropy",
    points=4,
    answer=ce.binary_entropy,
    typical=lambda rng: [(rng.uniform(0.01, 0.99, shape),) for shape in (1, 6, (2, 3))],
    special=lambda rng: [(np.array([0.0, 0.5, 1.0]),)],
    mistakes={
        NAN_FOR_ZERO: not_a_number,
        NATS_FOR_BITS: gives(lambda p: ce.binary_entropy(p, base=np.e)),
        NO_MINUS: sign_changed,
        ONE_TERM: gives(lambda p: -_plain_terms(p)),
    },
)

SHANNON_LENGTHS = Question(
    "shannon_lengths",
    points=2,
    answer=ce.shannon_lengths,
    typical=lambda rng: _pmfs(rng, 3, 8, 20),
    special=lambda rng: [(np.array([0.5, 0.25, 0.125, 0.125]),)],
    mistakes={
        ROUNDED_DOWN: gives(lambda p: np.floor(-np.log2(p))),
        ROUNDED_TO_NEAREST: gives(lambda p: np.round(-np.log2(p))),
        NATS_FOR_BITS: gives(lambda p: np.ceil(-np.log(p))),
        NO_MINUS: gives(lambda p: np.ceil(np.log2(p)), lambda p: np.floor(np.log2(p))),
    },
)


def _lengths_of_codes(rng):
    return [(ce.shannon_lengths(rng.dirichlet(np.ones(size))).astype(int),) for size in (2, 4, 7)]


def is_prefix_code(codewords, lengths):
    """Whether these are codewords of these lengths, none of which begins another."""
    return _have_lengths(codewords, lengths) and not _clash(codewords)


def _have_lengths(codewords, lengths):
    is_code = isinstance(codewords, list) and all(
        isinstance(word, str) and set(word) <= {"0", "1"} for word in codewords
    )
    return is_code and [len(word) for word in codewords] == list(lengths)


def _clash(codewords):
    return any(
        other.startswith(word)
        for i, word in enumerate(codewords)
        for j, other in enumerate(codewords)
        if i != j
    )


def _other_lengths(seen):
    words = seen.got if isinstance(seen.got, list) else []
    return bool(words) and all(isinstance(word, str) for word in words)


PREFIX_CODE = Question(
    "prefix_code",
    points=4,
    answer=ce.prefix_code,
    typical=_lengths_of_codes,
    special=lambda rng: [(np.array([3, 1, 3, 2]),), (np.array([4, 4, 2, 2, 2]),)],
    accepts=is_prefix_code,
    mistakes={
        NOT_A_PREFIX_CODE: lambda seen: _have_lengths(seen.got, seen.arguments[0]),
        WRONG_LENGTHS: _other_lengths,
    },
)


def _pmfs_with_codes(rng, *sizes):
    for size in sizes:
        p = rng.dirichlet(np.ones(size))
        yield p, ce.prefix_code(ce.shannon_lengths(p)[::-1])


EXPECTED_LENGTH = Question(
    "expected_length",
    points=2,
    answer=ce.expected_length,
    typical=lambda rng: list(_pmfs_with_codes(rng, 3, 6, 12)),
    special=lambda rng: [(np.array([0.0, 0.25, 0.75]), ["111", "10", "0"])],
    mistakes={
        UNWEIGHTED: gives(lambda p, code: np.mean([len(word) for word in code])),
        SUM_FOR_MEAN: gives(lambda p, code: sum(len(word) for word in code)),
        ENTROPY_FOR_LENGTH: gives(lambda p, code: ce.entropy(p)),
        MEAN_FOR_SUM: gives(lambda p, code: ce.expected_length(p, code) / len(p)),
    },
)

ASSIGNMENT = Assignment(
    "a1",
    "Information and entropy",
    "a1_information_and_entropy.ipynb",
    (
        TWO_ACES,
        INFORMATION,
        ENTROPY,
        ENTROPIES,
        ENTROPY_OF_COUNTS,
        BINARY_ENTROPY,
        SHANNON_LENGTHS,
        PREFIX_CODE,
        EXPECTED_LENGTH,
    ),
    words_points=4,
)
