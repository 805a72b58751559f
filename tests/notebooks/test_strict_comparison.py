"""The notebooks of the course are run by nbval; here it is shown what that run refuses."""

import copy
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.notebooks.execute import executed, normalised

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
CELLS = [
    "from IPython.display import display\nimport ipywidgets",
    f"display({{'image/png': '{PNG}'}}, raw=True)",
    "display({'text/html': '<img alt=\"an arch, 1.00 bit high\">', 'text/plain': 'an arch'}, raw=True)",
    "print('0.811 bits')",
    "ipywidgets.IntSlider()",
]


def changed(notebook, cell, mime, old, new):
    notebook = copy.deepcopy(notebook)
    output = notebook.cells[cell].outputs[0]
    texts = output if mime == "text" else output.data
    assert old in texts[mime]
    texts[mime] = texts[mime].replace(old, new)
    return notebook


@pytest.fixture(scope="module")
def failed_cells(tmp_path_factory):
    """Which cells of which notebook fail when pytest runs them with the settings of the course."""
    folder = tmp_path_factory.mktemp("strict")
    good = normalised(executed(new_notebook(cells=list(map(new_code_cell, CELLS))), folder))
    failing = copy.deepcopy(good)
    failing.cells[3].source = "1 / 0"
    notebooks = {
        "good": good,
        "other_picture": changed(good, 1, "image/png", "gABSK", "gABSL"),
        "other_alt_text": changed(good, 2, "text/html", "1.00", "2.00"),
        "other_number": changed(good, 3, "text", "0.811", "0.812"),
        "failing": failing,
    }
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    settings = ["-c", ROOT / "pyproject.toml", "--rootdir", ROOT, "-p", "conftest", "-p", "no:cacheprovider"]
    report = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "--color=no", *settings, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout
    assert len(re.findall(r"^PASSED .*Cell", report, re.M)) == 21, report
    return {
        name: [int(n) for n in re.findall(rf"^FAILED .*{name}.*Cell (\d+)", report, re.M)]
        for name in notebooks
    }


def test_a_notebook_as_it_was_stored_passes_with_its_widget(failed_cells):
    assert failed_cells["good"] == []


def test_a_changed_picture_fails(failed_cells):
    assert failed_cells["other_picture"] == [1]


def test_a_changed_alt_text_fails(failed_cells):
    assert failed_cells["other_alt_text"] == [2]


def test_a_changed_number_fails(failed_cells):
    assert failed_cells["other_number"] == [3]


def test_a_cell_with_an_error_fails(failed_cells):
    assert failed_cells["failing"] == [3]
