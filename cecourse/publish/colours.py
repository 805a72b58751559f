"""The colours of pages, decks and the live part, as CSS variables: those of the figures' style sheets.

--truth --model --cost --gradient --quiet --class-1 --class-2 --class-3 --paper --ink    as in a figure
--accent                                      what one can click or is asked to do: the colour of the truth
--warn                                        what goes wrong on purpose: the model's, darker for its letters
--line --code-paper --accent-paper --warn-paper --marked    mixed from these, for what stands behind letters
"""

from ..figures.drawing.canvas import colours

_MEANINGS = ["truth", "model", "cost", "gradient", "quiet", "class-1", "class-2", "class-3", "paper", "ink"]
# The share of one colour in another.
_MIXED = {
    "warn": ("model", 0.8, "ink"),
    "line": ("quiet", 0.3, "paper"),
    "code-paper": ("ink", 0.045, "paper"),
    "accent-paper": ("truth", 0.07, "paper"),
    "warn-paper": ("model", 0.08, "paper"),
    "marked": ("class-1", 0.3, "paper"),
}


def variables(theme):
    """The variables of a theme of the figures, "lecture" or "dark", by their names."""
    told = dict(zip(_MEANINGS, colours(theme), strict=False))
    mixed = {name: _mix(told[one], share, told[other]) for name, (one, share, other) in _MIXED.items()}
    return told | {"accent": told["truth"]} | mixed


def sheet():
    """The style sheet of the variables where all is light."""
    return _rule(":root", "lecture", "light")


def sheet_of_both():
    """The style sheet for light and for dark: as the page's data-theme says, or else the reader's system."""
    return (
        sheet()
        + _rule(':root[data-theme="dark"]', "dark", "dark")
        + "@media (prefers-color-scheme: dark) {\n"
        + _rule(':root:not([data-theme="light"])', "dark", "dark")
        + "}\n"
    )


def _rule(where, theme, scheme):
    told = "".join(f"  --{name}: {colour};\n" for name, colour in variables(theme).items())
    return f"{where} {{\n  color-scheme: {scheme};\n{told}}}\n"


def _mix(one, share, other):
    channels = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in channels)


def _channels(colour):
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
