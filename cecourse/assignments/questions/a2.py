"""A2, cross-entropy and KL: what decides about each question, and its mistakes."""

from functools import partial

import numpy as np

import cecourse as ce

from .answers import finite_for_infinite, gives, not_a_number, numbers, sign_changed
from .mistakes import (
    EPSILON,
    LOG_OF_THE_MEAN,
    MEAN_FOR_SUM,
    NAN_FOR_ZERO,
    NATS_FOR_BITS,
    NO_MINUS,
    SUM_FOR_MEAN,
    SWAPPED,
    UNDERFLOW,
    UNWEIGHTED,
    WHOLE_ARRAY,
    WRONG_AXIS,
    Mistake,
)
from .question import Assignment, Question

INFINITY_LEFT_OUT = Mistake(
    "infinite terms left out",
    "You leave out what q excludes, even where p produces it: such a term is infinite, and so is the answer.",
)
ENTROPY_FOR_PRICE = Mistake(
    "entropy instead of cross-entropy",
    "Your number is an entropy, of one distribution alone: the cross-entropy needs the truth and the belief.",
)
EXTRA_FOR_PRICE = Mistake(
    "extra bits instead of the price",
    "You return the KL divergence, only what the wrong belief adds: asked is the whole price.",
)
PRICE_FOR_EXTRA = Mistake(
    "the price instead of the extra bits",
    "You return the whole price: subtract what the right code needs, the entropy.",
)
DIVIDED_BY_ALPHABET = Mistake(
    "divided by the size of the alphabet",
    "You divide by the number of letters in the alphabet: the mean over a text divides by its length.",
)
NEGATIVE_TERMS_CHANGED = Mistake(
    "negative terms dropped or turned round",
    "Single terms of the divergence are negative, where the wrong belief saves bits: add them as they are.",
)
MIXED_UNITS = Mistake(
    "bits minus nats",
    "You subtract an entropy in nats from a length in bits: np.log2 in the entropy as well.",
)
WASTE_FORGOTTEN = Mistake(
    "waste of the code forgotten",
    "You make 2^-length sum to 1: what a code wastes, when its Kraft sum is below 1, is paid as well.",
)
AGAINST_WHOLE_BITS = Mistake(
    "compared with another real code",
    "You subtract the length of a code in whole bits: the least that any code needs is the entropy.",
)
SQUARE_ROOT = Mistake(
    "square root taken",
    "You return the Jensen-Shannon distance: asked is the divergence, without the square root.",
)
NOT_HALVED = Mistake("halves forgotten", "You add the two divergences from the middle: each counts one half.")
NO_MIDDLE = Mistake(
    "no middle",
    "You average KL(p || q) and KL(q || p): both divergences go to the middle, m = (p + q) / 2.",
)
MIDDLE_NOT_HALVED = Mistake(
    "middle not halved", "Your middle is p + q, which sums to 2: it is half of that, a pmf again."
)
ONE_SIDE = Mistake(
    "only one side", "You return the divergence of one pmf from the middle: asked is the mean over both."
)
FOR_THE_OTHER = Mistake(
    "evidence for the other belief",
    "Your sum grows when the outcomes speak for q: evidence for p has p above q in the ratio.",
)
MEAN_FOR_TOTAL = Mistake(
    "evidence per outcome", "You divide by the number of outcomes: asked is the evidence of all of them."
)
EXPECTED_FOR_OBSERVED = Mistake(
    "expected instead of observed",
    "You return the evidence that p promises on average, a KL divergence: asked is what these outcomes say.",
)
ONE_BELIEF_ALONE = Mistake(
    "one belief alone", "Evidence compares: subtract what the other belief says about the same outcomes."
)
NO_LOGARITHM = Mistake(
    "no logarithm", "You return the ratio of the probabilities: evidence in bits is its log2."
)
NOT_SUMMED = Mistake("not summed", "You return one number per outcome: add them up.")
SHIFTED = Mistake(
    "outcomes counted from 1", "You look beside the right entry: outcomes count from 0, as the array does."
)
LEAST_LIKELY = Mistake(
    "least likely belief", "You pick the worst belief: the largest likelihood is the smallest cross-entropy."
)
NEAREST = Mistake(
    "nearest instead of most likely",
    "You pick the belief at the least distance from the shares: the likelihood is a matter of logarithms.",
)
ROWS_FROM_ONE = Mistake("rows counted from 1", "You count the rows from 1: the first row has the index 0.")
NO_INDEX = Mistake(
    "not the index", "You return the belief itself, or its score: asked is the index of its row."
)


