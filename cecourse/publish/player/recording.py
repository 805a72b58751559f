"""A figure drawn in all states that its controls reach, or in the one that a notebook shows."""

import base64
import io
import json
import zlib
from typing import NamedTuple

from ...figures import FIGURES
from ...figures.drawing.canvas import course_style
from ...widgets.svg import has_rasters, in_both_themes, pieces
from .state_grid import reach


class Picture(NamedTuple):
    """One state of a figure: what stands still, the pieces that move, its words, its size in pixels."""

    still: str
    moving: list
    words: str
    size: tuple


def record(name):
    """A figure in all states that its controls reach: what its script carries, before it is packed.

    `scale` and `beside` hold, for each state, the numbers of its pieces and, last, of its words.
    """
    drawn, reached = FIGURES[name](theme="lecture"), reach(name)
    parts, words, pictures = {}, {}, {}

    def numbers(places):
        picture = reached.picture(places)
        if picture not in pictures:
            pictures[picture] = shown_in(places)
        return pictures[picture]

    def shown_in(places):
        try:
            said = drawn.move(**reached.state(places))
        except ValueError as refusal:  # a state the mathematics refuses, said in its own words
            return [words.setdefault(str(refusal), len(words))]
        layer = [parts.setdefault(piece, len(parts)) for piece in _moving_pieces(drawn)]
        return [*layer, words.setdefault(said, len(words))]

    with course_style("lecture"):
        scale = [numbers(places) for places in reached.scale()]
        beside = {",".join(map(str, places)): numbers(places) for places in reached.beside()}
    axes = [
        {
            "steps": axis.steps,
            "texts": axis.texts,
            "near": [axis.nearest(value) for value in axis.values[axis.steps :]],
        }
        for axis in reached.axes
    ]
    return {"axes": axes, "parts": list(parts), "words": list(words), "scale": scale, "beside": beside}


def pack(recording):
    """A recording as letters that a page can unpack."""
    text = json.dumps(recording, ensure_ascii=False, separators=(",", ":"))
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return base64.b64encode(deflate.compress(text.encode()) + deflate.flush()).decode()


def unpack(packed):
    """The recording that was packed."""
    return json.loads(zlib.decompress(base64.b64decode(packed), wbits=-zlib.MAX_WBITS))


def draw(shown):
    """The picture that a notebook shows, for light and dark pages."""
    still, moving, drawn = _layers(shown)
    if has_rasters(still):
        still = in_both_themes(still, _layers(shown, "dark")[0])
    return Picture(still, moving, drawn.description, drawn.size())


def _layers(shown, theme="lecture"):
    """What stands still, what moves, and the figure that they are drawn from."""
    figure = FIGURES[shown.figure]
    if not shown.moves:
        drawn = figure(theme=theme, **shown.state)
        return "".join(_all_pieces(drawn)), [], drawn
    # Laid out in its own first state, as its recording is: the axes have their places from there.
    drawn = figure(theme=theme)
    drawn.move(**shown.state)
    still = "".join(pieces(drawn.still_layer("svg"))) if drawn.moving else ""
    return still, _moving_pieces(drawn), drawn


def _moving_pieces(drawn):
    return pieces(drawn.moving_layer()) if drawn.moving else _all_pieces(drawn)


def _all_pieces(drawn):
    file = io.BytesIO()
    drawn.save(file, "svg")
    return pieces(file.getvalue())
