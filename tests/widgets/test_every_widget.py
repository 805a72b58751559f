"""What holds for each widget of the course: it is moved everywhere, and nothing breaks."""

from itertools import islice, product

import pytest

from cecourse.figures import FIGURES
from cecourse.figures.drawing.controls import Moves, Words
from cecourse.figures.files.letters import text_faults
from cecourse.widgets import explore
from tests.widgets.driving import telling_values

pytestmark = pytest.mark.slow
every_widget = pytest.mark.parametrize("name", [name for name in FIGURES if FIGURES[name].controls])
MOST_COMBINATIONS = 60


@pytest.fixture
def explorer(name):
    return explore(FIGURES[name])


def frames(explorer):
    return [(ax.get_position().bounds, ax.get_xlim(), ax.get_ylim()) for ax in explorer.described.figure.axes]


def moves(explorer):
    """Every telling value of every control, each set alone from the start."""
    start = explorer.read()
    for name, control in explorer.controls.items():
        for value in telling_values(control):
            explorer.set(**start | {name: value})
            yield name, control, value


@every_widget
def test_a_widget_starts_from_the_still_picture(name, explorer):
    assert explorer.shown["words"] == FIGURES[name]().description
    assert explorer.read() == {key: explorer.described.state[key] for key in FIGURES[name].controls}


@every_widget
def test_every_control_goes_everywhere(name, explorer):
    before = frames(explorer)
    for argument, control, value in moves(explorer):
        if isinstance(control, Words | Moves):  # only what is typed or asked can be nonsense
            assert explorer.problem is None or 40 < len(explorer.problem) < 200
        else:
            assert explorer.problem is None, f"{argument} = {value!r}: {explorer.problem}"
        assert explorer.problem or explorer.shown["words"] == explorer.described.description
    assert frames(explorer) == before, "the axes moved"


@every_widget
def test_every_combination_of_ends_is_answered(name, explorer):
    controls = explorer.controls
    for values in islice(product(*map(telling_values, controls.values())), MOST_COMBINATIONS):
        explorer.set(**dict(zip(controls, values, strict=True)))
        assert explorer.problem or explorer.shown["words"] == explorer.described.description, values


@every_widget
def test_texts_stay_apart_and_on_the_paper_in_telling_states(name, explorer):
    for argument, _, value in moves(explorer):
        if explorer.problem is None:
            assert text_faults(explorer.described) == [], f"{argument} = {value!r}"


@every_widget
def test_presets_show_what_they_promise(name, explorer):
    for words, preset in FIGURES[name].presets.items():
        explorer.set(**preset)
        assert explorer.problem is None, f"{words}: {explorer.problem}"
        assert explorer.spec["presets"][words] == preset


@every_widget
def test_a_move_changes_the_picture(name, explorer):
    seen = [explorer.shown["parts"]]
    for _ in moves(explorer):
        if explorer.shown["parts"] not in seen:
            return
    raise AssertionError(f"No control of {name} changes its picture; see its `move` in cecourse/figures.")


@every_widget
def test_without_a_kernel_the_still_picture_stands_in_its_place(name, explorer):
    bundle = explorer._repr_mimebundle_()
    assert '<img alt="' in bundle["text/html"]
    assert bundle["text/plain"] == explorer.described.description
    assert "application/vnd.jupyter.widget-view+json" in bundle
