"""The trial of the notebooks fails when it should: each kind of fault is provoked."""

from textwrap import indent

import nbformat
import pytest

from tests.browser.driver.controls import opened, try_every_control, try_notebook
from tests.browser.driver.lab import new_page
from tests.browser.driver.provoked import notebook

pytestmark = pytest.mark.browser
GOOD = """from cecourse import figures
from cecourse.widgets import explore
shown = explore(figures.binary_entropy_curve)"""
# What is wrong with a whole notebook: a cell, and what the trial then says.
FAULTS_OF_A_NOTEBOOK = {
    "a red cell": ("1 / 0", "ZeroDivisionError"),
    "red output": ("import sys\nprint('careful', file=sys.stderr)", "careful"),
    "a console error": (
        "from IPython.display import Javascript\nJavascript('console.error(\"broken\")')",
        "broken",
    ),
    "a request to an outside host": (
        'from IPython.display import HTML\nHTML(\'<img alt="" src="http://192.0.2.1/x.png">\')',
        "192.0.2.1",
    ),
    "a key that reaches the notebook": (
        "from IPython.display import Javascript\n"
        "Javascript('const set = Element.prototype.setAttribute;"
        "Element.prototype.setAttribute = function (name, value) {"
        'if (name !== "data-lm-suppress-shortcuts") set.call(this, name, value); }\')',
        "reached the notebook",
    ),
    "no widget at all": ("del shown\nshown = None", "not every widget shows"),
}
# What is wrong in the kernel with one widget: its figure, what is done to it, and what the trial then says.
FAULTS_OF_A_WIDGET = {
    "a slider without a name": (
        "binary_entropy_curve",
        "shown.controls['p'].watched[0].description = ''",
        "without a name",
    ),
    "two sliders of one name": (
        "both_ways_and_between",
        "first, second = (control.watched[0] for control in shown.controls.values())\n"
        "first.description = second.description",
        "two controls of one name",
    ),
    "an option that is cut off": (
        "race_with_three_classes",
        "shown.controls['sureness'].watched[0].style.button_width = '6em'",
        "words are cut off",
    ),
    "a picture that stands still": (
        "binary_entropy_curve",
        "shown.described.moving_layer = lambda: b'<svg></svg>'\nshown.set(p=0.1)",
        "the keyboard changed nothing",
    ),
    "words that stand still": ("binary_entropy_curve", "shown._say = lambda: None", "the words stayed"),
    "a function that fails": (
        "binary_entropy_curve",
        "shown.controls['p'].watched[0].observe(lambda _: 1 / 0, 'value')",
        "complained.*ZeroDivisionError",
    ),
    "a function that warns": (
        "binary_entropy_curve",
        "import sys\n"
        "shown.controls['p'].watched[0].observe(lambda _: print('careful', file=sys.stderr), 'value')",
        "complained.*careful",
    ),
    "words that make the output jump": (
        "binary_entropy_curve",
        "move = shown.described._move\nshown.described._move = lambda p: move(p) * (1 if p < 0.9 else 20)",
        "changed its height",
    ),
    "a number that cannot be written over": (
        "binary_entropy_curve",
        "shown.controls['p'].watched[0].readout_format = '.0%'",
        "was not taken",
    ),
    "a choice that changes nothing": (
        "error_of_the_calibrated",
        "shown.controls['bins'].watched[0].unobserve(shown._changed, 'value')",
        "a choice changed nothing",
    ),
    "a preset that sets nothing": (
        "binary_entropy_curve",
        "named(shown, 'fair coin')._click_handlers.callbacks.clear()",
        "the button fair coin changed nothing",
    ),
    "a preset of another state": (
        "probability_to_surprise",
        "card = named(shown, 'a card')\n"
        "card._click_handlers.callbacks.clear()\n"
        "card.on_click(lambda _: shown.set(p=2**-5.75))",
        "'a card' shows another state",
    ),
    "a reset to another state": (
        "binary_entropy_curve",
        "reset = named(shown, 'reset')\n"
        "reset._click_handlers.callbacks.clear()\n"
        "reset.on_click(lambda _: shown.set(p=0.77))",
        "did not bring back",
    ),
    "a move that adds nothing": (
        "guessing_game",
        "named(shown, 'left half?')._click_handlers.callbacks.clear()",
        "the button left half. changed nothing",
    ),
    "an entry without an answer": (
        "bits_of_a_sentence",
        "change, line = shown._changed, shown.controls['sentence'].watched[0]\n"
        "line.unobserve(change, 'value')\n"
        "line.observe(lambda it: it.new and change(), 'value')",
        "no word about ''",
    ),
    "an entry repeated at length": (
        "bits_of_a_sentence",
        "say = shown._say\n"
        "def at_length():\n"
        "    if shown.problem:\n"
        "        shown.problem = shown.read()['sentence'] + shown.problem\n"
        "    say()\n"
        "shown._say = at_length",
        "changed its height",
    ),
    "a player that stops after a step": (
        "softmax_regression_learns",
        "shown.controls['step'].box.children[0].interval = 10**6",
        "playing did not go on",
    ),
    "a pause that does not stop": (
        "softmax_regression_learns",
        "play = shown.controls['step'].box.children[0]\n"
        "play.observe(lambda change: change.new or setattr(play, 'playing', True), 'playing')",
        "pause did not stop",
    ),
}
WITH_THE_FAULTS = """from cecourse import figures
from cecourse.widgets import explore

def named(shown, words):
    rows = [shown.children[-2], *(built.box for built in shown.controls.values())]
    return next(each for row in rows for each in getattr(row, "children", ()) if each.description == words)
"""
# What is wrong in the page with a good widget of binary_entropy_curve.
FAULTS_IN_THE_PAGE = {
    "a slider that no key moves": (
        'explorer.addEventListener("keydown", (event) => event.stopPropagation(), true)',
        "the keyboard changed nothing",
    ),
    "a slider that no mouse moves": (
        'explorer.querySelector(".slider-container").style.pointerEvents = "none"',
        "the mouse changed nothing",
    ),
    "an output that jumps for a moment": (
        """watch(() => {
          explorer.style.paddingBottom = "30px";
          setTimeout(() => (explorer.style.paddingBottom = ""), 50);
        })""",
        "changed its height",
    ),
    "another number read out": (
        """const number = explorer.querySelector(".widget-readout");
        explorer.querySelector("[role=slider]").setAttribute = function (name, value) {
          if (value !== number.textContent) Element.prototype.setAttribute.call(this, name, value);
        }""",
        "another number is read out",
    ),
    "words announced at every step": (
        """watch(() => {
          explorer.querySelector(".cecourse-live").textContent =
            explorer.querySelector(".cecourse-readout").textContent + performance.now();
        })""",
        "spoken too often|not told the last words",
    ),
    "a picture of an older value after a race": (
        """race(50, () => {
          const old = picture().src;
          watch(() => (picture().src = old));
        })""",
        "after a race the picture is an older one",
    ),
    "an older picture that comes late": (
        """let old;
        race(40, () => (old = picture().cloneNode()));
        const late = () => picture().src === old.src || picture().replaceWith(old);
        race(60, () => watch(() => setTimeout(late, 100)))""",
        "after a race (the picture is an older one|an older picture came later)",
    ),
    "words of an older value after a race": (
        """race(50, () => {
          const old = explorer.querySelector(".cecourse-readout").textContent;
          setInterval(() => (explorer.querySelector(".cecourse-readout").textContent = old), 20);
        })""",
        "after a race the words are older ones",
    ),
    "words announced no more": (
        """Object.defineProperty(explorer.querySelector(".cecourse-live"), "textContent", { set() {} })""",
        "not told the last words",
    ),
}
IN_THE_PAGE = """(explorer) => {
  const watch = (react) => new MutationObserver(react)
    .observe(explorer.querySelectorAll(".widget-gridbox > *")[1], { childList: true, subtree: true });
  const picture = () => explorer.querySelectorAll("img")[1];
  let keys = 0;  // of a race: those that a script presses
  explorer.addEventListener("keydown", (event) => event.isTrusted || keys++, true);
  const race = (key, react) => explorer.addEventListener("keydown", () => keys === key && react(), true);
  %s;
}"""


