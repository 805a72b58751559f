"""Whether the three files of an assignment agree: the notebook, the module and the bank of answers.

Each disagreement is a sentence that names the file to open and what to write there."""

import functools
import json
import re
from collections import Counter
from itertools import zip_longest

import pytest

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from tests.assignments.banks import BANKS
from tests.assignments.banks.notebooks import SOURCES

FORMAT = "cecourse/assignments/__init__.py shows how they are written"


@functools.cache
def assert_agreement(name):
    """Fail with all disagreements of one assignment."""
    notebook = json.loads((SOURCES / ASSIGNMENTS[name].notebook).read_text(encoding="utf-8"))
    if found := list(disagreements(ASSIGNMENTS[name], notebook, BANKS[name])):
        pytest.fail("\n".join(found), pytrace=False)


def disagreements(assignment, notebook, bank):
    """Sentences for whoever has changed a question."""
    cells = {grade_id: cell for cell in notebook["cells"] if (grade_id := _nbgrader(cell).get("grade_id"))}
    yield from _in_the_cells(assignment, notebook)
    yield from _of_the_questions(assignment, cells)
    if len(_answers(cells)) > len(assignment.questions):
        return  # what else differs follows from that
    yield from _of_the_points(assignment, cells)
    yield from _in_the_text(assignment, notebook)
    yield from _in_the_bank(assignment, bank)


def _nbgrader(cell):
    return cell["metadata"].get("nbgrader", {})


def _answers(cells):
    """The grade ids of the answer cells."""
    return [i for i, cell in cells.items() if _nbgrader(cell)["solution"] and not _nbgrader(cell)["grade"]]


def _files(assignment):
    name = assignment.name
    return (
        f"notebooks/assignments/{assignment.notebook}",
        f"cecourse/assignments/questions/{name}.py",
        f"tests/assignments/banks/{name}.py",
    )


def _in_the_cells(assignment, notebook):
    file, _, _ = _files(assignment)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and not {"execution_count", "outputs"} <= cell.keys():
            yield (
                f'{file}: the cell {cell["id"]} lacks keys; expected "execution_count": null and '
                '"outputs": []. Open the notebook in JupyterLab and save it.'
            )
        elif cell.get("outputs") or cell.get("execution_count"):
            yield f"{file}: the cell {cell['id']} was stored with its outputs. Clear all outputs, then save."
    counts = Counter(_nbgrader(cell).get("grade_id") for cell in notebook["cells"] if _nbgrader(cell))
    for grade_id, count in counts.items():
        if count > 1:
            yield f"{file}: {count} cells have the grade id {grade_id}; expected one. Rename the others."


def _of_the_questions(assignment, cells):
    file, module, _ = _files(assignment)
    names = {assignment.id(question): question.name for question in assignment.questions}
    answers = _answers(cells)
    for grade_id in answers:
        if grade_id not in names:
            name = grade_id.removeprefix(f"{assignment.name}-").replace("-", "_")
            yield (
                f"{module}: there is no question for the answer cell {grade_id} of {file}; expected "
                f'{name.upper()} = Question("{name}", points=..., answer=..., ...). Write it, or '
                "list it among the questions of ASSIGNMENT."
            )
    for grade_id, name in names.items():
        if grade_id not in answers:
            yield (
                f"{file}: there is no answer cell {grade_id}, but {module} has the question {name}; expected "
                f"three cells: the statement, the answer and the check. Add them; {FORMAT}."
            )
        elif f"{grade_id}-check" not in cells:
            strangers = [i for i in cells if i.endswith("-check") and i.removesuffix("-check") not in names]
            correct = f"Correct the grade id {strangers[0]}" if strangers else "Add it"
            yield (
                f"{file}: there is no check cell {grade_id}-check below the answer cell {grade_id}; expected "
                f"asserts and hidden tests. {correct}; {FORMAT}."
            )
        else:
            yield from _of_the_check(file, grade_id, name, cells[f"{grade_id}-check"])
    if set(answers) == set(names) and answers != list(names):
        yield (
            f"{module}: ASSIGNMENT lists {', '.join(names.values())}; expected the order of the answer cells "
            f"in {file}: {', '.join(names[i] for i in answers)}. Change one of them."
        )


