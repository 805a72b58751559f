"""The states of a figure that are drawn beforehand: all that its controls reach, or the most telling."""

import math
from dataclasses import dataclass, replace
from itertools import product

from ...figures import FIGURES
from ...widgets.controls import Bars, Choice, LogSlider, Moves, Slider, Steps, Words
from ...widgets.table import CONTROLS, PRESETS

MOST_STATES = 450  # of a figure that TELLING does not mention
_LEVELS = ((0, 0.25, 0.5, 0.75, 1), (0, 0.25, 0.5, 1), (0, 0.5, 1))  # of bars, from fine to coarse
_FEWEST_STEPS = 8  # of a slider, however coarse


def _game(depth, runs):
    """Strings of U and L with at most one S among them, up to `depth` letters, and longer runs of S."""
    short = [
        "".join(letters)
        for length in range(depth + 1)
        for letters in product("ULS", repeat=length)
        if letters.count("S") <= 1
    ]
    return tuple(dict.fromkeys([*short, *("S" * count for count in range(runs + 1))]))


_SHARES = (0.0, 0.125, 0.25, 0.5)
_WIDE_SCORES = (-5.0, -3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0)
_SCORES = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)

# Where a control has too many states: a slider's step, or the values that stay, or a control in its place.
TELLING = {
    "bits_of_a_sentence": {
        "sentence": (
            "To be, or not to be, that is the question.",
            "The quick brown fox jumps over the lazy dog.",
            "Mississippi",
            "eeeeeeeeee",
            "zzzzzzzzzz",
        )
    },
    "both_ways_and_between": {"p": 0.05, "q": 0.05},
    "codewords_in_the_unit_interval": {"weights": (0, 0.1, 0.2, 0.3, 0.4)},
    "entropy_and_extra_bits": {"p": (0, 0.25, 0.5), "q": (0, 0.25, 0.5)},
    "entropy_of_bars": {"weights": (0, 0.2, 0.4, 0.8)},
    "entropy_of_three_outcomes": {"weights": (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1)},
    "guessing_game": {"questions": _game(depth=6, runs=10), "game": (0, 1)},
    "likelihood_of_flips": {"q": 0.04, "flips": (10, 20, 50, 100, 200, 500, 1000, 1500, 2000)},
    "one_hot_beside_prediction": {"dissent": 2},
    "overflow_map": {"first": 100.0, "second": 100.0},
    "price_as_area": {
        "p": Choice(
            "the truth p of calm, fog, ship, whale",
            (
                ("50, 25, 12.5, 12.5 %", (0.5, 0.25, 0.125, 0.125)),
                ("25 % each", (0.25, 0.25, 0.25, 0.25)),
                ("always calm", (1.0, 0.0, 0.0, 0.0)),
            ),
        ),
        "q": _SHARES,
    },
    "scores_of_a_bird": {"length": 2.0, "depth": 0.5},
    "several_labels_or_one": {"adelie": 3.0, "chinstrap": 3.0, "gentoo": 3.0},
    "slope_is_prediction_minus_target": {
        "adelie": _SCORES,
        "chinstrap": _SCORES,
        "gentoo": _SCORES,
    },
    "slope_of_a_logit": {"z": 0.5, "y": 0.05},
    "softmax_jacobian": {"adelie": _WIDE_SCORES, "chinstrap": _WIDE_SCORES, "gentoo": _WIDE_SCORES},
    "softmax_squashes": {
        "adelie": _SCORES,
        "chinstrap": _SCORES,
        "gentoo": _SCORES,
        "shift": (-4.0, 0.0, 4.0),
    },
    "temperature_path": {
        "adelie": (-4.0, -1.0, 2.0),
        "chinstrap": (-2.0, 1.0, 4.0),
        "gentoo": (-4.0, -1.0, 2.0),
        "temperature": 0.1,
    },
    "two_classes_are_a_sigmoid": {"first": 0.5, "second": 0.5},
    "two_fits_of_two_humps": {"distance": 0.5, "share": 0.05},
}


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
            argument: tuple(values) if isinstance(self.controls[argument], Bars) else values[0]
            for argument, values in state.items()
        }

    def picture(self, places):
        """What tells two pictures apart: weights show as the pmf that they are in proportion to."""
        return tuple(
            _in_proportion(value) if isinstance(self.controls[argument], Bars) else value
            for argument, value in self.state(places).items()
        )

    def parts(self, state):
        """The values of a state, in the order of the axes."""
        return [
            value
            for argument, control in self.controls.items()
            for value in (state[argument] if isinstance(control, Bars) else [state[argument]])
        ]


