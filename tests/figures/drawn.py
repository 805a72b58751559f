"""What a figure looks like once it is drawn: its texts with their boxes, and its pixels."""

import contextlib

import numpy as np
from matplotlib.text import Text

from cecourse.figures.canvas import course_style


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
    return faults
