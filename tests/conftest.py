"""One Chromium serves all tests of a module; two at a time cannot run in one process."""

import pytest

from cecourse.publish.tools.chromium import running_chromium


@pytest.fixture(scope="module")
def browser():
    with running_chromium() as browser:
        yield browser
