"""What stands behind `explore`: a figure in two layers, its controls, and its state in words.

What stands still is drawn once.  A control that moves redraws the moving artists alone: milliseconds.
"""

import html
import reprlib
from importlib.resources import files

import ipywidgets as widgets
from IPython.display import display

from ..figures import FIGURES
from ..figures.drawing.canvas import colours
from ..figures.drawing.interactive import InteractiveFigure, image_tag
from .controls import built

_SAME_PLACE = {"grid_area": "1 / 1", "margin": "0", "padding": "0"}
_LETTERS_A_LINE = 85
_LAYER_CSS = "display:block;max-width:100%;height:auto"


class Explorer(widgets.VBox):
    """A described figure under its controls.  `problem` holds the last refusal, in words, or None."""

    def __init__(self, described, controls, presets):
        self.described = described
        self.problem = None
        self._start = dict(described.state)
        self._silent = False
        self.controls = {name: built(control, described.state[name]) for name, control in controls.items()}
        self._still = widgets.HTML(layout=widgets.Layout(**_SAME_PLACE))
        self.picture = widgets.HTML(layout=widgets.Layout(**_SAME_PLACE))
        self.readout = widgets.HTML()
        # Room for the words, and for one more line than now: the page below must not jump.
        self._room = 1.5 * (len(described.description) // _LETTERS_A_LINE + 2)
        if described.moving:
            self._still.value = image_tag(described.still_layer(), "png", "", described.size(), _LAYER_CSS)
        for control in self.controls.values():
            for widget in control.watched:
                widget.observe(self._changed, "value")
        self._show()
        super().__init__(
            [
                widgets.GridBox([self._still, self.picture]),
                *(control.box for control in self.controls.values()),
                self._buttons(presets),
                self.readout,
            ],
            layout=widgets.Layout(max_width=f"{described.size()[0] + 20}px"),
        )
        self.add_class("cecourse-explorer")

    def set(self, **state):
        """Set several controls at once; the picture is drawn once."""
        self._silent = True
        try:
            for name, value in state.items():
                self.controls[name].write(value)
        finally:
            self._silent = False
        self._changed()

    def read(self):
        """The value of every control, by the figure's own argument names."""
        return {name: control.read() for name, control in self.controls.items()}

    def _changed(self, change=None):
        if self._silent:
            return
        with self.described.outlined():
            try:
                self.described.move(**self.read())
                self.problem = None
            except ValueError as refusal:  # a state the mathematics refuses, said in its own words
                self.problem = str(refusal)
            self._show()

    def _show(self):
        figure = self.described
        if self.problem is None:
            layer, subtype = (
                (figure.moving_layer(), "svg+xml") if figure.moving else (figure.still_layer(), "png")
            )
            self.picture.value = image_tag(layer, subtype, figure.description, figure.size(), _LAYER_CSS)
        self._say()

    def _say(self):
        words = html.escape(self.problem or self.described.description)
        self.readout.value = f'<p class="cecourse-readout" style="min-height:{self._room}em">{words}</p>'

    def _buttons(self, presets):
        def button(words, state):
            it = widgets.Button(description=words, layout=widgets.Layout(width="auto"))
            it.on_click(lambda _: self.set(**state))
            return it

        reset = {name: self._start[name] for name in self.controls}
        row = [button(words, state) for words, state in presets.items()] + [button("reset", reset)]
        return widgets.HBox(row, layout=widgets.Layout(flex_flow="row wrap", margin="8px 0 0"))

    def _repr_mimebundle_(self, **kwargs):
        """The widget where a kernel runs; the still picture with its words everywhere else."""
        still = self.described._repr_mimebundle_()
        return still | {"application/vnd.jupyter.widget-view+json": super()._repr_mimebundle_()[_VIEW]}


_VIEW = "application/vnd.jupyter.widget-view+json"


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
    explorer = Explorer(figure(**state), figure.controls, figure.presets)
    display({"application/javascript": _page_script()}, raw=True)
    return explorer


def _short(given):
    """What was given, in a few words."""
    return "a drawn figure" if isinstance(given, InteractiveFigure) else reprlib.repr(given)


def _page_script():
    """The script of a page with explorers; it frames what has the focus in the colour of the model."""
    focus = f'document.documentElement.style.setProperty("--cecourse-focus", "{colours("lecture")[1]}");\n'
    return focus + (files("cecourse.widgets") / "page.js").read_text(encoding="utf-8")
