"""An assignment is a notebook, a module and a bank: what one of them lacks is named, with its file."""

import dataclasses
import json
import re
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest

from cecourse.assignments.questions.answers import gives
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.questions.mistakes import SUM_FOR_MEAN
from cecourse.assignments.questions.question import Assignment, Question
from tests.assignments.agreement import assert_agreement, disagreements
from tests.assignments.banks.notebooks import SOURCES, answer_cell

NOTEBOOK = "notebooks/assignments/x1_example.ipynb"
MODULE = "cecourse/assignments/questions/x1.py"
BANK = "tests/assignments/banks/x1.py"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_notebook_and_module_and_bank_agree(name):
    assert_agreement(name)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_save_in_jupyter_changes_nothing_else(name):
    path = SOURCES / ASSIGNMENTS[name].notebook
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook) + "\n" == text, f"{path}: open it in JupyterLab and save it"


COIN = Question("coin", points=2, answer=lambda: 1.0)
COST = Question("mean_cost", points=4, answer=np.mean, mistakes={SUM_FOR_MEAN: gives(np.sum)})


def _cell(kind, text, grade_id="", **nbgrader):
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    grading = {"grade": False, "solution": False, **nbgrader, "grade_id": grade_id}
    metadata = {"nbgrader": grading} if grade_id else {}
    lines = text.splitlines(keepends=True)
    return {"cell_type": kind, "id": grade_id or "text", "metadata": metadata, "source": lines, **code}


def _three_cells(number, question):
    grade_id = f"x1-{question.name.replace('_', '-')}"
    hidden = f'### BEGIN HIDDEN TESTS\nexpect_right("{grade_id}", {question.name})\n### END HIDDEN TESTS'
    return [
        _cell("markdown", f"## {number}. Eine Frage ({question.points} Punkte)\n\nWie viel?"),
        _cell("code", f"{question.name} = ...", grade_id, solution=True),
        _cell("code", hidden, f"{grade_id}-check", grade=True, points=question.points),
    ]


class Files:
    """The three files of a small assignment that agree, to be spoiled; its notebook is in German."""

    def __init__(self):
        self.questions = [COIN, COST]
        self.cells = [
            _cell("markdown", "# Ein Beispiel\n\n3 Fragen, 11 Punkte."),
            *_three_cells(1, COIN),
            *_three_cells(2, COST),
            _cell("markdown", "## 3. In Worten (5 Punkte)"),
            _cell("markdown", "Darum.", "x1-words", grade=True, solution=True, points=5),
        ]
        self.right = {"coin": ["coin = 1"] * 3, "mean_cost": ["mean_cost = np.mean"] * 3}
        self.wrong = {"coin": [], "mean_cost": [(SUM_FOR_MEAN, "mean_cost = np.sum")]}

    def found(self):
        questions = tuple(self.questions)
        assignment = Assignment("x1", "Example", "x1_example.ipynb", questions, words_points=5)
        bank = SimpleNamespace(RIGHT=self.right, WRONG=self.wrong)
        return list(disagreements(assignment, {"cells": self.cells}, bank))

    def remove(self, grade_id):
        self.cells.remove(answer_cell({"cells": self.cells}, grade_id))

    def edit(self, old, new):
        before = json.dumps(self.cells)
        assert before.count(old) == 1
        self.cells = json.loads(before.replace(old, new))


def test_files_that_agree_are_not_complained_about():
    assert Files().found() == []


def _a_question_more_in_the_module(files):
    files.questions.append(Question("kraft_sum", 2, sum))


def _a_question_more_in_the_notebook(files):
    del files.questions[1]


def _no_bank_entry(files):
    del files.right["mean_cost"], files.wrong["mean_cost"]


def _two_right_answers(files):
    del files.right["coin"][2:]


def _an_entry_too_many(files):
    files.right["kraft_sum"] = ["..."]


def _other_points(files):
    files.questions[1] = dataclasses.replace(COST, points=3)


def _another_order(files):
    files.questions.reverse()


def _no_check_cell(files):
    files.remove("x1-coin-check")


