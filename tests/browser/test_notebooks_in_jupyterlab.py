"""Every notebook in real JupyterLab and Chromium."""

import pytest

from .lab import NOTEBOOKS
from .trying import try_notebook

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", sorted(path.name for path in NOTEBOOKS.glob("*.ipynb")))
def test_a_reader_opens_runs_and_moves_everything(name, lab, page):
    tried = try_notebook(page, lab, name)
    print(f"\n{tried}")
    assert ", 0 controls" not in tried
