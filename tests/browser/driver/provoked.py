"""Notebooks made for a test, and what the course's own explore."""

import ast

import nbformat

from cecourse.figures import FIGURES
from tests.browser.driver.lab import NOTEBOOKS


def notebook(*sources):
    """A notebook of these code cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def explored(path):
    """The figures that a notebook explores, in order, each as its name and its first state."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            yield from _explored(ast.parse(cell.source))


def _explored(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "explore":
            state = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords}
            yield node.args[0].attr, state


def explored_nowhere():
    """The figures with controls that a reader meets only in a cell of their own."""
    met = {name for path in NOTEBOOKS.glob("*.ipynb") for name, _ in explored(path)}
    return [name for name, figure in FIGURES.items() if figure.controls and name not in met]