# Formulas as one writes them first: nan for 0 log 0. Zeros in what they are given belong to the mistake.


def _price(p, q, log=np.log2):
    return -np.sum(p * log(q), axis=-1)


def _extra(p, q, log=np.log2):
    return np.sum(p * (log(p) - log(q)), axis=-1)


def _extra_of_possible(p, q, log=np.log2):
    possible = p > 0
    return np.sum(p[possible] * (np.log2(p[possible]) - log(q[possible])))


def _log_or_nothing(x):
    return np.log2(np.where(x > 0, x, 1))


def _with_epsilon(*formulas):
    """Recognises an epsilon: a number for infinity, or with a large epsilon other numbers everywhere."""
    small = 10.0 ** -np.arange(2, 8)
    added = [lambda x, e=e: np.log2(x + e) for e in small]
    clipped = [lambda x, e=e: np.log2(np.maximum(x, e)) for e in small]
    moved = gives(*(partial(formula, log=log) for formula in formulas for log in added + clipped))
    return lambda seen: finite_for_infinite(seen) or moved(seen)


def _pmf(rng, *shape):
    """Pmfs without tiny probabilities."""
    return 0.9 * rng.dirichlet(np.ones(shape[-1]), size=shape[:-1] or None) + 0.1 / shape[-1]


def _pairs(rng):
    return [(_pmf(rng, size), _pmf(rng, size)) for size in (2, 3, 7, 26)]


def _pairs_with_zeros(rng):
    p = np.array([0.3, 0.0, 0.5, 0.2])
    return [
        (p, np.array([0.25, 0.0, 0.25, 0.5])),
        (p, np.array([0.5, 0.2, 0.0, 0.3])),
        (np.array([0.0, 1.0]), np.array([0.6, 0.4])),
    ]


BERGEN, MADRID = np.array([0.2, 0.3, 0.5]), np.array([0.6, 0.3, 0.1])

WRONG_CODE = Question(
    "wrong_code",
    points=2,
    answer=lambda: ce.cross_entropy(BERGEN, MADRID),
    mistakes={
        NATS_FOR_BITS: gives(lambda: ce.cross_entropy(BERGEN, MADRID, base=np.e)),
        SWAPPED: gives(lambda: ce.cross_entropy(MADRID, BERGEN)),
        NO_MINUS: sign_changed,
        UNWEIGHTED: gives(lambda: ce.information(MADRID).mean(), lambda: ce.information(MADRID).sum()),
        ENTROPY_FOR_PRICE: gives(lambda: ce.entropy(BERGEN), lambda: ce.entropy(MADRID)),
        EXTRA_FOR_PRICE: gives(lambda: ce.kl_divergence(BERGEN, MADRID)),
        MEAN_FOR_SUM: gives(lambda: ce.cross_entropy(BERGEN, MADRID) / 3),
    },
)

# How the price of a belief goes wrong, for one belief as for many.
WRONG_PRICES = {
    NAN_FOR_ZERO: not_a_number,
    NATS_FOR_BITS: gives(partial(ce.cross_entropy, base=np.e)),
    SWAPPED: gives(lambda p, q: ce.cross_entropy(q, p)),
    NO_MINUS: sign_changed,
    INFINITY_LEFT_OUT: gives(partial(_price, log=_log_or_nothing)),
    EPSILON: _with_epsilon(_price),
}

CROSS_ENTROPY = Question(
    "cross_entropy",
    points=4,
    answer=ce.cross_entropy,
    typical=_pairs,
    special=_pairs_with_zeros,
    mistakes={
        **WRONG_PRICES,
        MEAN_FOR_SUM: gives(lambda p, q: ce.cross_entropy(p, q) / p.size),
        ENTROPY_FOR_PRICE: gives(lambda p, q: ce.entropy(p), lambda p, q: ce.entropy(q)),
        EXTRA_FOR_PRICE: gives(ce.kl_divergence),
    },
)


def _truths_with_beliefs(rng):
    return [(_pmf(rng, size), _pmf(rng, rows, size)) for rows, size in ((4, 4), (3, 6), (2, 5), (8, 2))]


def _beliefs_with_zeros(rng):
    beliefs = np.array([[0.25, 0.0, 0.75], [0.5, 0.5, 0.0], [0.25, 0.25, 0.5]])
    return [(np.array([0.4, 0.0, 0.6]), beliefs), (np.array([0.4, 0.2, 0.4]), beliefs)]


