"""From a hand's move to the painted picture, for every widget of the course.

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

PRESSES, FAST = 30, 60
IMPORTS = "from cecourse import figures\nfrom cecourse.widgets import explore"
# Where the control stands in a widget, and what one move of it is.
PRESS = """async ([explorer, place, presses, fast]) => {
  const control = explorer.querySelectorAll(place.selector)[place.index];
  const layer = explorer.querySelector(".figure-layer");
  const inside = [...control.querySelectorAll("input, button")];
  const set = (value) => {
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const MOVES = {
    slider: (i) => set(Number(control.value) + (control.value === control.max || i % 10 >= 5 ? -1 : 1)),
    choice: (i) => inside[(i + 1) % inside.length].click(),
    moves: (i) => inside.at(i % 2 ? 0 : -1).click(),  // "take back" is the last
    words: (i) => set(i % 10 < 5 ? `${control.value}q` : control.value.slice(0, -1)),
  };
  const move = MOVES[place.kind];
  const times = [];
  for (let i = 0; i < presses; i++) {
    const before = layer.innerHTML, start = performance.now();
    move(i);
    while (layer.innerHTML === before && performance.now() - start < 3000)
      await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 80));
  }
  for (let i = 0; i < fast; i++) {  // a fast hand: sixty values in a second
    move(i);
    await new Promise((done) => setTimeout(done, 1000 / 60));
  }
  await new Promise((done) => setTimeout(done, 150));
  const soon = layer.innerHTML;
  await new Promise((done) => setTimeout(done, 1500));
  return { times, settled: soon === layer.innerHTML };
}"""
PLACES = {
    "Slider": ("slider", "[type=range]"),
    "LogSlider": ("slider", "[type=range]"),
    "Shares": ("slider", "[type=range]"),
    "Steps": ("slider", "[type=range]"),
    "Choice": ("choice", ".figure-options"),
    "Moves": ("moves", ".figure-controls fieldset"),
    "Words": ("words", ".figure-line input"),
}


def main(chosen):
    """Measure every kind of control of every widget and print the table; returns the exit code."""
    rows = [row for name in chosen or FIGURES for row in _first_of_each_kind(name)]
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as address,
        running_chromium() as browser,
    ):
        measured = _measured(rows, browser, address, Path(folder) / "notebooks" / "bench.ipynb")
    print(f"{'widget':34}{'control':12}{'median':>8}{'p95':>8}  settled 150 ms after 60 events")
    for (name, _, kind, _), found in zip(rows, measured, strict=True):
        print(_line(name, kind, found["times"]) + f"  {found['settled']}")
    print(_line("all", "", [time for found in measured for time in found["times"]]))
    return 0


def _measured(rows, browser, address, path):
    nbformat.write(notebook(IMPORTS, *(f"explore(figures.{name})" for name, *_ in rows)), path)
    with new_page(browser) as page:
        reader = Reader(page, address)
        reader.open(path.name)
        reader.restart_and_run_all()
        if reader.red_cells():
            raise RuntimeError("A cell failed: " + " ".join(reader.red_cells()))
        page.wait_for_timeout(2000)
        return [_press(*pair) for pair in zip(rows, reader.explorers(), strict=True)]


def _press(row, explorer):
    explorer.scroll_into_view_if_needed()
    kind, selector = PLACES[row[2]]
    place = {"kind": kind, "selector": selector, "index": row[3]}
    return explorer.page.evaluate(PRESS, [explorer.element_handle(), place, PRESSES, FAST])


def _first_of_each_kind(name):
    """Of each kind the first control: figure, argument, kind, and its place among those alike in the page."""
    kinds, stands = set(), dict.fromkeys(("slider", "choice", "moves", "words"), 0)
    for argument, control in FIGURES[name].controls.items():
        kind = type(control).__name__
        if kind not in kinds:
            yield name, argument, kind, stands[PLACES[kind][0]]
        kinds.add(kind)
        stands[PLACES[kind][0]] += len(control.labels) if kind == "Shares" else 1


def _line(name, kind, times):
    ordered = sorted(times)
    return (
        f"{name:34}{kind:12}{statistics.median(ordered):8.0f}{ordered[int(0.95 * (len(ordered) - 1))]:8.0f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
