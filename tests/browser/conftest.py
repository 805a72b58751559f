"""One JupyterLab and one Chromium serve all tests of this folder."""

import pytest

from .lab import running_chromium, running_lab

pytest.register_assert_rewrite("tests.browser.trying")


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("course")


@pytest.fixture(scope="session")
def lab(lab_folder):
    with running_lab(lab_folder) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 1600})
    yield context.new_page()
    context.close()
