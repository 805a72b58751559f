"""The grader, graded: answers whose points and mistakes are known."""

import pytest

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.questions.mistakes import Mistake
from tests.assignments.banks import BANKS
from tests.assignments.banks.__main__ import run_hostile, run_right_and_wrong

pytestmark = pytest.mark.sandbox


@pytest.mark.parametrize("name", BANKS)
def test_right_answers_get_all_points_and_wrong_ones_are_named(name, tmp_path):
    assert run_right_and_wrong(name, BANKS[name], tmp_path) == []


def test_hostile_submissions_hurt_nobody_else(tmp_path):
    assert run_hostile(tmp_path) == []


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_mistake_that_a_question_can_name_is_in_the_bank(name):
    for question in ASSIGNMENTS[name].questions:
        tried = {mistake for mistake, _ in BANKS[name].WRONG[question.name]}
        assert question.mistakes.keys() <= tried, question.name
        assert len(BANKS[name].RIGHT[question.name]) >= 3
        assert all(isinstance(mistake, Mistake) for mistake in tried)
