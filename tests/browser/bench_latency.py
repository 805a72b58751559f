"""From key press to painted picture, for every widget of the course, beside the same figure under `interact`.

A program with figures, not a test: `make bench-widgets`.  Names of figures as arguments measure these
alone; all times are in milliseconds.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

from cecourse.publish.chromium import running_chromium
from cecourse.widgets.table import CONTROLS

from .lab import running_lab
from .reader import Reader

PRESSES = 30
BASELINE = """from ipywidgets import FloatSlider, interact
import matplotlib.pyplot as plt
import cecourse as ce
from cecourse import figures
from cecourse.figures.canvas import course_style
from cecourse.widgets import explore"""
# The whole figure anew for each value, as `interact` is used everywhere.
INTERACT = """from IPython.display import display
def whole({argument}):
    drawn = figures.{name}({argument}={argument})
    with course_style():
        display(drawn.figure)
interact(whole, {argument}=explore(figures.{name}).controls["{argument}"].watched[0].__class__({ends}))
None"""
PRESS = """async ([root, presses]) => {
  const handle = root.querySelector("[role=slider]");
  const source = () => [...root.querySelectorAll("img")].map((each) => each.src).join();
  const painted = async (before, start) => {
    while (source() === before && performance.now() - start < 3000)
      await new Promise(requestAnimationFrame);
    await Promise.all([...root.querySelectorAll("img")].map((each) => each.decode().catch(() => {})));
    await new Promise(requestAnimationFrame);
  };
  const press = (key) => handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const times = [];
  for (let i = 0; i < presses; i++) {
    const before = source(), start = performance.now();
    press(i % 10 < 5 ? "ArrowRight" : "ArrowLeft");
    await painted(before, start);
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 80));
  }
  for (let i = 0; i < 60; i++) {  // a fast drag: sixty values in a second
    press(i % 10 < 7 ? "ArrowRight" : "ArrowLeft");
    await new Promise((done) => setTimeout(done, 1000 / 60));
  }
  await new Promise((done) => setTimeout(done, 150));
  const soon = source();
  await new Promise((done) => setTimeout(done, 1500));
  return { times, settled: soon === source() };
}"""


def main(chosen):
    """Measure every widget that has a slider and print the table; returns the exit code."""
    names = [name for name in chosen or CONTROLS if _slider(CONTROLS[name])]
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as address,
        running_chromium() as browser,
    ):
        ours = _measure(browser, address, Path(folder), names, "explore(figures.{name})")
        theirs = _measure(browser, address, Path(folder), names, INTERACT)
    print(f"{'widget':34}{'median':>8}{'p95':>8}{'interact':>10}{'ratio':>7}  settled 150 ms after 60 events")
    for name in names:
        middle, late = _summary(ours[name]["times"])
        whole, _ = _summary(theirs[name]["times"])
        print(f"{name:34}{middle:8.0f}{late:8.0f}{whole:10.0f}{middle / whole:7.2f}  {ours[name]['settled']}")
    every = [time for name in names for time in ours[name]["times"]]
    whole = [time for name in names for time in theirs[name]["times"]]
    print(
        "{:34}{:8.0f}{:8.0f}{:10.0f}{:7.2f}".format(
            "all", *_summary(every), _summary(whole)[0], _summary(every)[0] / _summary(whole)[0]
        )
    )
    return 0


def _measure(browser, address, folder, names, source):
    cells = [nbformat.v4.new_code_cell(BASELINE)]
    for name in names:
        argument, ends = _slider(CONTROLS[name])
        cells.append(nbformat.v4.new_code_cell(source.format(name=name, argument=argument, ends=ends)))
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "notebooks" / "bench.ipynb")
    page = browser.new_context(viewport={"width": 1280, "height": 1600}).new_page()
    reader = Reader(page, address)
    reader.open("bench.ipynb")
    reader.restart_and_run_all()
    if reader.red_cells():
        raise RuntimeError("A cell failed: " + " ".join(reader.red_cells()))
    page.wait_for_timeout(2000)
    roots = page.locator(".jp-CodeCell").all()[1:]
    times = {}
    for name, root in zip(names, roots, strict=True):
        root.scroll_into_view_if_needed()
        times[name] = page.evaluate(PRESS, [root.element_handle(), PRESSES])
    page.context.close()
    return times


def _slider(controls):
    """The first control that is a plain slider, and the source of its range; None where there is none."""
    for argument, control in controls.items():
        if type(control).__name__ == "Slider":
            return argument, f"min={control.low}, max={control.high}, step={control.step}"
    return None


def _summary(times):
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
