"""An assignment is a notebook, a module and a bank: what one of them lacks is named, with its file."""

import copy
import dataclasses
import json
import re
from types import SimpleNamespace

import nbformat
import pytest

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.questions.mistakes import NATS_FOR_BITS
from cecourse.assignments.questions.question import Question
from tests.assignments.agreement import disagreements, expect_agreement
from tests.assignments.banks import a1
from tests.assignments.banks.notebooks import SOURCES, answer_cell

A1 = ASSIGNMENTS["a1"]
NOTEBOOK = "notebooks/assignments/a1_information_and_entropy.ipynb"
MODULE = "cecourse/assignments/questions/a1.py"
BANK = "tests/assignments/banks/a1.py"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_notebook_and_module_and_bank_agree(name):
    expect_agreement(name)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_save_in_jupyter_changes_nothing_else(name):
    path = SOURCES / ASSIGNMENTS[name].notebook
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook) + "\n" == text, f"{path}: open it in JupyterLab and save it"


class Files:
    """Copies of the three files of A1, to be spoiled."""

    def __init__(self):
        self.assignment = A1
        self.notebook = json.loads((SOURCES / A1.notebook).read_text(encoding="utf-8"))
        self.bank = SimpleNamespace(RIGHT=copy.deepcopy(a1.RIGHT), WRONG=copy.deepcopy(a1.WRONG))

    def with_questions(self, *questions):
        self.assignment = dataclasses.replace(A1, questions=questions)

    def cell(self, grade_id):
        return answer_cell(self.notebook, grade_id)

    def edit(self, old, new):
        self.notebook = json.loads(json.dumps(self.notebook).replace(old, new))


def _a_question_more_in_the_module(files):
    files.with_questions(*A1.questions, Question("kraft_sum", 2, sum))


def _a_question_more_in_the_notebook(files):
    files.with_questions(*A1.questions[:-1])


def _no_bank_entry(files):
    del files.bank.RIGHT["entropy"], files.bank.WRONG["entropy"]


def _two_right_answers(files):
    del files.bank.RIGHT["entropy"][2:]


def _a_mistake_that_nobody_makes(files):
    files.bank.WRONG["entropy"] = [pair for pair in a1.WRONG["entropy"] if pair[0] != NATS_FOR_BITS]


def _an_entry_too_many(files):
    files.bank.RIGHT["kraft_sum"] = ["..."]


def _other_points(files):
    files.with_questions(*A1.questions[:-1], dataclasses.replace(A1.questions[-1], points=3))


def _another_order(files):
    files.with_questions(*A1.questions[::-1])


def _no_check_cell(files):
    files.notebook["cells"].remove(files.cell("a1-entropy-check"))


def _no_hidden_tests(files):
    check = files.cell("a1-entropy-check")
    check["source"] = [line for line in check["source"] if "expect_right(" not in line]


def _the_test_of_another_question(files):
    files.edit('expect_right(\\"a1-entropy\\", entropy)', 'expect_right(\\"a1-entropies\\", entropy)')


def _no_execution_count(files):
    del files.cell("a1-entropy")["execution_count"]


def _two_cells_of_one_grade_id(files):
    files.notebook["cells"].append(files.cell("a1-entropy"))


def _two_headings_of_one_number(files):
    files.edit("## 9. ", "## 8. ")


def _a_heading_too_few(files):
    files.edit("## 10. ", "## ")


def _other_points_in_the_heading(files):
    files.edit("of one distribution (4 points)", "of one distribution (5 points)")


def _another_count_in_the_first_cell(files):
    files.edit("10 questions", "11 questions")


def _another_total_in_the_first_cell(files):
    files.edit("32 points", "thirty points")


def _no_question_in_words(files):
    files.notebook["cells"].remove(files.cell("a1-words"))


@pytest.mark.parametrize(
    ("spoil", "file", "missing"),
    [
        (_a_question_more_in_the_module, NOTEBOOK, "no answer cell a1-kraft-sum, but .* Add them"),
        (_a_question_more_in_the_module, NOTEBOOK, "the first cell does not say how many questions .* 11"),
        (_a_question_more_in_the_module, BANK, "RIGHT has 0 answers to kraft_sum; .*three"),
        (_a_question_more_in_the_notebook, MODULE, 'EXPECTED_LENGTH = Question."expected_length"'),
        (_no_bank_entry, BANK, r'RIGHT has 0 answers to entropy; .* Write RIGHT\["entropy"\]'),
        (_no_bank_entry, BANK, "WRONG lacks answers to entropy with the mistakes .*missing minus sign"),
        (_two_right_answers, BANK, "RIGHT has 2 answers to entropy; expected three"),
        (_a_mistake_that_nobody_makes, BANK, "WRONG lacks answers to entropy .*natural log where bits"),
        (_an_entry_too_many, BANK, "there are answers to kraft_sum, which is no question"),
        (_other_points, NOTEBOOK, "metadata of a1-expected-length-check say 2 points, but .* says 3"),
        (_another_order, MODULE, "ASSIGNMENT lists expected_length, .*; expected the order"),
        (_no_check_cell, NOTEBOOK, "no check cell a1-entropy-check below the answer cell a1-entropy"),
        (
            _no_hidden_tests,
            NOTEBOOK,
            r'no hidden tests; expected the line expect_right\("a1-entropy", entropy',
        ),
        (_the_test_of_another_question, NOTEBOOK, "the cell a1-entropy-check has no hidden tests"),
        (_no_execution_count, NOTEBOOK, 'the cell a1-entropy lacks .*"execution_count": null'),
        (_two_cells_of_one_grade_id, NOTEBOOK, "2 cells have the grade id a1-entropy; expected one"),
        (_two_headings_of_one_number, NOTEBOOK, r'heading of a question is "## 8\. .* expected "## 9\. '),
        (_a_heading_too_few, NOTEBOOK, r'heading of a question is missing; expected "## 10\. '),
        (_other_points_in_the_heading, NOTEBOOK, r'"## 3\. ... \(5 ...\)"; expected "## 3\. ... \(4 '),
        (_another_count_in_the_first_cell, NOTEBOOK, "first cell does not say how many questions .* 10"),
        (_another_total_in_the_first_cell, NOTEBOOK, "first cell does not say how many points .* 32"),
        (_no_question_in_words, NOTEBOOK, "no cell a1-words, the question in words"),
    ],
)
def test_what_is_missing_is_named_with_the_file_to_open(spoil, file, missing):
    files = Files()
    spoil(files)
    found = list(disagreements(files.assignment, files.notebook, files.bank))
    assert any(re.match(f"{re.escape(file)}: .*{missing}", sentence) for sentence in found), found