CROSS_ENTROPIES = Question(
    "cross_entropies",
    points=4,
    answer=ce.cross_entropy,
    typical=_truths_with_beliefs,
    special=_beliefs_with_zeros,
    mistakes={
        **WRONG_PRICES,
        WRONG_AXIS: gives(lambda p, q: -np.sum(p * np.log2(q), axis=0)),
        WHOLE_ARRAY: gives(lambda p, q: _price(p, q).sum(), lambda p, q: _price(p, q).mean()),
        MEAN_FOR_SUM: gives(lambda p, q: ce.cross_entropy(p, q) / p.size),
        ENTROPY_FOR_PRICE: gives(lambda p, q: ce.entropy(q)),
    },
)


def _texts(rng):
    """Texts in which each letter of the alphabet occurs, longer than the alphabet."""
    for alphabet, length in (("ab", 9), ("etaoin", 40), ("lhdcu", 23)):
        more = rng.choice(list(alphabet), size=length - len(alphabet), p=_pmf(rng, len(alphabet)))
        yield "".join(rng.permutation([*alphabet, *more])), alphabet, _pmf(rng, len(alphabet))


def _texts_with_zeros(rng):
    q = np.array([0.5, 0.3, 0.2, 0.0])
    long = "".join(rng.choice(["a", "b"], size=4000))  # the product of its probabilities is no float
    halves = np.array([0.5, 0.5])
    return [
        ("abcabac", "abcd", q),
        ("ddabd", "abcd", q),
        ("b", "ab", np.array([0.6, 0.4])),
        (long, "ab", halves),
    ]


def _shares(text, alphabet):
    return np.array([text.count(letter) for letter in alphabet]) / len(text)


def _of_shares(measure):
    """A measure of the shares of the letters and the model, from the arguments of the question."""
    return lambda text, alphabet, q, **options: measure(_shares(text, alphabet), q, **options)


def _kept_only(text, alphabet, q):
    kept = [letter for letter in text if q[alphabet.index(letter)] > 0]
    return ce.cross_entropy(_shares(kept, alphabet), q)


def _infinite_for_long(seen):
    """What a product that underflows leaves behind: a number for short sequences alone."""
    got = numbers(seen.got)
    return len(seen.arguments[0]) > 1000 and got is not None and not np.isfinite(got).any()


BITS_PER_LETTER = Question(
    "bits_per_letter",
    points=4,
    answer=_of_shares(ce.cross_entropy),
    typical=lambda rng: list(_texts(rng)),
    special=_texts_with_zeros,
    mistakes={
        UNDERFLOW: _infinite_for_long,
        NAN_FOR_ZERO: not_a_number,
        NATS_FOR_BITS: gives(_of_shares(partial(ce.cross_entropy, base=np.e))),
        SWAPPED: gives(_of_shares(lambda f, q: ce.cross_entropy(q, f))),
        NO_MINUS: sign_changed,
        SUM_FOR_MEAN: gives(
            lambda text, alphabet, q: len(text) * ce.cross_entropy(_shares(text, alphabet), q)
        ),
        INFINITY_LEFT_OUT: gives(_kept_only, _of_shares(partial(_price, log=_log_or_nothing))),
        EPSILON: _with_epsilon(_of_shares(_price)),
        UNWEIGHTED: gives(_of_shares(lambda f, q: ce.information(q).mean())),
        DIVIDED_BY_ALPHABET: gives(
            lambda text, alphabet, q: len(text) / len(q) * ce.cross_entropy(_shares(text, alphabet), q),
            _of_shares(lambda f, q: ce.cross_entropy(f, q) / q.size),
        ),
        LOG_OF_THE_MEAN: gives(_of_shares(lambda f, q: -np.log2(f @ q))),
        ENTROPY_FOR_PRICE: gives(
            _of_shares(lambda f, q: ce.entropy(f)), _of_shares(lambda f, q: ce.entropy(q))
        ),
    },
)


def _without_infinite_terms(p, q):
    return _extra_of_possible(np.where(q > 0, p, 0), np.where(q > 0, q, 1))


