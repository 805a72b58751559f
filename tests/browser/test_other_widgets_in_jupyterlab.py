"""The widgets that no notebook shows: readers are asked to try most of them in a cell of their own."""

import nbformat
import pytest

from tests.browser.driver.controls import assert_nothing_went_wrong, opened, try_every_control
from tests.browser.driver.lab import new_page
from tests.browser.driver.provoked import explored_nowhere, notebook

pytestmark = pytest.mark.browser
OTHERS = explored_nowhere()


@pytest.fixture(scope="module")
def reader(lab_folder, lab, browser):
    cells = [f"explore(figures.{name})" for name in OTHERS]
    imports = "from cecourse import figures\nfrom cecourse.widgets import explore"
    nbformat.write(notebook(imports, *cells), lab_folder / "notebooks" / "others.ipynb")
    with new_page(browser) as page:
        reader, _ = opened(page, lab, "others.ipynb")
        assert len(reader.explorers()) == len(OTHERS)
        yield reader


@pytest.mark.parametrize("name", OTHERS)
def test_a_reader_moves_everything_in_a_new_cell(name, reader):
    assert try_every_control(reader.explorers()[OTHERS.index(name)], reader, (name, {})) > 0
    assert_nothing_went_wrong(reader)