def _no_hidden_tests(files):
    files.edit('expect_right(\\"x1-coin\\", coin)', "")


def _the_test_of_another_question(files):
    files.edit('expect_right(\\"x1-coin\\", coin)', 'expect_right(\\"x1-mean-cost\\", coin)')


def _stored_with_outputs(files):
    answer_cell({"cells": files.cells}, "x1-coin")["execution_count"] = 3


def _no_execution_count(files):
    del answer_cell({"cells": files.cells}, "x1-coin")["execution_count"]


def _two_cells_of_one_grade_id(files):
    files.cells.append(answer_cell({"cells": files.cells}, "x1-coin"))


def _two_headings_of_one_number(files):
    files.edit("## 2. ", "## 1. ")


def _a_heading_too_few(files):
    files.edit("## 3. ", "## ")


def _other_points_in_the_heading(files):
    files.edit("(4 Punkte)", "(5 Punkte)")


def _another_count_in_the_first_cell(files):
    files.edit("3 Fragen", "4 Fragen")


def _another_total_in_the_first_cell(files):
    files.edit("11 Punkte", "elf Punkte")


def _no_question_in_words(files):
    files.remove("x1-words")


@pytest.mark.parametrize(
    ("spoil", "file", "missing"),
    [
        (_a_question_more_in_the_module, NOTEBOOK, "no answer cell x1-kraft-sum, but .* Add them"),
        (_a_question_more_in_the_module, NOTEBOOK, "the first cell says another number of questions.* 4"),
        (_a_question_more_in_the_module, BANK, "RIGHT has 0 answers to kraft_sum; .*three"),
        (_a_question_more_in_the_notebook, MODULE, 'no question .* MEAN_COST = Question."mean_cost"'),
        (_no_bank_entry, BANK, r'RIGHT has 0 answers to mean_cost; .* Write RIGHT\["mean_cost"\]'),
        (_no_bank_entry, BANK, "WRONG lacks answers to mean_cost with the mistakes sum for mean; .* Add"),
        (_two_right_answers, BANK, "RIGHT has 2 answers to coin; expected three"),
        (_an_entry_too_many, BANK, "there are answers to kraft_sum, which is no question"),
        (_other_points, NOTEBOOK, "metadata of x1-mean-cost-check say 4 points, but .* says 3"),
        (_another_order, MODULE, "ASSIGNMENT lists mean_cost, coin; expected the order"),
        (_no_check_cell, NOTEBOOK, "no check cell x1-coin-check below the answer cell x1-coin"),
        (_no_hidden_tests, NOTEBOOK, r'no hidden tests; expected the line expect_right\("x1-coin", coin'),
        (_the_test_of_another_question, NOTEBOOK, "the cell x1-coin-check has no hidden tests"),
        (_stored_with_outputs, NOTEBOOK, "the cell x1-coin was stored with its outputs"),
        (_no_execution_count, NOTEBOOK, 'the cell x1-coin lacks .*"execution_count": null'),
        (_two_cells_of_one_grade_id, NOTEBOOK, "2 cells have the grade id x1-coin; expected one"),
        (_two_headings_of_one_number, NOTEBOOK, r'heading of a question is "## 1\. .* expected "## 2\. '),
        (_a_heading_too_few, NOTEBOOK, r'heading of a question is missing; expected "## 3\. '),
        (_other_points_in_the_heading, NOTEBOOK, r'"## 2\. .* \(5 .*\)"; expected "## 2\. ... \(4 '),
        (_another_count_in_the_first_cell, NOTEBOOK, "first cell says another number of questions.* 3"),
        (_another_total_in_the_first_cell, NOTEBOOK, "first cell says another number of points.* 11"),
        (_no_question_in_words, NOTEBOOK, "no cell x1-words, the question in words"),
    ],
)
def test_what_is_missing_is_named_with_the_file_to_open(spoil, file, missing):
    files = Files()
    spoil(files)
    found = files.found()
    assert any(re.match(f"{re.escape(file)}: .*{missing}", sentence) for sentence in found), found
