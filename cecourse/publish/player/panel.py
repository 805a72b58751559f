"""The controls of a figure as HTML that works by keyboard: ranges, radio buttons, lists, buttons."""

import json
from typing import NamedTuple

from markupsafe import Markup

from ...figures import FIGURES
from ...figures.drawing.controls import Choice, Moves, Words
from ..tools.templates import filled

_NO_SLIDERS = (Choice, Moves, Words)


class _Place(NamedTuple):
    """An axis with its number, the place where it stands and the value it shows there."""

    number: int
    axis: object
    place: int
    value: object


def panel(reached, values, places, key, words):
    """The controls of a figure, hidden until the page can move them.

    `values` are what the axes show at first, `places` where they stand; `key` belongs to the figure alone.
    """
    sliders = [axis for axis in reached.axes if not isinstance(reached.controls[axis.argument], _NO_SLIDERS)]
    axes = [_Place(*each) for each in zip(range(len(places)), reached.axes, places, values, strict=True)]
    return Markup(
        filled(
            __package__,
            "panel.html",
            title=FIGURES[reached.name].title,
            controls=[
                (type(control).__name__, control, [each for each in axes if each.axis.argument == argument])
                for argument, control in reached.controls.items()
            ],
            presets={
                says: json.dumps(places, separators=(",", ":")) for says, places in reached.presets.items()
            },
            room=max((len(text) for axis in sliders for text in axis.texts), default=0),
            key=key,
            words=words,
        )
    )
