"""Tests marked `sandbox` stop with the reason where no sandbox can be started."""

import pytest

from cecourse.assignments.sandbox.sandbox import Limits, why_unavailable
from tests.assignments.agreement import assert_agreement
from tests.assignments.banks import BANKS


@pytest.fixture
def bank(name):
    """The answers to the assignment of this name, once its three files agree."""
    assert_agreement(name)
    return BANKS[name]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    if any(item.get_closest_marker("sandbox") for item in items) and (why := why_unavailable(Limits())):
        raise pytest.UsageError(why)
