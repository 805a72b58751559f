"""The grader, graded: answers whose points and mistakes are known."""

import pytest

from tests.assignments.banks import BANKS
from tests.assignments.banks.__main__ import run_hostile, run_right_and_wrong

pytestmark = pytest.mark.sandbox


@pytest.mark.parametrize("name", BANKS)
def test_right_answers_get_all_points_and_wrong_ones_are_named(name, bank, tmp_path):
    assert run_right_and_wrong(name, bank, tmp_path) == []


def test_hostile_submissions_hurt_nobody_else(tmp_path):
    assert run_hostile(tmp_path) == []
