"""What a reader takes hold of in a picture: an artist that moves, and the argument that follows it.

along(argument, point, axis="x")     a coordinate of the point follows the argument
freely(arguments, point)             both coordinates of the point are arguments
tops(argument, bars)                 the height of each bar is its share; the others share the rest
between(argument, point, corners)    the point is the mean of the corners, weighted by the argument
"""

from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist

_POINTS_PER_INCH = 72


class Handle(NamedTuple):
    """`weights` makes of the data coordinates (x, y, 1) the numbers that the arguments are set by.

    Of an axis that is logarithmic, the coordinate is the exponent of 10.
    """

    arguments: tuple
    kind: str  # "numbers", "share" of the outcome `place`, or "pmf"
    artist: Artist
    weights: np.ndarray
    place: int = 0
    log: bool = False
    corners: np.ndarray | None = None

    def grip(self):
        """What a page needs: the numbers as rows (a, b, c) of a x + b y + c, with x and y in the picture."""
        to_data = _to_data(self.artist.axes)
        grip = {"arguments": self.arguments, "kind": self.kind, "place": self.place, "log": self.log}
        grip["rows"] = (self.weights @ to_data).tolist()
        if self.corners is not None:
            homogeneous = np.column_stack([self.corners, np.ones(len(self.corners))])
            grip["corners"] = np.linalg.solve(to_data, homogeneous.T)[:2].T.tolist()
        return grip

    def mark(self):
        """Where it stands in the picture, in points from the upper left corner; within its axes."""
        ax = self.artist.axes
        at = np.array([*_place(self.artist), 1.0])
        for axis, limits in enumerate((ax.get_xlim(), ax.get_ylim())):
            at[axis] = np.clip(at[axis], *sorted(limits))
            if _is_log(ax, axis):
                at[axis] = np.log10(at[axis])
        x, y, _ = np.linalg.solve(_to_data(ax), at)
        return [round(float(x), 3), round(float(y), 3)]


def along(argument, point, axis="x"):
    """A handle that moves along one axis."""
    number = ["x", "y"].index(axis)
    return [Handle((argument,), "numbers", point, np.eye(3)[[number]], log=_is_log(point.axes, number))]


def freely(arguments, point):
    """A handle that moves everywhere."""
    return [Handle(tuple(arguments), "numbers", point, np.eye(3)[:2])]


def tops(argument, bars):
    """A handle at the top of each bar of a pmf."""
    return [Handle((argument,), "share", bar, np.eye(3)[[1]], place) for place, bar in enumerate(bars)]


def between(argument, point, corners):
    """A handle for a whole pmf over three outcomes, one for each corner of a triangle."""
    corners = np.asarray(corners, dtype=float)
    weights = np.linalg.inv(np.vstack([corners.T, np.ones(3)]))
    return [Handle((argument,), "pmf", point, weights, corners=corners)]


def _place(artist):
    """The end of a line, or the middle of a bar's top, in data coordinates."""
    if hasattr(artist, "get_height"):
        return artist.get_x() + artist.get_width() / 2, artist.get_y() + artist.get_height()
    x, y = artist.get_data(orig=False)
    return x[-1], y[-1]


def _is_log(ax, axis):
    return (ax.get_xscale(), ax.get_yscale())[axis] == "log"


def _to_data(ax):
    """The matrix that leads from points of the picture to the data coordinates of these axes."""
    figure = ax.figure
    height = figure.get_size_inches()[1] * _POINTS_PER_INCH
    scale = figure.dpi / _POINTS_PER_INCH
    left, bottom, right, top = ax.transAxes.transform([[0, 0], [1, 1]]).ravel() / scale
    to_picture = np.array([[right - left, 0, left], [0, bottom - top, height - bottom], [0, 0, 1]])
    ends = [
        np.log10(limits) if _is_log(ax, axis) else np.asarray(limits)
        for axis, limits in enumerate((ax.get_xlim(), ax.get_ylim()))
    ]
    (x0, x1), (y0, y1) = ends
    to_data = np.array([[x1 - x0, 0, x0], [0, y1 - y0, y0], [0, 0, 1]])
    return to_data @ np.linalg.inv(to_picture)  # both from shares of the axes' width and height
