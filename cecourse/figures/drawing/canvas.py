"""The paper, the pens and the colours that all figures share."""

import contextlib
import contextvars
import functools
from importlib.resources import files

from matplotlib import rc_context, rc_params_from_file, rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

# One meaning each, in every figure.  The names point into the style sheet, so a theme may recolour them.
TRUTH = "C0"  # the target p, what really happens
MODEL = "C1"  # the prediction q, what is believed
COST = "C2"  # what is paid: bits, losses, extra bits
GRADIENT = "C3"  # slopes and directions of descent
QUIET = "C4"  # what stands behind: guides, notes, earlier states
CLASSES = ("C5", "C6", "C7")  # three classes; MARKERS says the same without colour
MARKERS = ("o", "s", "^")
PAPER, INK = "C8", "C9"  # what lies behind everything, and what is written on it

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
_theme = contextvars.ContextVar("theme", default="lecture")
_applied = contextvars.ContextVar("applied", default=None)


@contextlib.contextmanager
def course_style(theme=None, letters="none"):
    """The style sheets of a theme, as a context: outside it the reader's own settings are untouched.

    Without a theme it is the one that is in force, and "lecture" at first.  In an SVG, letters stay text, or
    become outlines with `letters="path"`.
    """
    theme = theme or _theme.get()
    if theme not in THEMES:
        raise ValueError(
            f"There is no theme {theme!r}; expected one of {', '.join(THEMES)}. Leave it out for lecture."
        )
    if theme == _applied.get():  # entering it once more would cost a millisecond
        yield
        return
    before = _theme.set(theme), _applied.set(theme)
    try:
        with rc_context(_style_sheet(theme) | {"svg.fonttype": letters}):
            yield
    finally:
        _theme.reset(before[0])
        _applied.reset(before[1])


def current_theme():
    """The name of the theme in force."""
    return _theme.get()


@functools.cache
def _style_sheet(theme):
    folder = files("cecourse.figures.themes")
    sheets = [
        rc_params_from_file(str(folder / f"{name}.mplstyle"), use_default_template=False)
        for name in THEMES[theme]
    ]
    return {setting: value for sheet in sheets for setting, value in sheet.items()}


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
