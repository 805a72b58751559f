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
        "Javascript('Event.prototype.stopPropagation = () => {};"
        'const off = "data-lm-suppress-shortcuts"; new MutationObserver(() => '
        "document.querySelectorAll(`[${off}]`).forEach((each) => each.removeAttribute(off)))"
        ".observe(document.body, { childList: true, subtree: true })')",
        "reached the notebook|a number typed changed nothing",  # Enter takes the focus away from the number
    ),
    "no widget at all": ("del shown\nshown = None", "not every widget shows"),
}
# What is wrong in the kernel with one widget: its figure, what is done to it, and what the trial then says.
FAULTS_OF_A_WIDGET = {
    "a slider without a name": ("binary_entropy_curve", "told(shown, 'p', label='')", "without a name"),
    "two sliders of one name": (
        "both_ways_and_between",
        "told(shown, 'q', label=shown.spec['controls']['p']['label'])",
        "two controls of one name",
    ),
    "a picture that stands still": (
        "binary_entropy_curve",
        "shown.described.moving_layer = lambda: b'<svg></svg>'\nshown.set(p=0.1)",
        "the keyboard changed nothing",
    ),
    "words that stand still": (
        "binary_entropy_curve",
        "words, picture = shown.shown['words'], shown._picture\n"
        "shown._picture = lambda number: picture(number) | {'words': words}",
        "the words stayed",
    ),
    "a function that fails": (
        "binary_entropy_curve",
        "shown.observe(lambda _: 1 / 0, 'shown')",
        "complained.*ZeroDivisionError",
    ),
    "a function that warns": (
        "binary_entropy_curve",
        "import sys\nshown.observe(lambda _: print('careful', file=sys.stderr), 'shown')",
        "complained.*careful",
    ),
    "a choice that changes nothing": (
        "error_of_the_calibrated",
        "move = shown._move\nshown._move = lambda state, number: move({'bins': 10}, number)",
        "a choice changed nothing",
    ),
    "a preset that sets nothing": (
        "binary_entropy_curve",
        "shown.spec = shown.spec | {'presets': shown.spec['presets'] | {'fair coin': {}}}",
        "the button fair coin changed nothing",
    ),
    "a preset of another state": (
        "probability_to_surprise",
        "shown.spec = shown.spec | {'presets': shown.spec['presets'] | {'a card': {'p': 2**-5.75}}}",
        "'a card' shows another state",
    ),
    "a reset to another state": (
        "binary_entropy_curve",
        "shown.shown = shown.shown | {'state': {'p': 0.77}}",
        "did not bring back",
    ),
    "a move that adds nothing": (
        "guessing_game",
        "move = shown._move\n"
        "def never_left(state, number):\n"
        "    move(state | {'questions': state['questions'].replace('L', '')}, number)\n"
        "shown._move = never_left",
        "the button left half. changed nothing",
    ),
    "an entry without an answer": (
        "bits_of_a_sentence",
        "move = shown._move\nshown._move = lambda state, number: state['sentence'] and move(state, number)",
        "no word about ''",
    ),
    "a player that does not play": (
        "softmax_regression_learns",
        "told(shown, 'step', milliseconds=10**6)",
        "playing changed nothing",
    ),
    "a pause that does not stop": (
        "softmax_regression_learns",
        "shown._esm = shown._esm.replace('clearInterval(playing);', '')",
        "pause did not stop",
    ),
}
WITH_THE_FAULTS = """from cecourse import figures
from cecourse.widgets import explore

def told(shown, name, **facts):
    controls = shown.spec["controls"]
    shown.spec = shown.spec | {"controls": controls | {name: controls[name] | facts}}
"""
# What is wrong in the page with a good widget of binary_entropy_curve.
FAULTS_IN_THE_PAGE = {
    "a slider that no key moves": (
        'explorer.addEventListener("keydown", (event) => event.preventDefault(), true)',
        "the keyboard changed nothing",
    ),
    "a slider that no mouse moves": ('slider.style.pointerEvents = "none"', "the mouse changed nothing"),
    "a number that cannot be written over": (
        """explorer.addEventListener("change", (event) => {
          if (event.target.matches(".figure-value")) event.stopPropagation();
        }, true)""",
        "a number typed changed nothing",
    ),
    "a button that is cut off": (
        'Object.assign(explorer.querySelector("button").style, { width: "3em", whiteSpace: "nowrap" })',
        "words are cut off",
    ),
    "a widget that is too high": ('explorer.style.paddingBottom = "300px"', "pixels high"),
    "an output that jumps for a moment": (
        """watch(() => {
          explorer.style.paddingBottom = "30px";
          setTimeout(() => (explorer.style.paddingBottom = ""), 50);
        })""",
        "changed its height",
    ),
    "a grip that does not follow the hand": (
        """explorer.querySelector("svg").addEventListener("pointermove", (event) => {
          event.stopImmediatePropagation();
        }, true)""",
        "the ring does not follow the hand",
    ),
    "a ring that stays behind": (
        """const grip = explorer.querySelector(".figure-grips g");
        const place = grip.setAttribute;
        grip.setAttribute = (...given) => setTimeout(() => place.apply(grip, given), 5000)""",
        "the ring does not follow the hand",
    ),
    "another number read out": (
        """slider.setAttribute = function (name, value) {
          if (name !== "aria-valuetext") Element.prototype.setAttribute.call(this, name, value);
        }""",
        "another number is read out",
    ),
    "words announced at every step": (
        "watch(() => (spoken.textContent = now.textContent + performance.now()))",
        "spoken too often|not told the last words",
    ),
    "a picture of an older value after a race": (
        """race(50, () => {
          const old = layer.innerHTML;
          watch(() => put(old));
        })""",
        "after a race the picture is an older one",
    ),
    "an older picture that comes late": (
        """let old;
        race(40, () => (old = layer.innerHTML));
        race(60, () => watch(() => setTimeout(() => put(old), 100)))""",
        "after a race (the picture is an older one|an older picture came later)",
    ),
    "words of an older value after a race": (
        """race(50, () => {
          const old = now.textContent;
          setInterval(() => (now.textContent = old), 20);
        })""",
        "after a race the words are older ones",
    ),
    "words announced no more": (
        """Object.defineProperty(spoken, "textContent", { set() {} })""",
        "not told the last words",
    ),
}
IN_THE_PAGE = """(explorer) => {
  const [layer, slider, now, spoken] = [".figure-layer", "[type=range]", ".figure-now", ".figure-spoken"]
    .map((part) => explorer.querySelector(part));
  const watch = (react) => new MutationObserver(react).observe(layer, { childList: true, subtree: true });
  const put = (old) => layer.innerHTML === old || (layer.innerHTML = old);
  let values = 0;  // of a race: those that a script sets
  explorer.addEventListener("input", (event) => event.isTrusted || event.target !== slider || values++, true);
  const race = (value, react) => explorer.addEventListener("input", () => values === value && react(), true);
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
