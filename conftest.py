"""How all tests run: notebooks compared with their pictures, laws without a stopwatch."""

from hypothesis import settings
from nbval.plugin import IPyNbFile

# A law that holds is no less true on a busy machine.
settings.register_profile("course", deadline=None)
settings.load_profile("course")


def pytest_collectstart(collector):
    if isinstance(collector, IPyNbFile):  # nbval alone skips pictures
        collector.skip_compare = tuple(
            kind for kind in collector.skip_compare if not kind.startswith("image/")
        )
