"""A course that has nbgrader can hand out and grade the same notebooks there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from tests.assignments.agreement import assert_agreement
from tests.assignments.banks import BANKS, notebooks

pytest.importorskip("nbgrader")

POINTS = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    notebook = book.find_submission_notebook(*sys.argv[1:])
    print(json.dumps({grade.name: grade.auto_score for grade in notebook.grades if grade.max_score}))
"""


def run(course, *command):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic
    done = subprocess.run(
        [sys.executable, *command],
        cwd=course,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module", params=BANKS)
def course(request, tmp_path_factory):
    """A course in which one assignment is handed out; its name and folder."""
    name = request.param
    assert_agreement(name)
    folder = tmp_path_factory.mktemp(name)
    notebook = ASSIGNMENTS[name].notebook
    (folder / "source" / name).mkdir(parents=True)
    (folder / "source" / name / notebook).write_bytes((notebooks.SOURCES / notebook).read_bytes())
    run(folder, "-m", "nbgrader", "generate_assignment", name, "--create")
    return name, folder


def points(course, student, answers):
    """Hand in these answers; what nbgrader gives for each question, and for the words."""
    name, folder = course
    assignment = ASSIGNMENTS[name]
    released = json.loads((folder / "release" / name / assignment.notebook).read_text(encoding="utf-8"))
    for question in assignment.questions:
        cell = notebooks.answer_cell(released, assignment.id(question))
        cell["source"] = answers[question.name].strip().splitlines(keepends=True)
    # What is as it was handed out gets no points without a look.
    notebooks.answer_cell(released, assignment.words_id)["source"] = "An answer in words."
    notebooks.save(released, folder / "submitted" / student / name / assignment.notebook)
    run(folder, "-m", "nbgrader", "autograde", name, "--create", "--student", student)
    stem = assignment.notebook.removesuffix(".ipynb")
    given = json.loads(run(folder, "-c", POINTS, stem, name, student))
    assert given.pop(assignment.words_id) is None  # a person's
    return {question.name: given[f"{assignment.id(question)}-check"] for question in assignment.questions}


def test_the_release_is_the_same_but_for_the_stub(course):
    name, folder = course
    theirs = json.loads((folder / "release" / name / ASSIGNMENTS[name].notebook).read_text(encoding="utf-8"))
    stub = re.compile(r"NotImplementedError\(.*\)")
    for one, other in zip(notebooks.empty(name)["cells"], theirs["cells"], strict=True):
        assert stub.sub("", "".join(one["source"])) == stub.sub("", "".join(other["source"])).rstrip("\n")


def test_right_answers_get_all_points(course):
    questions = ASSIGNMENTS[course[0]].questions
    right = notebooks.right(BANKS[course[0]], 1)
    assert points(course, "right", right) == {question.name: question.points for question in questions}


def test_wrong_answers_get_none(course):
    bank = BANKS[course[0]]
    wrong = {name: wrongs[0][1] for name, wrongs in bank.WRONG.items()}
    assert set(points(course, "wrong", wrong).values()) == {0}


def test_what_passes_the_checks_that_students_see_is_found_by_the_hidden_ones(course):
    name, _ = course
    bank, assignment = BANKS[name], ASSIGNMENTS[name]
    sly = {
        question.name: _passing(name, assignment.id(question), bank, question)
        for question in assignment.questions
    }
    unseen = {question for question, source in sly.items() if source}
    assert unseen
    given = points(course, "sly", {**notebooks.right(bank, 1), **{q: sly[q] for q in unseen}})
    assert {question for question, score in given.items() if score == 0} == unseen


def _passing(name, grade_id, bank, question):
    """A wrong answer with which the check in the notebook runs through, or None."""
    check = "".join(notebooks.answer_cell(notebooks.empty(name), f"{grade_id}-check")["source"])
    for _, source in bank.WRONG[question.name]:
        try:
            with np.errstate(all="ignore"):
                exec(f"{source}\n{check}", {"np": np})
        except Exception:
            continue
        return source
    return None