def try_sources(lab_folder, lab, page, *sources):
    path = lab_folder / "notebooks" / "trial.ipynb"
    nbformat.write(notebook(*sources), path)
    return try_notebook(page, lab, path)


def test_a_good_notebook_passes(lab_folder, lab, page):
    assert "1 widgets" in try_sources(lab_folder, lab, page, GOOD, "shown")


@pytest.mark.parametrize("fault", FAULTS_OF_A_NOTEBOOK)
def test_a_fault_of_a_notebook_is_found(fault, lab_folder, lab, page):
    source, complaint = FAULTS_OF_A_NOTEBOOK[fault]
    with pytest.raises(AssertionError, match=complaint):
        try_sources(lab_folder, lab, page, GOOD, source, "shown")


@pytest.fixture(scope="module")
def reader(lab_folder, lab, browser):
    """Of one notebook with a widget for each fault, after which come the good ones."""
    spoilt = [
        f"def spoil(shown):\n{indent(source, '    ')}\n    return shown\nspoil(explore(figures.{figure}))"
        for figure, source, _ in FAULTS_OF_A_WIDGET.values()
    ]
    good = ["explore(figures.binary_entropy_curve)"] * len(FAULTS_IN_THE_PAGE)
    nbformat.write(notebook(WITH_THE_FAULTS, *spoilt, *good), lab_folder / "notebooks" / "faults.ipynb")
    with new_page(browser) as page:
        reader, _ = opened(page, lab, "faults.ipynb")
        yield reader


@pytest.mark.parametrize("fault", FAULTS_IN_THE_PAGE)
def test_a_fault_in_the_page_is_found(fault, reader):
    script, complaint = FAULTS_IN_THE_PAGE[fault]
    explorer = reader.explorers()[len(FAULTS_OF_A_WIDGET) + list(FAULTS_IN_THE_PAGE).index(fault)]
    explorer.evaluate(IN_THE_PAGE % script)
    with pytest.raises(AssertionError, match=complaint):
        try_every_control(explorer, reader, ("binary_entropy_curve", {}))


@pytest.mark.parametrize("fault", FAULTS_OF_A_WIDGET)
def test_a_fault_of_a_widget_is_found(fault, reader):
    explorer = reader.explorers()[list(FAULTS_OF_A_WIDGET).index(fault)]
    figure, _, complaint = FAULTS_OF_A_WIDGET[fault]
    with pytest.raises(AssertionError, match=f"(?s){complaint}"):
        try_every_control(explorer, reader, (figure, {}))
