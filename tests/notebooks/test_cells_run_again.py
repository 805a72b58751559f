"""A reader scrolls back and runs a cell again: no cell may fail that worked before."""

import copy

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from cecourse.course import course
from tests.notebooks.execute import executed

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("path", course().paths, ids=lambda path: path.stem)
def test_each_cell_runs_twice_and_again_after_the_last(path):
    """The second time from the last cell to the first, so that each meets what the others have left."""
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    twice = [copy.deepcopy(cell) for cell in code for _ in range(2)]
    notebook.cells = twice + copy.deepcopy(code[::-1])
    for cell in notebook.cells:
        cell.execution_count = None
    try:
        executed(notebook, path.parent)
    except CellExecutionError as error:
        failed = max(n for n, cell in enumerate(notebook.cells) if cell.execution_count)
        again = "twice in a row" if failed < len(twice) else "after the last cell"
        pytest.fail(
            f"notebooks/{path.name}, cell {notebook.cells[failed].id}: it fails when it is run {again}, "
            f"because one of its names has another value by then. Give each value its own name.\n{error}"
        )
