"""Settings that a reader may have: Matplotlib's styles, and every key of it with another value."""

import contextlib
import io
import warnings

import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from matplotlib import rc_context, rcParams, rcParamsDefault
from matplotlib.style import library

from cecourse.figures import FIGURES
from cecourse.figures.drawing.description import table

_OTHERS = [
    *("red", "DejaVu Serif", "bold", "STIXGeneral", "a", "1971-01-01", "Europe/Berlin", "serif", "large"),
    *("miter", "stix", "tight", 42, cycler(color=["red"])),
    *(0.5, 3, 7.5, True, False, None, (1.0, 2.0), ["red"], [1, 2], (0.5, 100, 2)),
    *{value for value in dict.values(rcParamsDefault) if isinstance(value, str)},
]


def _another(key):
    """Another value that a key may have, by its own check; None where none was found."""
    value, check = rcParamsDefault[key], rcParams.validate[key]
    numbers = [1.6 * value + 1, 2 * value + 1] if isinstance(value, int | float) else []
    for other in [*numbers, not value, *getattr(check, "valid", ()), *_OTHERS]:
        with contextlib.suppress(ValueError, TypeError, AttributeError, RuntimeError):
            if other is not None and check(other) != value:
                return check(other)


def _others():
    with warnings.catch_warnings(action="ignore"):
        # Of the keys that name a backend none is about looks.
        found = {key: _another(key) for key in sorted(dict.keys(rcParamsDefault)) if "backend" not in key}
    return {key: value for key, value in found.items() if value is not None}


HOSTILE = _others()
STYLES = {name: dict(style) for name, style in library.items()}


@contextlib.contextmanager
def set_to(settings):
    """A reader's settings as a context; also her printing of numbers, and floating-point faults as errors."""
    with rc_context(), np.errstate(all="raise"), np.printoptions(precision=2, suppress=True):
        with warnings.catch_warnings(action="ignore"):  # of keys that are on their way out
            rcParams.update(settings)
        yield


def drawn_by_hand():
    """What Matplotlib's `xkcd` sets."""
    with plt.xkcd():
        return {key: value for key, value in dict.items(rcParams) if value != rcParamsDefault[key]}


def every_kind(name):
    """All that is made of a figure, each as bytes."""
    drawn = FIGURES[name]()
    made = {"words": drawn.description.encode(), "numbers": table(drawn).encode()}
    for kind in ("svg", "pdf", "png"):
        file = io.BytesIO()
        drawn.save(file, kind, dpi=50 if kind == "png" else None)
        made[kind] = file.getvalue()
    drawn.move()
    made["still layer"], made["moving layer"] = drawn.still_layer(), drawn.moving_layer()
    return made
