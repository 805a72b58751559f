"""The controls of a figure as HTML that works by keyboard: ranges, radio buttons, lists, buttons."""

import json
from html import escape
from typing import NamedTuple

from ...figures import FIGURES
from ...figures.drawing.controls import Bars, Choice, Moves, Steps, Words

_NO_SLIDERS = (Choice, Moves, Words)
_FEW = 6  # options that stand side by side; more fold into a list


class _Place(NamedTuple):
    """An axis with its number, the place where it stands and the value it shows there.

    `room` is the number of letters of the longest value that a slider of the figure shows.
    """

    number: int
    axis: object
    place: int
    value: object
    room: int


def panel(reached, values, places, key):
    """The controls of a figure, hidden until the page can move them.

    `values` are what the axes show at first, `places` where they stand; `key` belongs to the figure alone.
    """
    title = escape(FIGURES[reached.name].title)
    sliders = [axis for axis in reached.axes if not isinstance(reached.controls[axis.argument], _NO_SLIDERS)]
    room = max((len(text) for axis in sliders for text in axis.texts), default=0)
    axes = [
        _Place(number, *each, room)
        for number, each in enumerate(zip(reached.axes, places, values, strict=True))
    ]
    controls = "".join(
        _control(control, [each for each in axes if each.axis.argument == argument], key)
        for argument, control in reached.controls.items()
    )
    return (
        f'<fieldset class="figure-controls" hidden><legend>Move the figure “{title}”</legend>\n'
        f"{controls}{_presets(reached)}</fieldset>\n"
    )


def _control(control, axes, key):
    if isinstance(control, Bars):
        bars = "".join(
            _slider(label, control, each) for label, each in zip(control.labels, axes, strict=True)
        )
        return _group("weights, divided by their sum", bars)
    [axis] = axes
    match control:
        case Choice(label=label) if axis.axis.steps <= _FEW:
            return _group(label, "".join(_option(axis, place, key) for place in range(axis.axis.steps)))
        case Choice(label=label):
            return _list(label, axis)
        case Words(label=label):
            return _list(f"{label} (one of these; in the notebook, any)", axis)
        case Moves(moves=moves):
            buttons = "".join(_button(words, "add", letter) for letter, words in moves)
            return _group("moves", buttons + _button("take back", "back"), f' data-moves="{axis.number}"')
        case Steps(milliseconds=milliseconds):
            buttons = _button("play", "play", milliseconds) + _button("one back", "step", -1)
            buttons += _button("one on", "step", 1)
            slider = _slider(control.title, control, axis)
            return f'<div data-played="{axis.number}">\n{slider}{buttons}</div>\n'
        case _:
            return _slider(control.title, control, axis)


def _slider(label, control, each):
    text = escape(control.said(each.value))
    return (
        f'<div class="figure-slider"><label><span>{escape(label)}</span>'
        f'<input type="range" min="0" max="{each.axis.steps - 1}" step="1" value="{each.place}" '
        f'data-axis="{each.number}" aria-valuetext="{text}"></label>'
        f'<span class="figure-value" aria-hidden="true" style="min-width:{each.room}ch">{text}</span></div>\n'
    )


def _option(each, place, key):
    checked = " checked" if place == each.place else ""
    return (
        f'<label class="figure-option"><input type="radio" name="{key}-{each.number}" value="{place}" '
        f'data-axis="{each.number}"{checked}> {escape(each.axis.texts[place])}</label>\n'
    )


def _list(label, each):
    options = "".join(
        f'<option value="{place}"{" selected" if place == each.place else ""}>{escape(text)}</option>'
        for place, text in enumerate(each.axis.texts)
    )
    return (
        f'<label class="figure-list"><span>{escape(label)}</span> '
        f'<select data-axis="{each.number}">{options}</select></label>\n'
    )


def _presets(reached):
    buttons = "".join(
        _button(words, "set", json.dumps(places, separators=(",", ":")))
        for words, places in reached.presets.items()
    )
    return f'<div class="figure-buttons">{buttons}{_button("reset", "reset")}</div>\n'


def _button(words, does, value=""):
    return f'<button type="button" data-{does}="{escape(str(value))}">{escape(words)}</button>\n'


def _group(legend, controls, attributes=""):
    return f"<fieldset{attributes}><legend>{escape(legend)}</legend>\n{controls}</fieldset>\n"
