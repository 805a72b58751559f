"""One JupyterLab serves all tests of this folder."""

import pytest

from .lab import running_lab

pytest.register_assert_rewrite("tests.browser.trying")


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("course")


@pytest.fixture(scope="session")
def lab(lab_folder):
    with running_lab(lab_folder) as address:
        yield address


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    yield context.new_page()
    context.close()
