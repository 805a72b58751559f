"""A figure in a page that is moved, and held against what its function says."""

from cecourse.figures import FIGURES
from cecourse.publish.player.state_grid import reach

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
    """What a page shows of a figure; `figure` is its place there, `start` what the notebook sets."""

    def __init__(self, name, figure, start=()):
        self.name, self.figure = name, figure
        self.start = FIGURES[name].arguments | dict(start)

    def seen(self):
        """State, words and picture, once they are found to tell the same as all controls and ids."""
        seen = self.figure.evaluate(_SEEN)
        state = self._state(seen["shown"])
        assert list(self._faults(seen, state)) == []
        return state, seen["words"], seen["picture"]

    def _state(self, shown):
        return self.start if shown == "start" else reach(self.name).state(map(int, shown.split(",")))

    def _faults(self, seen, state):
        right, found = words_of(self.name, state), reach(self.name)
        if seen["words"] != right:
            yield f"{seen['words']} is said for {right}"
        if seen["label"] != right:
            yield f"the picture is called {seen['label']}"
        yield from (f"the id {id_} is there twice" for id_ in seen["ids"] if seen["ids"].count(id_) > 1)
        yield from (f"there is no {id_}" for id_ in seen["used"] if id_ not in seen["ids"])
        values = found.parts(state)
        for control in seen["controls"]:
            axis, value = found.axes[control["axis"]], values[control["axis"]]
            yield from _faults_of_control(control, axis, value, found.controls[axis.argument].said(value))

    def moved_by(self, action):
        """What a change of a control leads to, from (state, words, picture) to (...), all told right."""
        before = self.seen()
        action()
        return before, self.seen()


def _faults_of_control(control, axis, value, right):
    """Where a control does not stand at the value that its figure shows."""
    place = int(control["value"])
    if control["type"] == "range" and control["told"] != right:
        yield f"the slider of {axis.argument} says {control['told']}, not {right}"
    if control["type"] == "range" and place != axis.nearest(value):
        yield f"the slider of {axis.argument} stands at {place} for {value}"
    elif control["type"] == "select-one" and axis.values[place] != value:
        yield f"the list of {axis.argument} stands at {place}, not at {value}"
    elif control["type"] == "radio" and control["checked"] != (axis.values[place] == value):
        yield f"the button {place} of {axis.argument} is wrong at {value}"


# All at once: each question to the browser costs a few milliseconds.
_SEEN = r"""(figure) => {
  const uses = figure.innerHTML.matchAll(/(?:url\((?:&quot;)?|href=")#([^"&)]+)/g);
  return {
    shown: figure.dataset.shown,
    words: figure.querySelector(".figure-now").textContent,
    label: figure.querySelector("svg").getAttribute("aria-label"),
    picture: figure.querySelector(".figure-layer").innerHTML,
    controls: [...figure.querySelectorAll("[data-axis]")].map((control) => ({
      axis: Number(control.dataset.axis),
      type: control.type,
      value: control.value,
      checked: control.checked ?? null,
      told: control.getAttribute("aria-valuetext"),
    })),
    ids: [...document.querySelectorAll("[id]")].map((each) => each.id),
    used: [...uses].map((found) => found[1]),
  };
}"""


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