KL_DIVERGENCE = Question(
    "kl_divergence",
    points=4,
    answer=ce.kl_divergence,
    typical=_pairs,
    special=lambda rng: [*_pairs_with_zeros(rng), (BERGEN, BERGEN)],
    mistakes={
        NAN_FOR_ZERO: not_a_number,
        NATS_FOR_BITS: gives(partial(ce.kl_divergence, base=np.e)),
        SWAPPED: gives(lambda p, q: ce.kl_divergence(q, p)),
        NO_MINUS: sign_changed,
        INFINITY_LEFT_OUT: gives(_without_infinite_terms),
        EPSILON: _with_epsilon(_extra, _extra_of_possible),
        MEAN_FOR_SUM: gives(lambda p, q: ce.kl_divergence(p, q) / p.size),
        PRICE_FOR_EXTRA: gives(ce.cross_entropy),
        NEGATIVE_TERMS_CHANGED: gives(
            lambda p, q: np.sum(np.abs(p * np.log2(p / q))),
            lambda p, q: np.sum(np.maximum(p * np.log2(p / q), 0)),
        ),
    },
)


def _pmfs_with_lengths(rng):
    """Pmfs, each with the codeword lengths that another belief asks for; nothing of the code is wasted."""
    for size in (3, 5, 9, 16):
        code = ce.huffman_code(_pmf(rng, size))
        yield _pmf(rng, size), ce.code_lengths(code).astype(int)


def _belief(lengths):
    return 2.0**-lengths


EXTRA_BITS = Question(
    "extra_bits",
    points=2,
    answer=lambda p, lengths: p @ lengths - ce.entropy(p),
    typical=lambda rng: list(_pmfs_with_lengths(rng)),
    special=lambda rng: [
        (np.array([0.3, 0.0, 0.7]), np.array([2, 2, 1])),
        (np.array([0.6, 0.3, 0.1]), np.array([2, 2, 3])),
        (np.array([0.5, 0.125, 0.125, 0.25]), np.array([1, 3, 3, 2])),
    ],
    mistakes={
        NAN_FOR_ZERO: not_a_number,
        NATS_FOR_BITS: gives(lambda p, lengths: (p @ lengths - ce.entropy(p)) * np.log(2)),
        SWAPPED: gives(lambda p, lengths: _extra(_belief(lengths), p)),
        NO_MINUS: sign_changed,
        PRICE_FOR_EXTRA: gives(lambda p, lengths: p @ lengths),
        MIXED_UNITS: gives(lambda p, lengths: p @ lengths - ce.entropy(p, base=np.e)),
        UNWEIGHTED: gives(lambda p, lengths: lengths.mean() - ce.entropy(p)),
        AGAINST_WHOLE_BITS: gives(
            lambda p, lengths: p @ lengths - p @ np.ceil(-_log_or_nothing(p)),
            lambda p, lengths: p @ lengths - ce.expected_length(p, ce.huffman_code(p)),
        ),
        MEAN_FOR_SUM: gives(lambda p, lengths: (p @ lengths - ce.entropy(p)) / p.size),
        WASTE_FORGOTTEN: gives(
            lambda p, lengths: ce.kl_divergence(p, _belief(lengths) / _belief(lengths).sum())
        ),
    },
)


def _both_ways(p, q):
    return ce.kl_divergence(p, q) + ce.kl_divergence(q, p)


def _from_the_middle(p, q):
    middle = (p + q) / 2
    return (ce.kl_divergence(middle, p) + ce.kl_divergence(middle, q)) / 2


JS_DIVERGENCE = Question(
    "js_divergence",
    points=4,
    answer=ce.js_divergence,
    typical=_pairs,
    special=lambda rng: [
        (np.array([0.4, 0.0, 0.6]), np.array([0.3, 0.7, 0.0])),
        (np.array([0.5, 0.5, 0.0, 0.0]), np.array([0.0, 0.0, 0.9, 0.1])),
        (np.array([0.4, 0.0, 0.6]), np.array([0.7, 0.0, 0.3])),
        (BERGEN, BERGEN),
    ],
    mistakes={
        NAN_FOR_ZERO: not_a_number,
        NATS_FOR_BITS: gives(partial(ce.js_divergence, base=np.e)),
        NO_MINUS: sign_changed,
        SQUARE_ROOT: gives(
            lambda p, q: np.sqrt(ce.js_divergence(p, q)),
            lambda p, q: np.sqrt(ce.js_divergence(p, q, base=np.e)),
        ),
        NOT_HALVED: gives(lambda p, q: 2 * ce.js_divergence(p, q)),
        NO_MIDDLE: gives(_both_ways, lambda p, q: _both_ways(p, q) / 2),
        MIDDLE_NOT_HALVED: gives(lambda p, q: ce.js_divergence(p, q) - 1),
        ONE_SIDE: gives(
            lambda p, q: ce.kl_divergence(p, (p + q) / 2), lambda p, q: ce.kl_divergence(q, (p + q) / 2)
        ),
        SWAPPED: gives(_from_the_middle),
        PRICE_FOR_EXTRA: gives(lambda p, q: ce.entropy((p + q) / 2)),
        MEAN_FOR_SUM: gives(lambda p, q: ce.js_divergence(p, q) / p.size),
    },
)


