"""What a figure looks like once it is drawn: its pixels."""

import contextlib

import numpy as np

from cecourse.figures.drawing.canvas import course_style


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
