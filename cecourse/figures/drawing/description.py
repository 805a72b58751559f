"""What a figure shows, read back from its artists: as a table, and in words."""

from typing import NamedTuple

import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle


class Series(NamedTuple):
    """One plotted thing: which axes it is in, what it is, and its points."""

    axes: int
    name: str
    x: np.ndarray
    y: np.ndarray


def plotted_series(described):
    """Every line, set of points, bar, area and image of a figure, in drawing order."""
    return [
        Series(number, f"{kind} {count}", *map(np.atleast_1d, points))
        for number, ax in enumerate(described.figure.axes, start=1)
        for count, (kind, points) in enumerate(_artists(ax), start=1)
        if np.size(points[0])
    ]


def _artists(ax):
    for line in ax.lines:
        yield "line", line.get_data(orig=False)
    for collection in ax.collections:
        if isinstance(collection, PathCollection):
            yield "points", np.ma.filled(collection.get_offsets(), np.nan).T
        elif isinstance(collection, PolyCollection) and collection.get_paths():
            yield "area", collection.get_paths()[0].vertices.T
    for patch in ax.patches:
        if isinstance(patch, Rectangle):
            yield "bar", (patch.get_x() + patch.get_width() / 2, patch.get_y() + patch.get_height())
    for image in ax.images:
        if isinstance(image, AxesImage):
            yield "image", (np.ravel(image.get_array()).astype(float), np.zeros(image.get_array().size))


def table(described):
    """The plotted data as CSV text: axes, series, x, y."""
    rows = ["axes,series,x,y"]
    for series in plotted_series(described):
        rows += [
            f"{series.axes},{series.name},{x:.9g},{y:.9g}" for x, y in zip(series.x, series.y, strict=True)
        ]
    return "\n".join(rows) + "\n"


def long_description(described):
    """The description, the axes with their ranges, and each series with its ends and extremes."""
    sentences = [described.description]
    for number, ax in enumerate(described.figure.axes, start=1):
        ranges = [
            f"{label.replace('$', '') or direction} from {low:.4g} to {high:.4g}"
            for direction, label, (low, high) in (
                ("x", ax.get_xlabel(), ax.get_xlim()),
                ("y", ax.get_ylabel(), ax.get_ylim()),
            )
        ]
        sentences.append(f"Axes {number}: {'; '.join(ranges)}.")
    for series in plotted_series(described):
        if series.name.startswith("image") or not np.isfinite(series.y).any():
            continue
        top, bottom = np.nanargmax(series.y), np.nanargmin(series.y)
        low, high = (f"{series.y[i]:.4g} at {series.x[i]:.4g}" for i in (bottom, top))
        sentences.append(
            f"Axes {series.axes}, {series.name}: {len(series.x)} points, lowest {low}, highest {high}."
        )
    return " ".join(sentences)
