"""Where there is no bubblewrap, nothing can be graded behind it: those tests are left out, and say why."""

import pytest

from cecourse.assignments.sandbox import Limits, complaint


def pytest_collection_modifyitems(items):
    if any(item.get_closest_marker("walled") for item in items):
        why = complaint(Limits())
        for item in items:
            if why and item.get_closest_marker("walled"):
                item.add_marker(pytest.mark.skip(reason=why))
