"""The paper, the pens and the colours that all figures share."""

import functools
from importlib.resources import files

from matplotlib import rc_context, rc_params_from_file
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

# One meaning each, in every figure.  The names point into the style sheet, so a theme may recolour them.
TRUTH = "C0"  # the target p, what really happens
MODEL = "C1"  # the prediction q, what is believed
COST = "C2"  # what is paid: bits, losses, extra bits
GRADIENT = "C3"  # slopes and directions of descent
QUIET = "C4"  # what stands behind: guides, notes, earlier states
CLASSES = ("C5", "C6", "C7")  # three classes; MARKERS says the same without colour
MARKERS = ("o", "s", "^")


def course_style():
    """The style sheet as a context: drawing inside it leaves the reader's own settings alone."""
    return rc_context(_style_sheet())


@functools.cache
def _style_sheet():
    return rc_params_from_file(str(files("cecourse.figures") / "course.mplstyle"), use_default_template=False)


def canvas(rows=1, cols=1, size=None, **subplots):
    """A figure of `rows` x `cols` axes that knows no window and no pyplot: (figure, axes)."""
    fig = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(fig)
    return fig, fig.subplots(rows, cols, **subplots)