def _of_the_check(file, grade_id, name, cell):
    lines = [line.strip() for line in "".join(cell["source"]).splitlines()]
    hidden = lines[lines.index(_BEGIN) : lines.index(_END)] if {_BEGIN, _END} <= set(lines) else []
    if f'expect_right("{grade_id}", {name})' not in hidden:
        yield (
            f"{file}: the cell {grade_id}-check has no hidden tests; expected the line "
            f'expect_right("{grade_id}", {name}) between {_BEGIN} and {_END}. Add these lines; {FORMAT}.'
        )


_BEGIN, _END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def _points(assignment):
    """What the module says, by grade id, in the order of the notebook."""
    of_questions = {f"{assignment.id(q)}-check": q.points for q in assignment.questions}
    return {**of_questions, assignment.words_id: assignment.words_points}


def _of_the_points(assignment, cells):
    file, module, _ = _files(assignment)
    if assignment.words_id not in cells:
        yield f"{file}: there is no cell {assignment.words_id}, the question in words; {FORMAT}. Add it."
    for grade_id, points in _points(assignment).items():
        given = _nbgrader(cells[grade_id]).get("points") if grade_id in cells else points
        if given != points:
            yield (
                f"{file}: the metadata of {grade_id} say {given} points, but {module} says {points}; "
                "expected the same. Change one of them."
            )


def _in_the_text(assignment, notebook):
    """The numbers that students read: those of the headings, and in the first cell how many there are."""
    file, module, _ = _files(assignment)
    points = list(_points(assignment).values())
    headings = [
        (int(number), int(of), heading)
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown"
        for heading, number, of in re.findall(
            r"^(## (\d+)\. .*\((\d+)\b.*\))$", "".join(cell["source"]), re.MULTILINE
        )
    ]
    expected = list(enumerate(points, 1))
    for has, right in zip_longest(headings, expected):
        if has is None or has[:2] != right:
            given = f'"{has[2]}"' if has else "missing"
            wanted = f'"## {right[0]}. ... ({right[1]} ...)"' if right else f"{len(points)} questions in all"
            yield (
                f"{file}: a heading of a question is {given}; expected {wanted}, from the questions "
                f"of {module} in their order, the one in words last. Change the heading, its place, or the "
                "module."
            )
            break
    numbers = {int(number) for number in re.findall(r"\b\d+\b", "".join(notebook["cells"][0]["source"]))}
    for what, number in (("questions", len(points)), ("points", sum(points))):
        if number not in numbers:
            yield (
                f"{file}: the first cell says another number of {what}, or none; expected {number}, in "
                "digits, the question in words included. Correct it."
            )


def _in_the_bank(assignment, bank):
    _, module, file = _files(assignment)
    names = [question.name for question in assignment.questions]
    for name in sorted({*bank.RIGHT, *bank.WRONG} - set(names)):
        yield f"{file}: there are answers to {name}, which is no question of {module}. Take them out."
    for question in assignment.questions:
        if len(bank.RIGHT.get(question.name, [])) < 3:
            yield (
                f"{file}: RIGHT has {len(bank.RIGHT.get(question.name, []))} answers to {question.name}; "
                f'expected three that are written differently. Write RIGHT["{question.name}"] = [...].'
            )
        tried = {mistake for mistake, _ in bank.WRONG.get(question.name, [])}
        if missing := sorted(mistake.name for mistake in question.mistakes.keys() - tried):
            yield (
                f"{file}: WRONG lacks answers to {question.name} with the mistakes {', '.join(missing)}; "
                f"expected one for each that {module} names. Add pairs (mistake, source) to "
                f'WRONG["{question.name}"].'
            )
