"""One JupyterLab and one Chromium serve all tests of this folder."""

import pytest

from .lab import new_page, running_chromium, running_lab

for module in ("racing", "trying", "widget"):
    pytest.register_assert_rewrite(f"tests.browser.{module}")


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
    with new_page(chromium) as page:
        yield page
