"""A figure that moves, describes itself in words, and saves to the same bytes every time."""

import base64
import html
import io
from contextlib import nullcontext

from matplotlib import rc_context, rcParams
from matplotlib.backends.backend_svg import RendererSVG

from .canvas import course_style, current_theme

# Nothing that depends on the day or the version goes into a file.
_UNDATED = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
_DESCRIPTION_KEY = {"svg": "Description", "pdf": "Subject", "png": "Description"}
_CSS_PIXELS_PER_INCH = 96
_SVG_POINTS_PER_INCH = 72


class InteractiveFigure:
    """One figure with its words: `move(**state)` sets the moving artists and returns the description.

    In a notebook it shows as an image whose alt text is the description.
    """

    def __init__(self, figure, move, moving, handles, state):
        self.figure, self.moving, self.state = figure, tuple(moving), dict(state)
        self.handles = tuple(handles)
        self.theme = current_theme()
        self._move = move
        self.title = self.caption = self.name = self.notebook = ""
        for artist in self.moving:  # what moves lies above what stands still, in one drawing as in two layers
            artist.set_zorder(artist.get_zorder() + 100)
        self.description = move(**state)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")  # the axes keep their places from here on
        for ax in figure.axes:  # the last bits of what the layout finds vary from run to run
            ax.set_position([round(x, 6) for x in ax.get_position(original=True).bounds], which="original")
        figure.draw_without_rendering()  # only then does what moves stand there too

    def move(self, **changes):
        """Set the state, wholly or in part; returns the new description.  A refused state changes nothing."""
        state = self.state | changes
        with course_style(self.theme):
            self.description = self._move(**state)
        self.state = state
        return self.description

    def size(self):
        """Width and height in CSS pixels."""
        width, height = self.figure.get_size_inches()
        return round(width * _CSS_PIXELS_PER_INCH), round(height * _CSS_PIXELS_PER_INCH)

    def save(self, path, kind, dpi=None, letters="none"):
        """Write the figure to `path` (a name or an open file) as "svg", "pdf" or "png".

        In an SVG, letters stay text, or become outlines with `letters="path"`.
        """
        metadata = _UNDATED[kind] | {"Title": self.title, _DESCRIPTION_KEY[kind]: self.description}
        with course_style(self.theme), _letters_as(letters):
            self.figure.savefig(path, format=kind, metadata=metadata, **({"dpi": dpi} if dpi else {}))

    def still_layer(self, kind="png"):
        """What stands still, as an SVG, or as a PNG at twice the screen's resolution."""
        shown = [artist for artist in self.moving if artist.get_visible()]
        for artist in shown:
            artist.set_visible(False)
        drawing = io.BytesIO()
        self.save(drawing, kind, dpi=2 * _CSS_PIXELS_PER_INCH if kind == "png" else None)
        for artist in shown:
            artist.set_visible(True)
        return drawing.getvalue()

    def moving_layer(self):
        """What moves, alone, as an SVG the size of the figure, with letters as text: in milliseconds."""
        width, height = self.figure.get_size_inches() * _SVG_POINTS_PER_INCH
        drawing = io.StringIO()
        dpi = self.figure.dpi
        with course_style(self.theme), _letters_as("none"):
            self.figure.dpi = _SVG_POINTS_PER_INCH
            try:
                renderer = RendererSVG(width, height, drawing, metadata=_UNDATED["svg"])
                for artist in sorted(self.moving, key=lambda artist: artist.get_zorder()):
                    artist.draw(renderer)
                renderer.finalize()
            finally:
                self.figure.dpi = dpi
        return drawing.getvalue().encode()

    def image(self):
        """The figure as an HTML image with its description as alt text."""
        drawing = io.BytesIO()
        # Inside an <img> a page's fonts are out of reach: letters travel as outlines there.
        self.save(drawing, "svg", letters="path")
        return image_tag(drawing.getvalue(), "svg+xml", self.description, self.size())

    def _repr_mimebundle_(self, **kwargs):
        return {"text/html": self.image(), "text/plain": self.description}


def described(figure, move, moving=(), handles=(), **state):
    """The figure, set to `state` by `move`.

    `moving` are the artists that `move` changes, `handles` those among them that a reader drags.
    """
    return InteractiveFigure(figure, move, moving, handles, state)


def _letters_as(kind):
    """Letters in an SVG as text ("none") or as outlines ("path")."""
    return nullcontext() if rcParams["svg.fonttype"] == kind else rc_context({"svg.fonttype": kind})


def image_tag(data, subtype, alt, size, css="max-width:100%;height:auto"):
    """An HTML image that carries its own data: nothing is fetched."""
    width, height = size
    return (
        f'<img alt="{html.escape(alt)}" width="{width}" height="{height}" style="{css}" '
        f'src="data:image/{subtype};base64,{base64.b64encode(data).decode()}">'
    )
