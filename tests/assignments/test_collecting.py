"""What is collected from a folder: notebooks under whatever name, and a clear reason for what is not one."""

import json

import pytest

from cecourse.assignments.collecting import collect
from tests.assignments.banks import notebooks


@pytest.mark.parametrize("place", ["ada.IPYNB", "ada.Ipynb", "ada/A1.IPYNB"])
def test_a_notebook_may_have_its_suffix_in_capitals(place, tmp_path):
    notebooks.save(notebooks.empty("a1"), tmp_path / place)
    (submission,) = collect(tmp_path)
    assert (submission.student, submission.assignment, submission.complaint) == ("ada", "a1", "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"worksheets": [{"cells": []}], "nbformat": 3}, "in the old format nbformat 3; open and save it in"),
        ([1, 2], "it is JSON, but not of a notebook"),
        ({"cells": 3}, "it has no list of at most 1000 cells"),
        ({"cells": []}, "none of its cells answers a question"),
    ],
)
def test_what_is_no_notebook_of_today_is_refused_with_the_reason(content, reason, tmp_path):
    (tmp_path / "ada.ipynb").write_text(json.dumps(content))
    (submission,) = collect(tmp_path)
    assert reason in submission.complaint
