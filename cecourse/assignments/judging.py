"""From answers to points, and from wrong answers to the mistakes that explain them."""

from dataclasses import dataclass

from .questions.answers import RIGHT, WRONG, compared, rounded
from .questions.mistakes import CHANGED_INPUT, NO_RETURN, ORDINARY_INPUTS, ROUNDED, Mistake
from .questions.question import AnsweredCase, cases
from .sandbox.protocol import Failure, Unsupported


@dataclass(frozen=True)
class Reply:
    """What one call returned, and whether it changed an argument."""

    value: object
    changed: bool = False


@dataclass(frozen=True)
class Verdict:
    """Points for one question, a status in words, the mistakes named, the first error, and the smallest case
    that is not right."""

    points: float
    status: str
    mistakes: tuple[Mistake, ...] = ()
    failure: Failure | None = None
    example: AnsweredCase | None = None


def judge(question, replies, seed=0):
    """The verdict on a student's replies, in the order of the cases."""
    typical, special = cases(question, seed)
    answers = [_answered(case, reply) for case, reply in zip((*typical, *special), replies, strict=True)]
    marks = [
        _mark(question, answered, reply.changed) for answered, reply in zip(answers, replies, strict=True)
    ]
    if all(mark == RIGHT for mark in marks):
        return Verdict(question.points, "right")
    groups = slice(0, len(typical)), slice(len(typical), None)
    ordinary, special = (tuple(_named(question, answers[group], marks[group])) for group in groups)
    failure = next((answered.got for answered in answers if isinstance(answered.got, Failure)), None)
    example = _smallest(answers[groups[0]], marks[groups[0]]) or _smallest(answers, marks)
    if WRONG not in marks[: len(typical)] and len(typical):
        points, status = question.points / 2, "partly right"
    else:
        points, status = 0, _status(question, answers)
        if special and not ordinary and failure is None:
            ordinary = (ORDINARY_INPUTS,)
    return Verdict(points, status, tuple(dict.fromkeys(ordinary + special)), failure, example)


def _smallest(answers, marks):
    """Of the cases that are not right the one with the smallest arguments, wrong numbers first."""
    bad = [pair for pair in zip(answers, marks, strict=True) if pair[1] != RIGHT]
    smallest = min(
        bad, key=lambda pair: (pair[1] != WRONG, len(str(pair[0].arguments))), default=(None, None)
    )
    return smallest[0]


def _answered(case, reply):
    return AnsweredCase(case.arguments, case.expected, reply.value)


def _mark(question, answered, changed):
    """RIGHT, WRONG, or what is wrong with the form of right numbers."""
    if question.accepts:
        mark = RIGHT if _accepted(question, answered) else WRONG
    else:
        mark = compared(answered.expected, answered.got)
    return CHANGED_INPUT if changed and mark == RIGHT else mark


def _accepted(question, answered):
    """Whether one of the right answers was given; an answer on which `accepts` fails is none of them."""
    if isinstance(answered.got, Failure | Unsupported):
        return False
    try:
        return bool(question.accepts(answered.got, *answered.arguments))
    except Exception:
        return False


def _named(question, answers, marks):
    """The mistakes that explain one group of answers."""
    # Of the form nothing is said where the numbers are wrong as well.
    yield from dict.fromkeys(
        mark for mark in marks if mark == CHANGED_INPUT or (isinstance(mark, Mistake) and WRONG not in marks)
    )
    wrong = [answered for answered, mark in zip(answers, marks, strict=True) if mark == WRONG]
    if not wrong or any(isinstance(answered.got, Failure) for answered in wrong):
        return
    if all(answered.got is None for answered in wrong) and not question.is_number:
        yield NO_RETURN
        return
    tests = {**question.mistakes, ROUNDED: rounded} if question.is_number else question.mistakes
    for mistake, explains in tests.items():
        if all(_holds(explains, answered) for answered in wrong):
            yield mistake
            return


def _holds(explains, answered):
    """Whether the mistake explains the answer; not if its test fails on an answer of another type or
    shape."""
    try:
        return bool(explains(answered))
    except Exception:
        return False


def _status(question, answers):
    answers = [answered.got for answered in answers]
    if question.is_number and answers[0] is None:
        return "not answered"
    if not all(isinstance(answer, Failure) for answer in answers):
        return "wrong"
    return "not answered" if {answer.kind for answer in answers} == {"NotImplementedError"} else "failed"
