"""The list of the course's figures, kept by the decorator that every one of them wears."""

import functools
import inspect

from .canvas import course_style

FIGURES = {}


def figure(notebook, caption):
    """Enter a function into the list of figures: the notebook it belongs to and its caption.

    The function's name is the figure's name, and its title with the underscores taken out.  The figure takes
    one argument more than the function: `theme`, one of canvas.THEMES.
    """

    def enter(draw):
        @functools.wraps(draw)
        def titled(*args, theme=None, **kwargs):
            with course_style(theme):
                drawn = draw(*args, **kwargs)
            drawn.name, drawn.title = titled.name, titled.title
            drawn.notebook, drawn.caption = notebook, caption
            return drawn

        titled.name = draw.__name__
        titled.title = draw.__name__.replace("_", " ").capitalize()
        titled.notebook, titled.caption = notebook, caption
        titled.arguments = {name: p.default for name, p in inspect.signature(draw).parameters.items()}
        if draw.__name__ in FIGURES:
            raise ValueError(
                f"Two figures are named {draw.__name__}; a figure needs a name of its own: rename one."
            )
        FIGURES[draw.__name__] = titled
        return titled

    return enter
