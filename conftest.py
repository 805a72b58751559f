"""How all tests run: notebooks compared with their pictures, laws without a stopwatch."""

from hypothesis import HealthCheck, settings
from nbval.plugin import IPyNbFile

from tests.notebooks.execute import OF_A_LIVE_PAGE

# A law that holds is no less true on a busy machine.
settings.register_profile("course", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("course")


def pytest_collectstart(collector):
    if isinstance(collector, IPyNbFile):  # nbval alone skips pictures
        skipped = [kind for kind in collector.skip_compare if not kind.startswith("image/")]
        collector.skip_compare = (*skipped, *OF_A_LIVE_PAGE)
