"""The mistakes that feedback names, each with a sentence of help."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """What a wrong answer has in common with others of its kind, and what to do about it."""

    name: str
    help: str


NATS_FOR_BITS = Mistake(
    "natural log where bits are asked",
    "Your numbers are ln 2 = 0.693 times the right ones: bits need np.log2, np.log gives nats.",
)
BITS_FOR_NATS = Mistake(
    "log2 where nats are asked",
    "Your numbers are 1/ln 2 = 1.443 times the right ones: nats need np.log, np.log2 gives bits.",
)
SWAPPED = Mistake(
    "arguments swapped",
    "You have exchanged the truth and the model: the first argument is the truth, which weighs the terms, "
    "the second is the model.",
)
SUM_FOR_MEAN = Mistake(
    "sum for mean", "You return the sum where the mean over the samples is asked: divide by their number."
)
MEAN_FOR_SUM = Mistake(
    "mean over all entries",
    "You divide by the number of entries: the sum over the classes is no mean, it has its weights already.",
)
LOG_OF_THE_MEAN = Mistake(
    "logarithm of the mean",
    "You average the probabilities and then take the logarithm: first the logarithms, then their mean.",
)
WRONG_AXIS = Mistake(
    "wrong axis",
    "You sum down the columns: each row is one distribution, its classes stand along the last axis.",
)
WHOLE_ARRAY = Mistake(
    "one number for the whole array",
    "You sum over all rows at once: each row is a distribution and has its own number.",
)
UNWEIGHTED = Mistake(
    "mean without probabilities",
    "You count all outcomes alike: weight each by its probability.",
)
ONE_TERM = Mistake(
    "only one of two outcomes counted",
    "Your sum has the term of one outcome alone: the other, with 1 minus its probability, has a term too.",
)
UNDERFLOW = Mistake(
    "underflow of the product",
    "The product of thousands of probabilities is below the smallest float and becomes 0: add up the "
    "logarithms instead.",
)
SOFTMAX_TWICE = Mistake(
    "softmax applied twice",
    "Your numbers are those of a softmax of a softmax: what goes into the loss is already a probability.",
)
OVERFLOW = Mistake(
    "overflow for large logits",
    "For large scores you return nan or inf: np.exp overflows above 709. Subtract the largest score first.",
)
NAN_FOR_ZERO = Mistake(
    "nan for zero probabilities",
    "Where a probability is 0 you return nan: NumPy makes nan of 0 * log 0. Such a term is 0; leave it out.",
)
EPSILON = Mistake(
    "an epsilon inside the logarithm",
    "Where the right answer is infinite, or very large, yours is another, finite number. Take out the small "
    "number that you add, the bound that you clip to, or nan_to_num: -log 0 is infinite, and that says "
    "something.",
)
NO_MINUS = Mistake(
    "missing minus sign", "Your numbers have the wrong sign: logarithms of probabilities are negative."
)
FROM_ONE = Mistake(
    "labels counted from 1",
    "You pick the class beside the right one: labels count from 0 here, so class 0 is the first column.",
)
A_LIST = Mistake("a list instead of an array", "The numbers are right, but in a list: return a NumPy array.")
WRONG_SHAPE = Mistake(
    "wrong shape", "The numbers are right, but in another shape than the question asks for: compare `.shape`."
)
CHANGED_INPUT = Mistake(
    "changed the input array",
    "Your function changes the array that it is given: work on a copy, without += or /= on the argument.",
)
ROUNDED = Mistake(
    "a rounded number",
    "Your number is the right one rounded or cut off: write the formula, not its decimals.",
)
NO_RETURN = Mistake(
    "nothing returned",
    "Your function returns None: end it with `return` and the result; printing is not enough.",
)
ORDINARY_INPUTS = Mistake(
    "ordinary inputs are wrong too",
    "Begin with an ordinary input, without the special cases: compute a small one by hand, and compare.",
)
