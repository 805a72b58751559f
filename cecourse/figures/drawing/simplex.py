"""The triangle of all pmfs over three outcomes, for the figures that draw on it."""

import numpy as np

from .canvas import QUIET

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])


def on_triangle(p):
    """Where the pmf p lies: the mean of the corners, weighted by p.  (..., 3) -> x and y, each (...)."""
    return np.moveaxis(np.asarray(p) @ CORNERS, -1, 0)


def draw_triangle(ax, names):
    """The empty triangle: all mass on outcome 0 is the left corner, on 1 the right one, on 2 the top."""
    ax.set(xlim=(-0.09, 1.09), ylim=(-0.13, 0.97), aspect="equal")
    ax.set_axis_off()
    ax.fill(*CORNERS.T, facecolor="none", edgecolor=QUIET, linewidth=1.2)
    for name, (x, y), below in zip(names, CORNERS, (True, True, False), strict=True):
        ax.text(x, y - 0.03 if below else y + 0.03, name, ha="center", va="top" if below else "bottom")


def draw_heat(ax, value, top, cells=241):
    """`value(p)`, from 0 to `top`, as colour over the triangle; returns the image.

    `value` takes pmfs (..., 3) and gives numbers (...).
    """
    x, y = np.meshgrid(np.linspace(0, 1, cells), np.linspace(0, CORNERS[2, 1], cells))
    third = y / CORNERS[2, 1]
    second = x - third / 2
    pmfs = np.clip(np.stack([1 - second - third, second, third], axis=-1), 0, None)
    heat = value(pmfs / pmfs.sum(axis=-1, keepdims=True))
    extent = 0, 1, 0, CORNERS[2, 1]
    # A cell is about a pixel of the screen; to smooth between cells would double the picture's bytes.
    image = ax.imshow(heat, extent=extent, origin="lower", interpolation="nearest", vmin=0, vmax=top)
    (triangle,) = ax.fill(*CORNERS.T, facecolor="none")
    image.set_clip_path(triangle)
    return image