def _observed(rng):
    """Outcomes that come from the first belief, which therefore gains."""
    for size, length in ((2, 6), (3, 12), (6, 40)):
        p, q = _pmf(rng, size), _pmf(rng, size)
        yield rng.choice(size, size=length, p=p), p, q


def _observed_with_zeros(rng):
    p, q = np.array([0.5, 0.5, 0.0, 0.0]), np.array([0.25, 0.0, 0.75, 0.0])
    far, farther = np.array([0.7, 0.2, 0.1]), np.array([0.1, 0.2, 0.7])
    return [
        (np.array([0, 0, 0]), p, q),
        (np.array([0, 1, 0]), p, q),
        (np.array([0, 2, 0]), p, q),
        (rng.choice(3, size=3000, p=far), far, farther),
    ]


def _ratios(outcomes, p, q, log=np.log2):
    return log(p[outcomes]) - log(q[outcomes])


def _evidence(outcomes, p, q, log=np.log2):
    return _ratios(outcomes, p, q, log).sum()


EVIDENCE = Question(
    "evidence",
    points=4,
    answer=_evidence,
    typical=lambda rng: list(_observed(rng)),
    special=_observed_with_zeros,
    mistakes={
        UNDERFLOW: _infinite_for_long,
        NAN_FOR_ZERO: not_a_number,
        NATS_FOR_BITS: gives(partial(_evidence, log=np.log)),
        FOR_THE_OTHER: sign_changed,
        MEAN_FOR_TOTAL: gives(lambda outcomes, p, q: _ratios(outcomes, p, q).mean()),
        EXPECTED_FOR_OBSERVED: gives(
            lambda outcomes, p, q: len(outcomes) * ce.kl_divergence(p, q),
            lambda outcomes, p, q: ce.kl_divergence(p, q),
        ),
        ONE_BELIEF_ALONE: gives(
            lambda outcomes, p, q: np.log2(p[outcomes]).sum(),
            lambda outcomes, p, q: -np.log2(q[outcomes]).sum(),
        ),
        NO_LOGARITHM: gives(lambda outcomes, p, q: np.prod(p[outcomes] / q[outcomes])),
        NOT_SUMMED: gives(_ratios, lambda *arguments: _ratios(*arguments).cumsum()),
        SHIFTED: gives(lambda outcomes, p, q: _evidence(outcomes - 1, p, q)),
        INFINITY_LEFT_OUT: gives(
            lambda outcomes, p, q: _evidence(outcomes[(p * q)[outcomes] > 0], p, q),
            partial(_evidence, log=_log_or_nothing),
        ),
        EPSILON: _with_epsilon(_evidence),
    },
)


# Which row each way to choose a belief picks


def _prices(counts, q):
    """What the counted outcomes cost under each belief, the same number as the reference's but sooner."""
    came = counts > 0
    return _price(counts[came], q[:, came])


def _most_likely(counts, q):
    return _prices(counts, q).argmin()


def _row_after_the_most_likely(counts, q):
    return _most_likely(counts, q) + 1


def _least_likely(counts, q):
    return _prices(counts, q).argmax()


def _least_reverse_divergence(counts, q):
    terms = q * (np.log2(q) - np.log2(counts / counts.sum()))
    return np.where(q > 0, terms, 0).sum(axis=1).argmin()


def _least_reverse_price(counts, q):
    return np.where(q > 0, -q * np.log2(counts / counts.sum()), 0).sum(axis=1).argmin()


def _nearest(counts, q):
    return np.sum((q - counts / counts.sum()) ** 2, axis=1).argmin()


def _nearest_by_sizes(counts, q):
    return np.sum(np.abs(q - counts / counts.sum()), axis=1).argmin()


def _most_likely_if_all_came_once(counts, q):
    return np.log2(q).sum(axis=1).argmax()


def _largest_product(counts, q):
    return np.prod(q**counts, axis=1).argmax()


def _cheapest(counts, q, log=np.log2):
    return _price(counts, q, log).argmin()


