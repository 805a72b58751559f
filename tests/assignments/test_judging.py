"""What an answer may not do to the one who judges it."""

import dataclasses
import tracemalloc

from cecourse.assignments.judging import Reply, judge
from cecourse.assignments.questions.a1 import PREFIX_CODE
from cecourse.assignments.questions.answers import numbers
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
