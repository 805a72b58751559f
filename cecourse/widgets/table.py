"""Which controls each figure has, and its telling states.  A widget is a line here, not a program."""

from .controls import Slider

CONTROLS = {
    "binary_entropy_curve": {"p": Slider("P(X = 1)", 0.0, 1.0, 0.01)},
}

PRESETS = {
    "binary_entropy_curve": {"fair coin": {"p": 0.5}, "sure thing": {"p": 1.0}, "one in ten": {"p": 0.1}},
}
