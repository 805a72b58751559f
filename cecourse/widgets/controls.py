"""The kinds of control a figure can have.  Each builds its ipywidgets and reads and writes one value."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import ipywidgets as widgets

_WIDE = widgets.Layout(width="100%")
_LABEL = {"description_width": "initial"}


class Built(NamedTuple):
    """A control in use: what is shown, what is to be watched, and how its value is read and written."""

    box: widgets.Widget
    watched: tuple
    read: object
    write: object


@dataclass(frozen=True)
class Slider:
    """A number between two ends; `unit` is said in the label."""

    label: str
    low: float
    high: float
    step: float
    unit: str = ""
    digits: int = 2

    def build(self, value):
        if isinstance(value, int) and isinstance(self.step, int):
            return _single(_slider(widgets.IntSlider, self, value, "d"))
        return _exact(_slider(widgets.FloatSlider, self, value, f".{self.digits}f"))


@dataclass(frozen=True)
class LogSlider:
    """A positive number on a logarithmic scale, from `base**low` to `base**high`."""

    label: str
    low: float
    high: float
    step: float
    unit: str = ""
    base: float = 10

    def build(self, value):
        slider = _slider(widgets.FloatLogSlider, self, value, ".3g", base=self.base)
        return _exact(slider, lambda number: math.log(number, self.base))


@dataclass(frozen=True)
class Bars:
    """A weight for each outcome, from 0 to 100; the figure renormalises them to a pmf."""

    labels: tuple

    def build(self, value):
        longest = max(map(len, self.labels))
        bars = [
            _exact(
                _slider(
                    widgets.FloatSlider,
                    Slider(label, 0, 100, 0.5, unit="weight"),
                    100 * share,
                    ".1f",
                    style={"description_width": f"{longest + 8}ch"},  # room for " (weight)"
                )
            )
            for label, share in zip(self.labels, value, strict=True)
        ]

        def write(shares):
            for bar, share in zip(bars, shares, strict=True):
                bar.write(100 * share)

        sliders = tuple(bar.box for bar in bars)
        return Built(widgets.VBox(sliders), sliders, lambda: tuple(bar.read() / 100 for bar in bars), write)


@dataclass(frozen=True)
class Choice:
    """One of a few named values: `options` maps what is shown to the value."""

    label: str
    options: tuple

    def build(self, value):
        return _single(
            widgets.ToggleButtons(
                options=list(self.options),
                value=value,
                description=self.label,
                style=_LABEL | {"button_width": "auto"},  # no option is cut off
            )
        )


@dataclass(frozen=True)
class Steps:
    """A process that is played, or stepped through by hand."""

    label: str
    last: int
    unit: str = "steps"
    milliseconds: int = 300

    def build(self, value):
        play = widgets.Play(value=value, min=0, max=self.last, interval=self.milliseconds, show_repeat=False)
        bar = _slider(widgets.IntSlider, Slider(self.label, 0, self.last, 1, self.unit), value, "d")
        link = widgets.jslink((play, "value"), (bar, "value"))
        box = widgets.HBox([play, bar])
        box.link = link  # kept alive as long as what it links
        return Built(box, (bar,), lambda: bar.value, lambda step: setattr(bar, "value", step))


@dataclass(frozen=True)
class Moves:
    """Buttons that each add one letter to a string; `moves` pairs each letter with its button's words."""

    moves: tuple

    def build(self, value):
        history = widgets.Text(value=value, layout=widgets.Layout(display="none"))

        def button(letter, words):
            it = widgets.Button(description=words, layout=widgets.Layout(width="auto"))
            it.on_click(lambda _: setattr(history, "value", history.value + letter))
            return it

        back = widgets.Button(description="take back", layout=widgets.Layout(width="auto"))
        back.on_click(lambda _: setattr(history, "value", history.value[:-1]))
        buttons = [button(*move) for move in self.moves] + [back]
        return Built(
            widgets.HBox([*buttons, history], layout=widgets.Layout(flex_flow="row wrap")),
            (history,),
            lambda: history.value,
            lambda moves: setattr(history, "value", moves),
        )


@dataclass(frozen=True)
class Words:
    """A line of text that the reader types."""

    label: str

    def build(self, value):
        return _single(
            widgets.Text(
                value=value, description=self.label, style=_LABEL, layout=widgets.Layout(width="98%")
            )
        )


def _slider(kind, ends, value, readout_format, style=_LABEL, **more):
    """One slider over the whole width; `ends` says what it moves, from where to where."""
    return kind(
        value=value,
        min=ends.low,
        max=ends.high,
        step=ends.step,
        description=_labelled(ends.label, ends.unit),
        readout_format=readout_format,
        style=style,
        layout=_WIDE,
        **more,
    )


def _single(widget):
    return Built(widget, (widget,), lambda: widget.value, lambda value: setattr(widget, "value", value))


def _exact(slider, place=float):
    """A slider that keeps the value it is set to, although the page moves it to its nearest step.

    `place` says where on the scale a value stands.
    """
    kept = slider.value

    def read():
        nonlocal kept
        if kept is not None and abs(place(slider.value) - place(kept)) > 0.501 * slider.step:
            kept = None
        return slider.value if kept is None else kept

    def write(value):
        nonlocal kept
        kept = slider.value = value

    return Built(slider, (slider,), read, write)


def _labelled(label, unit):
    return f"{label} ({unit})" if unit else label
