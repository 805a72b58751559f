"""The checks that stand in the notebooks: every right answer passes them, and the solutions pass all."""

import json
import warnings

import pytest

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from tests.assignments.banks import BANKS, notebooks


def run(cells):
    """Run code cells as a kernel would, one after the other."""
    names = {}
    with warnings.catch_warnings(action="ignore"):  # of 0 log 0, as in a student's kernel
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_solutions_pass_the_checks_and_the_hidden_tests(name):
    source = (notebooks.SOURCES / ASSIGNMENTS[name].notebook).read_text(encoding="utf-8")
    assert source.count("expect_right(") == len(ASSIGNMENTS[name].questions)
    run(json.loads(source)["cells"])


@pytest.mark.parametrize("name", BANKS)
def test_every_right_answer_passes_the_check_that_students_see(name):
    bank = BANKS[name]
    for variant in range(max(map(len, bank.RIGHT.values()))):
        filled = notebooks.filled(name, notebooks.right(bank, variant))
        assert "NotImplementedError" not in json.dumps(filled)
        run(filled["cells"])
