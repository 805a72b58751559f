"""Submissions as students make them: a released notebook with answers typed into its cells."""

import copy
import functools
import json
from pathlib import Path

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.release import student_version

SOURCES = Path(__file__).parents[3] / "notebooks" / "assignments"


@functools.cache
def _release(name):
    source = (SOURCES / ASSIGNMENTS[name].notebook).read_text(encoding="utf-8")
    return student_version(json.loads(source))


def empty(name):
    """The student's notebook of one assignment, as handed out."""
    return copy.deepcopy(_release(name))


def answer_cell(notebook, grade_id):
    """The cell that a grade id names."""
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def filled(name, answers):
    """A notebook with these sources in the answer cells of the questions."""
    notebook, assignment = empty(name), ASSIGNMENTS[name]
    for question in assignment.questions:
        if question.name in answers:
            cell = answer_cell(notebook, assignment.id(question))
            cell["source"] = answers[question.name].strip().splitlines(keepends=True)
    return notebook


def right(bank, variant=0):
    """The answers of one variant, for every question of a bank."""
    return {name: sources[variant % len(sources)] for name, sources in bank.RIGHT.items()}


def save(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
