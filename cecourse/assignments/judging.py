"""From answers to points, and from wrong answers to the mistakes that explain them."""

from dataclasses import dataclass

from .questions.answers import RIGHT, WRONG, compared
from .questions.mistakes import CHANGED_INPUT, NO_RETURN, Mistake
from .questions.question import Look, cases
from .sandbox.protocol import Failure, Strange


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
