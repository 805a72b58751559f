"""The checks that stand in the notebooks: every right answer passes them, and the solutions pass all."""

import json
import warnings

import pytest

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from tests.assignments.banks import BANKS, notebooks


def run(notebook, answers):
    """Run code cells as a kernel would, one after the other; `answers` is the file in which they stand."""
    names = {}
    with warnings.catch_warnings(action="ignore"):  # of 0 log 0, as in a student's kernel
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                try:
                    exec("".join(cell["source"]), names)
                except Exception as error:
                    grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", cell["id"])
                    pytest.fail(
                        f"The cell {grade_id} stops with {type(error).__name__}: {error}. Expected that "
                        f"the answers in {answers} pass. Correct the answer there, or the check.",
                        pytrace=False,
                    )


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_solutions_pass_the_checks_and_the_hidden_tests(name):
    file = notebooks.SOURCES / ASSIGNMENTS[name].notebook
    run(json.loads(file.read_text(encoding="utf-8")), f"notebooks/assignments/{file.name}")


@pytest.mark.parametrize("name", BANKS)
def test_every_right_answer_passes_the_check_that_students_see(name, bank):
    for variant in range(max(map(len, bank.RIGHT.values()))):
        filled = notebooks.filled(name, notebooks.right(bank, variant))
        run(filled, f"tests/assignments/banks/{name}.py (RIGHT, number {variant} of each question)")


def test_a_solution_that_its_own_check_refuses_is_named_with_its_cell():
    source = (notebooks.SOURCES / ASSIGNMENTS["a1"].notebook).read_text(encoding="utf-8")
    wrong = json.loads(source.replace("-np.log2(4 / 52 * 3 / 51)", "-np.log(4 / 52 * 3 / 51)"))
    with pytest.raises(pytest.fail.Exception, match=r"a1-two-aces-check stops .* Correct the answer there"):
        run(wrong, "the notebook")
