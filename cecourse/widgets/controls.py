"""From the description of a control to its ipywidgets: `built(control, value)`."""

import math
from functools import singledispatch
from typing import NamedTuple

import ipywidgets as widgets

from ..figures.drawing.controls import Bars, Choice, LogSlider, Moves, Slider, Steps, Words

_WIDE = widgets.Layout(width="100%")
_LABEL = {"description_width": "initial"}


class Built(NamedTuple):
    """A control in use: what is shown, what is to be watched, and how its value is read and written."""

    box: widgets.Widget
    watched: tuple
    read: object
    write: object


@singledispatch
def built(control, value):
    """The widgets of a control that starts at `value`."""
    raise TypeError(
        f"{control!r} was given; expected a control of cecourse.figures.drawing.controls. "
        "Describe it by one of those, or register another kind here: @built.register"
    )


@built.register
def _(control: Slider, value):
    if isinstance(value, int) and isinstance(control.step, int):
        return _single(_slider(widgets.IntSlider, control, value, "d"))
    return _exact(_slider(widgets.FloatSlider, control, value, f".{control.digits}f"))


@built.register
def _(control: LogSlider, value):
    slider = _slider(widgets.FloatLogSlider, control, value, ".3g", base=control.base)
    return _exact(slider, lambda number: math.log(number, control.base))


@built.register
def _(control: Bars, value):
    longest = max(map(len, control.labels))
    style = {"description_width": f"{longest + 8}ch"}  # room for " (weight)"
    bars = [
        _exact(
            _slider(
                widgets.FloatSlider,
                Slider(label, 0, 100, 0.5, unit="weight"),
                100 * share,
                ".1f",
                style=style,
            )
        )
        for label, share in zip(control.labels, value, strict=True)
    ]

    def write(shares):
        for bar, share in zip(bars, shares, strict=True):
            bar.write(100 * share)

    sliders = tuple(bar.box for bar in bars)
    return Built(widgets.VBox(sliders), sliders, lambda: tuple(bar.read() / 100 for bar in bars), write)


@built.register
def _(control: Choice, value):
    return _single(
        widgets.ToggleButtons(
            options=list(control.options),
            value=value,
            description=control.title,
            style=_LABEL | {"button_width": "auto"},  # no option is cut off
        )
    )


@built.register
def _(control: Steps, value):
    play = widgets.Play(
        value=value, min=0, max=control.last, interval=control.milliseconds, show_repeat=False
    )
    bar = _slider(widgets.IntSlider, Slider(control.label, 0, control.last, 1, control.unit), value, "d")
    box = widgets.HBox([play, bar])
    box.link = widgets.jslink((play, "value"), (bar, "value"))  # kept alive as long as what it links
    return Built(box, (bar,), lambda: bar.value, lambda step: setattr(bar, "value", step))


@built.register
def _(control: Moves, value):
    history = widgets.Text(value=value, layout=widgets.Layout(display="none"))

    def button(letter, words):
        it = widgets.Button(description=words, layout=widgets.Layout(width="auto"))
        it.on_click(lambda _: setattr(history, "value", history.value + letter))
        return it

    back = widgets.Button(description="take back", layout=widgets.Layout(width="auto"))
    back.on_click(lambda _: setattr(history, "value", history.value[:-1]))
    buttons = [button(*move) for move in control.moves] + [back]
    return Built(
        widgets.HBox([*buttons, history], layout=widgets.Layout(flex_flow="row wrap")),
        (history,),
        lambda: history.value,
        lambda moves: setattr(history, "value", moves),
    )


@built.register
def _(control: Words, value):
    return _single(
        widgets.Text(value=value, description=control.title, style=_LABEL, layout=widgets.Layout(width="98%"))
    )


def _slider(kind, control, value, readout_format, style=_LABEL, **more):
    """One slider over the whole width; `control` says what it moves, from where to where."""
    return kind(
        value=value,
        min=control.low,
        max=control.high,
        step=control.step,
        description=control.title,
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