def reach(name):
    """What the controls of a figure reach beforehand."""
    return reached(
        name, FIGURES[name].arguments, CONTROLS[name], PRESETS.get(name, {}), TELLING.get(name, {})
    )


def reached(name, start, controls, presets, telling):
    """The same for a figure that starts in `start`, with these controls, presets and telling values."""
    controls = {
        argument: telling[argument] if hasattr(telling.get(argument), "build") else control
        for argument, control in controls.items()
    }
    wanted = {
        argument: [start[argument], *(preset[argument] for preset in presets.values() if argument in preset)]
        for argument in controls
    }
    grades = {
        argument: _grades(control, wanted[argument], telling.get(argument))
        for argument, control in controls.items()
    }
    scales = _few(grades, controls)
    axes = []
    for argument, control in controls.items():
        for place in range(_width(control)):
            also = [value[place] if isinstance(control, Bars) else value for value in wanted[argument][1:]]
            axes.append(_axis(argument, control, scales[argument], also))
    found = Reach(name, controls, tuple(axes), {})
    return replace(found, presets={words: _places(found, preset) for words, preset in presets.items()})


def _in_proportion(weights):
    total = math.fsum(weights)
    return tuple(round(weight / total, 12) for weight in weights) if total else weights


def _axis(argument, control, scale, also):
    beside = [value for value in dict.fromkeys(also) if value not in scale]
    values = (*scale, *beside)
    return Axis(argument, values, tuple(said(control, value) for value in values), len(scale))


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
            wanted if isinstance(found.controls[argument], Bars) else [wanted],
            strict=True,
        )
    }


def said(control, value):
    """A value as the control says it."""
    match control:
        case Slider(unit=unit, digits=digits):
            number = f"{value:d}" if isinstance(value, int) else f"{value:.{digits}f}"
            return f"{number} {unit}".strip()
        case LogSlider(unit=unit):
            return f"{value:.3g} {unit}".strip()
        case Bars():
            return f"{100 * value:.3g}"
        case Steps(unit=unit):
            return f"{value} {unit}".strip()
        case Choice(options=options):
            return {value: words for words, value in _named(options)}[value]
        case _:
            return value


def _named(options):
    return [option if isinstance(option, tuple) else (str(option), option) for option in options]


def _width(control):
    return len(control.labels) if isinstance(control, Bars) else 1


def _few(grades, controls):
    """For each argument the finest of its scales with which no more than MOST_STATES come together."""

    def states():
        return math.prod(len(scales[0]) ** _width(controls[name]) for name, scales in left.items())

    left = {argument: list(scales) for argument, scales in grades.items()}
    while states() > MOST_STATES and any(len(scales) > 1 for scales in left.values()):
        del max((scales for scales in left.values() if len(scales) > 1), key=lambda scales: len(scales[0]))[0]
    return {argument: scales[0] for argument, scales in left.items()}


def _grades(control, wanted, telling):
    """The scales that a control may have, from fine to coarse."""
    match control:
        case Bars():
            return [telling] if telling else list(_LEVELS)
        case Choice(options=options):
            return [tuple(value for _, value in _named(options))]
        case Words():
            return [tuple(dict.fromkeys([*wanted, *(telling or ())]))]
        case Moves():
            return [tuple(dict.fromkeys([*(telling or _game(4, 0)), *_and_before(wanted)]))]
        case Steps(last=last):
            return _thinned(tuple(range(last + 1)), wanted[0])
    if isinstance(telling, tuple):
        return [telling]
    if telling:
        return [_every(replace(control, step=telling), wanted[0])]
    return _thinned(_every(control, wanted[0]), wanted[0])


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
