"""What can be dragged in a picture: every handle leads from one state to another, as its artist does."""

import numpy as np
import pytest

from cecourse.figures import FIGURES
from cecourse.figures.drawing.controls import LogSlider, Shares
from cecourse.figures.drawing.handles import along
from tests.widgets.driving import one_set

HELD = [name for name, figure in FIGURES.items() if figure.controls and figure().handles]
every_held_figure = pytest.mark.parametrize("name", HELD)


def other_value(control):
    """A value that is neither an end nor, in most figures, the first one."""
    if isinstance(control, Shares):
        return one_set(len(control.labels), 0, 0.4)
    value = control.low + 0.375 * (control.high - control.low)
    if isinstance(control, LogSlider):
        return control.base**value
    return int(value) if isinstance(control.step, int) else value


def numbers(handle, value):
    """What a handle's rows have to give where its arguments have a value."""
    if handle.kind == "share":
        return [value[handle.place]]
    return list(value) if handle.kind == "pmf" else [np.log10(value) if handle.log else value]


@every_held_figure
def test_a_handle_dragged_to_where_another_state_has_it_gives_that_state(name):
    figure = FIGURES[name]()
    start = dict(figure.state)
    for number, handle in enumerate(figure.handles):
        for place, argument in enumerate(handle.arguments):
            figure.move(**start)
            grip, before = handle.grip(), handle.mark()
            value = other_value(FIGURES[name].controls[argument])
            figure.move(**start | {argument: value})
            moved = np.subtract([*handle.mark(), 1], [*before, 1])
            found = (np.array(grip["rows"]) @ moved)[
                place : None if len(handle.arguments) == 1 else place + 1
            ]
            wanted = np.subtract(numbers(handle, value), numbers(handle, start[argument]))
            span = np.abs(np.array(grip["rows"])[:, :2]).sum()  # what a point of the picture is worth
            assert np.allclose(found, wanted, rtol=0, atol=0.002 * span), (
                f"Handle {number} of {name} leads {argument} by {found}, expected {wanted}. "
                f"Correct `handles` in its described(...), in {FIGURES[name].__module__}."
            )


@every_held_figure
def test_a_handle_stands_on_the_paper_in_every_preset(name):
    figure = FIGURES[name]()
    width, height = figure.figure.get_size_inches() * 72
    for state in [{}, *FIGURES[name].presets.values()]:
        figure.move(**state)
        for handle in figure.handles:
            x, y = handle.mark()
            assert 0 <= x <= width, f"a handle of {name} at {state} stands beside the paper"
            assert 0 <= y <= height, f"a handle of {name} at {state} stands beside the paper"


@every_held_figure
def test_a_handle_moves_an_argument_that_has_a_control_and_an_artist_that_moves(name):
    figure = FIGURES[name]()
    for handle in figure.handles:
        assert set(handle.arguments) <= FIGURES[name].controls.keys()
        assert any(handle.artist is artist for artist in figure.moving)


def test_a_handle_of_another_argument_is_found():
    """The rows of a point of the axis y say nothing of x."""
    figure = FIGURES["binary_entropy_curve"](p=0.5)
    [handle] = along("p", figure.handles[0].artist, axis="y")
    before = handle.mark()
    figure.move(p=0.25)
    moved = np.subtract([*handle.mark(), 1], [*before, 1])
    assert abs((handle.grip()["rows"] @ moved)[0] + 0.25) > 0.01


def test_the_corners_of_a_triangle_stand_where_the_sure_outcomes_do():
    figure = FIGURES["entropy_of_three_outcomes"]()
    [handle] = figure.handles
    for place, corner in enumerate(handle.grip()["corners"]):
        figure.move(p=one_set(3, place, 1))
        assert handle.mark() == pytest.approx(corner, abs=0.002)
