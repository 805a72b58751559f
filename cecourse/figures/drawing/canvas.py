"""The paper, the pens and the colours that all figures share."""

import contextlib
import contextvars
import functools
import threading
from importlib.resources import files

import numpy as np
from cycler import cycler
from matplotlib import rc_context, rc_params_from_file, rcParams, rcParamsDefault
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import is_color_like, to_hex
from matplotlib.figure import Figure

from ...course import HOME, course

# One meaning each, in every figure.  The names point into the style sheet, so a theme may recolour them.
TRUTH = "C0"  # the target p, what really happens
MODEL = "C1"  # the prediction q, what is believed
COST = "C2"  # what is paid: bits, losses, extra bits
GRADIENT = "C3"  # slopes and directions of descent
QUIET = "C4"  # what stands behind: guides, notes, earlier states
CLASSES = ("C5", "C6", "C7")  # three classes; MARKERS says the same without colour
MARKERS = ("o", "s", "^")
PAPER, INK = "C8", "C9"  # what lies behind everything, and what is written on it
# What course.toml calls these colours, in the order of the cycle.
_NAMES = ("truth", "model", "cost", "gradient", "quiet", "class_0", "class_1", "class_2", "paper", "ink")

LECTURE_WIDTH = 6.4  # inches; a theme of another width scales every figure by the ratio
THEMES = {"lecture": ("course",), "print": ("course", "print"), "dark": ("course", "dark")}
_COLOURED = (
    "figure.facecolor",
    "axes.facecolor",
    "axes.edgecolor",
    "axes.labelcolor",
    "axes.titlecolor",
    "xtick.color",
    "ytick.color",
    "text.color",
    "grid.color",
    "patch.edgecolor",
)
# NumPy's own defaults.  How it prints numbers counts, since Matplotlib makes ids in an SVG of them.
_FAULTS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
_PRINTING = {
    "precision": 8,
    "threshold": 1000,
    "edgeitems": 3,
    "linewidth": 75,
    "suppress": False,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "formatter": None,
    "floatmode": "maxprec",
    "legacy": False,
}
# Matplotlib's settings are one for all threads, and a control may be answered in another one than a cell.
_ALONE = threading.RLock()
_theme = contextvars.ContextVar("theme", default="lecture")
_applied = contextvars.ContextVar("applied", default=None)


@contextlib.contextmanager
def course_style(theme=None):
    """A theme as a context: inside, nothing of the reader's settings counts; outside, they are untouched.

    It is Matplotlib's own defaults, the theme's style sheets, and the colours of course.toml, in this order.
    Without a theme it is the one that is in force, and "lecture" at first.
    """
    theme = theme or _theme.get()
    if theme not in THEMES:
        raise ValueError(
            f"There is no theme {theme!r}; expected one of {', '.join(THEMES)}. Leave it out for lecture."
        )
    if theme == _applied.get():  # entering it once more would cost two milliseconds
        yield
        return
    settings = _settings(theme) | {"svg.fonttype": "none"}
    before = _theme.set(theme), _applied.set(theme)
    try:
        with _ALONE:
            # Only what differs: to set a key costs more than to look at it.
            changed = {setting: value for setting, value in settings.items() if rcParams[setting] != value}
            with rc_context(changed), np.errstate(**_FAULTS), np.printoptions(**_PRINTING):
                yield
    finally:
        _theme.reset(before[0])
        _applied.reset(before[1])


def current_theme():
    """The name of the theme in force."""
    return _theme.get()


@functools.cache
def _settings(theme):
    """Every setting of Matplotlib, as the theme has it."""
    # Which backend draws is no matter of looks, and to ask for it would load one.
    settings = {name: value for name, value in dict.items(rcParamsDefault) if name != "backend"}
    folder = files("cecourse.figures.themes")
    for name in THEMES[theme]:
        settings |= rc_params_from_file(str(folder / f"{name}.mplstyle"), use_default_template=False)
    return settings | _recoloured(theme, settings)


def _recoloured(theme, settings):
    """The settings of colours that course.toml changes: the cycle, and all that has one of its colours."""
    wanted = _colours_of_the_course(theme)
    before = [to_hex(colour) for colour in settings["axes.prop_cycle"].by_key()["color"]]
    after = [wanted.get(name, colour) for name, colour in zip(_NAMES, before, strict=True)]
    paper_and_ink = dict(zip(before[-2:], after[-2:], strict=True))
    others = {name: paper_and_ink.get(to_hex(settings[name]), settings[name]) for name in _COLOURED}
    return {"axes.prop_cycle": cycler(color=after), **others}


def _colours_of_the_course(theme):
    """What course.toml says of the colours of a theme: {name: "#0b4fa8"}."""
    place = HOME / "course.toml"
    said = course().colours if place.exists() else {}  # a wheel carries none
    for name in said.keys() - THEMES.keys():
        raise ValueError(
            f"{place} has the colours of a theme {name!r}; expected {', '.join(THEMES)}. Correct its name."
        )
    for name, colour in said.get(theme, {}).items():
        if name not in _NAMES or not is_color_like(colour):
            raise ValueError(
                f"{place} says {name} = {colour!r} in [colours.{theme}]; expected one of {', '.join(_NAMES)} "
                'and a colour such as "#0b4fa8". Correct that line.'
            )
    return {name: to_hex(colour) for name, colour in said.get(theme, {}).items()}


def colours(theme):
    """Every colour of a theme as "#0b4fa8", in one order for all themes."""
    with course_style(theme):
        cycle = rcParams["axes.prop_cycle"].by_key()["color"]
        return [to_hex(colour) for colour in (*cycle, *(rcParams[setting] for setting in _COLOURED))]


def canvas(rows=1, cols=1, size=None, **subplots):
    """A figure of `rows` x `cols` axes that knows no window and no pyplot: (figure, axes).

    `size` is its width and height in inches in the theme "lecture".
    """
    scale = rcParams["figure.figsize"][0] / LECTURE_WIDTH
    width, height = size or (LECTURE_WIDTH, rcParams["figure.figsize"][1] / scale)
    fig = Figure(figsize=(width * scale, height * scale), layout="constrained")
    FigureCanvasAgg(fig)
    return fig, fig.subplots(rows, cols, **subplots)
