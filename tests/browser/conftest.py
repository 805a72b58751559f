"""One JupyterLab serves all tests of this folder."""

import pytest

from .lab import new_page, running_lab

for module in ("racing", "trying", "widget"):
    pytest.register_assert_rewrite(f"tests.browser.{module}")


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("course")


@pytest.fixture(scope="session")
def lab(lab_folder):
    with running_lab(lab_folder) as address:
        yield address


@pytest.fixture
def page(browser):
    with new_page(browser) as page:
        yield page
