"""How all tests run: notebooks compared with their pictures, laws without a stopwatch."""

from hypothesis import HealthCheck, settings
from nbval.plugin import IPyNbFile

from tests.notebooks.execute import OF_A_LIVE_PAGE

# A law that holds is no less true on a busy machine. `make test` asks for "quick" on its command line.
settings.register_profile("full", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("full"), max_examples=25)
settings.load_profile("full")


def pytest_collectstart(collector):
    if isinstance(collector, IPyNbFile):  # nbval alone skips pictures
        skipped = [kind for kind in collector.skip_compare if not kind.startswith("image/")]
        collector.skip_compare = (*skipped, *OF_A_LIVE_PAGE)
