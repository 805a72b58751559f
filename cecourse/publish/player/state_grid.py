"""The states of a figure that are drawn beforehand: all that its controls reach, or the most telling."""

import math
from dataclasses import dataclass, replace
from itertools import product

from ...figures import FIGURES
from ...figures.drawing.controls import Choice, LogSlider, Moves, Shares, Steps, Words

MOST_STATES = 450  # of a figure without a grid
_LEVELS = ((0, 0.25, 0.5, 0.75, 1), (0, 0.25, 0.5, 1), (0, 0.5, 1))  # of bars, from fine to coarse
_FEWEST_STEPS = 8  # of a slider, however coarse


@dataclass(frozen=True)
class Axis:
    """One thing that a reader moves: a slider, one bar of a pmf, a choice.

    Its first `steps` values lie on its scale; the others are reached by buttons alone.
    """

    argument: str
    values: tuple
    texts: tuple
    steps: int

    def nearest(self, value):
        """The place on the scale of a value, or of the one nearest to it."""
        on_scale = self.values[: self.steps]
        if value in on_scale:
            return on_scale.index(value)
        return min(range(self.steps), key=lambda place: abs(on_scale[place] - value))


@dataclass(frozen=True)
class Reach:
    """What a figure's controls reach; its `presets` are {number of an axis: place of a value}."""

    name: str
    controls: dict
    axes: tuple
    presets: dict

    def scale(self):
        """Every combination of values on the scales, the last axis fastest."""
        return product(*(range(axis.steps) for axis in self.axes))

    def beside(self):
        """What the presets reach beside the scales."""
        seen = {}
        for preset in self.presets.values():
            if any(place >= self.axes[axis].steps for axis, place in preset.items()):
                free = [
                    [preset[number]] if number in preset else range(axis.steps)
                    for number, axis in enumerate(self.axes)
                ]
                seen |= dict.fromkeys(product(*free))
        return list(seen)

    def state(self, places):
        """The figure's arguments where each axis stands at its place."""
        state = {}
        for axis, place in zip(self.axes, places, strict=True):
            state.setdefault(axis.argument, []).append(axis.values[place])
        return {
            argument: tuple(values) if isinstance(self.controls[argument], Shares) else values[0]
            for argument, values in state.items()
        }

    def picture(self, places):
        """What tells two pictures apart: weights show as the pmf that they are in proportion to."""
        return tuple(
            _in_proportion(value) if isinstance(self.controls[argument], Shares) else value
            for argument, value in self.state(places).items()
        )

    def parts(self, state):
        """The values of a state, in the order of the axes."""
        return [
            value
            for argument, control in self.controls.items()
            for value in (state[argument] if isinstance(control, Shares) else [state[argument]])
        ]


def reach(name):
    """What the controls of a figure reach beforehand."""
    figure = FIGURES[name]
    return reached(name, figure.arguments, figure.controls, figure.presets, figure.grid)


def reached(name, start, controls, presets, grid):
    """The same for a figure that starts in `start`, with these controls, presets and grid."""
    controls = {
        argument: grid[argument] if isinstance(grid.get(argument), Choice) else control
        for argument, control in controls.items()
    }
    wanted = {
        argument: [start[argument], *(preset[argument] for preset in presets.values() if argument in preset)]
        for argument in controls
    }
    grades = {
        argument: _grades(control, wanted[argument], grid.get(argument))
        for argument, control in controls.items()
    }
    scales = _few(grades, controls)
    axes = []
    for argument, control in controls.items():
        for place in range(_width(control)):
            also = [value[place] if isinstance(control, Shares) else value for value in wanted[argument][1:]]
            axes.append(_axis(argument, control, scales[argument], also))
    found = Reach(name, controls, tuple(axes), {})
    return replace(found, presets={words: _places(found, preset) for words, preset in presets.items()})


def _in_proportion(weights):
    total = math.fsum(weights)
    return tuple(round(weight / total, 12) for weight in weights) if total else weights


def _axis(argument, control, scale, also):
    beside = [value for value in dict.fromkeys(also) if value not in scale]
    values = (*scale, *beside)
    return Axis(argument, values, tuple(control.said(value) for value in values), len(scale))


def _places(found, preset):
    """A preset, which may leave some arguments as they are, as {axis: place of its value}."""
    numbers = {argument: [] for argument in found.controls}
    for number, axis in enumerate(found.axes):
        numbers[axis.argument].append(number)
    return {
        number: found.axes[number].values.index(value)
        for argument, wanted in preset.items()
        for number, value in zip(
            numbers[argument],
            wanted if isinstance(found.controls[argument], Shares) else [wanted],
            strict=True,
        )
    }


def _width(control):
    return len(control.labels) if isinstance(control, Shares) else 1


def _few(grades, controls):
    """For each argument the finest of its scales with which no more than MOST_STATES come together."""

    def states():
        return math.prod(len(scales[0]) ** _width(controls[name]) for name, scales in left.items())

    left = {argument: list(scales) for argument, scales in grades.items()}
    while states() > MOST_STATES and any(len(scales) > 1 for scales in left.values()):
        del max((scales for scales in left.values() if len(scales) > 1), key=lambda scales: len(scales[0]))[0]
    return {argument: scales[0] for argument, scales in left.items()}


def _grades(control, wanted, coarse):
    """The scales that a control may have, from fine to coarse; `coarse` is what its grid says, or None."""
    match control:
        case Shares():
            return [coarse] if coarse else list(_LEVELS)
        case Choice():
            return [tuple(value for _, value in control.named)]
        case Words():
            return [tuple(dict.fromkeys([*wanted, *(coarse or ())]))]
        case Moves():
            some = [coarse] if coarse else [_strings(control, longest) for longest in (4, 3, 2, 1)]
            return [tuple(dict.fromkeys([*strings, *_and_before(wanted)])) for strings in some]
        case Steps(last=last):
            return _thinned(tuple(range(last + 1)), wanted[0])
    if isinstance(coarse, tuple):
        return [coarse]
    if coarse:
        return [_every(replace(control, step=coarse), wanted[0])]
    return _thinned(_every(control, wanted[0]), wanted[0])


def _strings(control, longest):
    """Every string of up to `longest` moves."""
    letters = [letter for letter, _ in control.moves]
    return ["".join(moves) for length in range(longest + 1) for moves in product(letters, repeat=length)]


def _and_before(strings):
    """Every string, and what it was before each of its letters was added."""
    return [string[:length] for string in strings for length in range(len(string) + 1)]


def _every(control, start):
    """The values of a slider from one end to the other."""
    count = math.floor((control.high - control.low) / control.step + 1e-9)
    places = [round(control.low + step * control.step, 10) for step in range(count + 1)]
    if isinstance(control, LogSlider):
        return tuple(control.base**place for place in places)
    return tuple(places) if isinstance(start, int) else tuple(map(float, places))


def _thinned(values, start):
    """These values, every second, ..., with both ends and, where there are such, with `start`."""
    last = len(values) - 1
    near = min(range(last + 1), key=lambda place: abs(values[place] - start))
    kept = [
        values[::stride]
        for stride in range(1, last // _FEWEST_STEPS + 1)
        if last % stride == 0 and near % stride == 0
    ] or [values]
    even = [
        tuple(values[round(place * last / count)] for place in range(count + 1))
        for count in (240, 120, 60, 30, 15, _FEWEST_STEPS)
        if count < len(kept[-1]) - 1
    ]
    return kept + even
