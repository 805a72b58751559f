"""A figure in a page that is moved, and held against what its function says."""

from cecourse.figures import FIGURES
from cecourse.publish.states import reach, said

_drawn = {}


def drawn(name):
    """The figure itself, which tells what is right."""
    if name not in _drawn:
        _drawn[name] = FIGURES[name]()
    return _drawn[name]


def words_of(name, state):
    """What the tested function says in a state, or why it refuses it."""
    try:
        return drawn(name).move(**state)
    except ValueError as refusal:
        return str(refusal)


class Shows:
    """What a page shows of a figure; `figure` is its place in the page."""

    def __init__(self, name, figure):
        self.name, self.figure = name, figure

    def state(self):
        """The state that the page says it shows."""
        shown = self.figure.get_attribute("data-shown")
        if shown == "start":
            return FIGURES[self.name].arguments
        return reach(self.name).state(map(int, shown.split(",")))

    def words(self):
        return self.figure.locator(".figure-now").text_content()

    def picture(self):
        return self.figure.locator(".figure-layer").inner_html()

    def faults(self):
        """Where the words, the picture's description and the controls do not tell the same state."""
        right, found = words_of(self.name, self.state()), reach(self.name)
        faults = [f"{self.words()} is said for {right}"] if self.words() != right else []
        if (label := self.figure.locator("svg").get_attribute("aria-label")) != right:
            faults.append(f"the picture is called {label}")
        for number, value in enumerate(found.parts(self.state())):
            faults += self._faults_of_control(found.axes[number], number, value)
        return faults

    def _faults_of_control(self, axis, number, value):
        for control in self.figure.locator(f'[data-axis="{number}"]').all():
            kind = control.evaluate("control => control.type")
            right = said(reach(self.name).controls[axis.argument], value)
            if kind == "range" and control.get_attribute("aria-valuetext") != right:
                yield f"axis {number} says {control.get_attribute('aria-valuetext')}, not {right}"
            if kind == "range" and control.input_value() != str(axis.nearest(value)):
                yield f"axis {number} stands at {control.input_value()} for {value}"
            elif kind == "select-one" and axis.values[int(control.input_value())] != value:
                yield f"the list stands at {control.input_value()}, not at {value}"
            elif kind == "radio" and control.is_checked() != (
                axis.values[int(control.input_value())] == value
            ):
                yield f"the button {control.input_value()} is wrong at {value}"

    def moved_by(self, action):
        """What a change of a control leads to, from (state, words, picture) to (...), all told right."""
        before = self.state(), self.words(), self.picture()
        action()
        assert self.faults() == []
        return before, (self.state(), self.words(), self.picture())


def by_keyboard(control):
    """Move a control with the keys that belong to it."""
    kind = control.evaluate("control => control.type")
    control.focus()
    if kind == "range":
        at_end = control.input_value() == control.get_attribute("max")
        control.press("ArrowLeft" if at_end else "ArrowRight")
    elif kind == "select-one":
        at_end = control.evaluate("list => list.selectedIndex === list.options.length - 1")
        control.press("ArrowUp" if at_end else "ArrowDown")
    elif kind == "radio":
        control.press("ArrowDown" if control.is_checked() else "Space")
    else:
        control.press("Enter")
