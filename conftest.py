"""How all tests run: the quick ones unless others are asked for, and notebooks with their pictures."""

import os
import re

import pytest
from hypothesis import HealthCheck, settings
from nbval.plugin import IPyNbCell, IPyNbFile

from cecourse.figures.drawing.cache import versions
from tests.figures.accepted.accepted import accepted
from tests.notebooks.execute import OF_A_LIVE_PAGE

# A law that holds is no less true on a busy machine.
settings.register_profile("full", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("full"), max_examples=25)
settings.load_profile("quick")


def pytest_configure(config):
    # Whoever names a file or folder wants its slow tests too.
    if config.args_source is config.ArgsSource.TESTPATHS and "slow" not in config.option.markexpr:
        config.option.markexpr = f"({config.option.markexpr}) and not slow"


def pytest_collectstart(collector):
    if isinstance(collector, IPyNbFile):  # nbval alone skips pictures
        skipped = [kind for kind in collector.skip_compare if not kind.startswith("image/")]
        collector.skip_compare = (*skipped, *OF_A_LIVE_PAGE)
        if versions() != accepted()["versions"]:  # another Matplotlib draws other bytes: the words count
            collector.sanitize_patterns[r'src="data:image/[^"]*"'] = 'src=""'


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed and isinstance(item, IPyNbCell):
        words = re.sub(r"[A-Za-z0-9+/=]{200,}", "(a picture)", str(report.longrepr))
        notebook = os.path.relpath(item.parent.path, item.config.rootpath)
        report.longrepr = (
            f"{words}\nTo do: open {notebook}, code cell {item.cell_num}. If the new output is right, "
            f"store it with `make execute NB={notebook}` and read `git diff`."
        )
    return report
