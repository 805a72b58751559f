"""What students get: everything they need, and nothing that gives an answer away."""

import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.questions.question import cases
from cecourse.assignments.release import release
from tests.assignments.banks.notebooks import SOURCES, answer_cell

NAMES = list(ASSIGNMENTS)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("student")
    release(SOURCES, folder)
    return folder


def source(name):
    return json.loads((SOURCES / ASSIGNMENTS[name].notebook).read_text(encoding="utf-8"))


def text(out, name):
    return (out / "assignments" / ASSIGNMENTS[name].notebook).read_text(encoding="utf-8")


def secrets(notebook):
    """The lines between the markers, but for what any program has."""
    for cell in notebook["cells"]:
        inside = False
        for line in cell["source"]:
            if "### BEGIN" in line or "### END" in line:
                inside = "BEGIN" in line
            elif inside and len(line.strip()) > 12:
                yield line.strip()


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_solution_or_a_hidden_test_is_in_it(name, out):
    lines = list(secrets(source(name)))
    assert len(lines) > 30
    released = "".join(line for cell in json.loads(text(out, name))["cells"] for line in cell["source"])
    assert [line for line in lines if line in released] == []
    assert not re.search(
        r"BEGIN|END (SOLUTION|HIDDEN)|expect_right|cecourse\.(?!assignments import check\n)", released
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_expected_value_is_in_it(name, out):
    released = text(out, name)
    for question in ASSIGNMENTS[name].questions:
        for case in (case for group in cases(question, 0) for case in group):
            if isinstance(case.expected, list):
                continue
            for value in np.asarray(case.expected, dtype=float).ravel():
                if np.isfinite(value) and value != round(value, 2):
                    assert f"{value:.4g}" not in released, question.name


@pytest.mark.parametrize("name", NAMES)
def test_it_has_no_output_and_its_checks_are_locked(name, out):
    for cell in json.loads(text(out, name))["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
        if cell["metadata"].get("nbgrader", {}).get("locked"):
            assert cell["metadata"]["editable"] is False


@pytest.mark.parametrize("name", NAMES)
def test_each_check_fails_on_the_empty_stub_and_says_what_to_do(name, bank, out):
    """Run as a student's kernel would, one cell after the other."""
    notebook, assignment, names = json.loads(text(out, name)), ASSIGNMENTS[name], {}
    exec("import numpy as np", names)
    for question in assignment.questions:
        for grade_id in (assignment.id(question), f"{assignment.id(question)}-check"):
            try:
                exec("".join(answer_cell(notebook, grade_id)["source"]), names)
            except NotImplementedError as error:
                complaint = str(error)
            except AssertionError as error:
                complaint = str(error)
        assert "yet" in complaint, question.name


def test_the_zip_holds_the_folder_and_is_the_same_every_time(out, tmp_path):
    with zipfile.ZipFile(out / "assignments.zip") as archive:
        assert {Path(name).name for name in archive.namelist()} == {a.notebook for a in ASSIGNMENTS.values()}
    release(SOURCES, tmp_path)
    assert (tmp_path / "assignments.zip").read_bytes() == (out / "assignments.zip").read_bytes()
