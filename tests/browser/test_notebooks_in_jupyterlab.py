"""Every notebook in real JupyterLab and Chromium."""

import pytest

from tests.browser.driver.controls import try_notebook
from tests.browser.driver.lab import NOTEBOOKS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_a_reader_opens_runs_and_moves_everything(path, lab, page):
    tried = try_notebook(page, lab, path)
    print(f"\n{tried}")
    assert ", 0 controls" not in tried
