"""Where no kernel runs, every widget is a still picture with its words."""

import re
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

pytestmark = pytest.mark.slow

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9]*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_exported_page_shows_a_described_picture_in_place_of_every_widget(path):
    notebook = nbformat.read(path, as_version=4)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    widgets = sum("explore(" in cell.source for cell in notebook.cells if cell.cell_type == "code")
    figures = sum("figures." in cell.source for cell in notebook.cells if cell.cell_type == "code")
    words = re.findall(r'<img alt="([^"]*)"', page)
    assert widgets > 0
    assert len(words) >= figures
    assert all(len(each) > 80 for each in words)
    assert "No description has been provided" not in page
    assert "model_id" not in page
