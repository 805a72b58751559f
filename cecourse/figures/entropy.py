"""Figures of notebook 02: entropy."""

import numpy as np

from ..information import binary_entropy
from .canvas import QUIET, TRUTH, canvas
from .described import described
from .registry import figure


@figure(notebook="02", caption="Entropy of a coin against its bias.")
def binary_entropy_curve(p=0.5):
    fig, ax = canvas()
    bias = np.linspace(0, 1, 501)
    ax.plot(bias, binary_entropy(bias), color=TRUTH)
    ax.set(xlabel="$P(X = 1)$", ylabel="entropy (bits)", xlim=(0, 1), ylim=(0, 1.1))
    (point,) = ax.plot([], [], "o", color=TRUTH, clip_on=False)
    (guide,) = ax.plot([], [], ":", color=QUIET, linewidth=1.2)

    def move(p):
        h = binary_entropy(p)
        point.set_data([p], [h])
        guide.set_data([p, p, 0], [0, h, h])
        return (
            f"An arch from 0 bits up to 1 bit at one half and down again; at {p:.2f} it is {h:.3f} bits high."
        )

    return described(fig, move, moving=[guide, point], p=p)