def _least_plain_divergence(counts, q):
    return _extra(counts / counts.sum(), q).argmin()


def _cheapest_with_epsilon(counts, q, e):
    return _cheapest(counts, q + e)


def _cheapest_of_possible(counts, q):
    return _cheapest(counts, q, log=_log_or_nothing)


# On each case these pick different rows, so that the answer tells which of them it was.
ALWAYS_APART = (_most_likely, _row_after_the_most_likely, _most_likely_if_all_came_once, _least_likely)
MOSTLY_APART = (*ALWAYS_APART, _nearest, _least_reverse_divergence)


def _telling(draw, ways):
    """The first case drawn on which all these ways pick different rows."""
    with np.errstate(all="ignore"):
        while not _apart(ways, *(case := draw())):
            pass
    return case


def _apart(ways, counts, q):
    picked = set()
    for way in ways:
        row = way(counts, q)
        if row in picked:
            return False
        picked.add(row)
    return True


def _with_exclusions(rng, outcome):
    """Twelve beliefs about four outcomes, two of which exclude this one."""
    q = _pmf(rng, 12, 4)
    q[[4, 6], outcome] = 0
    return q / q.sum(axis=1, keepdims=True)


def _few_counts(rng, classes):
    return rng.integers(1, 15, classes), _pmf(rng, 12, classes)


def _one_outcome_never_came(rng):
    counts, q = rng.integers(1, 15, 4), _with_exclusions(rng, 1)
    counts[1] = 0
    return counts, q


def _the_nearest_belief_excludes_what_came_once(rng):
    shares, q = _pmf(rng, 3), _with_exclusions(rng, 3)
    q[6] = [*shares, 0]
    return np.array([*np.round(999 * shares).astype(int), 1]), q


def _what_two_beliefs_exclude_came_often(rng):
    counts, q = rng.integers(20, 60, 4), _with_exclusions(rng, 2)
    counts[2] = 160
    return counts, q


WOLFS_DIE = np.array([3246, 3449, 2897, 2841, 3635, 3932])


def _hard_choices(rng):
    draws_with_ways = (
        (_one_outcome_never_came, (*MOSTLY_APART, _cheapest, _least_plain_divergence)),
        (
            _the_nearest_belief_excludes_what_came_once,
            (*ALWAYS_APART, partial(_cheapest_with_epsilon, e=1e-16)),
        ),
        (_what_two_beliefs_exclude_came_often, (*MOSTLY_APART, _cheapest_of_possible)),
        (lambda rng: (WOLFS_DIE, _pmf(rng, 12, 6)), (*ALWAYS_APART, _nearest, _largest_product)),
    )
    return [_telling(partial(draw, rng), ways) for draw, ways in draws_with_ways]


MOST_LIKELY = Question(
    "most_likely",
    points=4,
    answer=lambda counts, q: ce.cross_entropy(counts, q, normalize=True).argmin(),
    typical=lambda rng: [_telling(partial(_few_counts, rng, size), MOSTLY_APART) for size in (4, 4, 5, 5, 6)],
    special=_hard_choices,
    mistakes={
        UNDERFLOW: gives(_largest_product),
        NAN_FOR_ZERO: gives(_cheapest, _least_plain_divergence),
        EPSILON: gives(*(partial(_cheapest_with_epsilon, e=e) for e in 10.0 ** -np.arange(2, 17))),
        INFINITY_LEFT_OUT: gives(_cheapest_of_possible),
        ROWS_FROM_ONE: gives(_row_after_the_most_likely),
        LEAST_LIKELY: gives(_least_likely),
        NEAREST: gives(_nearest, _nearest_by_sizes),
        SWAPPED: gives(_least_reverse_divergence, _least_reverse_price),
        UNWEIGHTED: gives(_most_likely_if_all_came_once),
        NO_INDEX: gives(
            lambda counts, q: q[_most_likely(counts, q)],
            lambda counts, q: _prices(counts, q).min() / counts.sum(),
            lambda counts, q: -_prices(counts, q).min(),
        ),
    },
)

ASSIGNMENT = Assignment(
    "a2",
    "Cross-entropy and KL",
    "a2_cross_entropy_and_kl.ipynb",
    (
        WRONG_CODE,
        CROSS_ENTROPY,
        CROSS_ENTROPIES,
        BITS_PER_LETTER,
        KL_DIVERGENCE,
        EXTRA_BITS,
        JS_DIVERGENCE,
        EVIDENCE,
        MOST_LIKELY,
    ),
    words_points=4,
)
