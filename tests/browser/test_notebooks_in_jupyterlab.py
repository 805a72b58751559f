"""Every notebook in real JupyterLab and Chromium."""

import pytest

from .lab import NOTEBOOKS
from .trying import try_notebook

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_a_reader_opens_runs_and_moves_everything(path, lab, page):
    tried = try_notebook(page, lab, path)
    print(f"\n{tried}")
    assert ", 0 controls" not in tried
