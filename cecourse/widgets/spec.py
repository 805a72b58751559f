"""A figure as its front end needs it, as numbers and words; nothing here knows a kernel or a page."""

from importlib.resources import files

from ..figures import FIGURES
from ..figures.drawing.canvas import colours
from ..figures.drawing.controls import Choice, LogSlider, Moves, Shares, Slider, Steps, Words
from .svg import has_rasters, in_both_themes, pieces, theme_rules

# What stands on controls and buttons; a page in another language brings its own.
SAYS = {
    "move-it": "Move the figure “{title}”",
    "in-words": "In words",
    "as-a-number": "{label}, as a number",
    "shares": "{argument} in per cent: set one, the others share the rest",
    "moves": "moves",
    "take-back": "take back",
    "play": "play",
    "pause": "pause",
    "one-back": "one back",
    "one-on": "one on",
    "reset": "reset",
}


def spec(drawn, controls, presets, says=None):
    """What never changes of a drawn figure."""
    return {
        "title": drawn.title,
        "size": drawn.size(),
        "still": still(drawn),
        "controls": {name: in_words(control) for name, control in controls.items()},
        "presets": presets,
        "grips": [handle.grip() for handle in drawn.handles],
        "says": says or SAYS,
    }


def picture(drawn):
    """The state that a drawn figure is in: what moves, its words, where its grips stand."""
    return {
        "parts": pieces(drawn.moving_layer()),
        "words": drawn.description,
        "marks": [handle.mark() for handle in drawn.handles],
        "state": drawn.state,
        "problem": None,
    }


def still(drawn):
    """What stands still of a drawn figure, as SVG for light and for dark."""
    layer = "".join(pieces(drawn.still_layer("svg")))
    if not has_rasters(layer):
        return layer
    dark = FIGURES[drawn.name](theme="dark", **drawn.state)
    return in_both_themes(layer, "".join(pieces(dark.still_layer("svg"))))


def in_words(control):
    """A control as its kind and its facts."""
    match control:
        case Shares(labels=labels):
            return {"kind": "shares", "labels": labels}
        case Choice(options=_):
            return {"kind": "choice", "label": control.title, "options": control.named}
        case LogSlider():
            return {"kind": "slider", **vars(control)}
        case Slider(step=step):
            return {"kind": "slider", **vars(control), **({"digits": 0} if isinstance(step, int) else {})}
        case Steps():
            return {"kind": "steps", **vars(control)}
        case Moves(moves=moves):
            return {"kind": "moves", "moves": moves}
        case Words():
            return {"kind": "words", "label": control.title}
    raise TypeError(
        f"{control!r} was given; expected a control of cecourse.figures.drawing.controls. "
        "Describe it by one of those, or add a kind in cecourse/widgets/spec.py and front.js."
    )


def from_page(control, value):
    """The value of a control as its figure takes it: a page knows neither tuples nor whole numbers."""
    match control:
        case Shares():
            return tuple(map(float, value))
        case Choice():
            return next(known for _, known in control.named if _same(known, value))
        case Slider(step=int()) | Steps():
            return int(value)
        case Slider() | LogSlider():
            return float(value)
    return value


def _same(known, value):
    return (list(known) if isinstance(known, tuple) else known) == value


def style_sheet():
    """The style sheet of figures in a notebook: light, or dark where JupyterLab is."""
    return (
        theme_rules(".figure", "lecture")
        + _surroundings(".figure", "lecture")
        + f"@media screen {{\n{theme_rules(_IN_THE_DARK, 'dark')}{_surroundings(_IN_THE_DARK, 'dark')}}}\n"
        + own("front.css")
    )


_IN_THE_DARK = "[data-jp-theme-light=false] .figure"


def _surroundings(where, theme):
    """What a page of the course sets for itself."""
    accent, _, _, _, quiet, _, _, _, paper, ink = colours(theme)[:10]
    return (
        f"{where} {{\n  --accent: {accent};\n  --quiet: {quiet};\n  --paper: {paper};\n  --ink: {ink};\n"
        "  --line: color-mix(in srgb, var(--quiet) 60%, var(--paper));\n"
        "  --code-paper: color-mix(in srgb, var(--ink) 6%, var(--paper));\n"
        "  margin: 0.25rem 0;\n  background: var(--paper);\n  color: var(--ink);\n}\n"
    )


def own(name):
    """A file of the front end."""
    return (files(__package__) / name).read_text(encoding="utf-8")
