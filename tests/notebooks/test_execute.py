import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.notebooks.execute import main

pytestmark = pytest.mark.slow

CELLS = [
    "import ipywidgets\nfrom IPython.display import display",
    "print('one')\nprint('two')",
    "class Still(ipywidgets.IntSlider):\n"
    "    def _repr_mimebundle_(self, **kwargs):\n"
    "        still = {'text/html': '<img alt=\"a slider\">', 'text/plain': 'a slider'}\n"
    "        return super()._repr_mimebundle_(**kwargs) | still",
    "Still()",
    "display({'application/vnd.jupyter.widget-view+json': {'model_id': '1'}}, raw=True)",
]


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A notebook as it is stored after one run."""
    path = tmp_path_factory.mktemp("executed") / "widgets.ipynb"
    notebook = new_notebook(cells=[new_markdown_cell("# Title"), *map(new_code_cell, CELLS)])
    notebook.metadata["language_info"] = {"name": "python", "version": "2.7.18"}
    notebook.cells[1].metadata["execution"] = {"iopub.execute_input": "today"}
    notebook.cells[1].metadata["lecture"] = ["L01"]
    nbformat.write(notebook, path)
    assert main([path]) is None
    return path


def test_a_second_run_changes_no_byte(stored):
    first = stored.read_bytes()
    assert main([stored]) is None
    assert stored.read_bytes() == first


def test_the_cells_are_counted_from_one(stored):
    counts = [cell.get("execution_count") for cell in nbformat.read(stored, as_version=4).cells]
    assert counts == [None, 1, 2, 3, 4, 5]


def test_a_widget_leaves_its_still_picture_and_no_model(stored):
    notebook = nbformat.read(stored, as_version=4)
    shown = notebook.cells[4].outputs[0].data
    assert shown == {"text/html": '<img alt="a slider">', "text/plain": "a slider"}
    assert notebook.cells[5].outputs == []
    assert "widget-view" not in str([cell.get("outputs") for cell in notebook.cells])


def test_two_prints_are_one_output(stored):
    outputs = nbformat.read(stored, as_version=4).cells[2].outputs
    assert [output.text for output in outputs] == ["one\ntwo\n"]


def test_nothing_of_the_machine_stays_and_the_course_s_own_notes_do(stored):
    notebook = nbformat.read(stored, as_version=4)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert notebook.cells[1].metadata == {"lecture": ["L01"]}


def test_a_cell_that_fails_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "fails.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0")]), path)
    before = path.read_bytes()
    complaint = main([path])
    assert "fails.ipynb" in complaint
    assert "ZeroDivisionError" in complaint
    assert path.read_bytes() == before
