"""Moving a widget's controls from a test, as a hand would."""

import ipywidgets as widgets

# What a line of text has to answer with a picture or a sentence.
ENTRIES = ("", "1234567890", "1" * 10_000, "z" * 10_000)
SENTENCES = ("a", "Pack my box with five dozen liquor jugs", "1234 !? äß 漢字 \t", "z" * 400, *ENTRIES)


def telling_values(control):
    """Both ends and the middle of a control; every option of a choice; some lines to type."""
    if isinstance(control, widgets.FloatLogSlider):
        return [
            control.base**control.min,
            control.base ** ((control.min + control.max) / 2),
            control.base**control.max,
        ]
    if isinstance(control, widgets.FloatSlider):
        return [control.min, (control.min + control.max) / 2, control.max]
    if isinstance(control, widgets.IntSlider):
        return [control.min, (control.min + control.max) // 2, control.max]
    if isinstance(control, widgets.ToggleButtons):
        return [option[1] if isinstance(option, tuple) else option for option in control.options]
    return list(SENTENCES)


def watched(explorer):
    """Every control of the widget that the hand can move, with the name of what it sets."""
    return [(name, control) for name, built in explorer.controls.items() for control in built.watched]


def buttons(explorer):
    """Every button of the widget, by its words."""
    return [each for each in descendants(explorer) if isinstance(each, widgets.Button)]


def descendants(widget):
    for child in getattr(widget, "children", ()):
        yield child
        yield from descendants(child)


def readout(explorer):
    """The state in words, as it stands under the picture."""
    return explorer.readout.value
