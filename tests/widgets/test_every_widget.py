"""What holds for each widget of the course: it is moved everywhere, and nothing breaks."""

import html
from itertools import product

import ipywidgets
import pytest

from cecourse.figures import FIGURES
from cecourse.figures.drawing.letters import text_faults
from cecourse.widgets import explore
from tests.widgets.driving import buttons, readout, telling_values, watched

pytestmark = pytest.mark.slow
every_widget = pytest.mark.parametrize("name", [name for name in FIGURES if FIGURES[name].controls])
MOST_COMBINATIONS = 60


@pytest.fixture
def explorer(name):
    return explore(FIGURES[name])


def frames(explorer):
    return [(ax.get_position().bounds, ax.get_xlim(), ax.get_ylim()) for ax in explorer.described.figure.axes]


def shown_words(explorer):
    return html.escape(explorer.described.description) in readout(explorer)


@every_widget
def test_a_widget_starts_from_the_still_picture(name, explorer):
    assert explorer.described.description == FIGURES[name]().description
    assert explorer.read() == {key: explorer.described.state[key] for key in FIGURES[name].controls}


@every_widget
def test_every_control_goes_everywhere(name, explorer):
    before, start = frames(explorer), explorer.read()
    for argument, control in watched(explorer):
        explorer.set(**start)
        for value in telling_values(control):
            control.value = value
            if isinstance(control, ipywidgets.Text):  # only what is typed can be nonsense
                assert explorer.problem is None or 40 < len(explorer.problem) < 200
            else:
                assert explorer.problem is None, f"{argument} = {value!r}: {explorer.problem}"
            assert explorer.problem or shown_words(explorer)
    assert frames(explorer) == before, "the axes moved"


@every_widget
def test_every_combination_of_ends_is_answered(name, explorer):
    controls = [control for _, control in watched(explorer)]
    for values in list(product(*map(telling_values, controls)))[:MOST_COMBINATIONS]:
        for control, value in zip(controls, values, strict=True):
            control.value = value
        assert explorer.problem or shown_words(explorer), values


@every_widget
def test_texts_stay_apart_and_on_the_paper_in_telling_states(name, explorer):
    for _, control in watched(explorer):
        for value in telling_values(control):
            control.value = value
            if explorer.problem is None:
                assert text_faults(explorer.described) == [], value


@every_widget
def test_presets_show_what_they_promise(name, explorer):
    for button in buttons(explorer):
        button.click()
        assert explorer.problem is None, f"{button.description}: {explorer.problem}"
        assert shown_words(explorer)


@every_widget
def test_reset_brings_the_start_back(name, explorer):
    start, words = explorer.read(), explorer.described.description
    for _, control in watched(explorer):
        control.value = telling_values(control)[-1]
    next(button for button in buttons(explorer) if button.description == "reset").click()
    assert explorer.read() == start
    assert explorer.described.description == words


@every_widget
def test_a_move_changes_the_picture(name, explorer):
    seen = {explorer.picture.value}
    for _, control in watched(explorer):
        for value in telling_values(control):
            control.value = value
            seen.add(explorer.picture.value)
    assert len(seen) > 1


@every_widget
def test_every_control_has_a_name(name, explorer):
    for _, control in watched(explorer):
        assert control.description or control.layout.display == "none"


@every_widget
def test_without_a_kernel_the_still_picture_stands_in_its_place(name, explorer):
    bundle = explorer._repr_mimebundle_()
    assert '<img alt="' in bundle["text/html"]
    assert bundle["text/plain"] == explorer.described.description
    assert "application/vnd.jupyter.widget-view+json" in bundle
