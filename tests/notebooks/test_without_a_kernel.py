"""Where no kernel runs, every widget is a still picture with its words."""

import re

import nbformat
import pytest
from nbconvert import HTMLExporter

from cecourse.course import course

pytestmark = pytest.mark.slow

NOTEBOOKS = course().paths


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_exported_page_shows_a_described_picture_in_place_of_every_widget(path):
    notebook = nbformat.read(path, as_version=4)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    checks = [cell for cell in code if cell.metadata.get("jupyter", {}).get("source_hidden")]
    figures = sum("figures." in cell.source for cell in code if cell not in checks)
    words = re.findall(r'<img alt="([^"]*)"', page)
    store = f"execute and store it: make execute NB=notebooks/{path.name}"
    assert len(words) >= figures, f"{path}: {len(words)} pictures of {figures} figures; {store}"
    short = [each for each in words if len(each) <= 80]
    assert not short, f"{path}: these descriptions say too little, write a sentence more in `move`: {short}"
    assert "No description has been provided" not in page, f"{path}: a picture has no description; {store}"
    assert "model_id" not in page, f"{path}: the model of a widget is stored; {store}"
