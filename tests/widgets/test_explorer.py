"""The widget behind `explore`, on a small figure made for it."""

import pytest

from cecourse import figures
from cecourse.figures.drawing.canvas import canvas, course_style
from cecourse.figures.drawing.controls import Bars, Choice, LogSlider, Moves, Slider, Steps, Words
from cecourse.figures.drawing.interactive import described
from cecourse.widgets import explore
from cecourse.widgets.controls import built
from cecourse.widgets.explorer import Explorer
from tests.widgets.driving import buttons, readout, watched


def write_down(**state):
    """A figure that shows its state as text and refuses the number 13."""
    with course_style():
        fig, ax = canvas()
        note = ax.text(0, 0, "")

        def move(**state):
            if 13 in state.values():
                raise ValueError("13 was given; this figure shows other numbers; move the slider on.")
            note.set_text(str(state))
            return f"The state is {state}."

        return described(fig, move, moving=[note], **state)


def widget(controls, presets=(), **state):
    return Explorer(write_down(**state), controls, dict(presets))


@pytest.mark.parametrize(
    ("control", "start", "other"),
    [
        (Slider("share", 0.0, 1.0, 0.1), 0.5, 0.7),
        (Slider("count", 0, 20, 1), 5, 7),
        (LogSlider("chance", -6, 0, 0.5), 0.1, 0.01),
        (Bars(("a", "b")), (0.25, 0.75), (0.5, 0.5)),
        (Choice("order", ("up", "down")), "up", "down"),
        (Steps("step", 10), 0, 4),
        (Moves((("L", "left?"), ("U", "up?"))), "", "LU"),
        (Words("text"), "abc", "xyz"),
    ],
    ids=lambda value: type(value).__name__ if hasattr(value, "reaches") else "",
)
def test_a_control_reads_what_was_written(control, start, other):
    explorer = widget({"value": control}, value=start)
    assert explorer.read() == {"value": start}
    explorer.set(value=other)
    assert explorer.described.state == {"value": other}
    assert str(explorer.described.state) in readout(explorer).replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("control", "start", "asked", "nearest_step"),
    [
        (Slider("share", 0.0, 1.0, 0.1), 0.5, 1 / 3, 0.3),
        (LogSlider("chance", -12, 0, 0.1, base=2), 0.5, 1 / 52, 2**-5.7),
        (Bars(("a", "b")), (0.5, 0.5), (1 / 3, 2 / 3), (0.335, 0.665)),
    ],
    ids=["Slider", "LogSlider", "Bars"],
)
def test_a_value_between_two_steps_is_kept_although_the_page_moves_the_slider(
    control, start, asked, nearest_step
):
    explorer = widget({"value": control}, value=start)
    explorer.set(value=asked)
    move_as_the_page_does(explorer, nearest_step)
    assert explorer.read() == {"value": pytest.approx(asked)}
    move_as_the_page_does(explorer, start)
    move_as_the_page_does(explorer, nearest_step)
    assert explorer.read() == {"value": pytest.approx(nearest_step)}


def move_as_the_page_does(explorer, value):
    sliders = [control for _, control in watched(explorer)]
    if len(sliders) == 1:
        sliders[0].value = value
    else:
        for slider, share in zip(sliders, value, strict=True):
            slider.value = 100 * share


def test_setting_several_controls_draws_once():
    explorer = widget({"a": Slider("a", 0, 9, 1), "b": Slider("b", 0, 9, 1)}, a=1, b=2)
    drawn = []
    explorer.picture.observe(lambda change: drawn.append(change), "value")
    explorer.set(a=3, b=4)
    assert len(drawn) == 1
    assert explorer.described.state == {"a": 3, "b": 4}


def test_a_refused_state_is_said_in_words_and_the_picture_stays():
    explorer = widget({"a": Slider("a", 0, 20, 1)}, a=1)
    before = explorer.picture.value
    explorer.set(a=13)
    assert explorer.problem.startswith("13 was given")
    assert "13 was given" in readout(explorer)
    assert explorer.picture.value == before
    explorer.set(a=14)
    assert explorer.problem is None


def test_moves_add_letters_and_can_be_taken_back():
    explorer = widget({"path": Moves((("L", "left?"), ("U", "up?")))}, path="")
    by_words = {button.description: button for button in buttons(explorer)}
    by_words["left?"].click()
    by_words["up?"].click()
    assert explorer.read() == {"path": "LU"}
    by_words["take back"].click()
    assert explorer.read() == {"path": "L"}


def test_a_preset_sets_its_state_and_reset_the_first():
    explorer = widget({"a": Slider("a", 0, 20, 1)}, {"seven": {"a": 7}}, a=1)
    by_words = {button.description: button for button in buttons(explorer)}
    by_words["seven"].click()
    assert explorer.read() == {"a": 7}
    by_words["reset"].click()
    assert explorer.read() == {"a": 1}


def test_a_unit_stands_in_the_label():
    explorer = widget({"a": Slider("bill length", 0, 20, 1, unit="mm")}, a=1)
    assert watched(explorer)[0][1].description == "bill length (mm)"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (figures.nearly_fair_coin(), r"given a drawn figure; .* Try: explore\(figures.nearly_fair_coin\)"),
        ("nearly_fair_coin", r"given 'nearly_fair_coin'; expected one of the course's figures"),
        (print, r"given <built-in function print>; expected one of the course's figures"),
    ],
)
def test_what_is_no_figure_is_refused_in_words(given, said):
    with pytest.raises(TypeError, match=said):
        explore(given)


def test_a_refused_start_leaves_nothing_in_the_page(capsys):
    with pytest.raises(ValueError, match="`p` holds 3"):
        explore(figures.binary_entropy_curve, p=3)
    assert capsys.readouterr().out == ""


def test_a_figure_without_controls_says_which_have_some():
    with pytest.raises(ValueError, match="surprise_ladder has no controls; those that have: average_"):
        explore(figures.surprise_ladder)


def test_what_is_no_control_is_refused_in_words():
    with pytest.raises(TypeError, match="'p' was given; expected a control"):
        built("p", 0.5)
