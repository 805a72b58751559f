"""What stands behind `explore`: a figure, its controls and its state in words, moved by a kernel."""

import reprlib

import anywidget
import traitlets

from ..figures import FIGURES
from ..figures.drawing.canvas import course_style
from ..figures.drawing.interactive import InteractiveFigure
from .spec import from_page, own, picture, spec, style_sheet

_VIEW = "application/vnd.jupyter.widget-view+json"


class Explorer(anywidget.AnyWidget):
    """A drawn figure that a reader moves: `spec` never changes, `shown` is its picture and its words.

    A page sends the state it wants and a number; the picture that answers carries the number.
    """

    _esm = own("front.js") + own("kernel.js")
    _css = style_sheet()
    spec = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, drawn, controls, presets):
        self.described, self.controls = drawn, controls
        self._asked = dict(drawn.state)
        super().__init__(spec=spec(drawn, controls, presets), shown=self._picture(""))
        self.on_msg(self._answer)

    @property
    def problem(self):
        """The last refusal, in words, or None."""
        return self.shown["problem"]

    def set(self, **state):
        """Set several controls at once; the picture is drawn once."""
        for name in state.keys() - self.controls.keys():
            raise TypeError(
                f"There is no control {name!r}; expected one of {', '.join(self.controls)}. Correct its name."
            )
        self._move(state, "")

    def read(self):
        """The value of every control, by the figure's own argument names."""
        return {name: self._asked[name] for name in self.controls}

    def _answer(self, _, content, buffers):
        state = content["state"]
        wanted = {name: from_page(control, state[name]) for name, control in self.controls.items()}
        self._move(wanted, content["number"])

    def _move(self, state, number):
        self._asked |= state
        with course_style(self.described.theme):
            try:
                self.described.move(**self._asked)
                self.shown = self._picture(number)
            except ValueError as refusal:  # a state the mathematics refuses, said in its own words
                self.shown = self.shown | {"problem": str(refusal), "number": number}

    def _picture(self, number):
        return picture(self.described) | {"number": number}

    def _repr_mimebundle_(self, **kwargs):
        """The widget where a kernel runs; the still picture with its words everywhere else."""
        widget = super()._repr_mimebundle_()
        bundle = widget[0] if isinstance(widget, tuple) else widget
        return self.described._repr_mimebundle_() | {_VIEW: bundle[_VIEW]}


def explore(figure, **state):
    """Put a figure under its controls.

    `figure` is one of the course's figures, the function; `state` replaces its first values.  Raises
    TypeError for anything else, and ValueError for a figure that has no controls.
    """
    if not any(figure is known for known in FIGURES.values()):
        name = getattr(figure, "name", "binary_entropy_curve")
        raise TypeError(
            f"`explore` was given {_short(figure)}; expected one of the course's figures, without "
            f"parentheses. Try: explore(figures.{name})"
        )
    if not figure.controls:
        with_controls = sorted(name for name, known in FIGURES.items() if known.controls)
        raise ValueError(
            f"{figure.name} has no controls; those that have: {', '.join(with_controls)}. "
            f"Call figures.{figure.name}() to see it as a still picture."
        )
    drawn = figure(**state)
    for name, control in figure.controls.items():
        if not control.reaches(drawn.state[name]):
            raise ValueError(
                f"`explore` was given {name}={drawn.state[name]!r}; its control reaches {control}. Give a "
                "value from there."
            )
    return Explorer(drawn, figure.controls, figure.presets)


def _short(given):
    """What was given, in a few words."""
    return "a drawn figure" if isinstance(given, InteractiveFigure) else reprlib.repr(given)
