"""All assignments."""

from . import a1, a2, a3, a4

ASSIGNMENTS = {each.ASSIGNMENT.name: each.ASSIGNMENT for each in (a1, a2, a3, a4)}


def find(grade_id):
    """The question with this grade id."""
    assignment = ASSIGNMENTS[grade_id.partition("-")[0]]
    return {assignment.id(question): question for question in assignment.questions}[grade_id]
