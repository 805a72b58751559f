"""What a figure looks like once it is drawn: its texts with their boxes, and its pixels."""

import contextlib
from itertools import pairwise

import numpy as np
from matplotlib.text import Text

from cecourse.figures.drawing.canvas import course_style


def texts(figure):
    """The texts that are really drawn, each with its box in pixels."""
    seen = []
    draw = Text.draw

    def recording(text, renderer, *args, **kwargs):
        if text.get_visible() and text.get_text().strip():
            seen.append(text)
        return draw(text, renderer, *args, **kwargs)

    Text.draw = recording
    try:
        pixels(figure)
    finally:
        Text.draw = draw
    renderer = figure.figure.canvas.get_renderer()
    with course_style(figure.theme):
        return [(text, text.get_window_extent(renderer)) for text in dict.fromkeys(seen)]


def pixels(figure):
    """The whole figure as an array of RGB values from 0 to 255."""
    with course_style(figure.theme):
        figure.figure.canvas.draw()
    return np.asarray(figure.figure.canvas.buffer_rgba())[..., :3].astype(float)


def layered_pixels(figure):
    """The same, drawn as a widget does: what stands still first, then what moves."""
    with hidden(figure.moving):
        pixels(figure)
    renderer = figure.figure.canvas.get_renderer()
    with course_style(figure.theme):
        for artist in sorted(figure.moving, key=lambda artist: artist.get_zorder()):
            artist.draw(renderer)
    return np.asarray(figure.figure.canvas.buffer_rgba())[..., :3].astype(float)


@contextlib.contextmanager
def hidden(artists):
    shown = [artist for artist in artists if artist.get_visible()]
    for artist in shown:
        artist.set_visible(False)
    yield
    for artist in shown:
        artist.set_visible(True)


def text_faults(figure, slack=1.0):
    """Texts whose boxes meet by more than `slack` pixels, or that leave the paper."""
    boxes = [(text.get_text(), box) for text, box in texts(figure)]
    paper = figure.figure.bbox
    faults = [
        f"{text!r} leaves the paper"
        for text, box in boxes
        if min(box.x0, box.y0) < -slack or box.x1 > paper.x1 + slack or box.y1 > paper.y1 + slack
    ]
    for i, (first, a) in enumerate(boxes):
        for second, b in boxes[i + 1 :]:
            if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack:
                faults.append(f"{first!r} and {second!r} overlap")
    return [*faults, *_crossed_spines(figure, boxes), *_crowded_labels(figure)]


def _crossed_spines(figure, boxes):
    """Texts that an axis line runs through."""
    for ax in figure.figure.axes:
        for side, spine in ax.spines.items():
            if spine.get_visible() and ax.axison:
                line = spine.get_transform().transform_path(spine.get_path()).get_extents()
                yield from (
                    f"the {side} axis line runs through {text!r}" for text, box in boxes if line.overlaps(box)
                )


def _crowded_labels(figure):
    """Words along an axis with less than a space, a third of their height, between them."""
    drawn = dict(texts(figure))
    for ax in figure.figure.axes:
        labels = [text for text in ax.get_xticklabels() if text in drawn]
        space = ax.figure.dpi / 72 * min((text.get_fontsize() for text in labels), default=0) / 3
        for left, right in pairwise(sorted(labels, key=lambda text: drawn[text].x0)):
            if drawn[right].x0 - drawn[left].x1 < space:
                yield f"{left.get_text()!r} and {right.get_text()!r} stand too close"
