"""From answers to points, and from wrong answers to the mistakes that explain them."""

import warnings
from dataclasses import dataclass

import numpy as np

from . import exchange
from .exchange import Failure, Strange
from .mistakes import A_LIST, CHANGED_INPUT, NO_RETURN, WRONG_SHAPE, Mistake
from .question import Look, cases

# Five digits: float32 and any order of summation pass, every mistake of the table does not.
CLOSE = {"rtol": 1e-5, "atol": 1e-6, "equal_nan": True}
RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True)
class Reply:
    """What one call gave back, and whether it changed an argument."""

    value: object
    changed: bool = False


@dataclass(frozen=True)
class Verdict:
    """Points for one question, a status in a word or two, the mistakes named, and what failed."""

    points: float
    status: str
    mistakes: tuple[Mistake, ...] = ()
    failure: Failure | None = None


def judge(question, replies, seed=0):
    """The verdict on a student's replies, in the order of the cases."""
    typical, special = cases(question, seed)
    looks = [_looked(case, reply) for case, reply in zip((*typical, *special), replies, strict=True)]
    marks = [_mark(question, look, reply.changed) for look, reply in zip(looks, replies, strict=True)]
    if all(mark == RIGHT for mark in marks):
        return Verdict(question.points, "right")
    groups = slice(0, len(typical)), slice(len(typical), None)
    named = dict.fromkeys(
        mistake for group in groups for mistake in _named(question, looks[group], marks[group])
    )
    failure = next((look.got for look in looks if isinstance(look.got, Failure)), None)
    if WRONG not in marks[: len(typical)] and len(typical):
        return Verdict(question.points / 2, "partly right", tuple(named), failure)
    return Verdict(0, _status(question, looks), tuple(named), failure)


def _looked(case, reply):
    return Look(case.arguments, case.expected, reply.value)


def _mark(question, look, changed):
    """RIGHT, WRONG, or what is wrong with the form of right numbers."""
    if question.accepts:
        mark = RIGHT if _accepted(question, look) else WRONG
    else:
        mark = compared(look.expected, look.got)
    return CHANGED_INPUT if changed and mark == RIGHT else mark


def _accepted(question, look):
    """Whether one of the right answers was given; an answer that trips the question up is none of them."""
    if isinstance(look.got, Failure | Strange):
        return False
    try:
        return bool(question.accepts(look.got, *look.arguments))
    except Exception:
        return False


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


# How mistakes look


def gives(*wrong):
    """The look of an answer computed by one of these wrong functions of the same arguments."""

    def look(seen):
        with np.errstate(all="ignore"):
            return any(close(seen.got, function(*seen.arguments)) for function in wrong)

    return look


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


def sign_changed(seen):
    """The right numbers with the wrong sign."""
    return close(seen.got, -np.asarray(seen.expected))


def _named(question, looks, marks):
    """The mistakes that one group of answers shows."""
    yield from dict.fromkeys(mark for mark in marks if isinstance(mark, Mistake))
    wrong = [look for look, mark in zip(looks, marks, strict=True) if mark == WRONG]
    if not wrong or any(isinstance(look.got, Failure) for look in wrong):
        return
    if all(look.got is None for look in wrong) and not question.is_number:
        yield NO_RETURN
        return
    for mistake, explains in question.mistakes.items():
        if all(_holds(explains, look) for look in wrong):
            yield mistake
            return


def _holds(explains, look):
    """Whether the mistake explains the answer; an answer of another kind or shape it does not."""
    try:
        return bool(explains(look))
    except Exception:
        return False


def _status(question, looks):
    answers = [look.got for look in looks]
    if question.is_number and answers[0] is None:
        return "not answered"
    if not all(isinstance(answer, Failure) for answer in answers):
        return "wrong"
    return "not answered" if {answer.kind for answer in answers} == {"NotImplementedError"} else "failed"


def expect_right(grade_id, answer):
    """For nbgrader's hidden tests: AssertionError with the mistake in words unless all answers are right."""
    from .catalogue import find

    question = find(grade_id)
    calls = [case.arguments for group in cases(question, 0) for case in group]
    verdict = judge(question, [_called(question, answer, arguments) for arguments in calls])
    help_ = " ".join(mistake.help for mistake in verdict.mistakes)
    assert verdict.points == question.points, f"{verdict.status}. {help_}".strip()


def _called(question, answer, arguments):
    """What the sandbox would send back, without a sandbox."""
    given = [exchange.encode(argument) for argument in arguments]
    arguments = [exchange.decode(argument) for argument in given]
    with warnings.catch_warnings(
        action="ignore"
    ):  # nbgrader takes any output on the error stream for a failure
        value = answer if question.is_number else answer(*arguments)
    return Reply(
        exchange.decode(exchange.encode(value)),
        [exchange.encode(argument) for argument in arguments] != given,
    )
