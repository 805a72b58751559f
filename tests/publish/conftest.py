"""Everything here builds with Node.js, so it runs by `make test-published` alone."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
pytest.register_assert_rewrite("tests.publish.player_driver")


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.published)
