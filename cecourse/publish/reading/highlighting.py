"""The colours of code, for light and for dark paper, that pass WCAG's contrast."""

import logging

from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES

LIGHT, DARK = "a11y-light", "a11y-dark"


def code_colours():
    """CSS rules for code, light first; dark where the page is dark."""
    light, dark = _rules(LIGHT), _rules(DARK)
    return "\n".join(
        [
            _block("", light),
            _block(':root[data-theme="dark"] ', dark),
            "@media (prefers-color-scheme: dark) {",
            _block(':root:not([data-theme="light"]) ', dark),
            "}",
            "@media print {",
            _block(":root:root:root ", light),
            "}",
            "",
        ]
    )


def code_style(name):
    """A style of Pygments by its name.

    Those of accessible-pygments, when imported, make the whole process log to the terminal, unless it logs
    somewhere already.
    """
    nowhere = logging.NullHandler()
    logging.root.addHandler(nowhere)
    try:
        return get_style_by_name(name)
    finally:
        logging.root.removeHandler(nowhere)


def _rules(style):
    """Pairs of a class and its colour."""
    looks = {STANDARD_TYPES.get(token): look["color"] for token, look in code_style(style)}
    return [(name, colour) for name, colour in looks.items() if name and colour]


def _block(where, rules):
    classes = {}
    for name, colour in rules:
        classes.setdefault(colour, []).append(f"{where}.code .{name}")
    return "\n".join(f"{', '.join(names)} {{ color: #{colour}; }}" for colour, names in classes.items())
