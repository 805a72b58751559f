"""What an answer may not do to the one who judges it."""

import dataclasses
import tracemalloc

import numpy as np
import pytest

from cecourse.assignments.judging import Reply, judge
from cecourse.assignments.questions.a1 import PREFIX_CODE
from cecourse.assignments.questions.answers import numbers
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.questions.mistakes import ROUNDED
from cecourse.assignments.questions.question import cases


def test_one_long_text_among_many_takes_no_memory():
    """As an array each text would be as wide as the longest."""
    texts = ["x" * 5000] + ["y"] * 4999
    tracemalloc.start()
    assert numbers(texts) is None
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_an_answer_that_trips_its_question_up_is_wrong_and_not_the_end():
    def stumbles(*_):
        raise AttributeError("a list has no shape")

    question = dataclasses.replace(PREFIX_CODE, accepts=stumbles, mistakes={}, points=4)
    calls = [case for group in cases(question, 0) for case in group]
    assert judge(question, [Reply([1.0])] * len(calls)).status == "wrong"


NUMBERS = [q for assignment in ASSIGNMENTS.values() for q in assignment.questions if q.is_number]


@pytest.mark.parametrize("question", NUMBERS, ids=lambda question: question.name)
@pytest.mark.parametrize("digits", range(5))
@pytest.mark.parametrize("shorten", [np.round, lambda x, d: np.floor(x * 10**d) / 10**d])
def test_a_number_with_few_digits_is_right_or_called_rounded(question, digits, shorten):
    short = shorten(float(question.answer()), digits)
    verdict = judge(question, [Reply(np.float64(short))])
    assert verdict.status == "right" or verdict.mistakes == (ROUNDED,)


@pytest.mark.parametrize(
    "answer", [np.float64(7.9), "7.79", np.array([7.79, 7.79]), np.float64(np.inf), None]
)
def test_another_number_or_no_number_is_not_called_rounded(answer):
    assert ROUNDED not in judge(ASSIGNMENTS["a1"].questions[0], [Reply(answer)]).mistakes
