"""From key press to painted picture, for every widget of the course, beside the same figure under `interact`.

A program with figures, not a test: `make bench-widgets`.  Names of figures as arguments measure these
alone; all times are in milliseconds.  Of each widget the first control of every kind is measured.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

from cecourse.figures import FIGURES
from cecourse.publish.tools.chromium import running_chromium
from tests.browser.driver.lab import new_page, running_lab
from tests.browser.driver.provoked import notebook
from tests.browser.driver.reader import Reader

PRESSES = {"explore": 30, "interact": 10}
FAST = {"explore": 60, "interact": 0}
IMPORTS = """from ipywidgets import interactive_output
from IPython.display import display
import cecourse as ce
from cecourse import figures
from cecourse.figures.drawing.canvas import course_style
from cecourse.widgets import explore
from cecourse.widgets.controls import built"""
EXPLORE = "explore(figures.{name})"
# The whole figure anew for each value, as `interact` is used everywhere, under the same control.
INTERACT = """figure = figures.{name}
control = built(figure.controls["{argument}"], figure().state["{argument}"])
def whole(read=control.read, **_):
    drawn = figures.{name}({argument}=read())
    with course_style():
        display(drawn.figure)
display(control.box, interactive_output(whole, dict(zip("abcdefgh", control.watched))))"""
# Where the control stands in a cell, and what one press of it is.
PRESS = """async ([cell, place, presses, fast]) => {
  const alike = [...cell.querySelectorAll(place.selector)].filter((each) => each.checkVisibility());
  const control = alike[place.index], buttons = [...control.querySelectorAll("button")];
  const source = () => [...cell.querySelectorAll("img")].map((each) => each.src).join();
  const key = (name) => control.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
  const PRESSES = {
    slider: (i) => key(i % 10 < 5 ? "ArrowRight" : "ArrowLeft"),
    choice: (i) => buttons[(i + 1) % buttons.length].click(),
    moves: (i) => buttons.at(i % 2 ? 0 : -1).click(),  // "take back" is the last
    words: (i) => {
      control.value = i % 10 < 5 ? `${control.value}q` : control.value.slice(0, -1);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    },
  };
  const press = PRESSES[place.kind];
  const painted = async (before, start) => {
    while (source() === before && performance.now() - start < 3000)
      await new Promise(requestAnimationFrame);
    await Promise.all([...cell.querySelectorAll("img")].map((each) => each.decode().catch(() => {})));
    await new Promise(requestAnimationFrame);
  };
  const times = [];
  for (let i = 0; i < presses; i++) {
    const before = source(), start = performance.now();
    press(i);
    await painted(before, start);
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 80));
  }
  for (let i = 0; i < fast; i++) {  // a fast hand: sixty values in a second
    press(i);
    await new Promise((done) => setTimeout(done, 1000 / 60));
  }
  await new Promise((done) => setTimeout(done, 150));
  const soon = source();
  await new Promise((done) => setTimeout(done, fast ? 1500 : 0));
  return { times, settled: soon === source() };
}"""
PLACES = {
    "Slider": ("slider", "[role=slider]"),
    "LogSlider": ("slider", "[role=slider]"),
    "Bars": ("slider", "[role=slider]"),
    "Steps": ("slider", "[role=slider]"),
    "Choice": ("choice", ".widget-toggle-buttons"),
    "Moves": ("moves", ".widget-hbox"),
    "Words": ("words", "input[type=text]"),
}


def main(chosen):
    """Measure every kind of control of every widget and print the table; returns the exit code."""
    rows = [row for name in chosen or FIGURES for row in _first_of_each_kind(name)]
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as address,
        running_chromium() as browser,
    ):
        measure = Measuring(browser, address, Path(folder) / "notebooks" / "bench.ipynb")
        ours = measure(rows, "explore", EXPLORE)
        theirs = measure([(*row[:3], 0) for row in rows], "interact", INTERACT)
    columns = f"{'widget':34}{'control':12}{'median':>8}{'p95':>8}{'interact':>10}{'ratio':>7}"
    print(f"{columns}  settled 150 ms after 60 events")
    for (name, _, kind, _), us, them in zip(rows, ours, theirs, strict=True):
        print(_line(name, kind, us["times"], them["times"]) + f"  {us['settled']}")
    print(_line("all", "", *([time for row in rows for time in row["times"]] for rows in (ours, theirs))))
    return 0


class Measuring:
    """Runs one notebook after the other and presses what stands in its cells."""

    def __init__(self, browser, address, path):
        self.browser, self.address, self.path = browser, address, path

    def __call__(self, rows, way, source):
        cells = [source.format(name=name, argument=argument) for name, argument, _, _ in rows]
        nbformat.write(notebook(IMPORTS, *cells), self.path)
        with new_page(self.browser) as page:
            reader = Reader(page, self.address)
            reader.open(self.path.name)
            reader.restart_and_run_all()
            if reader.red_cells():
                raise RuntimeError("A cell failed: " + " ".join(reader.red_cells()))
            page.wait_for_timeout(2000)
            cells = page.locator(".jp-CodeCell").all()[1:]
            return [_press(*pair, PRESSES[way], FAST[way]) for pair in zip(rows, cells, strict=True)]


def _press(row, cell, presses, fast):
    cell.scroll_into_view_if_needed()
    kind, selector = PLACES[row[2]]
    place = {"kind": kind, "selector": selector, "index": row[3]}
    return cell.page.evaluate(PRESS, [cell.element_handle(), place, presses, fast])


def _first_of_each_kind(name):
    """Of each kind the first control: figure, argument, kind, and its place among those alike in the page."""
    kinds, stands = set(), dict.fromkeys(("slider", "choice", "moves", "words"), 0)
    for argument, control in FIGURES[name].controls.items():
        kind = type(control).__name__
        if kind not in kinds:
            yield name, argument, kind, stands[PLACES[kind][0]]
        kinds.add(kind)
        stands[PLACES[kind][0]] += len(control.labels) if kind == "Bars" else 1


def _line(name, kind, ours, theirs):
    (middle, late), (whole, _) = _summary(ours), _summary(theirs)
    return f"{name:34}{kind:12}{middle:8.0f}{late:8.0f}{whole:10.0f}{middle / whole:7.2f}"


def _summary(times):
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
