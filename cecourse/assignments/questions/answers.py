"""Answers compared with the right ones, and the tests by which a mistake is recognised in a wrong one."""

import numpy as np

from .mistakes import A_LIST, WRONG_SHAPE

# Five digits: float32 and any order of summation pass, every mistake of the table does not.
CLOSE = {"rtol": 1e-5, "atol": 1e-6, "equal_nan": True}
RIGHT, WRONG = "right", "wrong"


def compared(expected, got):
    """RIGHT, WRONG, A_LIST or WRONG_SHAPE."""
    expected, values = np.asarray(expected), numbers(got)
    if values is None or values.size != expected.size:
        return WRONG
    if not np.allclose(values.ravel(), expected.ravel(), **CLOSE):
        return WRONG
    if values.shape != expected.shape:
        return WRONG_SHAPE
    return A_LIST if isinstance(got, list) else RIGHT


def numbers(got):
    """An answer as an array of real numbers, or None."""
    if isinstance(got, list):
        if not _all_numbers(got):
            return None
        try:
            got = np.array(got)
        except ValueError:  # rows of unequal length
            return None
    return got if isinstance(got, np.ndarray | np.generic) and got.dtype.kind in "biuf" else None


def _all_numbers(got):
    """Before NumPy makes an array of it: one of texts is as wide as the longest, times their number."""
    if isinstance(got, list):
        return all(map(_all_numbers, got))
    return isinstance(got, np.ndarray | np.generic)


def close(got, expected):
    """Whether an answer holds these numbers, in whichever form."""
    return compared(expected, got) != WRONG


def gives(*wrong):
    """Recognises an answer that one of these wrong functions of the same arguments gives."""

    def explains(seen):
        with np.errstate(all="ignore"):
            return any(close(seen.got, function(*seen.arguments)) for function in wrong)

    return explains


def not_a_number(seen):
    """nan where a number is right."""
    got = numbers(seen.got)
    return got is not None and np.isnan(got).any() and not np.isnan(np.asarray(seen.expected)).any()


def finite_for_infinite(seen):
    """A number where infinity is right, and nothing else wrong: what an epsilon or a clip does."""
    got, expected = numbers(seen.got), np.asarray(seen.expected)
    if got is None or got.size != expected.size:
        return False
    got, expected = got.ravel(), expected.ravel()
    replaced = np.isinf(expected) & np.isfinite(got) & (np.abs(got) > 5)
    return replaced.any() and np.allclose(got[~replaced], expected[~replaced], **CLOSE)


def rounded(seen):
    """The right number with too few decimals, rounded or cut off."""
    got, right = numbers(seen.got).item(), float(seen.expected)
    return any(10**digits * abs(got - right) < 1 and _is_whole(10**digits * got) for digits in range(6))


def _is_whole(number):
    return abs(number - round(number)) < 1e-6


def sign_changed(seen):
    """The right numbers with the wrong sign."""
    return close(seen.got, -np.asarray(seen.expected))
