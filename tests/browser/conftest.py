"""One JupyterLab serves all tests of this folder."""

import pytest

from tests.browser.driver.lab import new_page, running_lab

for module in ("racing", "controls", "widget"):
    pytest.register_assert_rewrite(f"tests.browser.driver.{module}")


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
